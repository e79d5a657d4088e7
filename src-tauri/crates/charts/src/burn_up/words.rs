//! What a burn-up says in words.
//!
//! 1. The title says how much of the scope is done; the sub-title by what the scope is projected, and how likely the
//!    end is.
//! 2. A forecast is a range with words, never one number.

use crate::burn_down::words as burn_words;
use crate::burn_down::words::Said;
use crate::fig::Scale;
use crate::frame::capital;
use crate::ticks::{self, plain};
use crate::words::{amount, counted, one, signed, tenth, tenths};
use crate::{ChartPoint, ChartTable};
use domain::flow::{Behind, BurnForecast, BurnMark, BurnMarkKind, BurnUp, Growth, GrowthBy, Unit, UpPoint};
use domain::measures::Size as Amount;

/// “Sprint 42: 40 of 57 points done, 3 working days left”.
pub(super) fn title(up: &BurnUp) -> String {
    format!("{}: {}", burn_words::name(&up.burn), finding(up))
}

/// The title without the Sprint's name.
pub(super) fn finding(up: &BurnUp) -> String {
    let burn = &up.burn;
    let (scope, left) = (up.scope_now(), burn.end.remaining);
    // Where nothing is left, or nothing is there, the burn-down's words say it as well.
    if up.done.is_empty() || scope <= Amount::ZERO || left <= Amount::ZERO {
        return burn_words::finding(burn);
    }
    let done = format!("{} of {} done", plain(burn.done.in_points()), amount(scope, burn.unit));
    let overdue = burn_words::overdue(burn);
    match (burn.closed, overdue) {
        (true, _) => done,
        (false, 0) => format!("{done}, {} left", burn_words::days_left(burn)),
        (false, days) => format!("{done}, overdue by {}", counted(days as u32, "day")),
    }
}

/// What is drawn, the longest text first; the last says the least that must be said.
pub(super) fn subtitles(up: &BurnUp) -> Vec<String> {
    let unit = counted_in(up);
    let growth = up.growth.as_ref().map(|growth| growth_said(up, growth));
    let (long, short) = growth.unwrap_or_default();
    let chance = up.burn.forecast.as_ref().map_or_else(String::new, |forecast| {
        let day = ticks::weekday(up.burn.last_day);
        format!(" Cone: {} to be all done by {day}.", burn_words::chance(forecast))
    });
    let grey = if up.burn.rebased.is_empty() {
        " Grey line: ideal pace.".to_owned()
    } else {
        " Grey lines: ideal pace, pale before a change of scope was accepted.".to_owned()
    };
    let mut subtitles = vec![
        format!("{unit}{grey}{long}{chance}"),
        format!("{unit}{long}{chance}"),
        format!("{unit}{short}{chance}"),
        format!("{unit}{chance}"),
        format!("{unit}{short}"),
        unit,
    ];
    subtitles.dedup();
    subtitles
}

/// “Story points.”, with what is counted instead, or not at all, and why.
fn counted_in(up: &BurnUp) -> String {
    let burn = &up.burn;
    match (burn.unit, burn.too_few_sized, burn.unsized_items) {
        (Unit::Items, Some(count), _) => {
            format!("Items, because only {} of {} are sized.", count.sized, count.items)
        }
        (Unit::Items, None, _) => "Items.".to_owned(),
        (Unit::Points, _, 0) => "Story points.".to_owned(),
        (Unit::Points, _, n) => {
            format!("Story points; {} count{} 0.", counted(n, "unsized item"), if n == 1 { "s" } else { "" })
        }
    }
}

/// By what the scope is projected, in a long and a short sentence.
fn growth_said(up: &BurnUp, growth: &Growth) -> (String, String) {
    let by = match growth.by {
        GrowthBy::ThisSprint { .. } => "as in this Sprint so far".to_owned(),
        GrowthBy::PastSprints { sprints } => format!("as in the {sprints} Sprints before"),
    };
    let change = tenths(growth.a_day);
    if change == 0.0 {
        let stays = format!(" Dashed: the scope, if it stays, {by}.");
        return (stays.clone(), stays);
    }
    let verb = if change > 0.0 { "grows" } else { "shrinks" };
    let rate =
        format!("{} {} a working day", tenth(change.abs()), unit_of(change.abs() / 10.0, up.burn.unit));
    (
        format!(" Dashed: the scope, if it {verb} by {rate}, {by}."),
        format!(" Dashed: the scope, if it {verb} on {by}."),
    )
}

fn unit_of(value: f64, unit: Unit) -> &'static str {
    match (unit, value == 1.0) {
        (Unit::Points, true) => "point",
        (Unit::Points, false) => "points",
        (Unit::Items, true) => "item",
        (Unit::Items, false) => "items",
    }
}

/// “40 done”.
pub(super) fn done(up: &BurnUp) -> String {
    format!("{} done", plain(up.burn.done.in_points()))
}

