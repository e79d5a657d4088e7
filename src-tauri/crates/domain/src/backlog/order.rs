//! Moving items in the order of the Product Backlog.
//!
//! 1. Places count from 1 over the whole Product Backlog, whatever a view hides.
//! 2. Items that move together come to stand together, in the order in which they stood.
//! 3. A move names its new neighbours, so that only the moved items get new ranks.

use crate::identity::ItemId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where items are moved to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OrderPlace {
    /// Above all others.
    Top,
    /// Below all others.
    Bottom,
    /// Above the item that stands right above the uppermost of them.
    Up,
    /// Below the item that stands right below the lowest of them.
    Down,
    /// Right above an item.
    Before(ItemId),
    /// Right below an item.
    After(ItemId),
    /// The first of them comes to a place (rule 1), or as near to it as they all fit.
    Place(u32),
}

/// The gap into which items move: the positions, from 0 and before the move, of the items that stay around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The item right above; none at the top.
    pub above: Option<usize>,
    /// The item right below; none at the bottom.
    pub below: Option<usize>,
}

/// Why items cannot be moved there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveRefused {
    /// No item was named.
    #[error("no item was chosen")]
    NothingChosen,
    /// The item beside which they were to stand is not there.
    #[error("the item to stand beside is not in the Product Backlog")]
    NoSuchNeighbour,
    /// The item beside which they were to stand is one of them.
    #[error("an item cannot stand beside itself")]
    BesideItself,
    /// There is no such place.
    #[error("there is no place {place}: the Product Backlog has {last} places")]
    PlaceOutOfRange {
        /// The place that was named.
        place: u32,
        /// The last place.
        last: usize,
    },
}

impl OrderPlace {
    /// The gap into which items move; none where they stand there already.
    ///
    /// `chosen` are their positions, from 0 and rising; `position` finds another item's.
    pub fn gap(
        self,
        items: usize,
        chosen: &[usize],
        position: impl Fn(ItemId) -> Option<usize>,
    ) -> Result<Option<Gap>, MoveRefused> {
        let (Some(first), Some(last)) = (chosen.first().copied(), chosen.last().copied()) else {
            return Err(MoveRefused::NothingChosen);
        };
        let staying = items.saturating_sub(chosen.len());
        let staying_above = |item: ItemId| {
            let position = position(item).ok_or(MoveRefused::NoSuchNeighbour)?;
            match chosen.binary_search(&position) {
                Ok(_) => Err(MoveRefused::BesideItself),
                Err(chosen_above) => Ok(position - chosen_above),
            }
        };
        // How many of the items that stay are above the moved ones afterwards.
        let above = match self {
            OrderPlace::Top => 0,
            OrderPlace::Bottom => staying,
            OrderPlace::Up => first.saturating_sub(1),
            OrderPlace::Down => (last + 2 - chosen.len()).min(staying),
            OrderPlace::Before(item) => staying_above(item)?,
            OrderPlace::After(item) => staying_above(item)? + 1,
            OrderPlace::Place(place) if place >= 1 && place as usize <= items => {
                (place as usize - 1).min(staying)
            }
            OrderPlace::Place(place) => return Err(MoveRefused::PlaceOutOfRange { place, last: items }),
        };
        if first == above && last + 1 - first == chosen.len() {
            return Ok(None);
        }
        let below = (above < staying).then(|| nth_staying(above, chosen));
        Ok(Some(Gap { above: above.checked_sub(1).map(|n| nth_staying(n, chosen)), below }))
    }
}

