//! The next split, suggested from what interrupts took before.
//!
//! 1. The interrupt load of a closed Sprint = hours that drew on its buffer ÷ its net hours. Three Sprints are needed
//!    that know both; the last twelve of these count. One of which nothing is known that drew on its buffer is left out,
//!    and said: it is no load of 0 (1.4). Where a part is known, that part counts.
//! 2. The suggested buffer is the 85th percentile of those loads, by nearest rank, rounded up to whole per cent: a load
//!    that a Sprint really had, and that no more than 15 of 100 went beyond.
//! 3. The planned lanes share the rest as they do now; or as their completed work did, on average over the Sprints that
//!    know it, each Sprint counting alike.
//! 4. Where nothing is known to have drawn on a buffer there is nothing to learn from: that is no buffer of 0 %.
//! 5. It is a suggestion: nobody applies it but people.

use super::split::divide;
use crate::identity::LaneId;
use crate::measures::{Minutes, Share};
use crate::team::Lanes;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many closed Sprints count.
const LOOK_BACK: usize = 12;
/// How many are needed.
const NEEDED: usize = 3;
/// The percentile, in hundredths.
const PERCENTILE: usize = 85;

/// What a closed Sprint says about its split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastSplit {
    /// Its net minutes; none where they are not known.
    pub net: Option<Minutes>,
    /// Minutes that drew on its buffer, as far as is known; none where something did and nothing of it is known.
    pub interrupts: Option<Minutes>,
    /// What each lane came to, the buffer's included; empty where that is not known.
    pub actual: Vec<(LaneId, Share)>,
}

impl PastSplit {
    /// The part of the net hours that drew on the buffer, at most all of it; none where either is not known.
    pub fn load(&self) -> Option<Share> {
        let net = self.known_net()?.in_minutes();
        let taken = self.interrupts?.in_minutes().clamp(0, net);
        // A hostile number of minutes must not overflow.
        let (taken, net) = (i128::from(taken), i128::from(net));
        Some(Share::basis_points(((taken * 10_000 + net / 2) / net) as i64))
    }

    /// Whether it would count if anything were known of what drew on its buffer.
    pub fn lacks_interrupts(&self) -> bool {
        self.known_net().is_some() && self.interrupts.is_none()
    }

    fn known_net(&self) -> Option<Minutes> {
        self.net.filter(|net| *net > Minutes::ZERO)
    }
}

/// The next split as past Sprints suggest it, or why they do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Suggestion {
    /// There is one.
    Known {
        /// The share of the buffer.
        buffer: Share,
        /// All shares, where the planned lanes keep their proportion, in the team's order.
        keep: Vec<Share>,
        /// All shares, where the planned lanes follow what was done in them; none where that is not known.
        follow: Option<Vec<Share>>,
        /// From how many closed Sprints.
        sprints: u32,
        /// How many of them went beyond the suggested buffer.
        beyond: u32,
    },
    /// Too few closed Sprints know their hours.
    TooFew {
        /// How many do.
        sprints: u32,
        /// How many are needed.
        needed: u32,
    },
    /// Nothing is known to have drawn on their buffers.
    NoInterrupts {
        /// In how many closed Sprints.
        sprints: u32,
    },
}

/// The places of the closed Sprints that a suggestion counts, the latest last (rule 1).
pub fn counted_in(past: &[PastSplit]) -> Vec<usize> {
    let known: Vec<usize> = (0..past.len()).filter(|place| past[*place].load().is_some()).collect();
    known[known.len().saturating_sub(LOOK_BACK)..].to_vec()
}

/// The places of the Sprints that are left out because nothing is known of what drew on their buffers: those that would
/// be among the counted ones, or after them.
pub fn left_out_of(past: &[PastSplit]) -> Vec<usize> {
    let counted = counted_in(past);
    let since = counted.first().copied().filter(|_| counted.len() == LOOK_BACK).unwrap_or_default();
    (since..past.len()).filter(|place| past[*place].lacks_interrupts()).collect()
}

