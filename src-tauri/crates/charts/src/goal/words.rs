//! What the burn-up of a goal says in words.

use crate::frame::capital;
use crate::place::Point;
use crate::ticks::{self, plain};
use crate::words::{amount, as_of, counted, name_or};
use crate::{ChartPoint, ChartTable};
use domain::calendar::Day;
use domain::flow::{Ahead, Behind, GoalBurnUp, GoalName, GoalPoint, Unit};
use domain::forecast::Likelihood;
use domain::measures::{Share, Size as Amount};

/// The likelihood that a title tells, in per cent.
const TOLD: u32 = 85;

/// “Checkout 2: 45 of 80 points done, very likely (85 %) by 14 March”.
pub(super) fn title(goal: &GoalBurnUp) -> String {
    format!("{}: {}", name(goal), finding(goal, false))
}

/// What the goal is, safe to draw.
pub(super) fn name(goal: &GoalBurnUp) -> String {
    match &goal.goal {
        GoalName::Label(name) | GoalName::Parent(name) => name_or(name, "Goal"),
    }
}

/// The title without the goal's name; short for a small picture.
pub(super) fn finding(goal: &GoalBurnUp, short: bool) -> String {
    let Some(now) = goal.points.last() else { return String::new() };
    let scope = if short { plain(now.scope.in_points()) } else { amount(now.scope, goal.unit) };
    let of = format!("{} of {scope} done", plain(now.done.in_points()));
    match &goal.ahead {
        Ahead::Empty => "nothing is in it".to_owned(),
        Ahead::Done => format!("all of it is done, {}", amount(now.scope, goal.unit)),
        Ahead::Unsized => format!("{of}, {} left without a size", counted(goal.open, "item")),
        Ahead::TooLittle(_) if short => format!("{of}, too little history"),
        Ahead::TooLittle(_) => format!("{of}, too little history to say when"),
        Ahead::Forecast(forecast) => {
            let day = forecast.by.iter().find(|(percent, _)| *percent == TOLD).and_then(|(_, day)| *day);
            match day {
                Some(day) if short => format!("{of}, {TOLD} % by {}", self::short(day, now.day)),
                Some(day) => format!("{of}, {} by {}", likely(TOLD), long(day, now.day)),
                None => format!("{of}, {} only in more than ten years", likely(TOLD)),
            }
        }
    }
}

/// “very likely (85 %)”.
fn likely(percent: u32) -> String {
    format!("{} ({percent} %)", Likelihood::of(Share::percent(percent.into())))
}

/// A day in full; the year only where it is another one.
fn long(day: Day, today: Day) -> String {
    let text = ticks::in_full(day);
    if ticks::year(day) == ticks::year(today) {
        text.trim_end_matches(&format!(" {}", ticks::year(day))).to_owned()
    } else {
        text
    }
}

/// `14 Mar`, with the year where it is another one.
pub(super) fn short(day: Day, today: Day) -> String {
    let text = ticks::day_and_month(day);
    if ticks::year(day) == ticks::year(today) { text } else { format!("{text} {}", ticks::year(day)) }
}

/// What the line of now is called.
pub(super) fn now(goal: &GoalBurnUp) -> String {
    match goal.as_of {
        Some(day) => ticks::day_and_month(day),
        None => "today".to_owned(),
    }
}

/// “80 points”.
pub(super) fn scope(goal: &GoalBurnUp) -> String {
    goal.points.last().map_or_else(String::new, |now| amount(now.scope, goal.unit))
}

