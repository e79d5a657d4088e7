//! How the team scores: method, criteria, weights, and when an input is old.
//!
//! 1. One method scores all items, for only scores of one method can be compared.
//! 2. A criterion that is taken away takes its ratings along; the journal keeps both, and undo brings them back.

use crate::backlog::Amount;
use crate::contract::{Context, Nothing, Outcome};
use crate::error::{AppError, sentence};
use crate::team::counted;
use domain::calendar::Instant;
use domain::identity::{CriterionId, ItemId};
use domain::priority::{
    Criterion, CriterionRefused, DebtInterest, Method, NoScore, Rating, Scale, Scorable, Score, ScorePolicy,
    Scoring, SeverityWeights, TermName, WeightsRefused,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{ListedItem, Reader, Writer};
use ts_rs::TS;

/// What scores are made with, read once for all items.
pub(crate) struct Scores {
    /// The method and the limit.
    pub policy: ScorePolicy,
    /// The weights and the criteria.
    pub scoring: Scoring,
    /// What was set before is old.
    pub aged_before: Instant,
    interest: HashMap<ItemId, DebtInterest>,
}

impl Scores {
    pub(crate) fn read(reader: &Reader<'_>, now: Instant) -> Result<Scores, AppError> {
        let policy = reader.score_policy()?;
        Ok(Scores {
            policy,
            scoring: reader.scoring()?,
            aged_before: policy.aged_before(now, reader.team()?.zone),
            interest: reader.debt_interest()?,
        })
    }

    /// What an item's score is made of.
    pub(crate) fn scorable(&self, item: &ListedItem) -> Scorable {
        Scorable {
            inputs: item.inputs.clone(),
            size: item.present.size,
            kind: item.present.kind,
            severity: item.present.severity,
            interest: self.interest_of(item.id).known(),
        }
    }

    /// What the interrupts took that an item caused.
    pub(crate) fn interest_of(&self, item: ItemId) -> DebtInterest {
        self.interest.get(&item).copied().unwrap_or_default()
    }

    /// The items that caused interrupts.
    pub(super) fn with_interest(&self) -> impl Iterator<Item = ItemId> + '_ {
        self.interest.keys().copied()
    }

    pub(crate) fn score(&self, method: Method, item: &Scorable) -> Result<Score, NoScore> {
        method.score(item, &self.scoring)
    }

    /// What people have to rate before the team's method scores an item.
    pub(super) fn to_rate(&self, item: &Scorable) -> Vec<TermName> {
        let asked = self.policy.method.asks(item, &self.scoring);
        asked.into_iter().filter(|name| item.inputs.rating(*name).is_none()).collect()
    }

    /// Whether an input that the team's method asks for is older than the limit.
    pub(crate) fn is_aged(&self, item: &Scorable) -> bool {
        self.policy.method.has_aged(item, &self.scoring, self.aged_before)
    }
}

/// How the team scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoringRules {
    /// The method by which all items are scored.
    pub method: Method,
    /// The method in words.
    pub title: String,
    /// Its formula in words.
    pub formula: String,
    /// After how many days an input is old.
    pub limit_days: u32,
    /// What was set before this moment is old.
    pub aged_before: Instant,
    /// All methods.
    pub methods: Vec<MethodChoice>,
    /// How much each severity counts.
    pub weights: SeverityWeights,
    /// The team's own criteria, in its order.
    pub criteria: Vec<CriterionView>,
}

/// A method that could be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MethodChoice {
    /// The method.
    pub method: Method,
    /// In words.
    pub title: String,
    /// Its formula in words.
    pub formula: String,
}

/// A criterion of the team's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CriterionView {
    /// Its identity.
    pub id: CriterionId,
    /// Its name.
    pub name: String,
    /// How much it counts.
    pub weight: Rating,
    /// On which scale it is rated.
    pub scale: Scale,
    /// Whether it is the debt interest in hours instead of a rating.
    pub is_interest: bool,
}

impl ScoringRules {
    pub(crate) fn read(reader: &Reader<'_>, now: Instant) -> Result<ScoringRules, AppError> {
        let (policy, scoring) = (reader.score_policy()?, reader.scoring()?);
        let choice = |method: &Method| MethodChoice {
            method: *method,
            title: method.title().to_owned(),
            formula: method.formula(&scoring),
        };
        let criterion = |one: &Criterion| CriterionView {
            id: one.id,
            name: one.name.clone(),
            weight: one.weight,
            scale: one.scale,
            is_interest: one.is_interest,
        };
        Ok(ScoringRules {
            method: policy.method,
            title: policy.method.title().to_owned(),
            formula: policy.method.formula(&scoring),
            limit_days: policy.limit_days,
            aged_before: policy.aged_before(now, reader.team()?.zone),
            methods: Method::ALL.iter().map(choice).collect(),
            weights: scoring.weights,
            criteria: scoring.criteria.iter().map(criterion).collect(),
        })
    }
}

