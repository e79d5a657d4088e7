//! What a burn-down says in words.
//!
//! 1. The title is the finding; the sub-title says what is counted and what the grey line is.
//! 2. One point is a point, many are points; numbers have no needless zeros.
//! 3. Work that has no size is named, never counted as nothing in silence.

use crate::fig::Scale;
use crate::fonts::one_line;
use crate::frame::capital;
use crate::ticks::{self, plain};
use crate::{ChartPoint, ChartTable};
use domain::backlog::Origin;
use domain::flow::{BurnDay, BurnDown, BurnMark, BurnMarkKind, Unit};
use domain::measures::Size as Amount;

/// The longest name or title that goes into a text, in characters.
const LONGEST: usize = 200;
/// More marks than this say what they are together, in the sub-title, and have no labels of their own.
pub(super) const MANY: u32 = 24;

/// “Sprint 42: 17 points left, 3 working days”.
pub(super) fn title(burn: &BurnDown) -> String {
    format!("{}: {}", name(burn), finding(burn))
}

/// The Sprint's name, safe to draw.
pub(super) fn name(burn: &BurnDown) -> String {
    let name = clean(&burn.sprint);
    if name.is_empty() { "Sprint".to_owned() } else { name }
}

/// The title without the Sprint's name.
pub(super) fn finding(burn: &BurnDown) -> String {
    let unit = burn.unit;
    if burn.actual.is_empty() {
        return match burn.committed {
            none if none <= Amount::ZERO => "not started".to_owned(),
            planned => format!("not started, {} selected", amount(planned, unit)),
        };
    }
    let left = burn.end.remaining;
    let nothing_left = left <= Amount::ZERO;
    let overdue = overdue(burn);
    let done = if burn.done > Amount::ZERO {
        format!("all {} done", amount(burn.done, unit))
    } else {
        String::new()
    };
    let done = if burn.done == one() { format!("the only {} done", singular(unit)) } else { done };
    let unsized_items = match burn.unsized_items {
        0 => String::new(),
        n => format!(", {} unsized", counted(n, "item")),
    };
    match (burn.closed, nothing_left) {
        (_, true) if done.is_empty() && burn.unsized_items > 0 => {
            format!("nothing sized in it{unsized_items}")
        }
        (true, true) if done.is_empty() => "closed, nothing was in it".to_owned(),
        (true, true) => format!("{done}{unsized_items}"),
        (true, false) => format!("closed with {} not done", amount(left, unit)),
        (false, true) if done.is_empty() => "nothing in it yet".to_owned(),
        (false, true) if overdue > 0 => format!("{done}{unsized_items}, not closed yet"),
        (false, true) => format!("{done}{unsized_items}, {}", days_left(burn)),
        (false, false) if overdue > 0 => {
            format!("{} left, overdue by {}", amount(left, unit), counted(overdue as u32, "day"))
        }
        (false, false) => format!("{} left, {}", amount(left, unit), days_left(burn)),
    }
}

/// What is drawn, the longest text first; the last says the least that must be said.
pub(super) fn subtitles(burn: &BurnDown) -> Vec<String> {
    let unit = counted_in(burn);
    let (flat, short) = if burn.days.iter().any(|day| day.shaded) {
        ("Grey line: ideal pace, flat on days off.", "Grey line: ideal pace.")
    } else {
        ("Grey line: ideal pace.", "Grey line: ideal pace.")
    };
    let changes = Changes::of(burn);
    let arrows = match changes.times {
        0 => String::new(),
        n if n > MANY => format!(" Arrows: {n} changes of scope, {}.", changes.sums()),
        _ => " Arrows: changes of scope.".to_owned(),
    };
    let diamonds = if changes.buffer > 0 { " Diamonds: interrupts in the buffer." } else { "" };
    let mut subtitles = vec![
        format!("{unit} {flat}{arrows}{diamonds}"),
        format!("{unit} {short}{arrows}{diamonds}"),
        format!("{unit}{arrows}{diamonds}"),
        format!("{unit}{arrows}"),
        format!("{unit} {short}"),
        unit,
    ];
    subtitles.dedup();
    subtitles
}

