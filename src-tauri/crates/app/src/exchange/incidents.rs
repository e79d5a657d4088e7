//! Rows that become incidents: exports of PagerDuty and Opsgenie, postmortems in Markdown, lists with milestones as CSV.
//!
//! 1. Milestones are taken as they are brought; one that would break their order (8.1), or that lies ahead, is listed and
//!    not taken. What a file does not say is not known, and no time is guessed (8.2).
//! 2. It was reported when the file says so, else when it was detected, else at the first moment that is known of it.
//! 3. The same key of the same source is the same incident; a later file is merged three ways, like items (13.2). A
//!    milestone that another one takes the place of stays as the raw one, and the new one is a correction.
//! 4. The timeline becomes notes. A note that came once does not come again, whatever was done with it here.
//! 5. A service or an owner that is not known here is named and not taken; a later import takes it once it is known.
//! 6. An interrupt can be made of each new incident that happened while a Sprint ran, as by hand.
//! 7. Nothing here writes but [`import`]: a preview and an import go the same way up to the writing.

mod moment;
mod postmortem;

use super::interrupts::sprint_at;
use super::json::{Format, Records};
use super::mapping::{Mapping, Target};
use super::merge::{
    BREATH, Breath, Field, Findings, Sides, drafts, fingerprint, read_seen, said, say, seen_json, settle,
    title_of,
};
use super::names;
use super::rows::{Cell, Draft, Problem, shortened_line};
use super::table::{NotATable, Table};
use crate::contract::Context;
use crate::error::AppError;
use crate::incident::link::{MakeInterrupt, make_interrupt};
use domain::calendar::{Instant, Zone};
use domain::identity::{IncidentId, MemberId, ServiceId};
use domain::incident::{IncidentFact, IncidentNote, IncidentPresent, Milestone, MilestoneRefused};
use domain::interrupt::{IncidentSeverity, SeverityNames};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use store::{OutsideIncident, Reader, Sprint, Writer};

/// A note of the timeline of an incident that a file brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The moment of which it tells.
    pub at: Instant,
    /// The role of who says so; may be empty.
    pub role: String,
    /// What happened.
    pub text: String,
    /// A link to the evidence; may be empty.
    pub url: String,
    /// Whether its moment is a local time of the team, as if that were UTC.
    pub is_local: bool,
}

impl Note {
    /// A note without words.
    pub(super) fn at(at: Instant) -> Note {
        Note { at, role: String::new(), text: String::new(), url: String::new(), is_local: false }
    }

    /// The moment of which it tells, for a team in a zone.
    fn moment(&self, zone: Zone) -> Instant {
        if self.is_local { zone.instant(Zone::UTC.local(self.at)) } else { self.at }
    }

    /// By what it is known when it comes again.
    fn mark(&self) -> String {
        fingerprint(&format!("{} {}", self.at.millis(), self.text))
    }
}

/// What a row says of an incident besides what it says of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Began, detected, acknowledged, mitigated.
    pub reached: [Cell<Instant>; 4],
    /// The names of the services.
    pub services: Cell<Vec<String>>,
}

/// Whether a table holds incidents, whatever its columns are called.
pub(super) fn holds_incidents(table: &Table<'_>) -> bool {
    table.format.is_some_and(Format::holds_incidents)
}

/// Whether a text may be postmortems in Markdown.
pub(super) fn is_postmortem(text: &str) -> bool {
    postmortem::is_markdown(text)
}

/// The columns of postmortems.
const COLUMNS: [&str; 11] = [
    "Title",
    "Heading",
    "Severity",
    "Services",
    "First entry of the timeline",
    "Began",
    "Detected",
    "Acknowledged",
    "Mitigated",
    "Resolved",
    "Last entry of the timeline",
];

