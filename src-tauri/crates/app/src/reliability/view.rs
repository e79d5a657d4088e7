//! The views of reliability: services with their figures, the ledger behind one, what follows for planning.
//!
//! 1. A closed Sprint is told as it was sealed; where the facts say otherwise now, that stands beside it (3.5).
//! 2. A Sprint that ends before its window does was sealed before all of it was past: the rest is told as known now.
//! 3. The ledger names every piece of a window that is not simply up, and the facts that made it so.

use super::figures::{Period, Scene, lasted, left_said, rules_on, subject_of, up_seconds, worst};
use super::outages::BY_HAND;
use super::{AREA, ServiceName};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::sprint::{SprintName, sealed, sprint_of};
use crate::team::{counted, read_day, short, together};
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{IncidentId, ObjectiveId, OutageId, RowId, ServiceId, SprintId};
use domain::measures::Share;
use domain::reliability::{
    BudgetPolicy, Class, KnownMaintenance, KnownOutage, Sli, State, Subject, UnknownTime, Window,
};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// The most pieces of a window that the ledger tells.
const MOST_PIECES: usize = 400;

/// Asks about reliability: of a Sprint, or of days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ReliabilityQuestion {
    /// The Sprint; none is the running one, else the last closed, else the next planned.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// The first day, `YYYY-MM-DD`, in place of a Sprint.
    #[ts(optional, as = "Option<String>")]
    pub first_day: String,
    /// The last day; nothing is today.
    #[ts(optional, as = "Option<String>")]
    pub last_day: String,
}

/// Services with their figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliabilityView {
    /// The Sprint that is told of; none where days are.
    pub sprint: Option<SprintName>,
    /// The Sprints of which can be told, the latest first.
    pub sprints: Vec<SprintName>,
    /// The window in words: “Sprint 43 so far: 16 November to now, 8 d 3 h”.
    pub said: String,
    /// Whether the Sprint is closed: the figures are those that were sealed.
    pub is_closed: bool,
    /// The figures.
    pub figures: ReliabilityFigures,
    /// What is known otherwise now than was sealed, in words.
    pub later: Vec<String>,
    /// Whether now lies in the window.
    pub runs: bool,
    /// How each service is now, the worst first.
    pub health: Vec<ServiceHealth>,
    /// The services, in the team's order.
    pub services: Vec<ServiceRow>,
    /// The groups.
    pub groups: Vec<GroupRow>,
    /// Outages of the window, the latest first.
    pub outages: Vec<OutageRow>,
    /// Maintenance of the window and to come, the latest first.
    pub maintenance: Vec<MaintenanceRow>,
    /// Times of which a person says that nothing is known.
    pub unknown: Vec<UnknownRow>,
    /// The logs of checks, each of a service.
    pub logs: Vec<LogRow>,
    /// How facts become figures.
    pub rules: RulesView,
    /// What follows from a spent budget.
    pub policy: BudgetPolicyView,
    /// Today.
    pub today: Day,
    /// The zone of the team.
    pub zone: Zone,
}

/// A service, as the team manages it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRow {
    /// Who it is.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
    /// What people should know of it; may be empty.
    pub note: String,
    /// Whether it can go: nothing is known of it.
    pub can_go: bool,
}

/// A group of services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupRow {
    /// Who it is.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// Whether its uptime is the mean of its services.
    pub is_mean: bool,
    /// Its services with their weights.
    pub services: Vec<(ServiceId, Share)>,
}

/// What a window came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliabilityFigures {
    /// The beginning of the window.
    pub from: Instant,
    /// Up to where it was past.
    pub until: Instant,
    /// The end of the window.
    pub to: Instant,
    /// The services, in the team's order.
    pub services: Vec<UptimeFigures>,
    /// The groups, by their names.
    pub groups: Vec<UptimeFigures>,
    /// The objectives.
    pub objectives: Vec<ObjectiveFigures>,
}

