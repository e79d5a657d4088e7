//! Prioritisation: inputs of items, scores, and what is decided with them.
//!
//! 1. Raw inputs are stored, scores derived (7.1); all items are scored by the method that the team chose.
//! 2. Ordering by score is one step with a preview; it permutes the places of the chosen open items only (7.2).
//! 3. What is asked beforehand and what is done afterwards are made by one function.
//! 4. An input that is given again is as young as that moment, also when it is the same.

use crate::contract::{Nothing, commands, queries};

mod card;
mod comparison;
mod inputs;
mod interest;
mod order;
mod picture;
mod rules;

pub(crate) use card::score_card;
pub use card::{
    CardInput, CardQuestion, InterestOfItem, ItemScore, QueueQuestion, ScoreCard, ScoredItem, ScoringQueue,
};
pub use comparison::{ComparedItem, ComparisonQuestion, ItemComparison};
pub use inputs::{PlaceItem, SetInput};
pub use interest::{DebtInterestList, InterestRow};
pub use order::{OrderPreview, PreviewedMove, ScoreOrder, Unscored};
pub use picture::{PicturedItem, PriorityPicture, QuarterView, UnplacedItem};
pub(crate) use rules::Scores;
pub use rules::{
    AddCriterion, ChangeCriterion, CriterionView, MethodChoice, MoveCriterion, PriorityOverview,
    RemoveCriterion, ScoringRules, SetLimit, SetMethod, SetWeights,
};

commands! {
    /// Changes of priorities.
    PriorityCommand {
        /// Sets an input of items.
        SetInput(SetInput) => inputs::set_input,
        /// Puts an item to another value and effort.
        Place(PlaceItem) => inputs::place,
        /// Orders items by their scores.
        OrderByScore(ScoreOrder) => order::order,
        /// Says how much each severity counts.
        SetWeights(SetWeights) => rules::set_weights,
        /// Says by which method all items are scored.
        SetMethod(SetMethod) => rules::set_method,
        /// Says after how many days an input is old.
        SetLimit(SetLimit) => rules::set_limit,
        /// Adds a criterion of the team's own.
        AddCriterion(AddCriterion) => rules::add_criterion,
        /// Changes a criterion.
        ChangeCriterion(ChangeCriterion) => rules::change_criterion,
        /// Puts a criterion to another place among the others.
        MoveCriterion(MoveCriterion) => rules::move_criterion,
        /// Takes a criterion away, with all that was rated by it.
        RemoveCriterion(RemoveCriterion) => rules::remove_criterion,
    }
}

queries! {
    /// Questions about priorities.
    PriorityQuery / PriorityAnswers {
        /// How the team scores, and how many items have a score.
        Overview(Nothing) -> PriorityOverview => rules::overview,
        /// What ordering by score would move.
        Preview(ScoreOrder) -> OrderPreview => order::preview,
        /// Which items are to be scored, in which order.
        Queue(QueueQuestion) -> ScoringQueue => card::queue,
        /// One item with what is rated of it.
        Card(CardQuestion) -> ScoredItem => card::card,
        /// Two items side by side: why the one stands above the other, and what would swap them.
        Comparison(ComparisonQuestion) -> ItemComparison => comparison::comparison,
        /// Value and effort of all open items.
        Picture(Nothing) -> PriorityPicture => picture::picture,
        /// The items that caused interrupts, with the hours that these took.
        DebtInterest(Nothing) -> DebtInterestList => interest::debt_interest,
    }
}
