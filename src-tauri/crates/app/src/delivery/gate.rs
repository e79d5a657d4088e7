//! The release gate: may this increment go live now?
//!
//! 1. The answer is made of what the file knows at the moment of the question.
//! 2. Looking costs nothing; an answer that is kept is a fact, with each reason as it was then.
//! 3. Who goes on against a no says why; without a name and a reason that is refused.
//! 4. Where no items are named, the increment is what is done in the running Sprint and not live.

use super::{live_items, settings};
use crate::backlog::item_of;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::on_call::on_call_at;
use crate::reliability::{ServiceName, service_of};
use crate::sprint::{seal, sealed};
use domain::backlog::{Category, Item, ItemFact};
use domain::calendar::{Instant, Zone};
use domain::delivery::{
    Answering, BudgetState, CheckName, Gate, GateItem, GateKnows, Going, LiveChecks, OpenIncident, Standing,
};
use domain::identity::{ItemId, RowId, ServiceId};
use domain::reliability::Service;
use serde::{Deserialize, Serialize};
use store::{IncidentFilter, ItemFilter, KeptAnswer, Reader, Writer};
use ts_rs::TS;

/// Asks the gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateQuestion {
    /// The service.
    pub service: ServiceId,
    /// What is to go live, by its version.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub version: String,
    /// The items that it contains.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<ItemId>>")]
    pub items: Vec<ItemId>,
}

/// What the gate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateView {
    /// The service.
    pub service: ServiceName,
    /// What is to go live; may be empty.
    pub version: String,
    /// Whether it may.
    pub may: bool,
    /// The answer in a sentence.
    pub said: String,
    /// What each check found.
    pub findings: Vec<GateFinding>,
    /// The items that it is about.
    pub items: Vec<GateItemRow>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateFinding {
    /// The check.
    pub check: CheckName,
    /// What it asks, in words.
    pub title: String,
    /// What it found.
    pub standing: Standing,
    /// Whether that stops.
    pub stops: bool,
    /// Why, in a sentence.
    pub reason: String,
}

/// An item that is to go live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateItemRow {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Whether it is done.
    pub is_done: bool,
}

/// Asks the gate and keeps its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnswerGate {
    /// What is asked.
    pub question: GateQuestion,
    /// Why it goes live although the gate says no; not given where nobody decides so.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub why: Option<String>,
    /// Who decides so; who sits at this device if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub by: Option<String>,
}

/// Asks what the gate answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct GateAnswersQuestion {
    /// Of one service.
    #[ts(optional = nullable)]
    pub service: Option<ServiceId>,
    /// One answer.
    #[ts(optional = nullable)]
    pub answer: Option<RowId>,
}

/// An answer that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateAnswerRow {
    /// Who it is.
    pub id: RowId,
    /// The name of the service.
    pub service: String,
    /// What was to go live; may be empty.
    pub version: String,
    /// When.
    pub at: Instant,
    /// Whether the gate said yes.
    pub may: bool,
    /// Whether it went on: the gate said yes, or somebody decided so.
    pub goes: bool,
    /// The answer in a sentence.
    pub said: String,
    /// What each check found.
    pub findings: Vec<GateFinding>,
    /// Who went on against a no.
    pub overridden_by: Option<String>,
    /// Why.
    pub overridden_why: Option<String>,
}

struct Asked {
    service: Service,
    checks: LiveChecks,
    gate: Gate,
    items: Vec<Item>,
    done: Vec<bool>,
    review: Option<String>,
}

impl Asked {
    fn findings(&self) -> Vec<GateFinding> {
        let findings = self.gate.findings.iter();
        findings
            .map(|one| GateFinding {
                check: one.check,
                title: settings::title(&self.checks.get(one.check), self.review.as_deref()),
                standing: one.standing,
                stops: one.stops,
                reason: one.reason.clone(),
            })
            .collect()
    }
}

pub(super) fn gate(
    reader: &Reader<'_>,
    question: GateQuestion,
    context: &Context<'_>,
) -> Result<GateView, AppError> {
    let asked = ask(reader, &question, context.now)?;
    let findings = asked.findings();
    let version = question.version.trim().to_owned();
    let items = asked.items.iter().zip(&asked.done);
    Ok(GateView {
        may: asked.gate.may(),
        said: said(&asked.service.name, &version, &findings),
        findings,
        items: items
            .map(|(item, is_done)| GateItemRow {
                id: item.id,
                label: item.label.clone(),
                title: item.title.clone(),
                is_done: *is_done,
            })
            .collect(),
        service: ServiceName { id: asked.service.id, name: asked.service.name },
        version,
    })
}