/// “Story points remaining.”, with what is counted instead, or not at all, and why.
fn counted_in(burn: &BurnDown) -> String {
    match (burn.unit, burn.too_few_sized, burn.unsized_items) {
        (Unit::Items, Some(count), _) => {
            format!("Items remaining, because only {} of {} are sized.", count.sized, count.items)
        }
        (Unit::Items, None, _) => "Items remaining.".to_owned(),
        (Unit::Points, _, 0) => "Story points remaining.".to_owned(),
        (Unit::Points, _, n) => format!(
            "Story points remaining; {} count{} 0.",
            counted(n, "unsized item"),
            if n == 1 { "s" } else { "" }
        ),
    }
}

/// “17 left”.
pub(super) fn left(burn: &BurnDown) -> String {
    format!("{} left", plain(burn.end.remaining.in_points()))
}

/// The text alternative, in two to four sentences.
pub(super) fn description(burn: &BurnDown) -> String {
    let unit = burn.unit;
    let (Some(first), Some(last)) = (burn.days.first(), burn.days.last()) else { return String::new() };
    let date = |day: &BurnDay| format!("{} {}", ticks::weekday_in_full(day.day), ticks::in_full(day.day));
    let year = ticks::year(last.day);
    let short = |day: &BurnDay| date(day).trim_end_matches(&format!(" {year}")).to_owned();
    let working = burn.days.iter().filter(|day| day.working).count();
    let why = match (unit, burn.too_few_sized) {
        (Unit::Points, _) => "in story points".to_owned(),
        (Unit::Items, None) => "in items".to_owned(),
        (Unit::Items, Some(count)) => {
            format!("in items, because only {} of {} are sized", count.sized, count.items)
        }
    };
    let span =
        if first.day == last.day { date(first) } else { format!("{} to {}", short(first), date(last)) };
    let mut text =
        format!("Burn-down of {}, {span}, {}, {why}.", name(burn), counted(working as u32, "working day"));

    if burn.actual.is_empty() {
        let planned = amount(burn.committed, unit);
        text.push_str(&format!(
            " The Sprint has not been started; {planned} {} selected.",
            is_are(burn.committed)
        ));
        return text;
    }
    let when = burn.days.get(today(burn)).map(short).unwrap_or_default();
    let unfinished = burn.end.remaining > Amount::ZERO;
    let pace = ideal_at(burn, burn.end.x).filter(|_| unfinished).map_or_else(String::new, |ideal| {
        let over = tenths(burn.end.remaining.in_points()) - tenths(ideal);
        if over > 0.0 {
            format!(", {} more than the ideal pace", tenth(over))
        } else if over < 0.0 {
            format!(", {} less than the ideal pace", tenth(-over))
        } else {
            ", exactly the ideal pace".to_owned()
        }
    });
    text.push_str(&format!(
        " {} committed at the start; {} {} done and {} {} {} {when}{pace}.",
        match burn.committed {
            none if none <= Amount::ZERO => "Nothing was".to_owned(),
            some => format!("{} {}", amount(some, unit), if some == one() { "was" } else { "were" }),
        },
        plain(burn.done.in_points()),
        is_are(burn.done),
        plain(burn.end.remaining.in_points()),
        if burn.end.remaining == one() { "remains" } else { "remain" },
        if burn.closed { "at the close on" } else { "on" },
    ));
    text.push_str(&changes(burn));
    text.push_str(&outcome(burn));
    text
}

/// The sentence about scope and reopened work; empty where neither changed.
fn changes(burn: &BurnDown) -> String {
    let changes = Changes::of(burn);
    let mut parts = Vec::new();
    if changes.times > 0 {
        let times = if changes.times == 1 { "once".to_owned() } else { format!("{} times", changes.times) };
        parts.push(format!("the scope changed {times}, by {}", changes.sums()));
    }
    if changes.buffer > 0 {
        parts.push(format!("{} went to the buffer", counted(changes.buffer, "interrupt")));
    }
    if changes.reopened > 0 {
        let were = if changes.reopened == 1 { "was" } else { "were" };
        parts.push(format!("{} {were} reopened", counted(changes.reopened, "done item")));
    }
    if parts.is_empty() { String::new() } else { format!(" {}.", capital(&parts.join("; "))) }
}

/// All marks, counted.
#[derive(Default)]
struct Changes {
    /// Changes of scope.
    times: u32,
    added: f64,
    removed: f64,
    /// Interrupts in the buffer.
    buffer: u32,
    reopened: u32,
}

