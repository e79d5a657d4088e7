//! What is known of a service, from whomever: reports, announced work, checks.
//!
//! 1. An outage ends after it begins, or lasts still. What lies in the future is no outage.
//! 2. Maintenance counts as announced in time when it was announced at least the notice before it began (10.3).
//! 3. A service that is watched by checks is known only where checks saw it: from the window on into which its first
//!    check falls, everything that no check covers is unknown (10.4). A service without checks is known by reports:
//!    what nobody reported is up.
//! 4. Several logs of checks know together what one of them knows; where they differ, the worse counts.

use super::uptime::{Class, Fact, Maintenance, Outage, Weights};
use super::window::Window;
use super::{HourSum, Stretch};
use crate::calendar::{Day, Instant};
use crate::identity::{IncidentId, OutageId, RowId, ServiceId};
use crate::measures::Minutes;

/// A time in which a service did not answer as it should, with what the team knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownOutage {
    /// Its identity.
    pub id: OutageId,
    /// The service.
    pub service: ServiceId,
    /// How bad it was.
    pub class: Class,
    /// When it began.
    pub from: Instant,
    /// When it ended; none while it lasts.
    pub to: Option<Instant>,
    /// What it was, in a line; may be empty.
    pub title: String,
    /// The incident to which it belongs.
    pub incident: Option<IncidentId>,
    /// Where it was read; empty where a person wrote it down.
    pub source: String,
    /// By what that source knows it; may be empty.
    pub key: String,
}

/// Work on services that makes them unavailable, with what the team knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownMaintenance {
    /// Its identity.
    pub id: RowId,
    /// What is done, in a line; may be empty.
    pub title: String,
    /// The services.
    pub services: Vec<ServiceId>,
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub to: Instant,
    /// When it was announced; none where it was not.
    pub announced_at: Option<Instant>,
    /// Where it was read; empty where a person wrote it down.
    pub source: String,
    /// By what that source knows it; may be empty.
    pub key: String,
}

/// A time of which nothing is known, as a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTime {
    /// Its identity.
    pub id: RowId,
    /// The service.
    pub service: ServiceId,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Why, in a line; may be empty.
    pub note: String,
}

/// What a log of checks says of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownStretch {
    /// Its identity.
    pub id: RowId,
    /// The log.
    pub source: String,
    /// What was seen.
    pub stretch: Stretch,
}

/// The checks and requests of a service in one hour of UTC, of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HourCount {
    /// Hours since 1970.
    pub hour: i64,
    /// Checks.
    pub checks: u32,
    /// Checks that saw the service up.
    pub up: u32,
    /// Requests that count.
    pub valid: u64,
    /// Those of them that were answered well.
    pub good: u64,
}

impl From<HourSum> for HourCount {
    fn from(sum: HourSum) -> HourCount {
        HourCount { hour: sum.hour, checks: sum.checks, up: sum.up, ..HourCount::default() }
    }
}

/// Sums over the hours of a window. An hour belongs where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CountSum {
    /// Checks.
    pub checks: u64,
    /// Checks that saw the service up.
    pub up: u64,
    /// Requests that count.
    pub valid: u64,
    /// Those of them that were answered well.
    pub good: u64,
}

impl CountSum {
    /// What hours come to within a window.
    pub fn within<'h>(window: &Window, hours: impl IntoIterator<Item = &'h HourCount>) -> CountSum {
        let mut sum = CountSum::default();
        for hour in hours.into_iter().filter(|hour| window.holds(hour.hour * 3_600)) {
            sum.checks += u64::from(hour.checks);
            sum.up += u64::from(hour.up);
            sum.valid += hour.valid;
            sum.good += hour.good;
        }
        sum
    }
}

/// How facts become figures, as the team says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReliabilityRules {
    /// From which day on.
    pub valid_from: Day,
    /// How much of a second an outage of a class takes.
    pub weights: Weights,
    /// How long before it begins maintenance is to be announced.
    pub notice: Minutes,
}

impl ReliabilityRules {
    /// A day.
    pub const USUAL_NOTICE: Minutes = Minutes::hours(24);

    /// The rules that hold on a day: the last that are valid from then or earlier, else the usual ones.
    pub fn on(all: &[ReliabilityRules], day: Day) -> ReliabilityRules {
        let usual = ReliabilityRules {
            valid_from: day,
            weights: Weights::USUAL,
            notice: ReliabilityRules::USUAL_NOTICE,
        };
        let valid = all.iter().filter(|rules| rules.valid_from <= day);
        valid.max_by_key(|rules| rules.valid_from).copied().unwrap_or(usual)
    }
}

