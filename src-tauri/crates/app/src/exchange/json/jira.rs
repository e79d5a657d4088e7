//! Jira's answers: issues with their change logs, Sprints, statuses.
//!
//! 1. Columns bear the names of Jira's CSV export; fields of a person's own bear the name that the answer gives for
//!    them, else the one that a change log uses, else their number.
//! 2. A change log is a history: what an issue's status, Sprints and numbers were from when on.
//! 3. A Sprint that is closed comes with its dates; one that is not stays a label of the issue (13.3).

use super::super::dates::{self, DateOrder};
use super::super::history::{ItemHistory, OutsideSprint, Timeline};
use super::super::names;
use super::{Format, NotATable, Parts, Records, list, shown, text};
use domain::calendar::{Instant, Zone};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

const COLUMNS: [&str; 14] = [
    "Summary",
    "Issue key",
    "Issue id",
    "Issue Type",
    "Status",
    "Status Category",
    "Priority",
    "Assignee",
    "Created",
    "Resolved",
    "Parent key",
    "Labels",
    "Sprint",
    "Description",
];

/// Fields that became columns of other names, and fields that say nothing of the work.
const READ: [&str; 22] = [
    "summary",
    "issuetype",
    "status",
    "statusCategory",
    "statuscategorychangedate",
    "priority",
    "assignee",
    "created",
    "resolutiondate",
    "parent",
    "epic",
    "labels",
    "sprint",
    "closedSprints",
    "description",
    "lastViewed",
    "workratio",
    "watches",
    "votes",
    "issuerestriction",
    "progress",
    "aggregateprogress",
];

pub(super) fn read(parts: &Parts<'_>) -> Result<Records, NotATable> {
    let mut records = Records::new(Format::Jira, &COLUMNS);
    records.say_unused(parts);
    let mut sprints: BTreeMap<String, OutsideSprint> = BTreeMap::new();
    for sprint in parts.sprints.iter().filter_map(|value| OutsideSprint::of(value)) {
        sprints.insert(sprint.key.clone(), sprint);
    }
    for status in &parts.statuses {
        if let (Some(name), Some(word)) = (text(status, "name"), category(status)) {
            records.history.categories.insert(name.to_owned(), word.to_owned());
        }
    }
    let mut logs: HashMap<&str, Vec<&Value>> = HashMap::new();
    for (issue, change) in &parts.changes {
        if let Some(issue) = issue {
            logs.entry(*issue).or_default().push(change);
        }
    }
    let field_names = field_names(parts);
    let mut known = 0;
    for (record, issue) in parts.issues.iter().enumerate() {
        let (Some(key), Some(fields)) = (text(issue, "key"), issue.get("fields").and_then(Value::as_object))
        else {
            records.refuse(
                record,
                &shown(issue).unwrap_or_default(),
                "this is no issue: it has no key",
                false,
            );
            continue;
        };
        let id = text(issue, "id").unwrap_or_default();
        let of_issue = sprints_of(fields);
        records.row(record);
        put_fields(&mut records, key, id, fields, &of_issue, &field_names);
        let mut current: Vec<String> = of_issue.iter().map(|sprint| sprint.key.clone()).collect();
        current.sort_unstable();
        for sprint in of_issue {
            sprints.entry(sprint.key.clone()).or_insert(sprint);
        }
        let log = issue.get("changelog");
        let (inside, outside) = (log.map(|log| list(log, "histories")), logs.remove(id).unwrap_or_default());
        let changes: Vec<&Value> = inside.into_iter().flatten().chain(outside).collect();
        if log.is_none() && changes.is_empty() {
            continue;
        }
        known += 1;
        if let Some(log) = log {
            let (total, held) = (log.get("total").and_then(Value::as_u64), list(log, "histories").count());
            if total.is_some_and(|total| total > held as u64) && changes.len() == held {
                let total = total.unwrap_or_default();
                let reason =
                    format!("the change log holds {held} of {total} changes; what it lacks is not known");
                records.cell(record, "changelog", key, reason);
            }
        }
        let history = history(&changes, fields, current, &field_names);
        records.history.items.insert(key.to_owned(), history);
    }
    let strangers: usize = logs.values().map(Vec::len).sum();
    if strangers > 0 {
        records.notes.push(format!(
            "{strangers} changes belong to issues that are not in the files; they are not imported."
        ));
    }
    if known == 0 && !records.is_empty() {
        records.notes.push(
            "The issues come without their change logs, so that no past Sprint can be drawn; fetch them with expand=changelog to have them.".to_owned(),
        );
    }
    records.history.sprints = sprints.into_values().collect();
    if records.is_empty() && parts.issues.is_empty() {
        return Err(NotATable::NoItems { what: "answers of Jira without issues" });
    }
    Ok(records)
}

