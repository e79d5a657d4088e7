//! The picture of value and effort: where an item stands in it.
//!
//! 1. Both axes have the steps 1, 2, 3, 5, 8, 13, 21 at equal distances, as people rate; where a team goes further, all
//!    seven move up until the largest has a place.
//! 2. A number between two steps stands at the nearer one, at the lower one when it is in the middle; what is beyond an
//!    end stands at that end. The number itself is always shown with the item.
//! 3. The upper half begins with the fourth step, so do the right-hand quarters.

use serde::Serialize;
use ts_rs::TS;

/// An axis: seven steps in hundredths, smallest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(transparent)]
#[ts(type = "Array<number>")]
pub struct Axis {
    steps: Vec<i64>,
}

const STEPS: usize = 7;
const HALF: usize = 3;

impl Axis {
    /// The axis on which every one of some amounts (hundredths) has a place (rule 1).
    pub fn covering(amounts: impl IntoIterator<Item = i64>) -> Axis {
        let largest = amounts.into_iter().max().unwrap_or(0);
        let mut steps: Vec<i64> = vec![100, 200, 300, 500, 800, 1_300, 2_100];
        while steps.last().is_some_and(|last| *last < largest) {
            let next = steps.iter().rev().take(2).sum();
            steps.push(next);
            steps.remove(0);
        }
        Axis { steps }
    }

    /// The steps in hundredths, smallest first.
    pub fn steps(&self) -> &[i64] {
        &self.steps
    }

    /// The place of an amount on it, from 0 (rule 2).
    pub fn place(&self, amount: i64) -> usize {
        let distance = |(_, step): &(usize, &i64)| (**step - amount).abs();
        self.steps.iter().enumerate().min_by_key(distance).map_or(0, |(place, _)| place)
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Spot {
    /// Of the effort, from the left, from 0.
    pub column: usize,
    /// Of the value, from below, from 0.
    pub row: usize,
    /// The quarter in which that is.
    pub quarter: Quarter,
}

impl Spot {
    /// The spot of an item with that value and effort, both in hundredths.
    pub fn of(values: &Axis, efforts: &Axis, value: i64, effort: i64) -> Spot {
        let (row, column) = (values.place(value), efforts.place(effort));
        debug_assert!(row < STEPS && column < STEPS);
        Spot { column, row, quarter: Quarter::at(row, column) }
    }
}

/// A quarter of the picture (rule 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Quarter {
    /// Much value for little effort.
    QuickWin,
    /// Much value for much effort.
    BigBet,
    /// Little value for little effort.
    FillIn,
    /// Little value for much effort.
    ThinkTwice,
}

impl Quarter {
    fn at(row: usize, column: usize) -> Quarter {
        match (row >= HALF, column >= HALF) {
            (true, false) => Quarter::QuickWin,
            (true, true) => Quarter::BigBet,
            (false, false) => Quarter::FillIn,
            (false, true) => Quarter::ThinkTwice,
        }
    }

    /// The quarter in words.
    pub fn title(self) -> &'static str {
        match self {
            Quarter::QuickWin => "Quick wins",
            Quarter::BigBet => "Big bets",
            Quarter::FillIn => "Fill-ins",
            Quarter::ThinkTwice => "Think twice",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_between_two_steps_stands_at_the_nearer_one_and_beyond_the_ends_at_the_end() {
        let axis = Axis::covering([]);
        let steps: Vec<i64> = [0, 50, 100, 150, 151, 400, 401, 650, 1_050, 1_051, 2_100, 9_900]
            .into_iter()
            .map(|amount| axis.steps()[axis.place(amount)])
            .collect();
        assert_eq!(steps, [100, 100, 100, 100, 200, 300, 500, 500, 800, 1_300, 2_100, 2_100]);
    }

    #[test]
    fn a_team_that_rates_higher_has_higher_steps() {
        assert_eq!(Axis::covering([2_100]).steps(), [100, 200, 300, 500, 800, 1_300, 2_100]);
        assert_eq!(Axis::covering([2_101]).steps(), [200, 300, 500, 800, 1_300, 2_100, 3_400]);
        assert_eq!(Axis::covering([10_000]).steps(), [800, 1_300, 2_100, 3_400, 5_500, 8_900, 14_400]);
    }

    #[test]
    fn the_quarters_are_named_by_value_and_effort() {
        let axis = Axis::covering([]);
        let quarter = |value, effort| Spot::of(&axis, &axis, value, effort).quarter.title();
        assert_eq!(quarter(800, 200), "Quick wins");
        assert_eq!(quarter(800, 800), "Big bets");
        assert_eq!(quarter(300, 300), "Fill-ins");
        assert_eq!(quarter(300, 500), "Think twice");
    }

    proptest! {
        #[test]
        fn no_step_is_nearer_than_the_one_at_which_an_item_stands(
            amount in 0..1_000_000_i64, largest in 0..1_000_000_i64
        ) {
            let axis = Axis::covering([largest]);
            let at = axis.steps()[axis.place(amount)];
            prop_assert!(axis.steps().iter().all(|step| (step - amount).abs() >= (at - amount).abs()));
            prop_assert!(axis.steps().last().is_some_and(|last| *last >= largest));
        }
    }
}
