//! What status pages tell of outages and maintenance: Markdown with a head, Statuspage's answers, Upptime's issues.
//!
//! 1. Each notice becomes one outage a service, or one for each state in which a service was during it, where that is told.
//! 2. When it ended is what the notice says: its own field, else its last dated update before a postmortem. A notice that
//!    is over without saying when is not taken until a person says it.
//! 3. What ends before it begins, has a date that cannot be read, or names nothing that was down is named by its line (of
//!    JSON, by its record) and not taken.
//! 4. A time without an offset is in the team's zone.

use super::super::dates::{self, DateOrder};
use super::super::names;
use super::super::yaml;
use super::{SeenAs, Wrong};
use domain::calendar::{Instant, Zone};
use serde_json::Value;
use std::collections::HashMap;

/// Who wrote a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Markdown with a head, as static sites have it; cState's is one.
    Markdown,
    /// Answers of Statuspage.
    Statuspage,
    /// Issues that Upptime opens.
    Upptime,
}

impl Layout {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Markdown => "status page",
            Layout::Statuspage => "Statuspage",
            Layout::Upptime => "Upptime",
        }
    }
}

/// When something ended, as a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Then.
    At(Instant),
    /// It lasts still.
    Open,
    /// It is over, and nobody says since when.
    NotSaid,
}

/// A time in which a service was in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The service, as the page calls it.
    pub service: String,
    /// The state, as the page calls it.
    pub word: String,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub end: End,
}

/// One notice of a status page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its line, or its record.
    pub line: u32,
    /// By what the page knows it.
    pub key: String,
    /// Its title.
    pub title: String,
    /// When it was announced, where it is work that was.
    pub announced: Option<Instant>,
    /// The services in their states.
    pub parts: Vec<Part>,
    /// Whether the end is that of its last update.
    pub by_update: bool,
}

/// What a page tells.
#[derive(Debug, Default)]
pub struct Page {
    /// The notices.
    pub notices: Vec<Notice>,
    /// What cannot be taken.
    pub wrong: Vec<Wrong>,
}

/// The layout of a text; none where it is no page.
pub fn layout(text: &str) -> Option<Layout> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if let Some((_, head, _)) = head(text) {
        let head = yaml::documents(&head).ok()?;
        let head = head.first()?;
        let names_what = ["affectedSystems", "affected"].iter().any(|name| head.get(name).is_some());
        let is_notice = head.get("severity").is_some() && head.get("date").is_some();
        return (is_notice && (names_what || head.get("resolved").is_some())).then_some(Layout::Markdown);
    }
    if !start.starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    if value["incidents"].is_array() || value["scheduled_maintenances"].is_array() {
        let mut all = ["incidents", "scheduled_maintenances"].iter().flat_map(|list| records(&value[*list]));
        let is_told = |one: &Value| one["incident_updates"].is_array() || one["impact"].is_string();
        return (value["page"].is_object() || all.any(is_told)).then_some(Layout::Statuspage);
    }
    let issues = value.as_array()?;
    issues.iter().any(|issue| of_upptime(issue).is_some()).then_some(Layout::Upptime)
}

/// Reads what a text tells; a text of Markdown is one notice, known by the name of its file.
pub fn read(text: &str, layout: Layout, name: &str, zone: Zone) -> Page {
    let mut page = Page::default();
    match layout {
        Layout::Markdown => match markdown(text, name, zone) {
            Ok(notice) => page.notices.push(notice),
            Err(wrong) => page.wrong.push(wrong),
        },
        Layout::Statuspage | Layout::Upptime => match serde_json::from_str::<Value>(text) {
            Err(error) => {
                let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
                page.wrong.push(Wrong::at(line, "", "this is no JSON"));
            }
            Ok(value) if layout == Layout::Statuspage => statuspage(&value, zone, &mut page),
            Ok(value) => upptime(&value, zone, &mut page),
        },
    }
    page
}