/// What the fields of a person's own are called.
fn field_names<'v>(parts: &Parts<'v>) -> HashMap<&'v str, &'v str> {
    let mut names = HashMap::new();
    let logs = parts.issues.iter().filter_map(|issue| issue.get("changelog"));
    let changes = logs.flat_map(|log| list(log, "histories"));
    for change in changes.chain(parts.changes.iter().map(|(_, change)| *change)) {
        for item in list(change, "items") {
            if let (Some(id), Some(name)) = (text(item, "fieldId"), text(item, "field"))
                && id.starts_with("customfield_")
            {
                names.insert(id, name);
            }
        }
    }
    names.extend(parts.field_names.iter().map(|(id, name)| (*id, *name)));
    names
}

fn put_fields(
    records: &mut Records,
    key: &str,
    id: &str,
    fields: &Map<String, Value>,
    sprints: &[OutsideSprint],
    names: &HashMap<&str, &str>,
) {
    let field = |name: &str| fields.get(name).filter(|value| !value.is_null());
    let named = |name: &str| field(name).and_then(shown);
    records.put("Issue key", key);
    if !id.is_empty() {
        records.put("Issue id", id);
    }
    let epic = fields.iter().find(|(id, value)| {
        names.get(id.as_str()).is_some_and(|name| *name == "Epic Link") && value.is_string()
    });
    let parent = field("parent").or(field("epic")).and_then(|parent| text(parent, "key"));
    let parent = parent.map(str::to_owned).or_else(|| epic.and_then(|(_, key)| shown(key)));
    let category = field("status").and_then(category).map(str::to_owned);
    let open: Vec<&str> =
        sprints.iter().filter(|sprint| !sprint.is_closed()).map(|sprint| sprint.name.as_str()).collect();
    let description = field("description").map(document).filter(|text| !text.is_empty());
    let labels: Vec<&str> =
        field("labels").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    // A field that is there and empty says that there is none; a field that was not asked for says nothing.
    let has = |names: &[&str]| names.iter().any(|name| fields.contains_key(*name));
    for (column, value, is_said) in [
        ("Summary", named("summary"), has(&["summary"])),
        ("Issue Type", named("issuetype"), has(&["issuetype"])),
        ("Status", named("status"), has(&["status"])),
        ("Status Category", category, false),
        ("Priority", named("priority"), has(&["priority"])),
        ("Assignee", field("assignee").and_then(person), has(&["assignee"])),
        ("Created", named("created"), false),
        ("Resolved", named("resolutiondate"), has(&["resolutiondate"])),
        ("Parent key", parent, has(&["parent", "epic"])),
        ("Labels", (!labels.is_empty()).then(|| labels.join(",")), has(&["labels"])),
        ("Sprint", (!open.is_empty()).then(|| open.join(";")), true),
        ("Description", description, has(&["description"])),
    ] {
        if value.is_some() || is_said {
            records.put(column, value.unwrap_or_default());
        }
    }
    for (id, value) in fields {
        if READ.contains(&id.as_str()) || is_sprints(value) {
            continue;
        }
        let name = names.get(id.as_str()).copied().unwrap_or(id);
        if let Some(value) = shown(value).filter(|_| !COLUMNS.contains(&name)) {
            records.put(name, value);
        }
    }
}

/// An assignee: Jira's servers and its cloud call the field otherwise.
fn person(value: &Value) -> Option<String> {
    text(value, "displayName").or_else(|| text(value, "name")).map(str::to_owned)
}

/// What a status means to Jira, in the words of its CSV export.
fn category(status: &Value) -> Option<&'static str> {
    match status.get("statusCategory").and_then(|category| text(category, "key"))? {
        "new" => Some("To Do"),
        "indeterminate" => Some("In Progress"),
        "done" => Some("Done"),
        _ => None,
    }
}

/// A description: text, or a document of Jira's own as text.
fn document(value: &Value) -> String {
    fn write(node: &Value, into: &mut String) {
        if let Some(text) = node.get("text").and_then(Value::as_str) {
            into.push_str(text);
        }
        let kind = node.get("type").and_then(Value::as_str).unwrap_or_default();
        match kind {
            "hardBreak" => into.push('\n'),
            "listItem" => into.push_str("- "),
            "mention" | "emoji" | "inlineCard" => {
                let attributes = node.get("attrs");
                let said = |name: &str| attributes.and_then(|attributes| text(attributes, name));
                into.push_str(said("text").or_else(|| said("url")).unwrap_or_default());
            }
            _ => {}
        }
        list(node, "content").for_each(|part| write(part, into));
        if matches!(kind, "paragraph" | "heading" | "codeBlock") {
            into.push('\n');
        }
    }
    match value {
        Value::String(text) => text.clone(),
        document => {
            let mut written = String::new();
            write(document, &mut written);
            written.trim_end().to_owned()
        }
    }
}

/// The Sprints in which an issue is or was, each once.
fn sprints_of(fields: &Map<String, Value>) -> Vec<OutsideSprint> {
    let mut sprints: Vec<OutsideSprint> = Vec::new();
    let single = fields.get("sprint").into_iter();
    let lists = fields.values().filter(|value| is_sprints(value)).filter_map(Value::as_array).flatten();
    for sprint in single.chain(lists).filter_map(OutsideSprint::of) {
        if sprints.iter().all(|known| known.key != sprint.key) {
            sprints.push(sprint);
        }
    }
    sprints
}

