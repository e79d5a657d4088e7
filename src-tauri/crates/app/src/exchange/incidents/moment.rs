//! Moments as people write them in the headings of a timeline.
//!
//! 1. A heading begins with a day, a time of the day, or both; what stands behind is its text.
//! 2. A zone is an offset, a name such as Europe/Berlin, or a short name that means one offset to all who write it so;
//!    any other is not read.
//! 3. A range is read as its beginning; what is written as about is a moment, and the text says that it is about.
//! 4. A digit that is not known makes a moment that is not read: nothing is guessed.

use chrono::{NaiveDateTime, NaiveTime};
use domain::calendar::{Day, Instant, Zone};

/// The zone of a time, as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SaidZone {
    /// So many minutes before UTC's clock.
    Offset(i64),
    /// A place.
    Place(Zone),
}

impl SaidZone {
    /// The zone that a text begins with, and what stands behind it.
    pub fn read(text: &str) -> Option<(SaidZone, &str)> {
        let text = text.trim_start();
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "/_+-:".contains(c)));
        let (word, rest) = text.split_at(end.unwrap_or(text.len()));
        let word = word.trim_end_matches([':', '-']);
        let rest = text.get(word.len()..).unwrap_or(rest);
        let known =
            SHORT.iter().find(|(name, _)| *name == word).map(|(_, minutes)| SaidZone::Offset(*minutes));
        let offset = || {
            let sign = ["UTC", "GMT"].iter().find_map(|name| word.strip_prefix(name))?;
            offset(sign).map(SaidZone::Offset)
        };
        let place = || Zone::parse(word).filter(|_| word.contains('/')).map(SaidZone::Place);
        known.or_else(offset).or_else(place).map(|zone| (zone, rest))
    }

    /// The zone that a line such as “All times in PST (UTC-7)” says: an offset in brackets goes before a short name.
    pub fn of_line(line: &str) -> Option<SaidZone> {
        let (said, inner) = match line.split_once('(') {
            Some((said, inner)) => (said, inner.split(')').next().unwrap_or_default()),
            None => (line, ""),
        };
        let whole = |text: &str| {
            let text = text.trim().trim_end_matches(['.', ':']);
            SaidZone::read(text).filter(|(_, rest)| rest.trim().is_empty()).map(|(zone, _)| zone)
        };
        whole(inner).or_else(|| whole(said))
    }

    /// The moment of a local time.
    pub fn instant(self, local: NaiveDateTime) -> Instant {
        match self {
            SaidZone::Offset(minutes) => Zone::UTC.instant(local).plus_millis(-minutes * 60_000),
            SaidZone::Place(zone) => zone.instant(local),
        }
    }
}

/// Short names that mean one offset, in minutes. `CST`, `IST` and others mean several.
const SHORT: &[(&str, i64)] = &[
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("WET", 0),
    ("WEST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("EST", -300),
    ("EDT", -240),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("JST", 540),
    ("AEST", 600),
    ("AEDT", 660),
];

/// `+2`, `-07:00`, `+0530` in minutes.
fn offset(text: &str) -> Option<i64> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// What a heading says of when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct When {
    /// The day; its year may be left out.
    pub day: Option<(Option<i32>, u32, u32)>,
    /// The time of the day.
    pub time: Option<NaiveTime>,
    /// How the time was written, where it is about, or a range: “~13:30–13:45”.
    pub about: Option<String>,
    /// The zone of this time alone.
    pub zone: Option<SaidZone>,
    /// What stands behind it.
    pub text: String,
}

impl When {
    /// What a heading says; none where it says neither a day nor a time.
    pub fn read(heading: &str) -> Option<When> {
        let heading = heading.trim().trim_matches('*').trim();
        let mut when = When::default();
        let mut is_about = false;
        let mut rest = without_about(heading, &mut is_about);
        if let Some((day, behind)) = day(rest) {
            when.day = Some(day);
            rest = without_about(behind.trim_start_matches([',', ' ', 'T', ':']), &mut is_about);
        }
        let from = rest;
        if let Some((time, behind)) = time(rest) {
            when.time = Some(time);
            rest = behind;
            if let Some((_, behind)) = range(rest) {
                rest = behind;
                is_about = true;
            }
            let written = from.get(..from.len() - rest.len()).unwrap_or_default().trim();
            when.about = is_about.then(|| format!("about {written}"));
            if let Some((zone, behind)) = SaidZone::read(rest) {
                when.zone = Some(zone);
                rest = behind;
            }
        }
        when.text = rest.trim_start_matches([' ', '-', '–', '—', ':', ',', '*']).trim().to_owned();
        // A number in front of words is neither a day nor a time.
        (when.day.is_some() || when.time.is_some()).then_some(when)
    }
}

fn without_about<'t>(text: &'t str, is_about: &mut bool) -> &'t str {
    let text = text.trim_start();
    for word in ["~", "≈", "ca.", "ca ", "circa ", "about ", "approx.", "approximately ", "around "] {
        let head = text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        if head {
            *is_about = true;
            return text.get(word.len()..).unwrap_or_default().trim_start();
        }
    }
    text
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `2018-04-18`, `Sep 27 2017`, `Feb 21`, `19. April`, `19 April 2018`: the day, and what stands behind it.
type Named<'t> = ((Option<i32>, u32, u32), &'t str);