/// The answer in a sentence.
fn said(service: &str, version: &str, findings: &[GateFinding]) -> String {
    let what = if version.is_empty() { service.to_owned() } else { format!("{service} {version}") };
    let stops = findings.iter().filter(|one| one.stops).count();
    let unknown = findings.iter().filter(|one| one.standing == Standing::Unknown && !one.stops).count();
    let of = match findings.len() {
        1 => "1 check".to_owned(),
        count => format!("{count} checks"),
    };
    match (findings.len(), stops, unknown) {
        (0, ..) => format!("{what} may go live: the Definition of Live asks nothing."),
        (_, 0, 0) => format!("{what} may go live now."),
        (_, 0, 1) => format!("{what} may go live now, and one thing is not known."),
        (_, 0, unknown) => format!("{what} may go live now, and {unknown} things are not known."),
        (_, 1, _) => format!("{what} may not go live now: 1 of {of} stops it."),
        (_, stops, _) => format!("{what} may not go live now: {stops} of {of} stop it."),
    }
}

fn ask(reader: &Reader<'_>, question: &GateQuestion, now: Instant) -> Result<Asked, AppError> {
    let service = service_of(reader, question.service).map_err(|error| error.at("service"))?;
    let zone = reader.team()?.zone;
    let checks = reader.live_checks()?;
    let workflow = reader.workflow()?;
    let is_done = |item: &Item| {
        let state = item.present.state.and_then(|state| workflow.get(state));
        state.is_some_and(|state| state.category == Category::Done)
    };
    let items = increment(reader, &question.items, is_done)?;
    let review = checks.get(CheckName::ItemsReviewed).state;
    let mut told = Vec::new();
    for item in &items {
        let is_reviewed = match review {
            Some(review) => reader.item_facts(item.id)?.iter().any(|dated| match dated.fact {
                ItemFact::Moved { state } => state == review,
                _ => false,
            }),
            None => false,
        };
        told.push(GateItem { label: item.label.clone(), is_done: is_done(item), is_reviewed });
    }
    let review = review.and_then(|id| workflow.get(id)).map(|state| state.name.clone());
    let done = told.iter().map(|item| item.is_done).collect();
    let knows = GateKnows {
        incidents: incidents(reader, service.id)?,
        budgets: budgets(reader, service.id, now)?,
        freezes: freezes(reader, service.id, zone, now)?,
        items: told,
        are_named: !question.items.is_empty(),
        review: review.clone(),
        on_call: on_call(reader, now)?,
    };
    let gate = Gate::new(&checks, &knows);
    Ok(Asked { service, checks, gate, items, done, review })
}

/// The items that are named, else what is done in the running Sprint and not live.
fn increment(
    reader: &Reader<'_>,
    wanted: &[ItemId],
    is_done: impl Fn(&Item) -> bool,
) -> Result<Vec<Item>, AppError> {
    if !wanted.is_empty() {
        return wanted.iter().map(|id| item_of(reader, *id).map_err(|error| error.at("items"))).collect();
    }
    let Some(running) = reader.active_sprint()? else { return Ok(Vec::new()) };
    let live = live_items(reader)?;
    let mut items = reader.items(ItemFilter::InSprint(running.id))?;
    items.retain(|item| is_done(item) && live.get(&item.id).is_none_or(|live| live.going != Going::Live));
    Ok(items)
}

/// The incidents that are open on a service, and those of which no service is known.
fn incidents(reader: &Reader<'_>, service: ServiceId) -> Result<Vec<OpenIncident>, AppError> {
    let affected = reader.incident_services()?;
    let mut open = reader.incidents(IncidentFilter::Open)?;
    open.retain(|one| affected.get(&one.id).is_none_or(|services| services.contains(&service)));
    open.sort_by_key(|one| (one.now.severity, one.id));
    let told = open.into_iter();
    Ok(told
        .map(|one| OpenIncident { label: one.label, title: one.title, severity: one.now.severity })
        .collect())
}