/// Whether a field holds Sprints, in the way of Jira's cloud or in that of its old servers.
fn is_sprints(value: &Value) -> bool {
    let Some(first) = value.as_array().and_then(|values| values.first()) else { return false };
    let is_old = || first.as_str().is_some_and(|text| text.contains(".sprint.Sprint@"));
    is_old()
        || (first.get("state").is_some()
            && first.get("name").is_some()
            && (first.get("boardId").is_some() || first.get("originBoardId").is_some()))
}

impl OutsideSprint {
    fn of(value: &Value) -> Option<OutsideSprint> {
        if let Some(old) = value.as_str() {
            return OutsideSprint::of_old(old);
        }
        let key = value.get("id").and_then(shown)?;
        let at = |name: &str| text(value, name).and_then(moment);
        let state = text(value, "state").unwrap_or_default().to_ascii_lowercase();
        Some(OutsideSprint {
            key,
            name: text(value, "name")?.to_owned(),
            goal: text(value, "goal").unwrap_or_default().to_owned(),
            started: at("startDate").filter(|_| state != "future"),
            ends: at("endDate"),
            closed: at("completeDate").filter(|_| state == "closed"),
        })
    }

    /// `com.atlassian.greenhopper.service.sprint.Sprint@1a2b[id=7,state=CLOSED,name=Sprint 7,startDate=…]`
    fn of_old(text: &str) -> Option<OutsideSprint> {
        let (_, inner) = text.strip_suffix(']')?.split_once('[')?;
        let mut fields: HashMap<&str, String> = HashMap::new();
        let mut last = "";
        for part in inner.split(',') {
            match part.split_once('=') {
                Some((name, value)) if name.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    fields.insert(name, value.to_owned());
                    last = name;
                }
                // A name or a goal may hold a comma.
                _ => {
                    if let Some(value) = fields.get_mut(last) {
                        value.push(',');
                        value.push_str(part);
                    }
                }
            }
        }
        let said = |name: &str| fields.get(name).filter(|value| *value != "<null>").cloned();
        let at = |name: &str| said(name).as_deref().and_then(moment);
        Some(OutsideSprint {
            key: said("id")?,
            name: said("name")?,
            goal: said("goal").unwrap_or_default(),
            started: at("startDate"),
            ends: at("endDate"),
            closed: at("completeDate"),
        })
    }
}

fn moment(text: &str) -> Option<Instant> {
    dates::read(text, DateOrder::DayFirst, Zone::UTC).ok()
}

/// What an issue's change log says, from its creation on.
fn history(
    changes: &[&Value],
    fields: &Map<String, Value>,
    current: Vec<String>,
    names: &HashMap<&str, &str>,
) -> ItemHistory {
    let order = |change: &&Value| {
        let number = text(change, "id").and_then(|id| id.parse::<u64>().ok());
        Some((moment(text(change, "created")?)?, number))
    };
    let mut dated: Vec<((Instant, Option<u64>), &Value)> =
        changes.iter().filter_map(|change| Some((order(change)?, *change))).collect();
    dated.sort_by_key(|(order, _)| *order);
    dated.dedup_by(|one, other| one.0 == other.0 && one.0.1.is_some());

    let status = fields.get("status");
    let status_name = status.and_then(|status| text(status, "name")).unwrap_or_default().to_owned();
    let status_id = status.and_then(|status| text(status, "id"));
    let mut history = ItemHistory::default();
    let (mut statuses, mut sprints): (Timeline<String>, Timeline<Vec<String>>) = Default::default();
    let mut last_status_id = None;
    let mut numbers: BTreeMap<String, Timeline<String>> = BTreeMap::new();
    for ((at, _), change) in &dated {
        for item in list(change, "items") {
            let said = |name: &str| text(item, name).unwrap_or_default();
            match said("field") {
                "status" => {
                    statuses.change(*at, said("fromString").to_owned(), said("toString").to_owned());
                    last_status_id = text(item, "to");
                }
                "Sprint" => sprints.change(*at, keys(said("from")), keys(said("to"))),
                field if names::is_size(field) => {
                    let timeline = numbers.entry(field.to_owned()).or_default();
                    timeline.change(*at, said("fromString").to_owned(), said("toString").to_owned());
                }
                _ => {}
            }
        }
    }
    // A status that was renamed since bears its new name.
    if last_status_id.is_some() && last_status_id == status_id {
        statuses.rename_last(&status_name);
    }
    statuses.end_with(status_name);
    sprints.end_with(current);
    for (id, value) in fields {
        let name = names.get(id.as_str()).copied().unwrap_or(id);
        if names::is_size(name) {
            numbers.entry(name.to_owned()).or_default().end_with(shown(value).unwrap_or_default());
        }
    }
    (history.statuses, history.sprints, history.numbers) = (statuses, sprints, numbers);
    history
}

/// `38, 40`
fn keys(text: &str) -> Vec<String> {
    let mut keys: Vec<String> =
        text.split(',').map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned).collect();
    keys.sort_unstable();
    keys
}
