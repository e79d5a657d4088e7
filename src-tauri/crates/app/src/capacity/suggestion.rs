//! The next split as the team's own history suggests it, with the numbers behind it.
//!
//! 1. It is shown and never applied by itself; who takes it sets the split by the ordinary command.
//! 2. Every closed Sprint is listed: those that count with their figures, the others with the reason.

use super::learned::experience_of;
use super::policy::{shares_of, shares_said};
use super::{LaneShare, sprint_lanes};
use crate::contract::Context;
use crate::error::AppError;
use crate::interrupt::gauge;
use crate::sprint::{SprintName, SprintQuestion, sprint_of};
use crate::team::counted;
use domain::capacity::{PastSplit, Suggestion, counted_in, suggest};
use domain::identity::LaneId;
use domain::measures::{Minutes, Share};
use domain::team::Lanes;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// How many closed Sprints are looked at, of those that have been.
const MOST: usize = 24;

/// The next split as it is suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitSuggestion {
    /// The splits to choose from; none where history is too short.
    pub choices: Vec<SuggestedSplit>,
    /// What is suggested, or why nothing is, in a sentence.
    pub said: String,
    /// How it is computed.
    pub method: String,
    /// The names of the lanes, in the order of the shares.
    pub lanes: Vec<String>,
    /// The closed Sprints behind it, the latest first.
    pub sprints: Vec<SuggestedBy>,
}

/// A split that is suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SuggestedSplit {
    /// What it does with the planned lanes: “Planned lanes keep their proportion”.
    pub title: String,
    /// The share of each lane.
    pub shares: Vec<LaneShare>,
    /// The shares in words: “53 / 27 / 20 %”.
    pub said: String,
    /// Whether the Sprint is divided so.
    pub now: bool,
}

/// A closed Sprint behind a suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SuggestedBy {
    /// The Sprint.
    pub sprint: SprintName,
    /// Its net minutes; none where they are not known.
    pub net: Option<Minutes>,
    /// Minutes that interrupts took; none where only totals are known.
    pub interrupts: Option<Minutes>,
    /// The part of the net hours that this is.
    pub load: Option<Share>,
    /// The share that its buffer had.
    pub buffer: Share,
    /// What each of the lanes came to; none where that is not known.
    pub actual: Vec<Option<Share>>,
    /// Whether it counts.
    pub counts: bool,
    /// Why it does not count.
    pub why_not: Option<String>,
}

pub(crate) fn split_suggestion(
    reader: &Reader<'_>,
    question: SprintQuestion,
    _: &Context<'_>,
) -> Result<SplitSuggestion, AppError> {
    let sprint = sprint_of(reader, question.sprint)?;
    let lanes = sprint_lanes(reader, &sprint)?;
    let past = past(reader)?;
    let splits: Vec<PastSplit> = past.iter().map(|(.., split)| split.clone()).collect();
    let counting = counted_in(&splits);
    let suggestion = suggest(&lanes, &splits);
    let rows = past.iter().enumerate().map(|(place, (sprint, buffer, is_whole, split))| {
        let counts = counting.contains(&place);
        SuggestedBy {
            sprint: sprint.clone(),
            net: split.net,
            interrupts: is_whole.then_some(split.interrupts),
            load: split.load(),
            buffer: *buffer,
            actual: lanes.all().iter().map(|lane| of_lane(&split.actual, lane.id)).collect(),
            counts,
            why_not: (!counts).then(|| match (is_whole, split.load()) {
                (false, _) => "only totals are known".to_owned(),
                (true, None) => "nobody’s hours were set".to_owned(),
                (true, Some(_)) => "too long ago".to_owned(),
            }),
        }
    });
    let mut sprints: Vec<SuggestedBy> = rows.collect();
    sprints.reverse();
    Ok(SplitSuggestion {
        choices: choices(&lanes, &suggestion),
        said: said(&suggestion),
        method:
            "Interrupt load of a Sprint = hours that interrupts took ÷ its net hours. The buffer is the 85th \
                 percentile of the last twelve, by nearest rank, rounded up to whole per cent."
                .to_owned(),
        lanes: lanes.all().iter().map(|lane| lane.name.clone()).collect(),
        sprints,
    })
}

/// The closed Sprints in order of time, with the share of their buffer, and whether more than totals are known.
fn past(reader: &Reader<'_>) -> Result<Vec<(SprintName, Share, bool, PastSplit)>, AppError> {
    let mut all = Vec::new();
    let closed = reader.sprints()?.into_iter().rev().filter(|sprint| sprint.closed_at.is_some());
    for sprint in closed.take(MOST) {
        let Some(one) = experience_of(reader, &sprint)? else { continue };
        let sealed = gauge::sealed_of(reader, sprint.id, None)?;
        let is_whole = sealed.is_some() || reader.commitment(sprint.id)?.is_some();
        let lanes = sealed.map(|sealed| sealed.split.report.lanes).unwrap_or_default();
        let actual = lanes.iter().filter_map(|lane| Some((lane.lane?, lane.actual.share?))).collect();
        let net = one.net.filter(|_| is_whole);
        let split = PastSplit { net, interrupts: one.interrupts, actual };
        all.push((SprintName::from(&sprint), one.buffer_share, is_whole, split));
    }
    all.reverse();
    Ok(all)
}

fn choices(lanes: &Lanes, suggestion: &Suggestion) -> Vec<SuggestedSplit> {
    let Suggestion::Known { keep, follow, .. } = suggestion else { return Vec::new() };
    let choice = |title: &str, shares: &[Share]| {
        let ids = lanes.all().iter().map(|lane| lane.id);
        let shares: Vec<(LaneId, Share)> = ids.zip(shares.iter().copied()).collect();
        SuggestedSplit {
            title: title.to_owned(),
            said: shares_said(&shares),
            now: shares == shares_of(lanes),
            shares: shares.into_iter().map(|(lane, share)| LaneShare { lane, share }).collect(),
        }
    };
    let mut all = vec![choice("The planned lanes keep their proportion", keep)];
    if let Some(follow) = follow.as_ref().filter(|follow| *follow != keep) {
        all.push(choice("The planned lanes follow what was done in them", follow));
    }
    all
}

fn said(suggestion: &Suggestion) -> String {
    let in_sprints = |sprints: u32| counted(sprints, "closed Sprint");
    match suggestion {
        Suggestion::Known { buffer, sprints, beyond, .. } => {
            let enough = match beyond {
                0 => "in all of them it would have been enough".to_owned(),
                beyond => format!("it would have been enough in all but {beyond}"),
            };
            format!("A buffer of {buffer}: as {} went, {enough}.", in_sprints(*sprints))
        }
        Suggestion::TooFew { sprints: 0, needed } => {
            format!(
                "Nothing can be suggested yet: {needed} closed Sprints with known hours are needed, and there is none."
            )
        }
        Suggestion::TooFew { sprints, needed } => {
            format!(
                "Nothing can be suggested yet: {needed} closed Sprints with known hours are needed, {sprints} known."
            )
        }
        Suggestion::NoInterrupts { sprints } => format!(
            "Nothing can be suggested: no interrupt was written down in {}. That is no sign that a buffer is not needed.",
            in_sprints(*sprints)
        ),
    }
}

fn of_lane(actual: &[(LaneId, Share)], lane: LaneId) -> Option<Share> {
    actual.iter().find(|(id, _)| *id == lane).map(|(_, share)| *share)
}