/// Everything that is known of one service in some time.
#[derive(Debug, Clone, Default)]
pub struct ServiceFacts {
    /// Its outages, the earliest first.
    pub outages: Vec<KnownOutage>,
    /// Its maintenance.
    pub maintenance: Vec<KnownMaintenance>,
    /// Times of which a person says that nothing is known.
    pub unknown: Vec<UnknownTime>,
    /// What logs of checks say.
    pub stretches: Vec<KnownStretch>,
    /// When its first check was, whenever that is; none where it is known by reports.
    pub first_check: Option<Instant>,
    /// Its checks and requests by hours.
    pub hours: Vec<(String, HourCount)>,
}

impl ServiceFacts {
    /// The facts of a window that ends no later than now.
    pub fn facts(&self, window: &Window, notice: Minutes) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        for outage in &self.outages {
            let KnownOutage { id, class, from, to, .. } = *outage;
            facts.push(Fact::Outage(Outage { id: id.row(), class, from, to }));
        }
        for work in &self.maintenance {
            facts.push(Fact::Maintenance(work.fact(notice)));
        }
        facts.extend(self.unknown.iter().map(|time| Fact::Unknown(time.from, time.to)));
        for known in &self.stretches {
            let Stretch { from, to, seen, .. } = known.stretch;
            if let Some(Some(class)) = seen {
                facts.push(Fact::Outage(Outage { id: known.id, class, from, to: Some(to) }));
            }
        }
        facts.extend(self.unwatched(window).into_iter().map(|(from, to)| Fact::Unknown(from, to)));
        facts
    }

    /// Whether a window is one in which checks say what is known (rule 3).
    pub fn is_watched(&self, window: &Window) -> bool {
        let end = window.parts().last().map_or(i64::MIN, |(_, to)| *to);
        self.first_check.is_some_and(|first| first.millis().div_euclid(1_000) < end)
    }

    /// The times of a window that no check covers, from its first second to its last.
    fn unwatched(&self, window: &Window) -> Vec<(Instant, Instant)> {
        let (Some((first, _)), Some((_, last))) = (window.parts().first(), window.parts().last()) else {
            return Vec::new();
        };
        if !self.is_watched(window) {
            return Vec::new();
        }
        let seen = self.stretches.iter().filter(|known| known.stretch.seen.is_some());
        let seen = Window::of(seen.map(|known| (known.stretch.from, known.stretch.to)));
        let mut gaps = Vec::new();
        let mut at = *first;
        let instant = |second: i64| Instant::from_millis(second.saturating_mul(1_000));
        for (from, to) in seen.parts() {
            if *from > at {
                gaps.push((instant(at), instant((*from).min(*last))));
            }
            at = at.max(*to);
        }
        if at < *last {
            gaps.push((instant(at), instant(*last)));
        }
        gaps.retain(|(from, to)| from < to);
        gaps
    }

    /// What checks and requests come to within a window; of one log, or of all.
    pub fn counts(&self, window: &Window, series: Option<&str>) -> CountSum {
        let wanted = self.hours.iter().filter(|(source, _)| series.is_none_or(|series| series == source));
        CountSum::within(window, wanted.map(|(_, hour)| hour))
    }
}

impl KnownMaintenance {
    /// Whether it was announced so long before it began (rule 2).
    pub fn is_announced(&self, notice: Minutes) -> bool {
        let latest = self.from.plus_millis(-notice.in_minutes().saturating_mul(60_000));
        self.announced_at.is_some_and(|at| at <= latest)
    }

    /// As a fact.
    pub fn fact(&self, notice: Minutes) -> Maintenance {
        Maintenance { id: self.id, from: self.from, to: self.to, announced: self.is_announced(notice) }
    }
}

/// Why a time cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpanRefused {
    /// It ends before it begins, or at once.
    #[error("it ends before it begins")]
    EndsBefore,
    /// It has not begun yet.
    #[error("it begins in the future")]
    Future,
}

