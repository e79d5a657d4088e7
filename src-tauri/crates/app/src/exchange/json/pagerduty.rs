//! PagerDuty's incidents: answers of its REST interface, with their log entries where these were asked for.
//!
//! 1. What triggered an incident detected it: it is reported and detected when it was created.
//! 2. The first acknowledgement and the last resolution are taken from the log; without a log from the incident itself.
//! 3. A priority says the severity; where no incident has one, the urgency is offered for it.
//! 4. The log becomes notes, but for who was notified how.

use super::super::incidents::Note;
use super::{Format, NotATable, Parts, Records, list, moment, number_text, text};
use domain::calendar::Instant;
use serde_json::Value;

const COLUMNS: [&str; 13] = [
    "Title",
    "Key",
    "Number",
    "Status",
    "Priority",
    "Urgency",
    "Service",
    "Assignee",
    "Created",
    "Triggered",
    "Acknowledged",
    "Resolved",
    "Address",
];

pub(super) fn read(parts: &Parts<'_>) -> Result<Records, NotATable> {
    let mut records = Records::new(Format::PagerDuty, &COLUMNS);
    records.say_unused(parts);
    let mut more_owners = 0;
    for (record, incident) in parts.issues.iter().enumerate() {
        let said = |name: &str| text(incident, name).unwrap_or_default();
        let (Some(title), Some(key)) =
            (text(incident, "title").or(text(incident, "summary")), text(incident, "id"))
        else {
            records.refuse(record, said("summary"), "the incident has no title or no key", false);
            continue;
        };
        let log: Vec<(Option<&str>, &Value)> =
            list(incident, "log_entries").map(|entry| (text(entry, "type"), entry)).collect();
        let entries = |kind: &str| {
            let of = log.iter().filter(|(known, _)| known.is_some_and(|known| known.starts_with(kind)));
            let mut moments: Vec<&str> = of.filter_map(|(_, entry)| text(entry, "created_at")).collect();
            // All of one writing, so that their order is that of their letters.
            moments.sort_unstable();
            moments
        };
        let listed = || list(incident, "acknowledgements").filter_map(|one| text(one, "at")).min();
        let acknowledged = entries("acknowledge_log_entry").first().copied().or_else(listed);
        let is_resolved = said("status") == "resolved";
        let changed = || text(incident, "resolved_at").or(text(incident, "last_status_change_at"));
        let resolved = entries("resolve_log_entry").last().copied().or_else(changed).filter(|_| is_resolved);
        let name =
            |value: &str| incident.get(value).and_then(|one| text(one, "summary").or(text(one, "name")));
        let owners: Vec<&str> = list(incident, "assignments")
            .filter_map(|one| one.get("assignee").and_then(|who| text(who, "summary")))
            .collect();
        more_owners += usize::from(owners.len() > 1);
        let number = incident.get("incident_number").and_then(Value::as_number).map(number_text);
        records.row(record);
        for (column, value) in [
            ("Title", Some(title)),
            ("Key", Some(key)),
            ("Number", number.as_deref()),
            ("Status", text(incident, "status")),
            ("Priority", name("priority")),
            ("Urgency", text(incident, "urgency")),
            ("Service", name("service")),
            // The last one has it now.
            ("Assignee", owners.last().copied()),
            ("Created", text(incident, "created_at")),
            ("Triggered", text(incident, "created_at")),
            ("Acknowledged", acknowledged),
            ("Resolved", resolved),
            ("Address", text(incident, "html_url")),
        ] {
            if let Some(value) = value {
                records.put(column, value);
            }
        }
        let mut notes: Vec<Note> = Vec::new();
        for (_, entry) in log.iter().filter(|(kind, _)| *kind != Some("notify_log_entry")) {
            match note(entry) {
                Some(note) => notes.push(note),
                None => {
                    let value = text(entry, "created_at").unwrap_or_default();
                    records.cell(
                        record,
                        "log_entries",
                        value,
                        "the entry has no moment or no text".to_owned(),
                    );
                }
            }
        }
        notes.sort_by_key(|note| note.at);
        records.note(notes);
    }
    match more_owners {
        0 => {}
        1 => records.notes.push("One incident has several assignees; the last one is taken.".to_owned()),
        many => {
            let note = format!("{many} incidents have several assignees; the last of each is taken.");
            records.notes.push(note);
        }
    }
    if records.is_empty() && records.refused.is_empty() {
        return Err(NotATable::NoItems { what: "answers of PagerDuty without incidents" });
    }
    Ok(records)
}

/// An entry of the log; none where it has no moment or no text.
fn note(entry: &Value) -> Option<Note> {
    let at: Instant = moment(text(entry, "created_at")?)?;
    let summary = text(entry, "summary")?;
    let said = entry.get("channel").and_then(|channel| text(channel, "summary").or(text(channel, "details")));
    let words = match said.filter(|said| !summary.contains(said)) {
        Some(said) => format!("{summary}\n{said}"),
        None => summary.to_owned(),
    };
    let url = text(entry, "html_url").unwrap_or_default().to_owned();
    Some(Note { text: words, url, ..Note::at(at) })
}
