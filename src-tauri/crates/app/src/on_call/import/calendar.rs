//! Shifts in the events of an iCalendar file.
//!
//! 1. Repetitions are counted on the local clock of the event's zone, as handovers are: a time that does not exist is the
//!    first that does.
//! 2. The person is the one attendee of the event; without one, whoever its summary names: a member whose name stands in
//!    it, else what is left of it without the words for being on call.
//! 3. An event that repeats more often than is looked at is left out as a whole, and named.

use super::{Read, Shift, ShiftLeftOut};
use crate::contract::Context;
use crate::error::AppError;
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use domain::calendar::{Day, Instant, Zone};
use domain::identity::RowId;
use domain::on_call::OnCallLevel;
use domain::team::Member;
use icalendar::{Calendar, CalendarComponent, Component, Event, Property};
use rrule::RRuleSet;
use std::collections::{BTreeMap, BTreeSet};

/// How many occurrences one event may have.
const MOST: u16 = 2_000;
/// The longest event that is a shift, in days.
const LONGEST: i64 = 366;

/// Reads a calendar; events that repeat for ever end with the day `until`.
pub(super) fn read(
    text: &str,
    until: Day,
    zone: Zone,
    (members, levels): (&[Member], &[OnCallLevel]),
    context: &Context<'_>,
) -> Result<Read, AppError> {
    let calendar: Calendar = text.parse().map_err(|_| {
        AppError::refused(
            "This file is no iCalendar file.",
            "Export the calendar again; the file may be cut off.",
        )
    })?;
    let mut read = Read { name: calendar.get_name().unwrap_or_default().to_owned(), ..Read::default() };
    let mut events: Vec<&Event> = Vec::new();
    for component in &calendar.components {
        if let CalendarComponent::Event(event) = component {
            events.push(event);
        }
    }
    // Which occurrences of an event were edited, by its identity.
    let mut edited: BTreeMap<&str, BTreeSet<Instant>> = BTreeMap::new();
    // From when on all occurrences of an event are changed.
    let mut changed: BTreeMap<&str, Instant> = BTreeMap::new();
    for event in &events {
        let original = properties(event, "RECURRENCE-ID").first().map(|one| moment(one, zone));
        if let (Some(uid), Some(Ok(original))) = (event.get_uid(), original) {
            edited.entry(uid).or_default().insert(original.instant());
            if changes_later(event) {
                let from = changed.entry(uid).or_insert(original.instant());
                *from = original.instant().min(*from);
            }
        }
    }
    for event in events {
        context.cancel.check()?;
        let summary = event.get_summary().unwrap_or_default().trim().replace('\0', "");
        let left_out = |why: String| {
            let start = event.property_value("DTSTART").unwrap_or("no beginning");
            ShiftLeftOut { line: None, what: format!("{summary} ({start})"), why }
        };
        let is_cancelled =
            event.property_value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"));
        let is_edit = event.property_value("RECURRENCE-ID").is_some();
        if is_cancelled {
            if !is_edit {
                read.left_out.push(left_out("it is cancelled".to_owned()));
            }
            continue;
        }
        if is_edit && changes_later(event) {
            let why = "it changes all later ones too, which cannot be read: from it on they are left out";
            read.left_out.push(left_out(why.to_owned()));
            continue;
        }
        let level = match level_of(event, levels) {
            Ok(level) => level,
            Err(why) => {
                read.left_out.push(left_out(why));
                continue;
            }
        };
        let none = BTreeSet::new();
        let replaced = event.get_uid().filter(|_| !is_edit).and_then(|uid| edited.get(uid)).unwrap_or(&none);
        let ends = event.get_uid().filter(|_| !is_edit).and_then(|uid| changed.get(uid));
        match person_of(event, &summary, members)
            .and_then(|person| times(event, until, zone, replaced).map(|times| (person, times)))
        {
            Ok((person, times)) => {
                let kept = times.into_iter().filter(|(from, _)| ends.is_none_or(|ends| from < ends));
                read.shifts.extend(kept.map(|(from, to)| Shift { person: person.clone(), from, to, level }));
            }
            Err(why) => read.left_out.push(left_out(why)),
        }
    }
    Ok(read)
}

/// Whether an edit of one occurrence is one of all later ones too.
fn changes_later(event: &Event) -> bool {
    properties(event, "RECURRENCE-ID").iter().any(|one| {
        one.params().get("RANGE").is_some_and(|range| range.value().eq_ignore_ascii_case("THISANDFUTURE"))
    })
}

