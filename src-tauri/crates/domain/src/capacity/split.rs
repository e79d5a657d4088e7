//! Dividing a whole so that the parts add up.
//!
//! 1. What is divided is given out exactly: each part gets its proportion rounded down, and what is left goes, one
//!    by one, to the parts that lost most by rounding; the larger part first where two lost the same.
//! 2. A slider that moves keeps the sum at 100 %: the others give or take in proportion to what they have, in whole
//!    per cent where the rest is whole, never below 0; where they have nothing they share alike.

use crate::identity::LaneId;
use crate::measures::Share;

/// The other shares after one of them was set, so that the sum is 100 % (rule 2).
///
/// Shares come back in the order in which they were given. A share that is set to what it is changes nothing.
pub fn balance(
    shares: &[(LaneId, Share)],
    changed: LaneId,
    to: Share,
) -> Result<Vec<(LaneId, Share)>, BalanceRefused> {
    let Some((_, now)) = shares.iter().find(|(lane, _)| *lane == changed) else {
        return Err(BalanceRefused::UnknownLane);
    };
    if to < Share::ZERO || to > Share::WHOLE {
        return Err(BalanceRefused::OutOfRange { to });
    }
    let total: Share = shares.iter().map(|(_, share)| *share).sum();
    if to == *now && total == Share::WHOLE {
        return Ok(shares.to_vec());
    }
    let others: Vec<i64> = shares
        .iter()
        .filter(|(lane, _)| *lane != changed)
        .map(|(_, share)| share.in_basis_points().max(0))
        .collect();
    let rest = Share::WHOLE - to;
    if others.is_empty() && rest > Share::ZERO {
        return Err(BalanceRefused::OnlyLane);
    }
    let weights = if others.iter().all(|share| *share == 0) { vec![1; others.len()] } else { others };
    let (percents, fraction) = (rest.in_basis_points() / 100, rest.in_basis_points() % 100);
    let mut parts: Vec<i64> = divide(percents, &weights).into_iter().map(|percent| percent * 100).collect();
    if let Some(largest) = (0..parts.len()).max_by_key(|place| (weights[*place], parts.len() - place)) {
        parts[largest] += fraction;
    }
    let mut parts = parts.into_iter().map(Share::basis_points);
    let mut share_of = |lane: LaneId| if lane == changed { Some(to) } else { parts.next() };
    Ok(shares.iter().filter_map(|(lane, _)| Some((*lane, share_of(*lane)?))).collect())
}

/// Why shares cannot be balanced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BalanceRefused {
    /// The lane is none of those given.
    #[error("that lane is not one of these")]
    UnknownLane,
    /// A share lies between nothing and everything.
    #[error("a share lies between 0 % and 100 %, not at {to}")]
    OutOfRange {
        /// The share asked for.
        to: Share,
    },
    /// There is no other lane to give the rest to.
    #[error("the only lane has 100 %")]
    OnlyLane,
}

