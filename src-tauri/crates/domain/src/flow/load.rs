//! Interrupt load: which part of the net hours of each Sprint drew on its buffer.
//!
//! 1. The load of a Sprint = hours that drew on its buffer ÷ its net hours, at most all of them: the figure from which
//!    the next split is suggested. Where no Sprint knows its net hours, the hours themselves are told.
//! 2. What is not known is a gap with its reason, never 0 (1.4): only totals are known, nobody's hours were set, or
//!    nothing is known of what came in. Where a part is known, the load is at least that.
//! 3. Before the first thing that was ever written down as unplanned, nothing is known: a team that wrote none down is
//!    not one that had none.
//! 4. The 50th and the 85th percentile are loads that Sprints really had, by nearest rank; three are needed.

use super::figures::{BufferUse, ClosedSprint, Known};
use crate::calendar::Day;
use crate::capacity::PastSplit;
use crate::identity::SprintId;
use crate::measures::{Minutes, Share};

/// How many closed Sprints a trend shows where nobody says otherwise.
pub const TREND_SPRINTS: usize = 12;
/// How many loads percentiles need.
const NEEDED: usize = 3;

/// The interrupt load of Sprints.
#[derive(Debug, Clone, PartialEq)]
pub struct InterruptLoad {
    /// Whether loads are parts of the net hours; else they are hours, because nobody's hours are known.
    pub of_net_hours: bool,
    /// The day as of which it is told; none is today.
    pub as_of: Option<Day>,
    /// The Sprints, the latest last.
    pub sprints: Vec<LoadSprint>,
    /// The percentiles; none where fewer than three loads are known.
    pub percentiles: Option<Percentiles>,
}

/// The interrupt load of one Sprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadSprint {
    /// The Sprint.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// What is known.
    pub load: Load,
    /// Net minutes; none where they are not known.
    pub net: Option<Minutes>,
    /// The share that its buffer had.
    pub buffer: Share,
    /// Interrupts and items that came into the buffer; none where only totals are known.
    pub came: Option<u32>,
}

/// What is known of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// All of it.
    Known(Amount),
    /// A part: so much, and more that came in, of which nothing is known.
    AtLeast(Amount, u32),
    /// Nothing.
    NotKnown(NoLoad),
}

/// How much interrupts took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Minutes that drew on the buffer.
    pub used: Minutes,
    /// Their part of the net hours; none where hours are told.
    pub share: Option<Share>,
}

/// Why a load is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoLoad {
    /// Only totals are known.
    OnlyTotals,
    /// Nobody's hours were set.
    NoHours,
    /// Things came in, and nothing is known of how long they took: so many.
    Unknown(u32),
    /// Nothing unplanned had ever been written down by then.
    NothingWritten,
}

/// The percentiles of loads, in the measure of the loads: per cent, or hours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentiles {
    /// Half of the Sprints had this load or less.
    pub p50: f64,
    /// 85 of 100 had.
    pub p85: f64,
    /// From how many Sprints.
    pub sprints: u32,
}

impl Load {
    /// What is known of it.
    pub fn amount(&self) -> Option<Amount> {
        match self {
            Load::Known(amount) | Load::AtLeast(amount, _) => Some(*amount),
            Load::NotKnown(_) => None,
        }
    }
}

impl Amount {
    /// In per cent of the net hours, or in hours.
    pub fn value(&self) -> f64 {
        self.share.map_or(self.used.in_hours(), |share| share.in_basis_points() as f64 / 100.0)
    }
}

/// The interrupt load of the last so many of all closed Sprints, the latest last (rules 1 to 4).
pub fn interrupt_load(closed: &[ClosedSprint], last: usize, as_of: Option<Day>) -> InterruptLoad {
    let wrote = |one: &ClosedSprint| one.figures().is_some_and(|figures| figures.buffer.came > 0);
    let first_written = closed.iter().position(wrote).unwrap_or(closed.len());
    let shown = closed.len().saturating_sub(last);
    let net = |one: &ClosedSprint| one.figures().and_then(|figures| figures.net);
    let of_net_hours = closed[shown..].iter().any(|one| net(one).is_some())
        || closed[shown..].iter().all(|one| one.figures().is_none());
    let load = |(place, one): (usize, &ClosedSprint)| LoadSprint {
        id: one.id,
        name: one.name.clone(),
        first_day: one.first_day,
        last_day: one.last_day,
        net: net(one),
        buffer: match &one.known {
            Known::Figures(figures) => figures.buffer.share,
            Known::Totals(totals) => totals.buffer_share,
        },
        came: one.figures().map(|figures| figures.buffer.came),
        load: match one.figures() {
            None => Load::NotKnown(NoLoad::OnlyTotals),
            Some(_) if place < first_written => Load::NotKnown(NoLoad::NothingWritten),
            Some(figures) => known(figures.buffer, figures.net, of_net_hours),
        },
    };
    let sprints: Vec<LoadSprint> = closed.iter().enumerate().skip(shown).map(load).collect();
    let mut loads: Vec<f64> =
        sprints.iter().filter_map(|one| one.load.amount()).map(|amount| amount.value()).collect();
    loads.sort_by(f64::total_cmp);
    let rank = |percent: usize| loads[(loads.len() * percent).div_ceil(100).max(1) - 1];
    let percentiles = (loads.len() >= NEEDED).then(|| Percentiles {
        p50: rank(50),
        p85: rank(85),
        sprints: loads.len() as u32,
    });
    InterruptLoad { of_net_hours, as_of, percentiles, sprints }
}

