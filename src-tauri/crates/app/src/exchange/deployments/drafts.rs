//! Records and a mapping to drafts of deployments.
//!
//! 1. A record needs a moment: when it began, or when it ended; one that ended before it began, or lies ahead, is not
//!    taken, and is named.
//! 2. Without a column of keys the version is the key, else the service with the moment. Of several records with one key
//!    the first is taken.
//! 3. What a file does not say is not known (1.4): where it does not say how a deployment went, it is one that got there,
//!    because lists of releases hold no others; that is said.
//! 4. What a deployment took back or mended is looked for by key, version, number or commit, among the file and what the
//!    team has: one that came earlier, of the same service. What is not found, came later or goes in a circle is named;
//!    the deployment is taken as unplanned work, for that it was (12.2).
//! 5. A release before the release (`2.0-rc.1`) is left out unless a person wants it.

use super::super::dates::{self, DateOrder};
use super::super::names;
use super::super::rows::{Problem, shortened_line};
use super::read::{Brought, From, Record, Records};
use super::{DeploymentTarget as Target, DeploymentsMapping as Mapping, ResultChoice};
use domain::calendar::{Instant, Zone};
use domain::delivery::{DeploymentResult, Repair};
use std::collections::HashMap;

/// What a record says of a deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its line in the file, or its number.
    pub line: u32,
    /// The key by which the source knows it.
    pub key: String,
    /// The name of its service.
    pub service: String,
    /// Its environment.
    pub environment: String,
    /// Its version; may be empty.
    pub version: String,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// How it went.
    pub result: DeploymentResult,
    /// What it brought.
    pub commits: Vec<Brought>,
    /// Another number by which others may name it.
    pub number: String,
    /// What it is about, on one line.
    pub subject: String,
    /// What it took back or mended, as the file names it; an empty name is not said.
    pub repairs: Option<(String, Repair)>,
    /// Whether it was unplanned.
    pub is_unplanned: bool,
}

impl Draft {
    /// When it was there, or began.
    pub fn moment(&self) -> Instant {
        self.finished_at.unwrap_or(self.started_at)
    }

    /// What it is called: its version, else its key.
    pub fn called(&self) -> &str {
        if self.version.is_empty() { &self.key } else { &self.version }
    }
}

/// The drafts of a file, and what was not taken.
#[derive(Debug, Default)]
pub struct Drafts {
    /// The drafts, in the order of the file.
    pub drafts: Vec<Draft>,
    /// Records that are not taken.
    pub rows: Vec<Problem>,
    /// Records that are left out on purpose.
    pub left_out: Vec<Problem>,
    /// Cells that are not taken.
    pub cells: Vec<Problem>,
}

/// Makes drafts of the records by a mapping. Times without a zone are the team's.
pub fn drafts(records: &Records, mapping: &Mapping, zone: Zone, now: Instant) -> Drafts {
    let mut made = Drafts::default();
    for problem in &records.refused {
        let list = if problem.on_purpose { &mut made.left_out } else { &mut made.rows };
        list.push(problem.clone());
    }
    let plan = Plan { records, mapping, zone, now };
    let mut lines: HashMap<String, u32> = HashMap::new();
    for row in &records.rows {
        let read = plan.draft(row, &mut made.cells).and_then(|draft| match lines.get(&draft.key) {
            Some(first) => Err(Box::new(plan.problem(
                row,
                Target::Key,
                &draft.key,
                format!("line {first} has the same key"),
            ))),
            None => Ok(draft),
        });
        match read {
            Ok(draft) => {
                lines.insert(draft.key.clone(), draft.line);
                made.drafts.push(draft);
            }
            Err(problem) if problem.on_purpose => made.left_out.push(*problem),
            Err(problem) => made.rows.push(*problem),
        }
    }
    made
}

struct Plan<'p> {
    records: &'p Records,
    mapping: &'p Mapping,
    zone: Zone,
    now: Instant,
}

