//! What facts come to: uptime by every method, budgets and how they burn.
//!
//! 1. Everything is computed from the facts of a window; of a window that lasts only what is past counts (10.1).
//! 2. A method is printed beside its figure, with numerator and denominator; figures are rounded down (10.6).
//! 3. A budget is read by the headline's method: outages weighted, what is unknown left out.
//! 4. What is left of a budget is told where enough of its window is known (10.4); what is spent is spent all the same.
//! 5. The pace at which a budget burns is that of the last 24 hours; alerts look at windows of their own (10.8).

use super::objectives::{subject_name, target_said};
use super::service_of;
use super::services::group_of;
use super::view::{
    BudgetUse, MethodFigure, ObjectiveFigures, ObjectiveState, ReliabilityFigures, ServiceHealth,
    ServiceState, UptimeFigures,
};
use crate::error::AppError;
use crate::sprint::window_of;
use crate::team::counted;
use domain::calendar::{Day, Instant, WorkCalendar, Zone};
use domain::identity::{ObjectiveId, OutageId, ServiceId};
use domain::measures::Share;
use domain::reliability::{
    AlertWindows, Budget, Class, CountSum, Fact, Horizon, Method, Objective, Ratio, ReliabilityLedger,
    ReliabilityRules, Service, ServiceFacts, ServiceGroup, Sli, Span, State, Subject, Target, Window,
    group_uptime,
};
use std::collections::HashMap;
use store::{Reader, Sprint};

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// The team's services with what is known of them since a moment.
pub(crate) struct Scene {
    pub now: Instant,
    pub zone: Zone,
    pub services: Vec<Service>,
    pub groups: Vec<ServiceGroup>,
    pub objectives: Vec<Objective>,
    pub sprints: Vec<Sprint>,
    rules: Vec<ReliabilityRules>,
    calendar: WorkCalendar,
    facts: HashMap<ServiceId, ServiceFacts>,
}

impl Scene {
    /// Reads what is known of all services from a moment on, and as far back as objectives look from now.
    pub(crate) fn read(reader: &Reader<'_>, from: Instant, now: Instant) -> Result<Scene, AppError> {
        let calendar = reader.calendar()?;
        let (services, objectives) = (reader.services()?, reader.objectives()?);
        let zone = calendar.zone;
        let back = objectives.iter().map(|objective| match objective.horizon {
            Horizon::Rolling => from.min(now).plus_millis(-i64::from(objective.days) * DAY),
            Horizon::Month => zone.start_of(zone.day_of(from.min(now)).month(0)),
            Horizon::Sprint => from,
        });
        let first = back.fold(from.min(now.plus_millis(-DAY)), Instant::min);
        // Maintenance that is still to come belongs to the budget of a window that lasts.
        let last = now.plus_millis(400 * DAY);
        let mut facts = HashMap::new();
        for service in &services {
            facts.insert(service.id, reader.service_facts(service.id, first, last)?);
        }
        Ok(Scene {
            now,
            zone,
            services,
            groups: reader.service_groups()?,
            objectives,
            sprints: reader.sprints()?,
            rules: reader.reliability_rules()?,
            calendar,
            facts,
        })
    }

    /// What is known of a service.
    pub(crate) fn facts(&self, service: ServiceId) -> Option<&ServiceFacts> {
        self.facts.get(&service)
    }

    /// The rules that hold at the end of a window.
    pub(crate) fn rules(&self, window: &Window) -> ReliabilityRules {
        let last = window.parts().last().map_or(self.now, |(_, to)| Instant::from_millis((to - 1) * 1_000));
        ReliabilityRules::on(&self.rules, self.zone.day_of(last))
    }

    /// A service over a window that is past.
    pub(crate) fn ledger(&self, service: ServiceId, window: &Window) -> ReliabilityLedger {
        let rules = self.rules(window);
        let facts = self.facts(service).map(|known| known.facts(window, rules.notice)).unwrap_or_default();
        ReliabilityLedger::new(window, &facts, rules.weights)
    }

