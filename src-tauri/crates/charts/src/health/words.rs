//! What the health of a backlog says in words.

use crate::ChartTable;
use crate::flow_words::{is_are, length};
use crate::frame::capital;
use crate::ticks::{self, plain};
use crate::words::{clean, counted};
use domain::backlog::WorkKind;
use domain::calendar::Day;
use domain::flow::{AgeSpan, BacklogHealth, KindFlow};

/// “84 open items: 12 without a size, 3 unsorted; debt grew by 7, bugs shrank by 2”.
pub(super) fn title(health: &BacklogHealth) -> String {
    findings(health).first().map_or_else(String::new, |finding| capital(finding))
}

/// The finding, from long to short.
pub(super) fn findings(health: &BacklogHealth) -> Vec<String> {
    let count = |count: u32| plain(f64::from(count));
    let grown: Vec<String> = health.kinds.iter().map(grown).collect();
    let grown = grown.join(", ");
    if health.open == 0 {
        return vec![format!("no item is open; {grown}"), "no item is open".to_owned()];
    }
    let lacking = match (health.without_size, health.unsorted) {
        (0, 0) => "all sized and sorted".to_owned(),
        (without, 0) => format!("{} without a size", count(without)),
        (0, unsorted) => format!("{} unsorted", count(unsorted)),
        (without, unsorted) => format!("{} without a size, {} unsorted", count(without), count(unsorted)),
    };
    vec![
        format!("{}: {lacking}; {grown}", open(health)),
        format!("{}: {lacking}", open(health)),
        format!("{} open, {lacking}", count(health.open)),
        format!("{} open, {} unsized", count(health.open), count(health.without_size)),
    ]
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(health: &BacklogHealth) -> Vec<String> {
    let day = format!("{} {}", ticks::day_and_month(health.day), ticks::year(health.day));
    let weeks = length(7 * health.weeks.len());
    let goes_on = match health.weeks.last() {
        Some(last) if last.plus(6) > health.day => " The last week goes on.",
        _ => "",
    };
    let flow = "what came in and what went out, by the week";
    vec![
        format!("Open items on {day}; {flow}, in {weeks}.{goes_on}"),
        format!("Open items on {day}; {flow}, in {weeks}."),
        format!("Open items on {day}; in and out by the week."),
        format!("Open items on {day}."),
    ]
}

/// “84 open items”.
fn open(health: &BacklogHealth) -> String {
    format!("{} open item{}", plain(f64::from(health.open)), if health.open == 1 { "" } else { "s" })
}

/// “debt grew by 7”.
fn grown(flow: &KindFlow) -> String {
    let name = plural(flow.kind);
    let (came, went) = (flow.all_came(), flow.all_went());
    match came.cmp(&went) {
        std::cmp::Ordering::Greater => format!("{name} grew by {}", plain(f64::from(came - went))),
        std::cmp::Ordering::Less => format!("{name} shrank by {}", plain(f64::from(went - came))),
        std::cmp::Ordering::Equal if came == 0 => format!("{name} did not move"),
        std::cmp::Ordering::Equal => format!("{name} stayed level"),
    }
}

fn plural(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Feature => "features",
        WorkKind::Bug => "bugs",
        WorkKind::Debt => "debt",
        WorkKind::Infrastructure => "infrastructure",
    }
}

/// The finding of the first small picture, the longest text first.
pub(super) fn lacking_findings(health: &BacklogHealth) -> Vec<String> {
    if health.open == 0 {
        return vec!["Nothing to size or to sort".to_owned()];
    }
    let sized = health.open - health.without_size.min(health.open);
    match (sized, health.open) {
        (0, 1) => vec!["The open item has no size".to_owned()],
        (0, _) => vec!["No open item has a size".to_owned(), "None has a size".to_owned()],
        (1, 1) => vec!["The open item has a size".to_owned()],
        (sized, all) if sized == all => {
            vec![format!("All {} have a size", open(health)), "All have a size".to_owned()]
        }
        (sized, all) => {
            let percent = percent(sized, all);
            vec![format!("{percent} of {} have a size", open(health)), format!("{percent} have a size")]
        }
    }
}

/// “12 of 84 without a size”.
pub(super) fn of_all(count: u32, all: u32, what: &str) -> String {
    let none = if count == 0 { "none".to_owned() } else { plain(f64::from(count)) };
    format!("{none} of {} {what}", plain(f64::from(all)))
}

/// The finding about ages, the longest text first.
pub(super) fn age_findings(health: &BacklogHealth) -> Vec<String> {
    let Some(median) = health.median_age else { return vec!["Nothing that grows old".to_owned()] };
    let old: u32 = health.ages.iter().filter(|span| span.from >= 182).map(|span| span.items).sum();
    let median = counted(median, "day");
    if old == 0 {
        return vec![
            format!("Half are {median} old or younger, none older than half a year"),
            format!("Half are {median} old or younger"),
            format!("Median age {median}"),
        ];
    }
    let part = if old >= health.open { "All".to_owned() } else { percent(old, health.open) };
    vec![
        format!("{part} are older than half a year; half are {median} old or younger"),
        format!("{part} are older than half a year"),
        format!("{part} over ½ year old"),
    ]
}

