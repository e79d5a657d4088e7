//! What the interrupt load says in words.

use crate::place::Point;
use crate::ticks::{self, plain};
use crate::words::{as_of, counted, listed, name_or};
use crate::{ChartPoint, ChartTable};
use domain::flow::{Behind, InterruptLoad, Load, LoadSprint, NoLoad};

/// “Interrupt load: 18 % of the net hours in a usual Sprint, 27 % in a bad one”.
pub(super) fn title(load: &InterruptLoad) -> String {
    format!("Interrupt load: {}", finding(load, false))
}

/// The title without its name; short for a small picture.
pub(super) fn finding(load: &InterruptLoad, short: bool) -> String {
    let of = if load.of_net_hours && !short { " of the net hours" } else { "" };
    if let Some(percentiles) = load.percentiles {
        let (p50, p85) = (told(load, percentiles.p50), told(load, percentiles.p85));
        return if p50 == p85 {
            format!("{p50}{of} in a usual Sprint, and in a bad one")
        } else {
            format!("{p50}{of} in a usual Sprint, {p85} in a bad one")
        };
    }
    let known: Vec<f64> = load.sprints.iter().filter_map(|one| Some(one.load.amount()?.value())).collect();
    match known.as_slice() {
        [] => "not known in these Sprints".to_owned(),
        [only] => format!("{}{of} in the only Sprint that tells it", told(load, *only)),
        [one, other, ..] => format!("{} and {}{of}", told(load, *one), told(load, *other)),
    }
}

/// Why no Sprint tells its load, in two lines.
pub(super) fn nothing(load: &InterruptLoad) -> [&'static str; 2] {
    let because = |why: fn(&NoLoad) -> bool| {
        load.sprints.iter().any(|one| matches!(&one.load, Load::NotKnown(known) if why(known)))
    };
    if because(|why| matches!(why, NoLoad::Unknown(_))) {
        ["How long interrupts took was not written down.", "Write their hours down, or an estimate."]
    } else if because(|why| matches!(why, NoLoad::NothingWritten)) {
        ["Nothing unplanned was written down.", "That is no sign that there was nothing."]
    } else if because(|why| matches!(why, NoLoad::NoHours)) {
        ["Nobody’s hours were set.", "Set the members’ hours, and the next Sprints tell it."]
    } else {
        ["Only totals are known.", "The next Sprints tell it."]
    }
}

/// What stands after a number.
pub(super) fn unit(load: &InterruptLoad) -> &'static str {
    if load.of_net_hours { " %" } else { " h" }
}

/// “18 %”, “12.5 h”.
pub(super) fn told(load: &InterruptLoad, value: f64) -> String {
    format!("{}{}", plain(rounded(value)), unit(load))
}