    /// The services of what something is promised of; with weights where their mean counts.
    pub(crate) fn parts(&self, of: Subject) -> (Vec<ServiceId>, Option<Vec<Share>>) {
        match of {
            Subject::Service(id) => (vec![id], None),
            Subject::Group(id) => match self.groups.iter().find(|group| group.id == id) {
                None => (Vec::new(), None),
                Some(group) => {
                    let (services, weights): (Vec<ServiceId>, Vec<Share>) =
                        group.services.iter().copied().unzip();
                    (services, group.is_mean.then_some(weights))
                }
            },
        }
    }

    /// The figure of a method over a window that is past.
    pub(crate) fn ratio(&self, of: Subject, window: &Window, method: Method) -> Ratio {
        let (services, weights) = self.parts(of);
        let ledgers: Vec<ReliabilityLedger> = services.iter().map(|id| self.ledger(*id, window)).collect();
        match (ledgers.as_slice(), of) {
            ([ledger], Subject::Service(_)) => ledger.uptime(method),
            (ledgers, _) => group_uptime(ledgers, weights.as_deref(), method),
        }
    }

    /// Every method's figure over a window that is past.
    pub(crate) fn uptime(&self, of: Subject, name: &str, window: &Window) -> UptimeFigures {
        let (services, weights) = self.parts(of);
        let ledgers: Vec<ReliabilityLedger> = services.iter().map(|id| self.ledger(*id, window)).collect();
        let ratio = |method| match (ledgers.as_slice(), of) {
            ([ledger], Subject::Service(_)) => ledger.uptime(method),
            (ledgers, _) => group_uptime(ledgers, weights.as_deref(), method),
        };
        let rules = self.rules(window);
        let mut methods: Vec<MethodFigure> = Method::ALL
            .iter()
            .map(|method| {
                let (name, how) = method_said(*method, &rules);
                let ratio = ratio(*method);
                MethodFigure {
                    name: name.to_owned(),
                    how,
                    percent: percent_said(ratio),
                    bad: lasted(up_seconds(ratio.bad)),
                    of: counts(ratio.of),
                }
            })
            .collect();
        let mut sum = CountSum::default();
        for facts in services.iter().filter_map(|id| self.facts(*id)) {
            let one = facts.counts(window, None);
            sum.checks += one.checks;
            sum.up += one.up;
            sum.valid += one.valid;
            sum.good += one.good;
        }
        let counted = |name: &str, how: &str, good: u64, all: u64| MethodFigure {
            name: name.to_owned(),
            how: how.to_owned(),
            percent: percent_said(counts_ratio(good, all)),
            bad: thousands(all.saturating_sub(good)),
            of: thousands(all),
        };
        if sum.checks > 0 {
            methods.push(counted("By checks", "checks that saw it up ÷ all checks", sum.up, sum.checks));
        }
        if sum.valid > 0 {
            methods.push(counted("By requests", "good requests ÷ those that count", sum.good, sum.valid));
        }
        let (headline, known_or_not) = (ratio(Method::Weighted), ratio(Method::UnknownUp));
        let coverage = (known_or_not.of > 0).then(|| headline.of as f64 / known_or_not.of as f64);
        UptimeFigures {
            of,
            name: name.to_owned(),
            percent: percent_said(headline),
            low: percent_said(ratio(Method::UnknownDown)),
            high: percent_said(known_or_not),
            coverage: percent_said(Ratio {
                bad: (known_or_not.of - headline.of) * 10_000,
                of: known_or_not.of,
            }),
            is_enough: coverage.is_some_and(|known| known >= ReliabilityLedger::ENOUGH.as_fraction()),
            bad: lasted(up_seconds(headline.bad)),
            of_time: counts(headline.of),
            methods,
        }
    }

    /// The figures of a period that is past up to `until`; of a Sprint where one is meant.
    pub(crate) fn figures(&self, period: &Period) -> ReliabilityFigures {
        let window = Window::new(period.from, period.until);
        ReliabilityFigures {
            from: period.from,
            until: period.until,
            to: period.to,
            services: self
                .services
                .iter()
                .map(|service| self.uptime(Subject::Service(service.id), &service.name, &window))
                .collect(),
            groups: self
                .groups
                .iter()
                .map(|group| self.uptime(Subject::Group(group.id), &group.name, &window))
                .collect(),
            objectives: self
                .objectives
                .iter()
                .filter_map(|objective| {
                    let standing = self.standing(objective, period.until, period.sprint_span())?;
                    Some(self.objective_figures(objective, &standing, period))
                })
                .collect(),
        }
    }

