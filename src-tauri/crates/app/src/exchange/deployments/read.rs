//! Files that tell of deployments, as records of one shape: delimited lists, answers of GitHub and GitLab, a repository.
//!
//! 1. A file is known by what it holds, whatever its name is.
//! 2. A record has cells in named columns, as a list of deployments would have; one mapping fits all.
//! 3. What a deployment brought stands beside its cells, where the file says it.
//! 4. A record that is no deployment is listed with its number, and so is one that cannot be read.

use super::super::mapping::shortened;
use super::super::rows::{Problem, shortened_line};
use super::super::table::{Reading, Table};
use crate::error::{AppError, sentence};
use domain::calendar::Instant;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// The field by which a repository that was read here is known; it holds the repository's name.
const REPOSITORY: &str = "evenkeelRepository";

/// What wrote a file of deployments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DeploymentsFrom")]
pub enum From {
    /// A delimited list: one deployment, release or tag a row.
    List,
    /// Runs of GitHub’s workflows.
    GitHubRuns,
    /// Deployments of GitHub.
    GitHub,
    /// Deployments of GitLab.
    GitLab,
    /// A local git repository.
    Repository,
}

/// Which commits of a repository are deployments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DeploymentMarks")]
pub enum Marks {
    /// Those that have a tag.
    #[default]
    Tags,
    /// Those of the main line: each merge, and each commit made there.
    MainLine,
}

/// The records of a file.
#[derive(Debug)]
pub struct Records {
    /// What wrote them.
    pub from: From,
    /// What they are called together, where the file says it: the repository, the project.
    pub named: Option<String>,
    /// The names of their columns.
    pub columns: Vec<String>,
    /// The records.
    pub rows: Vec<Record>,
    /// Which commits of a repository there are to choose from, with their number.
    pub marks: Vec<(Marks, u32)>,
    /// Records that are no deployments, or cannot be read.
    pub refused: Vec<Problem>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Its line in the file; its number in JSON.
    pub line: u32,
    /// What stands in each column; empty where nothing does.
    pub cells: Vec<String>,
    /// What it brought, as far as that is said.
    pub commits: Vec<Brought>,
}

/// A commit that a deployment brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brought {
    /// Its hash; may be empty.
    pub sha: String,
    /// When it was written.
    pub written: Option<Instant>,
    /// The first line of its message.
    pub subject: String,
    /// The hash of the commit that it takes back.
    pub reverts: Option<String>,
    /// Whether it only brings others together.
    pub is_merge: bool,
}

/// Reads a file. Refused: what tells of no deployments.
pub fn read(bytes: &[u8], marks: Option<Marks>) -> Result<Records, AppError> {
    let text = std::str::from_utf8(bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes));
    if let Ok(text) = text
        && text.trim_start().starts_with(['{', '['])
    {
        return json(text, marks);
    }
    let table = Table::read(bytes, Reading::default())
        .map_err(|refused| AppError::refused(sentence(&refused.to_string()), refused.way_out()).at("file"))?;
    Ok(list(&table))
}

fn list(table: &Table<'_>) -> Records {
    let mut records = Records::new(From::List, None);
    records.columns = table.columns.iter().map(|column| column.name.clone()).collect();
    let mut rows = table.rows();
    while let Some(row) = rows.next() {
        let line = u32::try_from(row.line).unwrap_or(u32::MAX);
        if row.unclosed {
            records.refuse(line, row.cell(0), "a quotation mark opens here and is never closed", false);
            continue;
        }
        let more = row.width(table.width);
        if more > table.width {
            let reason = format!("the row has {more} cells, the header {}", table.width);
            records.refuse(line, row.cell(0), &reason, false);
            continue;
        }
        // Of several columns of one name the first that holds something speaks.
        let cells = table.columns.iter().map(|column| {
            let cells = column.positions.iter().map(|at| row.cell(*at).trim());
            cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default().to_owned()
        });
        records.rows.push(Record { line, cells: cells.collect(), commits: Vec::new() });
    }
    records
}

