//! Prioritisation: inputs, scores, and the orders that they propose.
//!
//! 1. Raw inputs are stored, scores derived; a score is shown with its terms (7.1).
//! 2. All items are scored by the method that the team chose: scores of two methods cannot be compared. Severity × reach
//!    and debt interest order the bugs and the debt among themselves.
//! 3. Without a size or an input there is no score: what is missing is named, and the item keeps its order after the
//!    scored ones. Not set is not zero (1.4).
//! 4. Items of one score keep their order.
//! 5. A score advises, the order is the Product Owner's: ordering by score permutes only the places of the items that
//!    were chosen, and says beforehand which item moves from where to where (7.2).
//! 6. A bug that becomes critical is placed above the first item that is not critical; where it stands above already
//!    it stays, and later moves are respected, because the rule acts only when it becomes so.

use crate::backlog::{Severity, WorkKind};
use crate::identity::ItemId;
use serde::Serialize;
use ts_rs::TS;

mod comparison;
mod input;
mod picture;
mod score;

pub use comparison::{Compared, ComparedTerm, Comparison, Contender, Swap, Verdict, compare};
pub use input::{
    Criterion, CriterionRefused, DebtInterest, Input, PriorityInputs, Rating, RatingRefused, Scale,
    ScaleStep, ScorePolicy, TermName,
};
pub use picture::{Axis, Quarter, Spot};
pub use score::{
    Fraction, Method, NoScore, Scorable, Score, Scoring, SeverityWeights, Term, TermTitle, WeightsRefused,
    amount, carries_interest,
};

/// An item that is to be ordered by its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The item.
    pub item: ItemId,
    /// Its place in the Product Backlog, from 1.
    pub place: u32,
    /// Its score; none goes after the scored (rule 3).
    pub score: Option<Fraction>,
}

/// An item that gets another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaceChange {
    /// The item.
    pub item: ItemId,
    /// Its place before, from 1.
    pub from: u32,
    /// Its place after.
    pub to: u32,
}

/// What moves when the chosen items are ordered by score, in the order of the new places (rule 5).
///
/// The chosen items share out their own places; nothing else moves. None moves where they are in order already.
pub fn order_by_score(chosen: &[Chosen]) -> Vec<PlaceChange> {
    let mut before = chosen.to_vec();
    before.sort_by_key(|chosen| chosen.place);
    let mut after = before.clone();
    // A stable sort: items of one score, and those without any, keep their order. `None` is less than every score.
    after.sort_by_key(|chosen| std::cmp::Reverse(chosen.score));
    let place = |(place, item): (&Chosen, &Chosen)| PlaceChange {
        item: item.item,
        from: item.place,
        to: place.place,
    };
    before.iter().zip(&after).map(place).filter(|change| change.from != change.to).collect()
}

/// Where bugs go that have just become critical (rule 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriticalMove {
    /// The items that move, in their order.
    pub items: Vec<ItemId>,
    /// The first item that is not critical: they go right above it.
    pub before: ItemId,
}

/// Where the bugs that became critical go; none where all of them stand above every other item already.
///
/// `order` is the Product Backlog from its top, each open item with whether it is critical *now*; it is read only as far as the
/// first that is not. `became` are the bugs that became critical, in their order.
pub fn critical_first(
    order: impl IntoIterator<Item = (ItemId, bool)>,
    became: &[ItemId],
) -> Option<CriticalMove> {
    let mut items = became.to_vec();
    let passed = order.into_iter().inspect(|(item, critical)| {
        if *critical {
            items.retain(|moving| moving != item);
        }
    });
    let before = first_below_critical(passed)?;
    (!items.is_empty()).then_some(CriticalMove { items, before })
}

/// The first of the open items that is no critical bug (rule 6): those that become critical stand right above it.
///
/// `order` is the open items from the top, each with whether it is critical.
pub fn first_below_critical(order: impl IntoIterator<Item = (ItemId, bool)>) -> Option<ItemId> {
    order.into_iter().find(|(_, critical)| !critical).map(|(item, _)| item)
}

