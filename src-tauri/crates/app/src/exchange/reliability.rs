//! Files that tell of reliability: logs of checks, notices of status pages, objectives.
//!
//! 1. Bytes become what a file says ([`checks`], [`status_page`], [`objectives`]), and that becomes a plan of what is new
//!    or other than what the team has; only [`import`] writes it. What the look says is what the import does.
//! 2. The same log is read again without doubles: it says anew what it said of its time. The same key of the same source is
//!    the same outage, merged three ways like items (13.2); the same name of the same service is the same objective.
//! 3. A service that the team does not have is added in the same step, and named before.
//! 4. A notice or an objective of which something cannot be taken is not taken at all. Whatever is not taken is listed with
//!    its line, of JSON with its record.
//! 5. What is known here is overwritten only where nobody changed it, or where a person says so.

mod checks;
mod objectives;
mod status_page;

pub use checks::ColumnIs;

use super::dates::{self, DateOrder};
use super::mapping::ValueTo;
use super::names;
use super::rows::{csv_of, shortened_line, unformula};
use super::{LISTED, NameCount, NotTaken, files, in_all};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::team::counted;
use checks::{Folded, Log};
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{Identities, IncidentId, OutageId, RowId, ServiceId};
use domain::reliability::{
    Class, Horizon, HourCount, KnownMaintenance, KnownOutage, Objective, Service, Sli, SpanRefused, Subject,
    Target, check_span,
};
use objectives::Described;
use serde::{Deserialize, Serialize};
use status_page::{End, Layout, Notice};
use std::collections::{HashMap, HashSet};
use store::{Reader, Writer};
use ts_rs::TS;

/// What attached files tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReliabilityFile {
    /// A log of checks.
    Checks,
    /// Outages and maintenance, as a status page tells them.
    Outages,
    /// Objectives.
    Objectives,
}

/// What a state of a file stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SeenAs {
    /// It answers.
    Up,
    /// It answers, more slowly or with less than usual.
    Degraded,
    /// It answers some.
    Partial,
    /// It does not answer.
    Full,
    /// It is worked on.
    Maintenance,
    /// It says nothing; it is left out.
    LeaveOut,
}

impl SeenAs {
    /// How bad that is; none where it is no outage.
    fn class(self) -> Option<Class> {
        match self {
            SeenAs::Degraded => Some(Class::Degraded),
            SeenAs::Partial => Some(Class::Partial),
            SeenAs::Full => Some(Class::Full),
            SeenAs::Up | SeenAs::Maintenance | SeenAs::LeaveOut => None,
        }
    }
}

/// Asks what the attached files say of reliability, and what their import would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ReliabilityFilesQuestion {
    /// The mapping; none to have one proposed.
    pub mapping: Option<ReliabilityMapping>,
    /// The name of a single file, without its ending.
    pub name: Option<String>,
}

/// How files become facts of reliability. What a file does not hold says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ReliabilityMapping {
    /// Where it comes from: the log, or the page.
    pub source: String,
    /// Whether `3/4/2025` is in April or in March.
    pub dates: DateOrder,
    /// What each column of a log is, in its order.
    pub columns: Vec<CheckColumn>,
    /// How many seconds a check holds at most; none has it proposed.
    pub apart: Option<u32>,
    /// The services of the file, each with its name here; none leaves it out.
    pub services: Vec<ValueTo<String>>,
    /// The states of the file, each with what it stands for.
    pub states: Vec<ValueTo<SeenAs>>,
    /// Notices that do not say when they ended, each with what a person says.
    pub ends: Vec<ValueTo<String>>,
    /// Whether the file holds where something was changed both here and there.
    pub theirs: bool,
}

/// A column of a log of checks, and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckColumn {
    /// Its name.
    pub name: String,
    /// What it is.
    pub is: ColumnIs,
}

/// What files say of reliability, and what their import would do.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliabilityLook {
    /// What they tell of.
    pub file: ReliabilityFile,
    /// Who wrote them, in a word or two.
    pub from: String,
    /// Whether they have no lines but records.
    pub is_json: bool,
    /// The mapping: the given one, completed, or the proposed.
    pub mapping: ReliabilityMapping,
    /// Up to three values of each column of a log.
    pub examples: Vec<Vec<String>>,
    /// The services of the file, with the number of their rows, notices or objectives.
    pub services: Vec<NameCount>,
    /// The states of the file, with the number of their rows or notices.
    pub states: Vec<NameCount>,
    /// The services that the team has.
    pub known_services: Vec<String>,
    /// The services that would be added.
    pub new_services: Vec<String>,
    /// The title that the operation would have.
    pub title: String,
    /// How many services, outages, maintenances or objectives would be told anew.
    pub new: u32,
    /// How many would change.
    pub changed: u32,
    /// How many would stay as they are.
    pub unchanged: u32,
    /// What would be there, the first of it.
    pub first: Vec<ReliabilityShown>,
    /// How much that is.
    pub first_in_all: u32,
    /// Notices that are over and do not say since when.
    pub open_ends: Vec<OpenEnd>,
    /// What is other here than there.
    pub differences: Vec<ReliabilityDifference>,
    /// What would not be taken, the first of it.
    pub rows: Vec<ReliabilityProblem>,
    /// How much that is.
    pub rows_in_all: u32,
    /// What is left out on purpose, the first of it.
    pub left_out: Vec<ReliabilityProblem>,
    /// How much that is.
    pub left_out_in_all: u32,
    /// What else is to be known, in sentences.
    pub notes: Vec<String>,
}

/// A service with its checks, an outage, maintenance or an objective, as it would be here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliabilityShown {
    /// The service; several of maintenance, divided by commas.
    pub service: String,
    /// What it is, in a line.
    pub title: String,
    /// In words: how bad, how many checks, which target.
    pub what: String,
    /// When it began, in the team's zone; empty of an objective.
    pub from: String,
    /// When it ended; empty while it lasts.
    pub to: String,
}

/// A notice that is over and does not say since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenEnd {
    /// By what the page knows it.
    pub key: String,
    /// Its title.
    pub title: String,
    /// When it began, in the team's zone.
    pub from: String,
}