/// A span of ages below its bar.
pub(super) fn span_name(span: &AgeSpan, long: bool) -> String {
    let name = match (span.from, long) {
        (0, true) => "to 4 weeks",
        (28, true) => "1–3 months",
        (91, true) => "3–6 months",
        (182, true) => "6–12 months",
        (365, true) => "over a year",
        (0, false) => "< 1 m",
        (28, false) => "1–3 m",
        (91, false) => "3–6 m",
        (182, false) => "6–12 m",
        (365, false) => "> 1 y",
        (from, _) => return counted(from, "day"),
    };
    name.to_owned()
}

/// “12 open items are 3 to 6 months old”, exactly in days.
pub(super) fn aged(span: &AgeSpan) -> String {
    let ages = match span.to {
        Some(to) => format!("{} to {} days", span.from, to.saturating_sub(1)),
        None => format!("{} days or more", span.from),
    };
    format!("{} open, {ages} old", counted(span.items, "item"))
}

/// The finding about what came in and went out of a kind, the longest text first.
pub(super) fn flow_findings(health: &BacklogHealth, flow: &KindFlow) -> Vec<String> {
    let (came, went) = (plain(f64::from(flow.all_came())), plain(f64::from(flow.all_went())));
    let grown = capital(&grown(flow));
    let open = plain(f64::from(flow.open));
    let weeks = length(7 * health.weeks.len());
    vec![
        format!("{grown} in {weeks}: {came} in, {went} out; {open} open"),
        format!("{grown}: {came} in, {went} out; {open} open"),
        format!("{grown}: {came} in, {went} out"),
        grown,
    ]
}

/// “Week of 2 Nov: 3 came in, 1 went out (debt)”.
pub(super) fn week(flow: &KindFlow, monday: Day, came: u32, went: u32) -> String {
    format!(
        "Week of {}: {} came in, {} went out ({})",
        ticks::day_and_month(monday),
        plain(f64::from(came)),
        plain(f64::from(went)),
        plural(flow.kind)
    )
}

/// The text alternative.
pub(super) fn description(health: &BacklogHealth) -> String {
    let mut text = format!(
        "Health of the backlog on {}: {} {} open, {} without a size and {} without a kind.",
        ticks::in_full(health.day),
        if health.open == 0 { "no item".to_owned() } else { counted(health.open, "item") },
        is_are(health.open.max(1)),
        plain(f64::from(health.without_size)),
        plain(f64::from(health.unsorted)),
    );
    if let Some(median) = health.median_age {
        let spans: Vec<String> =
            health.ages.iter().map(|span| format!("{} {}", span_name(span, true), span.items)).collect();
        text.push_str(&format!(" Half are {} old or younger: {}.", counted(median, "day"), spans.join(", ")));
    }
    for flow in &health.kinds {
        text.push_str(&format!(
            " {} in {}: {} came in, {} went out, {} {} open.",
            capital(plural(flow.kind)),
            length(7 * health.weeks.len()),
            plain(f64::from(flow.all_came())),
            plain(f64::from(flow.all_went())),
            plain(f64::from(flow.open)),
            is_are(flow.open),
        ));
    }
    text
}

/// All figures: what lacks something, the ages, and each week.
pub(super) fn table(health: &BacklogHealth) -> ChartTable {
    let columns = ["What", "When or how old", "Items", "Came in", "Went out"];
    let row = |what: &str, when: String, items: Option<u32>, came: Option<u32>, went: Option<u32>| {
        let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
        vec![clean(what), when, number(items), number(came), number(went)]
    };
    let mut rows = vec![
        row("Open", health.day.to_string(), Some(health.open), None, None),
        row("Without a size", health.day.to_string(), Some(health.without_size), None, None),
        row("Unsorted", health.day.to_string(), Some(health.unsorted), None, None),
    ];
    for span in &health.ages {
        rows.push(row("Age", span_name(span, true), Some(span.items), None, None));
    }
    for flow in &health.kinds {
        let name = capital(plural(flow.kind));
        rows.push(row(&name, health.day.to_string(), Some(flow.open), None, None));
        for (at, week) in health.weeks.iter().enumerate() {
            let (came, went) = (flow.came.get(at).copied(), flow.went.get(at).copied());
            rows.push(row(&name, format!("week of {week}"), None, came, went));
        }
    }
    ChartTable { columns: columns.map(str::to_owned).to_vec(), rows }
}

/// “12 %” of a part that is neither nothing nor all, and is not rounded to either.
fn percent(part: u32, all: u32) -> String {
    let percent = (f64::from(part) * 100.0 / f64::from(all.max(1))).round().clamp(1.0, 99.0);
    format!("{} %", plain(percent))
}
