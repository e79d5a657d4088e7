//! What a closed Sprint came to, in the few figures that trends across Sprints need.
//!
//! 1. They are sealed at the close, so that 60 Sprints are 60 short rows, and nothing that happens later changes one.
//! 2. Each lane has its committed and completed amounts in points and in items; what is unsorted is a lane without a
//!    name, and the buffer's items are in no sum of the planned lanes (1.1, 4.1).
//! 3. Of a past Sprint that was not run here only totals are known (3.1). What is not known is none, never 0 (1.4).
//! 4. Several Sprints count points, or items where fewer than half of all their items are sized (1.3).

use super::{SizedCount, Unit};
use crate::calendar::{Day, Zone};
use crate::capacity::{PersonDays, divide};
use crate::identity::{LaneId, SprintId};
use crate::interrupt::{Portion, SplitLane, SplitReport, SplitUnit};
use crate::measures::{Minutes, Share, Size};
use crate::sprint::{LedgerItem, Part, PastTotals, ScopeLedger, Standing};
use serde::{Deserialize, Serialize};

/// The figures of one Sprint: sealed at its close, or so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SprintFigures {
    /// The Sprint's name as it was.
    pub name: String,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// The day of the close, or of the moment up to which it is told.
    pub until: Day,
    /// The lanes in the team's order; what is unsorted comes last, where there is any.
    pub lanes: Vec<LaneFigures>,
    /// How many items of the planned scope have a size at the end.
    pub sized: SizedCount,
    /// The split in the unit that fits the Sprint (4.4).
    pub split: SplitReport,
    /// Net minutes of the team; none where nobody's hours were set.
    pub net: Option<Minutes>,
    /// Net person-days; none where they are not known.
    pub person_days: Option<PersonDays>,
    /// What drew on the buffer.
    pub buffer: BufferUse,
}

/// What one lane committed and completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LaneFigures {
    /// The lane; none is what is unsorted.
    pub lane: Option<LaneId>,
    /// Its name as it was; empty for what is unsorted.
    pub name: String,
    /// Whether it was the buffer.
    pub is_buffer: bool,
    /// Its share of the capacity.
    pub share: Share,
    /// In points.
    pub points: CommittedAndDone,
    /// In items; one is [`Size::points`]`(1)`.
    pub items: CommittedAndDone,
}

/// A commitment and what was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CommittedAndDone {
    /// Committed at the start.
    pub committed: Size,
    /// Completed at the close.
    pub done: Size,
}

/// What drew on the buffer of a Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BufferUse {
    /// Its share of the capacity.
    pub share: Share,
    /// Minutes that are known to have drawn on it.
    pub used: Minutes,
    /// Interrupts and items that came into it.
    pub came: u32,
    /// Those of them of which nothing is known.
    pub unknown: u32,
}

/// A closed Sprint among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedSprint {
    /// The Sprint.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// What is known of it.
    pub known: Known,
}

/// What is known of a closed Sprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Its figures, sealed at its close.
    Figures(Box<SprintFigures>),
    /// Totals in points, and nothing else (3.1).
    Totals(PastTotals),
}

impl ClosedSprint {
    /// Its sealed figures; none where only totals are known.
    pub fn figures(&self) -> Option<&SprintFigures> {
        match &self.known {
            Known::Figures(figures) => Some(figures),
            Known::Totals(_) => None,
        }
    }
}