/// The postmortems of some files, each with its name; the name of a single file may be empty.
pub(super) fn postmortems<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Result<Records, NotATable> {
    let mut records = Records::new(Format::Postmortems, &COLUMNS);
    let (mut short_zones, mut of_the_team, mut without_end, mut after_midnight) = (BTreeMap::new(), 0, 0, 0);
    for (record, (name, text)) in files.enumerate() {
        let place = |line: usize| match name {
            "" => format!("line {line}"),
            name => format!("{name}, line {line}"),
        };
        let report = match postmortem::read(text) {
            Ok(report) => report,
            Err((line, value, why)) => {
                records.refuse(record, &format!("{}: {value}", place(line)), why, false);
                continue;
            }
        };
        // Times without a zone are the team's, which only the reading of rows knows: they are written without one.
        let written = |at: &Instant| {
            let zone = if report.is_local { "" } else { "Z" };
            format!("{}{zone}", Zone::UTC.local(*at).format("%Y-%m-%dT%H:%M:%S"))
        };
        records.row(record);
        records.put("Title", report.title.as_str());
        records.put("Heading", report.key.as_str());
        for (column, said) in [("Severity", &report.severity), ("Services", &report.services)] {
            if let Some(said) = said {
                records.put(column, said.as_str());
            }
        }
        let (first, last) = report.entries.unwrap_or((report.day, report.day));
        // Of a single moment nobody could say how long it lasted.
        if first < last {
            records.put("First entry of the timeline", written(&first));
        }
        records.put("Last entry of the timeline", written(&last));
        for (milestone, at) in &report.said {
            records.put(column_of(*milestone), written(at));
        }
        without_end +=
            usize::from(!report.said.iter().any(|(milestone, _)| *milestone == Milestone::Resolved));
        of_the_team += usize::from(report.without_zone);
        after_midnight += report.after_midnight;
        if let Some(zone) = &report.short_zone {
            *short_zones.entry(zone.clone()).or_insert(0) += 1;
        }
        for (line, value, reason) in report.unread {
            records.cell(record, &place(line), &value, reason);
        }
        records.note(report.notes);
    }
    if records.is_empty() {
        return Err(NotATable::NoItems { what: "texts, but no postmortems: no title has a day" });
    }
    let reports =
        |count: usize| if count == 1 { "One report".to_owned() } else { format!("{count} reports") };
    if !short_zones.is_empty() {
        let names: Vec<&str> = short_zones.keys().map(String::as_str).collect();
        records.notes.push(format!(
            "Times in {} are read as that offset from UTC all year round; write a place such as Europe/Zurich where the clocks were meant to change.",
            names.join(", ")
        ));
    }
    if of_the_team > 0 {
        records
            .notes
            .push(format!("{} of which no times say their zone: the team’s is taken.", reports(of_the_team)));
    }
    if after_midnight > 0 {
        records.notes.push(format!("{after_midnight} entries have an earlier time than the one before, and are read as of the next day."));
    }
    if without_end > 0 {
        records.notes.push(format!(
            "{} in which no entry says that it was resolved: the last entry of the timeline is taken for it. Choose otherwise at its column.",
            reports(without_end)
        ));
    }
    Ok(records)
}

fn column_of(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Began => "Began",
        Milestone::Detected => "Detected",
        Milestone::Acknowledged => "Acknowledged",
        Milestone::Mitigated => "Mitigated",
        Milestone::Resolved => "Resolved",
    }
}

/// Answers the share of a column's filled cells of which something is true.
type Share<'s> = &'s dyn Fn(usize, &dyn Fn(&str) -> bool) -> f64;

/// What each column becomes, by its name and by what it holds.
pub(super) fn targets(headers: &[&str], share: Share<'_>) -> Vec<Option<Target>> {
    let plain: Vec<String> = headers.iter().map(|header| names::plain(header)).collect();
    let exact = |name: &str| EXACT.iter().find(|(known, _)| *known == name).map(|(_, target)| *target);
    let named = |name: &str| {
        let words: Vec<&str> = name.split(' ').collect();
        let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
        // How long something took is no moment.
        if has(ELAPSED) {
            return None;
        }
        WORDS.iter().find(|(_, known)| has(known)).map(|(target, _)| *target)
    };
    let is_date = |value: &str| {
        [super::dates::DateOrder::DayFirst, super::dates::DateOrder::MonthFirst]
            .into_iter()
            .any(|order| super::dates::read(value, order, Zone::UTC).is_ok())
    };
    let mut targets: Vec<Option<Target>> = vec![None; headers.len()];
    let set = |targets: &mut Vec<Option<Target>>, at: usize, target: Target| {
        let is_free = target.takes_several() || !targets.contains(&Some(target));
        if let Some(place) = targets.get_mut(at).filter(|place| place.is_none() && is_free) {
            *place = Some(target);
        }
    };
    for (at, name) in plain.iter().enumerate() {
        if let Some(target) = exact(name) {
            set(&mut targets, at, target);
        }
    }
    // A name that says nothing else needs a single date; what cannot be read beside it is listed by its line.
    for (at, name) in plain.iter().enumerate() {
        if let Some(target) = moment_named(name).filter(|_| share(at, &is_date) > 0.0) {
            set(&mut targets, at, target);
        }
    }
    for (at, name) in plain.iter().enumerate() {
        if let Some(target) = named(name).filter(|_| share(at, &is_date) >= 0.9) {
            set(&mut targets, at, target);
        }
    }
    let is_wording = |at: usize| share(at, &|value| value.chars().any(char::is_alphabetic)) >= 0.5;
    for (at, target) in names::targets(headers).into_iter().enumerate() {
        let target = target.filter(|target| match target {
            Target::Key | Target::Severity | Target::Owner => true,
            Target::Title => is_wording(at),
            Target::Created => share(at, &is_date) >= 0.9,
            _ => false,
        });
        if let Some(target) = target {
            set(&mut targets, at, target);
        }
    }
    // An urgency is a severity only where nothing better is said.
    if !targets.contains(&Some(Target::Severity))
        && let Some(at) = plain.iter().position(|name| name == "urgency")
    {
        set(&mut targets, at, Target::Severity);
    }
    targets
}

