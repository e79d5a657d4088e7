//! Public holidays from an iCalendar file.
//!
//! 1. A holiday is an event of whole days: from its start to the day before its end, or one day without an end. One that
//!    repeats comes on each of its days until the last year that was asked for.
//! 2. What is a holiday already, or comes twice in the file, is left out; what is no event of whole days, or is cancelled,
//!    is named and left out.
//! 3. The preview and the command read the same; the command leaves out the days that a person unticked.

use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::{counted, short};
use chrono::{Datelike, NaiveDate};
use domain::calendar::Day;
use encoding_rs::WINDOWS_1252;
use icalendar::{Calendar, CalendarComponent, Component, Event};
use rrule::RRuleSet;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use store::{Reader, Writer};
use ts_rs::TS;

/// The longest event that can be a holiday, in days; a longer one is a school holiday or a mistake.
const LONGEST: i64 = 31;
/// The furthest last year that can be asked for, from this one.
const FURTHEST: i32 = 20;
/// How many days of one event that repeats are looked at.
const MOST: u16 = 2000;

/// Asks what an attached iCalendar file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct HolidayFileQuestion {
    /// The last year whose holidays are taken; two years from now if it is not given.
    #[ts(optional = nullable)]
    pub until: Option<i32>,
}

/// What an iCalendar file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HolidayFile {
    /// What the file calls itself; may be empty.
    pub name: String,
    /// The first year whose holidays are taken: this one.
    pub from: i32,
    /// The last one.
    pub until: i32,
    /// The days that would become holidays, in order.
    pub fresh: Vec<HolidayFound>,
    /// The days that are holidays already.
    pub known: Vec<HolidayFound>,
    /// How many days lie in other years.
    pub other_years: u32,
    /// The events that are none of whole days, are cancelled, or cannot be read, with the reason.
    pub left_out: Vec<HolidayLeftOut>,
}

/// A holiday of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HolidayFound {
    /// The day.
    pub day: Day,
    /// What is celebrated.
    pub name: String,
    /// Whether the team would work on it.
    pub works: bool,
}

/// An event of a file that is no holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HolidayLeftOut {
    /// What it is called; may be empty.
    pub name: String,
    /// Why it is left out.
    pub why: String,
}

/// Makes holidays of the days of an attached iCalendar file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportHolidays {
    /// The last year whose holidays are taken; two years from now if it is not given.
    #[ts(optional = nullable)]
    pub until: Option<i32>,
    /// The days that are not taken.
    #[ts(optional, as = "Option<Vec<Day>>")]
    pub leave_out: Vec<Day>,
}

pub(crate) fn holiday_file(
    reader: &Reader<'_>,
    question: HolidayFileQuestion,
    context: &Context<'_>,
) -> Result<HolidayFile, AppError> {
    look(reader, question.until, context)
}

pub(crate) fn import_holidays(
    writer: &mut Writer<'_>,
    command: ImportHolidays,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let file = look(writer, command.until, context)?;
    let taken: Vec<&HolidayFound> =
        file.fresh.iter().filter(|found| !command.leave_out.contains(&found.day)).collect();
    for found in &taken {
        writer.add_holiday(found.day, &found.name)?;
    }
    let outcome = Outcome::titled(format!("Import {}", counted(taken.len() as u32, "holiday")));
    Ok(match (taken.len(), file.known.len()) {
        (0, 0) => outcome.noting("Nothing in the file is a holiday of these years."),
        (0, _) => outcome.noting("All of them are holidays already."),
        _ => outcome,
    })
}

fn look(reader: &Reader<'_>, until: Option<i32>, context: &Context<'_>) -> Result<HolidayFile, AppError> {
    let calendar = reader.calendar()?;
    let from = calendar.zone.day_of(context.now).date().year();
    let until = until.unwrap_or(from + 2);
    if !(from..=from + FURTHEST).contains(&until) {
        return Err(AppError::refused(
            format!("{until} is no year to take holidays until."),
            format!("Choose a year from {from} to {}.", from + FURTHEST),
        )
        .at("until"));
    }
    let text = text_of(context.attached()?);
    let unreadable = || {
        AppError::refused(
            "This file is no iCalendar file.",
            "Choose one that ends in .ics, as calendars and public authorities offer it.",
        )
    };
    if !text.contains("BEGIN:VCALENDAR") {
        return Err(unreadable());
    }
    let read: Calendar = text.parse().map_err(|_| unreadable())?;
    let mut days: BTreeMap<Day, String> = BTreeMap::new();
    let mut file = HolidayFile {
        name: read.get_name().unwrap_or_default().to_owned(),
        from,
        until,
        fresh: Vec::new(),
        known: Vec::new(),
        other_years: 0,
        left_out: Vec::new(),
    };
    for component in &read.components {
        context.cancel.check()?;
        let CalendarComponent::Event(event) = component else { continue };
        let name = event.get_summary().unwrap_or_default().trim().replace('\0', "");
        match days_of(event, from, until) {
            Ok(found) => {
                for day in found {
                    if (from..=until).contains(&day.date().year()) {
                        days.entry(day).or_insert_with(|| name.clone());
                    } else {
                        file.other_years += 1;
                    }
                }
            }
            Err(why) => file.left_out.push(HolidayLeftOut { name, why }),
        }
    }
    let known: BTreeSet<Day> = calendar.holidays.clone();
    for (day, name) in days {
        let found = HolidayFound { day, name, works: calendar.week_on(day).has(day.weekday()) };
        if known.contains(&day) { file.known.push(found) } else { file.fresh.push(found) }
    }
    Ok(file)
}