fn json(text: &str, marks: Option<Marks>) -> Result<Records, AppError> {
    let mut found = Vec::new();
    // Pages that were fetched one after the other may stand in one file.
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let value = value.map_err(|error| {
            AppError::refused(
                format!("The JSON cannot be read on line {}.", error.line()),
                "Export or fetch it again; the file may have been cut off.",
            )
            .at("file")
        })?;
        gather(value, &mut found);
    }
    let Some(from) = found.iter().find_map(kind) else {
        return Err(AppError::refused(
            "This is JSON, but it tells of no deployments that are known.",
            "Known are deployments and workflow runs of GitHub, and deployments of GitLab, as their interfaces answer.",
        )
        .at("file"));
    };
    let mut records = Records::new(from, None);
    if from == From::Repository {
        for value in &found {
            records.repository(value, marks);
        }
        return Ok(records);
    }
    records.columns = COLUMNS.map(str::to_owned).to_vec();
    for (at, value) in found.iter().enumerate() {
        let line = u32::try_from(at + 1).unwrap_or(u32::MAX);
        if kind(value) != Some(from) {
            records.refuse(line, &value.to_string(), "this is no record like the others", false);
            continue;
        }
        match from {
            From::GitHubRuns => records.run(line, value),
            From::GitHub => records.github(line, value),
            _ => records.gitlab(line, value),
        }
    }
    Ok(records)
}

/// The records of a value: of a list, of an answer that holds one, or itself.
fn gather(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| gather(value, found)),
        Value::Object(mut fields) => {
            for name in ["workflow_runs", "deployments", "nodes", "repository", "data"] {
                let is_inside = matches!(fields.get(name), Some(Value::Array(_) | Value::Object(_)));
                // A deployment or a run names its repository, too; an answer that wraps others is nothing else.
                if is_inside && kind_of(&fields).is_none() {
                    if let Some(inside) = fields.remove(name) {
                        gather(inside, found);
                    }
                    return;
                }
            }
            found.push(Value::Object(fields));
        }
        other => found.push(other),
    }
}

fn kind(value: &Value) -> Option<From> {
    kind_of(value.as_object()?)
}

fn kind_of(fields: &Map<String, Value>) -> Option<From> {
    let has = |name: &str| fields.contains_key(name);
    if has(REPOSITORY) {
        Some(From::Repository)
    } else if (has("head_sha") && (has("workflow_id") || has("run_number")))
        || (has("headSha") && (has("workflowName") || has("databaseId")))
    {
        Some(From::GitHubRuns)
    } else if fields.get("environment").is_some_and(Value::is_object) && has("sha") {
        Some(From::GitLab)
    } else if fields.get("environment").is_some_and(Value::is_string)
        && ["statuses_url", "task", "statuses", "latestStatus", "commitOid"].iter().any(|name| has(name))
    {
        Some(From::GitHub)
    } else {
        None
    }
}

/// The columns of what a tool answered.
const COLUMNS: [&str; 13] = [
    "Key",
    "Service",
    "Environment",
    "Version",
    "Workflow",
    "Event",
    "Branch",
    "Result",
    "Started",
    "Finished",
    "Commit",
    "Commit written",
    "Subject",
];

impl Records {
    fn new(from: From, named: Option<String>) -> Records {
        Records { from, named, columns: Vec::new(), rows: Vec::new(), marks: Vec::new(), refused: Vec::new() }
    }

    /// Says that a record is not taken.
    fn refuse(&mut self, line: u32, value: &str, reason: &str, on_purpose: bool) {
        let (value, reason) = (shortened_line(value, 120), reason.to_owned());
        self.refused.push(Problem { line, column: String::new(), value, reason, on_purpose });
    }

    fn push(&mut self, line: u32, cells: [(&str, String); 13]) {
        let cells = cells.map(|(_, cell)| cell.trim().to_owned()).to_vec();
        self.rows.push(Record { line, cells, commits: Vec::new() });
    }

