//! What is left of an error budget through a Sprint, as a chart.
//!
//! 1. Without a choice the objective is told of which least is left.
//! 2. What is left is computed at each moment at which something changed, over the objective's own window at that
//!    moment; a rolling window is looked at every six hours besides.
//! 3. A closed Sprint is drawn from what was sealed (3.5).

use super::figures::{Period, Scene, sprint_at, worst};
use super::objectives::target_said;
use super::view::{ReliabilityQuestion, class_said, period_of};
use crate::contract::Context;
use crate::error::AppError;
use crate::flow::ChartQuestion;
use crate::flow::behind::{BehindRow, BehindView};
use crate::flow::sprint::named_or_running;
use crate::sprint::{seal, sealed};
use crate::team::short;
use domain::calendar::{Instant, WorkCalendar};
use domain::flow::Behind;
use domain::identity::ObjectiveId;
use domain::reliability::{
    BudgetDay, BudgetLine, BudgetOutage, BudgetPoint, Horizon, Objective, Sli, State, Window,
};
use serde::{Deserialize, Serialize};
use store::{Edition, Reader, Sprint, Writer};

/// The area under which the lines of a Sprint are sealed.
const AREA: &str = "errorBudget";
/// How often a rolling window is looked at, in milliseconds.
const EVERY: i64 = 6 * 3_600_000;

/// What was left of an objective's budget, as it was sealed.
#[derive(Serialize, Deserialize)]
struct SealedLine {
    objective: ObjectiveId,
    line: BudgetLine,
}

/// The line of an objective through a Sprint. Refused: nothing is promised, or there is no Sprint.
pub(crate) fn error_budget(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    now: Instant,
) -> Result<(Sprint, BudgetLine), AppError> {
    let named = named_or_running(reader, question, now)?.map(|sprint| sprint.id);
    let period = period_of(reader, &ReliabilityQuestion { sprint: named, ..Default::default() }, now)?;
    let Some(sprint) = period.sprint.clone() else {
        return Err(AppError::refused(
            "There is no Sprint yet.",
            "Plan the first one: from then on what is left of an error budget is drawn through it.",
        ));
    };
    if sprint.closed_at.is_some()
        && question.as_of.is_none()
        && let Some(body) = reader.report(sprint.id, AREA, question.edition)?
    {
        let lines: Vec<SealedLine> = sealed(&body)?;
        let left = |line: &SealedLine| line.line.end().map_or(f64::INFINITY, |end| end.remaining);
        let wanted = lines.into_iter().filter(|one| question.objective.is_none_or(|id| id == one.objective));
        if let Some(one) = wanted.min_by(|one, other| left(one).total_cmp(&left(other))) {
            return Ok((sprint, one.line));
        }
    }
    let scene = Scene::read(reader, period.from, now)?;
    let objective =
        worst(&scene, period.until, period.sprint_span(), question.objective).ok_or_else(|| {
            AppError::refused(
                "Nothing is promised of a service yet.",
                "Add an objective on the Reliability screen: its error budget is drawn from then on.",
            )
        })?;
    let line = line(&scene, objective, &period, &reader.calendar()?, question.as_of.is_some())?;
    Ok((sprint, line))
}

/// Seals the lines of a Sprint as far as its window is past.
pub(super) fn seal_lines(
    writer: &mut Writer<'_>,
    scene: &Scene,
    period: &Period,
    edition: &Edition,
) -> Result<(), AppError> {
    let Some(sprint) = &period.sprint else { return Ok(()) };
    let calendar = writer.calendar()?;
    let mut lines = Vec::new();
    for objective in &scene.objectives {
        // An objective without a target then has no budget.
        if let Ok(line) = line(scene, objective, period, &calendar, false) {
            // A closed Sprint goes nowhere.
            lines.push(SealedLine { objective: objective.id, line: BudgetLine { projection: None, ..line } });
        }
    }
    if !lines.is_empty() {
        writer.seal_report(sprint.id, edition, AREA, &seal(&lines)?)?;
    }
    Ok(())
}

fn line(
    scene: &Scene,
    objective: &Objective,
    period: &Period,
    calendar: &WorkCalendar,
    is_past: bool,
) -> Result<BudgetLine, AppError> {
    let zone = scene.zone;
    let (first, last) = (zone.day_of(period.from), zone.day_of(period.to.plus_millis(-1)));
    let x = |at: Instant| first.days_until(zone.day_of(at)) as f64 + zone.fraction_of_day(at);
    let days: Vec<BudgetDay> =
        first.through(last).map(|day| BudgetDay { day, shaded: !calendar.works_on(day) }).collect();
    let no_target = || {
        AppError::refused(
            format!("{} had no target in this Sprint.", objective.name),
            "Set a target with the day from which it holds.",
        )
    };
    let mut points: Vec<BudgetPoint> = Vec::new();
    for at in moments(scene, objective, period) {
        let standing = scene.standing(objective, at, period.sprint_span()).ok_or_else(no_target)?;
        let budget = standing.budget.ok_or_else(no_target)?;
        if let Some(remaining) = budget.remaining() {
            points.push(BudgetPoint { at, x: x(at), remaining });
        }
    }
    let standing = scene.standing(objective, period.until, period.sprint_span()).ok_or_else(no_target)?;
    let allowed = standing.budget.map(|budget| budget.allowed()).unwrap_or_default();
    let window = scene.agreed(objective, period.from, period.until);
    let outages = match objective.sli {
        Sli::Requests => Vec::new(),
        Sli::Time => outages(scene, objective, &window, allowed, x),
    };
    let projection =
        (period.until < period.to).then(|| BudgetLine::project(&points, days.len() as f64)).flatten();
    let sprint = period.sprint.as_ref().map(|sprint| sprint.name.clone()).unwrap_or_default();
    Ok(BudgetLine {
        service: scene.name_of(objective.of),
        objective: objective.name.clone(),
        target: standing.target.map(target_said).unwrap_or_default(),
        window: scene.window_said(objective, standing.span, &sprint),
        sprint,
        days,
        points,
        is_even: objective.horizon == Horizon::Sprint,
        projection,
        outages,
        is_past,
    })
}