/// “45 done”.
pub(super) fn done(goal: &GoalBurnUp) -> String {
    goal.points.last().map_or_else(String::new, |now| format!("{} done", plain(now.done.in_points())))
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(goal: &GoalBurnUp) -> Vec<String> {
    let of = match (&goal.goal, goal.unit) {
        (GoalName::Label(_), Unit::Points) => "Points of what has this label now",
        (GoalName::Label(_), Unit::Items) => "Items that have this label now",
        (GoalName::Parent(_), Unit::Points) => "Points of its parts",
        (GoalName::Parent(_), Unit::Items) => "Its parts, in items",
    };
    let day = as_of(goal.as_of).map_or_else(String::new, |day| format!(", {day}"));
    let why = goal
        .too_few_sized
        .map_or_else(String::new, |few| format!(", because only {} of {} are sized", few.sized, few.items));
    let unsized_items = match goal.unsized_open {
        0 => String::new(),
        n => format!(" {} count{} 0.", counted(n, "unsized item"), if n == 1 { "s" } else { "" }),
    };
    let (cone, short) = match &goal.ahead {
        Ahead::Forecast(forecast) => (
            format!(
                " Bands: as the team did on the last {}, if nothing else comes first.",
                counted(forecast.days, "day")
            ),
            " Bands: if nothing else comes first.".to_owned(),
        ),
        _ => (String::new(), String::new()),
    };
    vec![
        format!("{of}{why}{day}.{cone}{unsized_items}"),
        format!("{of}{day}.{cone}{unsized_items}"),
        format!("{of}{day}.{short}{unsized_items}"),
        format!("{of}{day}.{short}"),
        format!("{of}{day}."),
    ]
}

/// The text alternative.
pub(super) fn description(goal: &GoalBurnUp) -> String {
    let (Some(first), Some(now)) = (goal.points.first(), goal.points.last()) else { return String::new() };
    let sprints = goal.points.iter().filter(|point| point.sprint.is_some()).count() as u32;
    let mut text = format!("Burn-up of {} over {}", name(goal), counted(sprints, "closed Sprint"));
    text.push_str(&format!(", {} to {}.", long(first.day, now.day), ticks::in_full(now.day)));
    if let Some(few) = goal.too_few_sized {
        text.push_str(&format!(" Items are counted, because only {} of {} are sized.", few.sized, few.items));
    }
    text.push_str(&format!(
        " The scope went from {} to {}; {} of it {} done.",
        plain(first.scope.in_points()),
        amount(now.scope, goal.unit),
        plain(now.done.in_points()),
        if now.done == Amount::points(1) { "is" } else { "are" }
    ));
    match &goal.ahead {
        Ahead::Forecast(forecast) => {
            let by = |(percent, day): &(u32, Option<Day>)| match day {
                Some(day) => format!("{percent} % by {}", long(*day, now.day)),
                None => format!("{percent} % only in more than ten years"),
            };
            let days: Vec<String> = forecast.by.iter().map(by).collect();
            text.push_str(&format!(
                " Simulated from the last {}, if nothing else comes first, it is done: {}.",
                counted(forecast.days, "day"),
                days.join(", ")
            ));
        }
        Ahead::TooLittle(why) => text.push_str(&format!(" When it is done is not told: {why}.")),
        Ahead::Unsized => text.push_str(" What is left has no size."),
        Ahead::Done => text.push_str(" All of it is done."),
        Ahead::Empty => text.push_str(" Nothing is in it."),
    }
    if goal.unsized_open > 0 {
        let count = if goal.unsized_open == 1 { "counts" } else { "count" };
        text.push_str(&format!(" {} {count} 0.", counted(goal.unsized_open, "unsized item")));
    }
    text
}

/// What a moment is called.
fn moment(goal: &GoalBurnUp, index: usize, point: &GoalPoint) -> String {
    match &point.sprint {
        Some((_, name)) => name_or(name, "Sprint"),
        None if index + 1 < goal.points.len() => "Start".to_owned(),
        None => "Now".to_owned(),
    }
}

/// A row for each moment, then the days of the forecast.
pub(super) fn table(goal: &GoalBurnUp) -> ChartTable {
    let unit = match goal.unit {
        Unit::Points => "points",
        Unit::Items => "items",
    };
    let columns = [
        "At the end of".to_owned(),
        "Day".to_owned(),
        format!("Scope ({unit})"),
        "Done".to_owned(),
        "Left".to_owned(),
    ];
    let row = |(index, point): (usize, &GoalPoint)| {
        vec![
            moment(goal, index, point),
            ticks::in_full(point.day),
            plain(point.scope.in_points()),
            plain(point.done.in_points()),
            plain((point.scope - point.done).in_points()),
        ]
    };
    let mut rows: Vec<Vec<String>> = goal.points.iter().enumerate().map(row).collect();
    if let (Ahead::Forecast(forecast), Some(now)) = (&goal.ahead, goal.points.last()) {
        rows.extend(forecast.by.iter().map(|(percent, day)| {
            vec![
                format!("{percent} % likely"),
                day.map_or_else(|| "in more than ten years".to_owned(), ticks::in_full),
                plain(now.scope.in_points()),
                plain(now.scope.in_points()),
                "0".to_owned(),
            ]
        }));
    }
    ChartTable { columns: columns.to_vec(), rows }
}

/// What to say at each moment, and at the days of the forecast.
pub(super) fn points(goal: &GoalBurnUp, at: impl Fn(i64, f64) -> Point) -> Vec<ChartPoint> {
    let mut points = Vec::new();
    for (index, point) in goal.points.iter().enumerate() {
        let (x, y) = at(point.days, point.done.in_points());
        let label = format!(
            "{}, {}: {} of {} done",
            moment(goal, index, point),
            ticks::day_and_month(point.day),
            plain(point.done.in_points()),
            amount(point.scope, goal.unit)
        );
        let behind = match &point.sprint {
            Some((id, _)) => Some(Behind::Sprint(*id)),
            None if index + 1 == goal.points.len() => Some(Behind::Day(point.day)),
            None => None,
        };
        points.push(ChartPoint { x, y, label, behind });
    }
    if let (Ahead::Forecast(forecast), Some(now)) = (&goal.ahead, goal.points.last()) {
        for (percent, day) in &forecast.by {
            let Some(day) = day else { continue };
            let ahead = now.day.days_until(*day);
            if ahead >= forecast.cone.len() as i64 {
                continue;
            }
            let (x, y) = at(now.days + ahead, now.scope.in_points());
            let label = format!("{} by {}", capital(&likely(*percent)), long(*day, now.day));
            points.push(ChartPoint { x, y, label, behind: None });
        }
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}
