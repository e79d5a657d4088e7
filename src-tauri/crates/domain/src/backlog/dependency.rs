//! Dependencies: what an item needs, and whether it stands where it can be had.
//!
//! 1. An item never needs itself, nor anything that needs it: a circle is refused by the names of all that are in it.
//!    The same holds for parts: nothing is a part of itself.
//! 2. What is done is not waited for. What was cancelled never comes, and is named.
//! 3. A selected item stands right when what it needs is in the same Sprint or an earlier one; an item of the Product
//!    Backlog, when what it needs is selected or stands above it.

use crate::backlog::Category;
use crate::calendar::Day;
use crate::identity::ItemId;
use std::collections::{HashMap, HashSet, VecDeque};

/// Which item points to which: each to what it needs, or each part to the whole.
#[derive(Debug, Clone, Default)]
pub struct Arrows {
    to: HashMap<ItemId, Vec<ItemId>>,
}

impl FromIterator<(ItemId, ItemId)> for Arrows {
    fn from_iter<I: IntoIterator<Item = (ItemId, ItemId)>>(pairs: I) -> Arrows {
        let mut arrows = Arrows::default();
        for (from, to) in pairs {
            arrows.to.entry(from).or_default().push(to);
        }
        arrows
    }
}

impl Arrows {
    /// The circle that one more arrow would close, from its first item back to it; none where it closes none.
    pub fn circle_with(&self, from: ItemId, to: ItemId) -> Option<Vec<ItemId>> {
        if from == to {
            return Some(vec![from, from]);
        }
        let mut way = self.way(to, from)?;
        way.insert(0, from);
        Some(way)
    }

    /// The shortest circle through an item; none where there is none.
    pub fn circle_through(&self, item: ItemId) -> Option<Vec<ItemId>> {
        let circles = self.next(item).filter_map(|next| self.circle_with(item, next));
        circles.min_by_key(Vec::len)
    }

    fn next(&self, item: ItemId) -> impl Iterator<Item = ItemId> {
        self.to.get(&item).into_iter().flatten().copied()
    }

    /// The shortest way along arrows from one item to another, both included.
    fn way(&self, from: ItemId, to: ItemId) -> Option<Vec<ItemId>> {
        let mut came: HashMap<ItemId, ItemId> = HashMap::new();
        let mut seen = HashSet::from([from]);
        let mut open = VecDeque::from([from]);
        while let Some(item) = open.pop_front() {
            if item == to {
                let mut way = vec![to];
                let mut at = to;
                while let Some(before) = came.get(&at) {
                    way.push(*before);
                    at = *before;
                }
                way.reverse();
                return Some(way);
            }
            for next in self.next(item) {
                if seen.insert(next) {
                    came.insert(next, item);
                    open.push_back(next);
                }
            }
        }
        None
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Its place among the open items; none once it has ended.
    pub place: Option<usize>,
    /// The first day of the Sprint in which it is selected.
    pub sprint: Option<Day>,
    /// What its state means.
    pub category: Category,
}

/// How an item waits for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// It waits, and stands right.
    Waits,
    /// It stands above what it needs.
    StandsAbove,
    /// It is selected, and what it needs is not, or for later.
    SelectedWithout,
    /// What it needs was cancelled.
    NeverComes,
}

impl Wait {
    /// How an item waits for what it needs; none where it does not wait (rules 2 and 3).
    pub fn of(item: &Stand, needed: &Stand) -> Option<Wait> {
        if item.category.is_end() || needed.category == Category::Done {
            return None;
        }
        if needed.category == Category::Cancelled {
            return Some(Wait::NeverComes);
        }
        Some(match (item.sprint, needed.sprint) {
            (Some(own), Some(other)) if other <= own => Wait::Waits,
            (Some(_), _) => Wait::SelectedWithout,
            (None, Some(_)) => Wait::Waits,
            (None, None) if item.place < needed.place => Wait::StandsAbove,
            (None, None) => Wait::Waits,
        })
    }

    /// Whether somebody should do something about it.
    pub fn is_wrong(self) -> bool {
        self != Wait::Waits
    }