    /// A run of a workflow, as `GET …/actions/runs` or `gh run list --json` answer it.
    fn run(&mut self, line: u32, run: &Value) {
        let said = |names: &[&str]| names.iter().find_map(|name| text(run.get(*name)?)).unwrap_or_default();
        let workflow = said(&["workflowName", "name"]);
        let event = said(&["event"]);
        if event.starts_with("pull_request") {
            self.refuse(line, &workflow, "a run for a pull request puts nothing into production", true);
            return;
        }
        let commit = run.get("head_commit");
        let of_commit = |name: &str| commit.and_then(|commit| text(commit.get(name)?)).unwrap_or_default();
        let result = match said(&["conclusion"]) {
            none if none.is_empty() => said(&["status"]),
            conclusion => conclusion,
        };
        let is_over = !said(&["conclusion"]).is_empty();
        let repository = run.get("repository").and_then(|one| text(one.get("name")?));
        let address = said(&["html_url", "url"]);
        let title = said(&["display_title", "displayTitle"]);
        let subject = of_commit("message").lines().next().unwrap_or_default().to_owned();
        self.push(
            line,
            [
                ("Key", said(&["id", "databaseId"])),
                ("Service", repository.or_else(|| repository_in(&address)).unwrap_or_default()),
                ("Environment", String::new()),
                ("Version", run_name(&said(&["run_number", "number"]))),
                ("Workflow", workflow),
                ("Event", event),
                ("Branch", said(&["head_branch", "headBranch"])),
                ("Result", result),
                ("Started", said(&["run_started_at", "startedAt", "created_at", "createdAt"])),
                ("Finished", if is_over { said(&["updated_at", "updatedAt"]) } else { String::new() }),
                ("Commit", said(&["head_sha", "headSha"])),
                ("Commit written", of_commit("timestamp")),
                ("Subject", if subject.is_empty() { title } else { subject }),
            ],
        );
    }

    /// A deployment of GitHub, as `GET …/deployments` answers it, its statuses put in, or as GraphQL does.
    fn github(&mut self, line: u32, one: &Value) {
        let said = |names: &[&str]| names.iter().find_map(|name| text(one.get(*name)?)).unwrap_or_default();
        let when = |status: &Value| {
            ["created_at", "createdAt", "updated_at", "updatedAt"]
                .iter()
                .find_map(|name| text(status.get(*name)?))
                .unwrap_or_default()
        };
        let statuses = one.get("statuses").map(|all| all.get("nodes").unwrap_or(all));
        let all = statuses.and_then(Value::as_array).into_iter().flatten();
        // The latest that says how it went; that a later one took its place says nothing of that.
        let is_end = |status: &&Value| status.get("state").and_then(Value::as_str) != Some("inactive");
        let last = all.filter(is_end).max_by_key(|status| when(status));
        let last = last.or_else(|| one.get("latestStatus").filter(|status| status.is_object()));
        let state = last.and_then(|status| text(status.get("state")?));
        let state = state.unwrap_or_else(|| said(&["state"]));
        let commit = one.get("commit");
        let of_commit = |name: &str| commit.and_then(|commit| text(commit.get(name)?)).unwrap_or_default();
        let reference = one.get("ref").and_then(|r| text(r).or_else(|| text(r.get("name")?)));
        let finished = match last {
            Some(status) => when(status),
            None if state.is_empty() => String::new(),
            None => said(&["updated_at", "updatedAt"]),
        };
        self.push(
            line,
            [
                ("Key", said(&["id", "databaseId"])),
                ("Service", repository_in(&said(&["repository_url", "url"])).unwrap_or_default()),
                ("Environment", said(&["environment"])),
                ("Version", reference.unwrap_or_default()),
                ("Workflow", said(&["task"])),
                ("Event", String::new()),
                ("Branch", String::new()),
                ("Result", state),
                ("Started", said(&["created_at", "createdAt"])),
                ("Finished", finished),
                ("Commit", said(&["sha", "commitOid"])),
                ("Commit written", of_commit("authoredDate")),
                ("Subject", first_of(&of_commit("messageHeadline"), &said(&["description"]))),
            ],
        );
    }

