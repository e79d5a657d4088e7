//! What the two lanes say in words.
//!
//! 1. The title says what is left of the plan and how the buffer stands; the sub-title how to read the picture.
//! 2. What is expected, and what is not known, is said.

use crate::burn_down::words as burn_words;
use crate::burn_down::words::Said;
use crate::burn_up::value_at as step_at;
use crate::fig::Scale;
use crate::frame::capital;
use crate::ticks::{self, plain};
use crate::words::{amount, clean, counted, one, signed, tenth, tenths};
use crate::{ChartPoint, ChartTable};
use domain::flow::{
    Arrival, Behind, BufferLane, BurnMark, BurnMarkKind, DecisionMark, TwoLanes, Unit, UpPoint,
};
use domain::interrupt::{Drawer, OverflowChoice, SeverityNames};
use domain::measures::{Minutes, Size as Amount};

/// The changes of the plan: of its floor by what the scope changed, of its line by what was opened again. What
/// interrupts brought into the buffer has discs of its own.
pub(super) fn marks(lanes: &TwoLanes) -> Vec<BurnMark> {
    let told = |mark: &BurnMark| {
        let change = if mark.kind == BurnMarkKind::Reopened { mark.change } else { mark.scope_change };
        BurnMark { change, ..mark.clone() }
    };
    lanes.up.burn.marks.iter().filter(|mark| mark.moves).map(told).collect()
}

/// What the moving baseline is called.
pub(super) const FLOOR: &str = "scope: the floor";

/// “Sprint 42: 17 points left, 3 working days; buffer 6.5 h over”.
pub(super) fn title(lanes: &TwoLanes) -> String {
    format!("{}: {}", burn_words::name(&lanes.up.burn), finding(lanes))
}

/// The title without the Sprint's name.
pub(super) fn finding(lanes: &TwoLanes) -> String {
    format!("{}; {}", burn_words::finding(&lanes.up.burn), buffer_said(lanes))
}

/// The finding as a thumbnail has room for it: without the days that are left.
pub(super) fn in_short(lanes: &TwoLanes) -> String {
    let plan = burn_words::finding(&lanes.up.burn);
    let plan = plan.split(", ").next().unwrap_or_default().trim_start_matches("closed with ");
    let buffer = buffer_said(lanes);
    format!("{plan}; {}", buffer.replace(" of the buffer used", " used"))
}

/// “buffer 6.5 h over”, “12 of 20 h of the buffer used”.
fn buffer_said(lanes: &TwoLanes) -> String {
    let buffer = &lanes.buffer;
    let not_started = lanes.up.done.is_empty();
    match buffer.kept {
        Some(kept) if not_started => format!("{} kept for the buffer", hours(kept)),
        None if not_started => "nobody’s hours are set".to_owned(),
        Some(_) if buffer.over > Minutes::ZERO => format!("buffer {} over", hours(buffer.over)),
        Some(_) if buffer.total == Minutes::ZERO && buffer.unknown > 0 => {
            "use of the buffer not known yet".to_owned()
        }
        Some(kept) if buffer.total == Minutes::ZERO => format!("buffer of {} free", hours(kept)),
        Some(kept) if buffer.total == kept => format!("buffer of {} used up", hours(kept)),
        Some(kept) => format!("{} of {} of the buffer used", number(buffer.total), hours(kept)),
        None if buffer.total == Minutes::ZERO => "nothing unplanned".to_owned(),
        None => format!("{} unplanned", hours(buffer.total)),
    }
}

/// What is drawn, the longest text first; the last says the least that must be said.
pub(super) fn subtitles(lanes: &TwoLanes) -> Vec<String> {
    let (burn, buffer) = (&lanes.up.burn, &lanes.buffer);
    let unit = match burn.unit {
        Unit::Points => "story points",
        Unit::Items => "items",
    };
    let why = match (burn.unit, burn.too_few_sized, burn.unsized_items) {
        (Unit::Items, Some(count), _) => format!(" (only {} of {} are sized)", count.sized, count.items),
        (Unit::Points, _, n) if n > 0 => format!(" ({} count 0)", counted(n, "unsized item")),
        _ => String::new(),
    };
    let plan = format!("Blue: {unit} left{why}, down to the scope.");
    let sand = match buffer.kept {
        Some(_) => " Sand: hours of the buffer, up to its limit.",
        None => " Sand: hours of what was unplanned; nobody’s hours were set, so there is no limit.",
    };
    let discs = if buffer.arrivals.is_empty() { "" } else { " Discs: interrupts, 1 the gravest." };
    let mut rest = String::new();
    if buffer.expected > Minutes::ZERO {
        rest.push_str(&format!(" Dashed: {} expected.", hours(buffer.expected)));
    }
    if buffer.unknown > 0 {
        rest.push_str(&format!(" {} not known yet.", capital(&counted(buffer.unknown, "arrival"))));
    }
    if let Some(day) = buffer.empty_on {
        rest.push_str(&format!(" At this rate the buffer is empty on {}.", ticks::weekday_in_full(day)));
    }
    let short = match buffer.kept {
        Some(_) => format!("Blue: {unit} left{why}. Sand: hours of the buffer."),
        None => format!("Blue: {unit} left{why}. Sand: unplanned hours; no limit is known."),
    };
    let mut subtitles = vec![
        format!("{plan}{sand}{discs}{rest}"),
        format!("{short}{discs}{rest}"),
        format!("{plan}{sand}{rest}"),
        format!("{short}{rest}"),
        format!("{plan}{sand}"),
        short,
        format!("{}.{}", capital(unit), rest),
        format!("{}.", capital(unit)),
    ];
    subtitles.dedup();
    subtitles
}