/// The uptime of a service or a group, by every method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UptimeFigures {
    /// Of what.
    pub of: Subject,
    /// Its name.
    pub name: String,
    /// The headline in percent; none where nothing counts.
    pub percent: Option<String>,
    /// The same with all that is unknown down.
    pub low: Option<String>,
    /// The same with all that is unknown up.
    pub high: Option<String>,
    /// The part of the window that is known.
    pub coverage: Option<String>,
    /// Whether enough is known to tell a figure.
    pub is_enough: bool,
    /// The bad time, weighted.
    pub bad: String,
    /// The time that counts.
    pub of_time: String,
    /// Every method, the headline first.
    pub methods: Vec<MethodFigure>,
}

/// A figure with its method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MethodFigure {
    /// Its name: “Partial as full”.
    pub name: String,
    /// How it counts.
    pub how: String,
    /// The figure; none where nothing counts.
    pub percent: Option<String>,
    /// What was bad: a time, or a number.
    pub bad: String,
    /// Of what.
    pub of: String,
}

/// How an objective stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ObjectiveFigures {
    /// Which.
    pub id: ObjectiveId,
    /// Of what it is promised.
    pub of: Subject,
    /// The name of that.
    pub of_name: String,
    /// Its name.
    pub name: String,
    /// What is measured.
    pub sli: Sli,
    /// Whether it was agreed with others.
    pub is_agreement: bool,
    /// Its window, in words.
    pub window: String,
    /// Its hours, in words; none is always.
    pub hours: Option<String>,
    /// Its target; none where none held yet.
    pub target: Option<String>,
    /// What was reached; none where nothing counts.
    pub percent: Option<String>,
    /// The part of the budget that is left, negative once it is overspent; none where too little is known.
    pub remaining: Option<f64>,
    /// The same in words.
    pub remaining_said: Option<String>,
    /// How many times faster than even the budget burnt in the last 24 hours; none of a window that is past.
    pub burn: Option<f64>,
    /// The same in words.
    pub burn_said: Option<String>,
    /// The alert that fires.
    pub alert: Option<String>,
    /// How it stands in a word.
    pub state: ObjectiveState,
}

/// How an objective stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ObjectiveState {
    /// Something of the budget is left.
    Kept,
    /// Something is left, and it burns too fast.
    Burning,
    /// Nothing is left.
    Spent,
    /// Not enough is known.
    Unknown,
    /// No target held yet.
    NoTarget,
}

/// How a service is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceHealth {
    /// The service.
    pub service: ServiceId,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: ServiceState,
    /// Since when it is so, where that is known.
    pub since: Option<Instant>,
    /// The objective of which least of the budget is left; one of them where of none enough is known.
    pub objective: Option<ObjectiveId>,
    /// Its name.
    pub objective_name: Option<String>,
    /// The part of the budget that is left, negative once it is overspent; none where too little is known.
    pub remaining: Option<f64>,
    /// The same in words: “62 % left”.
    pub remaining_said: Option<String>,
    /// How many times faster than even it burnt in the last 24 hours.
    pub burn: Option<f64>,
    /// The same in words.
    pub burn_said: Option<String>,
}

/// What a service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ServiceState {
    /// Nothing is said against it.
    Up,
    /// It answers, more slowly or with less than usual.
    Degraded,
    /// It answers some.
    Partial,
    /// It does not answer.
    Full,
    /// It is worked on, as announced.
    Maintenance,
    /// Nothing is known.
    Unknown,
}

impl ServiceState {
    /// Whether it does not answer as it should.
    pub fn is_down(self) -> bool {
        matches!(self, ServiceState::Degraded | ServiceState::Partial | ServiceState::Full)
    }
}

/// Which part of a budget some outages used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BudgetUse {
    /// The objective.
    pub objective: ObjectiveId,
    /// Its name.
    pub objective_name: String,
    /// The service.
    pub service: ServiceId,
    /// Its name.
    pub service_name: String,
    /// The part of the whole budget: 0.2 is a fifth.
    pub part: f64,
}