/// The position of the n-th item that stays.
fn nth_staying(n: usize, chosen: &[usize]) -> usize {
    chosen.iter().fold(n, |position, chosen| if *chosen <= position { position + 1 } else { position })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn item(n: usize) -> ItemId {
        ItemId::from(Uuid::from_u128(n as u128))
    }

    /// Moves items, which are named by their positions, and answers the order after.
    fn moved(items: usize, chosen: &[usize], to: OrderPlace) -> Result<Vec<usize>, MoveRefused> {
        let position = |wanted| (0..items).find(|n| item(*n) == wanted);
        let Some(gap) = to.gap(items, chosen, position)? else {
            return Ok((0..items).collect());
        };
        let mut order: Vec<usize> = (0..items).filter(|n| !chosen.contains(n)).collect();
        let at = gap.above.map_or(0, |above| order.iter().position(|n| *n == above).unwrap() + 1);
        assert_eq!(order.get(at).copied(), gap.below, "the neighbours stand side by side");
        order.splice(at..at, chosen.iter().copied());
        Ok(order)
    }

    fn check_move(items: &str, chosen: &str, to: OrderPlace, expected: Expect) {
        let letters: Vec<char> = items.chars().collect();
        let chosen: Vec<usize> = (0..letters.len()).filter(|n| chosen.contains(letters[*n])).collect();
        let text = match moved(letters.len(), &chosen, to) {
            Ok(order) => order.into_iter().map(|n| letters[n]).collect(),
            Err(refused) => refused.to_string(),
        };
        expected.assert_eq(&text);
    }

    #[test]
    fn items_that_move_together_come_to_stand_together() {
        check_move("abcdef", "bd", OrderPlace::Top, expect!["bdacef"]);
        check_move("abcdef", "bd", OrderPlace::Bottom, expect!["acefbd"]);
        check_move("abcdef", "ce", OrderPlace::Up, expect!["acebdf"]);
        check_move("abcdef", "bd", OrderPlace::Down, expect!["acebdf"]);
        check_move("abcdef", "af", OrderPlace::Before(item(3)), expect!["bcafde"]);
        check_move("abcdef", "af", OrderPlace::After(item(3)), expect!["bcdafe"]);
        check_move("abcdef", "ac", OrderPlace::Up, expect!["acbdef"]);
    }

    #[test]
    fn the_first_of_the_moved_items_comes_to_the_place_or_as_near_as_they_fit() {
        check_move("abcdef", "e", OrderPlace::Place(2), expect!["aebcdf"]);
        check_move("abcdef", "b", OrderPlace::Place(5), expect!["acdebf"]);
        check_move("abcdef", "ab", OrderPlace::Place(6), expect!["cdefab"]);
        check_move(
            "abcdef",
            "b",
            OrderPlace::Place(7),
            expect!["there is no place 7: the Product Backlog has 6 places"],
        );
        check_move(
            "abcdef",
            "b",
            OrderPlace::Place(0),
            expect!["there is no place 0: the Product Backlog has 6 places"],
        );
    }

    #[test]
    fn a_move_to_where_they_stand_moves_nothing() {
        for (items, chosen, to) in [
            (3, &[0][..], OrderPlace::Top),
            (3, &[0], OrderPlace::Up),
            (3, &[2], OrderPlace::Down),
            (3, &[1, 2], OrderPlace::Bottom),
            (3, &[1], OrderPlace::Place(2)),
            (3, &[1], OrderPlace::Before(item(2))),
            (3, &[1], OrderPlace::After(item(0))),
            (1, &[0], OrderPlace::Bottom),
        ] {
            assert_eq!(
                to.gap(items, chosen, |wanted| (0..items).find(|n| item(*n) == wanted)),
                Ok(None),
                "{to:?}"
            );
        }
    }

    #[test]
    fn a_move_beside_a_moved_or_an_unknown_item_is_refused() {
        check_move("abc", "b", OrderPlace::Before(item(1)), expect!["an item cannot stand beside itself"]);
        check_move(
            "abc",
            "b",
            OrderPlace::After(item(9)),
            expect!["the item to stand beside is not in the Product Backlog"],
        );
        check_move("abc", "", OrderPlace::Top, expect!["no item was chosen"]);
    }

    proptest! {
        #[test]
        fn a_move_keeps_every_item_and_the_order_among_the_moved_and_among_the_staying(
            marks in prop::collection::vec(any::<bool>(), 1..30), way in 0..7_u8, n in 0..30_usize
        ) {
            let chosen: Vec<usize> = (0..marks.len()).filter(|n| marks[*n]).collect();
            let to = match way {
                0 => OrderPlace::Top,
                1 => OrderPlace::Bottom,
                2 => OrderPlace::Up,
                3 => OrderPlace::Down,
                4 => OrderPlace::Before(item(n)),
                5 => OrderPlace::After(item(n)),
                _ => OrderPlace::Place(n as u32),
            };
            if let Ok(order) = moved(marks.len(), &chosen, to) {
                let marks = &marks;
                let of = |mark: bool| order.iter().copied().filter(move |n| marks[*n] == mark);
                prop_assert_eq!(order.len(), marks.len());
                prop_assert!(of(true).eq(chosen.iter().copied()));
                prop_assert!(of(false).eq((0..marks.len()).filter(|n| !marks[*n])));
                let first = order.iter().position(|n| marks[*n]).unwrap_or(0);
                if let OrderPlace::Place(place) = to {
                    prop_assert_eq!(first, (place as usize - 1).min(marks.len() - chosen.len()));
                }
            }
        }
    }
}