/// “17 left”.
pub(super) fn left(lanes: &TwoLanes) -> String {
    format!("{} left", plain(lanes.up.burn.end.remaining.in_points()))
}

/// “26.5 h used”, “6.5 h over”.
pub(super) fn used(lanes: &TwoLanes) -> String {
    let buffer = &lanes.buffer;
    if buffer.over > Minutes::ZERO {
        format!("{} over", hours(buffer.over))
    } else {
        format!("{} used", hours(buffer.total))
    }
}

/// “Buffer: limit 20 h”.
pub(super) fn lid(lanes: &TwoLanes, kept: Minutes) -> String {
    let name = clean(&lanes.buffer.name);
    let name = if name.is_empty() { "Buffer".to_owned() } else { name };
    format!("{name}: limit {}", hours(kept))
}

/// “10 h”.
pub(super) fn hours_of(value: f64) -> String {
    format!("{} h", plain(value))
}

/// “6.5 h”: at most one decimal.
fn hours(minutes: Minutes) -> String {
    format!("{} h", number(minutes))
}

fn number(minutes: Minutes) -> String {
    tenth(tenths(minutes.in_hours()))
}

/// What a decision may say, the best first.
pub(super) fn decision(lanes: &TwoLanes, mark: &DecisionMark) -> Vec<String> {
    let what = decided(mark.choice);
    let items = match mark.items.as_slice() {
        [] => String::new(),
        [only] => format!(" {}", clean(&only.title)),
        many => format!(" {} items", many.len()),
    };
    let moved = signed(-lanes.moved_by(mark));
    let by = if moved.is_empty() { String::new() } else { format!(" {moved}") };
    let what = if moved.is_empty() && !items.is_empty() { format!("{what}:") } else { what.to_owned() };
    let mut texts =
        vec![format!("{what}{by}{items}"), format!("{what}{by}").trim_end_matches(':').to_owned()];
    if let [only] = mark.items.as_slice() {
        texts.insert(1, format!("{what}{by} {}", clean(&only.label)));
    }
    texts.dedup();
    texts
}

/// What was decided, in a word or two.
fn decided(choice: OverflowChoice) -> &'static str {
    match choice {
        OverflowChoice::SwapOut => "swapped out",
        OverflowChoice::AcceptSlip => "slip accepted",
        OverflowChoice::ReduceScope => "scope reduced",
        OverflowChoice::CancelSprint => "Sprint cancelled",
    }
}

/// What an arrival may say, the best first: the gravest with their hours, the others with their title alone.
pub(super) fn arrival(arrival: &Arrival, grave: bool) -> Vec<String> {
    let title = clean(&arrival.title);
    let takes = arrival.takes.filter(|takes| *takes > Minutes::ZERO).map(hours);
    match takes {
        Some(takes) if grave => vec![format!("{title}, {takes}"), title],
        _ => vec![title],
    }
}

/// The value of a line that steps, at a place of the plot.
pub(super) fn value_at(line: &[UpPoint], x: f64) -> f64 {
    step_at(line, x).or_else(|| line.first().map(|point| point.amount)).unwrap_or_default().in_points()
}