/// “scope 57”.
pub(super) fn scope(up: &BurnUp) -> String {
    format!("scope {}", plain(up.scope_now().in_points()))
}

/// Whether the projected scope is what it is now, as far as is said.
pub(super) fn stays(up: &BurnUp, growth: &Growth) -> bool {
    tenths(growth.at_end()) == tenths(up.scope_now().in_points())
}

/// “scope 60 projected”.
pub(super) fn projected(growth: &Growth) -> String {
    format!("scope {} projected", tenth(tenths(growth.at_end())))
}

/// All that is to be done by a forecast, with what is done.
pub(super) fn whole(up: &BurnUp, forecast: &BurnForecast) -> f64 {
    up.burn.done.in_points() + forecast.of.in_points()
}

/// What the margin says of a forecast's end, whether it is what is most likely, and what is done then.
pub(super) fn likely_done(up: &BurnUp, forecast: &BurnForecast) -> Vec<(String, bool, f64)> {
    let Some(end) = forecast.days.last().map(|day| day.left) else { return Vec::new() };
    let whole = whole(up, forecast);
    let at = |left: Amount| whole - left.in_points();
    let mut labels = vec![(format!("likely {} done", plain(at(end.p50))), true, at(end.p50))];
    if end.p90 != end.p50 {
        labels.push((format!("90 %: {} or more", plain(at(end.p90))), false, at(end.p90)));
    }
    if end.p10 != end.p50 {
        labels.insert(0, (format!("10 %: {}", plain(at(end.p10))), false, at(end.p10)));
    }
    labels
}

/// The marks as they change the scope, or what is done: work that was opened again takes from it.
pub(super) fn marks(up: &BurnUp) -> Vec<BurnMark> {
    let told = |mark: &BurnMark| {
        let change = match mark.kind {
            BurnMarkKind::Reopened => -mark.change,
            _ if mark.moves => mark.scope_change,
            _ => mark.change,
        };
        BurnMark { change, ..mark.clone() }
    };
    up.burn.marks.iter().map(told).collect()
}

/// The value of a line that steps, at a place of the plot; none before it begins.
pub(crate) fn value_at(line: &[UpPoint], x: f64) -> Option<Amount> {
    let after = line.partition_point(|point| point.x <= x);
    after.checked_sub(1).and_then(|index| line.get(index)).map(|point| point.amount)
}

/// The text alternative, in two to four sentences.
pub(super) fn description(up: &BurnUp) -> String {
    let burn = &up.burn;
    let mut text = burn_words::span(burn, "Burn-up");
    if up.done.is_empty() {
        let verb = if burn.committed == one() { "is" } else { "are" };
        text.push_str(&format!(
            " The Sprint has not been started; {} {verb} selected.",
            amount(burn.committed, burn.unit)
        ));
        return text;
    }
    let grown = up.scope_now() - burn.committed;
    let grown = match signed(grown) {
        same if same.is_empty() => ", as at its start".to_owned(),
        change => format!(", {change} since its start"),
    };
    let verb = if burn.done == one() { "is" } else { "are" };
    let left = burn.end.remaining;
    text.push_str(&format!(
        " {} {verb} done of a scope of {}{grown}; {} {} left.",
        capital(&amount(burn.done, burn.unit)),
        plain(up.scope_now().in_points()),
        plain(left.in_points()),
        if left == one() { "is" } else { "are" },
    ));
    text.push_str(&burn_words::changes(burn));
    let mut ahead = Vec::new();
    if let Some(growth) = &up.growth {
        let (long, _) = growth_said(up, growth);
        let long = long.trim_start_matches(" Dashed: the scope,").trim_end_matches('.');
        ahead.push(format!("the scope is {} at the planned end{long}", tenth(tenths(growth.at_end()))));
    }
    if let Some(forecast) = &burn.forecast {
        let whole = whole(up, forecast);
        let at = |left: Amount| plain(whole - left.in_points());
        let end = forecast.days.last().map_or_else(String::new, |day| {
            let left = day.left;
            format!(", likely {}, {} to {} in eight trials of ten", at(left.p50), at(left.p90), at(left.p10))
        });
        ahead.push(format!(
            "by what was done in {} it is {} that all of it is done then{end}",
            counted(forecast.history, "day"),
            burn_words::chance(forecast)
        ));
    }
    if ahead.is_empty() {
        text.push_str(&burn_words::outcome(burn));
    } else {
        text.push_str(&format!(" {}.", capital(&ahead.join("; "))));
    }
    text
}

