//! What the times of incidents say in words.

use super::{DAY, HOUR, MINUTE};
use crate::flow_words::{is_are, span, weekday_and_day};
use crate::frame::capital;
use crate::place::Point;
use crate::ticks;
use crate::words::{as_of, clean, counted};
use crate::{ChartPoint, ChartTable};
use domain::flow::{Behind, IncidentMark, IncidentTime, IncidentTimes, Taken, TimeBand};
use domain::identity::IncidentId;
use std::collections::HashSet;

/// “Median 42 min to mitigate, 90 % within 5 h, of 18 incidents; 2 are open”.
pub(super) fn title(times: &IncidentTimes) -> String {
    findings(times).first().map_or_else(String::new, |finding| capital(finding))
}

/// The time of which the headline tells: to mitigate, else the first that is known.
pub(super) fn headline_of(times: &IncidentTimes) -> IncidentTime {
    let known = |time: &IncidentTime| times.band(*time).is_some_and(|band| band.count > 0);
    let order = [IncidentTime::Mitigate, IncidentTime::Resolve, IncidentTime::Acknowledge];
    order.into_iter().find(known).unwrap_or(IncidentTime::Mitigate)
}

/// The finding, from long to short.
pub(super) fn findings(times: &IncidentTimes) -> Vec<String> {
    let open = match times.open() as u32 {
        0 => String::new(),
        count => format!("; {} {} open", plain_count(count), is_are(count)),
    };
    let band = times.band(headline_of(times));
    let known = band.and_then(|band| Some((band, band.median?, band.ninetieth?)));
    let Some((band, median, ninetieth)) = known else {
        let count = times.marks.len() as u32;
        let count = counted(count, "incident");
        return vec![format!("no time is known yet of {count}{open}"), format!("{count}{open}")];
    };
    let (verb, count) = (verb(band.time), of(times, band.count));
    let middle = took(median);
    if band.count == 1 {
        return vec![format!("{middle} {verb}, known of 1 incident{open}"), format!("{middle} {verb}")];
    }
    let within = format!("90 % within {}", took(ninetieth as f64));
    vec![
        format!("median {middle} {verb}, {within}, of {count}{open}"),
        format!("median {middle} {verb}, {within}, of {count}"),
        format!("median {middle} {verb}, {within}"),
        format!("median {middle} {verb}"),
    ]
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(times: &IncidentTimes, is_logarithmic: bool) -> Vec<String> {
    let count = all(times);
    let days = days(times);
    let past = as_of(times.as_of).map_or_else(String::new, |past| format!(", {past}"));
    let scale = if is_logarithmic { " Far times make a scale logarithmic." } else { "" };
    let trend = match times.bands.iter().any(|band| band.trend.len() > 1) {
        true => " Thin line: median of the last five.",
        false => " Under five, no trend is told.",
    };
    let rings = match times.bands.iter().any(|band| band.taken.iter().any(is_counting)) {
        true => " Rings are open and count up.",
        false => "",
    };
    let first = format!("{count} in order of date, {days}{past}.");
    vec![
        format!("{first}{trend}{rings}{scale}"),
        format!("{first}{trend}{rings}"),
        format!("{first}{rings}"),
        first,
        format!("{count}, {days}."),
    ]
}

/// The text alternative.
pub(super) fn description(times: &IncidentTimes) -> String {
    let past = as_of(times.as_of).map_or_else(String::new, |past| format!(", {past}"));
    let mut text = format!("Times of {} from {}{past}, in order of date.", all(times), days(times));
    let bands: Vec<String> = times.bands.iter().map(|band| band_words(times, band)).collect();
    text.push_str(&format!(" {}.", capital(&bands.join("; "))));
    let trend = times.band(headline_of(times)).and_then(|band| {
        let ((_, first), (_, last)) = (band.trend.first()?, band.trend.last()?);
        Some(format!(
            " The first five took {} {} in the median, the last five {}.",
            took(*first),
            verb(band.time),
            took(*last)
        ))
    });
    text.push_str(&trend.unwrap_or_else(|| " Under five incidents no trend is told.".to_owned()));
    match times.open() as u32 {
        0 => {}
        count => text.push_str(&format!(
            " {} {} open and {} up to now.",
            capital(&counted(count, "incident")),
            is_are(count),
            if count == 1 { "counts" } else { "count" }
        )),
    }
    text
}

/// A row for each mark.
pub(super) fn table(times: &IncidentTimes) -> ChartTable {
    let columns = [
        "Incident",
        "Title",
        "Severity",
        "Day",
        "To acknowledge (min)",
        "To mitigate (min)",
        "To resolve (min)",
        "Open",
    ];
    let rows = times.marks.iter().enumerate().map(|(place, mark)| {
        let minutes = |time: IncidentTime| match taken(times, time, place) {
            Taken::Known(time) => ticks::plain((time as f64 / MINUTE * 10.0).round() / 10.0),
            Taken::Counting(_) | Taken::Unknown => String::new(),
        };
        let goes_on = IncidentTime::ALL.iter().rev().find_map(|time| match taken(times, *time, place) {
            Taken::Counting(time) => Some(format!("since {}", took(time as f64))),
            Taken::Known(_) | Taken::Unknown => None,
        });
        let open = match mark.is_open {
            true => goes_on.unwrap_or_else(|| "yes".to_owned()),
            false => String::new(),
        };
        vec![
            column(mark),
            clean(&mark.title),
            clean(&mark.severity),
            mark.day.to_string(),
            minutes(IncidentTime::Acknowledge),
            minutes(IncidentTime::Mitigate),
            minutes(IncidentTime::Resolve),
            open,
        ]
    });
    ChartTable { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// What to say at which place: each mark.
pub(super) fn points(times: &IncidentTimes, marks: &[(IncidentTime, usize, Point)]) -> Vec<ChartPoint> {
    let point = |(time, place, at): &(IncidentTime, usize, Point)| {
        let mark = times.marks.get(*place)?;
        let said = match taken(times, *time, *place) {
            Taken::Known(known) => format!("{} {}", took(known as f64), verb(*time)),
            Taken::Counting(so_far) => {
                let not = match time {
                    IncidentTime::Acknowledge => "not acknowledged",
                    IncidentTime::Mitigate => "not mitigated",
                    IncidentTime::Resolve => "not resolved",
                };
                format!("{not} since {}", took(so_far as f64))
            }
            Taken::Unknown => return None,
        };
        let (name, title) = (column(mark), clean(&mark.title));
        let (severity, day) = (clean(&mark.severity), weekday_and_day(mark.day));
        Some(ChartPoint {
            x: at.0,
            y: at.1,
            label: format!("{name} {title}: {said}; {severity}, {day} {}", ticks::year(mark.day)),
            behind: Some(Behind::Incident(mark.incident)),
        })
    };
    let mut points: Vec<ChartPoint> = marks.iter().filter_map(point).collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}

/// “INC-7”, “INC-7 again” of a later cycle.
pub(super) fn column(mark: &IncidentMark) -> String {
    let label = clean(&mark.label);
    if mark.cycle > 1 { format!("{label} again") } else { label }
}

/// “To mitigate”.
pub(super) fn name(time: IncidentTime) -> &'static str {
    match time {
        IncidentTime::Acknowledge => "To acknowledge",
        IncidentTime::Mitigate => "To mitigate",
        IncidentTime::Resolve => "To resolve",
    }
}

/// “detected to acknowledged, of 15 incidents”: from which milestone to which, and of how many it is known.
pub(super) fn known(times: &IncidentTimes, band: &TimeBand) -> String {
    let (from, to) = band.time.between();
    match band.count {
        0 => format!("{from} to {to}, known of no incident"),
        count => format!("{from} to {to}, known of {}", of(times, count)),
    }
}

/// “45 s”, “42 min”, “5 h 20 min”, “3 days 4 h”, “16 days”: a time in milliseconds, rounded down.
pub(super) fn took(time: f64) -> String {
    let part = |whole: f64, unit: &str| match unit {
        "day" => counted(whole as u32, "day"),
        _ => format!("{} {unit}", ticks::plain(whole)),
    };
    let with = |large: (f64, &str), small: (f64, &str)| {
        let whole = (time / large.0).floor();
        let rest = ((time - whole * large.0) / small.0).floor();
        match rest > 0.0 {
            true => format!("{} {}", part(whole, large.1), part(rest, small.1)),
            false => part(whole, large.1),
        }
    };
    if time < MINUTE {
        part((time.max(0.0) / 1_000.0).floor(), "s")
    } else if time < HOUR {
        part((time / MINUTE).floor(), "min")
    } else if time < 2.0 * DAY && time != DAY {
        with((HOUR, "h"), (MINUTE, "min"))
    } else if time < 14.0 * DAY {
        with((DAY, "day"), (HOUR, "h"))
    } else {
        part((time / DAY).floor(), "day")
    }
}

fn verb(time: IncidentTime) -> &'static str {
    match time {
        IncidentTime::Acknowledge => "to acknowledge",
        IncidentTime::Mitigate => "to mitigate",
        IncidentTime::Resolve => "to resolve",
    }
}

fn band_words(times: &IncidentTimes, band: &TimeBand) -> String {
    match (band.median, band.ninetieth) {
        (Some(median), Some(ninetieth)) => format!(
            "{}: median {}, 90 % within {}, of {}",
            verb(band.time),
            took(median),
            took(ninetieth as f64),
            of(times, band.count)
        ),
        _ => format!("{}: known of none", verb(band.time)),
    }
}

/// “18 incidents”; where one was reopened each of its cycles counts, and these are cycles.
fn of(times: &IncidentTimes, count: usize) -> String {
    let is_reopened = times.marks.iter().any(|mark| mark.cycle > 1);
    counted(count as u32, if is_reopened { "cycle" } else { "incident" })
}

/// “18 incidents”, “18 incidents with 20 cycles”.
fn all(times: &IncidentTimes) -> String {
    let again = times.marks.iter().filter(|mark| mark.cycle > 1).count();
    let incidents: HashSet<IncidentId> = times.marks.iter().map(|mark| mark.incident).collect();
    let count = counted(incidents.len() as u32, "incident");
    match again {
        0 => count,
        _ => format!("{count} with {}", counted(times.marks.len() as u32, "cycle")),
    }
}

fn days(times: &IncidentTimes) -> String {
    match (times.marks.first(), times.marks.last()) {
        (Some(first), Some(last)) => span(first.day, last.day),
        _ => String::new(),
    }
}

fn taken(times: &IncidentTimes, time: IncidentTime, place: usize) -> Taken {
    times.band(time).and_then(|band| band.taken.get(place)).copied().unwrap_or(Taken::Unknown)
}

fn is_counting(taken: &Taken) -> bool {
    matches!(taken, Taken::Counting(_))
}

fn plain_count(count: u32) -> String {
    ticks::plain(f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_two_units_at_most() {
        let said = |minutes: f64| took(minutes * MINUTE);
        assert_eq!([said(0.0), said(0.75), said(1.0), said(59.9)], ["0 s", "45 s", "1 min", "59 min"]);
        assert_eq!([said(60.0), said(320.0), said(1_439.0)], ["1 h", "5 h 20 min", "23 h 59 min"]);
        assert_eq!([said(1_440.0), said(1_500.0), said(2_880.0)], ["1 day", "25 h", "2 days"]);
        assert_eq!([said(4_560.0), said(23_100.0)], ["3 days 4 h", "16 days"]);
    }
}
