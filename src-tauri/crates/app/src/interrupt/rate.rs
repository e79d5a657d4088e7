//! How many interrupts come in a week, what a file of them says and what it does not, and all interrupts as one list.
//!
//! 1. The rate needs no hours and pretends none: what interrupts may take is said only where enough of them know their
//!    time, as an expectation (1.4).
//! 2. The time of which interrupts are known: of a file, from its first to its last; of those that were reported here,
//!    from the first to the last, and each Sprint that was started here, up to its close or to today. Of a Sprint that came
//!    from a file, or of which only totals are known, nobody said what came.
//! 3. What a file does not say is said of it for as long as its interrupts are here.
//! 4. All interrupts are listed, the latest first, also those that belong to no Sprint and those that came into a Sprint
//!    after its close, which the sealed lists do not show (3.5).

use super::change::time_words;
use super::gauge::is_sealed;
use super::list::{InterruptRow, rows_now};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use domain::calendar::{Day, Zone};
use domain::interrupt::{Interrupt, Rate, rate};
use domain::measures::{Minutes, Size};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use store::{InterruptFilter, Reader};
use ts_rs::TS;

/// How many interrupts come in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterruptRate {
    /// How many interrupts there are, whatever Sprint they belong to.
    pub all: u32,
    /// The rate, or why it is not known.
    pub rate: Rate,
    /// The same in words: “3.2 interrupts a week, 85 % of weeks ≤ 6”.
    pub said: String,
    /// From which weeks, and what else there is to say of them.
    pub method: String,
    /// What the interrupts of a week may take, in words; none where too few of them know their time.
    pub load_said: Option<String>,
    /// What files of interrupts say and what they do not, a sentence for each source.
    pub sources: Vec<String>,
}

pub(crate) fn weekly(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<InterruptRate, AppError> {
    let zone = reader.team()?.zone;
    let today = zone.day_of(context.now);
    let interrupts = reader.interrupts(InterruptFilter::All)?;
    let times = reader.interrupt_times()?;
    let sources = reader.interrupt_sources()?;
    let mut files: BTreeMap<&str, Said> = BTreeMap::new();
    for interrupt in &interrupts {
        if let Some(source) = sources.get(&interrupt.id) {
            let present = &interrupt.present;
            let has = (present.reported_at.is_some(), present.ended_at.is_some());
            files.entry(source).or_default().add(has, times.contains_key(&interrupt.id));
        }
    }
    let days = |interrupt: &Interrupt| day_of(interrupt, zone);
    let arrivals: Vec<Day> = interrupts.iter().filter_map(days).collect();
    let mut known: HashMap<Option<&str>, (Day, Day)> = HashMap::new();
    for interrupt in &interrupts {
        let Some(day) = days(interrupt) else { continue };
        let source = sources.get(&interrupt.id).map(String::as_str);
        let (from, to) = known.entry(source).or_insert((day, day));
        (*from, *to) = ((*from).min(day), (*to).max(day));
    }
    let mut known: Vec<(Day, Day)> = known.into_values().collect();
    known.extend(sprints_here(reader, zone, today)?);
    let times: Vec<Minutes> = times.into_values().collect();
    let rate = rate(&arrivals, &known, &times, today);
    let (said, method, load_said) = words(&rate);
    let sources = files.iter().map(|(source, said)| said.sentence(source)).filter(|said| !said.is_empty());
    Ok(InterruptRate {
        all: interrupts.len() as u32,
        said,
        method,
        load_said,
        sources: sources.collect(),
        rate,
    })
}

/// The day of an interrupt: that of its arrival, or of its end where only that is known.
pub(crate) fn day_of(interrupt: &Interrupt, zone: Zone) -> Option<Day> {
    interrupt.present.reported_at.or(interrupt.present.ended_at).map(|at| zone.day_of(at))
}

/// A day with its year: “24 December 2026”.
fn long(day: Day) -> String {
    day.date().format("%-d %B %Y").to_string()
}

/// The first and last days of the Sprints that were started here.
fn sprints_here(reader: &Reader<'_>, zone: Zone, today: Day) -> Result<Vec<(Day, Day)>, AppError> {
    let outside = reader.outside_sprints()?;
    let mut days = Vec::new();
    for sprint in reader.sprints()? {
        let Some(start) = sprint.started_at.filter(|_| !outside.contains(&sprint.id)) else { continue };
        if sprint.closed_at.is_none() || is_sealed(reader, sprint.id)? {
            days.push((zone.day_of(start), sprint.closed_at.map_or(today, |end| zone.day_of(end))));
        }
    }
    Ok(days)
}

/// The rate, how it was computed, and the load, in words.
fn words(rate: &Rate) -> (String, String, Option<String>) {
    let known = match rate {
        Rate::Known(known) => known,
        Rate::TooShort { weeks, needed } => {
            let weeks =
                if *weeks == 1 { "1 whole week is".to_owned() } else { format!("{weeks} whole weeks are") };
            let said = "How many come in a week is not known yet".to_owned();
            return (said, format!("{weeks} known; a rate needs {needed}."), None);
        }
    };
    let tenths = Size::hundredths(i64::from(known.mean + 5) / 10 * 10);
    let what = if tenths == Size::points(1) { "interrupt" } else { "interrupts" };
    let said = format!("{tenths} {what} a week, 85 % of weeks ≤ {}", known.most);
    let days = known.weeks.first().zip(known.weeks.last());
    let days = days.map_or(String::new(), |(first, last)| {
        format!(", {} to {}", long(first.monday), long(last.monday.plus(6)))
    });
    let method = format!(
        "The mean of {} known weeks{days}, with {} in all; the median is {}.",
        known.weeks.len(),
        known.count,
        Size::hundredths(known.median.into()),
    );
    let load = known.load.map(|load| {
        format!(
            "Expected: about {} a week, if each takes {}, the median of the {} whose time is known.",
            load.a_week,
            time_words(load.each),
            load.of,
        )
    });
    (said, method, load)
}

/// What is known of the interrupts of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Said {
    /// How many there are.
    pub all: u32,
    /// Of how many it is known when they came.
    pub came: u32,
    /// Of how many it is known when they ended.
    pub ended: u32,
    /// Of how many it is known how long they took.
    pub timed: u32,
}

