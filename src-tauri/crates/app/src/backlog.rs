//! The Product Backlog: what changes items and their order, and what shows them.
//!
//! 1. A command names its items; one that is gone refuses it all, so that nothing is half done.
//! 2. What does not change anything leaves no step behind.
//! 3. While the policy is on, a bug that becomes critical is placed above the first item that is not, in the same
//!    step, named in its title (7.2).

use crate::contract::{commands, queries};
use crate::error::{AppError, sentence};
use domain::backlog::{Item, ItemFact};
use domain::calendar::Instant;
use domain::identity::ItemId;
use domain::measures::Size;
use domain::priority::Rating;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

mod add;
mod change;
mod divide;
mod item;
mod label;
mod link;
mod list;
pub mod markdown;
mod merge;
mod order;
mod ready;

pub use add::AddItem;
pub(crate) use add::add_item;
pub use change::{
    AssignItems, BlockItems, DescribeItem, RemoveItems, RenameItem, SetKind, SetSeverity, SizeItems,
    UnblockItems,
};
pub use divide::{PartOfSplit, SplitItem};
pub use item::{HistoryLine, ItemLink, ItemPage, ItemQuestion};
pub(crate) use item::{facts_said, item_page, origin_words};
pub use label::{LabelItems, LabelUse, LabelsQuestion};
pub(crate) use link::Waiting;
pub use link::{AttachLink, DetachLink, NeedItem, NeedNoMore, SetParent, WaitsFor};
pub use list::{
    BacklogCounts, BacklogOverview, BacklogRow, BacklogWindow, LaneName, MemberName, OutsideName,
    WindowQuestion,
};
pub(crate) use merge::NearTitles;
pub use merge::{
    ApartPair, DuplicateItem, DuplicatePair, Duplicates, DuplicatesQuestion, MergeItems, NearTitle,
    NearTitlesQuestion, TellApart,
};
pub use order::ReorderItems;
pub(crate) use order::{critical_title, place_critical};
pub use ready::{HoldBackItems, ReadyItems, SimilarItem, SimilarQuestion};
pub(crate) use ready::{doubts, unready_said};

commands! {
    /// Changes of the Product Backlog.
    BacklogCommand {
        /// Adds an item.
        AddItem(AddItem) => add_item,
        /// Gives an item another title.
        Rename(RenameItem) => change::rename,
        /// Gives an item another description.
        Describe(DescribeItem) => change::describe,
        /// Says what sort of work items are.
        SetKind(SetKind) => change::set_kind,
        /// Says how bad bugs are.
        SetSeverity(SetSeverity) => change::set_severity,
        /// Sizes items.
        Size(SizeItems) => change::size,
        /// Gives items to a member, or to nobody.
        Assign(AssignItems) => change::assign,
        /// Says that items cannot go on, and why.
        Block(BlockItems) => change::block,
        /// Says that items can go on again.
        Unblock(UnblockItems) => change::unblock,
        /// Takes items away.
        RemoveItems(RemoveItems) => change::remove_items,
        /// Moves items to another place in the order.
        Move(ReorderItems) => order::move_items,
        /// Splits an item into parts below it or items beside it.
        Split(SplitItem) => divide::split,
        /// Merges duplicates into an item.
        Merge(MergeItems) => merge::merge,
        /// Says that two items are not the same, however alike they are.
        TellApart(TellApart) => merge::tell_apart,
        /// Says that two items may be the same after all.
        TellApartNoMore(TellApart) => merge::tell_apart_no_more,
        /// Makes items parts of another one, or of none.
        SetParent(SetParent) => link::set_parent,
        /// Says that items need another one.
        Need(NeedItem) => link::need,
        /// Says that an item does not need another one any more.
        NeedNoMore(NeedNoMore) => link::need_no_more,
        /// Attaches an address or a path to an item.
        Attach(AttachLink) => link::attach,
        /// Takes an attachment away.
        Detach(DetachLink) => link::detach,
        /// Gives items labels, and takes labels from them.
        Label(LabelItems) => label::label,
        /// Says that items are ready to be selected.
        Ready(ReadyItems) => ready::ready,
        /// Says that items are not ready, and why.
        HoldBack(HoldBackItems) => ready::hold_back,
    }
}

