//! Dates as exports write them, read to instants.
//!
//! 1. A date with a month's name or a year in front is read by itself; only `3/4/2025` needs the file's order.
//! 2. A time with an offset is that moment; a time without one is in the team's zone.
//! 3. A date without a time is the first instant of that day in the team's zone.
//! 4. What cannot be read for certain is refused, never guessed: `jui` may be June or July.

use domain::calendar::{Day, Instant, Zone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether `3/4/2025` is the third of April or the fourth of March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DateOrder {
    /// `3/4/2025` is the third of April.
    #[default]
    DayFirst,
    /// `3/4/2025` is the fourth of March.
    MonthFirst,
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateRefused {
    /// No known way of writing a date.
    #[error("this is not a date that can be read")]
    Unreadable,
    /// The calendar has no such day, read in the order that the mapping names.
    #[error("there is no such day; is the order of day and month right?")]
    NoSuchDay,
    /// A zone by its short name, which several places share.
    #[error("the time zone is not one that can be read for certain")]
    UnknownZone,
    /// Outside 1970 to 2199: most trackers write that for “never”.
    #[error("the year is outside 1970 to 2199")]
    FarAway,
}

/// Reads a date, with or without a time and an offset.
pub fn read(text: &str, order: DateOrder, zone: Zone) -> Result<Instant, DateRefused> {
    let text = plain(text);
    let mut cursor = Cursor { rest: text.trim() };
    let written = date(&mut cursor).ok_or(DateRefused::Unreadable)?;
    let (year, month, day) = written.in_order(order);
    let day = Day::new(year, month, day).ok_or(DateRefused::NoSuchDay)?;
    if !(1970..=2199).contains(&year) {
        return Err(DateRefused::FarAway);
    }
    cursor.skip(|c| matches!(c, ' ' | ',' | 'T' | 't' | ';'));
    for before_time in ["um ", "at ", "a las ", "à ", "às "] {
        cursor.eat(before_time);
    }
    if cursor.rest.is_empty() {
        return Ok(zone.start_of(day));
    }
    let time = time(&mut cursor).ok_or(DateRefused::Unreadable)?;
    let local = day.date().and_hms_milli_opt(time.hour, time.minute, time.second, time.milli);
    let local = local.ok_or(DateRefused::Unreadable)?;
    Ok(match offset(cursor.rest)? {
        Some(minutes) => Zone::UTC.instant(local).plus_millis(-minutes * 60_000),
        None => zone.instant(local),
    })
}

/// What the numeric dates of a file say about its order, gathered over all values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderEvidence {
    /// Dates that only day first can read: `27/3/2025`.
    pub day_first: u32,
    /// Dates that only month first can read: `3/27/2025`.
    pub month_first: u32,
    /// Dates that both can read.
    pub either: u32,
    dotted: u32,
    half_days: u32,
}

impl OrderEvidence {
    /// Takes one more value into account; whatever is not a numeric date says nothing.
    pub fn add(&mut self, text: &str) {
        let text = plain(text);
        let mut cursor = Cursor { rest: text.trim() };
        let Some(Written::Numbers { first, second, dotted, .. }) = date(&mut cursor) else { return };
        match (first > 12, second > 12) {
            (true, false) => self.day_first += 1,
            (false, true) => self.month_first += 1,
            (false, false) => self.either += u32::from(first != second),
            (true, true) => return,
        }
        self.dotted += u32::from(dotted);
        let rest = cursor.rest.trim_end().to_ascii_lowercase();
        self.half_days += u32::from(rest.ends_with('m') && rest.contains(':'));
    }

    /// The order to propose: what the values prove, else dots for day first and AM/PM for month first, else day first.
    pub fn order(&self) -> DateOrder {
        let by_custom =
            if self.dotted == 0 && self.half_days > 0 { DateOrder::MonthFirst } else { DateOrder::DayFirst };
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => DateOrder::DayFirst,
            std::cmp::Ordering::Less => DateOrder::MonthFirst,
            std::cmp::Ordering::Equal => by_custom,
        }
    }

    /// Whether no value proves the order, though it matters.
    pub fn is_ambiguous(&self) -> bool {
        self.day_first == 0 && self.month_first == 0 && self.either > 0 && self.dotted == 0
    }

    /// Whether the values prove the order.
    pub fn is_proven(&self) -> bool {
        self.day_first != self.month_first
    }

    /// Whether some values prove one order and some the other.
    pub fn is_mixed(&self) -> bool {
        self.day_first > 0 && self.month_first > 0
    }
}