    /// A deployment of GitLab, as `GET …/deployments` answers it.
    fn gitlab(&mut self, line: u32, one: &Value) {
        let said = |name: &str| one.get(name).and_then(text).unwrap_or_default();
        let job = one.get("deployable");
        let of_job = |name: &str| job.and_then(|job| text(job.get(name)?)).unwrap_or_default();
        let commit = job.and_then(|job| job.get("commit"));
        let of_commit = |name: &str| commit.and_then(|commit| text(commit.get(name)?)).unwrap_or_default();
        let address = job.and_then(|job| text(job.get("pipeline")?.get("web_url")?)).unwrap_or_default();
        let project = address.split_once("/-/").and_then(|(path, _)| path.rsplit('/').next());
        let environment = one.get("environment").and_then(|one| text(one.get("name")?));
        let status = said("status");
        let is_over = ["success", "failed", "canceled"].contains(&status.as_str());
        let finished = first_of(&first_of(&said("finished_at"), &of_job("finished_at")), &said("updated_at"));
        self.push(
            line,
            [
                ("Key", said("id")),
                ("Service", project.unwrap_or_default().to_owned()),
                ("Environment", environment.unwrap_or_default()),
                ("Version", said("ref")),
                ("Workflow", of_job("name")),
                ("Event", String::new()),
                ("Branch", said("ref")),
                ("Result", status),
                ("Started", first_of(&of_job("started_at"), &said("created_at"))),
                ("Finished", if is_over { finished } else { String::new() }),
                ("Commit", said("sha")),
                ("Commit written", first_of(&of_commit("authored_date"), &of_commit("created_at"))),
                ("Subject", of_commit("title")),
            ],
        );
    }

    /// A repository, as it is read here.
    fn repository(&mut self, value: &Value, marks: Option<Marks>) {
        let list = |name: &str| value.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let (tags, line) = (list("tags"), list("mainLine"));
        let count = |all: &[Value]| u32::try_from(all.len()).unwrap_or(u32::MAX);
        self.named = value.get(REPOSITORY).and_then(text);
        self.marks = vec![(Marks::Tags, count(tags)), (Marks::MainLine, count(line))];
        let proposed = if tags.is_empty() { Marks::MainLine } else { Marks::Tags };
        let marks = marks.unwrap_or(proposed);
        self.columns = ["Key", "Version", "Finished", "Subject"].map(str::to_owned).to_vec();
        for (at, tip) in if marks == Marks::Tags { tags } else { line }.iter().enumerate() {
            let said = |name: &str| tip.get(name).and_then(text).unwrap_or_default();
            let at_ms = tip.get("at").and_then(Value::as_i64).unwrap_or_default();
            let (name, sha) = (said("name"), said("sha"));
            let commits = tip.get("commits").and_then(Value::as_array).into_iter().flatten().map(brought);
            let key = if name.is_empty() { sha.clone() } else { name.clone() };
            let version = if name.is_empty() { sha.chars().take(10).collect() } else { name };
            self.rows.push(Record {
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                cells: vec![key, version, written(at_ms), said("subject")],
                commits: commits.collect(),
            });
        }
    }
}

/// An instant as files write it.
fn written(ms: i64) -> String {
    let at = Instant::from_millis(ms);
    domain::calendar::Zone::UTC.local(at).format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn brought(commit: &Value) -> Brought {
    let said = |name: &str| commit.get(name).and_then(text);
    Brought {
        sha: said("sha").unwrap_or_default(),
        written: commit.get("authored").and_then(Value::as_i64).map(Instant::from_millis),
        subject: said("subject").unwrap_or_default(),
        reverts: said("reverts"),
        is_merge: commit.get("isMerge").and_then(Value::as_bool).unwrap_or_default(),
    }
}

/// A text, or a number as text; none where it is empty or something else.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn first_of(one: &str, other: &str) -> String {
    if one.is_empty() { other.to_owned() } else { one.to_owned() }
}

fn run_name(number: &str) -> String {
    if number.is_empty() { String::new() } else { format!("run {number}") }
}