impl Plan<'_> {
    fn draft(&self, row: &Record, cells: &mut Vec<Problem>) -> Result<Draft, Box<Problem>> {
        if let Some(only) = &self.mapping.only {
            let value = self.cell_named(row, &only.column);
            if !only.values.iter().any(|chosen| chosen == value) {
                let problem = Problem {
                    column: only.column.clone(),
                    on_purpose: true,
                    ..self.problem(row, Target::Ignore, value, "such rows are not chosen".to_owned())
                };
                return Err(Box::new(problem));
            }
        }
        let version = self.cell(row, Target::Version).to_owned();
        if !self.mapping.prereleases && is_prerelease(&version) && self.records.from == From::List
            || !self.mapping.prereleases
                && self.records.from == From::Repository
                && is_prerelease(&version)
                && self.mapping.marks == Some(super::read::Marks::Tags)
        {
            let reason = "it comes before a release".to_owned();
            let problem =
                Problem { on_purpose: true, ..self.problem(row, Target::Version, &version, reason) };
            return Err(Box::new(problem));
        }
        let result = self.result(row)?;
        let started = self.when(row, Target::Started, cells)?;
        let finished = self.when(row, Target::Finished, cells)?;
        let Some(started_at) = started.or(finished) else {
            let target =
                if self.column(Target::Finished).is_some() { Target::Finished } else { Target::Started };
            return Err(Box::new(self.problem(row, target, "", "it is not said when it was".to_owned())));
        };
        // A deployment that goes on has no end, whatever was written down last.
        let finished_at = finished.filter(|_| result != DeploymentResult::Running);
        if let Some(finished) = finished_at.filter(|finished| *finished < started_at) {
            let reason = format!("it ended before it began, at {}", self.said(started_at));
            return Err(Box::new(self.problem(row, Target::Finished, &self.said(finished), reason)));
        }
        let moment = finished_at.unwrap_or(started_at);
        if moment > self.now {
            let target = if finished_at.is_some() { Target::Finished } else { Target::Started };
            return Err(Box::new(self.problem(row, target, &self.said(moment), "it lies ahead".to_owned())));
        }
        let service = first(self.cell(row, Target::Service), &self.mapping.service);
        if service.is_empty() {
            let reason = "no service is named; say which one it is".to_owned();
            return Err(Box::new(self.problem(row, Target::Service, "", reason)));
        }
        let environment = first(self.cell(row, Target::Environment), &self.mapping.environment);
        let key = match (self.cell(row, Target::Key), version.as_str()) {
            ("", "") => format!("{service} {environment} {}", moment.millis()),
            ("", version) => version.to_owned(),
            (key, _) => key.to_owned(),
        };
        let subject = shortened_line(self.cell(row, Target::Subject), 200);
        let commits = self.commits(row, &key, &subject, cells);
        let repairs = self.repairs(row, &subject, &commits);
        let unplanned = self.cell(row, Target::Unplanned);
        Ok(Draft {
            line: row.line,
            version: if version.is_empty() && is_hash(&key) {
                key.chars().take(10).collect()
            } else {
                version
            },
            key,
            service: service.to_owned(),
            environment: environment.to_owned(),
            started_at,
            finished_at,
            result,
            commits,
            number: self.cell(row, Target::Number).trim_start_matches(['#', '!']).to_owned(),
            subject,
            repairs,
            is_unplanned: !unplanned.is_empty() && yes(unplanned) != Some(false),
        })
    }

    /// How it went; where the file says nothing it got there (rule 3).
    fn result(&self, row: &Record) -> Result<DeploymentResult, Box<Problem>> {
        let value = self.cell(row, Target::Result);
        if value.is_empty() {
            return Ok(DeploymentResult::Succeeded);
        }
        let chosen = self.mapping.results.iter().find(|one| one.value == value).and_then(|one| one.to);
        match chosen {
            Some(ResultChoice::Succeeded) => Ok(DeploymentResult::Succeeded),
            Some(ResultChoice::Aborted) => Ok(DeploymentResult::Aborted),
            Some(ResultChoice::Running) => Ok(DeploymentResult::Running),
            Some(ResultChoice::LeaveOut) => {
                let reason = "such rows are left out".to_owned();
                let problem =
                    Problem { on_purpose: true, ..self.problem(row, Target::Result, value, reason) };
                Err(Box::new(problem))
            }
            None => {
                let reason = "it is not said what this stands for".to_owned();
                Err(Box::new(self.problem(row, Target::Result, value, reason)))
            }
        }
    }

    /// A moment of a row. One that cannot be read loses the row, but for when a commit was written.
    fn when(
        &self,
        row: &Record,
        target: Target,
        cells: &mut Vec<Problem>,
    ) -> Result<Option<Instant>, Box<Problem>> {
        let value = self.cell(row, target);
        if value.is_empty() {
            return Ok(None);
        }
        match dates::read(value, self.mapping.dates, self.zone) {
            Ok(at) => Ok(Some(at)),
            Err(refused) => {
                let problem = self.problem(row, target, value, refused.to_string());
                if target == Target::Written {
                    cells.push(problem);
                    Ok(None)
                } else {
                    Err(Box::new(problem))
                }
            }
        }
    }

    /// What it brought: as the repository says, else the one commit that the row tells of.
    fn commits(&self, row: &Record, key: &str, subject: &str, cells: &mut Vec<Problem>) -> Vec<Brought> {
        if !row.commits.is_empty() {
            return row.commits.clone();
        }
        let written = self.when(row, Target::Written, cells).ok().flatten();
        let sha = match self.cell(row, Target::Commit) {
            "" if is_hash(key) => key,
            sha => sha,
        };
        if sha.is_empty() && written.is_none() {
            return Vec::new();
        }
        vec![Brought { sha: sha.to_owned(), written, subject: subject.to_owned(), ..Brought::default() }]
    }

    /// What it took back or mended, by its name in the file.
    fn repairs(&self, row: &Record, subject: &str, commits: &[Brought]) -> Option<(String, Repair)> {
        for (target, repair) in [(Target::Rollback, Repair::Rollback), (Target::Hotfix, Repair::Hotfix)] {
            let value = self.cell(row, target);
            match yes(value) {
                _ if value.is_empty() => {}
                Some(false) => {}
                Some(true) => return Some((named_in(subject).unwrap_or_default(), repair)),
                None => return Some((value.trim_start_matches(['#', '!']).to_owned(), repair)),
            }
        }
        // A rollback is a deployment that brings nothing but what takes back.
        let work: Vec<&Brought> = commits.iter().filter(|commit| !commit.is_merge).collect();
        let (first, others) = work.split_first()?;
        let taken_back = first.reverts.as_deref()?;
        let all_take_back = others.iter().all(|commit| commit.reverts.is_some());
        all_take_back.then(|| (taken_back.to_owned(), Repair::Rollback))
    }

    fn column(&self, target: Target) -> Option<&str> {
        let column = self.mapping.columns.iter().find(|column| column.target == target)?;
        Some(column.name.as_str())
    }

    /// What a row says for a target: the first of its columns that holds something.
    fn cell<'r>(&self, row: &'r Record, target: Target) -> &'r str {
        let columns = self.mapping.columns.iter().filter(|column| column.target == target);
        let mut cells = columns.map(|column| self.cell_named(row, &column.name));
        cells.find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    fn cell_named<'r>(&self, row: &'r Record, name: &str) -> &'r str {
        let place = self.records.columns.iter().position(|column| column == name);
        place.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.trim())
    }

    fn problem(&self, row: &Record, target: Target, value: &str, reason: String) -> Problem {
        let column = if target == Target::Ignore { None } else { self.column(target) };
        let column = column.unwrap_or_default().to_owned();
        Problem { line: row.line, column, value: shortened_line(value, 120), reason, on_purpose: false }
    }

    fn said(&self, at: Instant) -> String {
        self.zone.local(at).format("%Y-%m-%d %H:%M").to_string()
    }
}