/// A field of something that is here, where it differs from the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliabilityDifference {
    /// Of what.
    pub title: String,
    /// The field.
    pub field: String,
    /// Its value here.
    pub here: String,
    /// Its value in the file.
    pub there: String,
    /// Whether the file's is taken.
    pub is_taken: bool,
}

/// Something that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReliabilityProblem {
    /// The name of the file; empty of a single one.
    pub file: String,
    /// Its line, or its record.
    pub line: u32,
    /// What stands there, shortened.
    pub value: String,
    /// Why it is not taken.
    pub reason: String,
}

/// Imports what the attached files tell of reliability.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportReliability {
    /// The mapping.
    pub mapping: ReliabilityMapping,
    /// The name of a single file, without its ending.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
}

/// What cannot be taken of a text, before it is known of which file that is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    line: u32,
    value: String,
    reason: String,
    on_purpose: bool,
}

impl Wrong {
    fn at(line: u32, value: &str, reason: impl Into<String>) -> Wrong {
        Wrong { line, value: shortened_line(value, 80), reason: reason.into(), on_purpose: false }
    }

    fn on_purpose(line: u32, value: &str, reason: impl Into<String>) -> Wrong {
        Wrong { on_purpose: true, ..Wrong::at(line, value, reason) }
    }

    fn of(self, file: &str) -> ReliabilityProblem {
        let Wrong { line, value, reason, .. } = self;
        ReliabilityProblem { file: file.to_owned(), line, value, reason }
    }
}

/// What the attached files tell of; none where it is not reliability.
pub(super) fn recognise(context: &Context<'_>) -> Result<Option<ReliabilityFile>, AppError> {
    Ok(texts(context)?.iter().find_map(|(_, bytes)| kind_of(bytes)))
}

/// What the attached files say, and what their import would do.
pub(super) fn look(
    reader: &Reader<'_>,
    question: ReliabilityFilesQuestion,
    context: &Context<'_>,
) -> Result<ReliabilityLook, AppError> {
    Ok(read(reader, question.mapping, question.name.as_deref(), context)?.look)
}

/// What an import would not take, as a CSV file that names the files.
pub(super) fn not_taken(
    reader: &Reader<'_>,
    command: ImportReliability,
    context: &Context<'_>,
) -> Result<NotTaken, AppError> {
    let read = read(reader, Some(command.mapping), command.name.as_deref(), context)?;
    let all = || read.wrong.iter().chain(&read.left_out);
    let header = ["File", "Line", "Value", "Reason"].map(str::to_owned).to_vec();
    let line = |problem: &ReliabilityProblem| {
        let ReliabilityProblem { file, line, value, reason } = problem;
        vec![unformula(file), line.to_string(), unformula(value), reason.clone()]
    };
    Ok(NotTaken {
        text: csv_of(std::iter::once(header).chain(all().map(line))),
        count: in_all(all().count()),
    })
}

/// Imports what the attached files tell, in one step.
pub(super) fn import(
    writer: &mut Writer<'_>,
    command: ImportReliability,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let read = read(writer, Some(command.mapping), command.name.as_deref(), context)?;
    let mut services = Services::of(writer)?;
    match read.plan {
        Plan::Checks { source, services: all } => {
            for (name, folded) in all {
                let service = services.put(writer, &name)?;
                writer.put_stretches(service, &source, &folded.stretches)?;
                let hours: Vec<HourCount> = folded.hours.into_iter().map(HourCount::from).collect();
                writer.put_hour_counts(service, &source, &hours)?;
                context.cancel.check()?;
            }
        }
        Plan::Outages { source, outages, work } => {
            for step in outages {
                let service = services.put(writer, &step.service)?;
                let id: OutageId = step.known.unwrap_or_else(|| writer.identity());
                if let Some(said) = step.put {
                    let Said { class, from, to, title } = said;
                    let (source, key) = (source.clone(), step.key);
                    let incident: Option<IncidentId> = step.incident;
                    writer.put_outage(&KnownOutage {
                        id,
                        service,
                        class,
                        from,
                        to,
                        title,
                        incident,
                        source,
                        key,
                    })?;
                }
                if let Some(seen) = step.seen {
                    writer.put_outage_last_seen(id.row(), &seen)?;
                }
            }
            for step in work {
                let id: RowId = step.known.unwrap_or_else(|| writer.identity());
                if let Some(SaidOfWork { services: named, from, to, announced, title }) = step.put {
                    let named = named.iter().map(|name| services.put(writer, name));
                    let services = named.collect::<Result<_, _>>()?;
                    let (announced_at, source, key) = (announced, source.clone(), step.key);
                    writer.put_maintenance(&KnownMaintenance {
                        id,
                        title,
                        services,
                        from,
                        to,
                        announced_at,
                        source,
                        key,
                    })?;
                }
                if let Some(seen) = step.seen {
                    writer.put_outage_last_seen(id, &seen)?;
                }
            }
        }
        Plan::Objectives { today, steps } => {
            for step in steps {
                let service = services.put(writer, &step.service)?;
                if let Some(objective) = step.put {
                    let id = step.known.unwrap_or_else(|| writer.identity());
                    writer.put_objective(&Objective { id, of: Subject::Service(service), ..objective })?;
                    writer.put_target(id, today, step.target)?;
                }
            }
        }
    }
    let outcome = Outcome::titled(read.look.title);
    let notes = read.look.notes;
    Ok(if notes.is_empty() { outcome } else { outcome.noting(notes.join(" ")) })
}

/// The attached files with their names.
fn texts<'c>(context: &Context<'c>) -> Result<Vec<(&'c str, &'c [u8])>, AppError> {
    let bytes = context.attached()?;
    Ok(files::unpack(bytes).unwrap_or_else(|| vec![("", bytes)]))
}