/// Columns of exports that are known by their whole name.
const EXACT: &[(&str, Target)] = &[
    ("heading", Target::Key),
    ("first entry of the timeline", Target::Created),
    ("resolved", Target::Resolved),
    ("last entry of the timeline", Target::Resolved),
    ("last change of what is resolved", Target::Resolved),
    ("impact began", Target::Began),
    ("impact ended", Target::Mitigated),
    ("service", Target::Services),
    ("services", Target::Services),
    ("affected services", Target::Services),
    ("services affected", Target::Services),
    ("impacted services", Target::Services),
];

/// Words in the name of a column of moments that say which it is.
const WORDS: &[(Target, &[&str])] = &[
    (Target::Acknowledged, &["acknowledged", "ack", "acked", "acknowledgement", "responded"]),
    (Target::Mitigated, &["mitigated", "mitigation", "restored", "recovered", "stabilized", "stabilised"]),
    (Target::Detected, &["detected", "detection", "triggered", "alerted", "discovered"]),
    (Target::Began, &["began", "begin", "begun", "started", "start", "onset", "occurred"]),
    (Target::Resolved, &["resolved", "closed", "ended", "end", "finished", "fixed", "completed"]),
    (Target::Created, &["reported", "created", "opened", "declared"]),
];

/// The moment of which a column's whole name is: `mitigated`, `mitigated at`.
fn moment_named(name: &str) -> Option<Target> {
    let word = name.strip_suffix(" at").or(name.strip_suffix(" on")).unwrap_or(name);
    WORDS.iter().find(|(_, known)| known.contains(&word)).map(|(target, _)| *target)
}

/// Words in the name of a column that holds how long something lasted.
const ELAPSED: &[&str] = &[
    "duration", "minutes", "hours", "downtime", "time", "ttr", "mttr", "tta", "ttd", "cycle", "age", "days",
];

/// Whether the columns of a list are those of incidents: it says several milestones.
pub(super) fn are_milestones(headers: &[&str], share: Share<'_>) -> bool {
    let said = targets(headers, share);
    let own = [Target::Detected, Target::Acknowledged, Target::Mitigated];
    own.iter().filter(|target| said.contains(&Some(**target))).count() >= 2
}

/// What a mapping lacks, in sentences.
pub(super) fn notes(targets: &[Target]) -> Vec<String> {
    let has = |target| targets.contains(&target);
    let mut notes = Vec::new();
    if !has(Target::Title) {
        notes.push("No column is the title; choose one.".to_owned());
    }
    if !has(Target::Key) {
        notes.push(
            "No column holds a key; a row is known by its title and its first moment, so that another title becomes another incident."
                .to_owned(),
        );
    }
    let missing: Vec<&str> = [
        (Target::Began, "began"),
        (Target::Detected, "were detected"),
        (Target::Acknowledged, "were acknowledged"),
        (Target::Mitigated, "were mitigated"),
        (Target::Resolved, "were resolved"),
    ]
    .into_iter()
    .filter(|(target, _)| !has(*target))
    .map(|(_, said)| said)
    .collect();
    if !missing.is_empty() {
        notes.push(format!("No column says when they {}: that is not known.", missing.join(", ")));
    }
    if !has(Target::Severity) {
        notes.push(
            "No column says how grave they are: each is a P3 until somebody says otherwise.".to_owned(),
        );
    }
    notes
}