/// A deployment by which a repair may be found: one of the file, or one that the team has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<T> {
    /// What it is.
    pub is: T,
    /// Its service, as names are compared.
    pub service: String,
    /// When it was there.
    pub at: Instant,
    /// The names that it has: key, version, number, hashes of commits.
    pub names: Vec<String>,
}

impl Draft {
    /// By what others of the file may name it.
    pub fn known<T>(&self, is: T) -> Known<T> {
        let commits = self.commits.iter().map(|commit| commit.sha.clone());
        let own = [self.key.clone(), self.version.clone(), self.number.clone()];
        let names = own.into_iter().chain(commits).filter(|name| !name.is_empty()).collect();
        Known { is, service: same(&self.service), at: self.moment(), names }
    }
}

/// Finds what deployments repaired, by a name.
pub struct Repaired<T> {
    known: Vec<Known<T>>,
    by_name: HashMap<String, Vec<usize>>,
    /// All names in order, for a hash that is written short.
    ordered: Vec<(String, usize)>,
}

/// Why it is not known what a deployment repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    /// The file does not say it.
    NotSaid,
    /// There is none of this name.
    None,
    /// Those of this name are of another service.
    OtherService,
    /// The one of this name came later, or is itself.
    Later,
}

impl<T: Clone + PartialEq> Repaired<T> {
    /// Looks among these.
    pub fn among(known: Vec<Known<T>>) -> Repaired<T> {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut ordered = Vec::new();
        for (place, one) in known.iter().enumerate() {
            for name in &one.names {
                by_name.entry(name.to_lowercase()).or_default().push(place);
                if is_hash(name) {
                    ordered.push((name.to_lowercase(), place));
                }
            }
        }
        ordered.sort();
        Repaired { known, by_name, ordered }
    }