impl Changes {
    fn of(burn: &BurnDown) -> Changes {
        let mut changes = Changes::default();
        for mark in &burn.marks {
            let change = mark.change.in_points();
            if mark.kind == BurnMarkKind::Reopened {
                changes.reopened += 1;
            } else if !mark.moves {
                changes.buffer += 1;
            } else {
                changes.times += 1;
                changes.added += change.max(0.0);
                changes.removed -= change.min(0.0);
            }
        }
        changes
    }

    fn sums(&self) -> String {
        match (self.added > 0.0, self.removed > 0.0) {
            (true, true) => format!("+ {} and − {}", plain(self.added), plain(self.removed)),
            (true, false) => format!("+ {}", plain(self.added)),
            (false, true) => format!("− {}", plain(self.removed)),
            (false, false) => "nothing that has a size".to_owned(),
        }
    }
}

/// The last sentence: how much time is left, or how it ended.
fn outcome(burn: &BurnDown) -> String {
    let nothing_left = burn.end.remaining <= Amount::ZERO;
    let unsized_items = match burn.unsized_items {
        0 => String::new(),
        1 => "; 1 item has no size and counts 0".to_owned(),
        n => format!("; {n} items have no size and count 0"),
    };
    let text = match (burn.closed, overdue(burn)) {
        (true, _) if nothing_left => "The Sprint was closed with nothing left".to_owned(),
        (true, _) => "The Sprint was closed with unfinished work".to_owned(),
        (false, 0) => {
            let are = if burn.working_days_left == 1 { "is" } else { "are" };
            let days = match burn.working_days_left {
                0 => "no working days".to_owned(),
                n => counted(n, "working day"),
            };
            format!("There {are} {days} left")
        }
        (false, days) => format!("The Sprint is overdue by {}", counted(days as u32, "day")),
    };
    format!(" {text}{unsized_items}.")
}