    /// How an objective stands at a moment that is not later than now; none where its window is of a Sprint and none
    /// is meant.
    pub(crate) fn standing(
        &self,
        objective: &Objective,
        at: Instant,
        sprint: Option<(Instant, Instant)>,
    ) -> Option<Standing> {
        let span = objective.span(at, self.zone, sprint)?;
        let last = span.to.plus_millis(-1).max(span.from);
        let target = objective.target_on(self.zone.day_of(last));
        let window = self.agreed(objective, span.from, span.until);
        let (so_far, budget, is_enough) = match objective.sli {
            Sli::Time => {
                let so_far = self.ratio(objective.of, &window, Method::Weighted);
                let all = self.ratio(objective.of, &window, Method::UnknownUp);
                let to_come = self.to_come(objective, span);
                // Of a window of which nothing counts yet nothing is unknown.
                let is_enough = so_far.of as f64 >= ReliabilityLedger::ENOUGH.as_fraction() * all.of as f64;
                (so_far, target.map(|target| Span::budget_of_time(target, so_far, to_come)), is_enough)
            }
            Sli::Requests => {
                let sum = self.requests(objective, &window);
                let budget = target.map(|target| span.budget_of_requests(target, sum.valid, sum.good));
                (counts_ratio(sum.good, sum.valid), budget, sum.valid > 0)
            }
        };
        Some(Standing { span, target, so_far, budget, is_enough })
    }

    /// The pace of the last 24 hours before a moment, in budgets a window; none where nothing is known.
    pub(crate) fn burn(&self, objective: &Objective, at: Instant, target: Target) -> Option<f64> {
        self.error_ratio(objective, at, DAY).map(|ratio| target.burn_rate(ratio))
    }

    fn error_ratio(&self, objective: &Objective, at: Instant, millis: i64) -> Option<f64> {
        let window = self.agreed(objective, at.plus_millis(-millis), at);
        let ratio = match objective.sli {
            Sli::Time => self.ratio(objective.of, &window, Method::Weighted),
            Sli::Requests => {
                let sum = self.requests(objective, &window);
                counts_ratio(sum.good, sum.valid)
            }
        };
        ratio.good().map(|good| 1.0 - good)
    }

    /// A window cut to the hours of an objective (10.5).
    pub(crate) fn agreed(&self, objective: &Objective, from: Instant, to: Instant) -> Window {
        match &objective.hours {
            None => Window::new(from, to),
            Some(hours) => hours.window(from, to, &self.calendar.holidays),
        }
    }

    /// The seconds of a window that are still to count: without the maintenance that is announced.
    fn to_come(&self, objective: &Objective, span: Span) -> i64 {
        let window = self.agreed(objective, span.until, span.to);
        let (services, weights) = self.parts(objective.of);
        let rules = self.rules(&window);
        let ledger = |service: &ServiceId| {
            let known = self.facts(*service).map(|facts| facts.maintenance.as_slice()).unwrap_or_default();
            let facts: Vec<Fact> =
                known.iter().map(|work| Fact::Maintenance(work.fact(rules.notice))).collect();
            ReliabilityLedger::new(&window, &facts, rules.weights)
        };
        let ledgers: Vec<ReliabilityLedger> = services.iter().map(ledger).collect();
        match ledgers.as_slice() {
            [one] => one.uptime(Method::Weighted).of,
            several => group_uptime(several, weights.as_deref(), Method::Weighted).of,
        }
    }

    fn requests(&self, objective: &Objective, window: &Window) -> CountSum {
        let (services, _) = self.parts(objective.of);
        let series = (!objective.series.is_empty()).then_some(objective.series.as_str());
        let facts = services.first().and_then(|service| self.facts(*service));
        facts.map(|facts| facts.counts(window, series)).unwrap_or_default()
    }

