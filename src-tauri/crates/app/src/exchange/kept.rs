//! What a person changed in a proposed mapping, kept for the next export of the same kind.
//!
//! 1. Only what a person changed is kept; everything else is proposed anew for each file.
//! 2. A kind of export is its tracker; of a file that no tracker wrote, the names of its columns, in any order.
//! 3. What a file does not have (a column, a value) stays kept as it was.
//! 4. An order of dates that the dates of a file disprove is not proposed for it, and neither is a state that the team
//!    no longer has.

use super::mapping::{ColumnTarget, DecimalSign, KindChoice, Mapping, OnlyRows, RowsBecome, Target, ValueTo};
use super::merge::fingerprint;
use super::names;
use super::table::{Delimiter, Encoding, Table};
use crate::error::AppError;
use domain::backlog::Severity;
use domain::identity::StateId;
use domain::interrupt::IncidentSeverity;
use domain::team::Workflow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person changed in a proposed mapping; all else is as proposed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "ImportChoices")]
pub struct Choices {
    /// What the rows become.
    pub becomes: RowsBecome,
    /// The rows that are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub only: Option<OnlyRows>,
    /// What interrupts without a title are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub titled: Option<String>,
    /// Whether interrupts are made of incidents.
    pub with_interrupts: bool,
    /// Where the keys come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub source: Option<String>,
    /// How the bytes are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub encoding: Option<Encoding>,
    /// What stands between two cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub delimiter: Option<Delimiter>,
    /// What stands before the decimals of a size.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub decimal: Option<DecimalSign>,
    /// Whether the day or the month comes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub dates: Option<super::dates::DateOrder>,
    /// Columns that become something else than proposed.
    pub columns: Vec<ColumnTarget>,
    /// Types that stand for something else.
    pub kinds: Vec<ValueTo<KindChoice>>,
    /// Priorities that stand for something else.
    pub severities: Vec<ValueTo<Severity>>,
    /// Severities of interrupts that are another one.
    pub incident_severities: Vec<ValueTo<IncidentSeverity>>,
    /// Statuses that stand for something else.
    pub states: Vec<ValueTo<StateId>>,
}

/// What an import keeps of its mapping, and for which kind of export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportKeep")]
pub struct Keep {
    /// The kind of export.
    pub export: String,
    /// What a person changed.
    pub choices: Choices,
}

/// The kind of export that a table is.
pub fn export_of(table: &Table<'_>) -> String {
    let mut names: Vec<String> = table.columns.iter().map(|column| names::plain(&column.name)).collect();
    match super::mapping::tracker(table) {
        Some(tracker) => tracker.to_owned(),
        None => {
            names.sort_unstable();
            format!("columns {}", fingerprint(&names.join("\n")))
        }
    }
}

