//! What a burn-down says in words.
//!
//! 1. The title is the finding; the sub-title says what is counted, what the grey line is, and how likely the end is.
//! 2. Work that has no size is named, never counted as nothing in silence.
//! 3. A forecast is a range with words, never one number.

use crate::fig::Scale;
use crate::frame::capital;
use crate::ticks::{self, plain};
use crate::words::{amount, clean, counted, is_are, one, signed, singular, tenth, tenths};
use crate::{ChartPoint, ChartTable};
use domain::backlog::Origin;
use domain::calendar::Day;
use domain::flow::{
    Behind, BurnDay, BurnDown, BurnForecast, BurnMark, BurnMarkKind, ForecastDay, Ideal, Unit,
};
use domain::forecast::Likelihood;
use domain::measures::{Share, Size as Amount};

/// More marks than this say what they are together, in the sub-title, and have no labels of their own.
pub(crate) const MANY: u32 = 24;

/// “Sprint 42: 17 points left, 3 working days”.
pub(crate) fn title(burn: &BurnDown) -> String {
    format!("{}: {}", name(burn), finding(burn))
}

/// The Sprint's name, safe to draw.
pub(crate) fn name(burn: &BurnDown) -> String {
    let name = clean(&burn.sprint);
    if name.is_empty() { "Sprint".to_owned() } else { name }
}

/// The title without the Sprint's name.
pub(crate) fn finding(burn: &BurnDown) -> String {
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
    let (long, short) = ideal_said(burn);
    let changes = Changes::of(burn);
    let arrows = match changes.times {
        0 => String::new(),
        n if n > MANY => format!(" Arrows: {n} changes of scope, {}.", changes.sums()),
        _ => " Arrows: changes of scope.".to_owned(),
    };
    let diamonds = if changes.buffer > 0 { " Diamonds: items in the buffer." } else { "" };
    let chance = burn.forecast.as_ref().map_or_else(String::new, |forecast| {
        format!(" Cone: {} to be done by {}.", chance(forecast), weekday_of(burn.last_day))
    });
    let mut subtitles = vec![
        format!("{unit} {long}{arrows}{diamonds}{chance}"),
        format!("{unit} {short}{arrows}{diamonds}{chance}"),
    ];
    // How likely the end is matters more than what a diamond is.
    subtitles.extend((!chance.is_empty()).then(|| format!("{unit} {short}{arrows}{chance}")));
    subtitles.push(format!("{unit}{arrows}{diamonds}{chance}"));
    subtitles.push(format!("{unit}{arrows}{chance}"));
    subtitles.extend((!chance.is_empty()).then(|| format!("{unit}{chance}")));
    subtitles.push(format!("{unit} {short}"));
    subtitles.push(unit);
    subtitles.dedup();
    subtitles
}

/// What the grey line is, in a long and a short sentence.
fn ideal_said(burn: &BurnDown) -> (String, String) {
    let mut about = Vec::new();
    if burn.pace == Ideal::Weighted {
        about.push("by the hours of each day".to_owned());
    } else if burn.days.iter().any(|day| day.shaded) {
        about.push("flat on days off".to_owned());
    }
    let unset = if burn.hours_unset { " Nobody’s hours were set, so it falls evenly." } else { "" };
    let anew = burn.rebased.last().map(|line| format!("anew since {}", weekday_at(burn, line.x)));
    let short = match &anew {
        Some(anew) => format!("Grey line: ideal pace, {anew}.{unset}"),
        None if burn.pace == Ideal::Weighted => format!("Grey line: ideal pace, {}.", about.join(", ")),
        None => format!("Grey line: ideal pace.{unset}"),
    };
    about.extend(anew.map(|anew| format!("{anew}, when a change of scope was accepted")));
    let about = about.iter().map(|one| format!(", {one}")).collect::<String>();
    (format!("Grey line: ideal pace{about}.{unset}"), short)
}

/// “very unlikely (8 %)”.
pub(crate) fn chance(forecast: &BurnForecast) -> String {
    format!("{} ({})", Likelihood::of(forecast.chance), percent(forecast.chance))
}

/// “8 %”; what is hardly anything and what is nearly all are not rounded to nothing and all.
fn percent(chance: Share) -> String {
    match chance.in_basis_points() {
        0 => "0 %".to_owned(),
        ..100 => "below 1 %".to_owned(),
        points @ ..10_000 => format!("{} %", (points + 50).min(9_999) / 100),
        _ => "100 %".to_owned(),
    }
}

/// What the margin says of a forecast's end, whether it is what is most likely, and what is left then.
pub(super) fn forecast_labels(forecast: &BurnForecast) -> Vec<((String, bool), Amount)> {
    let Some(end) = forecast.days.last().map(|day| day.left) else { return Vec::new() };
    let number = |size: Amount| plain(size.in_points());
    let mut labels = vec![((format!("likely {} left", number(end.p50)), true), end.p50)];
    if end.p90 != end.p50 {
        labels.insert(0, ((format!("90 %: {} or less", number(end.p90)), false), end.p90));
    }
    if end.p10 != end.p50 {
        labels.push(((format!("10 %: {}", number(end.p10)), false), end.p10));
    }
    labels
}