    /// The window of an objective in words: “rolling 28 days”.
    pub(crate) fn window_said(&self, objective: &Objective, span: Span, sprint: &str) -> String {
        match objective.horizon {
            Horizon::Rolling => format!("rolling {}", counted(objective.days, "day")),
            Horizon::Month => format!("the month of {}", self.zone.day_of(span.from).date().format("%B")),
            Horizon::Sprint => sprint.to_owned(),
        }
    }

    /// The name of what something is promised of.
    pub(crate) fn name_of(&self, of: Subject) -> String {
        match of {
            Subject::Service(id) => self.services.iter().find(|one| one.id == id).map(|one| one.name.clone()),
            Subject::Group(id) => self.groups.iter().find(|one| one.id == id).map(|one| one.name.clone()),
        }
        .unwrap_or_default()
    }

    fn objective_figures(
        &self,
        objective: &Objective,
        standing: &Standing,
        period: &Period,
    ) -> ObjectiveFigures {
        let Standing { span, target, so_far, budget, .. } = *standing;
        let runs = period.until >= self.now;
        let remaining = standing.remaining();
        let burn = target.filter(|_| runs).and_then(|target| self.burn(objective, self.now, target));
        let alert = target.filter(|_| runs).and_then(|target| self.alert(objective, span, target));
        let is_spent = remaining.is_some_and(|left| left <= 0.0);
        let state = match (target, remaining) {
            (None, _) => ObjectiveState::NoTarget,
            (_, None) => ObjectiveState::Unknown,
            _ if is_spent => ObjectiveState::Spent,
            _ if alert.is_some() => ObjectiveState::Burning,
            _ => ObjectiveState::Kept,
        };
        let sprint = period.sprint.as_ref().map_or("the Sprint", |sprint| sprint.name.as_str());
        let window = self.window_said(objective, span, sprint);
        ObjectiveFigures {
            id: objective.id,
            of: objective.of,
            of_name: self.name_of(objective.of),
            name: objective.name.clone(),
            sli: objective.sli,
            is_agreement: objective.is_agreement,
            window,
            hours: objective.hours.as_ref().map(hours_said),
            target: target.map(target_said),
            percent: percent_said(so_far),
            remaining,
            remaining_said: budget
                .filter(|_| remaining.is_some())
                .and_then(|budget| budget_said(objective.sli, &budget, runs && span.to > span.until)),
            burn,
            burn_said: burn.map(burn_said),
            alert,
            state,
        }
    }

    /// The most urgent alert that fires, in words.
    fn alert(&self, objective: &Objective, span: Span, target: Target) -> Option<String> {
        let days = (span.to.millis() - span.from.millis()) as f64 / DAY as f64;
        let AlertWindows(alerts) = AlertWindows::scaled(days);
        let millis = |seconds: f64| (seconds * 1_000.0).round() as i64;
        alerts.iter().find_map(|alert| {
            let long = self.error_ratio(objective, self.now, millis(alert.long));
            let short = self.error_ratio(objective, self.now, millis(alert.short));
            alert.fires(target, short, long).then(|| {
                format!(
                    "Over the last {} it burns more than {:.0} times as fast as the budget allows.",
                    lasted(alert.long.round() as i64),
                    alert.factor
                )
            })
        })
    }