fn known(buffer: BufferUse, net: Option<Minutes>, of_net_hours: bool) -> Load {
    let share = PastSplit { net, interrupts: Some(buffer.used), actual: Vec::new() }.load();
    if buffer.used == Minutes::ZERO && buffer.unknown > 0 {
        return Load::NotKnown(NoLoad::Unknown(buffer.unknown));
    }
    if of_net_hours && share.is_none() {
        return Load::NotKnown(NoLoad::NoHours);
    }
    let amount = Amount { used: buffer.used, share: share.filter(|_| of_net_hours) };
    if buffer.unknown > 0 { Load::AtLeast(amount, buffer.unknown) } else { Load::Known(amount) }
}

#[cfg(test)]
mod tests {
    use super::super::figures::tests::sprints;
    use super::*;

    fn check(text: &str, last: usize, expected: &str) {
        let lines: Vec<String> = text
            .split(' ')
            .enumerate()
            .map(|(place, words)| match words {
                "totals" => format!("S{place}: totals 10/10"),
                words => {
                    let (hours, came) = words.split_once(':').unwrap();
                    format!("S{place}: features 5/5, buffer 0/0, hours {hours}, came {came}")
                }
            })
            .collect();
        let load = interrupt_load(&sprints(&lines.join("\n")), last, None);
        let mut words: Vec<String> = load
            .sprints
            .iter()
            .map(|one| match one.load {
                Load::Known(amount) => format!("{}", amount.value()),
                Load::AtLeast(amount, more) => format!("{}+{more}", amount.value()),
                Load::NotKnown(why) => format!("{why:?}"),
            })
            .collect();
        words.push(match load.percentiles {
            Some(of) => format!("{}/{} of {}", of.p50, of.p85, of.sprints),
            None => "none".into(),
        });
        if !load.of_net_hours {
            words.push("hours".into());
        }
        assert_eq!(words.join(" "), expected, "{text}");
    }

    #[test]
    fn the_load_is_the_part_of_the_net_hours_that_drew_on_the_buffer() {
        check("100/10:1/0 50/10:2/0 100/0:0/0 100/130:9/0", 9, "10 20 0 100 10/100 of 4");
    }

    #[test]
    fn rule_1_4_what_is_not_known_is_a_gap_and_never_0() {
        check(
            "totals 100/0:2/2 100/12:2/1 -/5:1/0 100/8:1/0",
            9,
            "OnlyTotals Unknown(2) 12+1 NoHours 8 none",
        );
        check(
            "100/0:0/0 totals 100/0:0/0 100/7:1/0 100/0:0/0",
            9,
            "NothingWritten OnlyTotals NothingWritten 7 0 none",
        );
        check("100/0:0/0 100/0:0/0", 9, "NothingWritten NothingWritten none");
        check("totals totals", 9, "OnlyTotals OnlyTotals none");
    }

    #[test]
    fn what_was_written_down_before_those_that_are_shown_counts_too() {
        check("100/7:1/0 100/0:0/0 100/0:0/0 100/3:1/0", 3, "0 0 3 0/3 of 3");
    }

    #[test]
    fn percentiles_are_loads_that_sprints_had_by_nearest_rank() {
        check("100/5:1/0 100/9:1/0", 9, "5 9 none");
        check(
            "100/1:1/0 100/2:1/0 100/3:1/0 100/4:1/0 100/5:1/0 100/6:1/0 100/7:1/0 100/8:1/0 100/9:1/0 100/10:1/0",
            10,
            "1 2 3 4 5 6 7 8 9 10 5/9 of 10",
        );
    }

    #[test]
    fn where_nobody_s_hours_are_known_the_hours_of_interrupts_are_told() {
        check("-/5:1/0 -/9.5:1/0 -/0:1/1 -/3:1/0", 9, "5 9.5 Unknown(1) 3 5/9.5 of 3 hours");
    }
}
