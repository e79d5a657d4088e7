//! Moments as people write them.
//!
//! 1. What people write is the team's local time; a program may write a time with its distance from UTC.
//! 2. A time of day alone is today's; for what has happened it is the last one that was.
//! 3. A local time that the clocks leave out or show twice is read as [`Zone::instant`] says.

use crate::error::AppError;
use chrono::DateTime;
use domain::calendar::{Day, Instant, Zone};
use domain::incident::Since;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A moment: milliseconds since 1970, or what a person wrote of the team's local time: `9:40`, `2026-11-24 9:40`; or a
/// program: `2026-11-24T09:40:00+01:00`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum WrittenMoment {
    /// The moment.
    At(Instant),
    /// As it was written.
    Text(String),
}

impl WrittenMoment {
    /// The moment that is meant; none where nothing is written. Refused at a field: what is no moment.
    pub(crate) fn meant(
        moment: Option<&WrittenMoment>,
        field: &str,
        zone: Zone,
        now: Instant,
    ) -> Result<Option<Instant>, AppError> {
        WrittenMoment::read(moment, field, zone, |since| since.on(zone.day_of(now), zone))
    }

    /// The same for what has happened. Refused besides: what is still to come.
    pub(crate) fn past(
        moment: Option<&WrittenMoment>,
        field: &str,
        zone: Zone,
        now: Instant,
    ) -> Result<Option<Instant>, AppError> {
        let at = WrittenMoment::read(moment, field, zone, |since| since.before(now, zone))?;
        if let Some(at) = at.filter(|at| *at > now) {
            let hint = "Say when it was: what happened lies in the past.";
            return Err(AppError::refused(format!("{} is still to come.", said(at, zone)), hint).at(field));
        }
        Ok(at)
    }

    fn read(
        moment: Option<&WrittenMoment>,
        field: &str,
        zone: Zone,
        of_a_time: impl Fn(Since) -> Instant,
    ) -> Result<Option<Instant>, AppError> {
        let text = match moment {
            None => return Ok(None),
            Some(WrittenMoment::At(at)) => return Ok(Some(*at)),
            Some(WrittenMoment::Text(text)) => text.trim(),
        };
        if text.is_empty() {
            return Ok(None);
        }
        let offset =
            || Some(Instant::from_millis(DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis()));
        let read = offset().or_else(|| Since::parse(text).map(of_a_time)).or_else(|| of_a_day(text, zone));
        read.map(Some).ok_or_else(|| {
            let hint = "Write a time of day such as 9:40, or a day with it: 2026-11-24 9:40.";
            AppError::refused(format!("“{text}” is no moment."), hint).at(field)
        })
    }
}

/// A day and a time of it, in the team's zone; a field of a form may add seconds.
fn of_a_day(text: &str, zone: Zone) -> Option<Instant> {
    let (day, time) = text.split_once(['T', ' '])?;
    let (day, time) = (Day::parse(day)?, time.trim());
    let minutes = if time.matches(':').count() == 2 { time.rsplit_once(':')?.0 } else { time };
    Since::parse(minutes).map(|since| since.on(day, zone))
}

/// A moment as people say it: “24 November, 9:40”.
pub(crate) fn said(at: Instant, zone: Zone) -> String {
    zone.local(at).format("%-d %B, %-H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, past: bool) -> String {
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let now = of_a_day("2026-11-24 09:00", zone).unwrap();
        let written = WrittenMoment::Text(text.into());
        let read = if past { WrittenMoment::past } else { WrittenMoment::meant };
        match read(Some(&written), "at", zone, now) {
            Ok(Some(at)) => said(at, zone),
            Ok(None) => "nothing".into(),
            Err(error) => error.message,
        }
    }

    #[test]
    fn a_time_of_day_is_todays_or_the_last_one_that_was() {
        assert_eq!(
            (read("8:30", false), read("8:30", true)),
            ("24 November, 8:30".into(), "24 November, 8:30".into())
        );
        assert_eq!(
            (read("22:15", false), read("22:15", true)),
            ("24 November, 22:15".into(), "23 November, 22:15".into())
        );
    }

    #[test]
    fn days_forms_and_programs_are_read_and_what_has_happened_is_not_to_come() {
        assert_eq!(read("2026-11-20T14:30:00", true), "20 November, 14:30");
        assert_eq!(read("2026-11-20T13:30:00Z", true), "20 November, 14:30");
        assert_eq!(read("2026-11-26 6:00", false), "26 November, 6:00");
        assert_eq!(read("2026-11-26 6:00", true), "26 November, 6:00 is still to come.");
        assert_eq!((read("  ", true), read("soon", true)), ("nothing".into(), "“soon” is no moment.".into()));
    }
}