    /// How each service is, the one with the least budget left first.
    pub(crate) fn health(&self, reader: &Reader<'_>) -> Result<Vec<ServiceHealth>, AppError> {
        let running = reader.active_sprint()?;
        let sprint = running.as_ref().map(|sprint| window_of(sprint, &self.sprints, self.zone));
        let mut all = Vec::new();
        for service in &self.services {
            let (state, since) = self.state_now(service.id);
            let mut worst: Option<(f64, &Objective, Option<f64>)> = None;
            let mut promised: Option<&Objective> = None;
            for objective in self.objectives.iter().filter(|one| one.of == Subject::Service(service.id)) {
                let Some(standing) = self.standing(objective, self.now, sprint) else { continue };
                let Some(target) = standing.target else { continue };
                let Some(remaining) = standing.remaining() else {
                    promised = promised.or(Some(objective));
                    continue;
                };
                if worst.as_ref().is_none_or(|(least, ..)| remaining < *least) {
                    worst = Some((remaining, objective, self.burn(objective, self.now, target)));
                }
            }
            let (remaining, objective, burn) = match worst {
                Some((remaining, objective, burn)) => (Some(remaining), Some(objective), burn),
                None => (None, promised, None),
            };
            all.push(ServiceHealth {
                service: service.id,
                name: service.name.clone(),
                state,
                since,
                objective: objective.map(|objective| objective.id),
                objective_name: objective.map(|objective| objective.name.clone()),
                remaining,
                remaining_said: remaining.map(left_said),
                burn,
                burn_said: burn.map(burn_said),
            });
        }
        let by_budget = |one: &ServiceHealth| one.remaining.unwrap_or(f64::INFINITY);
        all.sort_by(|one, other| {
            (other.state.is_down().cmp(&one.state.is_down()))
                .then(by_budget(one).total_cmp(&by_budget(other)))
        });
        Ok(all)
    }

    /// How a service is now, and since when where that is known.
    fn state_now(&self, service: ServiceId) -> (ServiceState, Option<Instant>) {
        let window = Window::new(self.now.plus_millis(-1_000), self.now);
        let ledger = self.ledger(service, &window);
        let Some(piece) = ledger.pieces.last() else { return (ServiceState::Up, None) };
        let state = match piece.state {
            State::Up => ServiceState::Up,
            State::Unknown => ServiceState::Unknown,
            State::Maintenance => ServiceState::Maintenance,
            State::Down(Class::Degraded) => ServiceState::Degraded,
            State::Down(Class::Partial) => ServiceState::Partial,
            State::Down(Class::Full) => ServiceState::Full,
        };
        let Some(facts) = self.facts(service) else { return (state, None) };
        let began = |id: &domain::identity::RowId| {
            let outage = facts.outages.iter().find(|outage| outage.id.row() == *id).map(|outage| outage.from);
            let work = facts.maintenance.iter().find(|work| work.id == *id).map(|work| work.from);
            let seen = facts.stretches.iter().find(|seen| seen.id == *id).map(|seen| seen.stretch.from);
            outage.or(work).or(seen)
        };
        (state, piece.because.iter().filter_map(began).min())
    }
}

/// How an objective stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub span: Span,
    pub target: Option<Target>,
    pub so_far: Ratio,
    pub budget: Option<Budget>,
    /// Whether so much of the window is known that the budget may be told.
    pub is_enough: bool,
}

impl Standing {
    /// What is left of the budget as a part of it; none where too little is known to say so. What is spent by what is
    /// known stays spent, however little that is.
    pub fn remaining(&self) -> Option<f64> {
        let remaining = self.budget?.remaining()?;
        (self.is_enough || remaining <= 0.0).then_some(remaining)
    }
}

/// The time that is told of: a Sprint, or days.
#[derive(Debug, Clone)]
pub(crate) struct Period {
    pub sprint: Option<Sprint>,
    pub from: Instant,
    /// Up to where it is past.
    pub until: Instant,
    pub to: Instant,
}

impl Period {
    /// The window of a Sprint (10.1), past up to a moment.
    pub(crate) fn of_sprint(sprint: &Sprint, sprints: &[Sprint], zone: Zone, now: Instant) -> Period {
        let (from, to) = window_of(sprint, sprints, zone);
        Period { sprint: Some(sprint.clone()), from, until: now.min(to).max(from), to }
    }

    /// Local days, both included.
    pub(crate) fn of_days(first: Day, last: Day, zone: Zone, now: Instant) -> Period {
        let (from, to) = (zone.start_of(first), zone.start_of(last.plus(1)));
        Period { sprint: None, from, until: now.min(to).max(from), to }
    }

    /// The Sprint's window, where one is meant.
    pub(crate) fn sprint_span(&self) -> Option<(Instant, Instant)> {
        self.sprint.as_ref().map(|_| (self.from, self.to))
    }
}

