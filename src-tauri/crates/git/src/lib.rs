//! A local git repository as facts: its tags, and the commits of its main line, each with what it brought.
//!
//! 1. The repository is only read; nothing of its settings, hooks or programs is run, and no name of a person is taken.
//! 2. What a tag or a commit of the main line brought is what no earlier one contains.
//! 3. Nobody knows what was there before the first tag, so that it is not said what that one brought.
//! 4. The answer is JSON, read by the import of deployments like any other file.

use gix::ObjectId;
use gix::bstr::ByteSlice;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;

/// The field by which the answer is known; it holds the name of the repository.
pub const MARK: &str = "evenkeelRepository";

/// The most tags and the most commits of the main line that are told, the latest.
const MOST: usize = 5_000;

/// Why a repository cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The folder is in no repository.
    #[error("there is no git repository in {0}")]
    NotARepository(String),
    /// It has no commit.
    #[error("the repository has no commit yet")]
    Empty,
    /// Something in it cannot be read.
    #[error("the repository cannot be read: {0}")]
    Unreadable(String),
    /// Somebody asked to stop.
    #[error("reading the repository was stopped")]
    Stopped,
}

/// The tags and the main line of the repository in which a folder lies, as JSON: times in milliseconds since 1970.
/// `is_stopped` is asked now and then. Errors: [`Refused`].
pub fn read(folder: &Path, is_stopped: &dyn Fn() -> bool) -> Result<Vec<u8>, Refused> {
    let opened = gix::ThreadSafeRepository::discover_opts(
        folder,
        gix::discover::upwards::Options::default(),
        gix::sec::trust::Mapping {
            full: gix::open::Options::isolated(),
            reduced: gix::open::Options::isolated(),
        },
    );
    let repository =
        opened.map_err(|_| Refused::NotARepository(folder.display().to_string()))?.to_thread_local();
    let mut history = History { repository: &repository, is_stopped };
    let head = repository.head_id().map_err(|_| Refused::Empty)?.detach();
    let branch = repository.head_name().ok().flatten();
    let branch = branch.map(|name| name.shorten().to_string()).unwrap_or_default();
    let tags = history.tags()?;
    let line = history.main_line(head)?;
    let said = json!({
        MARK: name_of(&repository, folder),
        "branch": branch,
        "tags": tags,
        "mainLine": line,
    });
    serde_json::to_vec(&said).map_err(unreadable)
}

/// The name of the folder of the repository.
fn name_of(repository: &gix::Repository, folder: &Path) -> String {
    let root = repository.workdir().unwrap_or_else(|| repository.git_dir());
    let root = root.canonicalize().or_else(|_| folder.canonicalize()).unwrap_or_else(|_| folder.to_owned());
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.strip_suffix(".git").map_or(name.clone(), str::to_owned)
}

struct History<'r> {
    repository: &'r gix::Repository,
    is_stopped: &'r dyn Fn() -> bool,
}

/// A commit as far as it is told.
struct Commit {
    parents: Vec<ObjectId>,
    authored: i64,
    committed: i64,
    subject: String,
    reverts: Option<String>,
}

/// What was put into production, by a name or by a commit.
struct Tip {
    name: String,
    commit: ObjectId,
    at: i64,
    subject: String,
}