/// What a state stands for, by its word; none where that is not known.
pub fn seen_as(word: &str) -> Option<SeenAs> {
    Some(match names::plain(word).as_str() {
        "operational" | "up" => SeenAs::Up,
        "major outage" | "outage" | "down" | "critical" | "major" | "full outage" => SeenAs::Full,
        "partial outage" | "disrupted" | "minor" | "partial" => SeenAs::Partial,
        "degraded performance" | "degraded" | "notice" => SeenAs::Degraded,
        "under maintenance" | "maintenance" => SeenAs::Maintenance,
        "none" => SeenAs::LeaveOut,
        _ => return None,
    })
}

fn moment(text: &str, zone: Zone) -> Result<Instant, String> {
    dates::read(text, DateOrder::DayFirst, zone).map_err(|refused| refused.to_string())
}

/// The head of a Markdown file between its two lines of dashes, with the line on which it begins, and the rest.
fn head(text: &str) -> Option<(u32, String, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let rest = text.strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((2, rest.get(..at)?.to_owned(), rest.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

fn markdown(text: &str, name: &str, zone: Zone) -> Result<Notice, Wrong> {
    let (first, head, body) =
        head(text).ok_or_else(|| Wrong::at(1, "", "it has no head between lines of dashes"))?;
    let below = |line: u32| line + first - 1;
    let documents =
        yaml::documents(&head).map_err(|refused| Wrong::at(below(refused.line), "", refused.reason))?;
    let head = documents.first().ok_or_else(|| Wrong::at(1, "", "its head says nothing"))?;
    let dated = |names: &[&str]| -> Result<Option<Instant>, Wrong> {
        let Some(node) = names.iter().find_map(|name| head.get(name)) else { return Ok(None) };
        let said = node.text().unwrap_or_default();
        moment(said, zone).map(Some).map_err(|reason| Wrong::at(below(node.line), said, reason))
    };
    let title = head.text_of("title").unwrap_or(name).to_owned();
    if head.is("informational") == Some(true) {
        return Err(Wrong::on_purpose(1, &title, "it informs only: nothing was down"));
    }
    let from = dated(&["date", "started"])?
        .ok_or_else(|| Wrong::at(below(head.line), &title, "it does not say when it began"))?;
    let severity = head
        .text_of("severity")
        .ok_or_else(|| Wrong::at(below(head.line), &title, "it does not say how bad it was"))?;
    let affected = ["affectedSystems", "affected", "systems"].iter().find_map(|name| head.get(name));
    let mut services: Vec<String> = match affected {
        Some(node) if node.text().is_some() => node.text().into_iter().map(str::to_owned).collect(),
        Some(node) => node.list().iter().filter_map(|one| one.text().map(str::to_owned)).collect(),
        None => Vec::new(),
    };
    services.dedup();
    if services.is_empty() {
        return Err(Wrong::at(below(head.line), &title, "it does not say which services were affected"));
    }
    let said = dated(&["resolvedWhen", "resolvedAt", "ended"])?;
    let last = if said.is_some() { None } else { last_update(body, zone, below(head_lines(text)))? };
    let end = match (said.or(last), head.is("resolved")) {
        (_, Some(false)) => End::Open,
        (Some(at), _) => End::At(at),
        (None, _) => End::NotSaid,
    };
    let part = |service: String| Part { service, word: severity.to_owned(), from, end };
    Ok(Notice {
        line: 1,
        key: if name.is_empty() { format!("{title} {}", from.millis()) } else { name.to_owned() },
        title,
        announced: Some(from),
        parts: services.into_iter().map(part).collect(),
        by_update: last.is_some() && said.is_none(),
    })
}

/// How many lines the head takes, with its dashes.
fn head_lines(text: &str) -> u32 {
    let dashes = text.lines().enumerate().filter(|(_, line)| line.trim_end() == "---");
    dashes.map(|(line, _)| line).nth(1).map_or(0, |line| u32::try_from(line).unwrap_or(u32::MAX))
}

/// The latest dated update of a notice, before its postmortem.
fn last_update(body: &str, zone: Zone, before: u32) -> Result<Option<Instant>, Wrong> {
    let mut latest: Option<Instant> = None;
    for (line, text) in (before + 1..).zip(body.lines()) {
        let heading = text.trim_start_matches('#');
        if heading.len() < text.len() && names::plain(heading).replace(' ', "").contains("postmortem") {
            break;
        }
        let mut rest = text;
        while let Some((_, update)) = rest.split_once("<Update") {
            let tag = update.split('>').next().unwrap_or_default();
            rest = update;
            let Some((_, dated)) = tag.split_once("date=") else { continue };
            let quote = dated.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let said = quote.and_then(|quote| dated.get(1..)?.split(quote).next()).unwrap_or_default();
            let at = moment(said, zone).map_err(|reason| Wrong::at(line, said, reason))?;
            latest = Some(latest.map_or(at, |known| known.max(at)));
        }
    }
    Ok(latest)
}

/// The records of a list.
fn records(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text<'v>(value: &'v Value, names: &[&str]) -> Option<&'v str> {
    names.iter().find_map(|name| value[*name].as_str()).filter(|text| !text.is_empty())
}

fn statuspage(value: &Value, zone: Zone, page: &mut Page) {
    let lists = [("incidents", false), ("scheduled_maintenances", true)];
    let all = lists.iter().flat_map(|(list, is_work)| records(&value[*list]).map(move |one| (one, *is_work)));
    for (record, (incident, is_work)) in (1..).zip(all) {
        match of_statuspage(incident, is_work, record, zone) {
            Ok(notice) => page.notices.push(notice),
            Err(wrong) => page.wrong.push(wrong),
        }
    }
}

fn of_statuspage(incident: &Value, is_work: bool, record: u32, zone: Zone) -> Result<Notice, Wrong> {
    let title = text(incident, &["name"]).unwrap_or("Incident").to_owned();
    let dated = |value: &Value, names: &[&str]| -> Result<Option<Instant>, Wrong> {
        let said = text(value, names);
        said.map(|said| moment(said, zone).map_err(|reason| Wrong::at(record, said, reason))).transpose()
    };
    let begins =
        if is_work { &["scheduled_for", "started_at"][..] } else { &["started_at", "created_at"][..] };
    let from =
        dated(incident, begins)?.ok_or_else(|| Wrong::at(record, &title, "it does not say when it began"))?;
    let status = text(incident, &["status"]).unwrap_or_default();
    let ended = dated(incident, &["resolved_at"])?;
    let planned = if is_work { dated(incident, &["scheduled_until"])? } else { None };
    let end = match ended.or(planned) {
        Some(at) => End::At(at),
        None if matches!(status, "resolved" | "postmortem" | "completed") => End::NotSaid,
        None => End::Open,
    };
    let impact = if is_work { "maintenance" } else { text(incident, &["impact"]).unwrap_or_default() };
    let mut parts = Vec::new();
    if !is_work {
        // What each update says of the services it names holds until the next one that names them.
        let mut updates = Vec::new();
        for update in records(&incident["incident_updates"]) {
            let at = dated(update, &["display_at", "created_at"])?.unwrap_or(from);
            for service in records(&update["affected_components"]) {
                if let (Some(name), Some(word)) = (text(service, &["name"]), text(service, &["new_status"])) {
                    updates.push((at, name.to_owned(), word.to_owned()));
                }
            }
        }
        updates.sort_by_key(|(at, ..)| *at);
        let mut open: Vec<Part> = Vec::new();
        for (at, service, word) in updates {
            match open.iter_mut().find(|part| part.service == service) {
                Some(part) if part.word == word => {}
                Some(part) => {
                    let next = Part { service, word, from: at, end };
                    let mut done = std::mem::replace(part, next);
                    done.end = End::At(at);
                    parts.push(done);
                }
                // The first update is when people heard of it; the incident began when it says.
                None => open.push(Part { service, word, from: from.min(at), end }),
            }
        }
        parts.append(&mut open);
        parts.retain(|part| seen_as(&part.word) != Some(SeenAs::Up));
        parts.sort_by(|one, other| (one.from, &one.service).cmp(&(other.from, &other.service)));
    }
    if parts.is_empty() {
        let named = records(&incident["components"]).filter_map(|service| text(service, &["name"]));
        parts = named
            .map(|service| Part { service: service.to_owned(), word: impact.to_owned(), from, end })
            .collect();
    }
    if parts.is_empty() {
        return Err(Wrong::at(record, &title, "it does not say which services were affected"));
    }
    let announced = if is_work { dated(incident, &["created_at"])? } else { None };
    let key = text(incident, &["id", "shortlink"]).unwrap_or(&title).to_owned();
    Ok(Notice { line: record, key, title, announced, parts, by_update: false })
}

/// What an issue of Upptime is.
enum OfUpptime<'v> {
    Down { service: &'v str, word: &'static str },
    Work,
}

fn of_upptime(issue: &Value) -> Option<OfUpptime<'_>> {
    let labels = labels(issue);
    if labels.contains(&"maintenance") {
        return Some(OfUpptime::Work);
    }
    let title = text(issue, &["title"])?;
    let title = title.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !letter.is_ascii());
    let title = title.trim_start();
    let (service, word) = match title.strip_suffix(" is down") {
        Some(service) => (service, "down"),
        None => (title.strip_suffix(" has degraded performance")?, "degraded performance"),
    };
    labels.contains(&"status").then_some(OfUpptime::Down { service, word })
}

