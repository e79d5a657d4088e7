//! Ways to divide the capacity that are there to be taken: the team's usual shares, those of the Sprint before, and
//! policies, which are shares with a name.
//!
//! 1. Taking one gives a Sprint these shares as its own; they follow the policy no further.
//! 2. A policy divides the whole among the team's lanes, as every split does. Where the lanes change, it is made to fit:
//!    a new lane has nothing in it, and what a removed lane had goes to the others in proportion.
//! 3. “Normal” is the team's usual shares and no policy of its own.

use super::plan::put_split;
use super::{LaneShare, points_said, sprint_lanes};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::sprint::{SprintName, SprintQuestion, sprint_of};
use crate::team::lanes_refused;
use domain::capacity::divide;
use domain::identity::{LaneId, RowId, SprintId};
use domain::measures::{Share, Size};
use domain::team::Lanes;
use serde::{Deserialize, Serialize};
use store::{Policy, Reader, Sprint, Writer};
use ts_rs::TS;

/// How the team's usual shares are called.
const NORMAL: &str = "Normal";

/// Divides a Sprint's capacity by a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UsePolicy {
    /// The Sprint.
    pub sprint: SprintId,
    /// The policy.
    pub policy: RowId,
}

pub(crate) fn use_policy(
    writer: &mut Writer<'_>,
    command: UsePolicy,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprint = sprint_of(writer, command.sprint)?;
    let policy = policy_of(writer, command.policy)?;
    put_split(writer, &sprint, &policy.shares)?;
    Ok(Outcome::titled(format!("Use policy {} for {}", policy.name, sprint.name)))
}

/// Gives a Sprint the shares of the one before, and its own number of points where it had one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopySplit {
    /// The Sprint.
    pub sprint: SprintId,
}

pub(crate) fn copy_split(
    writer: &mut Writer<'_>,
    command: CopySplit,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprint = sprint_of(writer, command.sprint)?;
    let Some((before, lanes)) = before(writer, &sprint)? else {
        return Err(AppError::refused(
            format!("No Sprint before {} has shares.", sprint.name),
            "Divide the capacity, or use a policy.",
        ));
    };
    let usual = writer.lanes(sprint.first_day)?;
    let shares = shares_of(&lanes);
    if !fits(&usual, &shares) {
        return Err(AppError::refused(
            format!("{} had other lanes.", before.name),
            "Divide the capacity, or use a policy.",
        )
        .at("shares"));
    }
    put_split(writer, &sprint, &shares)?;
    if sprint.own_size != before.own_size {
        writer.put_sprint(&Sprint { own_size: before.own_size, ..sprint.clone() })?;
    }
    Ok(Outcome::titled(format!("Copy the shares of {} to {}", before.name, sprint.name)))
}

/// Keeps shares under a name; a policy that has the name gets these shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavePolicy {
    /// The name.
    pub name: String,
    /// The share of each lane, together 100 %.
    pub shares: Vec<LaneShare>,
}

pub(crate) fn save_policy(
    writer: &mut Writer<'_>,
    command: SavePolicy,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let name = named(&command.name)?;
    let lanes = writer.lanes(writer.team()?.zone.day_of(context.now))?;
    if command.shares.iter().any(|one| lanes.get(one.lane).is_none()) {
        return Err(AppError::not_found("lane"));
    }
    let shares: Vec<(LaneId, Share)> = command.shares.iter().map(|one| (one.lane, one.share)).collect();
    let shares = shares_of(&lanes.with_shares(&shares).map_err(lanes_refused)?);
    let known = writer.policies()?.into_iter().find(|policy| is_name(&policy.name, &name));
    let (id, title) = match &known {
        Some(policy) => (policy.id, format!("Change policy {name}")),
        None => (writer.identity(), format!("Save policy {name}")),
    };
    let policy = Policy { id, name, shares };
    if known.as_ref() != Some(&policy) {
        writer.put_policy(&policy)?;
    }
    let outcome = Outcome::titled(title);
    Ok(if known.is_none() { outcome.created(id) } else { outcome })
}

/// Gives a policy another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenamePolicy {
    /// The policy.
    pub policy: RowId,
    /// The new name.
    pub name: String,
}

pub(crate) fn rename_policy(
    writer: &mut Writer<'_>,
    command: RenamePolicy,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let policy = policy_of(writer, command.policy)?;
    let name = named(&command.name)?;
    let others = writer.policies()?;
    if others.iter().any(|other| other.id != policy.id && is_name(&other.name, &name)) {
        return Err(AppError::refused(
            format!("There is a policy “{name}” already."),
            "Choose another name, or remove that one.",
        )
        .at("name"));
    }
    let title = format!("Rename policy {} to {name}", policy.name);
    if policy.name != name {
        writer.put_policy(&Policy { name, ..policy })?;
    }
    Ok(Outcome::titled(title))
}

/// Takes a policy away; Sprints keep the shares that they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemovePolicy {
    /// The policy.
    pub policy: RowId,
}

pub(crate) fn remove_policy(
    writer: &mut Writer<'_>,
    command: RemovePolicy,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let policy = policy_of(writer, command.policy)?;
    writer.remove_policy(policy.id)?;
    Ok(Outcome::titled(format!("Remove policy {}", policy.name)))
}

/// The ways to divide a Sprint's capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitChoices {
    /// The team's usual shares, those of the Sprint before where there is one, then the policies by name.
    pub choices: Vec<SplitChoice>,
}