/// Whole units in proportion to weights, adding up to exactly the total (rule 1).
///
/// Nothing is given out where all weights are 0. Source: the method of largest remainders.
pub fn divide(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum <= 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: &i64| i128::from(total) * i128::from(*weight);
    let mut parts: Vec<i64> = weights.iter().map(|weight| exact(weight).div_euclid(sum) as i64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| {
        (-exact(&weights[*place]).rem_euclid(sum), -i128::from(weights[*place]), *place)
    });
    let left = total - parts.iter().sum::<i64>();
    for place in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[place] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Instant;
    use crate::identity::Identities;
    use proptest::prelude::*;

    fn lanes(shares: &[i64]) -> Vec<(LaneId, Share)> {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        shares.iter().map(|share| (identities.fresh(), Share::basis_points(*share))).collect()
    }

    /// Moves the lane at a place (from 0) to some basis points.
    fn check(shares: &[i64], place: usize, to: i64, expected: Result<&[i64], &str>) {
        let given = lanes(shares);
        let balanced = balance(&given, given[place].0, Share::basis_points(to));
        let numbers = balanced.map(|all| all.iter().map(|(_, s)| s.in_basis_points()).collect::<Vec<_>>());
        assert_eq!(numbers.map_err(|e| e.to_string()), expected.map(<[i64]>::to_vec).map_err(str::to_owned));
    }

    #[test]
    fn a_slider_that_moves_takes_from_the_others_in_proportion() {
        check(&[6000, 3000, 1000], 0, 5000, Ok(&[5000, 3800, 1200]));
        check(&[6000, 3000, 1000], 2, 2000, Ok(&[5300, 2700, 2000]));
        check(&[6000, 3000, 1000], 0, 10_000, Ok(&[10_000, 0, 0]));
        check(&[6000, 3000, 1000], 2, 0, Ok(&[6700, 3300, 0]));
    }

    #[test]
    fn others_that_have_nothing_share_alike() {
        check(&[10_000, 0, 0], 0, 9000, Ok(&[9000, 500, 500]));
        check(&[10_000, 0, 0], 0, 9500, Ok(&[9500, 300, 200]));
        check(&[10_000, 0], 1, 4000, Ok(&[6000, 4000]));
    }

    #[test]
    fn a_fraction_of_a_per_cent_stays_in_one_lane() {
        check(&[6000, 3000, 1000], 2, 1250, Ok(&[5850, 2900, 1250]));
        check(&[3333, 3333, 3334], 2, 3334, Ok(&[3333, 3333, 3334]));
    }

    #[test]
    fn shares_that_did_not_add_up_do_afterwards() {
        check(&[6000, 3500, 1000], 2, 1000, Ok(&[5700, 3300, 1000]));
    }

    #[test]
    fn what_cannot_be_balanced_is_refused() {
        check(&[6000, 3000, 1000], 0, 10_100, Err("a share lies between 0 % and 100 %, not at 101 %"));
        check(&[6000, 3000, 1000], 0, -100, Err("a share lies between 0 % and 100 %, not at −1 %"));
        check(&[10_000], 0, 9000, Err("the only lane has 100 %"));
        let (given, stranger) = (lanes(&[10_000]), Identities::new(Instant::from_millis(9), 9, 9).fresh());
        assert_eq!(balance(&given, stranger, Share::ZERO), Err(BalanceRefused::UnknownLane));
    }

    proptest! {
        #[test]
        fn balanced_shares_add_up_and_keep_their_order(
            weights in prop::collection::vec(0..100_i64, 2..7), place in 0..7_usize, to in 0..=10_000_i64
        ) {
            let given = lanes(&divide(10_000, &weights));
            prop_assume!(weights.iter().sum::<i64>() > 0);
            let place = place % given.len();
            let after = balance(&given, given[place].0, Share::basis_points(to)).unwrap();
            prop_assert_eq!(after.iter().map(|(_, share)| *share).sum::<Share>(), Share::WHOLE);
            prop_assert_eq!(after[place].1, Share::basis_points(to));
            prop_assert!(after.iter().all(|(_, share)| *share >= Share::ZERO));
            let others: Vec<usize> = (0..given.len()).filter(|n| *n != place).collect();
            for (a, b) in others.iter().flat_map(|a| others.iter().map(move |b| (*a, *b))) {
                prop_assert!(given[a].1 <= given[b].1 || after[a].1 >= after[b].1);
            }
            if to % 100 == 0 && Share::basis_points(to) != given[place].1 {
                prop_assert!(after.iter().all(|(_, share)| share.in_basis_points() % 100 == 0));
            }
        }

        #[test]
        fn parts_add_up_and_lie_within_one_of_their_proportion(
            total in 0..1_000_000_i64, weights in prop::collection::vec(0..10_000_i64, 1..8)
        ) {
            let (parts, sum) = (divide(total, &weights), weights.iter().sum::<i64>());
            prop_assert_eq!(parts.iter().sum::<i64>(), if sum == 0 { 0 } else { total });
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = if sum == 0 { 0.0 } else { total as f64 * *weight as f64 / sum as f64 };
                prop_assert!((*part as f64 - exact).abs() < 1.0);
            }
        }
    }
}
