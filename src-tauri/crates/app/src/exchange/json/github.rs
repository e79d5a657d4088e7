//! GitHub's issues: its REST pages, and what `gh issue list --json` prints.
//!
//! 1. A key is `owner/repository#12` where the answer says the repository, else `#12`.
//! 2. Labels say the kind and the severity: the first label that is known for one, else the first of all, so that a
//!    person can say of any label what it stands for.
//! 3. Open, closed, and closed as not planned are three statuses.
//! 4. Pull requests are no issues; they are left out.

use super::super::names;
use super::{Format, NotATable, Parts, Records, list, number_text, shown, text};
use serde_json::Value;

const COLUMNS: [&str; 13] = [
    "Title",
    "Key",
    "Status",
    "Status Category",
    "Type",
    "Severity",
    "Labels",
    "Assignee",
    "Created",
    "Closed",
    "Iteration",
    "Description",
    "Address",
];

pub(super) fn read(parts: &Parts<'_>) -> Result<Records, NotATable> {
    let mut records = Records::new(Format::GitHub, &COLUMNS);
    records.say_unused(parts);
    let issues = parts.issues.iter().chain(&parts.pull_requests);
    let (mut more_owners, mut without_repository) = (0, 0);
    for (record, issue) in issues.enumerate() {
        let number = issue.get("number").and_then(Value::as_number).map(number_text).unwrap_or_default();
        let Some(title) = text(issue, "title") else {
            records.refuse(record, &format!("#{number}"), "the issue has no title", false);
            continue;
        };
        let said = |names: [&str; 2]| names.iter().find_map(|name| text(issue, name)).unwrap_or_default();
        let address = said(["html_url", "url"]);
        let is_pull = issue.get("pull_request").is_some_and(|pull| !pull.is_null())
            || issue.get("isPullRequest").and_then(Value::as_bool).unwrap_or(false)
            || issue.get("head").is_some()
            || issue.get("merged_at").is_some()
            || address.contains("/pull/");
        if is_pull {
            records.refuse(record, &format!("#{number} {title}"), "a pull request is no issue", true);
            continue;
        }
        let labels: Vec<&str> = list(issue, "labels")
            .filter_map(|label| label.as_str().or_else(|| text(label, "name")))
            .collect();
        let kind = issue.get("type").and_then(shown).unwrap_or_else(|| {
            let known = labels.iter().find(|label| names::kind_in_label(label).is_some());
            // A label that says how bad it is says no kind.
            let other = || labels.iter().find(|label| names::severity_in_label(label).is_none());
            known.or_else(other).copied().unwrap_or_default().to_owned()
        });
        let severity = labels.iter().find(|label| names::severity_in_label(label).is_some());
        let owners: Vec<&str> = list(issue, "assignees").filter_map(|owner| text(owner, "login")).collect();
        let owner =
            owners.first().copied().or_else(|| issue.get("assignee").and_then(|one| text(one, "login")));
        more_owners += usize::from(owners.len() > 1);
        let closed = said(["state", "state"]).eq_ignore_ascii_case("closed");
        let reason = said(["state_reason", "stateReason"]).to_ascii_lowercase();
        let (status, category) = match (closed, reason.as_str()) {
            (false, _) => ("open", "To Do"),
            (true, "not_planned" | "duplicate") => ("closed as not planned", "Cancelled"),
            (true, _) => ("closed", "Done"),
        };
        let milestone = issue.get("milestone").and_then(|one| text(one, "title"));
        without_repository += usize::from(key(&number, address).starts_with('#'));
        records.row(record);
        // A field that is there and empty says that there is none; a field that was not asked for says nothing.
        let has = |names: &[&str]| names.iter().any(|name| issue.get(*name).is_some());
        for (column, value, is_said) in [
            ("Title", title, true),
            ("Key", &key(&number, address), true),
            ("Status", status, has(&["state"])),
            ("Status Category", category, has(&["state"])),
            ("Type", &kind, has(&["type", "labels"])),
            ("Severity", severity.copied().unwrap_or_default(), has(&["labels"])),
            ("Labels", &labels.join(","), has(&["labels"])),
            ("Assignee", owner.unwrap_or_default(), has(&["assignee", "assignees"])),
            ("Created", said(["created_at", "createdAt"]), false),
            ("Closed", said(["closed_at", "closedAt"]), has(&["closed_at", "closedAt"])),
            ("Iteration", milestone.unwrap_or_default(), has(&["milestone"])),
            ("Description", said(["body", "body"]), has(&["body"])),
            ("Address", address, false),
        ] {
            if is_said || !value.is_empty() {
                records.put(column, value);
            }
        }
    }
    if without_repository > 0 {
        records.notes.push("The answer does not say the repository, so that the number alone is the key; fetch it with the field url, or say under “Comes from” which repository it is.".to_owned());
    }
    if more_owners > 0 {
        records.notes.push(format!("{more_owners} issues have several owners; the first of each is taken."));
    }
    if records.is_empty() && records.refused.is_empty() {
        return Err(NotATable::NoItems { what: "answers of GitHub without issues" });
    }
    Ok(records)
}

/// `https://github.com/owner/repository/issues/12` is `owner/repository#12`.
fn key(number: &str, address: &str) -> String {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut parts = path.split('/').skip(1);
    let repository = match (parts.next(), parts.next()) {
        // The address of the interface itself has a word before.
        (Some("repos"), Some(owner)) => parts.next().map(|name| format!("{owner}/{name}")),
        (Some(owner), Some(name)) => Some(format!("{owner}/{name}")),
        _ => None,
    };
    format!("{}#{number}", repository.unwrap_or_default())
}
