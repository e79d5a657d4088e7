//! Words that the charts of flow and health share.
//!
//! 1. One day is a day, many are days; a span of days is said with its year once.
//! 2. What falls together is said together: “50–70 %”.

use crate::ChartError;
use crate::fonts::{self, Weight};
use crate::frame::Frame;
use crate::ticks::{self, plain};
use crate::words::{clean, counted};
use domain::backlog::WorkKind;
use domain::calendar::Day;
use domain::flow::{FlowItem, TimePercentile};

/// “is” or “are”.
pub(crate) fn is_are(count: u32) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// “Mon 2 Nov”.
pub(crate) fn weekday_and_day(day: Day) -> String {
    format!("{} {}", ticks::weekday(day), ticks::day_and_month(day))
}

/// “2 Sep to 24 Nov 2026”, with the year of the first day where it is another one.
pub(crate) fn span(first: Day, last: Day) -> String {
    let year = ticks::year(last);
    if first == last {
        format!("{} {year}", ticks::day_and_month(first))
    } else if ticks::year(first) == year {
        format!("{} to {} {year}", ticks::day_and_month(first), ticks::day_and_month(last))
    } else {
        let (from, to) = (ticks::day_and_month(first), ticks::day_and_month(last));
        format!("{from} {} to {to} {year}", ticks::year(first))
    }
}

/// “20 days”, “12 weeks”, “8 months”, “6.6 years”: about how long some days are.
pub(crate) fn length(days: usize) -> String {
    let days = u32::try_from(days).unwrap_or(u32::MAX);
    match days {
        0..=182 if days >= 14 && days.is_multiple_of(7) => counted(days / 7, "week"),
        0..=182 => counted(days, "day"),
        183..=730 => counted((f64::from(days) / 30.44).round() as u32, "month"),
        _ => format!("{} years", plain((f64::from(days) / 36.524).round() / 10.0)),
    }
}

/// “T-12 Card retries”.
pub(crate) fn named(item: &FlowItem) -> String {
    format!("{} {}", clean(&item.label), clean(&item.title)).trim().to_owned()
}

/// “bug”, “unsorted”.
pub(crate) fn kind_word(kind: Option<WorkKind>) -> &'static str {
    kind.map_or("unsorted", WorkKind::word)
}

/// The percentiles with those that fall together as one: “50–70 %”, the days, and whether 85 % is among them.
pub(crate) fn percentile_words(percentiles: &[TimePercentile]) -> Vec<(String, u32, bool)> {
    percentiles
        .chunk_by(|a, b| a.days == b.days)
        .filter_map(|same| {
            let (first, last) = (same.first()?, same.last()?);
            let percent = if first.percent == last.percent {
                format!("{} %", first.percent)
            } else {
                format!("{}–{} %", first.percent, last.percent)
            };
            Some((percent, first.days, same.iter().any(|known| known.percent == 85)))
        })
        .collect()
}

/// Writes the headline with the longest finding that fits; the first one is the title in words.
pub(crate) fn headline(
    frame: &Frame<'_>,
    findings: &[String],
    subtitles: &[String],
) -> Result<(), ChartError> {
    let room = frame.figure.width - 2.0 * frame.pad;
    let finding = fonts::fitting(findings, Weight::Strong, frame.sizes.title, room)?;
    frame.headline("", finding, subtitles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_span_names_its_year_once() {
        assert_eq!(span(day("2026-09-02"), day("2026-11-24")), "2 Sep to 24 Nov 2026");
        assert_eq!(span(day("2025-12-02"), day("2026-01-24")), "2 Dec 2025 to 24 Jan 2026");
        assert_eq!(span(day("2026-09-02"), day("2026-09-02")), "2 Sep 2026");
        assert_eq!(
            [length(84), length(7), length(1), length(20)],
            ["12 weeks", "7 days", "1 day", "20 days"]
        );
        assert_eq!([length(365), length(731), length(2_399)], ["12 months", "2 years", "6.6 years"]);
    }

    #[test]
    fn percentiles_that_fall_together_are_said_together() {
        let known = [(50, 1), (70, 1), (85, 9), (95, 12)];
        let known = known.map(|(percent, days)| TimePercentile { percent, days });
        let said: Vec<String> = percentile_words(&known)
            .into_iter()
            .map(|(percent, days, strong)| format!("{percent}: {days}{}", if strong { "!" } else { "" }))
            .collect();
        assert_eq!(said.join(", "), "50–70 %: 1, 85 %: 9!, 95 %: 12");
    }
}