/// `https://api.github.com/repos/owner/name/…` is `name`, and so is the address that people open.
fn repository_in(address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut parts = path.split('/').skip(1).peekable();
    parts.next_if_eq(&"repos");
    parts.nth(1).filter(|name| !name.is_empty()).map(|name| shortened(name, 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let records = match read(text.as_bytes(), None) {
            Ok(records) => records,
            Err(refused) => {
                return expected.assert_eq(&format!(
                    "{} {}\n",
                    refused.message,
                    refused.hint.unwrap_or_default()
                ));
            }
        };
        let mut said = format!("{:?} {}\n", records.from, records.named.as_deref().unwrap_or("-"));
        for row in &records.rows {
            let cells = records.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
            let cells: Vec<String> = cells.map(|(name, cell)| format!("{name}={cell}")).collect();
            said.push_str(&format!("{}: {}\n", row.line, cells.join("; ")));
            for commit in &row.commits {
                let when = commit.written.map_or(0, Instant::millis);
                let reverts = commit.reverts.as_deref().unwrap_or("-");
                said.push_str(&format!("   {} {when} {} reverts {reverts}\n", commit.sha, commit.subject));
            }
        }
        for problem in &records.refused {
            let purpose = if problem.on_purpose { " (on purpose)" } else { "" };
            said.push_str(&format!("{}: {}: {}{purpose}\n", problem.line, problem.value, problem.reason));
        }
        expected.assert_eq(&said);
    }

    #[test]
    fn a_list_is_read_row_by_row_and_a_row_that_slipped_is_named() {
        check(
            "version;deployed at\n1.0;2026-01-05 10:00\n1.1;2026-01-06;11:00\n\n1.2;\n",
            expect![[r#"
                List -
                2: version=1.0; deployed at=2026-01-05 10:00
                5: version=1.2
                3: 1.1: the row has 3 cells, the header 2
            "#]],
        );
    }

    #[test]
    fn runs_of_workflows_are_known_and_those_for_pull_requests_left_out() {
        check(
            r#"{"total_count": 3, "workflow_runs": [
                {"id": 7, "name": "Deploy", "head_sha": "abc1234", "run_number": 12, "event": "push", "status": "completed",
                 "conclusion": "success", "head_branch": "main", "run_started_at": "2026-01-05T10:00:00Z",
                 "updated_at": "2026-01-05T10:04:00Z", "repository": {"name": "shop"},
                 "head_commit": {"message": "Fix the cart\n\nLong.", "timestamp": "2026-01-05T09:00:00Z"}},
                {"id": 8, "name": "Deploy", "head_sha": "d", "run_number": 13, "event": "push", "status": "in_progress",
                 "conclusion": null, "run_started_at": "2026-01-05T11:00:00Z", "updated_at": "2026-01-05T11:01:00Z"},
                {"id": 9, "name": "Deploy", "head_sha": "e", "run_number": 14, "event": "pull_request"}
            ]}"#,
            expect![[r#"
                GitHubRuns -
                1: Key=7; Service=shop; Version=run 12; Workflow=Deploy; Event=push; Branch=main; Result=success; Started=2026-01-05T10:00:00Z; Finished=2026-01-05T10:04:00Z; Commit=abc1234; Commit written=2026-01-05T09:00:00Z; Subject=Fix the cart
                2: Key=8; Version=run 13; Workflow=Deploy; Event=push; Result=in_progress; Started=2026-01-05T11:00:00Z; Commit=d
                3: Deploy: a run for a pull request puts nothing into production (on purpose)
            "#]],
        );
    }

    #[test]
    fn deployments_of_github_end_with_their_last_status_that_says_how_it_went() {
        check(
            r#"[{"id": 1, "sha": "abc", "ref": "v1.2", "task": "deploy", "environment": "production",
                 "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-06T10:00:00Z",
                 "repository_url": "https://api.github.com/repos/team/shop",
                 "statuses": [{"state": "inactive", "created_at": "2026-01-06T10:00:00Z"},
                              {"state": "success", "created_at": "2026-01-05T10:05:00Z"},
                              {"state": "in_progress", "created_at": "2026-01-05T10:01:00Z"}]},
                {"id": 2, "sha": "def", "ref": "v1.3", "task": "deploy", "environment": "staging",
                 "created_at": "2026-01-07T10:00:00Z"},
                {"number": 4, "title": "an issue"}]"#,
            expect![[r#"
                GitHub -
                1: Key=1; Service=shop; Environment=production; Version=v1.2; Workflow=deploy; Result=success; Started=2026-01-05T10:00:00Z; Finished=2026-01-05T10:05:00Z; Commit=abc
                2: Key=2; Environment=staging; Version=v1.3; Workflow=deploy; Started=2026-01-07T10:00:00Z; Commit=def
                3: {"number":4,"title":"an issue"}: this is no record like the others
            "#]],
        );
    }

    #[test]
    fn deployments_of_gitlab_say_their_project_in_an_address() {
        check(
            r#"[{"id": 41, "iid": 1, "ref": "main", "sha": "a91957a8", "status": "success",
                 "created_at": "2026-08-11T11:32:35.444Z", "updated_at": "2026-08-11T11:34:01.123Z",
                 "environment": {"id": 9, "name": "production"},
                 "deployable": {"name": "deploy:live", "started_at": "2026-08-11T11:32:40.000Z",
                   "finished_at": "2026-08-11T11:33:36.001Z", "status": "success",
                   "commit": {"id": "a91957a8", "title": "Merge branch 'rename'", "created_at": "2026-08-11T13:28:26.000+02:00"},
                   "pipeline": {"web_url": "https://gitlab.example.com/group/ledger/-/pipelines/12"}}},
                {"id": 42, "iid": 2, "ref": "main", "sha": "b", "status": "running",
                 "created_at": "2026-08-12T11:32:35.444Z", "updated_at": "2026-08-12T11:32:39.444Z",
                 "environment": {"id": 9, "name": "production"}, "deployable": null}]"#,
            expect![[r#"
                GitLab -
                1: Key=41; Service=ledger; Environment=production; Version=main; Workflow=deploy:live; Branch=main; Result=success; Started=2026-08-11T11:32:40.000Z; Finished=2026-08-11T11:33:36.001Z; Commit=a91957a8; Commit written=2026-08-11T13:28:26.000+02:00; Subject=Merge branch 'rename'
                2: Key=42; Environment=production; Version=main; Branch=main; Result=running; Started=2026-08-12T11:32:35.444Z; Commit=b
            "#]],
        );
    }

    #[test]
    fn a_repository_gives_its_tags_else_its_main_line() {
        let repository = |tags: &str| {
            format!(
                r#"{{"evenkeelRepository": "shop", "branch": "main", "tags": [{tags}], "mainLine": [
                {{"name": "", "sha": "0123456789abcdef", "at": 1000, "subject": "Revert the cart", "commits": [
                  {{"sha": "0123456789abcdef", "authored": 500, "subject": "Revert the cart", "isMerge": false, "reverts": "fedcba9"}}]}}]}}"#
            )
        };
        check(
            &repository(""),
            expect![[r#"
                Repository shop
                1: Key=0123456789abcdef; Version=0123456789; Finished=1970-01-01T00:00:01.000Z; Subject=Revert the cart
                   0123456789abcdef 500 Revert the cart reverts fedcba9
            "#]],
        );
        check(
            &repository(r#"{"name": "v1", "sha": "aa", "at": 2000, "subject": "One", "commits": []}"#),
            expect![[r#"
                Repository shop
                1: Key=v1; Version=v1; Finished=1970-01-01T00:00:02.000Z; Subject=One
            "#]],
        );
    }

    #[test]
    fn what_tells_of_no_deployments_is_refused_in_words() {
        check(
            r#"[{"number": 4, "title": "an issue"}]"#,
            expect![[r#"
                This is JSON, but it tells of no deployments that are known. Known are deployments and workflow runs of GitHub, and deployments of GitLab, as their interfaces answer.
            "#]],
        );
        check(
            r#"[{"id": 7,"#,
            expect![[r#"
                The JSON cannot be read on line 1. Export or fetch it again; the file may have been cut off.
            "#]],
        );
        check(
            "a title and nothing else, which is prose.",
            expect![[r#"
                The file has a header and no rows under it. Export again with a filter that finds something.
            "#]],
        );
    }
}