impl History<'_> {
    /// Every tag of a commit, the earliest first, with the commits that no earlier one contains.
    fn tags(&mut self) -> Result<Vec<Value>, Refused> {
        let references = self.repository.references().map_err(unreadable)?;
        let mut tips = Vec::new();
        for reference in references.tags().map_err(unreadable)? {
            let mut reference = reference.map_err(unreadable)?;
            let name = reference.name().shorten().to_string();
            let tagged = reference.try_id().and_then(|id| self.tagged(id.detach()));
            // A tag of something else than a commit is none of a deployment.
            let Ok(id) = reference.peel_to_id() else { continue };
            let commit = id.detach();
            let Ok(read) = self.commit(commit) else { continue };
            tips.push(Tip { name, commit, at: tagged.unwrap_or(read.committed), subject: read.subject });
        }
        tips.sort_by(|a, b| (a.at, &a.name).cmp(&(b.at, &b.name)));
        let older = tips.len().saturating_sub(MOST);
        let mut seen = HashSet::new();
        let mut said = Vec::new();
        for (place, tip) in tips.iter().enumerate() {
            let brought = self.brought(tip.commit, &mut seen)?;
            if place >= older {
                said.push(told(tip, if place == 0 { None } else { Some(brought) }));
            }
        }
        Ok(said)
    }

    /// The commits from the first parent to the first parent, the earliest first, each with what it merged.
    fn main_line(&mut self, head: ObjectId) -> Result<Vec<Value>, Refused> {
        let mut line = Vec::new();
        let mut next = Some(head);
        while let Some(id) = next.filter(|_| line.len() < MOST) {
            self.check()?;
            // The parents of the last commit of a shallow copy are not there.
            let Ok(read) = self.commit(id) else { break };
            next = read.parents.first().copied();
            line.push(Tip { name: String::new(), commit: id, at: read.committed, subject: read.subject });
        }
        line.reverse();
        let mut seen = HashSet::new();
        if let Some(before) = next {
            self.brought(before, &mut seen)?;
        }
        let mut said = Vec::new();
        for tip in &line {
            let brought = self.brought(tip.commit, &mut seen)?;
            said.push(told(tip, Some(brought)));
        }
        Ok(said)
    }

    /// The commits that a commit contains and that were not seen before, the earliest first.
    fn brought(
        &mut self,
        tip: ObjectId,
        seen: &mut HashSet<ObjectId>,
    ) -> Result<Vec<(ObjectId, Commit)>, Refused> {
        let mut brought = Vec::new();
        let mut open = vec![tip];
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            self.check()?;
            let Ok(commit) = self.commit(id) else { continue };
            open.extend(&commit.parents);
            brought.push((id, commit));
        }
        brought.sort_by_key(|(id, commit)| (commit.authored, *id));
        Ok(brought)
    }

    fn commit(&self, id: ObjectId) -> Result<Commit, Refused> {
        let found = self.repository.find_commit(id).map_err(unreadable)?;
        let decoded = found.decode().map_err(unreadable)?;
        let authored = decoded.author().map_err(unreadable)?.time().map_err(unreadable)?.seconds;
        let committed = decoded.committer().map_err(unreadable)?.time().map_err(unreadable)?.seconds;
        let message = decoded.message.to_str_lossy();
        Ok(Commit {
            parents: decoded.parents().collect(),
            authored: authored.saturating_mul(1_000),
            committed: committed.saturating_mul(1_000),
            subject: subject(&message),
            reverts: reverted(&message),
        })
    }

    /// When an annotated tag was made; none where the tag is only a name.
    fn tagged(&self, id: ObjectId) -> Option<i64> {
        let tag = self.repository.find_object(id).ok()?.try_into_tag().ok()?;
        let seconds = tag.tagger().ok()??.time().ok()?.seconds;
        Some(seconds.saturating_mul(1_000))
    }

    fn check(&self) -> Result<(), Refused> {
        if (self.is_stopped)() { Err(Refused::Stopped) } else { Ok(()) }
    }
}

fn told(tip: &Tip, brought: Option<Vec<(ObjectId, Commit)>>) -> Value {
    let commits = brought.unwrap_or_default().into_iter().map(|(id, commit)| {
        json!({
            "sha": id.to_string(),
            "authored": commit.authored,
            "subject": commit.subject,
            "isMerge": commit.parents.len() > 1,
            "reverts": commit.reverts,
        })
    });
    json!({
        "name": tip.name,
        "sha": tip.commit.to_string(),
        "at": tip.at,
        "subject": tip.subject,
        "commits": commits.collect::<Vec<_>>(),
    })
}

/// The first line of a message, not longer than people read; merge requests say what they are about further down.
fn subject(message: &str) -> String {
    let mut lines = message.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let said = match first.starts_with("Merge pull request") {
        true => lines.next().map_or(first.to_owned(), |second| format!("{second} ({first})")),
        false => first.to_owned(),
    };
    said.chars().take(200).collect()
}

/// The commit that a message says to take back: `This reverts commit 1a2b3c….`
fn reverted(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("This reverts commit ")?;
    let sha: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    (sha.len() >= 7).then_some(sha)
}

fn unreadable(error: impl std::fmt::Display) -> Refused {
    Refused::Unreadable(error.to_string())
}
