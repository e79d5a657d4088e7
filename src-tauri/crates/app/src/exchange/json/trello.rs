//! Trello: cards as items, lists as statuses.
//!
//! 1. A card's key is its short link, which is the same wherever the card goes.
//! 2. A list is a status; a card that was archived has a status of its own for its list, because its work has ended:
//!    done where the list says so, else cancelled.
//! 3. A card's creation is in its number; when it came into its list is in the board's actions, where they are exported.
//! 4. A template is no work, and is left out.

use super::super::dates::{self, DateOrder};
use super::super::names;
use super::{Format, NotATable, Parts, Records, list, text};
use chrono::DateTime;
use domain::backlog::Category;
use domain::calendar::{Instant, Zone};
use serde_json::Value;
use std::collections::HashMap;

const COLUMNS: [&str; 14] = [
    "Name",
    "Key",
    "List",
    "Status Category",
    "Labels",
    "Assignee",
    "Created",
    "Description",
    "Board",
    "Due",
    "Start",
    "Checklist items",
    "Attachments",
    "Address",
];

pub(super) fn read(parts: &Parts<'_>) -> Result<Records, NotATable> {
    let by_id = |values: &[&'_ Value], name: &str| -> HashMap<String, (String, bool)> {
        let named = values.iter().filter_map(|value| {
            let closed = value.get("closed").and_then(Value::as_bool).unwrap_or(false);
            Some((text(value, "id")?.to_owned(), (text(value, name)?.to_owned(), closed)))
        });
        named.collect()
    };
    let lists = by_id(&parts.lists, "name");
    let members = by_id(&parts.members, "fullName");
    let labels = by_id(&parts.labels, "name");
    let mut check_items: HashMap<&str, usize> = HashMap::new();
    for checklist in &parts.checklists {
        if let Some(card) = text(checklist, "idCard") {
            *check_items.entry(card).or_default() += list(checklist, "checkItems").count();
        }
    }
    let mut records = Records::new(Format::Trello, &COLUMNS);
    records.say_unused(parts);
    let mut without_list = 0;
    for (record, card) in parts.issues.iter().enumerate() {
        let (Some(name), Some(id)) = (text(card, "name"), text(card, "id")) else {
            let shown = text(card, "shortLink").unwrap_or_default();
            records.refuse(record, shown, "the card has no name", false);
            continue;
        };
        let is = |field: &str| card.get(field).and_then(Value::as_bool).unwrap_or(false);
        if is("isTemplate") {
            records.refuse(record, name, "this card is a template, not work", true);
            continue;
        }
        let key = text(card, "shortLink").unwrap_or(id);
        let in_list = text(card, "idList").and_then(|list| lists.get(list));
        without_list += usize::from(in_list.is_none());
        let status =
            in_list.map(|(list, closed)| if is("closed") || *closed { archived(list) } else { list.clone() });
        records.row(record);
        records.put("Name", name);
        records.put("Key", key);
        let names = |field: &str, known: &HashMap<String, (String, bool)>| {
            let ids = list(card, field).filter_map(Value::as_str);
            let named: Vec<&str> =
                ids.filter_map(|id| known.get(id)).map(|(name, _)| name.as_str()).collect();
            named.join(",")
        };
        // A label without a name is known by its colour.
        let own =
            list(card, "labels").filter_map(|label| text(label, "name").or_else(|| text(label, "color")));
        let own: Vec<&str> = own.collect();
        let labelled = if own.is_empty() { names("idLabels", &labels) } else { own.join(",") };
        let owners = names("idMembers", &members);
        let count = check_items.get(id).copied().unwrap_or_default();
        let attachments = card.get("attachments").and_then(Value::as_array).map_or(0, Vec::len);
        for (column, value) in [
            ("List", status.clone().unwrap_or_default()),
            ("Status Category", status.as_deref().and_then(ending).unwrap_or_default().to_owned()),
            ("Labels", labelled),
            ("Assignee", owners.split(',').next().unwrap_or_default().to_owned()),
            ("Created", created(id).unwrap_or_default()),
            ("Description", text(card, "desc").unwrap_or_default().to_owned()),
            ("Board", text(card, "idBoard").unwrap_or_default().to_owned()),
            ("Due", text(card, "due").unwrap_or_default().to_owned()),
            ("Start", text(card, "start").unwrap_or_default().to_owned()),
            ("Checklist items", if count > 0 { count.to_string() } else { String::new() }),
            ("Attachments", if attachments > 0 { attachments.to_string() } else { String::new() }),
            ("Address", text(card, "shortUrl").unwrap_or_default().to_owned()),
        ] {
            let is_said = matches!(column, "List" | "Labels" | "Assignee" | "Description");
            if is_said || !value.is_empty() {
                records.put(column, value);
            }
        }
        if let Some(status) = status {
            moves(&mut records, parts, id, key, status);
        }
    }
    if without_list > 0 {
        records.notes.push(format!(
            "{without_list} cards lie in lists that are not in the files; they come into the first state. Import the lists together with the cards."
        ));
    }
    if records.is_empty() && parts.issues.is_empty() {
        return Err(NotATable::NoItems { what: "answers of Trello without cards" });
    }
    Ok(records)
}

/// The status of an archived card.
fn archived(list: &str) -> String {
    format!("{list} (archived)")
}

/// What the status of an archived card means; open lists are known by their names.
fn ending(status: &str) -> Option<&'static str> {
    let list = status.strip_suffix(" (archived)")?;
    Some(if names::category(list) == Some(Category::Done) { "Done" } else { "Cancelled" })
}

/// When a card came into its lists, by the board's actions.
fn moves(records: &mut Records, parts: &Parts<'_>, card: &str, key: &str, status: String) {
    let mut moves: Vec<(Instant, &str, &str)> = Vec::new();
    for action in &parts.actions {
        let data = action.get("data");
        let of =
            |name: &str, field: &str| data.and_then(|data| data.get(name)).and_then(|one| text(one, field));
        if of("card", "id") != Some(card) {
            continue;
        }
        let at = text(action, "date").and_then(|date| dates::read(date, DateOrder::DayFirst, Zone::UTC).ok());
        if let (Some(at), Some(from), Some(to)) = (at, of("listBefore", "name"), of("listAfter", "name")) {
            moves.push((at, from, to));
        }
    }
    if moves.is_empty() {
        return;
    }
    moves.sort_by_key(|(at, ..)| *at);
    let history = records.history.items.entry(key.to_owned()).or_default();
    for (at, from, to) in moves {
        history.statuses.change(at, from.to_owned(), to.to_owned());
    }
    history.statuses.end_with(status);
}

/// The first eight digits of a number are the second in which it was made.
fn created(id: &str) -> Option<String> {
    let seconds = i64::from_str_radix(id.get(..8)?, 16).ok()?;
    Some(DateTime::from_timestamp(seconds, 0)?.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}