/// A row for each day.
pub(super) fn table(burn: &BurnDown) -> ChartTable {
    let unit = match burn.unit {
        Unit::Points => "points",
        Unit::Items => "items",
    };
    let columns = ["Day", &format!("Remaining ({unit})"), "Ideal", "Done", "Scope change", "What changed"];
    let mut notes: Vec<Vec<String>> = vec![Vec::new(); burn.days.len()];
    for mark in &burn.marks {
        if let Some(day) = notes.get_mut(day_of(burn, mark.x)) {
            day.push(Said::of(mark).in_full());
        }
    }
    let rows = burn.days.iter().zip(notes).enumerate().map(|(index, (day, notes))| {
        let past = day.remaining.is_some();
        vec![
            format!(
                "{} {}{}",
                ticks::weekday(day.day),
                ticks::day_and_month(day.day),
                if day.shaded { ", day off" } else { "" }
            ),
            day.remaining.map_or_else(String::new, |left| plain(left.in_points())),
            ideal_at(burn, index as f64 + 1.0).map_or_else(String::new, |ideal| tenth(tenths(ideal))),
            if past { plain(day.done.in_points()) } else { String::new() },
            if past { signed(day.scope_change) } else { String::new() },
            notes.join("; "),
        ]
    });
    ChartTable { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// What to say at which place: the start, each mark, the end of each day.
pub(super) fn points(burn: &BurnDown, scale: &Scale) -> Vec<ChartPoint> {
    let mut points = Vec::new();
    let mut say = |x: f64, value: f64, label: String| {
        let (x, y) = scale.at(x, value);
        points.push(ChartPoint { x, y, label });
    };
    if let Some(start) = burn.actual.first() {
        let committed = capital(&amount(burn.committed, burn.unit));
        say(start.x, start.remaining.in_points(), format!("Start: {committed} committed"));
    }
    for (index, day) in burn.days.iter().enumerate() {
        let Some(left) = day.remaining else { continue };
        let end = (index as f64 + 1.0).min(burn.end.x.max(0.0));
        let mut label = format!(
            "{} {}: {} left",
            ticks::weekday(day.day),
            ticks::day_and_month(day.day),
            amount(left, burn.unit)
        );
        if let Some(ideal) = ideal_at(burn, end) {
            label.push_str(&format!(", ideal {}", tenth(tenths(ideal))));
        }
        let done = day.done.in_points();
        if done > 0.0 {
            label.push_str(&format!(", {} done", plain(done)));
        } else if done < 0.0 {
            label.push_str(&format!(", {} reopened", plain(-done)));
        }
        if day.scope_change != Amount::ZERO {
            label.push_str(&format!(", scope {}", signed(day.scope_change)));
        }
        say(end, left.in_points(), label);
    }
    for mark in &burn.marks {
        let day = burn.days.get(day_of(burn, mark.x)).map_or_else(String::new, |day| {
            format!("{} {}: ", ticks::weekday(day.day), ticks::day_and_month(day.day))
        });
        let said = Said::of(mark).in_full();
        say(
            mark.x,
            mark.remaining.in_points(),
            format!("{day}{said}; {} left", amount(mark.remaining, burn.unit)),
        );
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}

/// What is said of one mark.
pub(super) struct Said {
    /// “+ 5”, or “+” and “−” alone for an item that changes nothing because it has no size.
    pub amount: String,
    /// The item's title, safe to draw.
    pub title: String,
    /// Where it came from or what became of it: “pulled in”.
    note: &'static str,
    /// Whether it is an interrupt in the buffer; a label says so by its diamond.
    in_buffer: bool,
}

impl Said {
    pub(super) fn of(mark: &BurnMark) -> Said {
        let note = match mark.kind {
            BurnMarkKind::Added(Origin::Interrupt) => "interrupt",
            BurnMarkKind::Added(Origin::PulledIn) => "pulled in",
            BurnMarkKind::Added(Origin::ScopeCreep) => "scope creep",
            BurnMarkKind::Added(Origin::Discovered) => "discovered",
            BurnMarkKind::Added(Origin::Reopened) => "done before",
            BurnMarkKind::Removed => "taken out",
            BurnMarkKind::Cancelled => "cancelled",
            BurnMarkKind::Resized => "re-sized",
            BurnMarkKind::Reopened => "reopened",
        };
        let amount = match (signed(mark.change), mark.kind) {
            (sign, _) if !sign.is_empty() => sign,
            (_, BurnMarkKind::Added(_)) => "+".to_owned(),
            (_, BurnMarkKind::Removed | BurnMarkKind::Cancelled) => "−".to_owned(),
            _ => String::new(),
        };
        Said { amount, title: clean(&mark.title), note, in_buffer: !mark.moves }
    }

    /// “+ 5 payment retry · pulled in”, with as much of the title as is given; without one “+ 5 pulled in”.
    pub(super) fn with_title(&self, title: &str) -> String {
        let dot = if title.is_empty() { "" } else { "·" };
        let parts = [self.amount.as_str(), title, dot, self.note];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }

    /// “+ 5 payment retry (pulled in)”.
    fn in_full(&self) -> String {
        let place = if self.in_buffer { ", in the buffer" } else { "" };
        [self.amount.clone(), self.title.clone(), format!("({}{place})", self.note)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// What a shared label may say, the best first, and whether it is a bare sum: “+ 8, 3 items”, “+ 8”. A title is
/// shortened by the caller's measure.
pub(super) fn several<'a>(
    marks: impl Iterator<Item = &'a BurnMark>,
    unit: Unit,
    shortened: impl Fn(&str) -> String,
) -> Vec<(String, bool)> {
    let (moving, buffer): (Vec<_>, Vec<_>) = marks.partition(|mark| mark.moves);
    let in_buffer = match buffer.len() as u32 {
        0 => String::new(),
        n => format!("{} in the buffer", counted(n, "interrupt")),
    };
    let (texts, bare) = match moving.as_slice() {
        [] => return vec![(in_buffer, false)],
        [only] => {
            let said = Said::of(only);
            (vec![said.with_title(&shortened(&said.title)), said.with_title("")], said.amount)
        }
        many => sum_of(many, unit),
    };
    let with_buffer =
        |text: &String| if in_buffer.is_empty() { text.clone() } else { format!("{text}; {in_buffer}") };
    let mut all: Vec<(String, bool)> = texts.iter().map(|text| (with_buffer(text), false)).collect();
    all.push((bare, true));
    all.retain(|(text, _)| !text.is_empty());
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

/// The sum of several marks with what they are, and the bare sum.
fn sum_of(marks: &[&BurnMark], unit: Unit) -> (Vec<String>, String) {
    let count = marks.len() as u32;
    let all = |test: &dyn Fn(BurnMarkKind) -> bool| marks.iter().all(|mark| test(mark.kind));
    let what = if all(&|kind| kind == BurnMarkKind::Reopened) {
        "reopened"
    } else if all(&|kind| matches!(kind, BurnMarkKind::Added(_))) {
        "items"
    } else if all(&|kind| matches!(kind, BurnMarkKind::Removed | BurnMarkKind::Cancelled)) {
        "items out"
    } else if all(&|kind| kind == BurnMarkKind::Resized) {
        "re-sized"
    } else {
        "changes"
    };
    let (mut added, mut removed) = (0.0_f64, 0.0_f64);
    for mark in marks {
        let change = mark.change.in_points();
        if change >= 0.0 { added += change } else { removed -= change }
    }
    let sum = match (added > 0.0, removed > 0.0) {
        (false, false) => return (vec![format!("{count} {what}")], String::new()),
        (true, false) => format!("+ {}", plain(added)),
        (false, true) => format!("− {}", plain(removed)),
        (true, true) => format!("+ {} − {}", plain(added), plain(removed)),
    };
    // Where items are counted, the sum says how many they are.
    let told = unit == Unit::Items && what != "changes" && added.max(removed) == f64::from(count);
    let full = if told { format!("{sum} {what}") } else { format!("{sum}, {count} {what}") };
    (vec![full], sum)
}

/// What marks add to the line less what they take from it.
pub(super) fn net<'a>(marks: impl Iterator<Item = &'a BurnMark>) -> f64 {
    marks.filter(|mark| mark.moves).map(|mark| mark.change.in_points()).sum()
}

/// The ideal line's value; none where there is no line. Before its first corner it is level, after its last too.
pub(super) fn ideal_at(burn: &BurnDown, x: f64) -> Option<f64> {
    let after = burn.ideal.partition_point(|corner| corner.x <= x);
    let (before, next) =
        (after.checked_sub(1).and_then(|index| burn.ideal.get(index)), burn.ideal.get(after));
    match (before, next) {
        (Some(a), Some(b)) => Some(a.remaining + (b.remaining - a.remaining) * (x - a.x) / (b.x - a.x)),
        (Some(only), None) | (None, Some(only)) => Some(only.remaining),
        (None, None) => None,
    }
}

/// The actual line's value; none before its start.
pub(super) fn actual_at(burn: &BurnDown, x: f64) -> Option<f64> {
    let after = burn.actual.partition_point(|point| point.x <= x);
    after.checked_sub(1).and_then(|index| burn.actual.get(index)).map(|point| point.remaining.in_points())
}

/// How many days a Sprint that goes on lies past its planned last day.
fn overdue(burn: &BurnDown) -> i64 {
    let today = burn.days.get(today(burn)).map_or(burn.last_day, |day| day.day);
    if burn.closed { 0 } else { burn.last_day.days_until(today).clamp(0, i64::from(u32::MAX)) }
}

/// The day on which the actual line ends, as an index.
fn today(burn: &BurnDown) -> usize {
    day_of(burn, burn.end.x)
}

fn day_of(burn: &BurnDown, x: f64) -> usize {
    (x.max(0.0) as usize).min(burn.days.len().saturating_sub(1))
}

fn days_left(burn: &BurnDown) -> String {
    match burn.working_days_left {
        0 => "no working days".to_owned(),
        n => counted(n, "working day"),
    }
}

/// “17 points”, “1 item”.
fn amount(size: Amount, unit: Unit) -> String {
    let many = if size == one() { "" } else { "s" };
    format!("{} {}{many}", plain(size.in_points()), singular(unit))
}

fn singular(unit: Unit) -> &'static str {
    match unit {
        Unit::Points => "point",
        Unit::Items => "item",
    }
}

/// “+ 5”, “− 3”, nothing for nothing.
fn signed(change: Amount) -> String {
    let points = change.in_points();
    if points > 0.0 {
        format!("+ {}", plain(points))
    } else if points < 0.0 {
        format!("− {}", plain(-points))
    } else {
        String::new()
    }
}

/// “1 day”, “2 days”.
fn counted(count: u32, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn is_are(size: Amount) -> &'static str {
    if size == one() { "is" } else { "are" }
}

fn one() -> Amount {
    Amount::points(1)
}

/// A number in tenths.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round()
}

/// Tenths as a number.
fn tenth(tenths: f64) -> String {
    plain(tenths / 10.0)
}

fn clean(text: &str) -> String {
    let line = one_line(text);
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST).chain(['…']).collect() }
}
