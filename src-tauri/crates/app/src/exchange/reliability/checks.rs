//! Logs of checks as CSV: which service, when, and what was seen.
//!
//! 1. A log is read twice and never kept: once for what it holds (services, states, how far checks lie apart), once to fold
//!    it into stretches and sums of hours (10.9). Only a log whose newest check comes first is held while it is turned round.
//! 2. A check holds no longer than checks may lie apart; twice the usual distance is proposed (10.4).
//! 3. What says nothing (paused, pending, unknown) is no check; it is left out and counted.
//! 4. A check whose time, service or state cannot be read, that is earlier than the one before it or lies ahead is named
//!    by its line and not taken.
//! 5. A time without an offset is in the team's zone; a bare number is seconds or milliseconds since 1970.

use super::super::dates::{self, DateOrder, OrderEvidence};
use super::super::names;
use super::{SeenAs, Wrong};
use crate::contract::{Context, Progress};
use crate::error::AppError;
use csv::ByteRecord;
use domain::calendar::{Day, Instant, Zone};
use domain::reliability::{Check, CheckFold, HourSum, Stretch};
use std::borrow::Cow;
use std::collections::HashMap;

/// What a column of a log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "CheckColumnIs")]
pub enum ColumnIs {
    /// Nothing that is read.
    Ignore,
    /// When it was checked.
    Time,
    /// Which service.
    Service,
    /// What was seen.
    State,
}

/// The most lines that can be named as not taken; a log with more is read wrongly.
const MOST_WRONG: usize = 100_000;

/// How many rows are read between two looks at whether to go on.
const BREATH: u64 = 65_536;

/// How a log is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Log<'b> {
    bytes: Cow<'b, [u8]>,
    delimiter: u8,
    /// The names of its columns.
    pub headers: Vec<String>,
    /// What each of them is, as proposed.
    pub columns: Vec<ColumnIs>,
    /// Up to three values of each column.
    pub examples: Vec<Vec<String>>,
    /// What its dates say about their order.
    pub order: OrderEvidence,
}

/// How a log is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The column of the time.
    pub time: usize,
    /// The column of the service; none where the log is of one service.
    pub service: Option<usize>,
    /// The column of the state.
    pub state: usize,
    /// Whether the day or the month comes first.
    pub order: DateOrder,
    /// The team's zone.
    pub zone: Zone,
    /// No check lies after it.
    pub now: Instant,
}

/// What a log holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scan {
    /// The services with the number of their rows, in order of their first.
    pub services: Vec<(String, u64)>,
    /// The states with the number of their rows, in order of their first.
    pub states: Vec<(String, u64)>,
    /// The distance of two checks of a service that half of the distances do not exceed, in seconds.
    pub usual_distance: Option<u32>,
    /// Whether the newest check comes first.
    pub is_newest_first: bool,
    /// How many rows there are.
    pub rows: u64,
}

/// What a log says of one service.
#[derive(Debug, Clone, PartialEq)]
pub struct Folded {
    /// Its first and its last check.
    pub from: Instant,
    /// The last check.
    pub last: Instant,
    /// How many checks.
    pub checks: u64,
    /// How many saw it up.
    pub up: u64,
    /// Times in which the same was seen.
    pub stretches: Vec<Stretch>,
    /// Sums of hours.
    pub hours: Vec<HourSum>,
}

/// What checks come to.
#[derive(Debug, Default)]
pub struct Checks {
    /// What is said of each service, by its place among the services that were asked for; none where nothing is.
    pub services: Vec<Option<Folded>>,
    /// Rows that say nothing.
    pub silent: u64,
    /// Rows of services that are left out.
    pub left_out: u64,
    /// What cannot be taken.
    pub wrong: Vec<Wrong>,
}

/// What a state stands for, by its word; none where that is not known.
pub fn seen_as(word: &str) -> Option<SeenAs> {
    Some(match names::plain(word).trim() {
        "up" | "ok" | "okay" | "online" | "operational" | "success" | "successful" | "passed" | "pass"
        | "true" | "1" | "healthy" | "good" | "available" | "alive" | "reachable" | "yes" => SeenAs::Up,
        "down" | "fail" | "failed" | "failure" | "false" | "0" | "offline" | "error" | "critical"
        | "unhealthy" | "unavailable" | "timeout" | "dead" | "bad" | "unreachable" | "major outage"
        | "outage" | "no" => SeenAs::Full,
        "partial" | "partial outage" => SeenAs::Partial,
        "degraded" | "degraded performance" | "warning" | "warn" | "slow" => SeenAs::Degraded,
        "maintenance" | "under maintenance" | "unknown" | "paused" | "pending" | "skipped" | "disabled"
        | "n a" => SeenAs::LeaveOut,
        _ => return None,
    })
}

