//! Opsgenie's incidents: answers of its REST interface.
//!
//! 1. It began when its impact did, and is mitigated when that ended; it is reported when it was created.
//! 2. A resolved incident does not say when it was resolved: its last change is offered for it, and that is said.
//! 3. Services are named by their numbers there; these are listed, for nobody could tell what they mean.

use super::super::incidents::Note;
use super::{Format, NotATable, Parts, Records, list, moment, text};
use serde_json::Value;

const COLUMNS: [&str; 11] = [
    "Title",
    "Key",
    "Number",
    "Status",
    "Priority",
    "Created",
    "Impact began",
    "Impact ended",
    "Last change of what is resolved",
    "Description",
    "Address",
];

pub(super) fn read(parts: &Parts<'_>) -> Result<Records, NotATable> {
    let mut records = Records::new(Format::Opsgenie, &COLUMNS);
    records.say_unused(parts);
    for (record, incident) in parts.issues.iter().enumerate() {
        let (Some(title), Some(key)) = (text(incident, "message"), text(incident, "id")) else {
            let value = text(incident, "tinyId").unwrap_or_default();
            records.refuse(record, value, "the incident has no message or no key", false);
            continue;
        };
        let is_over = matches!(text(incident, "status"), Some("resolved" | "closed"));
        records.row(record);
        for (column, value) in [
            ("Title", Some(title)),
            ("Key", Some(key)),
            ("Number", text(incident, "tinyId")),
            ("Status", text(incident, "status")),
            ("Priority", text(incident, "priority")),
            ("Created", text(incident, "createdAt")),
            ("Impact began", text(incident, "impactStartDate")),
            ("Impact ended", text(incident, "impactEndDate")),
            ("Last change of what is resolved", text(incident, "updatedAt").filter(|_| is_over)),
            ("Description", text(incident, "description")),
            ("Address", incident.get("links").and_then(|links| text(links, "web"))),
        ] {
            if let Some(value) = value {
                records.put(column, value);
            }
        }
        for service in list(incident, "impactedServices").filter_map(Value::as_str) {
            let reason = "only the number of the service is said, not its name".to_owned();
            records.cell(record, "impactedServices", service, reason);
        }
        let created = text(incident, "createdAt").and_then(moment);
        let note = |text: &str| created.map(|at| Note { text: text.to_owned(), ..Note::at(at) });
        records.note(text(incident, "description").and_then(note).into_iter().collect());
    }
    if records.is_empty() && records.refused.is_empty() {
        return Err(NotATable::NoItems { what: "answers of Opsgenie without incidents" });
    }
    Ok(records)
}
