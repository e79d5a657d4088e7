//! What forecasts say in words.
//!
//! 1. The title states a likelihood with its words and its value: “very likely (85 %) by 14 March 2027”.
//! 2. No value stands without a likelihood.

use super::{percent_of, whole};
use crate::ChartTable;
use crate::frame::capital;
use crate::ticks::{self, plain};
use crate::words::{amount, counted, name_or, singular};
use domain::calendar::Day;
use domain::flow::Unit;
use domain::forecast::{AmountForecast, DayForecast, Likelihood, MARKS, Wanted};
use domain::measures::{Share, Size as Amount};

/// How far a forecast looks, in words.
pub(super) const BEYOND: &str = "not within ten years";

/// “very likely (85 %)”.
pub(super) fn likelihood(percent: u32) -> String {
    format!("{} ({percent} %)", Likelihood::of(Share::percent(percent.into())))
}

/// “14 Mar”.
pub(super) fn short_day(from: Day, days: u32) -> String {
    match days {
        0 => "done".to_owned(),
        days => ticks::day_and_month(from.plus(days.into())),
    }
}

/// A simulated amount, not more exact than it is: whole items, tenths of points, from ten on whole ones.
pub(super) fn rounded_down(size: Amount, unit: Unit) -> Amount {
    size.rounded_down(match unit {
        Unit::Points if size < Amount::points(10) => Amount::hundredths(10),
        _ => Amount::points(1),
    })
}

/// “9 items”, “7.5 points”; items are whole.
pub(super) fn short_amount(size: Amount, unit: Unit) -> String {
    match unit {
        Unit::Items => amount(Amount::points(size.in_hundredths().div_euclid(100)), unit),
        Unit::Points => amount(size, unit),
    }
}

/// “by 14 March 2027”.
pub(super) fn by_day(forecast: &DayForecast, percent: u32) -> String {
    match forecast.when.when_at(percent) {
        None => BEYOND.to_owned(),
        Some(0) => "done already".to_owned(),
        Some(days) => format!("by {}", ticks::in_full(forecast.from.plus(days.into()))),
    }
}

fn at_least(forecast: &AmountForecast, percent: u32) -> String {
    format!(
        "at least {}",
        short_amount(forecast.done.how_many_at(percent).unwrap_or_default(), forecast.unit)
    )
}

// ── On which day ──────────────────────────────────────────────────────────────────────────────────────────────────

pub(super) fn name_of_days(forecast: &DayForecast) -> String {
    capital(&name_or(&forecast.what, "This"))
}

/// “12 items: very likely (85 %) by 14 March 2027”.
pub(super) fn title_of_days(forecast: &DayForecast) -> String {
    format!("{}: {}", name_of_days(forecast), finding_of_days(forecast))
}

/// The title without the name.
pub(super) fn finding_of_days(forecast: &DayForecast) -> String {
    format!("{} {}", likelihood(85), by_day(forecast, 85))
}

/// What is drawn, the longest text first.
pub(super) fn subtitles_of_days(forecast: &DayForecast) -> Vec<String> {
    let even = format!("{} {}.", capital(&likelihood(50)), by_day(forecast, 50));
    let trials = trials(forecast.when.trials);
    let beyond = match forecast.when.beyond {
        0 => String::new(),
        more => format!(" {} of them are {BEYOND}.", percent_of(more, forecast.when.trials)),
    };
    vec![
        format!("Days on which it is done, of {trials}; strong up to 85 %.{beyond} {even}"),
        format!("Days on which it is done, of {trials}; strong up to 85 %.{beyond}"),
        format!("Days on which it is done; strong up to 85 %.{beyond}"),
        format!("Strong: up to 85 %.{beyond}"),
    ]
}

pub(super) fn description_of_days(forecast: &DayForecast) -> String {
    let all: Vec<String> = MARKS
        .iter()
        .map(|percent| format!("{} {}", likelihood(*percent), by_day(forecast, *percent)))
        .collect();
    let without = forecast.instead_of.as_ref().map_or_else(String::new, |when| {
        let without = DayForecast { when: when.clone(), instead_of: None, ..forecast.clone() };
        format!(" Without what would be otherwise: {} {}.", likelihood(85), by_day(&without, 85))
    });
    format!(
        "When {} is done, in {}: {}.{without}",
        name_of_days(forecast),
        trials(forecast.when.trials),
        all.join("; ")
    )
}

pub(super) fn table_of_days(forecast: &DayForecast) -> ChartTable {
    let without = forecast.instead_of.as_ref().map(|when| DayForecast {
        when: when.clone(),
        instead_of: None,
        ..forecast.clone()
    });
    table(
        "Done",
        MARKS.map(|percent| by_day(forecast, percent)),
        without.map(|one| MARKS.map(|percent| by_day(&one, percent))),
    )
}

/// “14 March 2027: 3 % of the trials, 61 % by then”.
pub(super) fn bar_of_days(forecast: &DayForecast, day: u32, trials: u32) -> String {
    let by_then = whole(forecast.when.likelihood_by(day));
    format!(
        "{}: {} of the trials, {by_then} % by then",
        ticks::in_full(forecast.from.plus(day.into())),
        percent_of(trials, forecast.when.trials)
    )
}

// ── How much ──────────────────────────────────────────────────────────────────────────────────────────────────────

pub(super) fn name_of_amounts(forecast: &AmountForecast) -> String {
    capital(&name_or(&forecast.until, "By then"))
}