/// How the team scores, and how many items have a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriorityOverview {
    /// How the team scores.
    pub rules: ScoringRules,
    /// Open items that are worked on themselves: without parts.
    pub open: u32,
    /// How many of them have a score.
    pub scored: u32,
    /// How many wait for a rating.
    pub to_rate: u32,
    /// How many have all their ratings and only lack a size or a severity.
    pub to_size: u32,
    /// To how many the method does not apply.
    pub apart: u32,
    /// How many have an input that is older than the limit.
    pub aged: u32,
    /// How many open items caused interrupts.
    pub with_interest: u32,
}

pub(super) fn overview(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<PriorityOverview, AppError> {
    let scores = Scores::read(reader, context.now)?;
    let rules = ScoringRules::read(reader, context.now)?;
    let mut overview = PriorityOverview {
        rules,
        open: 0,
        scored: 0,
        to_rate: 0,
        to_size: 0,
        apart: 0,
        aged: 0,
        with_interest: 0,
    };
    for item in reader.open_scorables()?.iter() {
        overview.with_interest += u32::from(scores.interest_of(item.item).interrupts > 0);
        if item.has_parts {
            continue;
        }
        overview.open += 1;
        overview.aged += u32::from(scores.is_aged(&item.scorable));
        match scores.score(scores.policy.method, &item.scorable) {
            Ok(_) => overview.scored += 1,
            Err(NoScore::NotABug | NoScore::NotDebt | NoScore::NoCriteria) => overview.apart += 1,
            Err(_) if scores.to_rate(&item.scorable).is_empty() => overview.to_size += 1,
            Err(_) => overview.to_rate += 1,
        }
    }
    Ok(overview)
}

/// Says by which method all items are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetMethod {
    /// The method.
    pub method: Method,
}

pub(super) fn set_method(
    writer: &mut Writer<'_>,
    command: SetMethod,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let method = command.method;
    if method == Method::Criteria && writer.criteria()?.is_empty() {
        return Err(AppError::refused("The team has no criteria yet.", "Add one first.").at("method"));
    }
    let policy = writer.score_policy()?;
    if policy.method != method {
        writer.put_score_policy(ScorePolicy { method, ..policy })?;
    }
    Ok(Outcome::titled(format!("Score by {}", method.title())))
}

/// Says after how many days an input is old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetLimit {
    /// The days, from 1 to 3650; a number, or what a person wrote.
    pub days: WrittenDays,
}

/// A number of days, or what a person wrote for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum WrittenDays {
    /// The number.
    Days(u32),
    /// As it was written.
    Text(String),
}

pub(super) fn set_limit(
    writer: &mut Writer<'_>,
    command: SetLimit,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let days = match &command.days {
        WrittenDays::Days(days) => Some(*days),
        WrittenDays::Text(text) => text.trim().parse().ok(),
    };
    let limit_days = days.filter(|days| (1..=ScorePolicy::LONGEST).contains(days)).ok_or_else(|| {
        AppError::refused(
            "This is no number of days for a limit.",
            format!("Write a whole number from 1 to {}.", ScorePolicy::LONGEST),
        )
        .at("days")
    })?;
    let policy = writer.score_policy()?;
    if policy.limit_days != limit_days {
        writer.put_score_policy(ScorePolicy { limit_days, ..policy })?;
    }
    Ok(Outcome::titled(format!("Take inputs for old after {}", counted(limit_days, "day"))))
}

/// Adds a criterion of the team's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddCriterion {
    /// Its name.
    pub name: String,
    /// How much it counts; 1 if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub weight: Option<Amount>,
    /// On which scale it is rated.
    pub scale: Scale,
    /// Whether it is the debt interest in hours instead of a rating.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub is_interest: bool,
}

pub(super) fn add_criterion(
    writer: &mut Writer<'_>,
    command: AddCriterion,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let criteria = writer.criteria()?;
    let weight = Amount::rating(command.weight.as_ref(), "weight")?;
    let criterion = Criterion {
        id: writer.identity(),
        name: command.name,
        weight: weight
            .map_or_else(|| Rating::hundredths(100), Ok)
            .map_err(|why| AppError::internal(why.to_string()))?,
        scale: command.scale,
        is_interest: command.is_interest,
    };
    let criterion = criterion.checked(&criteria).map_err(refused)?;
    writer.put_criterion(&criterion)?;
    Ok(Outcome::titled(format!("Add criterion {}", criterion.name)).created(criterion.id))
}