/// The next split from closed Sprints, the latest last. Source: semantics 1.3 and 4.1.
pub fn suggest(lanes: &Lanes, past: &[PastSplit]) -> Suggestion {
    let last: Vec<&PastSplit> = counted_in(past).into_iter().map(|place| &past[place]).collect();
    let mut loads: Vec<Share> = last.iter().filter_map(|one| one.load()).collect();
    let sprints = loads.len() as u32;
    if loads.len() < NEEDED {
        return Suggestion::TooFew { sprints, needed: NEEDED as u32 };
    }
    if last.iter().all(|one| one.interrupts.is_none_or(|taken| taken <= Minutes::ZERO)) {
        return Suggestion::NoInterrupts { sprints };
    }
    loads.sort_unstable();
    let rank = (loads.len() * PERCENTILE).div_ceil(100);
    let percentile = loads.get(rank.saturating_sub(1)).copied().unwrap_or_default();
    let percent = (percentile.in_basis_points() + 99) / 100;
    let buffer = Share::percent(percent);
    let planned = |weights: &dyn Fn(LaneId, Share) -> i64| -> Option<Vec<Share>> {
        let weight = |lane: &crate::team::Lane| if lane.is_buffer { 0 } else { weights(lane.id, lane.share) };
        let weights: Vec<i64> = lanes.all().iter().map(weight).collect();
        if weights.iter().all(|weight| *weight <= 0) {
            return None;
        }
        let parts = divide(100 - percent, &weights);
        let share = |(lane, part): (&crate::team::Lane, i64)| {
            if lane.is_buffer { buffer } else { Share::percent(part) }
        };
        Some(lanes.all().iter().zip(parts).map(share).collect())
    };
    let done = done_in(lanes, &last);
    let follow = planned(&|lane, _| done.iter().find(|(id, _)| *id == lane).map_or(0, |(_, part)| *part));
    let Some(keep) = planned(&|_, share| share.in_basis_points()).or_else(|| follow.clone()) else {
        return Suggestion::TooFew { sprints: 0, needed: NEEDED as u32 };
    };
    let beyond = loads.iter().filter(|load| **load > buffer).count() as u32;
    Suggestion::Known { buffer, keep, follow, sprints, beyond }
}

