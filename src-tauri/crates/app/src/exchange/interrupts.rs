//! Rows that become interrupts: incidents, production issues, calls, as any team has a list of them.
//!
//! 1. What a file does not say is not known: without a column of working times no hours, without a column of arrivals no
//!    arrival (1.4). That is said before and after the import, and nothing is put in its place.
//! 2. An interrupt belongs to the Sprint that ran on its day: the day on which it came, else that on which it ended. Where
//!    none ran it belongs to none. What a closed Sprint came to stays as it was sealed (3.5).
//! 3. Hours stand on the day on which it ended, but within its Sprint: the file knows no other day.
//! 4. The same key of the same source is the same interrupt; a later file is merged three ways, like items (13.2).
//! 5. Facts are not taken back: another arrival, an earlier end, less time than others wrote down are listed, not taken.
//! 6. An owner who is no member is named and not taken.
//! 7. Nothing here writes but [`import`]: a preview and an import go the same way up to the writing.

use super::dates::{self, DateOrder};
use super::mapping::{Mapping, Target};
use super::merge::{
    Breath, Field, Findings, Sides, drafts, read_seen, said, say, seen_json, settle, title_of,
};
use super::names;
use super::rows::{Cell, Draft, Problem, shortened_line};
use super::table::Table;
use crate::contract::Context;
use crate::error::AppError;
use crate::interrupt::rate::Said;
use domain::backlog::Severity;
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{InterruptId, MemberId, RowId, SprintId};
use domain::interrupt::{IncidentSeverity, InterruptFact, InterruptHours, SeverityNames, parse_time};
use domain::measures::Minutes;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{OutsideInterrupt, Reader, Sprint, Writer};

/// What an interrupt is called where the file has no titles and nobody says otherwise.
pub(super) const TITLED: &str = "Interrupt";

/// Answers the share of a column's filled cells of which something is true.
type Share<'s> = &'s dyn Fn(usize, &dyn Fn(&str) -> bool) -> f64;

/// What each column becomes, by its name and by what it holds.
pub(super) fn targets(headers: &[&str], share: Share<'_>) -> Vec<Option<Target>> {
    let plain: Vec<String> = headers.iter().map(|header| names::plain(header)).collect();
    let has = |at: usize, words: &[&str]| {
        plain.get(at).is_some_and(|name| name.split(' ').any(|word| words.contains(&word)))
    };
    let known = names::targets(headers);
    let is_date = |value: &str| {
        [DateOrder::DayFirst, DateOrder::MonthFirst]
            .into_iter()
            .any(|order| dates::read(value, order, Zone::UTC).is_ok())
    };
    let dated: Vec<bool> = (0..headers.len()).map(|at| share(at, &is_date) >= 0.9).collect();
    let is_dated = |at: &usize| dated.get(*at) == Some(&true);
    let is_wording = |at: usize| share(at, &|value| value.chars().any(char::is_alphabetic)) >= 0.5;
    let mut targets: Vec<Option<Target>> = known
        .iter()
        .enumerate()
        .map(|(at, target)| match target {
            Some(Target::Key | Target::Severity | Target::Owner) => *target,
            Some(Target::Title) if is_wording(at) => *target,
            _ => None,
        })
        .collect();
    let open = |targets: &[Option<Target>]| -> Vec<usize> {
        (0..targets.len()).filter(|at| targets.get(*at) == Some(&None)).collect()
    };
    let set = |targets: &mut Vec<Option<Target>>, at: Option<usize>, target: Target| {
        if let Some(place) = at.and_then(|at| targets.get_mut(at)) {
            *place = Some(target);
        }
    };
    let ends = |at: &usize| known.get(*at) == Some(&Some(Target::Resolved)) || has(*at, ENDS);
    let end = open(&targets).into_iter().filter(is_dated).find(ends);
    set(&mut targets, end, Target::Resolved);
    let starts = open(&targets).into_iter().filter(|at| is_dated(at) && !ends(at));
    let starts: Vec<usize> = starts.collect();
    let named = |target: Target| starts.iter().copied().find(|at| known.get(*at) == Some(&Some(target)));
    let said = || BEGINS.iter().find_map(|word| starts.iter().copied().find(|at| has(*at, &[word])));
    let start = said().or_else(|| named(Target::Created)).or_else(|| named(Target::Started));
    set(&mut targets, start.or(starts.first().copied()), Target::Created);
    for (target, words, unit) in [(Target::Hours, HOURS, "h"), (Target::Minutes, MINUTES, "min")] {
        let holds_times = |at: &usize| {
            has(*at, words) && !has(*at, ELAPSED) && share(*at, &|value| time(value, unit).is_ok()) >= 0.9
        };
        let column = open(&targets).into_iter().find(holds_times);
        set(&mut targets, column, target);
    }
    targets
}