/// The level that an event was saved from, if Evenkeel saved it.
fn level_of(event: &Event, levels: &[OnCallLevel]) -> Result<Option<RowId>, String> {
    let Some(own) = event.get_uid().and_then(|uid| uid.trim().strip_suffix("@evenkeel")) else {
        return Ok(None);
    };
    let level = levels.iter().find(|level| own.starts_with(&format!("{}-", level.id)));
    level.map(|level| Some(level.id)).ok_or_else(|| "this team has no such level".to_owned())
}

/// When an event is, with its repetitions; those that were edited are left to their edits.
fn times(
    event: &Event,
    until: Day,
    zone: Zone,
    replaced: &BTreeSet<Instant>,
) -> Result<Vec<(Instant, Instant)>, String> {
    let start = properties(event, "DTSTART");
    let start = moment(start.first().ok_or("it has no beginning")?, zone)?;
    let ends = properties(event, "DTEND");
    let length = match (ends.first(), event.property_value("DURATION")) {
        // On the local clock: a week from nine to nine, also where the clock changes.
        (Some(end), _) => moment(end, zone)?.local_in(start.zone) - start.local,
        (None, Some(duration)) => duration_of(duration).ok_or("its duration cannot be read")?,
        (None, None) if start.is_day => TimeDelta::days(1),
        (None, None) => return Err("it has no end".to_owned()),
    };
    if length <= TimeDelta::zero() {
        return Err("it ends before it begins".to_owned());
    }
    if length > TimeDelta::days(LONGEST) {
        return Err("it lasts longer than a year".to_owned());
    }
    let mut begins = BTreeSet::from([start.local]);
    for rule in properties(event, "RRULE") {
        begins.extend(repeated(rule.value(), &start, until)?);
    }
    for one in properties(event, "RDATE") {
        for part in one.value().split(',') {
            begins.insert(read_moment(part, zone_of(one, zone)?)?.local_in(start.zone));
        }
    }
    let mut excluded = replaced.clone();
    for one in properties(event, "EXDATE") {
        for part in one.value().split(',') {
            let out = read_moment(part, zone_of(one, zone)?)?;
            // A day leaves out what begins on it.
            match out.is_day && !start.is_day {
                true => begins.retain(|local| local.date() != out.local.date()),
                false => drop(excluded.insert(out.instant())),
            }
        }
    }
    let whole = |local: NaiveDateTime| {
        let end = local.checked_add_signed(length)?;
        Some((start.zone.instant(local), start.zone.instant(end)))
    };
    let times = begins.into_iter().filter_map(whole);
    Ok(times.filter(|(from, to)| from < to && !excluded.contains(from)).collect())
}

/// The local beginnings of a rule's repetitions, until the end of a day.
fn repeated(rule: &str, start: &Moment, until: Day) -> Result<Vec<NaiveDateTime>, String> {
    let unreadable = || format!("its repetition “{rule}” cannot be read");
    // Counted as if the local clock were UTC, which has neither gaps nor hours that come twice.
    let mut parts = Vec::new();
    for part in rule.split(';') {
        match part.split_once('=') {
            Some((name, end)) if name.eq_ignore_ascii_case("UNTIL") => {
                let end = read_moment(end, start.zone)?;
                let last = match end.is_day {
                    true => {
                        end.local.date().and_time(NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default())
                    }
                    false => end.local_in(start.zone),
                };
                parts.push(format!("UNTIL={}Z", last.format("%Y%m%dT%H%M%S")));
            }
            _ => parts.push(part.to_owned()),
        }
    }
    let text = format!("DTSTART:{}Z\nRRULE:{}", start.local.format("%Y%m%dT%H%M%S"), parts.join(";"));
    let set: RRuleSet = text.parse().map_err(|_| unreadable())?;
    let end = until.plus(1).date().and_time(NaiveTime::MIN).and_utc().with_timezone(&rrule::Tz::UTC);
    let found = set.before(end).limit().all(MOST + 1);
    if found.dates.len() > usize::from(MOST) {
        return Err(format!("it repeats more than {MOST} times"));
    }
    if found.limited {
        return Err(format!("its repetition “{rule}” cannot be followed to its end"));
    }
    Ok(found.dates.iter().map(|at| at.naive_utc()).collect())
}

/// A moment as an event has it.
#[derive(Debug, Clone, Copy)]
struct Moment {
    local: NaiveDateTime,
    zone: Zone,
    is_day: bool,
}

impl Moment {
    fn instant(&self) -> Instant {
        self.zone.instant(self.local)
    }

    /// The local time of it in another zone; a day is that day everywhere.
    fn local_in(&self, zone: Zone) -> NaiveDateTime {
        if self.is_day || zone == self.zone { self.local } else { zone.local(self.instant()) }
    }
}

fn moment(property: &Property, zone: Zone) -> Result<Moment, String> {
    read_moment(property.value(), zone_of(property, zone)?)
}