/// Whether an item of that kind and severity comes first (rule 6): a critical bug.
pub fn is_critical(kind: Option<WorkKind>, severity: Option<Severity>) -> bool {
    kind == Some(WorkKind::Bug) && severity == Some(Severity::Critical)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use uuid::Uuid;

    /// An item is a letter; its identity is that letter's number.
    fn item(name: char) -> ItemId {
        ItemId::from(Uuid::from_u128(u128::from(u32::from(name))))
    }

    fn name(item: ItemId) -> char {
        ('a'..='z').find(|letter| self::item(*letter) == item).unwrap()
    }

    /// `8+5+3/5`, with `-` for what is not set: value, time criticality, risk reduction over size.
    fn scored(text: &str) -> Result<Score, NoScore> {
        let (inputs, size) = text.split_once('/').unwrap();
        let set = |(name, rating): (&str, &str)| (rating != "-").then(|| format!("{name} {rating}"));
        let mut parts: Vec<String> =
            ["value", "time", "risk"].into_iter().zip(inputs.split('+')).filter_map(set).collect();
        parts.extend(set(("size", size)));
        Method::Wsjf.score(&score::tests::scorable(&parts.join(", ")), &Scoring::default())
    }

    /// `a 8+5+3/5 | b …`: the items from the top; only those of `chosen` are ordered, or all. Shows the order after.
    fn check_order(order: &str, chosen: &str, expected: Expect) {
        let entry = |(n, text): (usize, &str)| {
            let (letter, inputs) = text.split_once(' ').unwrap();
            let score = scored(inputs).ok().map(|score| score.exact);
            Chosen { item: item(letter.chars().next().unwrap()), place: n as u32 + 1, score }
        };
        let all: Vec<Chosen> = order.split(" | ").enumerate().map(entry).collect();
        let is_chosen = |one: &&Chosen| chosen == "all" || chosen.contains(name(one.item));
        let changes = order_by_score(&all.iter().filter(is_chosen).copied().collect::<Vec<_>>());
        let mut after: Vec<char> = all.iter().map(|one| name(one.item)).collect();
        for change in &changes {
            after[change.to as usize - 1] = name(change.item);
        }
        let mut text: String = after.into_iter().collect();
        for change in &changes {
            text += &format!(", {} {} → {}", name(change.item), change.from, change.to);
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn rule_7_2_the_best_score_comes_first_and_items_of_one_score_keep_their_order() {
        check_order(
            "a 1+1+1/3 | b 8+5+3/5 | c 2+2+2/6 | d 16+16+0/10",
            "all",
            expect![[r#"bdac, b 2 → 1, d 4 → 2, a 1 → 3, c 3 → 4"#]],
        );
    }

    #[test]
    fn rule_7_1_items_without_a_score_keep_their_order_after_the_scored() {
        check_order(
            "a 8+5+3/- | b 1+0+0/8 | c -+1+1/2 | d 5+5+5/1",
            "all",
            expect![[r#"dbac, d 4 → 1, a 1 → 3, c 3 → 4"#]],
        );
    }

    #[test]
    fn rule_7_2_only_the_places_of_the_chosen_items_are_permuted() {
        check_order(
            "a 1+0+0/1 | b 9+0+0/1 | c 3+0+0/1 | d 8+0+0/1 | e 2+0+0/1",
            "ace",
            expect![[r#"cbeda, c 3 → 1, e 5 → 3, a 1 → 5"#]],
        );
        check_order("a 1+0+0/1 | b 9+0+0/1", "a", expect!["ab"]);
        check_order("a 3+0+0/1 | b 2+0+0/1 | c -+0+0/1", "all", expect!["abc"]);
    }

    #[test]
    fn rule_7_1_scores_that_look_alike_when_rounded_are_told_apart() {
        check_order("a 10000+0+0/30000 | b 10000.01+0+0/30000", "all", expect!["ba, b 2 → 1, a 1 → 2"]);
    }

    /// `A b C d`: capitals are critical. Shows the order after `became` became critical, or that nothing moves.
    fn check_critical(order: &str, became: &str, expected: Expect) {
        let order: Vec<(ItemId, bool)> = order
            .split(' ')
            .filter_map(|word| word.chars().next())
            .map(|letter| (item(letter.to_ascii_lowercase()), letter.is_ascii_uppercase()))
            .collect();
        let became: Vec<ItemId> = became.chars().map(item).collect();
        let Some(placed) = critical_first(order.iter().copied(), &became) else {
            return expected.assert_eq("nothing moves");
        };
        let mut after = String::new();
        for (one, _) in order.iter().filter(|(one, _)| !placed.items.contains(one)) {
            if *one == placed.before {
                after.extend(placed.items.iter().map(|item| name(*item)));
            }
            after.push(name(*one));
        }
        expected.assert_eq(&after);
    }

    #[test]
    fn rule_7_2_a_bug_that_becomes_critical_goes_above_the_first_item_that_is_not_critical() {
        check_critical("a b C d", "c", expect!["cabd"]);
        check_critical("A b c D", "d", expect!["adbc"]);
        check_critical("A B c D e F", "df", expect!["abdfce"]);
    }

    #[test]
    fn rule_7_2_a_bug_that_stands_above_already_stays() {
        check_critical("A B c", "a", expect!["nothing moves"]);
        check_critical("A B C", "c", expect!["nothing moves"]);
        check_critical("A b C", "ac", expect!["acb"]);
    }

    #[test]
    fn rule_7_2_a_critical_item_that_was_moved_down_later_stays_when_another_becomes_critical() {
        check_critical("a B c D", "d", expect!["dabc"]);
    }

    #[test]
    fn only_bugs_are_critical() {
        assert!(is_critical(Some(WorkKind::Bug), Some(Severity::Critical)));
        assert!(!is_critical(Some(WorkKind::Debt), Some(Severity::Critical)));
        assert!(!is_critical(None, Some(Severity::Critical)));
        assert!(!is_critical(Some(WorkKind::Bug), Some(Severity::High)));
    }

    proptest! {
        #[test]
        fn ordering_permutes_the_chosen_places_and_ordering_again_moves_nothing(
            scores in prop::collection::vec((prop::option::of(0..6_i64), 1..4_i64, any::<bool>()), 0..26)
        ) {
            let mut chosen: Vec<Chosen> = ('a'..='z').zip(&scores).enumerate()
                .filter(|(_, (_, (_, _, is_chosen)))| *is_chosen)
                .map(|(n, (letter, (over, under, _)))| Chosen {
                    item: item(letter),
                    place: n as u32 + 1,
                    score: over.map(|over| Fraction { over: i128::from(over), under: i128::from(*under) }),
                })
                .collect();
            let mut places: Vec<u32> = chosen.iter().map(|one| one.place).collect();
            for change in order_by_score(&chosen) {
                let one = chosen.iter_mut().find(|one| one.item == change.item).unwrap();
                one.place = change.to;
            }
            chosen.sort_by_key(|one| one.place);
            let after: Vec<u32> = chosen.iter().map(|one| one.place).collect();
            places.sort_unstable();
            prop_assert_eq!(places, after);
            prop_assert!(chosen.windows(2).all(|pair| pair[0].score >= pair[1].score));
            prop_assert!(chosen.windows(2).all(|pair| pair[0].score != pair[1].score || pair[0].item < pair[1].item));
            prop_assert_eq!(order_by_score(&chosen), vec![]);
        }
    }
}