/// What an import does to one incident.
enum Step {
    New(Box<NewStep>),
    Known(Box<KnownStep>),
}

struct NewStep {
    key: String,
    title: String,
    facts: Vec<(Instant, IncidentFact)>,
    services: Vec<ServiceId>,
    notes: Vec<Note>,
    seen: LastSeen,
    /// Whether a Sprint ran when it was reported.
    in_a_sprint: bool,
}

struct KnownStep {
    outside: OutsideIncident,
    title: Option<String>,
    facts: Vec<(Instant, IncidentFact)>,
    services: Option<Vec<ServiceId>>,
    notes: Vec<Note>,
    /// What was seen, where it is something new.
    seen: Option<LastSeen>,
}

impl KnownStep {
    fn changes(&self) -> bool {
        self.title.is_some() || !self.facts.is_empty() || self.services.is_some() || !self.notes.is_empty()
    }
}

/// What a source said of an incident when it was last looked at; what it never said is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct LastSeen {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<IncidentSeverity>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    owner: Option<Option<MemberId>>,
    /// By the word of each milestone.
    reached: BTreeMap<String, Option<Instant>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    services: Option<Vec<ServiceId>>,
    /// The marks of the notes that came.
    notes: Vec<String>,
}

/// How many incidents an import touches, and what else is to be known of it.
#[derive(Debug, Default)]
pub(super) struct Brought {
    /// New ones.
    pub new: u32,
    /// Changed ones.
    pub changed: u32,
    /// Those that stay as they are.
    pub unchanged: u32,
    /// New ones that are open.
    open: u32,
    /// New ones that become interrupts, and those for which no Sprint ran.
    interrupts: u32,
    without_sprint: u32,
    notes: u32,
    unknown_services: BTreeMap<String, u32>,
    /// What was found on the way.
    pub findings: Findings,
}

impl Brought {
    /// “Import 22 incidents from Postmortems”, “Import 3 incidents and update 1 from PagerDuty”.
    pub fn title(&self, source: &str) -> String {
        title_of("incident", self.new, self.changed, source)
    }

    /// What else is to be known, in sentences.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let mut say = |count: u32, one: &str, many: &str| say(&mut notes, count as usize, one, many);
        let in_all = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        say(
            self.open,
            "One new incident is open and needs somebody.",
            "# new incidents are open and need somebody.",
        );
        say(self.notes, "One note comes into a timeline.", "# notes come into the timelines.");
        say(self.interrupts, "One interrupt is made of an incident.", "# interrupts are made of incidents.");
        say(
            self.without_sprint,
            "Of one incident no interrupt is made: no Sprint ran when it was reported.",
            "Of # incidents no interrupt is made: no Sprint ran when they were reported.",
        );
        let findings = &self.findings;
        say(in_all(findings.rows.len()), "One row is not taken.", "# rows are not taken.");
        let left_out = in_all(findings.left_out.len());
        say(left_out, "One row is left out on purpose.", "# rows are left out on purpose.");
        say(in_all(findings.cells.len()), "One cell is not taken.", "# cells are not taken.");
        say(
            in_all(findings.unknown_owners.len()),
            "One owner is no member of the team; nobody owns their incidents.",
            "# owners are no members of the team; nobody owns their incidents.",
        );
        if !self.unknown_services.is_empty() {
            let names: Vec<&str> = self.unknown_services.keys().map(String::as_str).take(5).collect();
            let more = if self.unknown_services.len() > 5 { " and others" } else { "" };
            notes.push(format!(
                "Services that are not known here: {}{more}. Add them, and import the file again.",
                names.join(", ")
            ));
        }
        notes
    }

    fn count(&mut self, step: &Step, with_interrupts: bool) {
        match step {
            Step::New(new) => {
                self.new += 1;
                self.open += u32::from(
                    !new.facts.iter().any(|(_, fact)| *fact == IncidentFact::Reached(Milestone::Resolved)),
                );
                self.notes += new.notes.len() as u32;
                self.interrupts += u32::from(with_interrupts && new.in_a_sprint);
                self.without_sprint += u32::from(with_interrupts && !new.in_a_sprint);
            }
            Step::Known(known) => {
                self.notes += known.notes.len() as u32;
                if known.changes() {
                    self.changed += 1;
                } else {
                    self.unchanged += 1;
                }
            }
        }
    }
}