/// An outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutageRow {
    /// Which.
    pub id: OutageId,
    /// The service.
    pub service: ServiceId,
    /// Its name.
    pub service_name: String,
    /// How bad it was.
    pub class: Class,
    /// When it began.
    pub from: Instant,
    /// When it ended; none while it lasts.
    pub to: Option<Instant>,
    /// When it began, by the team's clock: `2026-11-24 09:40`.
    pub from_local: String,
    /// When it ended, by the team's clock; empty while it lasts.
    pub to_local: String,
    /// How long it lasted, or lasts so far.
    pub lasted: String,
    /// What it was; may be empty.
    pub title: String,
    /// The incident to which it belongs.
    pub incident: Option<IncidentId>,
    /// Where it was read; empty where a person wrote it down.
    pub source: String,
}

/// Maintenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MaintenanceRow {
    /// Which.
    pub id: RowId,
    /// What is done; may be empty.
    pub title: String,
    /// The services.
    pub services: Vec<ServiceId>,
    /// Their names.
    pub services_said: String,
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub to: Instant,
    /// When it begins, by the team's clock.
    pub from_local: String,
    /// When it ends, by the team's clock.
    pub to_local: String,
    /// How long it lasts.
    pub lasted: String,
    /// When it was announced, by the team's clock; empty where it was not.
    pub announced_local: String,
    /// Whether that was in time, so that it does not count.
    pub is_announced: bool,
}

/// A time of which nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnknownRow {
    /// Which.
    pub id: RowId,
    /// The name of the service.
    pub service_name: String,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// From when on, by the team's clock.
    pub from_local: String,
    /// Up to when, by the team's clock.
    pub to_local: String,
    /// How long.
    pub lasted: String,
    /// Why; may be empty.
    pub note: String,
}

/// What a log tells of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogRow {
    /// The service.
    pub service: ServiceId,
    /// Its name.
    pub service_name: String,
    /// The log, by its name.
    pub source: String,
    /// What it tells, in words.
    pub said: String,
}

/// How facts become figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RulesView {
    /// The part of a second that a full outage takes.
    pub full: Share,
    /// The part of a second that a partial outage takes.
    pub partial: Share,
    /// The part of a second that a degraded service takes.
    pub degraded: Share,
    /// The hours before its beginning in which maintenance is to be announced.
    pub notice_hours: u32,
}

/// What follows from a spent budget, for planning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BudgetPolicyView {
    /// Whether anything follows.
    pub is_on: bool,
    /// The part of the budget that must be left.
    pub spent_at: Share,
    /// The objectives because of which production comes first: “checkout is up: overspent by 12 %”.
    pub because: Vec<String>,
    /// What follows, in a sentence; none where nothing does.
    pub said: Option<String>,
}

