//! Which items a view of the Product Backlog shows, and how it sorts them for the eye.
//!
//! 1. An item is shown when it passes every part of the filter; a part that names nothing lets everything pass.
//! 2. Sorting for the eye never changes the order of the Product Backlog; equal items stand in that order.
//! 3. Of what a text finds, the item with that label is the best match; then a title that begins with it, a label that
//!    begins so, a title of which some words begin so, and whatever else has it.

use crate::backlog::{Severity, WorkKind};
use crate::calendar::Instant;
use crate::identity::LaneId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which items are shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct BacklogFilter {
    /// Where they are.
    pub whereabouts: Whereabouts,
    /// Items of these kinds.
    pub kinds: Vec<WorkKind>,
    /// Also, or only, items without a kind.
    pub unsorted: bool,
    /// Items of these severities.
    pub severities: Vec<Severity>,
    /// Items of these lanes: of their selection, or else of their kind (1.2).
    pub lanes: Vec<LaneId>,
    /// Only items without a size.
    pub without_size: bool,
    /// Only items of which it was said that they are ready, or only all others.
    #[ts(optional = nullable)]
    pub ready: Option<bool>,
    /// Items with one of these labels, whatever their capitals.
    #[ts(optional, as = "Option<Vec<String>>")]
    pub labels: Vec<String>,
    /// Items of which an input of their score was set before this moment.
    #[ts(optional = nullable)]
    pub rated_before: Option<Instant>,
    /// Items whose title or description has words that start so, or whose label or outside key does.
    pub text: String,
}

impl BacklogFilter {
    /// Whether it asks for what only few items have, whatever its text: labels, old inputs.
    pub fn is_narrow(&self) -> bool {
        !self.labels.is_empty() || self.rated_before.is_some()
    }
}

/// Where an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Whereabouts {
    /// Not ended: in the Product Backlog or selected.
    #[default]
    Open,
    /// Not ended and in no Sprint.
    Backlog,
    /// Not ended and in a Sprint.
    Selected,
    /// Done or cancelled.
    Ended,
    /// Anywhere.
    All,
}

/// How a view sorts its items for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SortView {
    /// By the order of the Product Backlog.
    #[default]
    Order,
    /// By the score of the team's method, the highest first, those without last.
    Score,
    /// By severity × reach, the highest first, those without last.
    SeverityReach,
    /// The largest first, unsized ones last.
    Largest,
    /// The smallest first, unsized ones last.
    Smallest,
    /// The oldest first.
    Oldest,
    /// The youngest first.
    Youngest,
    /// The best match of the filter's text first.
    Match,
}

/// How well an item matches a text that found it; more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Something else of it has the text.
    Elsewhere,
    /// A word of its title begins with each word of the text.
    Words,
    /// Its label begins with the text.
    LabelBegins,
    /// Its title begins with the text.
    TitleBegins,
    /// Its label is the text.
    Label,
}

impl Fit {
    /// How well a label and a title match a text, whatever its capitals.
    pub fn of(text: &str, label: &str, title: &str) -> Fit {
        let text = text.trim().to_lowercase();
        let (label, title) = (label.to_lowercase(), title.to_lowercase());
        let begins = |word: &str| words(&title).any(|one| one.starts_with(word));
        if label == text {
            Fit::Label
        } else if title.starts_with(&text) {
            Fit::TitleBegins
        } else if label.starts_with(&text) {
            Fit::LabelBegins
        } else if words(&text).all(begins) {
            Fit::Words
        } else {
            Fit::Elsewhere
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Fit;

    #[test]
    fn rule_3_the_item_with_the_label_comes_first_then_titles_that_begin_so() {
        let mut found = [
            ("PAY-12", "Retry a card payment"),
            ("PAY-1", "Saved payees"),
            ("PAY-3", "pay-1 is mentioned"),
            ("PAY-4", "Names, of which PAY and 1 are words"),
            ("PAY-5", "Found by its description"),
        ];
        found.sort_by_key(|(label, title)| std::cmp::Reverse(Fit::of("pay-1 ", label, title)));
        assert_eq!(found.map(|(label, _)| label), ["PAY-1", "PAY-3", "PAY-12", "PAY-4", "PAY-5"]);
    }
}