/// The zone that a property names; else the team's.
fn zone_of(property: &Property, zone: Zone) -> Result<Zone, String> {
    let Some(named) = property.params().get("TZID").map(|one| one.value().trim_matches('"').to_owned())
    else {
        return Ok(zone);
    };
    // Some programs put their own name in front: “/example.org/Europe/Zurich”.
    let parts: Vec<&str> = named.trim_start_matches('/').split('/').collect();
    (0..parts.len())
        .find_map(|from| Zone::parse(&parts[from..].join("/")))
        .ok_or_else(|| format!("its time zone “{named}” is not one that can be read for certain"))
}

/// `20261130`, `20261130T090000`, `20261130T080000Z`.
fn read_moment(text: &str, zone: Zone) -> Result<Moment, String> {
    let text = text.trim();
    let unreadable = || format!("“{text}” is no date");
    let day = text.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let day = day.and_then(|digits| {
        Day::parse(&format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?))
    });
    let day = day.ok_or_else(unreadable)?;
    let (time, in_utc) = match text.get(8..).unwrap_or_default() {
        "" => return Ok(Moment { local: day.date().and_time(NaiveTime::MIN), zone, is_day: true }),
        time => (time.trim_end_matches('Z'), time.ends_with('Z')),
    };
    let time = NaiveTime::parse_from_str(time, "T%H%M%S")
        .or_else(|_| NaiveTime::parse_from_str(time, "T%H%M"))
        .map_err(|_| unreadable())?;
    let zone = if in_utc { Zone::UTC } else { zone };
    Ok(Moment { local: day.date().and_time(time), zone, is_day: false })
}

/// `P7D`, `P1W`, `PT12H`, `P1DT12H30M`.
fn duration_of(text: &str) -> Option<TimeDelta> {
    let text = text.trim().strip_prefix('P')?;
    let mut seconds: i64 = 0;
    let mut number = String::new();
    let mut in_time = false;
    for letter in text.chars() {
        match letter {
            '0'..='9' => number.push(letter),
            'T' => in_time = true,
            _ => {
                let each: i64 = match (letter, in_time) {
                    ('W', false) => 7 * 86_400,
                    ('D', false) => 86_400,
                    ('H', true) => 3_600,
                    ('M', true) => 60,
                    ('S', true) => 1,
                    _ => return None,
                };
                let count: i64 = number.parse().ok().filter(|count| *count < 1_000_000)?;
                seconds += count * each;
                number.clear();
            }
        }
    }
    (number.is_empty() && seconds > 0).then(|| TimeDelta::seconds(seconds))
}

/// Who has the shift (rule 2 of the module).
fn person_of(event: &Event, summary: &str, members: &[Member]) -> Result<String, String> {
    let attendees = properties(event, "ATTENDEE");
    if let [one] = attendees.as_slice() {
        let name = one.params().get("CN").map(|name| name.value().trim_matches('"').trim().to_owned());
        let address = one.value().trim();
        let address = address
            .get(..7)
            .filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
            .map_or(address, |_| address.get(7..).unwrap_or_default());
        let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| address.to_owned());
        if !name.is_empty() {
            return Ok(name.replace('\0', ""));
        }
    }
    let words = |text: &str| -> Vec<String> {
        let letters = |letter: char| !(letter.is_alphanumeric() || letter == '\'' || letter == '’');
        text.to_lowercase().split(letters).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let said = words(summary);
    let stands_in = |member: &&Member| {
        let name = words(&member.name);
        !name.is_empty() && said.windows(name.len()).any(|part| part == name.as_slice())
    };
    let mut named = members.iter().filter(stands_in);
    if let (Some(one), None) = (named.next(), named.next()) {
        return Ok(one.name.clone());
    }
    let mut rest = summary.to_owned();
    if let (Some(open), Some(close)) = (rest.find('('), rest.rfind(')'))
        && open < close
    {
        rest.replace_range(open..=close, " ");
    }
    let calls = ["on-call", "on call", "oncall", "primary", "secondary", "schedule", "shift"];
    for call in calls {
        while let Some(at) = rest.to_lowercase().find(call).filter(|at| rest.is_char_boundary(*at)) {
            let end = (at + call.len()).min(rest.len());
            if !rest.is_char_boundary(end) {
                break;
            }
            rest.replace_range(at..end, " ");
        }
    }
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = rest.trim_matches(|letter: char| !(letter.is_alphanumeric() || letter == '.')).to_owned();
    if rest.is_empty() { Err("nobody is named".to_owned()) } else { Ok(rest) }
}

/// A property that may stand several times.
fn properties<'e>(event: &'e Event, name: &str) -> Vec<&'e Property> {
    let several = event.multi_properties().get(name).into_iter().flatten();
    event.properties().get(name).into_iter().chain(several).collect()
}