fn day(text: &str) -> Option<Named<'_>> {
    if let Some((day, rest)) = text.get(..10).and_then(Day::parse).zip(text.get(10..)) {
        let date = day.to_string();
        let mut parts = date.split('-').map(str::parse::<u32>);
        let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
        return Some(((i32::try_from(year).ok(), month, day), rest));
    }
    let (first, rest) = word(text)?;
    let (month, day, rest) = match month(first) {
        Some(month) => {
            let (day, rest) = number(rest)?;
            (month, day, rest)
        }
        None => {
            let (day, rest) = number(text)?;
            let (name, rest) = word(rest.trim_start_matches(['.', ' ']))?;
            (month(name)?, day, rest)
        }
    };
    let rest = ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let behind = rest.trim_start_matches([',', ' ']);
    let year = number(behind).filter(|(year, _)| (1970..2200).contains(year));
    let (year, rest) = match year {
        Some((year, rest)) => (i32::try_from(year).ok(), rest),
        None => (None, rest),
    };
    (1..=31).contains(&day).then_some(((year, month, day), rest))
}

fn month(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    let at = MONTHS.iter().position(|name| lower.starts_with(name))?;
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let fits = lower.len() <= 4 || full.get(at).is_some_and(|full| *full == lower);
    u32::try_from(at + 1).ok().filter(|_| fits)
}

fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (!word.is_empty()).then(|| (word, rest.trim_start_matches('.')))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

/// `4:19`, `17:14pm`, `07:30 am`, `13:06:30`: the time, and what stands behind it.
fn time(text: &str) -> Option<(NaiveTime, &str)> {
    let (hour, rest) = number(text)?;
    let (minute, rest) = two_digits(rest.strip_prefix(':')?)?;
    let (second, rest) = match rest.strip_prefix(':').and_then(two_digits) {
        Some((second, rest)) => (second, rest),
        None => (0, rest),
    };
    let half = rest.trim_start();
    let of_day = ["am", "pm"].iter().find(|name| {
        half.get(..2).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && !half.get(2..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    });
    let (hour, rest) = match of_day {
        // Who writes 17:14pm means the same as 17:14.
        Some(&"pm") if hour < 12 => (hour + 12, half.get(2..).unwrap_or_default()),
        Some(&"am") if hour == 12 => (0, half.get(2..).unwrap_or_default()),
        Some(&"am") if hour > 12 => return None,
        Some(_) => (hour, half.get(2..).unwrap_or_default()),
        None => (hour, rest),
    };
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, rest))
}

fn two_digits(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    (digits.bytes().all(|b| b.is_ascii_digit()) && !rest.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| Some((digits.parse().ok()?, rest)))?
}

/// `-13:45`, ` - 8:24`: the end of a range, and what stands behind it.
fn range(text: &str) -> Option<(NaiveTime, &str)> {
    let behind = text.trim_start().strip_prefix(['-', '–', '—'])?;
    time(behind.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(heading: &str) -> String {
        let Some(when) = When::read(heading) else { return "-".to_owned() };
        let day = match when.day {
            Some((Some(year), month, day)) => format!("{year}-{month:02}-{day:02} "),
            Some((None, month, day)) => format!("{month:02}-{day:02} "),
            None => String::new(),
        };
        let time = when.time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default();
        let zone = when.zone.map(|zone| format!(" {zone:?}")).unwrap_or_default();
        let about = when.about.map(|about| format!(" ({about})")).unwrap_or_default();
        format!("{day}{time}{zone}{about} {}", when.text).trim().to_owned()
    }

    #[test]
    fn headings_of_real_postmortems_are_read() {
        for (heading, expected) in [
            ("2018-04-18 12:35", "2018-04-18 12:35"),
            ("Sep 27 2017 13:06", "2017-09-27 13:06"),
            ("4:19", "04:19"),
            ("~13:30-13:45", "13:30 (about 13:30-13:45)"),
            ("8:20 - 8:24", "08:20 (about 8:20 - 8:24)"),
            ("19. April, 11:00", "04-19 11:00"),
            ("Feb 21, 13:00", "02-21 13:00"),
            ("2018-07-08 ca. 18:30", "2018-07-08 18:30 (about 18:30)"),
            ("2018-01-17 17:14pm", "2018-01-17 17:14"),
            ("2019-03-25 7:01am", "2019-03-25 07:01"),
            ("07:30am - First report", "07:30 First report"),
            ("2022-06-02 10:00 - Problem starts", "2022-06-02 10:00 Problem starts"),
            ("16:59 PST", "16:59 Offset(-480)"),
            ("22:52 (maybe earlier?)", "22:52 (maybe earlier?)"),
            ("2018-01-15", "2018-01-15"),
            ("14:03 UTC+2: it began", "14:03 Offset(120) it began"),
            ("2:30 pm Europe/Berlin", "14:30 Place(Zone(Europe/Berlin))"),
        ] {
            assert_eq!(told(heading), expected, "{heading}");
        }
    }

    #[test]
    fn what_is_no_moment_is_not_guessed() {
        for heading in [
            "2X:XX (not sure exact time)",
            "What went well",
            "25:10",
            "13:7",
            "Marching on 3:00",
            "4 action items",
            "17:14am",
            "BinderHub",
        ] {
            assert_eq!(When::read(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_zone_is_read_where_it_means_one_offset() {
        let of = |line: &str| SaidZone::of_line(line);
        assert_eq!(of("PST"), Some(SaidZone::Offset(-480)));
        assert_eq!(of("PST (UTC-7)"), Some(SaidZone::Offset(-420)), "what is in brackets knows better");
        assert_eq!(of("Central European Time (CET)"), Some(SaidZone::Offset(60)));
        assert_eq!(of("UTC+1 (Zurich time)"), Some(SaidZone::Offset(60)));
        assert_eq!(of("GMT+2"), Some(SaidZone::Offset(120)));
        assert_eq!(of("America/Los_Angeles."), Zone::parse("America/Los_Angeles").map(SaidZone::Place));
        assert_eq!([of("UC/Pacific"), of("CST"), of("our time")], [None; 3]);
    }
}