/// The text alternative, in two to four sentences.
pub(super) fn description(lanes: &TwoLanes) -> String {
    let (burn, buffer) = (&lanes.up.burn, &lanes.buffer);
    let mut text = burn_words::span(burn, "Plan and buffer");
    if lanes.up.done.is_empty() {
        let verb = if burn.committed == one() { "is" } else { "are" };
        text.push_str(&format!(
            " The Sprint has not been started; {} {verb} selected; {}.",
            amount(burn.committed, burn.unit),
            buffer_said(lanes)
        ));
        return text;
    }
    let left = burn.end.remaining;
    let verb = if burn.done == one() { "is" } else { "are" };
    text.push_str(&format!(
        " {} {verb} done of a scope of {}; {} {} left.",
        capital(&amount(burn.done, burn.unit)),
        plain(lanes.up.scope_now().in_points()),
        plain(left.in_points()),
        if left == one() { "is" } else { "are" },
    ));
    text.push_str(&format!(" {}.", capital(&story(buffer))));
    let changes = burn_words::changes_of_plan(burn);
    let outcome = burn_words::outcome(burn);
    if changes.is_empty() {
        text.push_str(&outcome);
    } else {
        let outcome = outcome.trim();
        let mut letters = outcome.chars();
        let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
        text.push_str(&format!(" {}; {first}{}", capital(&changes), letters.as_str()));
    }
    text
}

/// What happened to the buffer: “the buffer of 20 h took 26.5 h, and was used up on Friday; …”.
fn story(buffer: &BufferLane) -> String {
    let mut parts = Vec::new();
    let expected = match buffer.expected {
        Minutes::ZERO => String::new(),
        some => format!(", {} of it expected", hours(some)),
    };
    parts.push(match buffer.kept {
        Some(kept) => {
            format!("{} of {} kept for the buffer are used{expected}", number(buffer.total), hours(kept))
        }
        None => {
            format!("{} were unplanned{expected}, and how much was kept is not known", hours(buffer.total))
        }
    });
    if let Some(day) = buffer.over_since.filter(|_| buffer.over > Minutes::ZERO) {
        parts.push(format!("it was used up on {}", ticks::weekday_in_full(day)));
    }
    let interrupts = buffer.arrivals.iter().filter(|mark| mark.arrival.severity.is_some()).count() as u32;
    if interrupts > 0 {
        let gravest = buffer.arrivals.iter().filter_map(|mark| mark.arrival.severity).min();
        let gravest = gravest.map_or_else(String::new, |severity| {
            format!(", the gravest {}", clean(buffer.severities.of(severity)))
        });
        parts.push(format!("{} arrived{gravest}", counted(interrupts, "interrupt")));
    }
    if buffer.unknown > 0 {
        parts.push(format!("how long {} took is not known", counted(buffer.unknown, "arrival")));
    }
    let decisions: Vec<&str> = buffer.decisions.iter().map(|mark| decided(mark.choice)).collect();
    if !decisions.is_empty() {
        parts.push(format!("decided: {}", decisions.join(", ")));
    }
    parts.join("; ")
}

