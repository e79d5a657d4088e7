//! How long incidents took, a mark for each in order of date (8.2).
//!
//! 1. Three times: to acknowledge, to mitigate (the headline), to resolve; each with its median, its 90th percentile and
//!    the number of incidents of which it is known.
//! 2. A time that a milestone is missing for has no mark; an incident that is open counts up to now and is in no median.
//! 3. The trend is the median of the last five at each incident; under five there is none.
//! 4. An incident that was reopened has a mark for each of its cycles.

use crate::calendar::{Day, Instant, Zone};
use crate::identity::IncidentId;
use crate::incident::{Cycle, IncidentPresent, Milestone, Spread, Times};

/// The times of incidents, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IncidentTimes {
    /// The incidents in order of date; one that was reopened comes once for each of its cycles.
    pub marks: Vec<IncidentMark>,
    /// The times, in the order in which an incident comes to them.
    pub bands: Vec<TimeBand>,
    /// The past day of which this tells; none is today.
    pub as_of: Option<Day>,
}

/// An incident, or one of its cycles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentMark {
    /// Which incident.
    pub incident: IncidentId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// What its severity is called.
    pub severity: String,
    /// The local day on which it began, or of the first that is known of it.
    pub day: Day,
    /// Which of its cycles it is, from 1.
    pub cycle: usize,
    /// Whether it still needs somebody.
    pub is_open: bool,
}

/// One of the times of incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeBand {
    /// Which time.
    pub time: IncidentTime,
    /// What is known of each incident, in the order of [`IncidentTimes::marks`].
    pub taken: Vec<Taken>,
    /// The median in milliseconds; none where no time is known.
    pub median: Option<f64>,
    /// The 90th percentile in milliseconds.
    pub ninetieth: Option<i64>,
    /// Of how many incidents the time is known.
    pub count: usize,
    /// The place of an incident among the marks, and the median of the last five times with its own, in milliseconds.
    pub trend: Vec<(usize, f64)>,
}

/// A time of an incident (8.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IncidentTime {
    /// From detected to acknowledged.
    Acknowledge,
    /// From began to mitigated: the headline.
    Mitigate,
    /// From began to resolved.
    Resolve,
}

/// How long an incident took to come to a milestone, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// So long.
    Known(i64),
    /// It goes on since so long.
    Counting(i64),
    /// A milestone is missing.
    Unknown,
}

/// An incident whose times are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimedIncident {
    /// Which one.
    pub incident: IncidentId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// What its severity is called.
    pub severity: String,
    /// What is so of it.
    pub present: IncidentPresent,
}

impl IncidentTime {
    /// Every one, in the order in which an incident comes to them.
    pub const ALL: [IncidentTime; 3] =
        [IncidentTime::Acknowledge, IncidentTime::Mitigate, IncidentTime::Resolve];

    /// From which milestone to which it counts.
    pub const fn between(self) -> (Milestone, Milestone) {
        match self {
            IncidentTime::Acknowledge => (Milestone::Detected, Milestone::Acknowledged),
            IncidentTime::Mitigate => (Milestone::Began, Milestone::Mitigated),
            IncidentTime::Resolve => (Milestone::Began, Milestone::Resolved),
        }
    }

    fn of(self, times: &Times) -> Option<i64> {
        match self {
            IncidentTime::Acknowledge => times.to_acknowledge,
            IncidentTime::Mitigate => times.to_mitigate,
            IncidentTime::Resolve => times.to_resolve,
        }
    }

    fn taken(self, cycle: &Cycle, now: Instant) -> Taken {
        let (from, to) = self.between();
        if let Some(time) = self.of(&Times::of(cycle)) {
            return Taken::Known(time);
        }
        // What is over does not count up, even where nobody said when it came to the milestone.
        let goes_on = cycle.at(to).is_none() && cycle.at(Milestone::Resolved).is_none();
        match cycle.at(from).filter(|_| goes_on) {
            Some(from) => Taken::Counting((now.millis() - from.millis()).max(0)),
            None => Taken::Unknown,
        }
    }
}

impl IncidentTimes {
    /// The most incidents that a picture shows; of more the latest.
    pub const MOST: usize = 200;