pub(crate) fn overview(
    reader: &Reader<'_>,
    question: ReliabilityQuestion,
    context: &Context<'_>,
) -> Result<ReliabilityView, AppError> {
    let now = context.now;
    let period = period_of(reader, &question, now)?;
    let scene = Scene::read(reader, period.from, now)?;
    let known_now = scene.figures(&period);
    let closed = period.sprint.as_ref().filter(|sprint| sprint.closed_at.is_some());
    let sealed_figures = match closed {
        Some(sprint) => match reader.report(sprint.id, AREA, None)? {
            Some(body) => Some(sealed::<ReliabilityFigures>(&body)?),
            None => None,
        },
        None => None,
    };
    let runs = period.from <= now && now < period.to;
    let (figures, later) = match sealed_figures {
        Some(kept) => {
            let then = scene.figures(&Period { until: kept.until, ..period.clone() });
            let later = told_otherwise(&kept, (&then, &known_now), scene.zone);
            (kept, later)
        }
        None => (known_now, Vec::new()),
    };
    let rules = rules_on(reader, scene.zone.day_of(now))?;
    let mut services = Vec::new();
    let mut logs = Vec::new();
    for service in &scene.services {
        services.push(ServiceRow {
            id: service.id,
            name: service.name.clone(),
            note: service.note.clone(),
            can_go: !reader.knows_service(service.id)?,
        });
        for log in reader.stretch_sources(service.id)? {
            let span = log.from.zip(log.to).map(|(from, to)| {
                format!("{} to {}", short(scene.zone.day_of(from)), short(scene.zone.day_of(to)))
            });
            logs.push(LogRow {
                service: service.id,
                service_name: service.name.clone(),
                said: match span {
                    Some(span) => {
                        format!("{} checks, {span}", super::figures::thousands(log.checks.unsigned_abs()))
                    }
                    None => "counts of requests".to_owned(),
                },
                source: log.name,
            });
        }
    }
    let (from, to) = (period.from, if runs { now.plus_millis(400 * 86_400_000) } else { period.to });
    let name = |id: ServiceId| name_in(&scene, id);
    let mut outages: Vec<OutageRow> = reader
        .outages(None, from, period.to)?
        .into_iter()
        .map(|outage| outage_row(outage, name, scene.zone, now))
        .collect();
    outages.reverse();
    let mut maintenance: Vec<MaintenanceRow> = Vec::new();
    for work in reader.maintenance(None, from, to)? {
        let notice = rules_on(reader, scene.zone.day_of(work.from))?.notice;
        maintenance.push(maintenance_row(work, name, notice, scene.zone));
    }
    maintenance.reverse();
    let unknown = reader.unknown_times(None, from, period.to)?;
    let policy = policy_at(reader, &scene, now)?;
    let mut sprints: Vec<SprintName> = scene.sprints.iter().map(SprintName::from).collect();
    sprints.reverse();
    Ok(ReliabilityView {
        sprint: period.sprint.as_ref().map(SprintName::from),
        sprints,
        said: period_said(&period, &figures, scene.zone, now),
        is_closed: closed.is_some(),
        later,
        runs,
        health: scene.health(reader)?,
        services,
        groups: scene
            .groups
            .iter()
            .map(|group| GroupRow {
                id: group.id,
                name: group.name.clone(),
                is_mean: group.is_mean,
                services: group.services.clone(),
            })
            .collect(),
        outages,
        maintenance,
        unknown: unknown.into_iter().map(|time| unknown_row(time, name, scene.zone)).collect(),
        logs,
        rules: RulesView {
            full: rules.weights.full,
            partial: rules.weights.partial,
            degraded: rules.weights.degraded,
            notice_hours: (rules.notice.in_minutes() / 60).max(0) as u32,
        },
        policy,
        today: scene.zone.day_of(now),
        zone: scene.zone,
        figures,
    })
}

/// The period that a question means.
pub(crate) fn period_of(
    reader: &Reader<'_>,
    question: &ReliabilityQuestion,
    now: Instant,
) -> Result<Period, AppError> {
    let zone = reader.team()?.zone;
    let today = zone.day_of(now);
    if !question.first_day.trim().is_empty() {
        let first = read_day(&question.first_day, "firstDay")?;
        let last = match question.last_day.trim() {
            "" => today,
            text => read_day(text, "lastDay")?,
        };
        if last < first {
            let message = format!("{} lies before {}.", short(last), short(first));
            return Err(AppError::refused(message, "Choose a later last day.").at("lastDay"));
        }
        if first.days_until(last) > 400 {
            let message = "That is more than a year.";
            return Err(AppError::refused(message, "Choose fewer days.").at("firstDay"));
        }
        return Ok(Period::of_days(first, last, zone, now));
    }
    let sprints = reader.sprints()?;
    let meant = match question.sprint {
        Some(id) => Some(sprint_of(reader, id)?),
        None => match reader.active_sprint()? {
            Some(active) => Some(active),
            None => {
                let closed = sprints.iter().rev().find(|sprint| sprint.closed_at.is_some());
                closed.or(sprints.first()).cloned()
            }
        },
    };
    Ok(match meant {
        Some(sprint) => Period::of_sprint(&sprint, &sprints, zone, now),
        // Without any Sprint the last two weeks are told.
        None => Period::of_days(today.plus(-13), today, zone, now),
    })
}