/// The Sprint in whose window a moment lies.
pub(crate) fn sprint_at(sprints: &[Sprint], zone: Zone, at: Instant) -> Option<&Sprint> {
    sprints.iter().find(|sprint| {
        let (from, to) = window_of(sprint, sprints, zone);
        from <= at && at < to
    })
}

/// The rules that hold on a day.
pub(crate) fn rules_on(reader: &Reader<'_>, day: Day) -> Result<ReliabilityRules, AppError> {
    Ok(ReliabilityRules::on(&reader.reliability_rules()?, day))
}

/// How each service is now: its state, what is left of the budget of which least is left, and how fast that burns. The
/// worst first.
pub fn health(reader: &Reader<'_>, now: Instant) -> Result<Vec<ServiceHealth>, AppError> {
    scene_now(reader, now)?.health(reader)
}

/// What is known since the running Sprint began, or from now on where none runs.
fn scene_now(reader: &Reader<'_>, now: Instant) -> Result<Scene, AppError> {
    let from = match reader.active_sprint()? {
        Some(sprint) => window_of(&sprint, &reader.sprints()?, reader.team()?.zone).0,
        None => now,
    };
    Scene::read(reader, from, now)
}

/// What is left of each budget that is promised of a service or of a group that contains it, as a fraction, with the name
/// of the objective; none where that is not known. What has no budget now is told only where nothing else is promised.
pub(crate) fn budgets_of(
    reader: &Reader<'_>,
    service: ServiceId,
    now: Instant,
) -> Result<Vec<(String, Option<f64>)>, AppError> {
    let scene = scene_now(reader, now)?;
    let running = reader.active_sprint()?;
    let sprint = running.as_ref().map(|sprint| window_of(sprint, &scene.sprints, scene.zone));
    let (mut held, mut promised) = (Vec::new(), Vec::new());
    for objective in scene.objectives.iter().filter(|one| scene.parts(one.of).0.contains(&service)) {
        let name = match objective.of {
            Subject::Service(_) => objective.name.clone(),
            Subject::Group(_) => format!("{} (group {})", objective.name, scene.name_of(objective.of)),
        };
        let standing = scene.standing(objective, now, sprint).filter(|standing| standing.budget.is_some());
        match standing {
            Some(standing) => held.push((name, standing.remaining())),
            None => promised.push((name, None)),
        }
    }
    Ok(if held.is_empty() { promised } else { held })
}

/// Which part of which budgets some outages used, the most first: over the window of each objective in which the
/// outage began, by the whole budget of that window (8.3).
pub fn budget_used_by(
    reader: &Reader<'_>,
    outages: &[OutageId],
    now: Instant,
) -> Result<Vec<BudgetUse>, AppError> {
    let mut known = Vec::new();
    for id in outages {
        known.extend(reader.outage(*id)?);
    }
    let Some(from) = known.iter().map(|outage| outage.from).min() else { return Ok(Vec::new()) };
    let (sprints, zone) = (reader.sprints()?, reader.team()?.zone);
    let sprint = sprint_at(&sprints, zone, from).map(|sprint| window_of(sprint, &sprints, zone));
    let scene = Scene::read(reader, sprint.map_or(from, |(start, _)| start.min(from)), now)?;
    let end = known.iter().map(|outage| outage.to.unwrap_or(now)).max().unwrap_or(now).min(now);
    let mut uses: Vec<BudgetUse> = Vec::new();
    let time = scene.objectives.iter().filter(|objective| objective.sli == Sli::Time);
    for objective in time {
        let Subject::Service(service) = objective.of else { continue };
        let ids: Vec<_> = known.iter().filter(|one| one.service == service).map(|one| one.id.row()).collect();
        // A window of the calendar goes on to its end, as far as that is past.
        let Some(span) = objective.span(end, zone, sprint) else { continue };
        let at = if objective.horizon == Horizon::Rolling { end } else { now.min(span.to) };
        let Some(standing) = scene.standing(objective, at, sprint).filter(|_| !ids.is_empty()) else {
            continue;
        };
        let Some(allowed) = standing.budget.map(|budget| budget.allowed()).filter(|one| *one > 0.0) else {
            continue;
        };
        let window = scene.agreed(objective, standing.span.from, standing.span.until);
        let by_fact = scene.ledger(service, &window).by_fact();
        let bad: i64 = by_fact.iter().filter(|(id, _)| ids.contains(id)).map(|(_, bad)| bad).sum();
        if bad > 0 {
            uses.push(BudgetUse {
                objective: objective.id,
                objective_name: objective.name.clone(),
                service,
                service_name: service_of(reader, service)?.name,
                part: bad as f64 / 10_000.0 / allowed,
            });
        }
    }
    uses.sort_by(|one, other| other.part.total_cmp(&one.part));
    Ok(uses)
}