/// A date as it stands in the text, before the order is known.
enum Written {
    Known { year: i32, month: u32, day: u32 },
    Numbers { first: u32, second: u32, year: i32, dotted: bool },
}

impl Written {
    fn in_order(&self, order: DateOrder) -> (i32, u32, u32) {
        match *self {
            Written::Known { year, month, day } => (year, month, day),
            Written::Numbers { first, second, year, .. } => match order {
                DateOrder::DayFirst => (year, second, first),
                DateOrder::MonthFirst => (year, first, second),
            },
        }
    }
}

fn date(cursor: &mut Cursor<'_>) -> Option<Written> {
    const BETWEEN: fn(char) -> bool = |c| matches!(c, '/' | '-' | '.' | ' ' | ',');
    if let Some(word) = cursor.word() {
        cursor.skip(BETWEEN);
        // "Mon Apr 21 2025", and "mar. 21 abr 2025", where "mar" is a Tuesday.
        let weekday_before_month = cursor.rest.starts_with(|c: char| c.is_alphabetic());
        let ahead = Cursor { rest: cursor.rest }.after_number(BETWEEN).and_then(|mut c| c.word());
        let weekday_before_day = ahead.is_some_and(|w| month(w).is_some());
        if !weekday_before_month
            && !weekday_before_day
            && let Some(month) = month(word)
        {
            let (day, _) = cursor.number()?;
            for ordinal in ["st", "nd", "rd", "th"] {
                cursor.eat(ordinal);
            }
            cursor.skip(BETWEEN);
            return Some(Written::Known { year: cursor.year()?, month, day });
        }
        if weekday_before_month {
            return date(cursor);
        }
    }
    let (first, digits) = cursor.number()?;
    if digits == 8 {
        return Some(Written::Known {
            year: i32::try_from(first / 10_000).ok()?,
            month: first / 100 % 100,
            day: first % 100,
        });
    }
    let dotted = cursor.rest.starts_with('.');
    cursor.skip(BETWEEN);
    cursor.eat("de ");
    if let Some(word) = cursor.word() {
        let month = month(word)?;
        cursor.skip(BETWEEN);
        cursor.eat("de ");
        return Some(Written::Known { year: cursor.year()?, month, day: first });
    }
    let (second, _) = cursor.number()?;
    cursor.skip(BETWEEN);
    if digits == 4 {
        let (day, _) = cursor.number()?;
        return Some(Written::Known { year: i32::try_from(first).ok()?, month: second, day });
    }
    Some(Written::Numbers { first, second, year: cursor.year()?, dotted })
}

struct Time {
    hour: u32,
    minute: u32,
    second: u32,
    milli: u32,
}