fn kind_of(bytes: &[u8]) -> Option<ReliabilityFile> {
    // Logs are long; they are known by their first rows.
    if Log::of(bytes).is_some() {
        return Some(ReliabilityFile::Checks);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    if status_page::layout(text).is_some() {
        return Some(ReliabilityFile::Outages);
    }
    objectives::dialect(text).map(|_| ReliabilityFile::Objectives)
}

/// A file without its ending.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// What was read: what is shown of it, everything that is not taken, and what is to be written.
struct Read {
    look: ReliabilityLook,
    wrong: Vec<ReliabilityProblem>,
    left_out: Vec<ReliabilityProblem>,
    plan: Plan,
}

enum Plan {
    Checks { source: String, services: Vec<(String, Folded)> },
    Outages { source: String, outages: Vec<OutageStep>, work: Vec<WorkStep> },
    Objectives { today: Day, steps: Vec<ObjectiveStep> },
}

struct OutageStep {
    key: String,
    service: String,
    known: Option<OutageId>,
    incident: Option<IncidentId>,
    /// What is to be written, where it is new or other.
    put: Option<Said>,
    /// What was seen, where that is new.
    seen: Option<String>,
}

struct WorkStep {
    key: String,
    known: Option<RowId>,
    put: Option<SaidOfWork>,
    seen: Option<String>,
}

struct ObjectiveStep {
    service: String,
    known: Option<domain::identity::ObjectiveId>,
    put: Option<Objective>,
    target: Target,
}

/// What a page says of an outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    #[serde(with = "class_word")]
    class: Class,
    from: Instant,
    to: Option<Instant>,
    title: String,
}

/// What a page says of maintenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SaidOfWork {
    services: Vec<String>,
    from: Instant,
    to: Instant,
    announced: Option<Instant>,
    title: String,
}

mod class_word {
    use domain::reliability::Class;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(class: &Class, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(class.word())
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Class, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom("no class of outages"))
    }
}

/// The services of the team, and those that are added on the way.
struct Services {
    known: Vec<Service>,
}

impl Services {
    fn of(reader: &Reader<'_>) -> Result<Services, AppError> {
        Ok(Services { known: reader.services()? })
    }

    /// The service that is called so.
    fn called(&self, name: &str) -> Option<&Service> {
        self.known.iter().find(|service| service.is_called(name))
    }

    /// The service that is called so; it is added where there is none.
    fn put(&mut self, writer: &mut Writer<'_>, name: &str) -> Result<ServiceId, AppError> {
        if let Some(service) = self.called(name) {
            return Ok(service.id);
        }
        let service = Service { id: writer.identity(), name: name.to_owned(), note: String::new() };
        let service =
            service.checked(&self.known).map_err(|refused| no_service(name, &refused.to_string()))?;
        writer.put_service(&service)?;
        let id = service.id;
        self.known.push(service);
        Ok(id)
    }
}

fn no_service(name: &str, reason: &str) -> AppError {
    AppError::refused(
        format!("“{}” cannot be the name of a service: {reason}.", shortened_line(name, 60)),
        "Give it another name here, or leave it out.",
    )
    .at("services")
}

fn read(
    reader: &Reader<'_>,
    mapping: Option<ReliabilityMapping>,
    name: Option<&str>,
    context: &Context<'_>,
) -> Result<Read, AppError> {
    let files = texts(context)?;
    let Some(kind) = files.iter().find_map(|(_, bytes)| kind_of(bytes)) else {
        return Err(AppError::refused(
            "These files tell of no checks, outages or objectives.",
            "Logs of checks are CSV with a time and a state; status pages are Markdown with a head, or answers of Statuspage and Upptime; objectives are YAML of OpenSLO, Sloth or Pyrra.",
        )
        .at("file"));
    };
    let mapping = mapping.unwrap_or_default();
    let scene = Scene {
        services: Services::of(reader)?,
        zone: reader.team()?.zone,
        now: context.now,
        name: name.unwrap_or_default(),
        reader,
    };
    let mut read = match kind {
        ReliabilityFile::Checks => scene.checks(&files, mapping, context)?,
        ReliabilityFile::Outages => scene.outages(&files, mapping)?,
        ReliabilityFile::Objectives => scene.objectives(&files, mapping)?,
    };
    let look = &mut read.look;
    look.known_services = scene.services.known.iter().map(|service| service.name.clone()).collect();
    let say = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(one.to_owned()),
        count => Some(many.replace('#', &count.to_string())),
    };
    let (one, many) = match kind {
        ReliabilityFile::Checks => ("One line is not taken.", "# lines are not taken."),
        ReliabilityFile::Outages => ("One notice is not taken.", "# notices are not taken."),
        ReliabilityFile::Objectives => ("One objective is not taken.", "# objectives are not taken."),
    };
    look.notes.extend(say(read.wrong.len(), one, many));
    look.notes.extend(say(read.left_out.len(), "One is left out on purpose.", "# are left out on purpose."));
    if !look.new_services.is_empty() {
        look.notes.push(format!("New services: {}.", look.new_services.join(", ")));
    }
    (look.rows_in_all, look.left_out_in_all) = (in_all(read.wrong.len()), in_all(read.left_out.len()));
    look.rows = read.wrong.iter().take(LISTED).cloned().collect();
    look.left_out = read.left_out.iter().take(LISTED).cloned().collect();
    look.first_in_all = in_all(look.first.len());
    look.first.truncate(LISTED);
    Ok(read)
}

/// What all ways of reading need.
struct Scene<'r> {
    services: Services,
    zone: Zone,
    now: Instant,
    name: &'r str,
    reader: &'r Reader<'r>,
}