impl Said {
    /// Counts one more: whether it is known when it came and when it ended, and how long it took.
    pub fn add(&mut self, (came, ended): (bool, bool), timed: bool) {
        self.all += 1;
        self.came += u32::from(came);
        self.ended += u32::from(ended);
        self.timed += u32::from(timed);
    }

    /// What a file does not say of its interrupts; empty where it says all.
    pub fn sentence(self, file: &str) -> String {
        let Said { all, came, ended, timed } = self;
        match (timed, came, ended) {
            (timed, ..) if timed == all => String::new(),
            (0, 0, _) => format!(
                "{file} gives when they ended, not when they came nor how long they took: a rate only."
            ),
            (0, _, 0) => format!("{file} gives when they came, not how long they took: a rate only."),
            (0, ..) => {
                format!("{file} gives when they came and ended, not how long they took: hours are not known.")
            }
            (timed, ..) => {
                format!(
                    "{file} says of {timed} of {all} how long they took; of the others hours are not known."
                )
            }
        }
    }
}

/// Asks for all interrupts, the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LatestInterrupts {
    /// From which place on.
    pub from: u32,
    /// How many at most; never more than 150.
    pub limit: u32,
}

/// All interrupts, the latest first, or a part of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterruptHistory {
    /// How many there are.
    pub all: u32,
    /// From which place on they are shown.
    pub from: u32,
    /// They themselves.
    pub rows: Vec<InterruptRow>,
}

pub(super) fn latest(
    reader: &Reader<'_>,
    question: LatestInterrupts,
    _: &Context<'_>,
) -> Result<InterruptHistory, AppError> {
    let all = u32::try_from(reader.interrupt_count()?).unwrap_or(u32::MAX);
    let rows = rows_now(reader, reader.latest_interrupts(question.from, question.limit.min(150))?)?;
    Ok(InterruptHistory { all, from: question.from, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(all: u32, came: u32, ended: u32, timed: u32) -> String {
        Said { all, came, ended, timed }.sentence("calls")
    }

    #[test]
    fn a_file_is_told_what_it_does_not_say() {
        assert_eq!(
            said(9, 9, 8, 0),
            "calls gives when they came and ended, not how long they took: hours are not known."
        );
        assert_eq!(
            said(9, 0, 9, 0),
            "calls gives when they ended, not when they came nor how long they took: a rate only."
        );
        assert_eq!(said(9, 9, 0, 0), "calls gives when they came, not how long they took: a rate only.");
        assert_eq!(
            said(9, 9, 9, 2),
            "calls says of 2 of 9 how long they took; of the others hours are not known."
        );
        assert_eq!(said(9, 0, 9, 9), "");
    }

    #[test]
    fn a_rate_is_told_with_its_weeks_and_its_load_as_an_expectation() {
        let monday = Day::parse("2026-01-05").unwrap();
        let arrivals: Vec<Day> = (0..16).map(|n| monday.plus(n * 3)).collect();
        let known = [(monday, monday.plus(7 * 7 - 1))];
        let today = monday.plus(60);
        let told = words(&rate(&arrivals, &known, &[], today));
        assert_eq!(told.0, "2.3 interrupts a week, 85 % of weeks ≤ 3");
        assert_eq!(
            told.1,
            "The mean of 7 known weeks, 5 January 2026 to 22 February 2026, with 16 in all; the median is 2."
        );
        assert_eq!(told.2, None, "what nobody wrote down is no load");
        let times = [30, 60, 90, 90, 150].map(Minutes::new);
        let told = words(&rate(&arrivals, &known, &times, today));
        assert_eq!(
            told.2.as_deref(),
            Some(
                "Expected: about 3.4 h a week, if each takes 1 h 30 min, the median of the 5 whose time is known."
            )
        );
        let told = words(&rate(&arrivals[..1], &[(monday, monday.plus(6))], &[], today));
        assert_eq!(told.1, "1 whole week is known; a rate needs 6.");
    }
}