/// Words in the name of a column that says when something ended.
const ENDS: &[&str] = &[
    "ended",
    "end",
    "resolved",
    "resolution",
    "closed",
    "finished",
    "completed",
    "done",
    "mitigated",
    "recovered",
    "restored",
    "ende",
    "erledigt",
    "geschlossen",
    "behoben",
    "fin",
    "cerrado",
    "resuelto",
    "risolto",
];

/// Words in the name of a column that says when something came, the surest first.
const BEGINS: &[&str] = &[
    "reported",
    "gemeldet",
    "opened",
    "began",
    "begun",
    "started",
    "start",
    "beginn",
    "occurred",
    "triggered",
    "detected",
    "created",
];

/// Words in the name of a column that holds hours of work.
const HOURS: &[&str] =
    &["hours", "hour", "h", "effort", "worked", "stunden", "aufwand", "heures", "horas", "ore"];

/// Words in the name of a column that holds minutes of work.
const MINUTES: &[&str] = &["minutes", "minute", "mins", "min", "minuten", "minutos", "minuti"];

/// Words in the name of a column that holds how long something lasted, which is not how long people worked on it.
const ELAPSED: &[&str] =
    &["duration", "downtime", "outage", "cycle", "lead", "age", "dauer", "ausfall", "elapsed"];

/// How grave an interrupt is by a severity or priority of the file; none where that is not known.
pub(super) fn severity(value: &str) -> Option<IncidentSeverity> {
    let plain = names::plain(value);
    let words = [(IncidentSeverity::P3, MIDDLE), (IncidentSeverity::P5, LAST)];
    if let Some((severity, _)) = words.iter().find(|(_, words)| words.contains(&plain.as_str())) {
        return Some(*severity);
    }
    // `P2`, `SEV-2`, `Severity 2`, `2 - High`: the digit says it.
    let step = |word: &str| {
        let digit = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let at = digit.parse::<usize>().ok().filter(|_| digit.len() == 1)?;
        IncidentSeverity::ALL.get(at.checked_sub(1)?).copied()
    };
    if let Some(step) = plain.split(' ').take(2).find_map(step) {
        return Some(step);
    }
    match names::severity(value)? {
        Some(Severity::Critical) => Some(IncidentSeverity::P1),
        Some(Severity::High) => Some(IncidentSeverity::P2),
        Some(Severity::Low) => Some(IncidentSeverity::P4),
        None => None,
    }
}

/// Words for what is neither grave nor a wish; for a bug they are all low.
const MIDDLE: &[&str] = &["medium", "normal", "moderate", "media", "mittel", "moyenne", "中"];

/// Words for what can wait for ever.
const LAST: &[&str] = &[
    "lowest",
    "trivial",
    "wish",
    "muy baja",
    "mas baja",
    "la plus basse",
    "la plus faible",
    "baixissima",
    "niedrigste",
    "最低",
];

/// What a mapping lacks, in sentences.
pub(super) fn notes(targets: &[Target], titled: &str) -> Vec<String> {
    let has = |target| targets.contains(&target);
    let mut notes = Vec::new();
    if !has(Target::Title) {
        notes.push(match titled.trim() {
            "" => "No column is the title; choose one, or write what all of them are called.".to_owned(),
            titled => format!("No column is the title: each is called “{titled}”."),
        });
    }
    if !has(Target::Key) {
        notes.push(
            "No column holds a key; a row is known by its title and its dates, so that another date becomes another interrupt."
                .to_owned(),
        );
    }
    let said = Said {
        all: 1,
        came: u32::from(has(Target::Created)),
        ended: u32::from(has(Target::Resolved)),
        timed: u32::from(has(Target::Hours) || has(Target::Minutes)),
    };
    notes.push(match (said.came, said.ended) {
        (0, 0) => "No column says when they came or ended; choose one.".to_owned(),
        _ => said.sentence("The file"),
    });
    notes.retain(|note| !note.is_empty());
    notes
}