    /// The latest of a name and service that came before a moment and is not the deployment itself.
    pub fn find(&self, name: &str, service: &str, is: &T, at: Instant) -> Result<T, NotFound> {
        let name = name.to_lowercase();
        if name.is_empty() {
            return Err(NotFound::NotSaid);
        }
        let mut places: Vec<usize> = self.by_name.get(&name).cloned().unwrap_or_default();
        if places.is_empty() && is_hash(&name) {
            let from = self.ordered.partition_point(|(known, _)| *known < name);
            let fitting = self.ordered.iter().skip(from).take_while(|(known, _)| known.starts_with(&name));
            places.extend(fitting.map(|(_, place)| *place));
        }
        let all: Vec<&Known<T>> = places.iter().filter_map(|place| self.known.get(*place)).collect();
        let own: Vec<&&Known<T>> = all.iter().filter(|one| one.service == service).collect();
        let before = own.iter().filter(|one| one.at <= at && one.is != *is).max_by_key(|one| one.at);
        match before {
            Some(one) => Ok(one.is.clone()),
            None if all.is_empty() => Err(NotFound::None),
            None if own.is_empty() => Err(NotFound::OtherService),
            None => Err(NotFound::Later),
        }
    }
}

/// Whether a version comes before a release: `1.0rc1`, `2.0.0-beta.3`, `v0.9.1-test2`.
pub fn is_prerelease(version: &str) -> bool {
    const WORDS: [&str; 10] = ["rc", "alpha", "beta", "a", "b", "dev", "pre", "preview", "test", "nightly"];
    let version = version.to_lowercase();
    let Some(first) = version.find(|c: char| c.is_ascii_digit()) else { return false };
    let mut rest = version.get(first..).unwrap_or_default();
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let word = rest.get(at..).unwrap_or_default();
        let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
        let (word, behind) = word.split_at(end);
        let is_numbered = behind.trim_start_matches(['.', '-']).starts_with(|c: char| c.is_ascii_digit());
        // A single letter is one only right before a number: `1.0b1`, and not `1.0-a-new-start`.
        if WORDS.contains(&word) && (word.len() > 1 || is_numbered) {
            return true;
        }
        rest = behind;
    }
    false
}

/// What a title says to take back: `Revert "Add the cart" (#50)`, `revert-50-cart`, and the outer of two.
fn named_in(subject: &str) -> Option<String> {
    let plain = subject.to_lowercase();
    let after = plain.split_once("revert")?.1.trim_start_matches(['-', '_', ' ', '#', '!']);
    let number: String = after.chars().take_while(char::is_ascii_digit).collect();
    let quoted = || {
        let (_, rest) = plain.split_once("(#")?;
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!number.is_empty() && rest.contains('"')).then_some(number)
    };
    if number.is_empty() { quoted() } else { Some(number) }
}