/// What is left of each budget that is promised of a service now, or of a group that contains it.
fn budgets(reader: &Reader<'_>, service: ServiceId, now: Instant) -> Result<Vec<BudgetState>, AppError> {
    let left = crate::reliability::budgets_of(reader, service, now)?;
    Ok(left.into_iter().map(|(objective, left)| BudgetState { objective, left }).collect())
}

/// Why and until when nothing goes live.
fn freezes(
    reader: &Reader<'_>,
    service: ServiceId,
    zone: Zone,
    now: Instant,
) -> Result<Vec<(String, String)>, AppError> {
    let holding = reader.freezes()?.into_iter().filter(|freeze| freeze.holds(service, now));
    Ok(holding
        .map(|freeze| {
            let last = zone.day_of(freeze.to.plus_millis(-1));
            (freeze.why, format!("the end of {}", last.date().format("%A, %-d %B")))
        })
        .collect())
}

/// Who is on call, by the level that is called first and the others; none where the team plans nobody at any time.
fn on_call(reader: &Reader<'_>, now: Instant) -> Result<Option<Answering>, AppError> {
    let first = reader.on_call_levels()?.into_iter().next();
    let mut answering = Answering::default();
    for one in on_call_at(reader, now)? {
        if first.as_ref().is_none_or(|level| level.id == one.level) {
            if !answering.first.contains(&one.name) {
                answering.first.push(one.name);
            }
        } else {
            answering.later.push((one.name, one.level_name));
        }
    }
    answering.level = first.map(|level| level.name).unwrap_or_default();
    let year = 365 * 86_400_000;
    let is_planned = !answering.first.is_empty()
        || !answering.later.is_empty()
        || !reader.rotations()?.is_empty()
        || !reader.stored_shifts(now.plus_millis(-year), now.plus_millis(year))?.is_empty();
    Ok(is_planned.then_some(answering))
}

pub(super) fn answer_gate(
    writer: &mut Writer<'_>,
    command: AnswerGate,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let asked = ask(writer, &command.question, context.now)?;
    let may = asked.gate.may();
    let why = command.why.as_deref().map(str::trim).filter(|_| !may);
    let by =
        command.by.as_deref().map(str::trim).filter(|by| !by.is_empty()).unwrap_or(context.person.trim());
    if why == Some("") {
        let hint = "Say it in a sentence: who looks back reads it.";
        return Err(AppError::refused("Going live against the gate needs a reason.", hint).at("why"));
    }
    if why.is_some() && by.is_empty() {
        let hint = "Write the name of who decides.";
        return Err(AppError::refused("Going live against the gate needs a name.", hint).at("by"));
    }
    let version = command.question.version.trim().to_owned();
    let answer = KeptAnswer {
        id: writer.identity(),
        service: asked.service.id,
        version: version.clone(),
        at: context.now,
        may,
        findings: seal(&asked.findings())?,
        overridden: why.map(|why| (by.to_owned(), why.to_owned())),
    };
    writer.add_gate_answer(&answer)?;
    let what =
        if version.is_empty() { asked.service.name } else { format!("{} {version}", asked.service.name) };
    let title = match (may, why) {
        (true, _) => format!("Let {what} go live"),
        (false, None) => format!("Hold {what} back"),
        (false, Some(_)) => format!("Let {what} go live against the gate"),
    };
    Ok(Outcome::titled(title).created(answer.id))
}

pub(super) fn gate_answers(
    reader: &Reader<'_>,
    question: GateAnswersQuestion,
    _: &Context<'_>,
) -> Result<Vec<GateAnswerRow>, AppError> {
    let answers = match question.answer {
        Some(id) => vec![reader.gate_answer(id)?.ok_or_else(|| AppError::not_found("answer"))?],
        None => reader.gate_answers(question.service, 50)?,
    };
    let services = super::list::service_names(reader)?;
    let mut rows = Vec::new();
    for one in answers {
        let findings: Vec<GateFinding> = sealed(&one.findings)?;
        let service = services.iter().find(|known| known.id == one.service);
        let service = service.map(|known| known.name.clone()).unwrap_or_default();
        let (overridden_by, overridden_why) = one.overridden.unzip();
        rows.push(GateAnswerRow {
            id: one.id,
            said: said(&service, &one.version, &findings),
            service,
            version: one.version,
            at: one.at,
            may: one.may,
            goes: one.may || overridden_by.is_some(),
            findings,
            overridden_by,
            overridden_why,
        });
    }
    Ok(rows)
}
