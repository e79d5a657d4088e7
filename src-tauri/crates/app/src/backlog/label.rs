//! Labels: words that group items across kinds and Sprints.
//!
//! 1. A label is one line without spaces around it; whoever writes one with other capitals means the one that is there.
//! 2. Several items get and lose labels in one step; each at most once.

use super::{label_of, named};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use domain::backlog::ItemFact;
use domain::exchange::LabelKind;
use domain::identity::ItemId;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Gives items labels, and takes labels from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LabelItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// The labels that they get.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub add: Vec<String>,
    /// The labels that they lose.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub remove: Vec<String>,
}

pub(super) fn label(
    writer: &mut Writer<'_>,
    command: LabelItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    let mut add = Vec::new();
    for name in &command.add {
        add.push(checked(writer, name)?);
    }
    if add.is_empty() && command.remove.is_empty() {
        return Err(AppError::refused("No label was written.", "Write one such as mobile.").at("add"));
    }
    for item in &items {
        let known: Vec<String> = own_labels(writer, item.id)?;
        for name in add.iter().filter(|name| !known.contains(name)) {
            writer.add_label(item.id, LabelKind::Label, name)?;
            let fact = ItemFact::Labelled { name: name.clone(), holds: true };
            writer.record(item.id, context.now, &fact)?;
        }
        for name in command.remove.iter().filter(|name| known.contains(name) && !add.contains(name)) {
            writer.remove_label(item.id, LabelKind::Label, name)?;
            let fact = ItemFact::Labelled { name: name.clone(), holds: false };
            writer.record(item.id, context.now, &fact)?;
        }
    }
    let which = label_of(&items);
    Ok(Outcome::titled(match (add.as_slice(), command.remove.as_slice()) {
        ([], gone) => format!("Take label {} from {which}", gone.join(", ")),
        (added, []) => format!("Label {which} {}", added.join(", ")),
        (added, gone) => format!("Label {which} {} instead of {}", added.join(", "), gone.join(", ")),
    }))
}

/// A label as it is written down: as the team writes it already, if it does (rule 1).
fn checked(reader: &Reader<'_>, name: &str) -> Result<String, AppError> {
    let name = name.trim();
    if name.is_empty() || name.contains(['\n', '\r']) || name.chars().count() > 80 {
        let hint = "Write a word or two on one line.";
        return Err(AppError::refused("This is no label.", hint).at("add"));
    }
    let known = reader.label_names(name, 500)?;
    let same = known.into_iter().find(|(known, _)| known.to_lowercase() == name.to_lowercase());
    Ok(same.map_or_else(|| name.to_owned(), |(known, _)| known))
}

/// The labels of an item, without what else an import kept beside it.
pub(super) fn own_labels(reader: &Reader<'_>, item: ItemId) -> Result<Vec<String>, AppError> {
    let labels = reader.labels(item)?.into_iter().filter(|(kind, _)| *kind == LabelKind::Label);
    Ok(labels.map(|(_, name)| name).collect())
}

/// Asks for the labels of the team.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct LabelsQuestion {
    /// What was typed; labels that have it somewhere are proposed.
    #[ts(optional, as = "Option<String>")]
    pub text: String,
}

/// A label of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LabelUse {
    /// The label.
    pub name: String,
    /// How many items have it.
    pub items: u32,
}

pub(super) fn labels(
    reader: &Reader<'_>,
    question: LabelsQuestion,
    _: &Context<'_>,
) -> Result<Vec<LabelUse>, AppError> {
    let names = reader.label_names(question.text.trim(), 100)?;
    Ok(names.into_iter().map(|(name, items)| LabelUse { name, items: items as u32 }).collect())
}
