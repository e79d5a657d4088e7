//! The chart of delivery: the five measures, Sprint by Sprint or month by month (12.1).
//!
//! 1. Sprints are told where two or more were begun since the first deployment, else months; a person may say otherwise.
//! 2. As of a past moment what came later is not there: deployments, and that an incident was mitigated.

use super::ChartQuestion;
use super::behind::{BehindRow, BehindView};
use crate::contract::Context;
use crate::delivery::{Book, named};
use crate::error::AppError;
use crate::sprint::window_of;
use crate::team::counted;
use domain::calendar::{Day, Instant, Zone};
use domain::delivery::{DeliveryTrend, Deployment, Period, delivery_trend, months};
use domain::identity::{DeploymentId, ServiceId};
use domain::reliability::Service;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use store::Reader;
use ts_rs::TS;

/// How many periods a chart shows where nobody says otherwise.
const USUAL: usize = 12;
/// The most periods that a chart shows.
const MOST: u32 = 240;

/// What the columns of a chart of delivery are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ChartPeriod")]
pub enum ChartPeriod {
    /// Sprints.
    Sprint,
    /// Calendar months.
    Month,
}

/// The measures over periods, the latest last. Refused: no deployment yet, a service that is not there.
pub(crate) fn trend(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<DeliveryTrend, AppError> {
    let most = match question.last {
        None => USUAL,
        Some(0) => {
            return Err(AppError::refused(
                "A chart of no periods shows nothing.",
                format!("Write how many of the latest are shown: 1 to {MOST}."),
            )
            .at("last"));
        }
        Some(count) => count.min(MOST) as usize,
    };
    let zone = reader.team()?.zone;
    let service = named_service(reader, question.service)?;
    let mut book = Book::read(reader)?;
    book.deployments.retain(|one| one.moment() <= now && question.service.is_none_or(|id| one.service == id));
    for failure in &mut book.failures {
        failure.mitigated_at = failure.mitigated_at.filter(|at| *at <= now);
    }
    let Some(first) = book.deployments.iter().filter_map(Deployment::live_at).min() else {
        return Err(AppError::refused(
            match &service {
                Some(service) => format!("Nothing of {} reached production yet.", service.name),
                None => "Nothing reached production yet.".to_owned(),
            },
            "Write a deployment down, let the pipeline say so, or import those of a file or a repository.",
        ));
    };
    let sprints = begun(reader, zone, first, now, most)?;
    let of_sprints = match question.period {
        Some(ChartPeriod::Sprint) => !sprints.is_empty(),
        Some(ChartPeriod::Month) => false,
        None => sprints.len() > 1,
    };
    if question.period == Some(ChartPeriod::Sprint) && !of_sprints {
        return Err(AppError::refused(
            "No Sprint was begun since the first deployment.",
            "Show months instead.",
        )
        .at("period"));
    }
    let periods = if of_sprints { sprints } else { months(first, now, most, zone) };
    Ok(DeliveryTrend {
        service: service.map(|service| service.name),
        of_sprints,
        as_of: question.as_of.as_ref().map(|_| zone.day_of(now)),
        periods: delivery_trend(&periods, &book.deployments, &book.failures, zone, now),
    })
}

/// The latest Sprints that were begun by a moment and not over before another, so many at most.
fn begun(
    reader: &Reader<'_>,
    zone: Zone,
    first: Instant,
    now: Instant,
    most: usize,
) -> Result<Vec<Period>, AppError> {
    let sprints = reader.sprints()?;
    let is_begun = |sprint: &&store::Sprint| sprint.started_at.is_some_and(|at| at <= now);
    let mut periods: Vec<Period> = sprints
        .iter()
        .filter(is_begun)
        .map(|sprint| {
            let (from, to) = window_of(sprint, &sprints, zone);
            Period { sprint: Some(sprint.id), name: sprint.name.clone(), from, to }
        })
        .filter(|period| period.from < now && first < period.to)
        .collect();
    periods.sort_by_key(|period| period.from);
    Ok(periods.split_off(periods.len().saturating_sub(most)))
}

fn named_service(reader: &Reader<'_>, id: Option<ServiceId>) -> Result<Option<Service>, AppError> {
    id.map(|id| reader.service(id)?.ok_or_else(|| AppError::not_found("service"))).transpose()
}

/// The deployments that reached production from one day to another, the latest first.
pub(crate) fn behind(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    (first, last): (Day, Day),
    context: &Context<'_>,
) -> Result<BehindView, AppError> {
    let zone = reader.team()?.zone;
    let (from, to) = (zone.start_of(first), zone.start_of(last.plus(1)));
    let services = reader.services()?;
    let book = Book::read(reader)?;
    let mut broken: HashSet<DeploymentId> = book.failures.iter().map(|failure| failure.deployment).collect();
    let live = |one: &&Deployment| one.live_at().is_some_and(|at| at <= context.now);
    broken.extend(book.deployments.iter().filter(live).filter_map(|one| one.repairs.map(|(id, _)| id)));
    let mut rows = Vec::new();
    for one in book.deployments.iter().filter(live).rev() {
        let at = one.moment();
        if at < from || to <= at || question.service.is_some_and(|id| one.service != id) {
            continue;
        }
        let service = services.iter().find(|service| service.id == one.service);
        let mut said = Vec::new();
        if broken.contains(&one.id) {
            said.push("failed".to_owned());
        }
        if one.repairs.is_some() || one.is_unplanned {
            said.push("rework".to_owned());
        }
        match one.commits.len() {
            0 => {}
            count => said.push(counted(count as u32, "commit")),
        }
        rows.push(BehindRow {
            at: Some(at),
            title: named(service.map_or("", |service| service.name.as_str()), one),
            what: if said.is_empty() { "deployed".to_owned() } else { said.join(", ") },
            ..BehindRow::default()
        });
    }
    let count = counted(rows.len() as u32, "deployment");
    let title = format!("{count} from {} to {}", crate::team::short(first), crate::team::short(last));
    Ok(BehindView::new(title, rows))
}