fn period_said(period: &Period, figures: &ReliabilityFigures, zone: Zone, now: Instant) -> String {
    let day = |at: Instant| short(zone.day_of(at));
    let length = lasted((figures.until.millis() - figures.from.millis()) / 1_000 / 60 * 60);
    let last = day(figures.until.plus_millis(-1));
    let name = period.sprint.as_ref().map(|sprint| sprint.name.as_str());
    if period.from > now {
        return format!(
            "{}begins on {}",
            name.map(|name| format!("{name} ")).unwrap_or_default(),
            day(period.from)
        );
    }
    let until = if figures.until >= now { "now".to_owned() } else { last };
    let so_far = if figures.until >= now { " so far" } else { "" };
    match name {
        Some(name) => format!("{name}{so_far}: {} to {until}, {length}", day(figures.from)),
        None => format!("{} to {until}, {length}", day(figures.from)),
    }
}

/// What is known otherwise now than was sealed: of the time that was sealed, and of the rest of the window.
fn told_otherwise(
    kept: &ReliabilityFigures,
    (then, now): (&ReliabilityFigures, &ReliabilityFigures),
    zone: Zone,
) -> Vec<String> {
    let percent = |one: &UptimeFigures| one.percent.clone().unwrap_or_else(|| "nothing known".to_owned());
    let all = |figures: &ReliabilityFigures| -> Vec<UptimeFigures> {
        figures.services.iter().chain(&figures.groups).cloned().collect()
    };
    let mut said = Vec::new();
    for known in all(then) {
        let before = all(kept).into_iter().find(|one| one.of == known.of);
        let same = |one: &UptimeFigures| (&one.percent, &one.bad) == (&known.percent, &known.bad);
        if before.as_ref().is_some_and(same) {
            continue;
        }
        let sealed = match &before {
            Some(before) => format!("sealed at {}", percent(before)),
            None => "it was not there then".to_owned(),
        };
        said.push(format!("{}: {} with what was written down since; {sealed}.", known.name, percent(&known)));
    }
    if kept.until < now.until {
        let each: Vec<String> =
            all(now).iter().map(|known| format!("{} {}", known.name, percent(known))).collect();
        let last = short(zone.day_of(now.until.plus_millis(-1)));
        said.push(format!("Its window went on after the close; up to {last}: {}.", each.join(", ")));
    }
    said
}

fn name_in(scene: &Scene, id: ServiceId) -> String {
    scene.services.iter().find(|service| service.id == id).map(|one| one.name.clone()).unwrap_or_default()
}

/// A moment by the team's clock: `2026-11-24 09:40`, with seconds where it has some.
fn local_said(zone: Zone, at: Instant) -> String {
    let local = zone.local(at);
    let form = if at.millis().div_euclid(1_000).rem_euclid(60) == 0 {
        "%Y-%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M:%S"
    };
    local.format(form).to_string()
}

fn seconds_between(from: Instant, to: Instant) -> i64 {
    to.millis().div_euclid(1_000) - from.millis().div_euclid(1_000)
}

fn outage_row(
    outage: KnownOutage,
    name: impl Fn(ServiceId) -> String,
    zone: Zone,
    now: Instant,
) -> OutageRow {
    OutageRow {
        id: outage.id,
        service: outage.service,
        service_name: name(outage.service),
        class: outage.class,
        from: outage.from,
        to: outage.to,
        from_local: local_said(zone, outage.from),
        to_local: outage.to.map(|to| local_said(zone, to)).unwrap_or_default(),
        lasted: lasted(seconds_between(outage.from, outage.to.unwrap_or(now)).max(0)),
        title: outage.title,
        incident: outage.incident,
        source: outage.source,
    }
}

fn maintenance_row(
    work: KnownMaintenance,
    name: impl Fn(ServiceId) -> String,
    notice: domain::measures::Minutes,
    zone: Zone,
) -> MaintenanceRow {
    let names: Vec<String> = work.services.iter().map(|id| name(*id)).collect();
    MaintenanceRow {
        id: work.id,
        services_said: together(&names),
        from: work.from,
        to: work.to,
        from_local: local_said(zone, work.from),
        to_local: local_said(zone, work.to),
        lasted: lasted(seconds_between(work.from, work.to)),
        announced_local: work.announced_at.map(|at| local_said(zone, at)).unwrap_or_default(),
        is_announced: work.is_announced(notice),
        title: work.title,
        services: work.services,
    }
}