const TIMES: &[&str] =
    &["time", "timestamp", "date", "checked", "at", "when", "datetime", "zeit", "ts", "heartbeat"];
const SERVICES: &[&str] = &[
    "service",
    "endpoint",
    "monitor",
    "site",
    "host",
    "component",
    "target",
    "check",
    "name",
    "url",
    "dienst",
    "system",
];
const STATES: &[&str] =
    &["status", "state", "up", "result", "success", "ok", "healthy", "zustand", "available"];

impl<'b> Log<'b> {
    /// The log that bytes are; none where they are none.
    pub fn of(bytes: &'b [u8]) -> Option<Log<'b>> {
        let text = match encoding_rs::Encoding::for_bom(bytes) {
            Some((encoding, skip)) if encoding == encoding_rs::UTF_8 => Cow::Borrowed(bytes.get(skip..)?),
            Some((encoding, _)) => Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes()),
            None => Cow::Borrowed(bytes),
        };
        let first = text.split(|byte| *byte == b'\n').next()?;
        let first = std::str::from_utf8(first).ok()?;
        let delimiter = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|delimiter| {
            // Of equals the last would win: a comma is as good as any.
            (first.bytes().filter(|byte| byte == delimiter).count(), *delimiter == b',')
        })?;
        let mut log = Log {
            bytes: text,
            delimiter,
            headers: Vec::new(),
            columns: Vec::new(),
            examples: Vec::new(),
            order: OrderEvidence::default(),
        };
        log.look()?;
        Some(log)
    }

    /// Looks at the first rows; none where they are no checks.
    fn look(&mut self) -> Option<()> {
        let mut reader = self.reader();
        let headers: Vec<String> = reader
            .byte_headers()
            .ok()?
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        if headers.len() < 2 {
            return None;
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        for record in reader.byte_records().take(200) {
            let record = record.ok()?;
            rows.push(record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect());
        }
        drop(reader);
        let values =
            |at: usize| rows.iter().filter_map(move |row| row.get(at)).filter(|value| !value.is_empty());
        let share = |at: usize, is: &dyn Fn(&str) -> bool| {
            let all = values(at).count();
            if all == 0 { 0.0 } else { values(at).filter(|value| is(value)).count() as f64 / all as f64 }
        };
        let is_named = |at: usize, words: &[&str]| {
            headers
                .get(at)
                .is_some_and(|name| names::plain(name).split(' ').any(|word| words.contains(&word)))
        };
        let is_time = |value: &str| {
            let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
            orders.into_iter().any(|order| moment(value.as_bytes(), order, Zone::UTC).is_ok())
        };
        let is_state = |value: &str| seen_as(value).is_some();
        let places = || 0..headers.len();
        let time = places().filter(|at| share(*at, &is_time) >= 0.7);
        let time = time.max_by_key(|at| (is_named(*at, TIMES), std::cmp::Reverse(*at)))?;
        let states =
            places().filter(|at| *at != time && is_named(*at, STATES) && share(*at, &is_state) >= 0.7);
        let state = states.min()?;
        let free = || places().filter(|at| *at != time && *at != state);
        // The surest word first.
        let service = SERVICES.iter().find_map(|word| {
            free().find(|at| {
                is_named(*at, &[word]) && share(*at, &|value| value.parse::<f64>().is_err()) >= 0.9
            })
        });
        self.columns = places()
            .map(|at| match at {
                at if at == time => ColumnIs::Time,
                at if at == state => ColumnIs::State,
                at if Some(at) == service => ColumnIs::Service,
                _ => ColumnIs::Ignore,
            })
            .collect();
        for value in values(time) {
            self.order.add(value);
        }
        self.examples = places()
            .map(|at| {
                let mut some: Vec<String> = Vec::new();
                for value in values(at) {
                    if some.len() < 3 && !some.contains(value) {
                        some.push(value.clone());
                    }
                }
                some
            })
            .collect();
        self.headers = headers;
        Some(())
    }

    fn reader(&self) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new().delimiter(self.delimiter).flexible(true).from_reader(self.bytes.as_ref())
    }

    /// Goes through all rows, and tells how far it is: the first or the second half of the way.
    fn each(
        &self,
        context: &Context<'_>,
        half: u64,
        mut row: impl FnMut(u32, &ByteRecord) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let of = self.bytes.len() as u64;
        let mut reader = self.reader();
        let mut record = ByteRecord::new();
        let mut count = 0_u64;
        loop {
            let line = u32::try_from(reader.position().line()).unwrap_or(u32::MAX);
            let is_there = reader.read_byte_record(&mut record).map_err(|error| {
                AppError::refused(format!("The file cannot be read: {error}."), "Choose another one.")
            })?;
            if !is_there {
                return Ok(());
            }
            count += 1;
            if count.is_multiple_of(BREATH) {
                context.cancel.check()?;
                (context.progress)(Progress {
                    done: half * of + record.position().map_or(0, csv::Position::byte),
                    of: 2 * of,
                });
            }
            // The first record begins behind the header, of which the reader says line 1.
            let line = record.position().map_or(line, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
            row(line, &record)?;
        }
    }

    /// What the log holds.
    pub fn scan(&self, reading: Reading, context: &Context<'_>) -> Result<Scan, AppError> {
        let mut scan = Scan::default();
        let mut services = Words::default();
        let mut states = Words::default();
        let mut last: Vec<Option<i64>> = Vec::new();
        let mut distances: HashMap<u32, u64> = HashMap::new();
        let (mut later, mut earlier) = (0_u64, 0_u64);
        self.each(context, 0, |_, record| {
            scan.rows += 1;
            states.add(cell(record, Some(reading.state)));
            let service = services.add(cell(record, reading.service));
            let Ok(at) = moment(cell(record, Some(reading.time)), reading.order, reading.zone) else {
                return Ok(());
            };
            if last.len() <= service {
                last.resize(service + 1, None);
            }
            if let Some(before) = last.get_mut(service).and_then(|known| known.replace(at.millis())) {
                let distance = at.millis() - before;
                later += u64::from(distance > 0);
                earlier += u64::from(distance < 0);
                if let Ok(seconds) = u32::try_from(distance.abs() / 1_000) {
                    *distances.entry(seconds.min(7 * 86_400)).or_default() += 1;
                }
            }
            Ok(())
        })?;
        distances.remove(&0);
        let mut distances: Vec<(u32, u64)> = distances.into_iter().collect();
        distances.sort_unstable();
        let half = distances.iter().map(|(_, count)| count).sum::<u64>().div_ceil(2);
        let mut sum = 0;
        scan.usual_distance = distances.iter().find_map(|(seconds, count)| {
            sum += count;
            (sum >= half).then_some(*seconds)
        });
        scan.is_newest_first = earlier > later;
        scan.services = services.counts;
        scan.states = states.counts;
        Ok(scan)
    }

    /// Folds the checks of services: each name of the log stands for a place among `services`, or is left out.
    pub fn fold(
        &self,
        reading: Reading,
        scan: &Scan,
        (services, count): (&HashMap<String, Option<usize>>, usize),
        states: &HashMap<String, Option<SeenAs>>,
        apart: u32,
        context: &Context<'_>,
    ) -> Result<Checks, AppError> {
        let mut folds: Vec<OneFold> = (0..count).map(|_| OneFold::new(apart)).collect();
        let mut checks = Checks::default();
        let mut of_services = Meanings::new(services);
        let mut of_states = Meanings::new(states);
        let mut turned: Vec<(u32, u32, Check)> = Vec::new();
        let mut wrong = Wrongs::default();
        self.each(context, 1, |line, record| {
            let named = cell(record, reading.service);
            let place = match of_services.of(named) {
                Some(Some(place)) => *place,
                Some(None) => {
                    checks.left_out += 1;
                    return Ok(());
                }
                None => return wrong.add(line, named, "it does not say which service"),
            };
            let word = cell(record, Some(reading.state));
            let seen = match of_states.of(word) {
                Some(Some(SeenAs::LeaveOut | SeenAs::Maintenance)) => {
                    checks.silent += 1;
                    return Ok(());
                }
                Some(Some(seen)) => seen.class(),
                _ => return wrong.add(line, word, "it is not said what this state stands for"),
            };
            let written = cell(record, Some(reading.time));
            let at = match moment(written, reading.order, reading.zone) {
                Ok(at) if at > reading.now => return wrong.add(line, written, "it lies ahead"),
                Ok(at) => at,
                Err(refused) => return wrong.add(line, written, &refused.to_string()),
            };
            let check = Check { at, down: seen };
            if scan.is_newest_first {
                turned.push((u32::try_from(place).unwrap_or(u32::MAX), line, check));
                return Ok(());
            }
            let is_taken = folds.get_mut(place).is_none_or(|fold| fold.push(check));
            if is_taken { Ok(()) } else { wrong.add(line, written, EARLIER) }
        })?;
        for (place, line, check) in turned.into_iter().rev() {
            if let Some(fold) = folds.get_mut(place as usize)
                && !fold.push(check)
            {
                let written = reading.zone.local(check.at).format("%Y-%m-%d %H:%M:%S").to_string();
                wrong.add(line, written.as_bytes(), LATER)?;
            }
        }
        wrong.0.sort_by_key(|wrong| wrong.line);
        checks.wrong = wrong.0;
        checks.services = folds.into_iter().map(|fold| fold.finish(apart, reading.now)).collect();
        Ok(checks)
    }
}