fn labels(issue: &Value) -> Vec<&str> {
    records(&issue["labels"]).filter_map(|label| label.as_str().or_else(|| label["name"].as_str())).collect()
}

fn upptime(value: &Value, zone: Zone, page: &mut Page) {
    // Work names services by their short names; what these stand for, the labels of other issues say.
    let mut called: HashMap<&str, &str> = HashMap::new();
    for issue in records(value) {
        if let Some(OfUpptime::Down { service, .. }) = of_upptime(issue) {
            for label in labels(issue).into_iter().filter(|label| *label != "status") {
                called.entry(label).or_insert(service);
            }
        }
    }
    for (record, issue) in (1..).zip(records(value)) {
        let title = text(issue, &["title"]).unwrap_or_default();
        let said = match of_upptime(issue) {
            Some(OfUpptime::Down { service, word }) => {
                let part = |from, end| Part { service: service.to_owned(), word: word.to_owned(), from, end };
                issue_of(issue, record, zone).map(|(from, end)| (vec![part(from, end)], None))
            }
            Some(OfUpptime::Work) => {
                work_of(issue, record, zone, &called).map(|(parts, at)| (parts, Some(at)))
            }
            None => Err(Wrong::on_purpose(
                record,
                title,
                "it is no notice that a service is down, and no maintenance",
            )),
        };
        match said {
            Ok((parts, announced)) => {
                let number = issue["number"].as_i64().map(|number| format!("#{number}"));
                let key =
                    number.unwrap_or_else(|| text(issue, &["html_url", "url"]).unwrap_or(title).to_owned());
                let title = title.trim_start_matches(|letter: char| !letter.is_ascii()).trim().to_owned();
                page.notices.push(Notice { line: record, key, title, announced, parts, by_update: false });
            }
            Err(wrong) => page.wrong.push(wrong),
        }
    }
}