fn unknown_row(time: UnknownTime, name: impl Fn(ServiceId) -> String, zone: Zone) -> UnknownRow {
    UnknownRow {
        id: time.id,
        service_name: name(time.service),
        from: time.from,
        to: time.to,
        from_local: local_said(zone, time.from),
        to_local: local_said(zone, time.to),
        lasted: lasted(seconds_between(time.from, time.to)),
        note: time.note,
    }
}

/// What follows from spent budgets now, for planning.
pub(crate) fn policy(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<BudgetPolicyView, AppError> {
    let now = context.now;
    let policy = BudgetPolicy::on(&reader.budget_policies()?, reader.team()?.zone.day_of(now));
    if !policy.is_on || reader.objectives()?.is_empty() {
        let (is_on, spent_at) = (policy.is_on, policy.spent_at);
        return Ok(BudgetPolicyView { is_on, spent_at, because: Vec::new(), said: None });
    }
    let period = period_of(reader, &ReliabilityQuestion::default(), now)?;
    policy_at(reader, &Scene::read(reader, period.from, now)?, now)
}

fn policy_at(reader: &Reader<'_>, scene: &Scene, now: Instant) -> Result<BudgetPolicyView, AppError> {
    let policy = BudgetPolicy::on(&reader.budget_policies()?, scene.zone.day_of(now));
    let period = period_of(reader, &ReliabilityQuestion::default(), now)?;
    let mut because = Vec::new();
    for objective in &scene.objectives {
        let standing =
            scene.standing(objective, now.min(period.until.max(period.from)), period.sprint_span());
        let remaining = standing.and_then(|standing| standing.remaining());
        if let Some(remaining) = remaining.filter(|remaining| policy.holds(*remaining)) {
            because.push(format!("{}: {}", objective.name, left_said(remaining)));
        }
    }
    let said = (!because.is_empty()).then(|| {
        let what = if policy.spent_at == Share::ZERO {
            "An error budget is spent".to_owned()
        } else {
            format!("No more than {} of an error budget is left", policy.spent_at)
        };
        format!("{what} ({}): by the team's policy production comes first.", because.join("; "))
    });
    Ok(BudgetPolicyView { is_on: policy.is_on, spent_at: policy.spent_at, because, said })
}

pub(crate) fn health_now(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<Vec<ServiceHealth>, AppError> {
    super::figures::health(reader, context.now)
}

/// Asks for the ledger of a service or a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerQuestion {
    /// Of what.
    pub of: Subject,
    /// Over which window.
    #[serde(default)]
    #[ts(optional, as = "Option<ReliabilityQuestion>")]
    pub when: ReliabilityQuestion,
    /// Within the hours, and over the window, of an objective.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub objective: Option<ObjectiveId>,
}

/// The same facts by every method, and each piece of the window that is not simply up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliabilityLedgerView {
    /// Of what.
    pub of: Subject,
    /// Its name.
    pub name: String,
    /// The window, in words.
    pub said: String,
    /// The objective whose window it is.
    pub objective: Option<ObjectiveFigures>,
    /// The figures.
    pub figures: UptimeFigures,
    /// How long each state held.
    pub states: Vec<StateTime>,
    /// The facts that made time bad, the most first.
    pub facts: Vec<FactRow>,
    /// The pieces that are not simply up, the latest first.
    pub pieces: Vec<PieceRow>,
    /// How many more there are.
    pub more: u32,
    /// The services that it is made of; one for a service.
    pub services: Vec<ServiceName>,
    /// The outages to which facts and pieces lead.
    pub outages: Vec<OutageRow>,
}

/// How long a state held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StateTime {
    /// The service.
    pub service_name: String,
    /// The state.
    pub state: ServiceState,
    /// How long, in words.
    pub lasted: String,
    /// In seconds.
    #[ts(type = "number")]
    pub seconds: i64,
}