const EARLIER: &str = "it is earlier than the check of this service before it";
const LATER: &str = "it is earlier than the check of this service below it, and the newest come first";

fn cell(record: &ByteRecord, at: Option<usize>) -> &[u8] {
    at.and_then(|at| record.get(at)).unwrap_or_default().trim_ascii()
}

/// A fold with the number of its checks.
struct OneFold {
    fold: CheckFold,
    ends: Option<(Instant, Instant)>,
    checks: u64,
    up: u64,
}

impl OneFold {
    fn new(apart: u32) -> OneFold {
        OneFold { fold: CheckFold::new(apart), ends: None, checks: 0, up: 0 }
    }

    fn push(&mut self, check: Check) -> bool {
        let is_taken = self.fold.push(check);
        if is_taken {
            let (first, _) = self.ends.unwrap_or((check.at, check.at));
            self.ends = Some((first, check.at));
            self.checks += 1;
            self.up += u64::from(check.down.is_none());
        }
        is_taken
    }

    /// What the last check saw holds as long as it may; the log knows of no later time.
    fn finish(self, apart: u32, now: Instant) -> Option<Folded> {
        let (from, last) = self.ends?;
        let until = last.plus_millis(i64::from(apart) * 1_000).min(now).max(last);
        let (stretches, hours) = self.fold.finish(until);
        Some(Folded { from, last, checks: self.checks, up: self.up, stretches, hours })
    }
}