/// From when to when an issue was open.
fn issue_of(issue: &Value, record: u32, zone: Zone) -> Result<(Instant, End), Wrong> {
    let dated = |names: &[&str]| -> Result<Option<Instant>, Wrong> {
        let said = text(issue, names);
        said.map(|said| moment(said, zone).map_err(|reason| Wrong::at(record, said, reason))).transpose()
    };
    let title = text(issue, &["title"]).unwrap_or_default();
    let from = dated(&["created_at", "createdAt"])?
        .ok_or_else(|| Wrong::at(record, title, "it does not say when it began"))?;
    let is_closed = text(issue, &["state"]).is_some_and(|state| state.eq_ignore_ascii_case("closed"));
    let end = match dated(&["closed_at", "closedAt"])? {
        Some(at) => End::At(at),
        None if is_closed => End::NotSaid,
        None => End::Open,
    };
    Ok((from, end))
}

/// Work as the comment in an issue's text plans it, and when the issue was opened.
fn work_of(
    issue: &Value,
    record: u32,
    zone: Zone,
    called: &HashMap<&str, &str>,
) -> Result<(Vec<Part>, Instant), Wrong> {
    let title = text(issue, &["title"]).unwrap_or_default();
    let (opened, _) = issue_of(issue, record, zone)?;
    let body = text(issue, &["body"]).unwrap_or_default();
    let planned = body.split_once("<!--").and_then(|(_, rest)| rest.split_once("-->"));
    let (planned, _) =
        planned.ok_or_else(|| Wrong::at(record, title, "its text does not say start and end"))?;
    let said = |name: &str| {
        let line = planned.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'));
        line.map(str::trim)
    };
    let dated = |name: &str| -> Result<Instant, Wrong> {
        let said = said(name)
            .ok_or_else(|| Wrong::at(record, title, format!("its text does not say its {name}")))?;
        moment(said, zone).map_err(|reason| Wrong::at(record, said, reason))
    };
    let (from, to) = (dated("start")?, dated("end")?);
    let slugs = [said("expectedDown"), said("expectedDegraded")];
    let slugs = slugs.iter().flatten().flat_map(|slugs| slugs.split(','));
    let slugs: Vec<&str> = slugs.map(str::trim).filter(|slug| !slug.is_empty()).collect();
    if slugs.is_empty() {
        return Err(Wrong::at(record, title, "it does not say which services were affected"));
    }
    let part = |slug: &&str| Part {
        service: (*called.get(slug).unwrap_or(slug)).to_owned(),
        word: "maintenance".to_owned(),
        from,
        end: End::At(to),
    };
    Ok((slugs.iter().map(part).collect(), opened))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(name: &str, written: &str, expected: Expect) {
        let layout = layout(written).expect("a page");
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let page = read(written, layout, name, zone);
        let time = |at: Instant| Zone::UTC.local(at).format("%m-%d %H:%M").to_string();
        let mut told = format!("{}\n", layout.name());
        for Notice { line, key, title, announced, parts, by_update } in &page.notices {
            let announced = announced.map_or(String::new(), |at| format!(", announced {}", time(at)));
            let by = if *by_update { ", by its last update" } else { "" };
            told += &format!("{line}: {key} “{title}”{announced}{by}\n");
            for Part { service, word, from, end } in parts {
                let end = match end {
                    End::At(at) => time(*at),
                    other => format!("{other:?}"),
                };
                told += &format!("  {service}: {word} {}–{end}\n", time(*from));
            }
        }
        for Wrong { line, value, reason, .. } in &page.wrong {
            told += &format!("{line}: not “{value}”: {reason}\n");
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn a_markdown_notice_ends_with_its_last_update_before_the_postmortem() {
        check(
            "2026-03-01-lb",
            "---\ntitle: Load balancer\ndate: 2026-03-01T10:00:00Z\nseverity: major-outage\naffectedSystems:\n  - api\n  - maps\n\
             resolved: true\n---\n\nDown.\n\n<Update date=\"2026-03-01T12:30:00+01:00\">Back.</Update>\n\n## Postmortem\n\n\
             <Update date=\"2026-03-04T10:00:00Z\">Why.</Update>\n",
            expect![[r#"
                status page
                1: 2026-03-01-lb “Load balancer”, announced 03-01 10:00, by its last update
                  api: major-outage 03-01 10:00–03-01 11:30
                  maps: major-outage 03-01 10:00–03-01 11:30
            "#]],
        );
    }

    #[test]
    fn a_notice_of_cstate_says_when_it_was_resolved_and_one_that_informs_is_left_out() {
        check(
            "lights",
            "---\nsection: issue\ntitle: Lights out\ndate: 2026-03-01 11:00:00\nresolved: true\nresolvedWhen: 2026-03-01 11:45:00\n\
             affected: [API, CDN]\nseverity: disrupted\n---\nGone.\n",
            expect![[r#"
                status page
                1: lights “Lights out”, announced 03-01 10:00
                  API: disrupted 03-01 10:00–03-01 10:45
                  CDN: disrupted 03-01 10:00–03-01 10:45
            "#]],
        );
        check(
            "",
            "---\ntitle: News\ndate: 2026-03-01\nseverity: notice\naffected: [API]\ninformational: true\n---\n",
            expect![[r#"
                status page
                1: not “News”: it informs only: nothing was down
            "#]],
        );
    }

    #[test]
    fn what_a_notice_does_not_say_is_not_guessed() {
        check(
            "over",
            "---\ntitle: Over\ndate: 2026-03-01T10:00:00Z\nseverity: major-outage\naffected: [api]\nresolved: true\n---\nIt is over.\n",
            expect![[r#"
                status page
                1: over “Over”, announced 03-01 10:00
                  api: major-outage 03-01 10:00–NotSaid
            "#]],
        );
        check(
            "zone",
            "---\ntitle: Zone\ndate: 2026-03-01T10:00:00Z\nseverity: down\naffected: [api]\nresolved: true\n---\nText\n<Update date='2026-03-01 10:00 EST'>x</Update>\n",
            expect![[r#"
                status page
                9: not “2026-03-01 10:00 EST”: the time zone is not one that can be read for certain
            "#]],
        );
    }

    #[test]
    fn statuspage_tells_the_state_of_each_service_by_its_updates() {
        check(
            "",
            r#"{"page": {"id": "p"}, "incidents": [
                {"id": "a1", "name": "Slow", "status": "resolved", "impact": "minor", "created_at": "2026-03-01T10:00:00Z",
                 "resolved_at": "2026-03-01T12:00:00Z", "incident_updates": [
                   {"created_at": "2026-03-01T12:00:00Z", "affected_components": [{"name": "API", "new_status": "operational"}]},
                   {"created_at": "2026-03-01T11:00:00Z", "affected_components": [{"name": "API", "new_status": "major_outage"}]},
                   {"created_at": "2026-03-01T10:05:00Z", "affected_components": [{"name": "API", "new_status": "degraded_performance"}]}]},
                {"id": "a2", "name": "Open", "status": "identified", "impact": "critical", "created_at": "2026-03-02T10:00:00Z",
                 "resolved_at": null, "incident_updates": [], "components": [{"name": "API"}, {"name": "Web"}]},
                {"id": "a3", "name": "Nobody", "status": "resolved", "impact": "minor", "created_at": "2026-03-02T10:00:00Z", "incident_updates": []}],
              "scheduled_maintenances": [
                {"id": "m1", "name": "Database", "status": "completed", "impact": "maintenance", "created_at": "2026-03-01T08:00:00Z",
                 "scheduled_for": "2026-03-05T08:00:00Z", "scheduled_until": "2026-03-05T09:00:00Z", "components": [{"name": "API"}]}]}"#,
            expect![[r#"
                Statuspage
                1: a1 “Slow”
                  API: degraded_performance 03-01 10:00–03-01 11:00
                  API: major_outage 03-01 11:00–03-01 12:00
                2: a2 “Open”
                  API: critical 03-02 10:00–Open
                  Web: critical 03-02 10:00–Open
                4: m1 “Database”, announced 03-01 08:00
                  API: maintenance 03-05 08:00–03-05 09:00
                3: not “Nobody”: it does not say which services were affected
            "#]],
        );
    }

    #[test]
    fn upptime_s_issues_are_outages_and_planned_work() {
        check(
            "",
            r#"[{"number": 7, "title": "🛑 Web shop is down", "state": "closed", "labels": [{"name": "status"}, {"name": "web-shop"}],
                 "created_at": "2026-03-01T10:00:00Z", "closed_at": "2026-03-01T10:20:00Z", "body": ""},
                {"number": 8, "title": "⚠️ API has degraded performance", "state": "open", "labels": ["status", "api"],
                 "created_at": "2026-03-02T10:00:00Z", "closed_at": null},
                {"number": 9, "title": "New disks", "state": "closed", "labels": [{"name": "maintenance"}], "created_at": "2026-03-01T09:00:00Z",
                 "closed_at": "2026-03-03T10:00:00Z", "body": "<!--\nstart: 2026-03-03T08:00:00+00:00\nend: 2026-03-03T09:00:00+00:00\nexpectedDown: web-shop, mail\n-->"},
                {"number": 10, "title": "A question", "state": "open", "labels": [], "created_at": "2026-03-02T10:00:00Z"}]"#,
            expect![[r##"
                Upptime
                1: #7 “Web shop is down”
                  Web shop: down 03-01 10:00–03-01 10:20
                2: #8 “API has degraded performance”
                  API: degraded performance 03-02 10:00–Open
                3: #9 “New disks”, announced 03-01 09:00
                  Web shop: maintenance 03-03 08:00–03-03 09:00
                  mail: maintenance 03-03 08:00–03-03 09:00
                4: not “A question”: it is no notice that a service is down, and no maintenance
            "##]],
        );
    }
}