/// A fact that made time bad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FactRow {
    /// What it is.
    pub because: Because,
    /// The bad time that it brought, weighted.
    pub bad: String,
}

/// A piece of the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PieceRow {
    /// The service.
    pub service_name: String,
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub to: Instant,
    /// When it begins, by the team's clock.
    pub from_local: String,
    /// When it ends, by the team's clock.
    pub to_local: String,
    /// How long it is.
    pub lasted: String,
    /// What it counts as.
    pub state: ServiceState,
    /// The bad time of it, weighted; none where it does not count.
    pub bad: Option<String>,
    /// Why.
    pub because: Vec<Because>,
}

/// A fact behind a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Because {
    /// The fact, among all rows.
    pub id: RowId,
    /// What it is, in words: “Full outage: payment provider”.
    pub said: String,
    /// The outage that can be opened; none where a log of checks or maintenance says so.
    pub outage: Option<OutageId>,
    /// The incident to which it belongs.
    pub incident: Option<IncidentId>,
}

pub(crate) fn ledger(
    reader: &Reader<'_>,
    question: LedgerQuestion,
    context: &Context<'_>,
) -> Result<ReliabilityLedgerView, AppError> {
    let now = context.now;
    let name = subject_of(reader, question.of)?;
    let mut period = period_of(reader, &question.when, now)?;
    let mut scene = Scene::read(reader, period.from, now)?;
    let mut window = Window::new(period.from, period.until);
    let mut objective_figures = None;
    if let Some(id) = question.objective {
        let objective = worst(&scene, now, period.sprint_span(), Some(id))
            .cloned()
            .ok_or_else(|| AppError::not_found("objective"))?;
        let figures = scene.figures(&period).objectives.into_iter().find(|one| one.id == id);
        if let Some(standing) = scene.standing(&objective, period.until, period.sprint_span()) {
            let span = standing.span;
            period = Period { from: span.from, until: span.until, to: span.to, ..period };
            scene = Scene::read(reader, span.from, now)?;
            window = scene.agreed(&objective, span.from, span.until);
        }
        objective_figures = figures;
    }
    let figures = scene.uptime(question.of, &name, &window);
    let (ids, _) = scene.parts(question.of);
    let mut view = ReliabilityLedgerView {
        of: question.of,
        name,
        said: ledger_said(&period, &window, objective_figures.as_ref(), scene.zone, now),
        objective: objective_figures,
        figures,
        states: Vec::new(),
        facts: Vec::new(),
        pieces: Vec::new(),
        more: 0,
        services: scene.services.iter().filter(|one| ids.contains(&one.id)).map(ServiceName::from).collect(),
        outages: Vec::new(),
    };
    let mut facts: Vec<(i64, FactRow)> = Vec::new();
    let ends = window.parts().first().zip(window.parts().last());
    for id in ids {
        tell(&scene, id, &window, &mut view, &mut facts);
        if let Some(((from, _), (_, to))) = ends {
            let instant = |second: i64| Instant::from_millis(second * 1_000);
            let known = reader.outages(Some(id), instant(*from), instant(*to))?;
            let row = |outage| outage_row(outage, |id| name_in(&scene, id), scene.zone, now);
            view.outages.extend(known.into_iter().map(row));
        }
    }
    facts.sort_by_key(|(bad, _)| std::cmp::Reverse(*bad));
    view.facts = facts.into_iter().map(|(_, row)| row).take(MOST_PIECES).collect();
    view.pieces.sort_by_key(|piece| std::cmp::Reverse((piece.from, piece.to)));
    view.more = view.pieces.len().saturating_sub(MOST_PIECES) as u32;
    view.pieces.truncate(MOST_PIECES);
    Ok(view)
}