/// Refuses a time that ends before it begins, and one that begins later than a moment.
pub fn check_span(from: Instant, to: Option<Instant>, latest: Option<Instant>) -> Result<(), SpanRefused> {
    if latest.is_some_and(|latest| from > latest) {
        return Err(SpanRefused::Future);
    }
    // Whole seconds count: what is shorter would be no time at all.
    let second = |at: Instant| at.millis().div_euclid(1_000);
    if to.is_some_and(|to| second(to) <= second(from)) { Err(SpanRefused::EndsBefore) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reliability::{Method, ReliabilityLedger, State};

    fn at(seconds: i64) -> Instant {
        Instant::from_millis(seconds * 1_000)
    }

    fn stretch(n: u128, from: i64, to: i64, seen: Option<Option<Class>>) -> KnownStretch {
        let stretch = Stretch { from: at(from), to: at(to), seen, checks: 1 };
        KnownStretch { id: uuid::Uuid::from_u128(n).into(), source: "log".into(), stretch }
    }

    fn ledger(facts: &ServiceFacts, from: i64, to: i64) -> ReliabilityLedger {
        let window = Window::new(at(from), at(to));
        ReliabilityLedger::new(&window, &facts.facts(&window, Minutes::hours(24)), Weights::USUAL)
    }

    #[test]
    fn rule_10_4_a_watched_service_is_known_only_where_checks_saw_it() {
        let facts = ServiceFacts {
            stretches: vec![
                stretch(1, 100, 200, Some(None)),
                stretch(2, 200, 220, Some(Some(Class::Full))),
                stretch(3, 220, 300, None),
                stretch(4, 300, 400, Some(None)),
            ],
            first_check: Some(at(100)),
            ..ServiceFacts::default()
        };
        let here = ledger(&facts, 50, 500);
        assert_eq!(here.seconds(State::Unknown), 50 + 80 + 100, "before, between and after the checks");
        assert_eq!(here.uptime(Method::Weighted).of, 220);
        assert_eq!(here.by_fact(), [(facts.stretches[1].id, 200_000)], "a check that saw it down is traced");
        assert_eq!(ledger(&facts, 0, 90).seconds(State::Up), 90, "before any check reports said what was so");
        assert_eq!(ledger(&facts, 500, 600).seconds(State::Unknown), 100, "old data is never reused");
    }

    #[test]
    fn rule_10_4_several_logs_know_together_what_one_of_them_knows() {
        let facts = ServiceFacts {
            stretches: vec![stretch(1, 0, 100, None), stretch(2, 20, 60, Some(None))],
            first_check: Some(at(20)),
            ..ServiceFacts::default()
        };
        assert_eq!(ledger(&facts, 0, 100).seconds(State::Up), 40);
    }

    #[test]
    fn rule_10_3_maintenance_is_announced_in_time_or_it_is_downtime() {
        let work = |announced: Option<i64>| KnownMaintenance {
            id: uuid::Uuid::from_u128(1).into(),
            title: String::new(),
            services: Vec::new(),
            from: at(90_000),
            to: at(93_600),
            announced_at: announced.map(at),
            source: String::new(),
            key: String::new(),
        };
        let notice = Minutes::hours(24);
        assert!(work(Some(3_600)).is_announced(notice), "a day before, to the second");
        assert!(!work(Some(3_601)).is_announced(notice) && !work(None).is_announced(notice));
        assert!(work(Some(90_000)).is_announced(Minutes::ZERO));
    }

    #[test]
    fn an_outage_ends_after_it_begins_and_is_not_to_come() {
        assert_eq!(check_span(at(10), Some(at(10)), None), Err(SpanRefused::EndsBefore));
        assert_eq!(check_span(at(10), Some(at(9)), None), Err(SpanRefused::EndsBefore));
        assert_eq!(check_span(at(10), None, Some(at(9))), Err(SpanRefused::Future));
        assert_eq!(check_span(at(10), Some(at(11)), Some(at(10))), Ok(()));
    }

    #[test]
    fn rule_10_9_an_hour_belongs_to_the_window_in_which_it_begins() {
        let hours = [0, 1, 2].map(|hour| HourCount { hour, checks: 60, up: 59, valid: 10, good: 9 });
        let sum = CountSum::within(&Window::new(at(1), at(7_201)), &hours);
        assert_eq!(sum, CountSum { checks: 120, up: 118, valid: 20, good: 18 });
    }

    #[test]
    fn rules_hold_from_a_day_on() {
        let day = |text: &str| Day::parse(text).unwrap();
        let stricter = ReliabilityRules {
            valid_from: day("2026-11-10"),
            weights: Weights { partial: crate::measures::Share::WHOLE, ..Weights::USUAL },
            notice: Minutes::hours(48),
        };
        assert_eq!(ReliabilityRules::on(&[stricter], day("2026-11-09")).weights, Weights::USUAL);
        assert_eq!(ReliabilityRules::on(&[stricter], day("2026-11-10")), stricter);
    }
}