    /// The times of incidents in any order, of those whose day is within the first and the last, as they are at a moment.
    pub fn new(
        incidents: &[TimedIncident],
        (first, last): (Option<Day>, Option<Day>),
        zone: Zone,
        now: Instant,
    ) -> IncidentTimes {
        let mut all: Vec<(Instant, IncidentMark, &Cycle)> = Vec::new();
        for one in incidents {
            let last_cycle = one.present.cycles.len();
            for (at, cycle) in one.present.cycles.iter().enumerate() {
                let known = Milestone::ALL.iter().find_map(|milestone| cycle.at(*milestone));
                let Some(moment) = known.or(one.present.reported_at) else { continue };
                let mark = IncidentMark {
                    incident: one.incident,
                    label: one.label.clone(),
                    title: one.title.clone(),
                    severity: one.severity.clone(),
                    day: zone.day_of(moment),
                    cycle: at + 1,
                    is_open: at + 1 == last_cycle && one.present.is_open(),
                };
                all.push((moment, mark, cycle));
            }
        }
        all.retain(|(_, mark, _)| {
            first.is_none_or(|first| first <= mark.day) && last.is_none_or(|last| mark.day <= last)
        });
        all.sort_by_key(|one| (one.0, one.1.incident, one.1.cycle));
        let shown = all.split_off(all.len().saturating_sub(IncidentTimes::MOST));
        let band = |time: IncidentTime| {
            TimeBand::new(time, shown.iter().map(|(_, _, cycle)| time.taken(cycle, now)).collect())
        };
        let bands = IncidentTime::ALL.map(band).to_vec();
        IncidentTimes { marks: shown.into_iter().map(|(_, mark, _)| mark).collect(), bands, as_of: None }
    }

    /// The band of a time.
    pub fn band(&self, time: IncidentTime) -> Option<&TimeBand> {
        self.bands.iter().find(|band| band.time == time)
    }

    /// How many of the incidents are open.
    pub fn open(&self) -> usize {
        self.marks.iter().filter(|mark| mark.is_open).count()
    }
}

impl TimeBand {
    fn new(time: IncidentTime, taken: Vec<Taken>) -> TimeBand {
        let known: Vec<(usize, i64)> = taken
            .iter()
            .enumerate()
            .filter_map(|(at, taken)| match taken {
                Taken::Known(time) => Some((at, *time)),
                Taken::Counting(_) | Taken::Unknown => None,
            })
            .collect();
        let spread = Spread::new(known.iter().map(|(_, time)| *time));
        let trend = known.windows(Spread::TREND).filter_map(|five| {
            let (place, _) = five.last()?;
            Some((*place, Spread::new(five.iter().map(|(_, time)| *time)).median()?))
        });
        TimeBand {
            time,
            median: spread.median(),
            ninetieth: spread.percentile(90),
            count: known.len(),
            trend: trend.collect(),
            taken,
        }
    }