/// The objective of which least is left, with its standing; of those of one Sprint, at a moment.
pub(crate) fn worst(
    scene: &Scene,
    at: Instant,
    sprint: Option<(Instant, Instant)>,
    wanted: Option<ObjectiveId>,
) -> Option<&Objective> {
    let all = scene.objectives.iter().filter(|one| wanted.is_none_or(|id| id == one.id));
    let left = |objective: &&Objective| {
        let standing = scene.standing(objective, at, sprint);
        standing.and_then(|standing| standing.remaining()).unwrap_or(f64::INFINITY)
    };
    all.min_by(|one, other| left(one).total_cmp(&left(other)))
}

/// The name of what something is promised of, and the service or group itself must be there.
pub(crate) fn subject_of(reader: &Reader<'_>, of: Subject) -> Result<String, AppError> {
    if let Subject::Group(id) = of {
        group_of(&reader.service_groups()?, id)?;
    }
    subject_name(reader, of)
}

fn method_said(method: Method, rules: &ReliabilityRules) -> (&'static str, String) {
    let weights = rules.weights;
    let weighted = format!(
        "full outages count {}, partial {}, degraded {}",
        weights.full, weights.partial, weights.degraded
    );
    match method {
        Method::Weighted => ("Headline", format!("{weighted}; what is unknown is left out")),
        Method::UnknownUp => ("Unknown as up", format!("{weighted}; what is unknown counts as up")),
        Method::UnknownDown => ("Unknown as down", format!("{weighted}; what is unknown counts as down")),
        Method::PartialFull => (
            "Partial as full",
            "a partial outage counts as a full one; what is unknown is left out".to_owned(),
        ),
        Method::FullOnly => {
            ("Full outages only", "only full outages count; what is unknown is left out".to_owned())
        }
    }
}

/// How a budget stands: “62 % left: 27 min of 43 min”.
fn budget_said(sli: Sli, budget: &Budget, is_expected: bool) -> Option<String> {
    let remaining = budget.remaining()?;
    let left = budget.allowed() - budget.bad;
    let of = if remaining < 0.0 { "more than" } else { "of" };
    let amounts = match sli {
        Sli::Time => {
            let (left, allowed) = (left.abs().floor() as i64, budget.allowed().floor() as i64);
            format!("{} {of} {}", counts(left), counts(allowed))
        }
        Sli::Requests => format!(
            "{} {of} {} requests{}",
            thousands(left.abs().floor() as u64),
            thousands(budget.allowed().floor() as u64),
            if is_expected { ", at the pace so far" } else { "" }
        ),
    };
    Some(match remaining < 0.0 {
        true => format!("overspent by {}: {amounts}", part_said(-remaining)),
        false => format!("{}: {amounts}", left_said(remaining)),
    })
}

/// “62 % left”, “overspent by 12 %”; rounded so that nothing is told better than it is.
pub(crate) fn left_said(remaining: f64) -> String {
    if remaining < 0.0 {
        format!("overspent by {}", part_said(-remaining))
    } else {
        format!("{:.0} % left", (remaining * 100.0 + 1e-9).floor())
    }
}

fn part_said(part: f64) -> String {
    format!("{:.0} %", (part * 100.0 - 1e-9).ceil())
}