    /// How it waits, in words that follow the item: “stands above T-9, which it needs”.
    pub fn said(self, needed: &str) -> String {
        match self {
            Wait::Waits => format!("waits for {needed}"),
            Wait::StandsAbove => format!("stands above {needed}, which it needs"),
            Wait::SelectedWithout => format!("is selected without {needed}, which it needs"),
            Wait::NeverComes => format!("needs {needed}, which was cancelled"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Instant;
    use crate::identity::Identities;
    use proptest::prelude::*;

    fn items(count: usize) -> Vec<ItemId> {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        (0..count).map(|_| identities.fresh()).collect()
    }

    #[test]
    fn rule_1_a_circle_is_told_from_its_first_item_back_to_it() {
        let items = items(4);
        let arrows: Arrows = [(items[1], items[2]), (items[2], items[0])].into_iter().collect();
        assert_eq!(
            arrows.circle_with(items[0], items[1]),
            Some(vec![items[0], items[1], items[2], items[0]])
        );
        assert_eq!(arrows.circle_with(items[0], items[3]), None);
        assert_eq!(arrows.circle_with(items[3], items[3]), Some(vec![items[3], items[3]]));
        assert_eq!(arrows.circle_through(items[0]), None);
        let closed: Arrows = [(items[1], items[2]), (items[2], items[1])].into_iter().collect();
        assert_eq!(closed.circle_through(items[1]), Some(vec![items[1], items[2], items[1]]));
    }

    /// `place sprint category` of the item and of what it needs; `-` is none.
    fn check(item: &str, needed: &str) -> String {
        let stand = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            Stand {
                place: words[0].parse().ok(),
                sprint: Day::parse(&format!("2026-11-{}", words[1])),
                category: words[2].parse().unwrap(),
            }
        };
        let wait = Wait::of(&stand(item), &stand(needed));
        wait.map_or_else(|| "does not wait".into(), |wait| wait.said("T-9"))
    }

    #[test]
    fn rule_2_what_is_done_is_not_waited_for_and_what_was_cancelled_is_named() {
        assert_eq!(check("1 - toDo", "- - done"), "does not wait");
        assert_eq!(check("1 - toDo", "- - cancelled"), "needs T-9, which was cancelled");
        assert_eq!(check("- - done", "1 - toDo"), "does not wait");
    }

    #[test]
    fn rule_3_an_item_stands_right_below_what_it_needs_and_not_in_an_earlier_sprint() {
        assert_eq!(check("2 - toDo", "1 - toDo"), "waits for T-9");
        assert_eq!(check("1 - toDo", "2 - toDo"), "stands above T-9, which it needs");
        assert_eq!(check("1 - toDo", "2 02 inProgress"), "waits for T-9");
        assert_eq!(check("1 02 toDo", "2 - toDo"), "is selected without T-9, which it needs");
        assert_eq!(check("1 02 toDo", "2 02 toDo"), "waits for T-9");
        assert_eq!(check("1 16 toDo", "2 02 toDo"), "waits for T-9");
        assert_eq!(check("1 02 toDo", "2 16 toDo"), "is selected without T-9, which it needs");
    }

    proptest! {
        #[test]
        fn rule_1_arrows_that_were_not_refused_close_no_circle(
            asked in prop::collection::vec((0..8_usize, 0..8_usize), 0..40)
        ) {
            let items = items(8);
            let mut taken: Vec<(ItemId, ItemId)> = Vec::new();
            for (from, to) in asked {
                let arrows: Arrows = taken.iter().copied().collect();
                match arrows.circle_with(items[from], items[to]) {
                    None => taken.push((items[from], items[to])),
                    Some(circle) => {
                        prop_assert_eq!(circle.first(), circle.last());
                        prop_assert_eq!((circle[0], circle[1]), (items[from], items[to]));
                        for step in circle.windows(2).skip(1) {
                            prop_assert!(taken.contains(&(step[0], step[1])));
                        }
                    }
                }
            }
            // Taking away whatever points to nothing leaves nothing.
            let mut left = taken;
            loop {
                let before = left.len();
                let still: HashSet<ItemId> = left.iter().map(|(from, _)| *from).collect();
                left.retain(|(_, to)| still.contains(to));
                if left.len() == before { break; }
            }
            prop_assert!(left.is_empty());
        }
    }
}