impl Scene<'_> {
    fn time(&self, at: Instant) -> String {
        self.zone.local(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// An empty look.
    fn begin(
        &self,
        file: ReliabilityFile,
        from: &str,
        mut mapping: ReliabilityMapping,
        source: &str,
    ) -> ReliabilityLook {
        if mapping.source.trim().is_empty() {
            mapping.source = source.to_owned();
        }
        mapping.source = mapping.source.trim().to_owned();
        ReliabilityLook {
            file,
            from: from.to_owned(),
            is_json: false,
            mapping,
            examples: Vec::new(),
            services: Vec::new(),
            states: Vec::new(),
            known_services: Vec::new(),
            new_services: Vec::new(),
            title: String::new(),
            new: 0,
            changed: 0,
            unchanged: 0,
            first: Vec::new(),
            first_in_all: 0,
            open_ends: Vec::new(),
            differences: Vec::new(),
            rows: Vec::new(),
            rows_in_all: 0,
            left_out: Vec::new(),
            left_out_in_all: 0,
            notes: Vec::new(),
        }
    }

    /// Completes the services of a mapping: each is its namesake here, or new under its name. Answers what each stands for.
    fn complete_services(
        &self,
        look: &mut ReliabilityLook,
    ) -> Result<HashMap<String, Option<String>>, AppError> {
        let mut meant = HashMap::new();
        let mut services = Vec::new();
        let mut renamed: Vec<String> = Vec::new();
        for NameCount { name, .. } in &look.services {
            let said = look.mapping.services.iter().find(|said| said.value == *name);
            let to = match said {
                Some(ValueTo { to, .. }) => {
                    to.as_ref().map(|to| to.trim().to_owned()).filter(|to| !to.is_empty())
                }
                None if name.is_empty() => Some(self.name.to_owned()).filter(|name| !name.is_empty()),
                None => Some(self.proposed(name, &look.services)),
            };
            if said.is_none()
                && !name.is_empty()
                && to.as_ref().is_some_and(|to| to.to_lowercase() != name.to_lowercase())
            {
                renamed.push(name.clone());
            }
            // A name that fits into no list is said before it is refused.
            let to = match to.as_deref().map(|to| (to, self.services.called(to))) {
                Some((_, Some(known))) => Some(known.name.clone()),
                Some((to, None)) => {
                    let service = Service {
                        id: Identities::new(self.now, 0, 0).fresh(),
                        name: to.to_owned(),
                        note: String::new(),
                    };
                    let checked =
                        service.checked(&[]).map_err(|refused| no_service(to, &refused.to_string()))?;
                    Some(checked.name)
                }
                None => None,
            };
            meant.insert(name.clone(), to.clone());
            services.push(ValueTo { value: name.clone(), to });
        }
        look.mapping.services = services;
        if !renamed.is_empty() {
            look.notes.push(format!(
                "Proposed as one service with others of nearly the same name: {}.",
                renamed.join(", ")
            ));
        }
        Ok(meant)
    }

    /// The service that a name proposes: the one of the team that is called so but for signs and spaces, else the last of
    /// the file that is, since services are renamed.
    fn proposed(&self, name: &str, all: &[NameCount]) -> String {
        let plain = |name: &str| names::plain(name).trim().to_owned();
        let is_same = |other: &str| !plain(name).is_empty() && plain(other) == plain(name);
        let known = self.services.called(name);
        let known = known.or_else(|| self.services.known.iter().find(|service| is_same(&service.name)));
        let last = || all.iter().rev().find(|other| is_same(&other.name)).map(|other| other.name.clone());
        known.map(|known| known.name.clone()).or_else(last).unwrap_or_else(|| name.to_owned())
    }

    /// Completes the states of a mapping. Answers what each stands for.
    fn complete_states(
        look: &mut ReliabilityLook,
        proposed: fn(&str) -> Option<SeenAs>,
    ) -> HashMap<String, Option<SeenAs>> {
        let states: Vec<ValueTo<SeenAs>> = look
            .states
            .iter()
            .map(|NameCount { name, .. }| {
                let said = look.mapping.states.iter().find(|said| said.value == *name);
                let to = said.map_or_else(|| proposed(name), |said| said.to);
                ValueTo { value: name.clone(), to }
            })
            .collect();
        look.mapping.states = states;
        look.mapping.states.iter().map(|state| (state.value.clone(), state.to)).collect()
    }

    /// Names the services that would be added, in the order in which they are met.
    fn name_new<'n>(&self, look: &mut ReliabilityLook, used: impl Iterator<Item = &'n str>) {
        for name in used {
            let is_named = look.new_services.iter().any(|known| known.to_lowercase() == name.to_lowercase());
            if self.services.called(name).is_none() && !is_named {
                look.new_services.push(name.to_owned());
            }
        }
    }

    fn checks(
        &self,
        files: &[(&str, &[u8])],
        mapping: ReliabilityMapping,
        context: &Context<'_>,
    ) -> Result<Read, AppError> {
        let [(_, bytes)] = files else {
            return Err(AppError::refused(
                "Logs of checks are imported one by one.",
                "Choose one file; the same log may be imported again later.",
            )
            .at("file"));
        };
        let Some(log) = Log::of(bytes) else { return Err(AppError::internal("a log was none")) };
        let is_first = mapping.columns.is_empty();
        let mut look = self.begin(ReliabilityFile::Checks, "log of checks", mapping, "checks");
        if look.mapping.columns.len() != log.headers.len() {
            let columns = log.headers.iter().zip(&log.columns);
            look.mapping.columns =
                columns.map(|(name, is)| CheckColumn { name: name.clone(), is: *is }).collect();
        }
        if is_first {
            look.mapping.dates = log.order.order();
        }
        if log.order.is_ambiguous() {
            look.notes
                .push("No date proves whether the day or the month comes first; please check.".to_owned());
        }
        look.examples = log.examples.clone();
        let column = |is| look.mapping.columns.iter().position(|column| column.is == is);
        let needed =
            |what: &str| AppError::refused(format!("No column is the {what}."), "Choose one.").at("columns");
        let reading = checks::Reading {
            time: column(ColumnIs::Time).ok_or_else(|| needed("time"))?,
            service: column(ColumnIs::Service),
            state: column(ColumnIs::State).ok_or_else(|| needed("state"))?,
            order: look.mapping.dates,
            zone: self.zone,
            now: self.now,
        };
        let scan = log.scan(reading, context)?;
        let counts = |all: &[(String, u64)]| -> Vec<NameCount> {
            let count = |(name, count): &(String, u64)| NameCount {
                name: name.clone(),
                count: u32::try_from(*count).unwrap_or(u32::MAX),
            };
            all.iter().map(count).collect()
        };
        // What has no word in the column of the services says nothing of any; without such a column all is one service.
        let named = scan.services.iter().filter(|(name, _)| !name.is_empty() || reading.service.is_none());
        look.services = counts(&named.cloned().collect::<Vec<_>>());
        look.states = counts(&scan.states);
        let meant = self.complete_services(&mut look)?;
        let states = Scene::complete_states(&mut look, checks::seen_as);
        let apart = match look.mapping.apart.filter(|apart| *apart > 0) {
            Some(apart) => apart,
            None => scan.usual_distance.map_or(600, |usual| usual.saturating_mul(2)).max(60),
        };
        look.mapping.apart = Some(apart);
        if reading.service.is_none() && meant.values().all(Option::is_none) {
            look.notes.push("The file names no service; say which one it tells of.".to_owned());
        }

        let mut names: Vec<String> = Vec::new();
        let mut places: HashMap<String, Option<usize>> = HashMap::new();
        for ValueTo { value, to } in &look.mapping.services {
            let place = to.as_ref().map(|to| {
                let known = names.iter().position(|name| name.to_lowercase() == to.to_lowercase());
                known.unwrap_or_else(|| {
                    names.push(to.clone());
                    names.len() - 1
                })
            });
            places.insert(value.clone(), place);
        }
        let checks = log.fold(reading, &scan, (&places, names.len()), &states, apart, context)?;
        let told: Vec<(String, Folded)> = names
            .into_iter()
            .zip(checks.services)
            .filter_map(|(name, folded)| Some((name, folded?)))
            .collect();
        let mut all = 0;
        for (name, folded) in &told {
            all += folded.checks;
            let service = self.services.called(name).map(|service| service.id);
            let before = self.told_before(service, &look.mapping.source, folded)?;
            match before {
                Before::Nothing => look.new += 1,
                Before::Other => look.changed += 1,
                Before::Same => look.unchanged += 1,
            }
            let known: i64 = folded.stretches.iter().filter(|one| one.seen.is_some()).map(length).sum();
            let whole: i64 = folded.stretches.iter().map(length).sum();
            let unknown = if whole > known { 100 - 100 * known / whole.max(1) } else { 0 };
            look.first.push(ReliabilityShown {
                service: name.clone(),
                title: String::new(),
                what: format!(
                    "{} of {} up{}",
                    folded.up,
                    counted(u32::try_from(folded.checks).unwrap_or(u32::MAX), "check"),
                    if unknown > 0 { format!(", {unknown} % of the time unknown") } else { String::new() }
                ),
                from: self.time(folded.from),
                to: self.time(folded.last),
            });
        }
        self.name_new(&mut look, told.iter().map(|(name, _)| name.as_str()));
        if scan.is_newest_first {
            look.notes.push(
                "The newest checks come first; they are read from the last line to the first.".to_owned(),
            );
        }
        if checks.silent > 0 {
            look.notes.push(format!("{} say nothing of whether a service was up.", rows_said(checks.silent)));
        }
        if checks.left_out > 0 {
            look.notes.push(format!("{} are of services that are left out.", rows_said(checks.left_out)));
        }
        let services = counted(in_all(told.len()), "service");
        look.title = format!("Import {all} checks of {services} from {}", look.mapping.source);
        let source = look.mapping.source.clone();
        let wrong = checks.wrong.into_iter().map(|wrong| wrong.of("")).collect();
        Ok(Read { look, wrong, left_out: Vec::new(), plan: Plan::Checks { source, services: told } })
    }

    /// Whether a log said the same of a service before.
    fn told_before(
        &self,
        service: Option<ServiceId>,
        source: &str,
        folded: &Folded,
    ) -> Result<Before, AppError> {
        let (Some(service), Some(first), Some(last)) =
            (service, folded.stretches.first(), folded.stretches.last())
        else {
            return Ok(Before::Nothing);
        };
        let known = self.reader.stretches(service, first.from, last.to)?;
        let known: Vec<_> =
            known.iter().filter(|known| known.source == source).map(|known| known.stretch).collect();
        let is_same = known == folded.stretches;
        Ok(match known.is_empty() {
            true => Before::Nothing,
            false if is_same => Before::Same,
            false => Before::Other,
        })
    }

    fn outages(&self, files: &[(&str, &[u8])], mapping: ReliabilityMapping) -> Result<Read, AppError> {
        let mut pages: Vec<(&str, Layout, status_page::Page)> = Vec::new();
        let mut wrong: Vec<ReliabilityProblem> = Vec::new();
        let mut left_out: Vec<ReliabilityProblem> = Vec::new();
        for (file, bytes) in files {
            let text = String::from_utf8_lossy(bytes);
            match status_page::layout(&text) {
                Some(layout) => {
                    let name = if file.is_empty() { self.name } else { stem(file) };
                    pages.push((*file, layout, status_page::read(&text, layout, name, self.zone)));
                }
                None => wrong.push(Wrong::at(1, "", "this is no notice of a status page").of(file)),
            }
        }
        let layout = pages.first().map_or(Layout::Markdown, |(_, layout, _)| *layout);
        let mut look = self.begin(ReliabilityFile::Outages, layout.name(), mapping, layout.name());
        look.is_json = layout != Layout::Markdown;
        let mut services = Counts::default();
        let mut states = Counts::default();
        for part in pages.iter().flat_map(|(_, _, page)| &page.notices).flat_map(|notice| &notice.parts) {
            services.add(&part.service);
            states.add(&part.word);
        }
        (look.services, look.states) = (services.0, states.0);
        let meant = self.complete_services(&mut look)?;
        let states = Scene::complete_states(&mut look, status_page::seen_as);
        let mut drafts = Drafts { keys: HashSet::new(), outages: Vec::new(), work: Vec::new() };
        let mut by_update = 0;
        for (file, _, page) in pages {
            let mut file_it = |one: Wrong| {
                if one.on_purpose { left_out.push(one.of(file)) } else { wrong.push(one.of(file)) }
            };
            page.wrong.into_iter().for_each(&mut file_it);
            for notice in page.notices {
                let was_by_update = notice.by_update;
                match self.draft(notice, &meant, &states, &mut look, &mut drafts) {
                    Ok(()) => by_update += usize::from(was_by_update),
                    Err(refused) => file_it(refused),
                }
            }
        }
        if by_update > 0 {
            let (notices, their) = if by_update == 1 { ("One notice ends", "its") } else { ("", "their") };
            let notices =
                if by_update == 1 { notices.to_owned() } else { format!("{by_update} notices end") };
            look.notes.push(format!("{notices} with {their} last update: the page says no other end."));
        }
        let plan = self.plan_outages(drafts, &mut look)?;
        Ok(Read { look, wrong, left_out, plan })
    }

    /// What a notice becomes, whole or not at all.
    fn draft(
        &self,
        notice: Notice,
        meant: &HashMap<String, Option<String>>,
        states: &HashMap<String, Option<SeenAs>>,
        look: &mut ReliabilityLook,
        drafts: &mut Drafts,
    ) -> Result<(), Wrong> {
        let Notice { line, key, title, announced, parts, .. } = notice;
        let wrong = |reason: &str| Wrong::at(line, &title, reason);
        if !drafts.keys.insert(key.clone()) {
            return Err(wrong("a notice of this key was read before"));
        }
        let mut outages: Vec<(String, String, Said)> = Vec::new();
        let mut work: Vec<SaidOfWork> = Vec::new();
        let mut reason = "it tells of no service that is taken";
        for part in parts {
            let Some(Some(service)) = meant.get(&part.service) else { continue };
            let seen = match states.get(&part.word).copied().flatten() {
                Some(SeenAs::Up | SeenAs::LeaveOut) => {
                    reason = "its state is left out";
                    continue;
                }
                Some(seen) => seen,
                None => return Err(wrong(&format!("it is not said what “{}” stands for", part.word))),
            };
            let from = part.from;
            let said =
                look.mapping.ends.iter().find(|end| end.value == key).and_then(|end| end.to.as_deref());
            let to = match (part.end, said.map(str::trim).filter(|said| !said.is_empty())) {
                (End::At(at), _) => Some(at),
                (End::Open, _) => None,
                (End::NotSaid, Some(said)) => {
                    let read = dates::read(said, look.mapping.dates, self.zone);
                    Some(read.map_err(|refused| Wrong::at(line, said, refused.to_string()))?)
                }
                (End::NotSaid, None) => {
                    look.open_ends.push(OpenEnd {
                        key: key.clone(),
                        title: title.clone(),
                        from: self.time(from),
                    });
                    return Err(wrong("it is over, and it does not say when it ended"));
                }
            };
            match check_span(from, to, (seen != SeenAs::Maintenance).then_some(self.now)) {
                Ok(()) => {}
                Err(SpanRefused::EndsBefore) => {
                    let to = to.map_or(String::new(), |to| self.time(to));
                    let reason = format!("it ends before it begins: from {} to {to}", self.time(from));
                    return Err(wrong(&reason));
                }
                Err(SpanRefused::Future) => return Err(wrong("it begins in the future")),
            }
            if seen == SeenAs::Maintenance {
                let Some(to) = to else { return Err(wrong("it does not say when the work ends")) };
                match work.iter_mut().find(|one| (one.from, one.to) == (from, to)) {
                    Some(one) if !one.services.contains(service) => one.services.push(service.clone()),
                    Some(_) => {}
                    None => work.push(SaidOfWork {
                        services: vec![service.clone()],
                        from,
                        to,
                        announced,
                        title: shortened_line(&title, 200),
                    }),
                }
                continue;
            }
            if to.is_some_and(|to| to > self.now) {
                return Err(wrong("its end lies ahead"));
            }
            let Some(class) = seen.class() else { continue };
            let nth = outages.iter().filter(|(_, known, _)| known == service).count();
            // The first of a service has the shortest key; a page that tells more states later adds to it.
            let number = if nth == 0 { String::new() } else { format!(" {}", nth + 1) };
            let key = format!("{key} · {service}{number}");
            outages.push((
                key,
                service.clone(),
                Said { class, from, to, title: shortened_line(&title, 200) },
            ));
        }
        if outages.is_empty() && work.is_empty() {
            return Err(Wrong::on_purpose(line, &title, reason));
        }
        drafts.outages.extend(outages);
        let several = work.len() > 1;
        for (nth, one) in work.into_iter().enumerate() {
            let key = if several { format!("{key} {}", nth + 1) } else { key.clone() };
            drafts.work.push((key, one));
        }
        Ok(())
    }

    /// Holds what a page says against what is here.
    fn plan_outages(&self, drafts: Drafts, look: &mut ReliabilityLook) -> Result<Plan, AppError> {
        let source = look.mapping.source.clone();
        let known = self.reader.outages_from(&source)?;
        let known: HashMap<&str, &KnownOutage> = known.iter().map(|one| (one.key.as_str(), one)).collect();
        let known_work = self.reader.maintenance_from(&source)?;
        let known_work: HashMap<&str, &KnownMaintenance> =
            known_work.iter().map(|one| (one.key.as_str(), one)).collect();
        let (mut outages, mut work) = (Vec::new(), Vec::new());
        let mut new_outages = 0;
        for (key, service, there) in drafts.outages {
            self.name_new(look, std::iter::once(service.as_str()));
            let known = known.get(key.as_str()).copied();
            let here = known.map(|known| Said {
                class: known.class,
                from: known.from,
                to: known.to,
                title: known.title.clone(),
            });
            let seen: Option<Said> = self.seen(known.map(|known| known.id.row()))?;
            let mut merge = Merging { look, title: format!("{service}: {}", there.title) };
            let said = match &here {
                None => there.clone(),
                Some(here) => Said {
                    class: merge.field(
                        "class",
                        here.class,
                        seen.as_ref().map(|seen| seen.class),
                        there.class,
                        |class| class_said(*class),
                    ),
                    from: merge.field(
                        "began",
                        here.from,
                        seen.as_ref().map(|seen| seen.from),
                        there.from,
                        |at| self.time(*at),
                    ),
                    to: merge.field("ended", here.to, seen.as_ref().map(|seen| seen.to), there.to, |at| {
                        at.map_or("lasts still".to_owned(), |at| self.time(at))
                    }),
                    title: merge.field(
                        "title",
                        here.title.clone(),
                        seen.as_ref().map(|seen| seen.title.clone()),
                        there.title.clone(),
                        Clone::clone,
                    ),
                },
            };
            // What each side may say alone may not hold together: then what is here stays.
            let said = match &here {
                Some(here) if check_span(said.from, said.to, None).is_err() => here.clone(),
                _ => said,
            };
            new_outages += u32::from(known.is_none());
            let put = look.count(here.as_ref(), &said);
            let (from, to) = (self.time(said.from), said.to.map_or(String::new(), |to| self.time(to)));
            let what = class_said(said.class);
            look.first.push(ReliabilityShown {
                service: service.clone(),
                title: said.title.clone(),
                what,
                from,
                to,
            });
            let seen = (seen.as_ref() != Some(&there)).then(|| json(&there)).transpose()?;
            let incident = known.and_then(|known| known.incident);
            let known = known.map(|known| known.id);
            outages.push(OutageStep { key, service, known, incident, put: put.then_some(said), seen });
        }
        let mut new_work = 0;
        for (key, there) in drafts.work {
            self.name_new(look, there.services.iter().map(String::as_str));
            let known = known_work.get(key.as_str()).copied();
            let here = known.map(|known| SaidOfWork {
                services: self.names(&known.services),
                from: known.from,
                to: known.to,
                announced: known.announced_at,
                title: known.title.clone(),
            });
            let seen: Option<SaidOfWork> = self.seen(known.map(|known| known.id))?;
            let mut merge = Merging { look, title: there.title.clone() };
            let before = seen.as_ref();
            let said = match &here {
                None => there.clone(),
                Some(here) => SaidOfWork {
                    services: merge.field(
                        "services",
                        here.services.clone(),
                        before.map(|seen| seen.services.clone()),
                        there.services.clone(),
                        |names| names.join(", "),
                    ),
                    from: merge.field("begins", here.from, before.map(|seen| seen.from), there.from, |at| {
                        self.time(*at)
                    }),
                    to: merge
                        .field("ends", here.to, before.map(|seen| seen.to), there.to, |at| self.time(*at)),
                    announced: merge.field(
                        "announced",
                        here.announced,
                        before.map(|seen| seen.announced),
                        there.announced,
                        |at| at.map_or("not".to_owned(), |at| self.time(at)),
                    ),
                    title: merge.field(
                        "title",
                        here.title.clone(),
                        before.map(|seen| seen.title.clone()),
                        there.title.clone(),
                        Clone::clone,
                    ),
                },
            };
            let said = match &here {
                Some(here) if check_span(said.from, Some(said.to), None).is_err() => here.clone(),
                _ => said,
            };
            new_work += u32::from(known.is_none());
            let put = look.count(here.as_ref(), &said);
            look.first.push(ReliabilityShown {
                service: said.services.join(", "),
                title: said.title.clone(),
                what: "maintenance".to_owned(),
                from: self.time(said.from),
                to: self.time(said.to),
            });
            let seen = (seen.as_ref() != Some(&there)).then(|| json(&there)).transpose()?;
            let known = known.map(|known| known.id);
            work.push(WorkStep { key, known, put: put.then_some(said), seen });
        }
        look.first.sort_by(|one, other| other.from.cmp(&one.from));
        let brought = match (new_outages, new_work) {
            (outages, 0) => counted(outages, "outage"),
            (0, work) => counted(work, "maintenance window"),
            (outages, work) => {
                format!("{} and {}", counted(outages, "outage"), counted(work, "maintenance window"))
            }
        };
        look.title = title(&brought, new_outages + new_work, look.changed, &source);
        Ok(Plan::Outages { source, outages, work })
    }

    /// What was seen last of something; what cannot be read was never seen.
    fn seen<T: for<'d> Deserialize<'d>>(&self, id: Option<RowId>) -> Result<Option<T>, AppError> {
        let Some(id) = id else { return Ok(None) };
        Ok(self.reader.outage_last_seen(id)?.and_then(|json| serde_json::from_str(&json).ok()))
    }

    fn names(&self, services: &[ServiceId]) -> Vec<String> {
        let named =
            services.iter().filter_map(|id| self.services.known.iter().find(|service| service.id == *id));
        named.map(|service| service.name.clone()).collect()
    }

    fn objectives(&self, files: &[(&str, &[u8])], mapping: ReliabilityMapping) -> Result<Read, AppError> {
        let mut wrong: Vec<ReliabilityProblem> = Vec::new();
        let mut left_out: Vec<ReliabilityProblem> = Vec::new();
        let mut described: Vec<(&str, Described)> = Vec::new();
        let mut notes: Vec<String> = Vec::new();
        let mut dialects: Vec<&str> = Vec::new();
        for (file, bytes) in files {
            let read = objectives::read(&String::from_utf8_lossy(bytes));
            for one in read.wrong {
                if one.on_purpose { left_out.push(one.of(file)) } else { wrong.push(one.of(file)) }
            }
            described.extend(read.objectives.into_iter().map(|one| (*file, one)));
            for note in read.notes {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
            if let Some(name) =
                read.dialect.map(objectives::Dialect::name).filter(|name| !dialects.contains(name))
            {
                dialects.push(name);
            }
        }
        let from = dialects.join(", ");
        let mut look = self.begin(ReliabilityFile::Objectives, &from, mapping, &from);
        look.notes = notes;
        let mut services = Counts::default();
        described.iter().for_each(|(_, one)| services.add(&one.service));
        look.services = services.0;
        let meant = self.complete_services(&mut look)?;
        let known = self.reader.objectives()?;
        let today = self.zone.day_of(self.now);
        let mut met: HashSet<(String, String)> = HashSet::new();
        let mut steps = Vec::new();
        let mut new = 0;
        for (file, one) in described {
            let Described { line, service, name, sli, horizon, days, target, is_agreement } = one;
            let Some(Some(service)) = meant.get(&service) else {
                left_out.push(Wrong::on_purpose(line, &name, "its service is left out").of(file));
                continue;
            };
            if !met.insert((service.to_lowercase(), name.to_lowercase())) {
                wrong.push(
                    Wrong::at(line, &name, "an objective of this service and name was read before").of(file),
                );
                continue;
            }
            let of = self.services.called(service).map(|service| Subject::Service(service.id));
            let known = known.iter().find(|known| {
                Some(known.of) == of && known.name.to_lowercase() == name.trim().to_lowercase()
            });
            let there = Objective {
                id: known.map_or_else(|| Identities::new(self.now, 0, 0).fresh(), |known| known.id),
                of: of.unwrap_or_else(|| Subject::Service(Identities::new(self.now, 0, 0).fresh())),
                name,
                sli,
                series: known.map_or(String::new(), |known| known.series.clone()),
                horizon,
                days: if horizon == Horizon::Rolling { days } else { known.map_or(days, |known| known.days) },
                is_agreement: known.map_or(is_agreement, |known| known.is_agreement),
                hours: known.and_then(|known| known.hours.clone()),
                targets: Vec::new(),
            };
            let there = match there.checked() {
                Ok(there) => there,
                Err(refused) => {
                    wrong.push(Wrong::at(line, "", refused.to_string()).of(file));
                    continue;
                }
            };
            let before = known.and_then(|known| known.target_on(today));
            let is_same = known.is_some_and(|known| {
                before == Some(target)
                    && (known.sli, known.horizon, known.days) == (there.sli, there.horizon, there.days)
            });
            self.name_new(&mut look, std::iter::once(service.as_str()));
            match known {
                None => {
                    new += 1;
                    look.new += 1;
                }
                Some(_) if is_same => look.unchanged += 1,
                Some(known) => {
                    look.changed += 1;
                    let title = format!("{service}: {}", known.name);
                    let mut differs = |field: &str, here: String, there: String| {
                        if here != there {
                            let (title, field) = (title.clone(), field.to_owned());
                            look.differences.push(ReliabilityDifference {
                                title,
                                field,
                                here,
                                there,
                                is_taken: true,
                            });
                        }
                    };
                    differs(
                        "target from today",
                        before.map_or("none".to_owned(), target_said),
                        target_said(target),
                    );
                    differs("measures", sli_said(known.sli).to_owned(), sli_said(there.sli).to_owned());
                    differs(
                        "over",
                        over_said(known.horizon, known.days),
                        over_said(there.horizon, there.days),
                    );
                }
            }
            look.first.push(ReliabilityShown {
                service: service.clone(),
                title: there.name.clone(),
                what: format!(
                    "{} of {}, {}{}",
                    target_said(target),
                    sli_said(there.sli),
                    over_said(there.horizon, there.days),
                    if there.is_agreement { ", agreed with others (SLA)" } else { "" }
                ),
                from: String::new(),
                to: String::new(),
            });
            let (service, known) = (service.clone(), known.map(|known| known.id));
            steps.push(ObjectiveStep { service, known, put: (!is_same).then_some(there), target });
        }
        look.title = title(&counted(new, "objective"), new, look.changed, &look.mapping.source);
        Ok(Read { look, wrong, left_out, plan: Plan::Objectives { today, steps } })
    }
}

enum Before {
    Nothing,
    Same,
    Other,
}

struct Drafts {
    keys: HashSet<String>,
    outages: Vec<(String, String, Said)>,
    work: Vec<(String, SaidOfWork)>,
}

/// Names with their numbers, in order of their first.
#[derive(Default)]
struct Counts(Vec<NameCount>);

impl Counts {
    fn add(&mut self, name: &str) {
        match self.0.iter_mut().find(|known| known.name == name) {
            Some(known) => known.count += 1,
            None => self.0.push(NameCount { name: name.to_owned(), count: 1 }),
        }
    }
}

impl ReliabilityLook {
    /// Counts something as new, changed or as it is; answers whether it is to be written.
    fn count<T: PartialEq>(&mut self, here: Option<&T>, said: &T) -> bool {
        match here {
            None => self.new += 1,
            Some(here) if here == said => self.unchanged += 1,
            Some(_) => self.changed += 1,
        }
        here != Some(said)
    }
}

/// Holds fields of one thing against each other, and lists where they differ.
struct Merging<'l> {
    look: &'l mut ReliabilityLook,
    title: String,
}