/// The days of an event, those of its repetitions included; or why it is no holiday.
fn days_of(event: &Event, from: i32, until: i32) -> Result<Vec<Day>, String> {
    if event.property_value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
        return Err("it is cancelled".to_owned());
    }
    let start = event.property_value("DTSTART").unwrap_or_default();
    let first = whole_day(start).ok_or_else(|| match date_of(start) {
        Some(day) => format!("it is no event of whole days: it begins on {} at a time", short(day)),
        None => "it has no day".to_owned(),
    })?;
    // The end is the first day after it; some write the same day for one day.
    let length = match (event.property_value("DTEND"), event.property_value("DURATION")) {
        (Some(end), _) => {
            let end = whole_day(end).ok_or("it is no event of whole days: it ends at a time")?;
            first.days_until(end).max(1)
        }
        (None, Some(duration)) => days_long(duration).ok_or("its duration is none of whole days")?,
        (None, None) => 1,
    };
    if length > LONGEST {
        return Err(format!("it lasts {length} days, which is no public holiday"));
    }
    let starts = repeated(event, first, from, until)?;
    Ok(starts.into_iter().flat_map(|start| start.through(start.plus(length - 1))).collect())
}

/// The first days of an event and its repetitions.
fn repeated(event: &Event, first: Day, from: i32, until: i32) -> Result<BTreeSet<Day>, String> {
    let listed = |name: &str| -> Vec<Day> {
        values(event, name).iter().flat_map(|value| value.split(',')).filter_map(date_of).collect()
    };
    let mut days = BTreeSet::from([first]);
    for rule in values(event, "RRULE") {
        let daily = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"];
        let is_of_days = rule.to_ascii_uppercase().split(';').any(|part| {
            part.trim().strip_prefix("FREQ=").is_some_and(|frequency| daily.contains(&frequency))
        });
        if !is_of_days {
            return Err(format!("its repetition “{rule}” is none of days"));
        }
        let set: RRuleSet = format!("DTSTART:{}T000000Z\nRRULE:{}", compact(first), in_utc(rule))
            .parse()
            .map_err(|_| format!("its repetition “{rule}” cannot be read"))?;
        let midnight = |year: i32, month: u32, day: u32| {
            let at = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(0, 0, 0)?;
            Some(at.and_utc().with_timezone(&rrule::Tz::UTC))
        };
        // One that began in the last days of the year before may reach into the first.
        let set = match (midnight(from - 1, 12, 1), midnight(until, 12, 31)) {
            (Some(after), Some(before)) => set.after(after).before(before),
            _ => set,
        };
        // Limited, as a rule may have no day at all and still go on for ever.
        days.extend(set.limit().all(MOST).dates.iter().map(|at| Day::from(at.date_naive())));
    }
    days.extend(listed("RDATE"));
    for left_out in listed("EXDATE") {
        days.remove(&left_out);
    }
    Ok(days)
}

/// The values of a property that may stand several times.
fn values<'e>(event: &'e Event, name: &str) -> Vec<&'e str> {
    let several = event.multi_properties().get(name).into_iter().flatten().map(|property| property.value());
    event.property_value(name).into_iter().chain(several).collect()
}

/// The rule with an end in UTC, as its start is: whole days have no zone.
fn in_utc(rule: &str) -> String {
    let part = |part: &str| match part.split_once('=') {
        Some((name, end)) if name.eq_ignore_ascii_case("UNTIL") => match date_of(end) {
            Some(day) => format!("UNTIL={}T235959Z", compact(day)),
            None => part.to_owned(),
        },
        _ => part.to_owned(),
    };
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

/// `20261225`, or midnight of it in the calendar's own time.
fn whole_day(value: &str) -> Option<Day> {
    let day = date_of(value)?;
    matches!(value.trim().get(8..), Some("" | "T000000")).then_some(day)
}

/// The date with which a value begins.
fn date_of(value: &str) -> Option<Day> {
    let digits = value.trim().get(..8).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    Day::parse(&format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?))
}

fn compact(day: Day) -> String {
    day.date().format("%Y%m%d").to_string()
}

/// `P1D`, `P2W`.
fn days_long(duration: &str) -> Option<i64> {
    let text = duration.trim().strip_prefix('P')?;
    let (number, days) =
        text.strip_suffix('D').map(|text| (text, 1)).or(text.strip_suffix('W').map(|text| (text, 7)))?;
    number.parse::<i64>().ok().filter(|number| (1..1000).contains(number)).map(|number| number * days)
}

/// The file's text: UTF-8 with or without a mark, else Windows-1252.
pub(crate) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}