impl SprintFigures {
    /// The figures of a Sprint at the end of its ledger, with its split and what drew on its buffer.
    pub fn of(
        name: &str,
        ledger: &ScopeLedger<'_>,
        zone: Zone,
        split: SplitReport,
        buffer: BufferUse,
    ) -> SprintFigures {
        let commitment = ledger.commitment;
        let of_lane = |lane: Option<LaneId>, name: &str, is_buffer, share| {
            let of = |unit| {
                let terms = ledger.terms(unit, Part::Lane(lane));
                CommittedAndDone { committed: terms.committed, done: terms.done }
            };
            let name = name.to_owned();
            LaneFigures { lane, name, is_buffer, share, points: of(Unit::Points), items: of(Unit::Items) }
        };
        let mut lanes: Vec<LaneFigures> = commitment
            .lanes
            .iter()
            .map(|lane| of_lane(Some(lane.lane), &lane.name, lane.is_buffer, lane.share))
            .collect();
        let unsorted = of_lane(None, "", false, Share::ZERO);
        if unsorted.items != CommittedAndDone::default() {
            lanes.push(unsorted);
        }
        let in_scope = |item: &&LedgerItem| matches!(item.standing, Standing::Done | Standing::Open);
        let scope: Vec<&LedgerItem> =
            ledger.items.iter().filter(|item| !item.in_buffer).filter(in_scope).collect();
        let count = |items: usize| u32::try_from(items).unwrap_or(u32::MAX);
        let capacity = commitment.capacity.total().filter(|total| total.net > Minutes::ZERO);
        SprintFigures {
            name: name.to_owned(),
            first_day: commitment.first_day,
            last_day: commitment.last_day,
            until: zone.day_of(ledger.until),
            lanes,
            sized: SizedCount {
                sized: count(scope.iter().filter(|item| item.size.is_some()).count()),
                items: count(scope.len()),
            },
            split,
            net: capacity.map(|total| total.net),
            person_days: capacity.map(|total| total.person_days),
            buffer,
        }
    }

    /// Committed and done in the planned lanes, what is unsorted included.
    pub fn planned(&self, unit: Unit) -> CommittedAndDone {
        let lanes = self.lanes.iter().filter(|lane| !lane.is_buffer).map(|lane| lane.amounts(unit));
        lanes.fold(CommittedAndDone::default(), |sum, one| CommittedAndDone {
            committed: sum.committed + one.committed,
            done: sum.done + one.done,
        })
    }

    /// The split in a unit; without one, in that which fits the Sprint (4.4).
    ///
    /// In points and items that were asked for, interrupts that became no item count nothing: they have no size.
    pub fn split_in(&self, unit: Option<Unit>) -> SplitReport {
        let wanted = match unit {
            None => return self.split.clone(),
            Some(Unit::Points) => SplitUnit::Points,
            Some(Unit::Items) => SplitUnit::Items,
        };
        if self.split.unit == wanted {
            return self.split.clone();
        }
        let column = |of: &dyn Fn(&LaneFigures) -> Size| -> Vec<Portion> {
            let amounts: Vec<i64> = self.lanes.iter().map(|lane| of(lane).in_hundredths()).collect();
            let is_empty = amounts.iter().all(|amount| *amount == 0);
            let shares = divide(Share::WHOLE.in_basis_points(), &amounts);
            let portion = |(amount, share): (&i64, i64)| Portion {
                share: (!is_empty).then(|| Share::basis_points(share)),
                amount: Size::hundredths(*amount),
            };
            amounts.iter().zip(shares).map(portion).collect()
        };
        let unit = unit.unwrap_or(Unit::Points);
        let committed = column(&|lane| lane.amounts(unit).committed);
        let actual = column(&|lane| lane.amounts(unit).done);
        let lanes = self.lanes.iter().zip(committed.into_iter().zip(actual));
        let lane = |(lane, (committed, actual)): (&LaneFigures, (Portion, Portion))| SplitLane {
            lane: lane.lane,
            name: lane.name.clone(),
            is_buffer: lane.is_buffer,
            planned: lane.share,
            committed,
            actual,
        };
        SplitReport {
            unit: wanted,
            why: None,
            per_point: None,
            lanes: lanes.map(lane).collect(),
            ..self.split.clone()
        }
    }
}

impl LaneFigures {
    /// Its amounts in a unit.
    pub fn amounts(&self, unit: Unit) -> CommittedAndDone {
        match unit {
            Unit::Points => self.points,
            Unit::Items => self.items,
        }
    }
}

/// A lane as a row or a colour of a chart across Sprints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendLane {
    /// The lane; none is what is unsorted.
    pub lane: Option<LaneId>,
    /// The name that it had last; empty for what is unsorted.
    pub name: String,
    /// Whether it was the buffer at last.
    pub is_buffer: bool,
    /// Its place among all lanes, from 0: each chart gives it the same colour.
    pub place: usize,
}