/// A way to divide the capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitChoice {
    /// Where it comes from.
    pub from: SplitFrom,
    /// Its name: “Normal”, “As in Sprint 42”, “After a bad month”.
    pub name: String,
    /// The share of each lane.
    pub shares: Vec<LaneShare>,
    /// The shares in words: “40 / 50 / 10 %”; with the own number of points that would come along.
    pub said: String,
    /// Whether the Sprint is divided so.
    pub now: bool,
}

/// Where a way to divide the capacity comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SplitFrom {
    /// The team's usual shares.
    Usual,
    /// The Sprint before.
    Sprint(SprintName),
    /// A policy.
    Policy(RowId),
}

pub(crate) fn split_choices(
    reader: &Reader<'_>,
    question: SprintQuestion,
    _: &Context<'_>,
) -> Result<SplitChoices, AppError> {
    let sprint = sprint_of(reader, question.sprint)?;
    let usual = reader.lanes(sprint.first_day)?;
    let now = shares_of(&sprint_lanes(reader, &sprint)?);
    let choice = |from, name: String, shares: Vec<(LaneId, Share)>, own_size: Option<Size>| SplitChoice {
        from,
        name,
        said: match own_size {
            Some(points) => format!("{}, {}", shares_said(&shares), points_said(points)),
            None => shares_said(&shares),
        },
        now: shares == now && (own_size.is_none() || own_size == sprint.own_size),
        shares: shares.into_iter().map(|(lane, share)| LaneShare { lane, share }).collect(),
    };
    let mut choices = vec![choice(SplitFrom::Usual, NORMAL.to_owned(), shares_of(&usual), None)];
    if let Some((before, lanes)) = before(reader, &sprint)? {
        let shares = shares_of(&lanes);
        if fits(&usual, &shares) {
            let name = format!("As in {}", before.name);
            choices.push(choice(SplitFrom::Sprint(SprintName::from(&before)), name, shares, before.own_size));
        }
    }
    let policies = reader.policies()?.into_iter().filter(|policy| fits(&usual, &policy.shares));
    choices.extend(
        policies.map(|policy| choice(SplitFrom::Policy(policy.id), policy.name, policy.shares, None)),
    );
    Ok(SplitChoices { choices })
}

/// Makes the policies fit lanes that have changed (rule 2).
pub(crate) fn fit_policies(writer: &mut Writer<'_>, lanes: &Lanes) -> Result<(), AppError> {
    for policy in writer.policies()? {
        if fits(lanes, &policy.shares) {
            continue;
        }
        let share_of =
            |id: LaneId| policy.shares.iter().find(|(lane, _)| *lane == id).map(|(_, share)| *share);
        let weights: Vec<i64> =
            lanes.all().iter().map(|lane| share_of(lane.id).unwrap_or_default().in_basis_points()).collect();
        let parts = if weights.iter().all(|weight| *weight == 0) {
            lanes.all().iter().map(|lane| lane.share.in_basis_points()).collect()
        } else {
            divide(Share::WHOLE.in_basis_points(), &weights)
        };
        let ids = lanes.all().iter().map(|lane| lane.id);
        let shares = ids.zip(parts.into_iter().map(Share::basis_points)).collect();
        writer.put_policy(&Policy { shares, ..policy })?;
    }
    Ok(())
}

/// “40 / 50 / 10 %”.
pub(crate) fn shares_said(shares: &[(LaneId, Share)]) -> String {
    let all: Vec<String> =
        shares.iter().map(|(_, share)| Size::hundredths(share.in_basis_points()).to_string()).collect();
    format!("{} %", all.join(" / "))
}

pub(crate) fn shares_of(lanes: &Lanes) -> Vec<(LaneId, Share)> {
    lanes.all().iter().map(|lane| (lane.id, lane.share)).collect()
}

/// Whether shares are those of exactly these lanes.
fn fits(lanes: &Lanes, shares: &[(LaneId, Share)]) -> bool {
    shares.len() == lanes.all().len() && shares.iter().all(|(lane, _)| lanes.get(*lane).is_some())
}

/// The Sprint before one, of those whose shares are known.
fn before(reader: &Reader<'_>, sprint: &Sprint) -> Result<Option<(Sprint, Lanes)>, AppError> {
    for earlier in reader.sprints()?.into_iter().rev().filter(|other| other.first_day < sprint.first_day) {
        // Of a Sprint with totals only, the buffer's share is all that is known.
        let is_known = earlier.closed_at.is_none() || reader.commitment(earlier.id)?.is_some();
        if is_known {
            let lanes = sprint_lanes(reader, &earlier)?;
            return Ok(Some((earlier, lanes)));
        }
    }
    Ok(None)
}

fn policy_of(reader: &Reader<'_>, id: RowId) -> Result<Policy, AppError> {
    let mut policies = reader.policies()?.into_iter();
    policies.find(|policy| policy.id == id).ok_or_else(|| AppError::not_found("policy"))
}

fn named(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(
            AppError::refused("A policy needs a name.", "Write one such as After a bad month.").at("name")
        );
    }
    if is_name(name, NORMAL) {
        return Err(AppError::refused(
            format!("{NORMAL} is what the team usually does."),
            "Change the usual shares in Settings, or choose another name.",
        )
        .at("name"));
    }
    Ok(name.to_owned())
}

fn is_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