/// “Fri”.
fn weekday_of(day: Day) -> &'static str {
    ticks::weekday(day)
}

fn weekday_at(burn: &BurnDown, x: f64) -> &'static str {
    burn.days.get(day_of(burn, x)).map_or("", |day| weekday_of(day.day))
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
    let mut text = span(burn, "Burn-down");
    if burn.actual.is_empty() {
        let planned = amount(burn.committed, unit);
        text.push_str(&format!(
            " The Sprint has not been started; {planned} {} selected.",
            is_are(burn.committed)
        ));
        return text;
    }
    let when = burn.days.get(today(burn)).map(|day| date_within(burn, day.day)).unwrap_or_default();
    let unfinished = burn.end.remaining > Amount::ZERO;
    let pace = burn.ideal_at(burn.end.x).filter(|_| unfinished).map_or_else(String::new, |ideal| {
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

/// The first sentence of a text alternative: what is drawn, from when to when, in what unit and why.
pub(crate) fn span(burn: &BurnDown, chart: &str) -> String {
    let (Some(first), Some(last)) = (burn.days.first(), burn.days.last()) else { return String::new() };
    let working = burn.days.iter().filter(|day| day.working).count();
    let why = match (burn.unit, burn.too_few_sized) {
        (Unit::Points, _) => "in story points".to_owned(),
        (Unit::Items, None) => "in items".to_owned(),
        (Unit::Items, Some(count)) => {
            format!("in items, because only {} of {} are sized", count.sized, count.items)
        }
    };
    let span = if first.day == last.day {
        date(first.day)
    } else {
        format!("{} to {}", date_within(burn, first.day), date(last.day))
    };
    format!("{chart} of {}, {span}, {}, {why}.", name(burn), counted(working as u32, "working day"))
}

/// “Friday 18 September 2026”.
fn date(day: Day) -> String {
    format!("{} {}", ticks::weekday_in_full(day), ticks::in_full(day))
}

/// The same without the year in which the plot ends.
pub(crate) fn date_within(burn: &BurnDown, day: Day) -> String {
    let year = burn.days.last().map_or(0, |last| ticks::year(last.day));
    date(day).trim_end_matches(&format!(" {year}")).to_owned()
}

/// The sentence about scope and reopened work; empty where neither changed.
pub(crate) fn changes(burn: &BurnDown) -> String {
    let said = Changes::of(burn).said();
    if said.is_empty() { said } else { format!(" {}.", capital(&said)) }
}

/// The same of the plan alone, without its full stop and its first capital; empty where nothing changed.
pub(crate) fn changes_of_plan(burn: &BurnDown) -> String {
    Changes { buffer: 0, ..Changes::of(burn) }.said()
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

    /// “the scope changed twice, by + 5 and − 3; 1 done item was reopened”; empty where nothing did.
    fn said(&self) -> String {
        let mut parts = Vec::new();
        if self.times > 0 {
            let times = if self.times == 1 { "once".to_owned() } else { format!("{} times", self.times) };
            parts.push(format!("the scope changed {times}, by {}", self.sums()));
        }
        if self.buffer > 0 {
            parts.push(format!("{} went to the buffer", counted(self.buffer, "item")));
        }
        if self.reopened > 0 {
            let were = if self.reopened == 1 { "was" } else { "were" };
            parts.push(format!("{} {were} reopened", counted(self.reopened, "done item")));
        }
        parts.join("; ")
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
pub(crate) fn outcome(burn: &BurnDown) -> String {
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
    let likely = burn.forecast.as_ref().map_or_else(String::new, |forecast| {
        let ends = forecast.days.last().map_or_else(String::new, |day| range(day, burn.unit));
        format!(
            "; by what was done in {} it is {} that nothing is left then{ends}",
            counted(forecast.history, "day"),
            chance(forecast)
        )
    });
    format!(" {text}{unsized_items}{likely}.")
}

/// “, likely 5 points, 0 to 9 in eight trials of ten”.
fn range(day: &ForecastDay, unit: Unit) -> String {
    let left = day.left;
    format!(
        ", likely {}, {} to {} in eight trials of ten",
        amount(left.p50, unit),
        plain(left.p10.in_points()),
        plain(left.p90.in_points())
    )
}

/// A row for each day; hours and what is likely have columns where they say something.
pub(super) fn table(burn: &BurnDown) -> ChartTable {
    let unit = match burn.unit {
        Unit::Points => "points",
        Unit::Items => "items",
    };
    let (weighted, forecast) = (burn.pace == Ideal::Weighted, burn.forecast.as_ref());
    let remaining = format!("Remaining ({unit})");
    let mut columns = vec!["Day", &remaining, "Ideal", "Done", "Scope change", "What changed"];
    columns.extend(weighted.then_some("Hours"));
    columns.extend(forecast.map(|_| "Likely left"));
    let notes = notes(burn);
    let rows = burn.days.iter().zip(notes).enumerate().map(|(index, (day, notes))| {
        let past = day.remaining.is_some();
        let end = index as f64 + 1.0;
        let mut row = vec![
            day_name(day),
            day.remaining.map_or_else(String::new, |left| plain(left.in_points())),
            burn.ideal_at(end).map_or_else(String::new, |ideal| tenth(tenths(ideal))),
            if past { plain(day.done.in_points()) } else { String::new() },
            if past { signed(day.scope_change) } else { String::new() },
            notes.join("; "),
        ];
        if weighted {
            let hours = day.hours.filter(|_| day.working);
            row.push(hours.map_or_else(String::new, |hours| tenth(tenths(hours.in_hours()))));
        }
        if let Some(forecast) = forecast {
            let likely = forecast.days.iter().find(|one| one.x == end && one.left.day > 0);
            row.push(likely.map_or_else(String::new, |one| {
                let number = |size: Amount| plain(size.in_points());
                format!("{} ({} to {})", number(one.left.p50), number(one.left.p10), number(one.left.p90))
            }));
        }
        row
    });
    let rows = rows.collect();
    ChartTable { columns: columns.into_iter().map(str::to_owned).collect(), rows }
}

/// “Sat 12 Sep, day off”.
pub(crate) fn day_name(day: &BurnDay) -> String {
    let off = if day.shaded { ", day off" } else { "" };
    format!("{} {}{off}", ticks::weekday(day.day), ticks::day_and_month(day.day))
}

/// What changed on each day, in words.
pub(crate) fn notes(burn: &BurnDown) -> Vec<Vec<String>> {
    let mut notes: Vec<Vec<String>> = vec![Vec::new(); burn.days.len()];
    for mark in &burn.marks {
        if let Some(day) = notes.get_mut(day_of(burn, mark.x)) {
            day.push(Said::of(mark).in_full());
        }
    }
    notes
}

/// What to say at which place: the start, each mark, the end of each day.
pub(super) fn points(burn: &BurnDown, scale: &Scale) -> Vec<ChartPoint> {
    let mut points = Vec::new();
    let mut say = |x: f64, value: f64, label: String, behind: Behind| {
        let (x, y) = scale.at(x, value);
        points.push(ChartPoint { x, y, label, behind: Some(behind) });
    };
    if let Some(start) = burn.actual.first() {
        let committed = capital(&amount(burn.committed, burn.unit));
        say(
            start.x,
            start.remaining.in_points(),
            format!("Start: {committed} committed"),
            Behind::Commitment,
        );
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
        if let Some(ideal) = burn.ideal_at(end) {
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
        say(end, left.in_points(), label, Behind::Day(day.day));
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
            Behind::Item(mark.item),
        );
    }
    for likely in burn.forecast.iter().flat_map(|forecast| &forecast.days).filter(|one| one.left.day > 0) {
        let Some(day) = burn.days.get(day_of(burn, likely.x - 0.5)) else { continue };
        let (x, y) = scale.at(likely.x, likely.left.p50.in_points());
        let day = format!("{} {}", ticks::weekday(day.day), ticks::day_and_month(day.day));
        let (left, number) = (likely.left, |size: Amount| plain(size.in_points()));
        let (low, high) = (number(left.p10), number(left.p90));
        let label = format!(
            "{day}: likely {} left, {low} to {high} in eight trials of ten",
            amount(left.p50, burn.unit)
        );
        points.push(ChartPoint { x, y, label, behind: None });
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}

/// What is said of one mark.
pub(crate) struct Said {
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
    pub(crate) fn of(mark: &BurnMark) -> Said {
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
    pub(crate) fn with_title(&self, title: &str) -> String {
        let dot = if title.is_empty() { "" } else { "·" };
        let parts = [self.amount.as_str(), title, dot, self.note];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }

    /// “+ 5 payment retry (pulled in)”.
    pub(crate) fn in_full(&self) -> String {
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
        n => format!("{} in the buffer", counted(n, "item")),
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

/// The actual line's value; none before its start.
pub(crate) fn actual_at(burn: &BurnDown, x: f64) -> Option<f64> {
    let after = burn.actual.partition_point(|point| point.x <= x);
    after.checked_sub(1).and_then(|index| burn.actual.get(index)).map(|point| point.remaining.in_points())
}

/// How many days a Sprint that goes on lies past its planned last day.
pub(crate) fn overdue(burn: &BurnDown) -> i64 {
    let today = burn.days.get(today(burn)).map_or(burn.last_day, |day| day.day);
    if burn.closed { 0 } else { burn.last_day.days_until(today).clamp(0, i64::from(u32::MAX)) }
}

/// The day on which the actual line ends, as an index.
pub(crate) fn today(burn: &BurnDown) -> usize {
    day_of(burn, burn.end.x)
}

pub(crate) fn day_of(burn: &BurnDown, x: f64) -> usize {
    (x.max(0.0) as usize).min(burn.days.len().saturating_sub(1))
}

pub(crate) fn days_left(burn: &BurnDown) -> String {
    match burn.working_days_left {
        0 => "no working days".to_owned(),
        n => counted(n, "working day"),
    }
}
