//! The five measures, Sprint by Sprint or month by month.
//!
//! 1. A Sprint's window is that of its uptime: from its first day to the next Sprint's, so that no deployment falls
//!    between two (10.1); a month is a calendar month of the team's zone.
//! 2. A period that is not over is told until the moment that is asked about, and says so.
//! 3. A median or a rate is told from five on; of fewer only what there is, one by one (12.1).

use super::{Deployment, Dora, Failure};
use crate::calendar::{Day, Instant, Zone};
use crate::identity::SprintId;
use chrono::Datelike;

/// From how many on a median or a rate says something (rule 3).
pub const ENOUGH: usize = 5;

/// The measures over periods.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryTrend {
    /// The name of the service; none is all of them.
    pub service: Option<String>,
    /// Whether the periods are Sprints; else months.
    pub of_sprints: bool,
    /// The day as of which it is told; none is today.
    pub as_of: Option<Day>,
    /// The periods, the latest last.
    pub periods: Vec<DeliveryPeriod>,
}

/// The measures over one period.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryPeriod {
    /// The Sprint; none for a month.
    pub sprint: Option<SprintId>,
    /// The name of the Sprint, or `Mar 2026`.
    pub name: String,
    /// The first day.
    pub first_day: Day,
    /// The last day, also where it lies ahead.
    pub last_day: Day,
    /// Whether it is over.
    pub is_over: bool,
    /// The measures.
    pub dora: Dora,
}

/// A period to be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The Sprint; none for a month.
    pub sprint: Option<SprintId>,
    /// Its name.
    pub name: String,
    /// From here on.
    pub from: Instant,
    /// Up to here.
    pub to: Instant,
}

/// Measures each period until a moment; one that begins later is left out.
pub fn delivery_trend(
    periods: &[Period],
    deployments: &[Deployment],
    failures: &[Failure],
    zone: Zone,
    now: Instant,
) -> Vec<DeliveryPeriod> {
    let measured = |period: &Period| DeliveryPeriod {
        sprint: period.sprint,
        name: period.name.clone(),
        first_day: zone.day_of(period.from),
        last_day: zone.day_of(period.to.plus_millis(-1)),
        is_over: period.to <= now,
        dora: Dora::new(deployments, failures, period.from, period.to.min(now)),
    };
    periods.iter().filter(|period| period.from < now && period.from < period.to).map(measured).collect()
}

/// The calendar months from that of a moment to that of another, so many at most, the latest.
pub fn months(from: Instant, to: Instant, most: usize, zone: Zone) -> Vec<Period> {
    let mut months = Vec::new();
    let mut first = first_of_month(zone.day_of(to));
    let earliest = first_of_month(zone.day_of(from));
    let mut end = first_of_month(first.plus(31));
    while first >= earliest && months.len() < most {
        let name = first.date().format("%b %Y").to_string();
        months.push(Period { sprint: None, name, from: zone.start_of(first), to: zone.start_of(end) });
        (end, first) = (first, first_of_month(first.plus(-1)));
    }
    months.reverse();
    months
}

fn first_of_month(day: Day) -> Day {
    day.plus(1 - i64::from(day.date().day()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::DeploymentResult;

    fn instant(zone: Zone, day: &str) -> Instant {
        zone.start_of(Day::parse(day).unwrap())
    }

    #[test]
    fn months_are_those_of_the_teams_zone_and_the_latest_of_many() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let told = |from: &str, to: &str, most| {
            let months = months(instant(zone, from), instant(zone, to), most, zone);
            let hours = |one: &Period| (one.to.millis() - one.from.millis()) / 3_600_000;
            months.iter().map(|one| format!("{} {} h", one.name, hours(one))).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            told("2025-12-31", "2026-03-01", 12),
            "Dec 2025 744 h, Jan 2026 744 h, Feb 2026 672 h, Mar 2026 743 h"
        );
        assert_eq!(told("2017-01-01", "2026-10-31", 2), "Sep 2026 720 h, Oct 2026 745 h");
        assert_eq!(told("2026-03-01", "2026-02-01", 12), "");
    }

    #[test]
    fn rule_12_1_a_period_counts_what_reached_production_in_it_and_a_running_one_until_now() {
        let zone = Zone::UTC;
        let deployed = |n: u128, at: Instant| Deployment {
            id: uuid::Uuid::from_u128(n).into(),
            service: uuid::Uuid::from_u128(0).into(),
            environment: String::new(),
            is_production: true,
            version: String::new(),
            started_at: at,
            finished_at: None,
            result: DeploymentResult::Succeeded,
            commits: Vec::new(),
            repairs: None,
            is_unplanned: false,
            note: String::new(),
            url: String::new(),
            outside: None,
        };
        let at = |day: &str| instant(zone, day);
        let deployments = [
            deployed(1, at("2026-01-31").plus_millis(86_399_999)),
            deployed(2, at("2026-02-01")),
            deployed(3, at("2026-02-10")),
            deployed(4, at("2026-02-20")),
        ];
        let periods = months(at("2026-01-01"), at("2026-03-15"), 12, zone);
        let trend = delivery_trend(&periods, &deployments, &[], zone, at("2026-02-15"));
        let told =
            |one: &DeliveryPeriod| (one.name.clone(), one.dora.deployments, one.is_over, one.dora.a_day);
        assert_eq!(
            trend.iter().map(told).collect::<Vec<_>>(),
            [("Jan 2026".into(), 1, true, 1.0 / 31.0), ("Feb 2026".into(), 2, false, 2.0 / 14.0)]
        );
        assert_eq!(trend[1].last_day, Day::parse("2026-02-28").unwrap());
    }
}