/// How long something took: a number in a unit, or as people write it. Refused in words.
pub(super) fn time(text: &str, unit: &str) -> Result<Minutes, String> {
    let number = text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| *number >= 0.0);
    let read = match number {
        Some(minutes) if unit == "min" && minutes < 1e9 => parse_time(&format!("{} min", minutes.round())),
        _ => parse_time(text),
    };
    let minutes = read.map_err(|refused| refused.to_string())?;
    if minutes > MOST { Err(format!("{minutes} is more than anybody works in a year")) } else { Ok(minutes) }
}

/// The longest time that one interrupt can have taken.
const MOST: Minutes = Minutes::hours(2_000);

/// What an import does to one interrupt.
enum Step {
    New(Box<NewStep>),
    Known(Box<KnownStep>),
}

struct NewStep {
    key: String,
    title: String,
    facts: Vec<(Instant, InterruptFact)>,
    hours: Option<Hours>,
    seen: LastSeen,
}

struct KnownStep {
    outside: OutsideInterrupt,
    title: Option<String>,
    facts: Vec<(Instant, InterruptFact)>,
    hours: Vec<HoursStep>,
    /// What was seen, where it is something new.
    seen: Option<LastSeen>,
}

impl KnownStep {
    fn changes(&self) -> bool {
        self.title.is_some() || !self.facts.is_empty() || !self.hours.is_empty()
    }
}

/// Time to be written down.
struct Hours {
    member: Option<MemberId>,
    day: Day,
    minutes: Minutes,
    sprint: Option<SprintId>,
}

/// What becomes of time that is written down here.
enum HoursStep {
    Add(Hours),
    Put(InterruptHours),
    Remove(RowId),
}

/// What a source said of an interrupt when it was last looked at; what it never said is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct LastSeen {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<IncidentSeverity>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    owner: Option<Option<MemberId>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    reported: Option<Option<Instant>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    ended: Option<Option<Instant>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    time: Option<Option<Minutes>>,
    /// The row of the time that an import wrote down.
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<RowId>,
}

/// How many interrupts an import touches, and where they belong.
#[derive(Debug, Default)]
pub(super) struct Brought {
    /// New ones.
    pub new: u32,
    /// Changed ones.
    pub changed: u32,
    /// Those that stay as they are.
    pub unchanged: u32,
    /// New ones of the running Sprint.
    running: u32,
    /// New ones of closed Sprints.
    closed: u32,
    said: Said,
    /// What was found on the way.
    pub findings: Findings,
}

impl Brought {
    /// “Import 223 interrupts from issues”, “Import 3 interrupts and update 1 from Jira”.
    pub fn title(&self, source: &str) -> String {
        title_of("interrupt", self.new, self.changed, source)
    }