/// What an import would do; nothing is written.
pub(super) fn rehearse(
    reader: &Reader<'_>,
    table: &Table<'_>,
    mapping: &Mapping,
    sides: &Sides,
    context: &Context<'_>,
) -> Result<Brought, AppError> {
    let mut incoming = Incoming::prepare(*reader, table, mapping, sides, context.now)?;
    incoming.each(table, context, |_| Ok(()))?;
    Ok(incoming.brought)
}

/// Imports the rows of a table as incidents; what is undecided is left to the caller to refuse.
pub(super) fn import(
    writer: &mut Writer<'_>,
    table: &Table<'_>,
    mapping: &Mapping,
    sides: &Sides,
    context: &Context<'_>,
) -> Result<Brought, AppError> {
    let reader: Reader<'_> = **writer;
    let mut incoming = Incoming::prepare(reader, table, mapping, sides, writer.now)?;
    let zone = incoming.zone;
    let mut number = reader.incident_count()? + 1;
    incoming.each(table, context, |step| match step {
        Step::New(new) => {
            let label = format!("INC-{number}");
            number += 1;
            let is_interrupt = mapping.with_interrupts && new.in_a_sprint;
            let id = write_new(writer, *new, (&label, &mapping.source), zone)?;
            if is_interrupt {
                let command = MakeInterrupt { incident: id, hours: None, estimate: None };
                make_interrupt(writer, command, context)?;
            }
            Ok(())
        }
        Step::Known(known) => write_known(writer, *known, zone),
    })?;
    Ok(incoming.brought)
}

fn write_new(
    writer: &mut Writer<'_>,
    new: NewStep,
    (label, source): (&str, &str),
    zone: Zone,
) -> Result<IncidentId, AppError> {
    let id = writer.add_incident(label, &new.title, &new.facts)?;
    if !new.services.is_empty() {
        writer.put_incident_services(id, &new.services)?;
    }
    write_notes(writer, id, &new.notes, zone)?;
    writer.add_outside_incident(id, source, &new.key, &seen_json(&new.seen)?)?;
    Ok(id)
}

fn write_known(writer: &mut Writer<'_>, known: KnownStep, zone: Zone) -> Result<(), AppError> {
    let id = known.outside.incident.id;
    if let Some(title) = &known.title {
        writer.put_incident_title(id, title)?;
    }
    for (at, fact) in &known.facts {
        writer.record_incident(id, *at, fact)?;
    }
    if let Some(services) = &known.services {
        writer.put_incident_services(id, services)?;
    }
    write_notes(writer, id, &known.notes, zone)?;
    match &known.seen {
        Some(seen) => Ok(writer.put_incident_seen(known.outside.id, &seen_json(seen)?)?),
        None => Ok(()),
    }
}

fn write_notes(
    writer: &mut Writer<'_>,
    incident: IncidentId,
    notes: &[Note],
    zone: Zone,
) -> Result<(), AppError> {
    for note in notes {
        let note = IncidentNote {
            id: writer.identity(),
            incident,
            at: note.moment(zone),
            role: note.role.clone(),
            member: None,
            text: note.text.clone(),
            url: note.url.clone(),
            recorded_at: writer.now,
        };
        writer.put_incident_note(&note)?;
    }
    Ok(())
}

/// Reads a file's rows and says what becomes of each.
struct Incoming<'m> {
    reader: Reader<'m>,
    mapping: &'m Mapping,
    sides: &'m Sides,
    zone: Zone,
    now: Instant,
    members: HashMap<String, MemberId>,
    names: HashMap<MemberId, String>,
    services: HashMap<String, ServiceId>,
    service_names: HashMap<ServiceId, String>,
    services_of: HashMap<IncidentId, Vec<ServiceId>>,
    severities: SeverityNames,
    sprints: Vec<Sprint>,
    timelines: &'m HashMap<u32, Vec<Note>>,
    brought: Brought,
}