impl Merging<'_> {
    /// Three ways (13.2): what changed there only is taken, what changed here only is kept; both is kept, or taken where a
    /// person says that the file holds.
    fn field<T: PartialEq>(
        &mut self,
        field: &str,
        here: T,
        seen: Option<T>,
        there: T,
        said: impl Fn(&T) -> String,
    ) -> T {
        if here == there || seen.as_ref() == Some(&there) {
            return here;
        }
        let is_taken = seen.as_ref() == Some(&here) || self.look.mapping.theirs;
        self.look.differences.push(ReliabilityDifference {
            title: self.title.clone(),
            field: field.to_owned(),
            here: said(&here),
            there: said(&there),
            is_taken,
        });
        if is_taken { there } else { here }
    }
}

fn json(said: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(said).map_err(|error| AppError::internal(error.to_string()))
}

fn length(stretch: &domain::reliability::Stretch) -> i64 {
    stretch.to.millis() - stretch.from.millis()
}

fn rows_said(count: u64) -> String {
    sentence(&counted(u32::try_from(count).unwrap_or(u32::MAX), "row")).trim_end_matches('.').to_owned()
}

/// “Import 52 outages from status page”, “Update 2 from status page”.
fn title(brought: &str, new: u32, changed: u32, source: &str) -> String {
    match (new, changed) {
        (0, 0) => format!("Import from {source}"),
        (_, 0) => format!("Import {brought} from {source}"),
        (0, changed) => format!("Update {changed} from {source}"),
        (_, changed) => format!("Import {brought} and update {changed} from {source}"),
    }
}

/// “full outage”.
fn class_said(class: Class) -> String {
    crate::reliability::view::class_said(class).to_lowercase()
}

fn sli_said(sli: Sli) -> &'static str {
    match sli {
        Sli::Time => "the time",
        Sli::Requests => "the requests",
    }
}

fn over_said(horizon: Horizon, days: u32) -> String {
    match horizon {
        Horizon::Rolling => format!("{days} days rolling"),
        Horizon::Month => "a month".to_owned(),
        Horizon::Sprint => "a Sprint".to_owned(),
    }
}

fn target_said(target: Target) -> String {
    crate::reliability::objectives::target_said(target)
}
