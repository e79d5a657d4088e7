//! What the closed Sprints teach about capacity, and from which of them the focus factor is learned (2.4).
//!
//! 1. A past Sprint of which only totals are known (3.1) tells its points, person-days and buffer share.
//! 2. No more Sprints are read than any figure looks back at, and of each a short body of its own: a report has all its
//!    items.
//! 3. A Sprint is valued by those before it, also when its report is corrected after later ones (3.5).

use super::experience_before;
use crate::error::AppError;
use crate::sprint::{SprintName, past};
use domain::capacity::{Experience, PersonDays, factor_of, is_enough, learned_from};
use domain::identity::SprintId;
use domain::measures::{Minutes, Share, Size};
use domain::sprint::PastTotals;
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint};
use ts_rs::TS;

/// The area under which a Sprint's experience is sealed.
pub(crate) const AREA: &str = "experience";

/// A closed Sprint from which the focus factor is learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LearnedSprint {
    /// The Sprint.
    pub sprint: SprintName,
    /// Completed points of the planned lanes.
    pub completed: Size,
    /// Net person-days.
    pub person_days: PersonDays,
    /// The share that the buffer had.
    pub buffer_share: Share,
    /// The focus factor that it would give alone.
    pub factor: f64,
}

/// What each closed Sprint teaches, in the order in which they were planned, as far back as figures look (rule 2); with a
/// Sprint, only those before it (rule 3).
pub(crate) fn history(
    reader: &Reader<'_>,
    before: Option<SprintId>,
) -> Result<Vec<(SprintName, Experience)>, AppError> {
    let sprints = reader.sprints()?;
    let earlier = sprints.iter().take_while(|sprint| Some(sprint.id) != before);
    let closed: Vec<&Sprint> = earlier.filter(|sprint| sprint.closed_at.is_some()).collect();
    let mut names = Vec::new();
    let mut latest_first: Vec<Experience> = Vec::new();
    for sprint in closed.into_iter().rev() {
        if is_enough(&latest_first) {
            break;
        }
        if let Some(one) = experience_of(reader, sprint)? {
            names.push(SprintName::from(sprint));
            latest_first.push(one);
        }
    }
    Ok(names.into_iter().zip(latest_first).rev().collect())
}

/// What the closed Sprints before a Sprint teach, out of a history of all of them that was read already; read again only
/// where a closed one was planned after it.
pub(crate) fn experience_within(
    reader: &Reader<'_>,
    history: &[(SprintName, Experience)],
    sprint: SprintId,
) -> Result<Vec<Experience>, AppError> {
    let sprints = reader.sprints()?;
    if sprints.iter().skip_while(|one| one.id != sprint).any(|one| one.closed_at.is_some()) {
        return experience_before(reader, sprint);
    }
    Ok(history.iter().map(|(_, one)| *one).collect())
}

/// What one closed Sprint teaches; none where nothing was sealed of it.
pub(crate) fn experience_of(reader: &Reader<'_>, sprint: &Sprint) -> Result<Option<Experience>, AppError> {
    if let Some(body) = reader.report(sprint.id, AREA, None)? {
        return Ok(Some(crate::sprint::sealed(&body)?));
    }
    let Some(body) = reader.report(sprint.id, past::AREA, None)? else { return Ok(None) };
    let totals: PastTotals = crate::sprint::sealed(&body)?;
    Ok(Some(Experience {
        net: None,
        person_days: totals.person_days,
        buffer_share: totals.buffer_share,
        interrupts: Minutes::ZERO,
        completed: totals.completed,
    }))
}

/// The closed Sprints from which the focus factor is learned, with what they say.
pub(crate) fn learned(history: &[(SprintName, Experience)]) -> Vec<LearnedSprint> {
    let experience: Vec<Experience> = history.iter().map(|(_, one)| *one).collect();
    let row = |place: usize| {
        let (sprint, one) = history.get(place)?;
        Some(LearnedSprint {
            sprint: sprint.clone(),
            completed: one.completed,
            person_days: one.person_days?,
            buffer_share: one.buffer_share,
            factor: factor_of(one)?,
        })
    };
    learned_from(&experience).into_iter().filter_map(row).collect()
}
