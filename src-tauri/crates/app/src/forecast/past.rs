//! What the team did: the past from which forecasts are drawn.
//!
//! 1. What was done in the planned lanes counts on the day on which it was done; what interrupts brought into the buffer
//!    does not (6.1). Today is not over and counts not yet.
//! 2. The past begins with the first Sprint, or the first item that was done, and reaches back as far as the team says.
//! 3. Points are counted where at least half of what was done, and of what is asked for, is sized; else items (1.3).

use crate::error::{AppError, sentence};
use crate::team::counted;
use domain::calendar::{Day, Instant, WorkCalendar, Zone};
use domain::capacity::{ScrumEvents, TeamCapacity, team_capacity};
use domain::flow::Unit;
use domain::forecast::{DAYS_NEEDED, PastDay, PastWork, TooLittleHistory, WorkingPast};
use domain::measures::{Minutes, Size};
use store::{DoneWork, Reader};

/// The team's past.
pub(super) struct Past {
    /// The team's zone.
    pub zone: Zone,
    /// Today.
    pub today: Day,
    /// Its first day; today where there is no past.
    pub first: Day,
    /// What was done in the planned lanes, from the first day to now.
    pub done: Vec<DoneWork>,
}

impl Past {
    /// The past within the team's window.
    pub fn read(reader: &Reader<'_>, now: Instant) -> Result<Past, AppError> {
        let weeks = reader.forecast_weeks()?;
        Past::since(reader, now, |today| today.plus(-7 * i64::from(weeks)))
    }

    /// The past from a day on.
    pub fn since(
        reader: &Reader<'_>,
        now: Instant,
        earliest: impl FnOnce(Day) -> Day,
    ) -> Result<Past, AppError> {
        let zone = reader.team()?.zone;
        let today = zone.day_of(now);
        let known = reader.work_known_since()?.map_or(today, |at| zone.day_of(at)).min(today);
        let first = known.max(earliest(today));
        let buffers = reader.buffer_lanes()?;
        let mut done = reader.done_since(zone.start_of(first))?;
        done.retain(|one| one.at <= now && !one.lane.is_some_and(|lane| buffers.contains(&lane)));
        Ok(Past { zone, today, first, done })
    }

    /// How many days it has, today not included.
    pub fn length(&self) -> usize {
        usize::try_from(self.first.days_until(self.today)).unwrap_or(0)
    }

    /// Refused in words: too little of it for any forecast.
    pub fn is_enough(&self) -> Result<(), AppError> {
        let days = self.length();
        if days < DAYS_NEEDED {
            Err(too_little(TooLittleHistory::Days { days: days as u32 }))
        } else {
            Ok(())
        }
    }

    /// How many of its items are sized, and how many there are.
    pub fn sized(&self) -> (usize, usize) {
        let over = || self.done.iter().filter(|one| self.zone.day_of(one.at) < self.today);
        (over().filter(|one| one.size.is_some()).count(), over().count())
    }

    /// What was done on each of its days.
    pub fn work(&self, unit: Unit) -> PastWork {
        let mut days = vec![Size::ZERO; self.length()];
        for one in &self.done {
            let place = usize::try_from(self.first.days_until(self.zone.day_of(one.at))).ok();
            if let Some(day) = place.and_then(|place| days.get_mut(place)) {
                *day += worth(one.size, unit);
            }
        }
        PastWork { unit, first: self.first, done: days }
    }

    /// What was done from a day on to another, both included; with the days on which it was, in order.
    pub fn done_between(&self, first: Day, last: Day, unit: Unit) -> impl Iterator<Item = (Day, Size)> {
        let days = self.done.iter().map(move |one| (self.zone.day_of(one.at), worth(one.size, unit)));
        days.filter(move |(day, _)| (first..=last).contains(day))
    }
}

/// What an item counts in a unit; without a size no points (1.4).
pub(super) fn worth(size: Option<Size>, unit: Unit) -> Size {
    match unit {
        Unit::Points => size.unwrap_or_default(),
        Unit::Items => Size::points(1),
    }
}

/// Too little history, in words with a way out.
pub(super) fn too_little(refused: TooLittleHistory) -> AppError {
    let hint = match refused {
        TooLittleHistory::Days { .. } => {
            "Work on for a few days, or import a backlog with its history: then the past speaks.".to_owned()
        }
        TooLittleHistory::NothingDone { .. } => {
            "Say on the Board what is done, or choose a longer past in the settings of the forecast."
                .to_owned()
        }
    };
    let message = match refused {
        TooLittleHistory::Days { days } => format!(
            "A forecast needs {DAYS_NEEDED} days of history, and there {}.",
            if days == 1 { "is 1 day".to_owned() } else { format!("are {}", counted(days, "day")) }
        ),
        other => sentence(&other.to_string()),
    };
    AppError::refused(message, hint)
}

/// The working days of the past, for the chance of a plan: what was done on a day off counts with the working day
/// before it.
pub(super) fn working_past(reader: &Reader<'_>, past: &Past, unit: Unit) -> Result<WorkingPast, AppError> {
    let last = past.today.plus(-1);
    let calendar = reader.calendar()?;
    let work = past.work(unit);
    let took = reader.interrupt_minutes(past.first, last)?;
    let capacity = hours_of(reader, &calendar, (past.first, last))?;
    let mut days: Vec<PastDay> = Vec::new();
    let mut worked = capacity.days.iter().enumerate().peekable();
    for (day, done) in past.first.through(last).zip(&work.done) {
        let interrupts = took.get(&day).copied().unwrap_or_default();
        match worked.next_if(|(_, working)| **working == day) {
            Some((place, _)) => days.push(PastDay { done: *done, interrupts, net: net_of(&capacity, place) }),
            None => {
                if let Some(before) = days.last_mut() {
                    before.done += *done;
                    before.interrupts += interrupts;
                }
            }
        }
    }
    WorkingPast::new(days).map_err(too_little)
}

/// What the members give on the working days of a time, Scrum events not taken off: they come again in every Sprint.
pub(super) fn hours_of(
    reader: &Reader<'_>,
    calendar: &WorkCalendar,
    (first, last): (Day, Day),
) -> Result<TeamCapacity, AppError> {
    let attendance = reader.attendance(first, last)?;
    Ok(team_capacity(&reader.members()?, calendar, (first, last), &NO_EVENTS, &attendance))
}

/// No Scrum events.
const NO_EVENTS: ScrumEvents = ScrumEvents {
    daily: Minutes::ZERO,
    planning: Minutes::ZERO,
    review: Minutes::ZERO,
    retrospective: Minutes::ZERO,
};

/// The net minutes of the working day at a place; none where nobody's hours are known.
pub(super) fn net_of(capacity: &TeamCapacity, place: usize) -> Option<Minutes> {
    let known = capacity.members.iter().filter(|member| member.net.is_some());
    let days = known.filter_map(|member| member.days.get(place));
    let mut any = false;
    let sum = days.filter_map(|day| day.net).inspect(|_| any = true).sum();
    any.then_some(sum)
}