/// The average part of each planned lane in the work of the planned lanes, in millionths, over the Sprints that know it.
fn done_in(lanes: &Lanes, past: &[&PastSplit]) -> Vec<(LaneId, i64)> {
    let is_planned = |id: LaneId| lanes.get(id).is_some_and(|lane| !lane.is_buffer);
    let mut parts: Vec<(LaneId, i64)> = lanes.all().iter().map(|lane| (lane.id, 0)).collect();
    for sprint in past {
        let planned: Vec<_> = sprint.actual.iter().filter(|(lane, _)| is_planned(*lane)).collect();
        let all: i64 = planned.iter().map(|(_, share)| share.in_basis_points()).sum();
        for (lane, share) in planned.into_iter().filter(|_| all > 0) {
            if let Some((_, part)) = parts.iter_mut().find(|(id, _)| id == lane) {
                *part += share.in_basis_points() * 1_000_000 / all;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backlog::WorkKind;
    use crate::calendar::Instant;
    use crate::identity::Identities;
    use crate::team::Lane;

    fn lanes(shares: [i64; 3]) -> Lanes {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let kinds =
            [vec![WorkKind::Feature], vec![WorkKind::Bug, WorkKind::Debt, WorkKind::Infrastructure], vec![]];
        let lane = |(kinds, share): (Vec<WorkKind>, i64)| Lane {
            id: identities.fresh(),
            name: "lane".into(),
            is_buffer: kinds.is_empty(),
            share: Share::percent(share),
            kinds,
        };
        Lanes::new(kinds.into_iter().zip(shares).map(lane).collect()).unwrap()
    }

    /// Sprints such as `100/12/50,38,12`: net hours, hours of interrupts, what the lanes came to; `-` and `?` are not
    /// known.
    fn check(shares: [i64; 3], past: &str, expected: &str) {
        let lanes = lanes(shares);
        let one = |text: &str| {
            let words: Vec<&str> = text.split('/').collect();
            let actual = words.get(2).map_or(vec![], |actual| {
                let shares = actual.split(',').map(|share| Share::percent(share.parse().unwrap()));
                lanes.all().iter().map(|lane| lane.id).zip(shares).collect()
            });
            let interrupts = words[1].parse().ok().map(Minutes::hours);
            PastSplit { net: words[0].parse().ok().map(Minutes::hours), interrupts, actual }
        };
        let past: Vec<PastSplit> = past.split_whitespace().map(one).collect();
        let percents = |shares: &[Share]| {
            let all: Vec<String> =
                shares.iter().map(|share| (share.in_basis_points() / 100).to_string()).collect();
            all.join("/")
        };
        let said = match suggest(&lanes, &past) {
            Suggestion::Known { buffer, keep, follow, sprints, beyond } => {
                assert_eq!(keep.iter().copied().sum::<Share>(), Share::WHOLE);
                let follow = follow.map_or("-".into(), |follow| {
                    assert_eq!(follow.iter().copied().sum::<Share>(), Share::WHOLE);
                    percents(&follow)
                });
                format!(
                    "{buffer}, keep {}, follow {follow}, from {sprints}, {beyond} beyond",
                    percents(&keep)
                )
            }
            Suggestion::TooFew { sprints, needed } => format!("{sprints} of {needed}"),
            Suggestion::NoInterrupts { sprints } => format!("none in {sprints}"),
        };
        assert_eq!(said, expected, "{past:?}");
    }

    #[test]
    fn three_sprints_with_known_hours_are_needed() {
        check([60, 30, 10], "", "0 of 3");
        check([60, 30, 10], "100/10 -/50 100/20", "2 of 3");
        check([60, 30, 10], "0/10 100/10 100/20", "2 of 3");
        check([60, 30, 10], "100/0 100/0 100/0", "none in 3");
    }

    #[test]
    fn the_buffer_is_the_85th_percentile_of_the_interrupt_load() {
        check([60, 30, 10], "100/10 100/20 100/12", "20 %, keep 53/27/20, follow -, from 3, 0 beyond");
        // Of ten the ninth: one went beyond.
        check(
            [60, 30, 10],
            "100/1 100/2 100/3 100/4 100/5 100/6 100/7 100/8 100/9 100/40",
            "9 %, keep 61/30/9, follow -, from 10, 1 beyond",
        );
        // 12 of 95 hours are 12.63 %: rounded up, so that it would have been enough.
        check([60, 30, 10], "95/12 100/1 100/1", "13 %, keep 58/29/13, follow -, from 3, 0 beyond");
        // More than all hours is all of them.
        check([60, 30, 10], "10/30 100/1 100/1", "100 %, keep 0/0/100, follow -, from 3, 0 beyond");
    }

    #[test]
    fn rule_1_4_a_sprint_of_whose_buffer_nothing_is_known_is_left_out_and_is_no_load_of_nothing() {
        check([60, 30, 10], "100/10 100/? 100/20", "2 of 3");
        check([60, 30, 10], "100/10 100/? 100/20 100/?", "2 of 3");
        check([60, 30, 10], "100/10 100/? 100/20 100/12", "20 %, keep 53/27/20, follow -, from 3, 0 beyond");
        check([60, 30, 10], "100/? 100/? 100/?", "0 of 3");
        let left_out = |text: &str| {
            let one = |text: &str| PastSplit {
                net: Some(Minutes::hours(100)),
                interrupts: text.parse().ok().map(Minutes::hours),
                actual: vec![],
            };
            left_out_of(&text.split_whitespace().map(one).collect::<Vec<_>>())
        };
        assert_eq!(left_out("? 10 ? 20"), [0, 2]);
        let twelve = ["5"; 12].join(" ");
        assert_eq!(left_out(&format!("? {twelve} ?")), [13], "one before all that count would not count");
    }

    #[test]
    fn only_the_last_twelve_count() {
        let twelve = ["100/5"; 12].join(" ");
        check(
            [60, 30, 10],
            &format!("100/90 100/90 {twelve}"),
            "5 %, keep 63/32/5, follow -, from 12, 0 beyond",
        );
    }

    #[test]
    fn planned_lanes_may_follow_what_was_done_in_them() {
        check(
            [60, 30, 10],
            "100/10/45,45,10 100/20/40,40,20 100/20/30,50,20",
            "20 %, keep 53/27/20, follow 37/43/20, from 3, 0 beyond",
        );
        // A Sprint that does not know it is left out; so is one in which nothing was done.
        check(
            [60, 30, 10],
            "100/10/45,45,10 100/20 100/20/0,0,100",
            "20 %, keep 53/27/20, follow 40/40/20, from 3, 0 beyond",
        );
    }

    #[test]
    fn a_team_that_keeps_everything_free_follows_what_was_done() {
        check(
            [0, 0, 100],
            "100/10/60,30,10 100/10/60,30,10 100/10/60,30,10",
            "10 %, keep 60/30/10, follow 60/30/10, from 3, 0 beyond",
        );
    }
}