/// Changes a criterion; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeCriterion {
    /// The criterion.
    pub criterion: CriterionId,
    /// Its name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// How much it counts.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub weight: Option<Amount>,
    /// On which scale it is rated; what was rated stays as it is.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub scale: Option<Scale>,
}

pub(super) fn change_criterion(
    writer: &mut Writer<'_>,
    command: ChangeCriterion,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let criteria = writer.criteria()?;
    let before = criterion(&criteria, command.criterion)?;
    let weight = match command.weight {
        None => before.weight,
        Some(weight) => Amount::rating(Some(&weight), "weight")?.ok_or_else(|| {
            AppError::refused("A criterion needs a weight.", "Write at least 0.01.").at("weight")
        })?,
    };
    let after = Criterion {
        name: command.name.unwrap_or_else(|| before.name.clone()),
        weight,
        scale: command.scale.unwrap_or(before.scale),
        ..before.clone()
    };
    let after = after.checked(&criteria).map_err(refused)?;
    if after != *before {
        writer.put_criterion(&after)?;
    }
    Ok(Outcome::titled(match (after.name != before.name, after.weight != before.weight) {
        (true, _) => format!("Rename criterion {} to {}", before.name, after.name),
        (_, true) => format!("Weigh {} with {}", after.name, after.weight),
        _ => format!("Change criterion {}", after.name),
    }))
}

/// Puts a criterion to another place among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveCriterion {
    /// The criterion.
    pub criterion: CriterionId,
    /// The one right above which it comes; none puts it last.
    pub before: Option<CriterionId>,
}

pub(super) fn move_criterion(
    writer: &mut Writer<'_>,
    command: MoveCriterion,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let criteria = writer.criteria()?;
    let name = criterion(&criteria, command.criterion)?.name.clone();
    if let Some(before) = command.before {
        criterion(&criteria, before)?;
    }
    let stays = command.before == Some(command.criterion);
    if !stays {
        writer.move_criterion(command.criterion, command.before)?;
    }
    Ok(Outcome::titled(format!("Move criterion {name}")))
}

/// Takes a criterion away, with all that was rated by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveCriterion {
    /// The criterion.
    pub criterion: CriterionId,
}

pub(super) fn remove_criterion(
    writer: &mut Writer<'_>,
    command: RemoveCriterion,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let name = criterion(&writer.criteria()?, command.criterion)?.name.clone();
    let rated = writer.remove_criterion(command.criterion)?;
    let outcome = Outcome::titled(format!("Remove criterion {name}"));
    Ok(match rated {
        0 => outcome,
        1 => outcome.noting("One item had a rating by it: undo brings it back."),
        rated => outcome.noting(format!("{rated} items had a rating by it: undo brings them back.")),
    })
}

fn criterion(criteria: &[Criterion], id: CriterionId) -> Result<&Criterion, AppError> {
    criteria.iter().find(|criterion| criterion.id == id).ok_or_else(|| AppError::not_found("criterion"))
}

fn refused(why: CriterionRefused) -> AppError {
    let (hint, field) = match why {
        CriterionRefused::NoName => ("Write what is rated: “ease of use”.", "name"),
        CriterionRefused::LongName => ("Write a shorter one.", "name"),
        CriterionRefused::NameTaken { .. } => ("Write another name.", "name"),
        CriterionRefused::Weight { .. } => {
            ("Write how much it counts beside the others: 1, 2, 0.5.", "weight")
        }
        CriterionRefused::TooMany => ("Take one away first.", "name"),
    };
    AppError::refused(sentence(&why.to_string()), hint).at(field)
}

/// Says how much each severity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetWeights {
    /// Weight of critical.
    pub critical: u32,
    /// Weight of high.
    pub high: u32,
    /// Weight of low.
    pub low: u32,
}

pub(super) fn set_weights(
    writer: &mut Writer<'_>,
    command: SetWeights,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let SetWeights { critical, high, low } = command;
    let weights = SeverityWeights::new(critical, high, low).map_err(|refused| {
        let message = refused.to_string();
        let (hint, field) = match refused {
            WeightsRefused::NotInOrder { .. } => ("Critical counts most, low least.", "high"),
            WeightsRefused::Zero => ("Write at least 1.", "low"),
            WeightsRefused::TooLarge { .. } => ("Write at most 1000.", "critical"),
        };
        AppError::refused(format!("These weights do not fit: {message}."), hint).at(field)
    })?;
    if weights != writer.severity_weights()? {
        writer.put_severity_weights(weights)?;
    }
    Ok(Outcome::titled(format!("Set severity weights to {critical}, {high}, {low}")))
}