/// Whether a cell says yes or no; none where it says something else.
fn yes(value: &str) -> Option<bool> {
    match names::plain(value).as_str() {
        "1" | "yes" | "y" | "true" | "x" | "ja" | "oui" | "si" => Some(true),
        "" | "0" | "no" | "n" | "false" | "nein" | "non" => Some(false),
        _ => None,
    }
}

/// A service's name as names of services are compared: no two differ only in the case of their letters.
pub fn same(service: &str) -> String {
    service.trim().to_lowercase()
}

/// Whether a text is the hash of a commit, in full or short.
pub fn is_hash(text: &str) -> bool {
    (7..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn first<'t>(one: &'t str, other: &'t str) -> &'t str {
    if one.is_empty() { other.trim() } else { one }
}

/// Whether `3/4/2025` is in April, by all dates of the columns that become moments.
pub fn date_order(records: &Records, columns: &[usize]) -> (DateOrder, bool) {
    let mut evidence = dates::OrderEvidence::default();
    for row in &records.rows {
        for at in columns {
            if let Some(cell) = row.cells.get(*at).filter(|cell| !cell.is_empty()) {
                evidence.add(cell);
            }
        }
    }
    (evidence.order(), evidence.is_ambiguous())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_before_the_release_is_known_by_its_version() {
        let before = [
            "1.0b1",
            "v0.9.1-test2",
            "0.31.0-rc.0",
            "2.0.0-beta.3",
            "v1.0.0-alpha",
            "1.64a0",
            "3.0-dev",
            "v0.9.0-test",
        ];
        for version in before {
            assert!(is_prerelease(version), "{version}");
        }
        let releases = [
            "1.0",
            "v0.22.1",
            "django17-deploy-step1",
            "",
            "release-2026-01-05",
            "1.0-a-new-start",
            "abcdef1",
            "beta",
            "2.1.0-hotfix",
        ];
        for version in releases {
            assert!(!is_prerelease(version), "{version}");
        }
    }

    #[test]
    fn the_title_of_a_revert_names_what_it_takes_back() {
        let check = |subject: &str, named: Option<&str>| {
            assert_eq!(named_in(subject).as_deref(), named, "{subject}");
        };
        check("revert-50-r2d_bump", Some("50"));
        check("revert-433-revert-431-pycurl", Some("433"));
        check("Revert \"Add the cart (#50)\" (#51)", Some("50"));
        check("revert-histogram", None);
        check("Revert the cart", None);
        check("Add the cart (#50)", None);
    }

    #[test]
    fn a_repair_is_found_by_any_name_of_what_came_before() {
        let known = |is: u32, service: &str, hour: i64, names: &[&str]| Known {
            is,
            service: service.to_owned(),
            at: Instant::from_millis(hour * 3_600_000),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        let all = Repaired::among(vec![
            known(1, "shop", 1, &["1.0", "7", "abc1234def5678"]),
            known(2, "shop", 2, &["1.1", "8"]),
            known(3, "shop", 3, &["1.0"]),
            known(4, "mail", 1, &["9"]),
        ]);
        let find = |name: &str, is: u32, hour: i64| {
            all.find(name, "shop", &is, Instant::from_millis(hour * 3_600_000))
        };
        assert_eq!(find("7", 2, 2), Ok(1));
        assert_eq!(find("ABC1234", 2, 2), Ok(1), "a hash may be written short");
        assert_eq!(find("1.0", 9, 9), Ok(3), "the latest of that name");
        assert_eq!(find("1.0", 3, 3), Ok(1), "but not itself");
        assert_eq!(find("8", 1, 1), Err(NotFound::Later));
        assert_eq!(find("8", 2, 2), Err(NotFound::Later), "nothing takes itself back");
        assert_eq!(find("9", 2, 2), Err(NotFound::OtherService));
        assert_eq!(find("10", 2, 2), Err(NotFound::None));
        assert_eq!(find("", 2, 2), Err(NotFound::NotSaid));
    }
}