fn time(cursor: &mut Cursor<'_>) -> Option<Time> {
    let (hour, digits) = cursor.number()?;
    let mut time = Time { hour, minute: 0, second: 0, milli: 0 };
    if digits > 2 {
        // The compact ISO form: 20250607T145928.
        let (hour, minute, second) = match digits {
            4 => (hour / 100, hour % 100, 0),
            6 => (hour / 10_000, hour / 100 % 100, hour % 100),
            _ => return None,
        };
        return Some(Time { hour, minute, second, milli: 0 });
    }
    if cursor.eat(":") || cursor.eat("h") || cursor.eat(".") {
        time.minute = cursor.number()?.0;
        if cursor.eat(":") || cursor.eat(".") {
            time.second = cursor.number()?.0;
            if cursor.eat(".") || cursor.eat(",") {
                let (fraction, digits) = cursor.number()?;
                let exact = f64::from(fraction) / 10f64.powi(i32::try_from(digits).ok()?);
                time.milli = ((exact * 1000.0) as u32).min(999);
            }
        }
    }
    cursor.skip(|c| c == ' ');
    let half: String = cursor.rest.chars().filter(|c| !matches!(c, '.' | ' ')).take(2).collect();
    let half = half.to_ascii_lowercase();
    if half == "am" || half == "pm" {
        if !(1..=12).contains(&time.hour) {
            return None;
        }
        time.hour = time.hour % 12 + if half == "pm" { 12 } else { 0 };
        cursor.skip(|c| matches!(c, '.' | ' ' | 'a' | 'A' | 'p' | 'P' | 'm' | 'M'));
    }
    Some(time)
}

/// Minutes east of UTC; none when the text names no zone.
fn offset(rest: &str) -> Result<Option<i64>, DateRefused> {
    let mut cursor = Cursor { rest: rest.trim() };
    let named = cursor.eat("GMT") || cursor.eat("UTC") || cursor.eat("Z") || cursor.eat("z");
    let east = if cursor.eat("+") {
        Some(1)
    } else if cursor.eat("-") || cursor.eat("−") {
        Some(-1)
    } else {
        None
    };
    let minutes = match east {
        None => 0,
        Some(sign) => {
            let (value, digits) = cursor.number().ok_or(DateRefused::UnknownZone)?;
            let (hours, minutes) = if digits > 2 {
                (value / 100, value % 100)
            } else if cursor.eat(":") {
                (value, cursor.number().ok_or(DateRefused::UnknownZone)?.0)
            } else {
                (value, 0)
            };
            if hours > 15 || minutes > 59 {
                return Err(DateRefused::UnknownZone);
            }
            sign * i64::from(hours * 60 + minutes)
        }
    };
    let rest = cursor.rest.trim();
    // What browsers add for people: "GMT+0000 (GMT)", and "[Europe/Berlin]" behind an offset.
    let for_people =
        (rest.starts_with('(') && rest.ends_with(')')) || (rest.starts_with('[') && rest.ends_with(']'));
    if !rest.is_empty() && !(for_people && (named || east.is_some())) {
        return Err(DateRefused::UnknownZone);
    }
    Ok((named || east.is_some()).then_some(minutes))
}

/// The month that a word names in full or from three letters, in the languages of Western Europe, Polish or Russian.
fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january enero januar janner janvier gennaio janeiro styczen stycznia январь января",
        "february febrero februar fevrier febbraio fevereiro luty lutego февраль февраля",
        "march marzo marz mrz mars marco maart mrt marts marzec marca март марта",
        "april abril avril aprile kwiecien kwietnia апрель апреля",
        "may mayo mai maggio maio mei maj maja май мая",
        "june junio juni juin giugno junho czerwiec czerwca июнь июня",
        "july julio juli juillet luglio julho lipiec lipca июль июля",
        "august agosto aout sierpien sierpnia август августа",
        "september septiembre septembre settembre setembro wrzesien wrzesnia сентябрь сентября",
        "october octubre oktober octobre ottobre outubro pazdziernik pazdziernika октябрь октября",
        "november noviembre novembre novembro listopad listopada ноябрь ноября",
        "december diciembre dezember decembre dicembre dezembro desember grudzien grudnia декабрь декабря",
    ];
    let word: String = word.chars().map(unaccented).collect();
    if word.len() < 3 {
        return None;
    }
    let mut named =
        (1u32..).zip(NAMES).filter(|(_, names)| names.split(' ').any(|name| name.starts_with(&word)));
    match (named.next(), named.next()) {
        (Some((month, _)), None) => Some(month),
        _ => None,
    }
}