queries! {
    /// Questions about the Product Backlog.
    BacklogQuery / BacklogAnswers {
        /// A part of the ordered list.
        Window(WindowQuestion) -> BacklogWindow => list::window,
        /// What the list needs besides its rows.
        Overview(crate::contract::Nothing) -> BacklogOverview => list::overview,
        /// One item.
        Item(ItemQuestion) -> ItemPage => item_page,
        /// Items that may be duplicates.
        Duplicates(DuplicatesQuestion) -> Duplicates => merge::duplicates,
        /// The pairs of which somebody said that they are not the same.
        ToldApart(crate::contract::Nothing) -> Vec<ApartPair> => merge::told_apart,
        /// Items whose titles are nearly those of others that are to come.
        NearTitles(NearTitlesQuestion) -> Vec<NearTitle> => merge::near,
        /// The labels of the team, the most used first.
        Labels(LabelsQuestion) -> Vec<LabelUse> => label::labels,
        /// Items of the past that say something of a size.
        Similar(SimilarQuestion) -> Vec<SimilarItem> => ready::similar,
    }
}

/// An item by its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemName {
    /// Its identity.
    pub id: ItemId,
    /// Its label.
    pub label: String,
}

/// A size or an input: a number of hundredths, or what a person wrote: `5`, `0,5`. An empty text is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Amount {
    /// In hundredths.
    Hundredths(#[ts(type = "number")] i64),
    /// As it was written.
    Text(String),
}

impl From<Size> for Amount {
    fn from(size: Size) -> Amount {
        Amount::Hundredths(size.in_hundredths())
    }
}

impl Amount {
    /// The size that is meant. Refused at a field where it is none.
    pub(crate) fn size(amount: Option<&Amount>, field: &str) -> Result<Option<Size>, AppError> {
        let text = match amount {
            None => return Ok(None),
            Some(Amount::Text(text)) if text.trim().is_empty() => return Ok(None),
            Some(Amount::Text(text)) => text.trim().replace('−', "-"),
            Some(Amount::Hundredths(hundredths)) => {
                Size::hundredths(*hundredths).to_string().replace('−', "-")
            }
        };
        Size::parse(&text).map(Some).map_err(|refused| {
            let hint = "Write points such as 5, 0.5 or 13, or nothing for unsized.";
            AppError::refused(sentence(&refused.to_string()), hint).at(field)
        })
    }

    /// The rating that is meant. Refused at a field where it is none.
    pub(crate) fn rating(amount: Option<&Amount>, field: &str) -> Result<Option<Rating>, AppError> {
        let hint = "Write a number from 0 to 1000000, or nothing if it is not known.";
        let refuse = |message: String| AppError::refused(sentence(&message), hint).at(field);
        let hundredths = match amount {
            None => return Ok(None),
            Some(Amount::Text(text)) if text.trim().is_empty() => return Ok(None),
            Some(Amount::Hundredths(hundredths)) => *hundredths,
            Some(Amount::Text(text)) => match Size::parse(text) {
                Ok(size) => size.in_hundredths(),
                // A rating may be larger than any size.
                Err(_) => text
                    .trim()
                    .parse::<i64>()
                    .ok()
                    .and_then(|whole| whole.checked_mul(100))
                    .ok_or_else(|| refuse(format!("“{}” is not a number", text.trim())))?,
            },
        };
        Rating::hundredths(hundredths).map(Some).map_err(|refused| refuse(refused.to_string()))
    }
}

/// An item that must be there.
pub(crate) fn item_of(reader: &Reader<'_>, id: ItemId) -> Result<Item, AppError> {
    reader.item(id)?.ok_or_else(|| AppError::not_found("item"))
}

/// The named items, each once, in the order of their naming. Refused where none is named or one is gone.
pub(crate) fn named(writer: &Writer<'_>, ids: &[ItemId]) -> Result<Vec<Item>, AppError> {
    let mut items: Vec<Item> = Vec::with_capacity(ids.len());
    let mut seen = std::collections::HashSet::new();
    for id in ids.iter().filter(|id| seen.insert(**id)) {
        items.push(item_of(writer, *id)?);
    }
    if items.is_empty() {
        return Err(AppError::refused("No item was chosen.", "Choose one or several items first."));
    }
    Ok(items)
}

/// “PAY-12” or “3 items”.
pub(crate) fn label_of(items: &[Item]) -> String {
    match items {
        [item] => item.label.clone(),
        items => format!("{} items", items.len()),
    }
}

/// Records a fact for each item that it changes.
fn record_each(
    writer: &mut Writer<'_>,
    items: &[Item],
    at: Instant,
    fact: &ItemFact,
    changes: impl Fn(&Item) -> bool,
) -> Result<(), AppError> {
    for item in items.iter().filter(|item| changes(item)) {
        writer.record(item.id, at, fact)?;
    }
    Ok(())
}