/// “By the end of Sprint 43: very likely (85 %) at least 9 items”.
pub(super) fn title_of_amounts(forecast: &AmountForecast) -> String {
    format!("{}: {}", name_of_amounts(forecast), finding_of_amounts(forecast))
}

/// The title without the name; of a plan the chance that all of it is done.
pub(super) fn finding_of_amounts(forecast: &AmountForecast) -> String {
    match &forecast.wanted {
        Some(wanted) if wanted.amount > Amount::ZERO || wanted.items > 0 => {
            let all = match wanted.items {
                0 => short_amount(wanted.amount, forecast.unit),
                1 => "the item".to_owned(),
                items => format!("all {}", counted(items, "item")),
            };
            format!(
                "{} that {all} {} done",
                chance(wanted.chance),
                if wanted.items == 1 { "is" } else { "are" }
            )
        }
        _ => format!("{} {}", likelihood(85), at_least(forecast, 85)),
    }
}

fn chance(share: Share) -> String {
    format!("{} ({} %)", Likelihood::of(share), whole(share))
}

/// “planned: 14 items (72 %)”.
pub(super) fn wanted(wanted: &Wanted, unit: Unit) -> String {
    format!("planned: {} ({} %)", short_amount(wanted.amount, unit), whole(wanted.chance))
}

/// What is drawn, the longest text first.
pub(super) fn subtitles_of_amounts(forecast: &AmountForecast) -> Vec<String> {
    let what = format!("{}s that are done", capital(singular(forecast.unit)));
    let trials = trials(forecast.done.trials);
    let sure = match forecast.wanted {
        Some(_) => format!(" {} {}.", capital(&likelihood(85)), at_least(forecast, 85)),
        None => format!(" {} {}.", capital(&likelihood(50)), at_least(forecast, 50)),
    };
    vec![
        format!("{what}, of {trials}; strong within 85 %.{sure}"),
        format!("{what}, of {trials}; strong within 85 %."),
        format!("{what}; strong within 85 %."),
        what + ".",
    ]
}

pub(super) fn description_of_amounts(forecast: &AmountForecast) -> String {
    let all: Vec<String> = MARKS
        .iter()
        .map(|percent| format!("{} {}", likelihood(*percent), at_least(forecast, *percent)))
        .collect();
    let plan = forecast.wanted.as_ref().map_or_else(String::new, |wanted| {
        format!(
            " That the {} of the plan are done is {}.",
            short_amount(wanted.amount, forecast.unit),
            chance(wanted.chance)
        )
    });
    let without =
        forecast.instead_of.as_ref().and_then(|done| done.how_many_at(85)).map_or_else(String::new, |done| {
            format!(
                " Without what would be otherwise: {} at least {}.",
                likelihood(85),
                short_amount(done, forecast.unit)
            )
        });
    format!(
        "How much is done {}, in {}: {}.{plan}{without}",
        name_or(&forecast.until, "by then"),
        trials(forecast.done.trials),
        all.join("; ")
    )
}

pub(super) fn table_of_amounts(forecast: &AmountForecast) -> ChartTable {
    let without = forecast.instead_of.as_ref().map(|done| AmountForecast {
        done: done.clone(),
        instead_of: None,
        ..forecast.clone()
    });
    let mut all = table(
        "Done",
        MARKS.map(|percent| at_least(forecast, percent)),
        without.map(|one| MARKS.map(|percent| at_least(&one, percent))),
    );
    if let Some(wanted) = &forecast.wanted {
        let mut row = vec![
            format!("{} %", whole(wanted.chance)),
            Likelihood::of(wanted.chance).to_string(),
            format!("the plan: {}", short_amount(wanted.amount, forecast.unit)),
        ];
        row.resize(all.columns.len(), String::new());
        all.rows.push(row);
    }
    all
}

/// “9 items: 4 % of the trials, 61 % at least so many”.
pub(super) fn bar_of_amounts(forecast: &AmountForecast, at: f64, bin: f64, trials: u32) -> String {
    let least = Amount::nearest(at).unwrap_or_default();
    let value = if bin <= 1.0 && forecast.unit == Unit::Items {
        short_amount(least, forecast.unit)
    } else {
        format!("{} to below {} {}s", plain(at), plain(at + bin), singular(forecast.unit))
    };
    let reached = whole(forecast.done.likelihood_of(least));
    format!(
        "{value}: {} of the trials, {reached} % at least so many",
        percent_of(trials, forecast.done.trials)
    )
}

// ── Both ──────────────────────────────────────────────────────────────────────────────────────────────────────────

fn table(what: &str, marks: [String; 4], without: Option<[String; 4]>) -> ChartTable {
    let mut columns = vec!["Likelihood".to_owned(), "In words".to_owned(), what.to_owned()];
    columns.extend(without.as_ref().map(|_| "Without the change".to_owned()));
    let mut rows: Vec<Vec<String>> = MARKS
        .iter()
        .zip(marks)
        .map(|(percent, said)| {
            let words = Likelihood::of(Share::percent((*percent).into())).to_string();
            vec![format!("{percent} %"), words, said]
        })
        .collect();
    for (row, without) in rows.iter_mut().zip(without.into_iter().flatten()) {
        row.push(without);
    }
    ChartTable { columns, rows }
}

/// “10 000 trials”.
pub(super) fn trials(count: u32) -> String {
    format!("{} trial{}", plain(f64::from(count)), if count == 1 { "" } else { "s" })
}
