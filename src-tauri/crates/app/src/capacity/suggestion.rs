//! The next split as the team's own history suggests it, with the numbers behind it.
//!
//! 1. It is shown and never applied by itself; who takes it sets the split by the ordinary command.
//! 2. Every closed Sprint is listed: those that count with their figures, the others with the reason; how many are left
//!    out because nothing is known of what drew on their buffers stands in the sentence.

use super::learned::experience_of;
use super::policy::{shares_of, shares_said};
use super::{LaneShare, sprint_lanes};
use crate::contract::Context;
use crate::error::AppError;
use crate::interrupt::gauge;
use crate::sprint::{SprintName, SprintQuestion, sprint_of};
use crate::team::counted;
use domain::capacity::{PastSplit, Suggestion, counted_in, left_out_of, suggest};
use domain::identity::LaneId;
use domain::measures::{Minutes, Share};
use domain::team::Lanes;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// How many closed Sprints are looked at, of those that have been.
const MOST: usize = 24;

const METHOD: &str = "Interrupt load of a Sprint = hours that drew on its buffer ÷ its net hours. The buffer is the 85th \
                      percentile of the last twelve, by nearest rank, rounded up to whole per cent.";

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
    /// Minutes that drew on its buffer, as far as is known; none where only totals are, or nothing of it.
    pub interrupts: Option<Minutes>,
    /// The part of the net hours that this is.
    pub load: Option<Share>,
    /// The share that its buffer had.
    pub buffer: Share,
    /// What each of the lanes came to; none where that is not known.
    pub actual: Vec<Option<Share>>,
    /// Whether it counts.
    pub counts: bool,
    /// Why it does not count, or what is not known of what drew on its buffer.
    pub note: Option<String>,
}

/// A closed Sprint as it is read.
struct PastSprint {
    sprint: SprintName,
    buffer: Share,
    /// Whether more than totals are known.
    is_whole: bool,
    /// What is not known of what drew on the buffer, in words.
    unknown: Option<String>,
    split: PastSplit,
}

pub(crate) fn split_suggestion(
    reader: &Reader<'_>,
    question: SprintQuestion,
    _: &Context<'_>,
) -> Result<SplitSuggestion, AppError> {
    let sprint = sprint_of(reader, question.sprint)?;
    let lanes = sprint_lanes(reader, &sprint)?;
    let past = past(reader)?;
    let splits: Vec<PastSplit> = past.iter().map(|one| one.split.clone()).collect();
    let counting = counted_in(&splits);
    let suggestion = suggest(&lanes, &splits);
    let left_out = left_out_of(&splits).len() as u32;
    let may_be_more = counting.iter().filter(|place| past[**place].unknown.is_some()).count() as u32;
    let rows = past.into_iter().enumerate().map(|(place, one)| {
        let counts = counting.contains(&place);
        SuggestedBy {
            net: one.split.net,
            interrupts: one.split.interrupts.filter(|_| one.is_whole),
            load: one.split.load(),
            buffer: one.buffer,
            actual: lanes.all().iter().map(|lane| of_lane(&one.split.actual, lane.id)).collect(),
            counts,
            note: match (counts, one.is_whole, one.split.load()) {
                (true, ..) => one.unknown,
                (_, false, _) => Some("only totals are known".to_owned()),
                (_, true, None) if one.split.lacks_interrupts() => {
                    Some("what drew on its buffer is not known".to_owned())
                }
                (_, true, None) => Some("nobody’s hours were set".to_owned()),
                (_, true, Some(_)) => Some("too long ago".to_owned()),
            },
            sprint: one.sprint,
        }
    });
    let mut sprints: Vec<SuggestedBy> = rows.collect();
    sprints.reverse();
    Ok(SplitSuggestion {
        choices: choices(&lanes, &suggestion),
        said: said(&suggestion, left_out, may_be_more),
        method: METHOD.to_owned(),
        lanes: lanes.all().iter().map(|lane| lane.name.clone()).collect(),
        sprints,
    })
}

/// The closed Sprints in order of time.
fn past(reader: &Reader<'_>) -> Result<Vec<PastSprint>, AppError> {
    let mut all = Vec::new();
    let closed = reader.sprints()?.into_iter().rev().filter(|sprint| sprint.closed_at.is_some());
    for sprint in closed.take(MOST) {
        let Some(one) = experience_of(reader, &sprint)? else { continue };
        let sealed = gauge::sealed_of(reader, sprint.id, None)?;
        let is_whole = sealed.is_some() || reader.commitment(sprint.id)?.is_some();
        let (drawn, unknown, lanes) = match sealed {
            Some(sealed) => {
                let (used, unknown) = (sealed.gauge.used, sealed.gauge.unknown_said);
                let drawn = Some(used).filter(|used| *used > Minutes::ZERO || unknown.is_none());
                (drawn, unknown, sealed.split.report.lanes)
            }
            None => (Some(one.interrupts), None, Vec::new()),
        };
        let actual = lanes.iter().filter_map(|lane| Some((lane.lane?, lane.actual.share?))).collect();
        let net = one.net.filter(|_| is_whole);
        let split = PastSplit { net, interrupts: drawn, actual };
        let (sprint, buffer) = (SprintName::from(&sprint), one.buffer_share);
        all.push(PastSprint { sprint, buffer, is_whole, unknown, split });
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

/// `left_out` Sprints know nothing of what drew on their buffer, `may_be_more` of those that count not all of it.
fn said(suggestion: &Suggestion, left_out: u32, may_be_more: u32) -> String {
    let in_sprints = |sprints: u32| counted(sprints, "closed Sprint");
    let left_out = match left_out {
        0 => String::new(),
        1 => " 1 more is left out: what drew on its buffer is not known.".to_owned(),
        more => format!(" {more} more are left out: what drew on their buffers is not known."),
    };
    let said = match suggestion {
        Suggestion::Known { buffer, sprints, beyond, .. } => {
            let enough = match beyond {
                0 => "in all of them it would have been enough".to_owned(),
                beyond => format!("it would have been enough in all but {beyond}"),
            };
            let more = match may_be_more {
                0 => String::new(),
                count => format!(" In {count} of them not all is known, so that more may be needed."),
            };
            format!("A buffer of {buffer}: as {} went, {enough}.{more}", in_sprints(*sprints))
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
            "Nothing can be suggested: no hours of interrupts are known in {}. That is no sign that a buffer is not needed.",
            in_sprints(*sprints)
        ),
    };
    said + &left_out
}

fn of_lane(actual: &[(LaneId, Share)], lane: LaneId) -> Option<Share> {
    actual.iter().find(|(id, _)| *id == lane).map(|(_, share)| *share)
}