/// Tells of one service within a window.
fn tell(
    scene: &Scene,
    service: ServiceId,
    window: &Window,
    view: &mut ReliabilityLedgerView,
    facts: &mut Vec<(i64, FactRow)>,
) {
    let ledger = scene.ledger(service, window);
    let weights = scene.rules(window).weights;
    let service_name = name_in(scene, service);
    let states = [
        State::Up,
        State::Down(Class::Full),
        State::Down(Class::Partial),
        State::Down(Class::Degraded),
        State::Maintenance,
        State::Unknown,
    ];
    for state in states {
        let seconds = ledger.seconds(state);
        if seconds > 0 {
            let service_name = service_name.clone();
            view.states.push(StateTime {
                service_name,
                state: told_state(state),
                lasted: lasted(seconds),
                seconds,
            });
        }
    }
    for (id, bad) in ledger.by_fact() {
        facts.push((bad, FactRow { because: because(scene, service, id), bad: lasted(up_seconds(bad)) }));
    }
    for piece in ledger.pieces.iter().filter(|piece| piece.state != State::Up) {
        let instant = |second: i64| Instant::from_millis(second * 1_000);
        let bad = match piece.state {
            State::Down(class) => Some(lasted(up_seconds((piece.to - piece.from) * weights.of(class)))),
            _ => None,
        };
        view.pieces.push(PieceRow {
            service_name: service_name.clone(),
            from: instant(piece.from),
            to: instant(piece.to),
            from_local: local_said(scene.zone, instant(piece.from)),
            to_local: local_said(scene.zone, instant(piece.to)),
            lasted: lasted(piece.to - piece.from),
            state: told_state(piece.state),
            bad,
            because: piece.because.iter().map(|id| because(scene, service, *id)).collect(),
        });
    }
}

fn told_state(state: State) -> ServiceState {
    match state {
        State::Up => ServiceState::Up,
        State::Unknown => ServiceState::Unknown,
        State::Maintenance => ServiceState::Maintenance,
        State::Down(Class::Degraded) => ServiceState::Degraded,
        State::Down(Class::Partial) => ServiceState::Partial,
        State::Down(Class::Full) => ServiceState::Full,
    }
}

/// What a fact is, in words.
fn because(scene: &Scene, service: ServiceId, id: RowId) -> Because {
    let nothing = Because { id, said: String::new(), outage: None, incident: None };
    let Some(facts) = scene.facts(service) else { return nothing };
    let titled = |what: &str, title: &str| match title {
        "" => what.to_owned(),
        title => format!("{what}: {title}"),
    };
    if let Some(outage) = facts.outages.iter().find(|outage| outage.id.row() == id) {
        let said = titled(class_said(outage.class), &outage.title);
        return Because { id, said, outage: Some(outage.id), incident: outage.incident };
    }
    if let Some(work) = facts.maintenance.iter().find(|work| work.id == id) {
        return Because { said: titled("Maintenance", &work.title), ..nothing };
    }
    match facts.stretches.iter().find(|known| known.id == id) {
        Some(known) => {
            let checks = counted(known.stretch.checks, "check");
            let source = if known.source.is_empty() { BY_HAND } else { known.source.as_str() };
            Because { said: format!("{checks} of {source}"), ..nothing }
        }
        None => nothing,
    }
}

/// “Full outage”.
pub(crate) fn class_said(class: Class) -> &'static str {
    match class {
        Class::Full => "Full outage",
        Class::Partial => "Partial outage",
        Class::Degraded => "Degraded",
    }
}

fn ledger_said(
    period: &Period,
    window: &Window,
    objective: Option<&ObjectiveFigures>,
    zone: Zone,
    now: Instant,
) -> String {
    let day = |at: Instant| short(zone.day_of(at));
    let until = if period.until >= now { "now".to_owned() } else { day(period.until.plus_millis(-1)) };
    let length = lasted(window.seconds() / 60 * 60);
    let of = match (objective, &period.sprint) {
        (Some(objective), _) => format!("{}, {}: ", objective.name, objective.window),
        (None, Some(sprint)) => format!("{}: ", sprint.name),
        (None, None) => String::new(),
    };
    let hours = objective.and_then(|one| one.hours.as_ref()).map(|said| format!(" within {said}"));
    format!("{of}{} to {until}, {length}{}", day(period.from), hours.unwrap_or_default())
}