impl Choices {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Choices::default()
    }

    /// Whether something of what was kept is so here too.
    pub(super) fn shares(&self, kept: &Choices) -> bool {
        fn same<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
            one.is_some() && one == other
        }
        fn any<T: PartialEq>(one: &[T], other: &[T]) -> bool {
            one.iter().any(|value| other.contains(value))
        }
        (self.becomes == kept.becomes && self.becomes != RowsBecome::Items)
            || same(&self.only, &kept.only)
            || same(&self.titled, &kept.titled)
            || same(&self.source, &kept.source)
            || same(&self.encoding, &kept.encoding)
            || same(&self.delimiter, &kept.delimiter)
            || same(&self.decimal, &kept.decimal)
            || same(&self.dates, &kept.dates)
            || any(&self.columns, &kept.columns)
            || any(&self.kinds, &kept.kinds)
            || any(&self.severities, &kept.severities)
            || any(&self.incident_severities, &kept.incident_severities)
            || any(&self.states, &kept.states)
    }

    /// What was kept; what cannot be read is as if nothing was.
    pub fn read(json: &str) -> Choices {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// As it is kept.
    pub fn json(&self) -> Result<String, AppError> {
        serde_json::to_string(self).map_err(|error| AppError::internal(error.to_string()))
    }

    /// Gives columns the targets that were chosen for them; what was proposed for another column and can be had once
    /// only, is not proposed there any more.
    pub(super) fn choose_columns(&self, headers: &[&str], targets: &mut [Target]) {
        let chosen = |header: &str| self.columns.iter().find(|column| column.name == header);
        let mut taken: Vec<Target> = Vec::new();
        for (header, target) in headers.iter().zip(targets.iter_mut()) {
            if let Some(choice) = chosen(header) {
                *target = choice.target;
                taken.push(choice.target);
            }
        }
        for (header, target) in headers.iter().zip(targets.iter_mut()) {
            if chosen(header).is_none() && !target.takes_several() && taken.contains(target) {
                *target = Target::Ignore;
            }
        }
    }

    /// A proposed mapping with what was chosen before; its columns are chosen already.
    pub(super) fn applied(&self, proposed: &Mapping, is_proven: bool, workflow: &Workflow) -> Mapping {
        let dates = self.dates.filter(|_| !is_proven);
        let mut states = self.states.clone();
        states.retain(|state| state.to.is_none_or(|id| workflow.get(id).is_some()));
        Mapping {
            becomes: self.becomes,
            only: self.only.clone().or_else(|| proposed.only.clone()),
            titled: self.titled.clone().unwrap_or_else(|| proposed.titled.clone()),
            with_interrupts: self.with_interrupts || proposed.with_interrupts,
            service: proposed.service.clone(),
            source: self.source.clone().unwrap_or_else(|| proposed.source.clone()),
            encoding: proposed.encoding,
            delimiter: proposed.delimiter,
            decimal: self.decimal.unwrap_or(proposed.decimal),
            dates: dates.unwrap_or(proposed.dates),
            columns: proposed.columns.clone(),
            kinds: overlaid(&proposed.kinds, &self.kinds),
            severities: overlaid(&proposed.severities, &self.severities),
            incident_severities: overlaid(&proposed.incident_severities, &self.incident_severities),
            states: overlaid(&proposed.states, &states),
        }
    }

    /// How a mapping differs from what was proposed; what was kept of things that this file does not have stays.
    pub(super) fn between(proposed: &Mapping, mapping: &Mapping, kept: &Choices) -> Choices {
        fn other<T: PartialEq + Clone>(proposed: &T, chosen: &T) -> Option<T> {
            (proposed != chosen).then(|| chosen.clone())
        }
        let is_absent = |column: &&ColumnTarget| !proposed.columns.iter().any(|one| one.name == column.name);
        let changed = mapping.columns.iter().filter(|column| {
            proposed.columns.iter().any(|one| one.name == column.name && one.target != column.target)
        });
        Choices {
            becomes: mapping.becomes,
            only: mapping.only.clone(),
            titled: other(&proposed.titled, &mapping.titled),
            with_interrupts: mapping.with_interrupts,
            source: other(&proposed.source, &mapping.source),
            encoding: other(&proposed.encoding, &mapping.encoding),
            delimiter: other(&proposed.delimiter, &mapping.delimiter),
            decimal: other(&proposed.decimal, &mapping.decimal),
            dates: other(&proposed.dates, &mapping.dates),
            columns: changed.chain(kept.columns.iter().filter(is_absent)).cloned().collect(),
            kinds: changed_values(&proposed.kinds, &mapping.kinds, &kept.kinds),
            severities: changed_values(&proposed.severities, &mapping.severities, &kept.severities),
            incident_severities: changed_values(
                &proposed.incident_severities,
                &mapping.incident_severities,
                &kept.incident_severities,
            ),
            states: changed_values(&proposed.states, &mapping.states, &kept.states),
        }
    }
}

/// Values with what each stands for, where that is known better.
pub(super) fn overlaid<T: Clone>(values: &[ValueTo<T>], better: &[ValueTo<T>]) -> Vec<ValueTo<T>> {
    let known =
        |value: &ValueTo<T>| better.iter().find(|one| one.value == value.value).unwrap_or(value).clone();
    values.iter().map(known).collect()
}

fn changed_values<T: Clone + PartialEq>(
    proposed: &[ValueTo<T>],
    chosen: &[ValueTo<T>],
    kept: &[ValueTo<T>],
) -> Vec<ValueTo<T>> {
    let of = |value: &str| proposed.iter().find(|one| one.value == value);
    let changed = chosen.iter().filter(|one| of(&one.value).is_some_and(|proposed| proposed.to != one.to));
    changed.chain(kept.iter().filter(|one| of(&one.value).is_none())).cloned().collect()
}