    /// What else is to be known, in sentences.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.said.sentence("The file")];
        let mut say = |count: u32, one: &str, many: &str| say(&mut notes, count as usize, one, many);
        say(
            self.running,
            "One belongs to the running Sprint and draws on its buffer.",
            "# belong to the running Sprint and draw on its buffer.",
        );
        say(
            self.closed,
            "One belongs to a closed Sprint; what that came to stays as it was sealed.",
            "# belong to closed Sprints; what these came to stays as it was sealed.",
        );
        say(
            self.new - self.running - self.closed,
            "One belongs to no Sprint: none ran on its day.",
            "# belong to no Sprint: none ran on their days.",
        );
        let findings = &self.findings;
        let in_all = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        say(in_all(findings.rows.len()), "One row is not taken.", "# rows are not taken.");
        let left_out = in_all(findings.left_out.len());
        say(left_out, "One row is left out on purpose.", "# rows are left out on purpose.");
        say(in_all(findings.cells.len()), "One cell is not taken.", "# cells are not taken.");
        say(
            in_all(findings.unknown_owners.len()),
            "One owner is no member of the team; nobody owns their interrupts.",
            "# owners are no members of the team; nobody owns their interrupts.",
        );
        say(
            findings.dates_ahead,
            "One date lies ahead and is taken as now.",
            "# dates lie ahead and are taken as now.",
        );
        notes.retain(|note| !note.is_empty());
        notes
    }

    fn count(&mut self, step: &Step, sprints: &[Sprint]) {
        match step {
            Step::New(new) => {
                self.new += 1;
                let taken = new.facts.iter().find_map(|(_, fact)| match fact {
                    InterruptFact::Taken(sprint) => sprints.iter().find(|one| one.id == *sprint),
                    _ => None,
                });
                self.running += u32::from(taken.is_some_and(|sprint| sprint.closed_at.is_none()));
                self.closed += u32::from(taken.is_some_and(|sprint| sprint.closed_at.is_some()));
            }
            Step::Known(known) if known.changes() => self.changed += 1,
            Step::Known(_) => self.unchanged += 1,
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

/// Imports the rows of a table as interrupts; what is undecided is left to the caller to refuse.
pub(super) fn import(
    writer: &mut Writer<'_>,
    table: &Table<'_>,
    mapping: &Mapping,
    sides: &Sides,
    context: &Context<'_>,
) -> Result<Brought, AppError> {
    let reader: Reader<'_> = **writer;
    let mut incoming = Incoming::prepare(reader, table, mapping, sides, writer.now)?;
    let mut number = reader.interrupt_count()? + 1;
    incoming.each(table, context, |step| match step {
        Step::New(new) => {
            let label = format!("I-{number}");
            number += 1;
            write_new(writer, *new, &label, &mapping.source)
        }
        Step::Known(known) => write_known(writer, *known),
    })?;
    Ok(incoming.brought)
}

fn write_new(writer: &mut Writer<'_>, mut new: NewStep, label: &str, source: &str) -> Result<(), AppError> {
    let Some((first, _)) = new.facts.first().copied() else {
        return Err(AppError::internal("an interrupt without a fact"));
    };
    let (at_once, later): (Vec<_>, Vec<_>) = new.facts.into_iter().partition(|(at, _)| *at == first);
    let at_once: Vec<InterruptFact> = at_once.into_iter().map(|(_, fact)| fact).collect();
    let id = writer.add_interrupt(label, &new.title, first, &at_once)?;
    for (at, fact) in later {
        writer.record_interrupt(id, at, &fact)?;
    }
    if let Some(hours) = new.hours {
        new.seen.hours = Some(write_hours(writer, id, &hours)?);
    }
    Ok(writer.add_outside_interrupt(id, source, &new.key, &seen_json(&new.seen)?)?)
}

fn write_known(writer: &mut Writer<'_>, mut known: KnownStep) -> Result<(), AppError> {
    let id = known.outside.interrupt.id;
    if let Some(title) = &known.title {
        writer.put_interrupt_title(id, title)?;
    }
    for (at, fact) in &known.facts {
        writer.record_interrupt(id, *at, fact)?;
    }
    for hours in &known.hours {
        match hours {
            HoursStep::Add(hours) => {
                let row = write_hours(writer, id, hours)?;
                if let Some(seen) = &mut known.seen {
                    seen.hours = Some(row);
                }
            }
            HoursStep::Put(hours) => writer.put_interrupt_hours(hours)?,
            HoursStep::Remove(row) => writer.remove_interrupt_hours(*row)?,
        }
    }
    match &known.seen {
        Some(seen) => Ok(writer.put_interrupt_seen(known.outside.id, &seen_json(seen)?)?),
        None => Ok(()),
    }
}

fn write_hours(writer: &mut Writer<'_>, interrupt: InterruptId, hours: &Hours) -> Result<RowId, AppError> {
    Ok(writer.add_interrupt_hours(interrupt, hours.member, hours.day, hours.minutes, hours.sprint)?)
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
    severities: SeverityNames,
    sprints: Vec<Sprint>,
    brought: Brought,
}

impl<'m> Incoming<'m> {
    fn prepare(
        reader: Reader<'m>,
        table: &Table<'_>,
        mapping: &'m Mapping,
        sides: &'m Sides,
        now: Instant,
    ) -> Result<Incoming<'m>, AppError> {
        let (mut members, mut names_of) = (HashMap::new(), HashMap::new());
        for member in reader.members()? {
            members.entry(names::plain(&member.name)).or_insert(member.id);
            names_of.insert(member.id, member.name);
        }
        let mut sprints = reader.sprints()?;
        sprints.retain(|sprint| sprint.started_at.is_some());
        let mut findings = Findings { cells: table.cells.clone(), ..Findings::default() };
        for problem in &table.refused {
            let list = if problem.on_purpose { &mut findings.left_out } else { &mut findings.rows };
            list.push(problem.clone());
        }
        let zone = reader.team()?.zone;
        let brought = Brought { findings, ..Brought::default() };
        Ok(Incoming {
            reader,
            mapping,
            sides,
            zone,
            now,
            members,
            names: names_of,
            severities: reader.severity_names()?,
            sprints,
            brought,
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
            if count % super::merge::BREATH == 0 {
                breath.take(drafts.read_bytes(), table.length())?;
            }
            count += 1;
            match row {
                Ok(mut draft) => {
                    self.brought.findings.cells.append(&mut draft.problems);
                    let has = (draft.created.value().is_some(), draft.resolved.value().is_some());
                    self.brought.said.add(has, draft.time.value().is_some());
                    let step = self.step(draft)?;
                    self.brought.count(&step, &self.sprints);
                    work(step)?;
                }
                Err(problem) if problem.on_purpose => self.brought.findings.left_out.push(problem),
                Err(problem) => self.brought.findings.rows.push(problem),
            }
        }
        breath.take(table.length(), table.length())
    }

    fn step(&mut self, mut draft: Draft) -> Result<Step, AppError> {
        for date in [&mut draft.created, &mut draft.resolved] {
            if let Cell::Holds(at) = date
                && *at > self.now
            {
                self.brought.findings.dates_ahead += 1;
                *at = self.now;
            }
        }
        match self.reader.outside_interrupt(&self.mapping.source, &draft.key)? {
            Some(outside) => self.known(draft, outside),
            None => self.fresh(draft),
        }
    }

    fn fresh(&mut self, draft: Draft) -> Result<Step, AppError> {
        let (came, ended) = (draft.created.value().copied(), draft.resolved.value().copied());
        let moment = came.or(ended).ok_or_else(|| AppError::internal("an interrupt without a day"))?;
        let severity = draft.incident_severity.value().copied();
        let owner = self.owner(&draft);
        let sprint = self.sprint_at(moment).map(|sprint| sprint.id);
        let mut facts = Vec::new();
        facts.extend(came.map(|at| (at, InterruptFact::Reported)));
        facts.extend(severity.map(|severity| (moment, InterruptFact::SeveritySet(severity))));
        facts.extend(owner.flatten().map(|owner| (moment, InterruptFact::Assigned(Some(owner)))));
        facts.extend(sprint.map(|sprint| (moment, InterruptFact::Taken(sprint))));
        facts.extend(ended.map(|at| (at, InterruptFact::Ended)));
        let time = draft.time.said();
        let hours = time.flatten().map(|minutes| Hours {
            member: owner.flatten(),
            day: self.day_of_hours(moment, ended, sprint),
            minutes,
            sprint,
        });
        let seen = LastSeen {
            title: Some(draft.title.clone()),
            severity,
            owner,
            reported: draft.created.said(),
            ended: draft.resolved.said(),
            time,
            hours: None,
        };
        Ok(Step::New(Box::new(NewStep { key: draft.key, title: draft.title, facts, hours, seen })))
    }

    fn known(&mut self, draft: Draft, outside: OutsideInterrupt) -> Result<Step, AppError> {
        let before = read_seen::<LastSeen>(&outside.last_seen);
        let mut seen = before.clone();
        let interrupt = outside.interrupt.clone();
        let present = &interrupt.present;
        let conflicts = self.brought.findings.conflicts_in_all;
        let owner = self.owner(&draft);
        let named = [draft.key.as_str(), interrupt.label.as_str(), interrupt.title.as_str()];
        let zone = self.zone;
        let when = |at: &Option<Instant>| match at {
            Some(at) => zone.local(*at).format("%Y-%m-%d %H:%M").to_string(),
            None => "not known".to_owned(),
        };
        let written = self.reader.interrupt_hours(interrupt.id)?;
        let took = (!written.is_empty()).then(|| written.iter().map(|hours| hours.minutes).sum::<Minutes>());
        let mut facts: Vec<(Instant, InterruptFact)> = Vec::new();

        // What facts cannot say is sorted out first, so that it is never counted as taken.
        let reported = draft.created.value().copied();
        let moved = reported.is_some_and(|at| present.reported_at.is_some_and(|known| known != at));
        let is_news = |there: Option<Instant>, last: Option<Option<Instant>>| last != Some(there);
        if moved && is_news(reported, seen.reported) {
            let reason =
                format!("it came at {} here, and facts are not taken back", when(&present.reported_at));
            self.lost(&draft, Target::Created, when(&reported), reason);
        }
        let ended = draft.resolved.said();
        let is_earlier = ended.flatten().zip(present.ended_at).is_some_and(|(there, here)| there < here);
        let times = ended.flatten().is_some() && present.timer_since.is_some();
        if let Some(there) = ended.filter(|there| (is_earlier || times) && is_news(*there, seen.ended)) {
            let reason = match is_earlier {
                true => format!("it ended at {} here, and facts are not taken back", when(&present.ended_at)),
                false => "a timer runs on it here; stop it first".to_owned(),
            };
            self.lost(&draft, Target::Resolved, when(&there), reason);
        }
        let time = draft.time.said();
        let change = self.time_change(&draft, time, took, &written, &before);

        let (findings, sides) = (&mut self.brought.findings, self.sides);
        let text = |text: &String| shortened_line(text, 200);
        let there = Some(draft.title.clone());
        let title =
            settle(findings, sides, named, Field::Title, &mut seen.title, &interrupt.title, there, text);
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
        let names = &self.names;
        let owner =
            settle(findings, sides, named, Field::Owner, &mut seen.owner, &present.owner, owner, |owner| {
                owner.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| "nobody".to_owned())
            });
        let there = reported.map(Some).filter(|_| !moved);
        let reported = settle(
            findings,
            sides,
            named,
            Field::Reported,
            &mut seen.reported,
            &present.reported_at,
            there,
            when,
        );
        let there = ended.filter(|_| !is_earlier && !times);
        let ended =
            settle(findings, sides, named, Field::Ended, &mut seen.ended, &present.ended_at, there, |at| {
                if at.is_none() { "open".to_owned() } else { when(at) }
            });
        let minutes = |time: &Option<Minutes>| {
            time.map_or("not known".to_owned(), crate::interrupt::change::time_words)
        };
        let there = time.filter(|_| change.is_ok());
        let time = settle(findings, sides, named, Field::Time, &mut seen.time, &took, there, minutes);

        facts.extend(severity.map(|severity| (self.now, InterruptFact::SeveritySet(severity))));
        facts.extend(owner.map(|owner| (self.now, InterruptFact::Assigned(owner))));
        facts.extend(reported.flatten().map(|at| (at, InterruptFact::Reported)));
        facts.extend(ended.map(|ended| match ended {
            Some(at) => (at, InterruptFact::Ended),
            None => (self.now, InterruptFact::Reopened),
        }));
        let hours = match (time, change) {
            (Some(_), Ok(hours)) => hours.into_iter().collect(),
            _ => Vec::new(),
        };
        let findings = &mut self.brought.findings;
        findings.conflicting += u32::from(findings.conflicts_in_all > conflicts);
        if hours.iter().any(|hours| matches!(hours, HoursStep::Remove(_))) {
            seen.hours = None;
        }
        let seen = (seen != before || !hours.is_empty()).then_some(seen);
        Ok(Step::Known(Box::new(KnownStep { outside, title, facts, hours, seen })))
    }

    /// How the time of a file is written down beside what is here already; none where nothing is to be changed, an error
    /// where that cannot be done without touching what others wrote.
    fn time_change(
        &mut self,
        draft: &Draft,
        there: Option<Option<Minutes>>,
        here: Option<Minutes>,
        written: &[InterruptHours],
        before: &LastSeen,
    ) -> Result<Option<HoursStep>, ()> {
        let Some(there) = there else { return Ok(None) };
        if there == here || before.time == Some(there) {
            return Ok(None);
        }
        let own = written.iter().find(|hours| Some(hours.id) == before.hours);
        let others = here.unwrap_or_default() - own.map_or(Minutes::ZERO, |own| own.minutes);
        let rest = there.unwrap_or_default() - others;
        match (own, there) {
            (Some(own), Some(_)) if rest > Minutes::ZERO => {
                Ok(Some(HoursStep::Put(InterruptHours { minutes: rest, ..own.clone() })))
            }
            (Some(own), _) if rest == Minutes::ZERO => Ok(Some(HoursStep::Remove(own.id))),
            (None, Some(_)) if rest > Minutes::ZERO => Ok(Some(self.more_time(draft, rest))),
            _ => {
                let said = crate::interrupt::change::time_words(others);
                let value = there.map_or(String::new(), crate::interrupt::change::time_words);
                let column = if self.mapping.names_of(Target::Hours).next().is_some() {
                    Target::Hours
                } else {
                    Target::Minutes
                };
                let reason = format!("{said} were written down here, which an import does not touch");
                self.lost(draft, column, value, reason);
                Err(())
            }
        }
    }

    fn more_time(&self, draft: &Draft, minutes: Minutes) -> HoursStep {
        let (came, ended) = (draft.created.value().copied(), draft.resolved.value().copied());
        let moment = came.or(ended).unwrap_or(self.now);
        let sprint = self.sprint_at(moment).map(|sprint| sprint.id);
        let day = self.day_of_hours(moment, ended, sprint);
        let member = self.member(draft);
        HoursStep::Add(Hours { member, day, minutes, sprint })
    }

    /// Reports a cell that is not taken.
    fn lost(&mut self, draft: &Draft, target: Target, value: String, reason: String) {
        let column = self.mapping.names_of(target).next().unwrap_or_default().to_owned();
        let problem = Problem { line: draft.line, column, value, reason, on_purpose: false };
        self.brought.findings.cells.push(problem);
    }

    fn member(&self, draft: &Draft) -> Option<MemberId> {
        draft.owner.value().and_then(|name| self.members.get(&names::plain(name))).copied()
    }

    /// The member that the row names; one who is none is counted, and nothing is said.
    fn owner(&mut self, draft: &Draft) -> Option<Option<MemberId>> {
        match &draft.owner {
            Cell::Unsaid => None,
            Cell::Empty => Some(None),
            Cell::Holds(name) => {
                let member = self.member(draft);
                if member.is_none() {
                    *self.brought.findings.unknown_owners.entry(name.clone()).or_default() += 1;
                }
                member.map(Some)
            }
        }
    }

    /// The Sprint that ran at a moment, or else on its day; a file may know no time of the day.
    fn sprint_at(&self, at: Instant) -> Option<&Sprint> {
        sprint_at(&self.sprints, self.zone, at)
    }

    /// The day of hours: that of the end, within the Sprint (rule 3).
    fn day_of_hours(&self, moment: Instant, ended: Option<Instant>, sprint: Option<SprintId>) -> Day {
        let day = self.zone.day_of(ended.unwrap_or(moment));
        let sprint = sprint.and_then(|id| self.sprints.iter().find(|sprint| sprint.id == id));
        let last = sprint.and_then(|sprint| sprint.closed_at).map(|end| self.zone.day_of(end));
        last.map_or(day, |last| day.min(last))
    }
}

/// The Sprint that ran at a moment, or else on its day; a file may know no time of the day.
pub(super) fn sprint_at(sprints: &[Sprint], zone: Zone, at: Instant) -> Option<&Sprint> {
    let ran = |sprint: &&Sprint| {
        sprint.started_at.is_some_and(|start| start <= at) && sprint.closed_at.is_none_or(|end| at < end)
    };
    let day = zone.day_of(at);
    let on_its_day = |sprint: &&Sprint| {
        let begins = sprint.started_at.is_some_and(|start| zone.day_of(start) <= day);
        begins && sprint.closed_at.is_none_or(|end| day <= zone.day_of(end))
    };
    sprints.iter().find(ran).or_else(|| sprints.iter().find(on_its_day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns with their cells, and what is proposed: `name: cell | cell -> target`.
    fn check(columns: &[(&str, &[&str], Option<Target>)]) {
        let headers: Vec<&str> = columns.iter().map(|(name, ..)| *name).collect();
        let share = |at: usize, is: &dyn Fn(&str) -> bool| {
            let cells: Vec<&&str> = columns
                .get(at)
                .map(|(_, cells, _)| cells.iter().filter(|cell| !cell.is_empty()).collect())
                .unwrap();
            let are = cells.iter().filter(|cell| is(cell)).count();
            if cells.is_empty() { 0.0 } else { are as f64 / cells.len() as f64 }
        };
        let expected: Vec<Option<Target>> = columns.iter().map(|(.., target)| *target).collect();
        assert_eq!(targets(&headers, &share), expected, "{headers:?}");
    }

    #[test]
    fn columns_of_incidents_are_known_by_their_names_and_by_what_they_hold() {
        check(&[
            ("ID", &["INC-1", "INC-2"], Some(Target::Key)),
            ("Summary", &["Checkout is slow", "No mail"], Some(Target::Title)),
            ("Severity", &["SEV-1", "SEV-3"], Some(Target::Severity)),
            ("Opened", &["2026-01-05 10:00", "2026-01-06 11:00"], Some(Target::Created)),
            ("Detected", &["2026-01-05 10:02", "2026-01-06 11:01"], None),
            ("Resolved at", &["2026-01-05 12:00", ""], Some(Target::Resolved)),
            ("Resolution", &["Fixed", "Fixed"], None),
            ("Assignee", &["Ana", "Bo"], Some(Target::Owner)),
            ("Effort (h)", &["1.5", "0:45"], Some(Target::Hours)),
            ("Type", &["Incident", "Incident"], None),
        ]);
        check(&[
            ("resolved_timestamp", &["2010-10-04 12:49:14+00:00"], Some(Target::Resolved)),
            ("type", &["PS"], None),
        ]);
        // A number is no title, and how many days something lasted is no time of work.
        check(&[
            ("id", &["P0-T5052"], Some(Target::Key)),
            ("task", &["5052"], None),
            ("created_date", &["2015-02-05"], Some(Target::Created)),
            ("finished_date", &["2015-02-06"], Some(Target::Resolved)),
            ("cycle_time_days", &["1"], None),
        ]);
        check(&[
            ("When", &["05.01.2026"], Some(Target::Created)),
            ("Minutes on the phone", &["20"], Some(Target::Minutes)),
            ("Outage minutes", &["90"], None),
        ]);
    }

    #[test]
    fn severities_are_read_by_their_digit_and_by_their_word() {
        for (value, expected) in [
            ("P1", IncidentSeverity::P1),
            ("sev-2", IncidentSeverity::P2),
            ("Severity 4", IncidentSeverity::P4),
            ("3 - Moderate", IncidentSeverity::P3),
            ("Critical", IncidentSeverity::P1),
            ("Hoch", IncidentSeverity::P2),
            ("Medium", IncidentSeverity::P3),
            ("Low", IncidentSeverity::P4),
            ("Lowest", IncidentSeverity::P5),
        ] {
            assert_eq!(severity(value), Some(expected), "{value}");
        }
        assert_eq!(["P7", "red", "none"].map(severity), [None; 3]);
    }

    #[test]
    fn times_of_work_are_read_in_the_unit_of_their_column() {
        let read = |text: &str, unit: &str| time(text, unit).map(Minutes::in_minutes);
        assert_eq!(read("1,5", "h"), Ok(90));
        assert_eq!(read("30", "h"), Ok(1800), "several people may have worked on it");
        assert_eq!(read("45", "min"), Ok(45));
        assert_eq!(read("44.6", "min"), Ok(45));
        assert_eq!(read("1:30", "min"), Ok(90));
        assert_eq!(read("0", "h"), Err("it took some time".into()), "not filled is not nothing");
        assert!(read("99999", "h").is_err() && read("1e12", "min").is_err() && read("-3", "min").is_err());
    }
}