    /// The longest time that has a mark.
    pub fn longest(&self) -> Option<i64> {
        let of = |taken: &Taken| match taken {
            Taken::Known(time) | Taken::Counting(time) => Some(*time),
            Taken::Unknown => None,
        };
        self.taken.iter().filter_map(of).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backlog::Dated;
    use crate::identity::RowId;
    use crate::incident::IncidentFact;

    fn at(minutes: i64) -> Instant {
        Instant::from_millis(minutes * 60_000)
    }

    /// Incidents told as `began detected acknowledged mitigated resolved` in minutes, `-` where nobody said it; behind a
    /// bar the cycle after it was reopened.
    fn told(text: &str) -> Vec<TimedIncident> {
        let incident = |(number, line): (usize, &str)| {
            let mut facts: Vec<(i64, IncidentFact)> = Vec::new();
            for (turn, cycle) in line.split('|').enumerate() {
                for (word, milestone) in cycle.split_whitespace().zip(Milestone::ALL) {
                    let Ok(minute) = word.parse::<i64>() else { continue };
                    facts.push(match (turn, milestone) {
                        (1.., Milestone::Began) => (minute, IncidentFact::Reopened),
                        _ => (minute, IncidentFact::Reached(*milestone)),
                    });
                }
            }
            let dated: Vec<Dated<IncidentFact>> = facts
                .into_iter()
                .enumerate()
                .map(|(index, (minute, fact))| Dated {
                    id: RowId::from(uuid::Uuid::from_u128(index as u128)),
                    happened_at: at(minute),
                    recorded_at: at(1_000_000 + index as i64),
                    operation: 1,
                    fact,
                })
                .collect();
            TimedIncident {
                incident: IncidentId::from(uuid::Uuid::from_u128(number as u128)),
                label: format!("INC-{}", number + 1),
                title: String::new(),
                severity: "P2".to_owned(),
                present: IncidentPresent::fold(&dated),
            }
        };
        text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate().map(incident).collect()
    }

    fn times(text: &str) -> IncidentTimes {
        IncidentTimes::new(&told(text), (None, None), Zone::UTC, at(10_000))
    }

    fn said(band: &TimeBand) -> String {
        let each: Vec<String> = band
            .taken
            .iter()
            .map(|taken| match taken {
                Taken::Known(time) => (time / 60_000).to_string(),
                Taken::Counting(time) => format!("{}…", time / 60_000),
                Taken::Unknown => "-".to_owned(),
            })
            .collect();
        let minutes = |time: f64| time / 60_000.0;
        format!(
            "{}; median {:?}, 90 % {:?}, n {}",
            each.join(" "),
            band.median.map(minutes),
            band.ninetieth.map(|time| time / 60_000),
            band.count
        )
    }

    #[test]
    fn rule_8_2_each_incident_has_a_mark_in_order_of_date_and_what_is_open_counts_up() {
        let times = times(
            "500 505 506 540 600
             100 110 140 160 -
             300 - - - 420
             9000 9010 - - -",
        );
        let labels: Vec<&str> = times.marks.iter().map(|mark| mark.label.as_str()).collect();
        assert_eq!(labels, ["INC-2", "INC-3", "INC-1", "INC-4"]);
        let bands: Vec<String> = times.bands.iter().map(said).collect();
        assert_eq!(
            bands,
            [
                "30 - 1 990…; median Some(15.5), 90 % Some(30), n 2",
                // Nobody said when the second was mitigated; it is over and does not count up.
                "60 - 40 1000…; median Some(50.0), 90 % Some(60), n 2",
                "9900… 120 100 1000…; median Some(110.0), 90 % Some(120), n 2",
            ]
        );
        assert_eq!(times.open(), 2);
    }

    #[test]
    fn rule_8_2_there_is_no_trend_under_five_incidents() {
        let line = |n: i64| format!("{} - - {} -", n * 100, n * 100 + n * 10);
        let of = |count: i64| times(&(1..=count).map(line).collect::<Vec<_>>().join("\n"));
        let trend = |times: &IncidentTimes| -> Vec<(usize, f64)> {
            let band = times.band(IncidentTime::Mitigate).unwrap();
            band.trend.iter().map(|(place, median)| (*place, median / 60_000.0)).collect()
        };
        assert_eq!(trend(&of(4)), []);
        assert_eq!(trend(&of(6)), [(4, 30.0), (5, 40.0)]);
    }

    #[test]
    fn rule_8_1_a_reopened_incident_has_a_mark_for_each_cycle() {
        let times = times("100 - - 110 120 | 200 - - 260 300");
        let marks: Vec<(usize, bool)> = times.marks.iter().map(|mark| (mark.cycle, mark.is_open)).collect();
        assert_eq!(marks, [(1, false), (2, false)]);
        assert!(said(&times.bands[1]).starts_with("10 60;"));
    }

    #[test]
    fn only_incidents_of_the_days_asked_for_are_told() {
        let days = |first: Option<&str>, last: Option<&str>| {
            let day = |text: &str| Day::parse(text).unwrap();
            let incidents = told("60 - - 70 -\n1500 - - 1510 -\n3000 - - 3010 -");
            let times =
                IncidentTimes::new(&incidents, (first.map(day), last.map(day)), Zone::UTC, at(10_000));
            times.marks.len()
        };
        assert_eq!(days(None, None), 3);
        assert_eq!(days(Some("1970-01-02"), None), 2);
        assert_eq!(days(Some("1970-01-02"), Some("1970-01-02")), 1);
    }
}