/// The lanes of Sprints, as the latest Sprint orders them; lanes that it no longer had come next, the unsorted last.
pub fn lanes_of(sprints: &[ClosedSprint]) -> Vec<TrendLane> {
    let mut lanes: Vec<TrendLane> = Vec::new();
    for lane in sprints.iter().rev().filter_map(ClosedSprint::figures).flat_map(|figures| &figures.lanes) {
        if lanes.iter().all(|known| known.lane != lane.lane) {
            let (name, is_buffer) = (lane.name.clone(), lane.is_buffer);
            lanes.push(TrendLane { lane: lane.lane, name, is_buffer, place: 0 });
        }
    }
    lanes.sort_by_key(|lane| lane.lane.is_none());
    for (place, lane) in lanes.iter_mut().enumerate() {
        lane.place = place;
    }
    lanes
}

/// The unit of Sprints that are shown together, and why it is items (rule 4).
pub fn common_unit(asked: Option<Unit>, sprints: &[ClosedSprint]) -> (Unit, Option<SizedCount>) {
    if let Some(unit) = asked {
        return (unit, None);
    }
    let mut all = SizedCount { sized: 0, items: 0 };
    for one in sprints.iter().filter_map(ClosedSprint::figures) {
        all.sized = all.sized.saturating_add(one.sized.sized);
        all.items = all.items.saturating_add(one.sized.items);
    }
    // Totals are in points: with nothing but totals there is nothing to count.
    let is_too_few = u64::from(all.sized) * 2 < u64::from(all.items);
    if is_too_few { (Unit::Items, Some(all)) } else { (Unit::Points, None) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::interrupt::{SplitWork, split};
    use uuid::Uuid;

    /// Closed Sprints, the latest last, one a line: `A: features 10/8 i4/3, buffer 0/2, ? 3/1, sized 3/7, hours 100/12,
    /// came 3/1`.
    ///
    /// A lane has its points committed and done, and its items, 1/1 where they are not given; `?` is unsorted. Then how
    /// many items are sized; net hours and those that drew on the buffer; what came into it and of how much of that
    /// nothing is known. `totals 28/8` is all that is known of a Sprint; `-` is not known.
    pub(crate) fn sprints(text: &str) -> Vec<ClosedSprint> {
        let first = Day::parse("2026-01-05").unwrap();
        let sprint = |(place, line): (usize, &str)| {
            let (name, parts) = line.trim().split_once(": ").unwrap();
            let first_day = first.plus(14 * place as i64);
            let last_day = first_day.plus(11);
            let known = match parts.strip_prefix("totals ") {
                Some(totals) => {
                    let (committed, completed) = pair(totals);
                    Known::Totals(PastTotals {
                        committed,
                        completed: completed.unwrap(),
                        person_days: None,
                        buffer_share: Share::percent(10),
                        working_days: 10,
                    })
                }
                None => Known::Figures(Box::new(figures(name, parts, first_day, last_day))),
            };
            let id = SprintId::from(Uuid::from_u128(place as u128 + 1));
            ClosedSprint { id, name: name.into(), first_day, last_day, known }
        };
        text.lines().filter(|line| !line.trim().is_empty()).enumerate().map(sprint).collect()
    }

    fn figures(name: &str, parts: &str, first_day: Day, last_day: Day) -> SprintFigures {
        let mut lanes: Vec<LaneFigures> = Vec::new();
        let (mut sized, mut net, mut buffer) = (None, None, BufferUse::default());
        for part in parts.split(", ") {
            let (what, amounts) = part.split_once(' ').unwrap();
            let count = |size: Option<Size>| size.map_or(0, |size| (size.in_hundredths() / 100) as u32);
            let hours = |size: Option<Size>| size.map(|size| Minutes::new(size.in_hundredths() * 60 / 100));
            match what {
                "sized" => {
                    let (some, items) = pair(amounts);
                    sized = Some(SizedCount { sized: count(some), items: count(items) });
                }
                "hours" => {
                    let (all, used) = pair(amounts);
                    net = hours(all);
                    buffer.used = hours(used).unwrap_or_default();
                }
                "came" => {
                    let (came, unknown) = pair(amounts);
                    (buffer.came, buffer.unknown) = (count(came), count(unknown));
                }
                lane => {
                    let mut words = amounts.split(' ');
                    let both = |word: &str| {
                        let (committed, done) = pair(word);
                        CommittedAndDone { committed: committed.unwrap(), done: done.unwrap() }
                    };
                    let points = both(words.next().unwrap());
                    let items = words.next().map_or(both("1/1"), |word| both(&word[1..]));
                    let share = match lane {
                        "?" => Share::ZERO,
                        "features" => Share::percent(60),
                        "buffer" => Share::percent(10),
                        _ => Share::percent(30),
                    };
                    let id = lane.bytes().fold(7_u128, |sum, byte| sum * 31 + u128::from(byte));
                    lanes.push(LaneFigures {
                        lane: (lane != "?").then(|| LaneId::from(Uuid::from_u128(id))),
                        name: if lane == "?" { String::new() } else { lane.into() },
                        is_buffer: lane == "buffer",
                        share,
                        points,
                        items,
                    });
                }
            }
        }
        let items: Size = lanes.iter().filter(|lane| !lane.is_buffer).map(|lane| lane.items.committed).sum();
        let items = (items.in_hundredths() / 100) as u32;
        let sized = sized.unwrap_or(SizedCount { sized: items, items });
        let work: Vec<SplitWork> = lanes
            .iter()
            .map(|lane| SplitWork {
                lane: lane.lane,
                name: lane.name.clone(),
                is_buffer: lane.is_buffer,
                share: lane.share,
                committed_points: lane.points.committed,
                committed_items: lane.items.committed,
                done_points: lane.points.done,
                done_items: lane.items.done,
                interrupts: if lane.is_buffer { buffer.used } else { Minutes::ZERO },
            })
            .collect();
        buffer.share = Share::percent(10);
        SprintFigures {
            name: name.into(),
            first_day,
            last_day,
            until: last_day,
            split: split(&work, net, buffer.unknown, (sized.sized, sized.items)),
            lanes,
            sized,
            net,
            person_days: None,
            buffer,
        }
    }

    fn pair(text: &str) -> (Option<Size>, Option<Size>) {
        let (one, other) = text.split_once('/').unwrap();
        (Size::parse(one).ok(), Size::parse(other).ok())
    }

    #[test]
    fn rule_4_4_a_split_in_points_or_items_divides_what_was_committed_and_done() {
        let sprints =
            sprints("A: features 12/6 i4/1, production 4/2 i4/3, buffer 0/0 i0/1, sized 8/8, hours 100/20");
        let figures = sprints[0].figures().unwrap();
        let told = |unit| {
            let split = figures.split_in(unit);
            let lane = |lane: &SplitLane| {
                let share = |share: Option<Share>| share.map_or("-".into(), |share| share.to_string());
                format!(
                    "{} {} {} {}",
                    lane.name,
                    lane.planned,
                    share(lane.committed.share),
                    share(lane.actual.share)
                )
            };
            format!("{:?}: {}", split.unit, split.lanes.iter().map(lane).collect::<Vec<_>>().join(", "))
        };
        assert_eq!(
            told(None),
            "Hours: features 60 % 67.5 % 60 %, production 30 % 22.5 % 20 %, buffer 10 % 10 % 20 %"
        );
        assert_eq!(
            told(Some(Unit::Points)),
            "Points: features 60 % 75 % 75 %, production 30 % 25 % 25 %, buffer 10 % 0 % 0 %"
        );
        assert_eq!(
            told(Some(Unit::Items)),
            "Items: features 60 % 50 % 20 %, production 30 % 50 % 60 %, buffer 10 % 0 % 20 %"
        );
    }

    #[test]
    fn the_lanes_of_several_sprints_are_those_of_the_latest_and_what_was_before() {
        let sprints = sprints(
            "A: old 1/1, features 1/1, ? 1/1, buffer 0/0\nB: totals 3/3\nC: production 1/1, features 1/1, buffer 0/0",
        );
        let names: Vec<String> = lanes_of(&sprints).into_iter().map(|lane| lane.name).collect();
        assert_eq!(names, ["production", "features", "buffer", "old", ""]);
    }
}