/// A row for each day.
pub(super) fn table(up: &BurnUp) -> ChartTable {
    let burn = &up.burn;
    let unit = match burn.unit {
        Unit::Points => "points",
        Unit::Items => "items",
    };
    let scope = format!("Scope ({unit})");
    let mut columns = vec!["Day", &scope, "Done", "Left", "Ideal", "What changed"];
    columns.extend(up.growth.as_ref().map(|_| "Projected scope"));
    columns.extend(burn.forecast.as_ref().map(|_| "Likely done"));
    let number = |size: Option<Amount>| size.map_or_else(String::new, |size| plain(size.in_points()));
    let rows = burn.days.iter().zip(burn_words::notes(burn)).enumerate().map(|(index, (day, notes))| {
        let end = index as f64 + 1.0;
        let done = day.scope.zip(day.remaining).map(|(scope, remaining)| scope - remaining);
        let mut row = vec![
            burn_words::day_name(day),
            number(day.scope),
            number(done),
            number(day.remaining),
            ideal_at(up, end).map_or_else(String::new, |ideal| tenth(tenths(ideal))),
            notes.join("; "),
        ];
        if let Some(growth) = &up.growth {
            let ahead = growth.line.iter().skip(1).rfind(|point| point.x <= end && end > burn.end.x);
            row.push(ahead.map_or_else(String::new, |point| tenth(tenths(point.scope))));
        }
        if let Some(forecast) = &burn.forecast {
            let whole = whole(up, forecast);
            let likely = forecast.days.iter().find(|one| one.x == end && one.left.day > 0);
            row.push(likely.map_or_else(String::new, |one| {
                let at = |left: Amount| plain(whole - left.in_points());
                format!("{} ({} to {})", at(one.left.p50), at(one.left.p90), at(one.left.p10))
            }));
        }
        row
    });
    let rows = rows.collect();
    ChartTable { columns: columns.into_iter().map(str::to_owned).collect(), rows }
}

/// The value of the ideal line in force.
fn ideal_at(up: &BurnUp, x: f64) -> Option<f64> {
    let whole = match up.burn.rebased.iter().rev().find(|line| line.x <= x) {
        Some(line) => up.scope_at(line.at),
        None => up.burn.committed,
    };
    up.burn.ideal_at(x).map(|left| whole.in_points() - left)
}

/// What to say at which place: the start, the end of each day on both lines, each mark, what may come.
pub(super) fn points(up: &BurnUp, scale: &Scale) -> Vec<ChartPoint> {
    let burn = &up.burn;
    let mut points = Vec::new();
    let mut say = |x: f64, value: f64, label: String, behind: Option<Behind>| {
        let (x, y) = scale.at(x, value);
        points.push(ChartPoint { x, y, label, behind });
    };
    if let Some(start) = up.scope.first() {
        let committed = capital(&amount(burn.committed, burn.unit));
        let label = format!("Start: {committed} committed");
        say(start.x, start.amount.in_points(), label, Some(Behind::Commitment));
    }
    for (index, day) in burn.days.iter().enumerate() {
        let (Some(scope), Some(left)) = (day.scope, day.remaining) else { continue };
        let end = (index as f64 + 1.0).min(burn.end.x.max(0.0));
        let done = scope - left;
        let name = format!("{} {}", ticks::weekday(day.day), ticks::day_and_month(day.day));
        let mut label = format!("{name}: {} of {} done", plain(done.in_points()), amount(scope, burn.unit));
        if let Some(ideal) = ideal_at(up, end) {
            label.push_str(&format!(", ideal {}", tenth(tenths(ideal))));
        }
        say(end, done.in_points(), label, Some(Behind::Day(day.day)));
        let change = signed(day.scope_change);
        let change = if change.is_empty() { String::new() } else { format!(", {change} that day") };
        let label = format!("{name}: scope {}{change}", amount(scope, burn.unit));
        say(end, scope.in_points(), label, Some(Behind::Day(day.day)));
    }
    for mark in marks(up) {
        let day = burn.days.get(burn_words::day_of(burn, mark.x)).map_or_else(String::new, |day| {
            format!("{} {}: ", ticks::weekday(day.day), ticks::day_and_month(day.day))
        });
        let on_scope = mark.scope_change != Amount::ZERO;
        let height = if on_scope { mark.scope } else { mark.scope - mark.remaining };
        let label = format!("{day}{}; scope {}", Said::of(&mark).in_full(), amount(mark.scope, burn.unit));
        say(mark.x, height.in_points(), label, Some(Behind::Item(mark.item)));
    }
    if let Some(growth) = &up.growth
        && let Some(end) = growth.line.last()
    {
        let label = format!("Planned end: scope {} as it is projected", tenth(tenths(end.scope)));
        say(end.x, end.scope, label, None);
    }
    if let Some(forecast) = &burn.forecast {
        let whole = whole(up, forecast);
        for likely in forecast.days.iter().filter(|one| one.left.day > 0) {
            let Some(day) = burn.days.get(burn_words::day_of(burn, likely.x - 0.5)) else { continue };
            let at = |left: Amount| plain(whole - left.in_points());
            let left = likely.left;
            let label = format!(
                "{} {}: likely {} done, {} to {} in eight trials of ten",
                ticks::weekday(day.day),
                ticks::day_and_month(day.day),
                at(left.p50),
                at(left.p90),
                at(left.p10)
            );
            say(likely.x, whole - left.p50.in_points(), label, None);
        }
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}