impl<'m> Incoming<'m> {
    fn prepare(
        reader: Reader<'m>,
        table: &'m Table<'_>,
        mapping: &'m Mapping,
        sides: &'m Sides,
        now: Instant,
    ) -> Result<Incoming<'m>, AppError> {
        let (mut members, mut names_of) = (HashMap::new(), HashMap::new());
        for member in reader.members()? {
            members.entry(names::plain(&member.name)).or_insert(member.id);
            names_of.insert(member.id, member.name);
        }
        let (mut services, mut service_names) = (HashMap::new(), HashMap::new());
        for service in reader.services()? {
            services.entry(names::plain(&service.name)).or_insert(service.id);
            service_names.insert(service.id, service.name);
        }
        let mut sprints = reader.sprints()?;
        sprints.retain(|sprint| sprint.started_at.is_some());
        let mut findings = Findings { cells: table.cells.clone(), ..Findings::default() };
        for problem in &table.refused {
            let list = if problem.on_purpose { &mut findings.left_out } else { &mut findings.rows };
            list.push(problem.clone());
        }
        Ok(Incoming {
            reader,
            mapping,
            sides,
            zone: reader.team()?.zone,
            now,
            members,
            names: names_of,
            services,
            service_names,
            services_of: reader.incident_services()?,
            severities: reader.severity_names()?,
            sprints,
            timelines: &table.timelines,
            brought: Brought { findings, ..Brought::default() },
        })
    }

    fn each(
        &mut self,
        table: &Table<'_>,
        context: &Context<'_>,
        mut work: impl FnMut(Step) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let breath = Breath { progress: context.progress, cancel: context.cancel };
        let mut drafts = drafts(table, self.mapping, self.zone)?;
        let mut count = 0;
        while let Some(row) = drafts.next() {
            if count % BREATH == 0 {
                breath.take(drafts.read_bytes(), table.length())?;
            }
            count += 1;
            match row {
                Ok(mut draft) => {
                    self.brought.findings.cells.append(&mut draft.problems);
                    let Some(step) = self.step(draft)? else { continue };
                    self.brought.count(&step, self.mapping.with_interrupts);
                    work(step)?;
                }
                Err(problem) if problem.on_purpose => self.brought.findings.left_out.push(problem),
                Err(problem) => self.brought.findings.rows.push(problem),
            }
        }
        breath.take(table.length(), table.length())
    }

    /// What becomes of a row; none where nothing of its moments can be taken.
    fn step(&mut self, mut draft: Draft) -> Result<Option<Step>, AppError> {
        if let Cell::Holds(at) = draft.created
            && at > self.now
        {
            self.lost(&draft, Target::Created, when(self.zone, Some(at)), AHEAD.to_owned());
            draft.created = Cell::Unsaid;
        }
        match self.reader.outside_incident(&self.mapping.source, &draft.key)? {
            Some(outside) => Ok(Some(self.known(draft, outside)?)),
            None => Ok(self.fresh(draft)),
        }
    }

    fn fresh(&mut self, mut draft: Draft) -> Option<Step> {
        let said = draft.incident.take().unwrap_or_default();
        let mut present = IncidentPresent::default();
        let mut reached: Vec<(Milestone, Instant)> = Vec::new();
        let mut seen = LastSeen { title: Some(draft.title.clone()), ..LastSeen::default() };
        for (milestone, cell) in milestones(&said, &draft) {
            let Some(there) = cell.said() else { continue };
            match there.map(|at| self.refusal(&present, milestone, at).map_or(Ok(at), Err)) {
                None => drop(seen.reached.insert(milestone.to_string(), None)),
                Some(Ok(at)) => {
                    present.apply(&IncidentFact::Reached(milestone), at);
                    reached.push((milestone, at));
                    seen.reached.insert(milestone.to_string(), Some(at));
                }
                Some(Err(reason)) => {
                    self.lost(&draft, target_of(milestone), when(self.zone, there), reason);
                }
            }
        }
        let of = |wanted| reached.iter().find(|(milestone, _)| *milestone == wanted).map(|(_, at)| *at);
        let first = reached.iter().map(|(_, at)| *at).min();
        let reported = draft.created.value().copied().or(of(Milestone::Detected)).or(first);
        let Some(reported) = reported else {
            let (line, value) = (draft.line, shortened_line(&draft.title, 200));
            let reason = "nothing that can be taken says when it was".to_owned();
            let problem = Problem { line, column: String::new(), value, reason, on_purpose: false };
            self.brought.findings.rows.push(problem);
            return None;
        };
        let moment = first.map_or(reported, |first| first.min(reported));
        seen.severity = draft.incident_severity.value().copied();
        seen.owner = self.owner(&draft);
        let services = self.services(&said.services);
        seen.services.clone_from(&services);
        let mut facts = vec![(reported, IncidentFact::Reported)];
        facts.extend(seen.severity.map(|severity| (moment, IncidentFact::SeveritySet(severity))));
        facts.extend(seen.owner.flatten().map(|owner| (reported, IncidentFact::Assigned(Some(owner)))));
        facts.extend(reached.iter().map(|(milestone, at)| (*at, IncidentFact::Reached(*milestone))));
        let notes = self.fresh_notes(&draft, &[]);
        seen.notes = notes.iter().map(Note::mark).collect();
        let in_a_sprint = sprint_at(&self.sprints, self.zone, reported).is_some();
        let services = match services {
            Some(named) if !named.is_empty() => named,
            _ => self.usual_service(),
        };
        let (key, title) = (draft.key, draft.title);
        Some(Step::New(Box::new(NewStep { key, title, facts, services, notes, seen, in_a_sprint })))
    }

    fn known(&mut self, mut draft: Draft, outside: OutsideIncident) -> Result<Step, AppError> {
        let said = draft.incident.take().unwrap_or_default();
        let before = read_seen::<LastSeen>(&outside.last_seen);
        let mut seen = before.clone();
        let incident = outside.incident.clone();
        let mut present = self.reader.incident_present(incident.id)?;
        let conflicts = self.brought.findings.conflicts_in_all;
        let owner = self.owner(&draft);
        let services = self.services(&said.services);
        let here_services = self.services_of.get(&incident.id).cloned().unwrap_or_default();
        let mut facts: Vec<(Instant, IncidentFact)> = Vec::new();
        let zone = self.zone;
        let key = draft.key.clone();
        let named = [key.as_str(), incident.label.as_str(), incident.title.as_str()];

        let (findings, sides) = (&mut self.brought.findings, self.sides);
        let text = |text: &String| shortened_line(text, 200);
        let there = Some(draft.title.clone());
        let title =
            settle(findings, sides, named, Field::Title, &mut seen.title, &incident.title, there, text);
        let there = draft.incident_severity.value().copied();
        let severity = settle(
            findings,
            sides,
            named,
            Field::Severity,
            &mut seen.severity,
            &present.severity,
            there,
            |severity| self.severities.of(*severity).to_owned(),
        );
        facts.extend(severity.map(|severity| (self.now, IncidentFact::SeveritySet(severity))));
        let members = &self.names;
        let owner =
            settle(findings, sides, named, Field::Owner, &mut seen.owner, &present.owner, owner, |owner| {
                owner.and_then(|id| members.get(&id).cloned()).unwrap_or_else(|| "nobody".to_owned())
            });
        facts.extend(owner.map(|owner| (self.now, IncidentFact::Assigned(owner))));
        let called = &self.service_names;
        let services = settle(
            findings,
            sides,
            named,
            Field::Services,
            &mut seen.services,
            &here_services,
            services,
            |services| {
                let names: Vec<&str> =
                    services.iter().filter_map(|id| called.get(id)).map(String::as_str).collect();
                if names.is_empty() { "none".to_owned() } else { names.join(", ") }
            },
        );

        for (milestone, cell) in milestones(&said, &draft) {
            let Some(there) = cell.said() else { continue };
            let mut last = seen.reached.get(&milestone.to_string()).copied();
            if last == Some(there) {
                continue;
            }
            let here = present.cycle().at(milestone);
            let refusal = match there {
                _ if here == there => None,
                _ if present.cycles.len() > 1 => Some("it was reopened here, and its cycles stay".to_owned()),
                Some(at) => self.refusal(&present, milestone, at),
                None => None,
            };
            if let Some(reason) = refusal {
                self.lost(&draft, target_of(milestone), when(zone, there), reason);
                continue;
            }
            let findings = &mut self.brought.findings;
            let show = |at: &Option<Instant>| when(zone, *at);
            let taken =
                settle(findings, sides, named, field_of(milestone), &mut last, &here, Some(there), show);
            seen.reached.extend(last.map(|last| (milestone.to_string(), last)));
            let Some(taken) = taken else { continue };
            let was_said =
                present.cycle().raw(milestone).is_some() || present.cycle().correction(milestone).is_some();
            let (at, fact) = match taken {
                Some(at) if !was_said => (at, IncidentFact::Reached(milestone)),
                at => {
                    let why = format!("as {} says", self.mapping.source);
                    let cycle = present.cycles.len().saturating_sub(1) as u32;
                    (self.now, IncidentFact::Corrected { cycle, milestone, at, why, by: String::new() })
                }
            };
            present.apply(&fact, at);
            facts.push((at, fact));
        }
        let notes = self.fresh_notes(&draft, &before.notes);
        seen.notes.extend(notes.iter().map(Note::mark));
        let findings = &mut self.brought.findings;
        findings.conflicting += u32::from(findings.conflicts_in_all > conflicts);
        let seen = (seen != before).then_some(seen);
        Ok(Step::Known(Box::new(KnownStep { outside, title, facts, services, notes, seen })))
    }

    /// Why an incident cannot have come to a milestone at a moment; none where it can.
    fn refusal(&self, present: &IncidentPresent, milestone: Milestone, at: Instant) -> Option<String> {
        if at > self.now {
            return Some(AHEAD.to_owned());
        }
        let why = present.check(present.cycles.len().saturating_sub(1), milestone, at).err()?;
        let on = |at: Instant| when(self.zone, Some(at));
        Some(match why {
            MilestoneRefused::Before { other, at, .. } => format!("it would lie before {other}, {}", on(at)),
            MilestoneRefused::After { other, at, .. } => format!("it would lie after {other}, {}", on(at)),
            MilestoneRefused::CycleBefore { other, at, .. } => {
                format!("it would lie before the time before was {other}, {}", on(at))
            }
            MilestoneRefused::Reopened { at, .. } => format!("it was reopened on {}", on(at)),
        })
    }

    /// The notes of a row's timeline that did not come before.
    fn fresh_notes(&self, draft: &Draft, known: &[String]) -> Vec<Note> {
        let all = self.timelines.get(&draft.line).into_iter().flatten();
        all.filter(|note| note.moment(self.zone) <= self.now && !known.contains(&note.mark()))
            .cloned()
            .collect()
    }

    /// Reports a cell that is not taken.
    fn lost(&mut self, draft: &Draft, target: Target, value: String, reason: String) {
        let column = self.mapping.names_of(target).next().unwrap_or_default().to_owned();
        let problem = Problem { line: draft.line, column, value, reason, on_purpose: false };
        self.brought.findings.cells.push(problem);
    }

    /// The member that the row names; one who is none is counted, and nothing is said.
    fn owner(&mut self, draft: &Draft) -> Option<Option<MemberId>> {
        match &draft.owner {
            Cell::Unsaid => None,
            Cell::Empty => Some(None),
            Cell::Holds(name) => {
                let member = self.members.get(&names::plain(name)).copied();
                if member.is_none() {
                    *self.brought.findings.unknown_owners.entry(name.clone()).or_default() += 1;
                }
                member.map(Some)
            }
        }
    }

    /// The service of new incidents that name none, as a person said it.
    fn usual_service(&mut self) -> Vec<ServiceId> {
        match self.mapping.service.trim() {
            "" => Vec::new(),
            name => self.services(&Cell::Holds(vec![name.to_owned()])).unwrap_or_default(),
        }
    }

    /// The services that a row names; where one is not known here, nothing is said, so that a later import says it.
    fn services(&mut self, cell: &Cell<Vec<String>>) -> Option<Vec<ServiceId>> {
        let named = match cell {
            Cell::Unsaid => return None,
            Cell::Empty => return Some(Vec::new()),
            Cell::Holds(names) => names,
        };
        let mut found = Vec::new();
        let mut is_whole = true;
        for name in named {
            match self.services.get(&names::plain(name)) {
                Some(id) => found.push(*id),
                None => {
                    *self.brought.unknown_services.entry(name.clone()).or_default() += 1;
                    is_whole = false;
                }
            }
        }
        (is_whole || !found.is_empty()).then_some(found)
    }
}

const AHEAD: &str = "it lies ahead";

/// What a row says of each milestone, in their order.
fn milestones(said: &Said, draft: &Draft) -> Vec<(Milestone, Cell<Instant>)> {
    let cells = said.reached.iter().chain([&draft.resolved]);
    Milestone::ALL.iter().copied().zip(cells.cloned()).collect()
}

fn target_of(milestone: Milestone) -> Target {
    match milestone {
        Milestone::Began => Target::Began,
        Milestone::Detected => Target::Detected,
        Milestone::Acknowledged => Target::Acknowledged,
        Milestone::Mitigated => Target::Mitigated,
        Milestone::Resolved => Target::Resolved,
    }
}

fn field_of(milestone: Milestone) -> Field {
    match milestone {
        Milestone::Began => Field::Began,
        Milestone::Detected => Field::Detected,
        Milestone::Acknowledged => Field::Acknowledged,
        Milestone::Mitigated => Field::Mitigated,
        Milestone::Resolved => Field::Resolved,
    }
}

fn when(zone: Zone, at: Option<Instant>) -> String {
    at.map_or("not known".to_owned(), |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string())
}