/// The moments at which what is left is looked at (rule 2).
fn moments(scene: &Scene, objective: &Objective, period: &Period) -> Vec<Instant> {
    let mut moments = vec![period.from, period.until];
    let within = |at: Instant| period.from < at && at < period.until;
    let (services, _) = scene.parts(objective.of);
    let window = scene.agreed(objective, period.from, period.until);
    for service in services {
        if objective.sli == Sli::Time {
            for piece in &scene.ledger(service, &window).pieces {
                if matches!(piece.state, State::Down(_)) {
                    moments.extend([piece.from, piece.to].map(|second| Instant::from_millis(second * 1_000)));
                }
            }
        } else if let Some(facts) = scene.facts(service) {
            let hours = facts.hours.iter().map(|(_, count)| (count.hour + 1) * 3_600_000);
            moments.extend(hours.map(Instant::from_millis));
        }
    }
    if objective.horizon == Horizon::Rolling {
        let length = period.until.millis() - period.from.millis();
        moments.extend((1..=length / EVERY).map(|step| period.from.plus_millis(step * EVERY)));
    }
    moments.retain(|at| within(*at) || *at == period.from || *at == period.until);
    moments.sort_unstable();
    moments.dedup();
    // A log that flickers has thousands of borders: no more of them are looked at than can be seen.
    let every = moments.len().div_ceil(600).max(1);
    let last = moments.len().saturating_sub(1);
    moments
        .into_iter()
        .enumerate()
        .filter(|(place, _)| place % every == 0 || *place == last)
        .map(|(_, at)| at)
        .collect()
}

fn outages(
    scene: &Scene,
    objective: &Objective,
    window: &Window,
    allowed: f64,
    x: impl Fn(Instant) -> f64,
) -> Vec<BudgetOutage> {
    let (services, weights) = scene.parts(objective.of);
    let all: i64 = weights.iter().flatten().map(|weight| weight.in_basis_points()).sum();
    let mut outages = Vec::new();
    for (place, service) in services.iter().enumerate() {
        let part = match weights.as_ref().and_then(|weights| weights.get(place)) {
            Some(weight) if all > 0 => weight.in_basis_points() as f64 / all as f64,
            _ => 1.0,
        };
        let ledger = scene.ledger(*service, window);
        for (id, bad) in ledger.by_fact() {
            let mut pieces = ledger.pieces.iter().filter(|piece| piece.because.contains(&id));
            let (Some(first), last) = (pieces.next(), pieces.next_back()) else { continue };
            let State::Down(class) = first.state else { continue };
            let (from, to) = (first.from, last.unwrap_or(first).to);
            let instant = |second: i64| Instant::from_millis(second * 1_000);
            let known = scene
                .facts(*service)
                .and_then(|facts| facts.outages.iter().find(|outage| outage.id.row() == id));
            outages.push(BudgetOutage {
                id: known.map(|outage| outage.id),
                class,
                from: x(instant(from)),
                to: x(instant(to)),
                title: known.map(|outage| outage.title.clone()).unwrap_or_default(),
                spent: if allowed > 0.0 { part * bad as f64 / 10_000.0 / allowed } else { 0.0 },
            });
        }
    }
    outages.retain(|outage| outage.spent > 0.0);
    outages.sort_by(|one, other| one.from.total_cmp(&other.from));
    outages
}

/// The outages of a day, behind a point of the chart.
pub(crate) fn behind(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    behind: &Behind,
    context: &Context<'_>,
) -> Result<BehindView, AppError> {
    let Behind::Day(day) = behind else {
        return crate::flow::behind::of_a_thing(reader, behind, context);
    };
    let zone = reader.team()?.zone;
    let (from, to) = (zone.start_of(*day), zone.start_of(day.plus(1)));
    let sprints = reader.sprints()?;
    let sprint = sprint_at(&sprints, zone, from).map(|sprint| sprint.id).or(question.sprint);
    let services = reader.services()?;
    let mut rows = Vec::new();
    for outage in reader.outages(None, from, to.min(context.now))? {
        let service = services.iter().find(|one| one.id == outage.service).map(|one| one.name.as_str());
        let lasted = super::figures::lasted(
            (outage.to.unwrap_or(context.now).min(context.now).millis() - outage.from.millis()).max(0)
                / 1_000,
        );
        rows.push(BehindRow {
            at: Some(outage.from),
            label: service.unwrap_or_default().to_owned(),
            title: if outage.title.is_empty() {
                class_said(outage.class).to_owned()
            } else {
                outage.title.clone()
            },
            what: format!("{}, {lasted}", class_said(outage.class).to_lowercase()),
            sprint,
            ..BehindRow::default()
        });
    }
    Ok(BehindView::new(format!("Outages of {}", short(*day)), rows))
}