/// The plain lower-case letter under an accent, for names of months and columns.
pub fn unaccented(letter: char) -> char {
    match letter.to_lowercase().next().unwrap_or(letter) {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' | 'ń' => 'n',
        'å' | 'ą' => 'a',
        'ę' => 'e',
        'ø' => 'o',
        'ć' => 'c',
        'ł' => 'l',
        'ś' => 's',
        'ź' | 'ż' => 'z',
        other => other,
    }
}

/// Narrow and fixed spaces, as in `10:48 AM`, become plain ones.
fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ").into()
}

struct Cursor<'t> {
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    /// A number of at most nine digits, and how many digits it has.
    fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let value = self.rest.get(..digits.min(9))?.parse().ok()?;
        self.rest = self.rest.get(digits..)?;
        Some((value, digits))
    }

    /// A year of four digits, or of two: 69 to 99 are in the last century.
    fn year(&mut self) -> Option<i32> {
        let (value, digits) = self.number()?;
        let value = i32::try_from(value).ok()?;
        match digits {
            4 => Some(value),
            2 => Some(value + if value < 69 { 2000 } else { 1900 }),
            _ => None,
        }
    }

    fn word(&mut self) -> Option<&'t str> {
        let end = self.rest.find(|c: char| !c.is_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word.is_empty() {
            return None;
        }
        self.rest = rest;
        Some(word)
    }

    fn after_number(mut self, between: fn(char) -> bool) -> Option<Cursor<'t>> {
        self.number()?;
        self.skip(between);
        Some(self)
    }

    fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip(&mut self, what: impl Fn(char) -> bool) {
        self.rest = self.rest.trim_start_matches(what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, order: DateOrder, zone: &str) -> String {
        match read(text, order, Zone::parse(zone).unwrap()) {
            Ok(at) => Zone::UTC.local(at).format("%Y-%m-%d %H:%M:%S%.f").to_string(),
            Err(why) => why.to_string(),
        }
    }

    fn check(text: &str, utc: &str) {
        assert_eq!(show(text, DateOrder::DayFirst, "UTC"), utc, "{text}");
    }

    #[test]
    fn the_ways_in_which_exports_write_dates_are_read() {
        check("27/Dec/25 10:48 AM", "2025-12-27 10:48:00");
        check("30/mar/26 10:44 PM", "2026-03-30 22:44:00");
        check("11/abr/26 9:32 AM", "2026-04-11 09:32:00");
        check("22/Sep/25 12:05 AM", "2025-09-22 00:05:00");
        check("22/Sep/25 12:05\u{202f}PM", "2025-09-22 12:05:00");
        check("2025-01-25", "2025-01-25 00:00:00");
        check("2025-06-07T14:59:28", "2025-06-07 14:59:28");
        check("2025-06-07 14:59", "2025-06-07 14:59:00");
        check("2025-06-07T14:59:28.125Z", "2025-06-07 14:59:28.125");
        check("2025-06-07T14:59:28+02:00", "2025-06-07 12:59:28");
        check("2025-06-07T14:59:28.000-0330", "2025-06-07 18:29:28");
        check("20250607T145928Z", "2025-06-07 14:59:28");
        check("7.6.2025 14:59:28", "2025-06-07 14:59:28");
        check("02-Nov-04", "2004-11-02 00:00:00");
        check("Mon Apr 21 2025 10:17:06 GMT+0000 (GMT)", "2025-04-21 10:17:06");
        check("Mon Apr 21 2025 10:17:06 GMT+0200 (Central European Summer Time)", "2025-04-21 08:17:06");
        check("Mon, 21 Apr 2025 10:17:06 UTC+0000", "2025-04-21 10:17:06");
        check("Apr 21, 2025", "2025-04-21 00:00:00");
        check("April 21st, 2025 3:05 p.m.", "2025-04-21 15:05:00");
        check("1 de enero de 2025", "2025-01-01 00:00:00");
        check("mar. 22 abr 2025", "2025-04-22 00:00:00");
        check("1. März 2025, 14:30", "2025-03-01 14:30:00");
        check("03/Dez/25 08:00", "2025-12-03 08:00:00");
        check("14/août/25 14h30", "2025-08-14 14:30:00");
        check("juil. 14, 2025", "2025-07-14 00:00:00");
        check("05/gen/26 10:00", "2026-01-05 10:00:00");
        check("07/set/25 10:00", "2025-09-07 10:00:00");
        check("07/out/25 10:00", "2025-10-07 10:00:00");
        check("07/mrz/25", "2025-03-07 00:00:00");
        check("02/wrz/26 9:00 AM", "2026-09-02 09:00:00");
        check("03/paź/25", "2025-10-03 00:00:00");
        check("14 мая 2026", "2026-05-14 00:00:00");
        check("3 mrt. 2026", "2026-03-03 00:00:00");
        check("31/12/99", "1999-12-31 00:00:00");
    }

    #[test]
    fn what_cannot_be_read_for_certain_is_refused() {
        let unreadable = DateRefused::Unreadable.to_string();
        for text in [
            "",
            "soon",
            "TES Sprint 1",
            "12/jui/25",
            "5",
            "0|i001wn:",
            "12:30",
            "2025",
            "1/2/345",
            "13:70 PM",
        ] {
            check(text, &unreadable);
        }
        check("31/02/2025", &DateRefused::NoSuchDay.to_string());
        check("2025-13-01", &DateRefused::NoSuchDay.to_string());
        check("0001-01-01T00:00:00", &DateRefused::FarAway.to_string());
        check("2025-06-07 14:59 CST", &DateRefused::UnknownZone.to_string());
        check("2025-06-07 14:59 (home)", &DateRefused::UnknownZone.to_string());
        check("2025-06-07 25:00", &unreadable);
        check("2025-06-07 13:00 PM", &unreadable);
    }

    #[test]
    fn a_time_without_a_zone_is_the_teams() {
        let show = |text, zone| show(text, DateOrder::DayFirst, zone);
        assert_eq!(show("7.6.2025 14:59:28", "Europe/Zurich"), "2025-06-07 12:59:28");
        assert_eq!(show("2025-06-07", "America/New_York"), "2025-06-07 04:00:00");
        assert_eq!(show("2025-06-07T14:59:28Z", "Europe/Zurich"), "2025-06-07 14:59:28");
        // The hour that does not exist is the first instant that does.
        assert_eq!(show("2026-03-29 02:30", "Europe/Zurich"), "2026-03-29 01:00:00");
    }

    #[test]
    fn the_order_comes_from_all_values() {
        let check = |values: &[&str], order: DateOrder, ambiguous: bool, mixed: bool| {
            let mut seen = OrderEvidence::default();
            values.iter().for_each(|v| seen.add(v));
            assert_eq!(
                (seen.order(), seen.is_ambiguous(), seen.is_mixed()),
                (order, ambiguous, mixed),
                "{values:?}"
            );
        };
        use DateOrder::{DayFirst, MonthFirst};
        check(&["3/4/2025", "27/4/2025", ""], DayFirst, false, false);
        check(&["3/4/2025", "4/27/2025"], MonthFirst, false, false);
        check(&["3/4/2025", "4/5/2025"], DayFirst, true, false);
        check(&["3/4/2025 9:00 AM"], MonthFirst, true, false);
        check(&["7.6.2025 14:59:28"], DayFirst, false, false);
        check(&["27/4/2025", "28/4/2025", "4/27/2025"], DayFirst, false, true);
        check(&["5/5/2025", "2025-04-03", "27/Dec/25"], DayFirst, false, false);
        assert_eq!(show("3/4/2025", MonthFirst, "UTC"), "2025-03-04 00:00:00");
    }
}