#[derive(Default)]
struct Wrongs(Vec<Wrong>);

impl Wrongs {
    fn add(&mut self, line: u32, value: &[u8], reason: &str) -> Result<(), AppError> {
        if self.0.len() == MOST_WRONG {
            return Err(AppError::refused(
                format!("More than {MOST_WRONG} lines cannot be taken, the first because {reason}."),
                "Check which column is the time, the service and the state.",
            ));
        }
        self.0.push(Wrong::at(line, &String::from_utf8_lossy(value), reason));
        Ok(())
    }
}

/// Words with the number of their rows.
#[derive(Default)]
struct Words {
    places: HashMap<Vec<u8>, usize>,
    counts: Vec<(String, u64)>,
    /// The word before: they often repeat.
    last: Option<(Vec<u8>, usize)>,
}

impl Words {
    fn add(&mut self, word: &[u8]) -> usize {
        let place = match &self.last {
            Some((last, place)) if last == word => *place,
            _ => {
                let place = match self.places.get(word) {
                    Some(place) => *place,
                    None => {
                        self.counts.push((String::from_utf8_lossy(word).into_owned(), 0));
                        self.places.insert(word.to_vec(), self.counts.len() - 1);
                        self.counts.len() - 1
                    }
                };
                self.last = Some((word.to_vec(), place));
                place
            }
        };
        if let Some((_, count)) = self.counts.get_mut(place) {
            *count += 1;
        }
        place
    }
}

/// What words stand for, by their bytes.
struct Meanings<'m, T> {
    known: HashMap<&'m [u8], &'m T>,
}

impl<'m, T> Meanings<'m, T> {
    fn new(meanings: &'m HashMap<String, T>) -> Meanings<'m, T> {
        Meanings { known: meanings.iter().map(|(word, meaning)| (word.as_bytes(), meaning)).collect() }
    }

    fn of(&mut self, word: &[u8]) -> Option<&'m T> {
        if let Some(known) = self.known.get(word) {
            return Some(known);
        }
        // Bytes that are no UTF-8 are known by what they were shown as.
        let shown = String::from_utf8_lossy(word);
        self.known.get(shown.as_bytes()).copied()
    }
}