/// “burns 2.4× as fast as the budget allows”.
pub(crate) fn burn_said(burn: f64) -> String {
    match burn {
        burn if burn <= 0.0 => "burns nothing".to_owned(),
        burn if burn < 0.05 => "burns almost nothing".to_owned(),
        burn if burn < 10.0 => format!("burns {burn:.1}× the even pace"),
        burn => format!("burns {burn:.0}× the even pace"),
    }
}

fn hours_said(hours: &domain::reliability::BusinessHours) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let time = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    let mut said: Vec<(Vec<&str>, String)> = Vec::new();
    for span in &hours.spans {
        let day = DAYS.get(usize::from(span.weekday)).copied().unwrap_or_default();
        let times = format!("{}–{}", time(span.from), time(span.to));
        match said.iter_mut().find(|(_, known)| *known == times) {
            Some((days, _)) => days.push(day),
            None => said.push((vec![day], times)),
        }
    }
    let spans = said.iter().map(|(days, times)| match days.as_slice() {
        [first, .., last] if days.len() > 2 => format!("{first}–{last} {times}"),
        days => format!("{} {times}", days.join(", ")),
    });
    let holidays = if hours.without_holidays { ", without holidays" } else { "" };
    format!("{} ({}){holidays}", spans.collect::<Vec<_>>().join(", "), hours.zone)
}

/// A figure in percent, rounded down to three decimals (10.6): “99.944 %”; none where nothing counts.
pub(crate) fn percent_said(ratio: Ratio) -> Option<String> {
    let percent = ratio.percent(3)?;
    Some(if percent >= 100.0 { "100 %".to_owned() } else { format!("{percent:.3} %") })
}

/// Good of all, as a ratio.
fn counts_ratio(good: u64, all: u64) -> Ratio {
    let bad = all.saturating_sub(good).min(i64::MAX as u64 / 10_000) as i64;
    Ratio { bad: bad * 10_000, of: all.min(i64::MAX as u64) as i64 }
}

/// Whole seconds of bad ones in ten-thousandths; what is left of one counts as one.
pub(crate) fn up_seconds(bad: i64) -> i64 {
    (bad + 9_999).div_euclid(10_000)
}

/// A time in words: “45 s”, “3 min 20 s”, “1 h 51 min”, “333 h”.
pub(crate) fn lasted(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, rest) => format!("{rest} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, rest) => format!("{minutes} min {rest} s"),
        (hours, 0, 0) => format!("{} h", thousands(hours.unsigned_abs())),
        (hours, 0, rest) => format!("{} h {rest} s", thousands(hours.unsigned_abs())),
        (hours, minutes, 0) => format!("{} h {minutes} min", thousands(hours.unsigned_abs())),
        (hours, minutes, rest) => format!("{} h {minutes} min {rest} s", thousands(hours.unsigned_abs())),
    }
}

/// The time that counts, in words: long ones without their seconds, rounded down.
fn counts(seconds: i64) -> String {
    lasted(if seconds < 36_000 { seconds } else { seconds / 60 * 60 })
}

/// A number with its thousands apart: “1,430”.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_10_6_nothing_is_told_better_than_it_is() {
        assert_eq!(percent_said(Ratio { bad: 1, of: 1_000_000 }), Some("99.999 %".into()));
        assert_eq!(percent_said(Ratio { bad: 0, of: 5 }), Some("100 %".into()));
        assert_eq!(percent_said(Ratio { bad: 0, of: 0 }), None);
        assert_eq!(left_said(0.999), "99 % left");
        assert_eq!(left_said(-0.001), "overspent by 1 %");
        assert_eq!(up_seconds(1), 1);
    }

    #[test]
    fn times_and_paces_read_well() {
        assert_eq!(
            [45, 200, 6_660, 1_198_800, 3_605].map(lasted),
            ["45 s", "3 min 20 s", "1 h 51 min", "333 h", "1 h 5 s"]
        );
        assert_eq!(
            [0.0, 0.01, 0.44, 14.4].map(burn_said),
            ["burns nothing", "burns almost nothing", "burns 0.4× the even pace", "burns 14× the even pace"]
        );
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