/// Whole numbers from 10 on, tenths below.
pub(super) fn rounded(value: f64) -> f64 {
    if value >= 10.0 { value.round() } else { (value * 10.0).round() / 10.0 }
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(load: &InterruptLoad) -> Vec<String> {
    let what = if load.of_net_hours {
        "Hours that drew on the buffer, of all net hours"
    } else {
        "Hours that drew on the buffer; nobody’s net hours are known"
    };
    let day = as_of(load.as_of).map_or_else(String::new, |day| format!(", {day}"));
    let mark = if load.sprints.iter().any(|one| super::kept(load, one).is_some()) {
        " Mark: kept for it."
    } else {
        ""
    };
    let arrow = if load.sprints.iter().any(|one| matches!(one.load, Load::AtLeast(..))) {
        " Arrow: at least."
    } else {
        ""
    };
    let gaps =
        if load.sprints.iter().any(|one| one.load.amount().is_none()) { " “?”: not known." } else { "" };
    vec![
        format!("{what}{day}.{mark}{arrow}{gaps}"),
        format!("{what}{day}.{arrow}{gaps}"),
        format!("{what}{day}.{gaps}"),
        format!("{what}{day}."),
    ]
}

/// The text alternative.
pub(super) fn description(load: &InterruptLoad) -> String {
    let count = counted(load.sprints.len() as u32, "closed Sprint");
    let what = if load.of_net_hours {
        "part of the net hours that drew on the buffer"
    } else {
        "hours that drew on the buffer"
    };
    let mut text = format!("Interrupt load of {count}: the {what}");
    if let Some(day) = as_of(load.as_of) {
        text.push_str(&format!(", {day}"));
    }
    text.push('.');
    match load.percentiles {
        Some(of) => text.push_str(&format!(
            " Half of the {} that tell it have {} or less, 85 % have {} or less.",
            counted(of.sprints, "Sprint"),
            told(load, of.p50),
            told(load, of.p85)
        )),
        None => text.push_str(" Three Sprints that tell it are needed for percentiles."),
    }
    if load.of_net_hours {
        let over = load.sprints.iter().filter(|one| {
            super::kept(load, one).zip(one.load.amount()).is_some_and(|(kept, amount)| amount.value() > kept)
        });
        let over: Vec<String> = over.map(sprint).collect();
        if !over.is_empty() {
            text.push_str(&format!(" More than the buffer kept: {}.", listed(&over, 5)));
        }
    }
    let unknown: Vec<String> = load
        .sprints
        .iter()
        .filter_map(|one| match one.load {
            Load::NotKnown(why) => Some(format!("{} ({})", sprint(one), self::why(why))),
            _ => None,
        })
        .collect();
    if !unknown.is_empty() {
        text.push_str(&format!(" Not known: {}.", listed(&unknown, 5)));
    }
    text
}

/// A Sprint's name.
pub(super) fn sprint(one: &LoadSprint) -> String {
    name_or(&one.name, "Sprint")
}

/// Why a load is not known.
fn why(why: NoLoad) -> String {
    match why {
        NoLoad::OnlyTotals => "only totals are known".to_owned(),
        NoLoad::NoHours => "nobody’s hours were set".to_owned(),
        NoLoad::Unknown(count) => {
            format!("how long {} took was not written down", counted(count, "interrupt"))
        }
        NoLoad::NothingWritten => "nothing unplanned had been written down by then".to_owned(),
    }
}

/// A row for each Sprint, then the percentiles.
pub(super) fn table(load: &InterruptLoad) -> ChartTable {
    let columns = [
        "Sprint",
        "From",
        "To",
        "Drew on the buffer (h)",
        "Net hours",
        "Load (%)",
        "Buffer (%)",
        "Came in",
        "Not known",
    ];
    let number = |value: Option<f64>| value.map_or_else(String::new, plain);
    let row = |one: &LoadSprint| {
        let amount = one.load.amount();
        let share = amount.and_then(|amount| amount.share);
        vec![
            sprint(one),
            ticks::in_full(one.first_day),
            ticks::in_full(one.last_day),
            number(amount.map(|amount| amount.used.in_hours())),
            number(one.net.map(|net| net.in_hours())),
            number(share.map(|share| share.in_basis_points() as f64 / 100.0)),
            plain(one.buffer.in_basis_points() as f64 / 100.0),
            one.came.map_or_else(String::new, |came| came.to_string()),
            match one.load {
                Load::Known(_) => String::new(),
                Load::AtLeast(_, more) => format!("how long {} took", counted(more, "more interrupt")),
                Load::NotKnown(why) => self::why(why),
            },
        ]
    };
    let mut rows: Vec<Vec<String>> = load.sprints.iter().map(row).collect();
    if let Some(of) = load.percentiles {
        for (name, value) in [("50th percentile", of.p50), ("85th percentile", of.p85)] {
            let mut row = vec![String::new(); columns.len()];
            row[0] = name.to_owned();
            row[if load.of_net_hours { 5 } else { 3 }] = plain(value);
            rows.push(row);
        }
    }
    ChartTable { columns: columns.map(str::to_owned).to_vec(), rows }
}

/// What to say of each Sprint.
pub(super) fn points(load: &InterruptLoad, at: impl Fn(usize, f64) -> Point) -> Vec<ChartPoint> {
    let point = |(index, one): (usize, &LoadSprint)| {
        let (x, y) = at(index, one.load.amount().map_or(0.0, |amount| amount.value()));
        let name = sprint(one);
        let label = match one.load {
            Load::NotKnown(why) => format!("{name}: not known, {}", self::why(why)),
            Load::Known(amount) | Load::AtLeast(amount, _) => {
                let hours = amount.used;
                let mut label = match (amount.share, one.net) {
                    (Some(share), Some(net)) => format!(
                        "{name}: {} of the net hours, {hours} of {net}",
                        told(load, share.in_basis_points() as f64 / 100.0)
                    ),
                    _ => format!("{name}: {hours}"),
                };
                if let Load::AtLeast(_, more) = one.load {
                    label.push_str(&format!(
                        ", and how long {} took is not known",
                        counted(more, "more interrupt")
                    ));
                }
                if let Some(kept) = super::kept(load, one) {
                    label.push_str(&format!("; the buffer kept {}", told(load, kept)));
                }
                label
            }
        };
        ChartPoint { x, y, label, behind: Some(Behind::Sprint(one.id)) }
    };
    load.sprints.iter().enumerate().map(point).collect()
}