/// A moment as a log writes it.
fn moment(written: &[u8], order: DateOrder, zone: Zone) -> Result<Instant, dates::DateRefused> {
    if let Some(at) = plainly(written) {
        return Ok(at);
    }
    let text = std::str::from_utf8(written).map_err(|_| dates::DateRefused::Unreadable)?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        match (text.len(), text.parse::<i64>()) {
            (10, Ok(seconds)) => return Ok(Instant::from_millis(seconds * 1_000)),
            (13, Ok(millis)) => return Ok(Instant::from_millis(millis)),
            // 20260301 is a day; anything else says nothing.
            (8, _) => {}
            _ => return Err(dates::DateRefused::Unreadable),
        }
    }
    dates::read(text, order, zone)
}

/// `2026-05-10T17:13:31Z`, with or without a fraction: what most logs write, without asking for more.
fn plainly(written: &[u8]) -> Option<Instant> {
    let rest = written.strip_suffix(b"Z")?;
    let (whole, fraction) = (rest.get(..19)?, rest.get(19..)?);
    let number = |from: usize, to: usize| -> Option<u32> {
        whole.get(from..to)?.iter().try_fold(0_u32, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        })
    };
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !marks.iter().all(|(at, mark)| whole.get(*at) == Some(mark)) {
        return None;
    }
    let day = Day::new(i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?)?;
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let millis = match fraction {
        [] => 0,
        [b'.', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => digits
            .iter()
            .take(3)
            .chain(std::iter::repeat(&b'0'))
            .take(3)
            .fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0')),
        _ => return None,
    };
    let epoch = Day::new(1970, 1, 1)?;
    let days = epoch.days_until(day);
    // Years far away are no times of checks.
    (0..=84_000).contains(&days).then(|| {
        Instant::from_millis(
            ((days * 24 + i64::from(hour)) * 60 + i64::from(minute)) * 60_000
                + i64::from(second) * 1_000
                + millis,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::reliability::Class;
    use expect_test::{Expect, expect};

    fn check(log: &str, expected: Expect) {
        let context = Context::new(Instant::from_millis(1_800_000_000_000), 1, "test", "");
        let log = Log::of(log.as_bytes()).expect("a log");
        let place = |is| log.columns.iter().position(|column| *column == is);
        let reading = Reading {
            time: place(ColumnIs::Time).expect("a time"),
            service: place(ColumnIs::Service),
            state: place(ColumnIs::State).expect("a state"),
            order: log.order.order(),
            zone: Zone::parse("Europe/Zurich").unwrap(),
            now: context.now,
        };
        let scan = log.scan(reading, &context).unwrap();
        let apart = scan.usual_distance.map_or(60, |usual| usual * 2);
        let services = scan
            .services
            .iter()
            .enumerate()
            .map(|(at, (name, _))| (name.clone(), Some(at).filter(|_| !name.starts_with("not"))));
        let services: HashMap<String, Option<usize>> = services.collect();
        let states = scan.states.iter().map(|(word, _)| (word.clone(), seen_as(word)));
        let checks = log
            .fold(reading, &scan, (&services, scan.services.len()), &states.collect(), apart, &context)
            .unwrap();
        let mut told = format!("{:?}, {apart} s apart\n", log.columns);
        let time = |at: Instant| Zone::UTC.local(at).format("%H:%M:%S").to_string();
        for ((name, rows), folded) in scan.services.iter().zip(&checks.services) {
            let Some(folded) = folded else {
                told += &format!("{name}, {rows}: nothing\n");
                continue;
            };
            told += &format!("{name}, {rows}: {} of {} up\n", folded.up, folded.checks);
            for Stretch { from, to, seen, checks } in &folded.stretches {
                let seen = match seen {
                    None => "unknown".to_owned(),
                    Some(None) => "up".to_owned(),
                    Some(Some(class)) => class.to_string(),
                };
                told += &format!("  {}–{} {seen}, {checks}\n", time(*from), time(*to));
            }
        }
        for Wrong { line, value, reason, .. } in &checks.wrong {
            told += &format!("{line}: not “{value}”: {reason}\n");
        }
        if checks.silent + checks.left_out > 0 {
            told += &format!("{} silent, {} left out\n", checks.silent, checks.left_out);
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn rule_10_9_a_log_becomes_stretches_of_each_service_that_keep_their_checks() {
        check(
            "checked_at,endpoint,status,code\n2026-03-01T10:00:00Z,web,up,200\n2026-03-01T10:00:30Z,api,up,200\n\
             2026-03-01T10:01:00Z,web,down,500\n2026-03-01T10:02:00Z,web,up,200\n2026-03-01T10:01:30Z,api,up,200\n\
             2026-03-01T10:05:00Z,web,up,200\n",
            expect![[r#"
                [Time, Service, State, Ignore], 120 s apart
                web, 4: 3 of 4 up
                  10:00:00–10:01:00 up, 1
                  10:01:00–10:02:00 full, 1
                  10:02:00–10:04:00 up, 1
                  10:04:00–10:05:00 unknown, 0
                  10:05:00–10:07:00 up, 1
                api, 2: 2 of 2 up
                  10:00:30–10:03:30 up, 2
            "#]],
        );
    }

    #[test]
    fn lines_that_cannot_be_read_or_are_out_of_order_are_named() {
        check(
            "time;name;result\n2026-03-01T10:00:00Z;web;ok\n2026-03-01T10:01:00Z;web;ok\n2026-03-01T09:59:00Z;web;fail\nyesterday;web;ok\n\
             2026-03-01T10:02:00Z;web;purple\n2126-03-01T10:03:00Z;web;ok\n2026-03-01 10:03:00 EST;web;ok\n2026-03-01T10:03:00Z;not ours;ok\n\
             2026-03-01T10:02:30Z;web;paused\n2026-03-01T10:02:00Z;web;ok\n2026-03-01T10:03:00Z;web;ok\n2026-03-01T10:04:00Z;web;ok\n\
             2026-03-01T10:05:00Z;web;ok\n2026-03-01T10:06:00Z;web;ok\n2026-03-01T10:07:00Z;web;ok\n2026-03-01T10:08:00Z;web;ok\n\
             2026-03-01T10:09:00Z;web;ok\n2026-03-01T10:10:00Z;web;ok\n2026-03-01T10:11:00Z;web;ok\n2026-03-01T10:12:00Z;web;ok\n\
             2026-03-01T10:13:00Z;web;ok\n2026-03-01T10:14:00Z;web;ok\n2026-03-01T10:15:00Z;web;ok\n2026-03-01T10:16:00Z;web;ok\n",
            expect![[r#"
                [Time, Service, State], 120 s apart
                web, 23: 17 of 17 up
                  10:00:00–10:18:00 up, 17
                not ours, 1: nothing
                4: not “2026-03-01T09:59:00Z”: it is earlier than the check of this service before it
                5: not “yesterday”: this is not a date that can be read
                6: not “purple”: it is not said what this state stands for
                7: not “2126-03-01T10:03:00Z”: it lies ahead
                8: not “2026-03-01 10:03:00 EST”: the time zone is not one that can be read for certain
                1 silent, 1 left out
            "#]],
        );
    }

    #[test]
    fn a_log_whose_newest_check_comes_first_is_turned_round() {
        check(
            "status,timestamp\n1,1772359380\n0,1772359320\n1,1772359260\n1,1772359280\n1,1772359200\n",
            expect![[r#"
                [State, Time], 120 s apart
                , 5: 3 of 4 up
                  10:00:00–10:02:00 up, 2
                  10:02:00–10:03:00 full, 1
                  10:03:00–10:05:00 up, 1
                4: not “2026-03-01 11:01:00”: it is earlier than the check of this service below it, and the newest come first
            "#]],
        );
    }

    #[test]
    fn a_list_of_a_tracker_is_no_log_of_checks() {
        assert_eq!(
            Log::of(b"Key,Summary,Status,Created\nA-1,x,Done,2026-03-01\nA-2,y,To do,2026-03-02\n"),
            None
        );
        assert_eq!(Log::of(b"time\n2026-03-01\n"), None);
        assert_eq!(Log::of(b""), None);
    }

    #[test]
    fn what_most_logs_write_is_read_as_any_date_is() {
        for written in [
            "2026-05-10T17:13:31Z",
            "2026-05-10T17:13:31.25Z",
            "2024-02-29T23:59:59.1234Z",
            "1970-01-01T00:00:00Z",
        ] {
            let slowly = dates::read(written, DateOrder::DayFirst, Zone::UTC).unwrap();
            assert_eq!(plainly(written.as_bytes()), Some(slowly), "{written}");
        }
        for written in
            ["2026-02-30T17:13:31Z", "2026-05-10T24:13:31Z", "2026-05-10 17:13:31Z", "2026-05-10T17:13Z"]
        {
            assert_eq!(plainly(written.as_bytes()), None, "{written}");
        }
        assert_eq!(SeenAs::Full.class(), Some(Class::Full));
    }
}