/// A row for each day.
pub(super) fn table(lanes: &TwoLanes) -> ChartTable {
    let (burn, buffer) = (&lanes.up.burn, &lanes.buffer);
    let unit = match burn.unit {
        Unit::Points => "points",
        Unit::Items => "items",
    };
    let left = format!("Left ({unit})");
    let columns =
        ["Day", &left, "Scope", "Done", "Buffer used (h)", "Drawn (h)", "Of the limit", "What happened"];
    let mut notes: Vec<Vec<String>> = vec![Vec::new(); burn.days.len()];
    let mut note = |x: f64, text: String| {
        if let Some(day) = notes.get_mut(burn_words::day_of(burn, x)) {
            day.push(text);
        }
    };
    for mark in marks(lanes) {
        note(mark.x, Said::of(&mark).in_full());
    }
    for mark in &buffer.arrivals {
        note(mark.x, arrived(&mark.arrival, &buffer.severities));
    }
    for mark in &buffer.decisions {
        note(mark.x, decided_in_full(mark));
    }
    let rows = burn.days.iter().zip(&buffer.days).zip(&notes).map(|((day, of_buffer), notes)| {
        let size = |size: Option<Amount>| size.map_or_else(String::new, |size| plain(size.in_points()));
        let past = day.remaining.is_some();
        let of_limit = of_buffer.used.zip(buffer.kept).filter(|(_, kept)| *kept > Minutes::ZERO);
        vec![
            burn_words::day_name(day),
            size(day.remaining),
            size(day.scope),
            if past { plain(day.done.in_points()) } else { String::new() },
            of_buffer.used.map_or_else(String::new, number),
            if past { number(of_buffer.drawn) } else { String::new() },
            of_limit.map_or_else(String::new, |(used, kept)| {
                format!("{} %", (used.in_hours() / kept.in_hours() * 100.0).round())
            }),
            notes.join("; "),
        ]
    });
    ChartTable { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// “P1 I-4 Payouts are stuck: 11 h”.
fn arrived(arrival: &Arrival, names: &SeverityNames) -> String {
    let severity = arrival.severity.map(|severity| clean(names.of(severity)));
    let takes = match arrival.takes {
        Some(takes) => format!(": {}", hours(takes)),
        None => ": hours not known".to_owned(),
    };
    let lane = if arrival.in_buffer { "" } else { ", on a planned lane" };
    let (label, title) = (clean(&arrival.label), clean(&arrival.title));
    let named: Vec<String> =
        severity.into_iter().chain([label, title]).filter(|part| !part.is_empty()).collect();
    format!("{}{takes}{lane}", named.join(" "))
}

/// “swapped out PAY-12 Pending refunds: the payouts took what was kept”.
fn decided_in_full(mark: &DecisionMark) -> String {
    let items: Vec<String> =
        mark.items.iter().map(|item| format!("{} {}", clean(&item.label), clean(&item.title))).collect();
    let items = if items.is_empty() { String::new() } else { format!(" {}", items.join(", ")) };
    format!("{}{items}: {}", decided(mark.choice), clean(&mark.reason))
}

/// What to say at which place: the start, the end of each day in both lanes, each mark, arrival and decision.
pub(super) fn points(lanes: &TwoLanes, plan: &Scale, hour_scale: &Scale) -> Vec<ChartPoint> {
    let (burn, buffer) = (&lanes.up.burn, &lanes.buffer);
    let mut points = Vec::new();
    let mut say = |(x, y): (f64, f64), label: String, behind: Option<Behind>| {
        points.push(ChartPoint { x, y, label, behind });
    };
    let committed = burn.committed.in_points();
    if let Some(start) = lanes.up.scope.first() {
        let label = format!("Start: {} committed", amount(burn.committed, burn.unit));
        say(plan.at(start.x, committed), label, Some(Behind::Commitment));
    }
    let name = |index: usize| {
        burn.days.get(index).map_or_else(String::new, |day| {
            format!("{} {}", ticks::weekday(day.day), ticks::day_and_month(day.day))
        })
    };
    for (index, day) in burn.days.iter().enumerate() {
        let (Some(scope), Some(left)) = (day.scope, day.remaining) else { continue };
        let end = (index as f64 + 1.0).min(burn.end.x.max(0.0));
        let done = scope - left;
        let label = format!(
            "{}: {} left of a scope of {}",
            name(index),
            amount(left, burn.unit),
            plain(scope.in_points())
        );
        say(plan.at(end, committed - done.in_points()), label, Some(Behind::Day(day.day)));
        if let Some((used, drawn)) = buffer.days.get(index).and_then(|one| Some((one.used?, one.drawn))) {
            let of = buffer.kept.map_or_else(String::new, |kept| format!(" of {}", hours(kept)));
            let drew =
                if drawn > Minutes::ZERO { format!(", {} that day", hours(drawn)) } else { String::new() };
            let label = format!("{}: {}{of} used of the buffer{drew}", name(index), number(used));
            let label = if of.is_empty() {
                format!("{}: {} unplanned{drew}", name(index), hours(used))
            } else {
                label
            };
            say(hour_scale.at(end, used.in_hours()), label, Some(Behind::Day(day.day)));
        }
    }
    for mark in marks(lanes) {
        let on_floor = mark.scope_change != Amount::ZERO;
        let height = if on_floor {
            committed - mark.scope.in_points()
        } else {
            committed - (mark.scope - mark.remaining).in_points()
        };
        let day = name(burn_words::day_of(burn, mark.x));
        let label =
            format!("{day}: {}; {} left", Said::of(&mark).in_full(), amount(mark.remaining, burn.unit));
        say(plan.at(mark.x, height), label, Some(Behind::Item(mark.item)));
    }
    for mark in &buffer.arrivals {
        let behind = match mark.arrival.what {
            Drawer::Interrupt(id) => Behind::Interrupt(id),
            Drawer::Item(id) => Behind::Item(id),
        };
        let day = name(burn_words::day_of(burn, mark.x));
        let label = format!("{day}: {}", arrived(&mark.arrival, &buffer.severities));
        say(hour_scale.at(mark.x, mark.used.in_hours()), label, Some(behind));
    }
    for mark in &buffer.decisions {
        let index = burn_words::day_of(burn, mark.x);
        let behind = burn.days.get(index).map(|day| Behind::Day(day.day));
        let label = format!("{}: {}", name(index), decided_in_full(mark));
        say(hour_scale.at(mark.x, mark.used.in_hours()), label, behind);
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}
