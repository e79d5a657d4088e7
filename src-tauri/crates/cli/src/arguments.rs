//! What can be written on the command line.

use app::flow::ChartKind;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Keeps new features and a stable live product in balance, one Sprint at a time.
#[derive(Debug, Parser)]
#[command(name = "evenkeel", version, after_help = EXAMPLES)]
pub struct Arguments {
    /// What to do; without it the window opens.
    #[command(subcommand)]
    pub action: Option<Action>,
}

const EXAMPLES: &str = "\
Examples:
  evenkeel                                             the window
  evenkeel sample payments.evenkeel                    a team to look around in
  evenkeel backlog --team payments.evenkeel            its Product Backlog as a table
  evenkeel import jira.csv --team ours.evenkeel --dry-run
                                                       what an import would do, without doing it
  evenkeel interrupt add 'Checkout is slow' --severity P2 --hours 1.5 --team ours.evenkeel
                                                       an interrupt, and what is left of the buffer
  evenkeel incident report 'P1 checkout: payments fail' --team ours.evenkeel
                                                       an incident; `evenkeel incidents` lists them
  evenkeel import interrupts calls.csv --team ours.evenkeel --dry-run
                                                       a list of calls as interrupts
  evenkeel import incidents postmortems/ --team ours.evenkeel --dry-run
                                                       a folder of postmortems as incidents
  evenkeel chart burn-down --team ours.evenkeel -o burn.svg
                                                       the running Sprint as a picture
  evenkeel forecast when 12 --team ours.evenkeel       when twelve items, or points, are done
  evenkeel check --team ours.evenkeel && cp ours.evenkeel /backup

Exit codes: 0 done; 1 refused, or problems found; 2 used wrongly; 3 the file cannot be used.";

/// The things to do.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "what is written is read once")]
pub enum Action {
    /// Creates a team file.
    New {
        /// Where: NAME.evenkeel.
        file: PathBuf,
        /// The team's name.
        #[arg(long)]
        name: String,
        /// The team's time zone, such as Europe/Zurich; that of this machine if left out.
        #[arg(long)]
        zone: Option<String>,
    },
    /// Creates a sample team: three closed Sprints, one running, one planned.
    Sample {
        /// Where: NAME.evenkeel.
        file: PathBuf,
    },
    /// Imports items from exports of trackers, as one undoable step.
    #[command(after_help = "\
CSV of any tracker, Jira's answers as JSON with their change logs, boards of Trello, issues of GitHub: each is known by
what it holds. The columns and values are recognised; --dry-run shows how. Importing a newer export of the same tracker updates
items and never doubles them. What was changed both here and there is kept as it is here unless --theirs is given.

Where the proposal is wrong, say it; the team keeps it for the next such file:
  evenkeel import list.csv --team ours.evenkeel --delimiter semicolon --decimal comma --dates dayFirst \\
      --map 'Aufwand=size' --map 'Notizen=ignore' --kind 'Anfrage=infrastructure' --kind 'Unteraufgabe=leaveOut' \\
      --severity 'Dringend=critical' --status 'Wartet=In progress' --dry-run")]
    Import(ImportRows),
    /// Exports the Product Backlog, a table of the team file, or everything, as CSV or JSON.
    #[command(after_help = "\
A cell that a spreadsheet program would run as a formula begins with an apostrophe. The Product Backlog as CSV can be
imported again: only what was changed in the file is taken.

  evenkeel export backlog --team ours.evenkeel -o backlog.csv
  evenkeel export all --team ours.evenkeel -o tables   one file a table, named after it")]
    Export(Export),
    /// Prints the Product Backlog in order.
    Backlog(Backlog),
    /// Prints a Sprint: the running one, or the one with a number.
    Sprint(Sprint),
    /// Reports an interrupt.
    Interrupt {
        /// What to do.
        #[command(subcommand)]
        action: InterruptAction,
    },
    /// Lists the interrupts of a Sprint, and says how its buffer stands.
    Interrupts(Interrupts),
    /// Reports an incident.
    Incident {
        /// What to do.
        #[command(subcommand)]
        action: IncidentAction,
    },
    /// Lists the incidents: those that need somebody first, with who is on call.
    Incidents(Incidents),
    /// Compares the planned, committed and actual part of each lane of a Sprint.
    Split(Split),
    /// Tells the uptime of the services in a Sprint, and what is left of what was promised.
    #[command(after_help = "\
With a service every method stands side by side, with what took the time:

  evenkeel reliability --team ours.evenkeel --sprint 42
  evenkeel reliability checkout --team ours.evenkeel --from 2026-11-01 --to 2026-11-30")]
    Reliability(Reliability),
    /// Prints what the members give to a Sprint, what takes the rest, and what the lanes have of it.
    Capacity(Capacity),
    /// Prints what a Daily Scrum looks at, as Markdown: production, what is new, what stands in the way, who is there.
    Daily(Daily),
    /// Says who is on call, now or then, and in the weeks to come; brings shifts in and saves them as a calendar.
    #[command(after_help = "\
  evenkeel on-call --team ours.evenkeel --at '2026-12-24 22:00'
  evenkeel on-call --team ours.evenkeel --ics on-call.ics
  evenkeel on-call --team ours.evenkeel --import rota.csv --dry-run

A table needs a beginning, an end and a person; a calendar may have events that repeat. Who is not known by name is left out
and named, or added to the team with --add-people.")]
    OnCall(OnCall),
    /// Draws a chart into a file.
    Chart(Chart),
    /// Says what may come, as a range with likelihoods.
    Forecast {
        /// What is asked.
        #[command(subcommand)]
        action: ForecastAction,
    },
    /// Asks whether a service may go live now, by the team's Definition of Live.
    #[command(after_help = "\
Exit code 0: it may. 1: it may not; each reason is printed. The answer is kept in the team file with its reasons; --look only
looks. In a pipeline on a machine that holds the file:

  evenkeel gate --team ours.evenkeel --service checkout --version 2.4.0 --write answer.json && ./deploy 2.4.0
  evenkeel gate --team ours.evenkeel --service checkout --override 'It mends the outage' --by Ana")]
    Gate(Gate),
    /// Reports a deployment.
    #[command(after_help = "\
With a key a pipeline may report as often as it likes: the deployment stays one. Items are those that are named, and those
that commits name by their labels, such as T-12.

  git log --format='%H %aI %s' v2.3..v2.4 |
      evenkeel deployed --team ours.evenkeel --service checkout --version 2.4.0 --key \"$PIPELINE\" --commits -
  evenkeel deployed --team ours.evenkeel --service checkout --version 2.3.0 --rollback-of 2.4.0")]
    Deployed(Deployed),
    /// Tells the five DORA measures, each with how many it stands on.
    Dora(Measures),
    /// Checks a team file: its structure, its journal, its facts.
    Check {
        /// The team.
        #[command(flatten)]
        team: TeamFile,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Answers a query of the window, JSON in and out.
    Ask {
        /// The query, such as '{"team":{"overview":{}}}'.
        query: String,
        /// The team.
        #[command(flatten)]
        team: TeamFile,
        /// A file that goes with the query.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Carries out a command of the window, JSON in and out.
    Run {
        /// The command, such as '{"journal":{"undo":{}}}'.
        command: String,
        /// The team.
        #[command(flatten)]
        team: TeamFile,
        /// A file that goes with the command.
        #[arg(long)]
        file: Option<PathBuf>,
    },
}

/// Which team.
#[derive(Debug, Args)]
pub struct TeamFile {
    /// The team file: NAME.evenkeel.
    #[arg(long, value_name = "FILE")]
    pub team: PathBuf,
}

/// Imports items, or what happened in production.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    disable_help_subcommand = true
)]
pub struct ImportRows {
    /// What the rows become, if not items.
    #[command(subcommand)]
    pub others: Option<ImportOthers>,
    /// Items.
    #[command(flatten)]
    pub items: Import,
}

/// What the rows of a file can become besides items.
#[derive(Debug, Subcommand)]
pub enum ImportOthers {
    /// Imports interrupts from a list of incidents, production issues or calls, as one undoable step.
    #[command(after_help = "\
Each row is an interrupt of the Sprint that ran on its day; where none ran, of none. What a closed Sprint came to stays as
it was. The file needs a day for each row, when it came or when it ended. Hours are known where it has them, and nowhere else:
then there is still a rate. Importing a newer list updates what came before.

  evenkeel import interrupts issues.csv --team ours.evenkeel --only 'type=PS' --title 'Production issue' --dry-run
  evenkeel import interrupts calls.csv --team ours.evenkeel --map 'Opened=reported' --map 'Closed=ended' \\
      --map 'Worked (min)=minutes' --severity 'Urgent=P1'")]
    Interrupts(ImportInterrupts),
    /// Imports incidents from PagerDuty, Opsgenie, postmortems in Markdown or a list with milestones, as one undoable step.
    #[command(after_help = "\
Milestones are taken as the file has them; one that breaks their order is listed and not taken. Timelines become notes. Importing
a newer file updates what came before. Postmortems are read by their headings: a title with a day, a timeline of times.

  evenkeel import incidents pagerduty.json --team ours.evenkeel --dry-run
  evenkeel import incidents postmortems/ --team ours.evenkeel --map 'First entry of the timeline=began'
  evenkeel import incidents incidents.csv --team ours.evenkeel --map 'Fixed at=mitigated' --interrupts")]
    Incidents(ImportIncidents),
    /// Imports deployments from a list, releases, answers of GitHub or GitLab, or a git repository, as one undoable step.
    #[command(after_help = "\
A folder is read as a git repository: its tags are the deployments, or with --main-line each merge and commit of its main line,
each with the commits that no earlier one contains. A later import fills in what was not known and changes nothing else.

  evenkeel import deployments releases.csv --team ours.evenkeel --service checkout --dry-run
  evenkeel import deployments runs.json --team ours.evenkeel --only 'Workflow=Deploy to production'
  evenkeel import deployments ~/src/checkout --team ours.evenkeel --main-line")]
    Deployments(ImportDeployments),
    /// Imports logs of checks, outages of status pages or objectives, as one undoable step.
    #[command(after_help = "\
A log of checks is CSV with a time, a state and mostly a service: it becomes times in which a service was up, down or unknown.
Status pages: notices in Markdown with a head (as cState has them), answers of Statuspage, issues of Upptime. Objectives: YAML of
OpenSLO, Sloth or Pyrra. Services that the team does not have are added; importing a newer file updates what came before.

  evenkeel import reliability checks.csv --team ours.evenkeel --service 'Docs (new)=Docs' --dry-run
  evenkeel import reliability incidents/ --team ours.evenkeel --state 'notice=leaveOut' --ended '2026-03-01-lb=2026-03-01 14:30'
  evenkeel import reliability slos.yaml --team ours.evenkeel")]
    Reliability(ImportReliability),
}

/// Imports what files tell of reliability.
#[derive(Debug, Args)]
pub struct ImportReliability {
    /// The files, or a folder of them; all become one undoable step.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The team file: NAME.evenkeel.
    #[arg(long, value_name = "FILE")]
    pub team: PathBuf,
    /// Where it comes from: the log, or the page.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Reads a column of a log as time, service, state or ignore: --map 'when=time'. May be given several times.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Says which service of the team is meant: --service 'Web (new)=web', or =leaveOut. May be given several times.
    #[arg(long, value_name = "NAME=SERVICE")]
    pub service: Vec<String>,
    /// Says what a state stands for: up, degraded, partial, full, maintenance or leaveOut. May be given several times.
    #[arg(long, value_name = "WORD=MEANING")]
    pub state: Vec<String>,
    /// Says when a notice ended that does not say it: --ended 'KEY=2026-03-01 14:30'. May be given several times.
    #[arg(long, value_name = "KEY=TIME")]
    pub ended: Vec<String>,
    /// How many seconds a check holds at most; twice the usual distance of two checks if left out.
    #[arg(long, value_name = "SECONDS")]
    pub apart: Option<u32>,
    /// Whether 3/4/2025 is in April (dayFirst) or in March (monthFirst).
    #[arg(long, value_name = "ORDER", value_parser = ["dayFirst", "monthFirst"])]
    pub dates: Option<String>,
    /// Takes the file's value where something was changed both here and there.
    #[arg(long)]
    pub theirs: bool,
    /// Shows what would happen and changes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Writes what could not be taken to a CSV file.
    #[arg(long, value_name = "FILE")]
    pub not_taken: Option<PathBuf>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Imports deployments.
#[derive(Debug, Args)]
pub struct ImportDeployments {
    /// The file, or the folder of a git repository.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The team file: NAME.evenkeel.
    #[arg(long, value_name = "FILE")]
    pub team: PathBuf,
    /// The service of deployments that name none.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// The environment of deployments that name none; production if left out.
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,
    /// Where the keys come from: by source and key a deployment is known again.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Reads a column as something else: --map 'Shipped=finished'. May be given several times.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Takes only rows that hold a value in a column: --only 'Workflow=Deploy'. May be given several times.
    #[arg(long, value_name = "COLUMN=VALUE")]
    pub only: Vec<String>,
    /// Says what a word for a result stands for: --result 'green=succeeded'. May be given several times.
    #[arg(long, value_name = "WORD=MEANING")]
    pub result: Vec<String>,
    /// Whether 3/4/2025 is in April (dayFirst) or in March (monthFirst).
    #[arg(long, value_name = "ORDER", value_parser = ["dayFirst", "monthFirst"])]
    pub dates: Option<String>,
    /// Takes releases before a release, too: 2.0-rc.1.
    #[arg(long)]
    pub prereleases: bool,
    /// Takes the tags of a repository.
    #[arg(long, conflicts_with = "main_line")]
    pub tags: bool,
    /// Takes the commits of the main line of a repository.
    #[arg(long)]
    pub main_line: bool,
    /// Shows what would happen and changes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Writes the rows that could not be taken to a CSV file.
    #[arg(long, value_name = "FILE")]
    pub not_taken: Option<PathBuf>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// What a column of a list of deployments can become.
pub const DEPLOYMENT_FIELDS: [&str; 15] = [
    "key",
    "service",
    "environment",
    "version",
    "started",
    "finished",
    "result",
    "commit",
    "written",
    "subject",
    "number",
    "rollback",
    "hotfix",
    "unplanned",
    "ignore",
];

/// What a word for a result can stand for.
pub const DEPLOYMENT_RESULTS: [&str; 4] = ["succeeded", "aborted", "running", "leaveOut"];

/// Imports interrupts.
#[derive(Debug, Args)]
pub struct ImportInterrupts {
    /// The file, and how it is read.
    #[command(flatten)]
    pub import: Import,
    /// What each is called, where no column is the title.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
}

/// Imports incidents.
#[derive(Debug, Args)]
pub struct ImportIncidents {
    /// The file, and how it is read.
    #[command(flatten)]
    pub import: Import,
    /// Makes an interrupt of each that was reported while a Sprint ran.
    #[arg(long)]
    pub interrupts: bool,
}

/// Imports files.
#[derive(Debug, Args)]
pub struct Import {
    /// The files to import, or a folder of them; all become one undoable step.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The team file: NAME.evenkeel.
    // Needed, though not where `interrupts` has its own.
    #[arg(long, value_name = "FILE", required = true)]
    pub team: Option<PathBuf>,
    /// What the file must be: another tracker's export is refused. Recognised if left out.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// What the proposal is wrong about.
    #[command(flatten)]
    pub corrections: Corrections,
    /// Shows what would happen and changes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Takes the value of the file where both sides changed.
    #[arg(long)]
    pub theirs: bool,
    /// Writes the rows that could not be taken to a CSV file.
    #[arg(long, value_name = "FILE")]
    pub not_taken: Option<PathBuf>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// What is said of a file, where the proposal is wrong.
#[derive(Debug, Args)]
pub struct Corrections {
    /// Reads a column as something else: --map 'Story Points=size', --map 'Notes=ignore'. May be given several times.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Says what a type stands for: --kind 'Request=infrastructure', --kind 'Sub-task=leaveOut'.
    #[arg(long, value_name = "TYPE=KIND")]
    pub kind: Vec<String>,
    /// Says what a priority stands for: --severity 'Urgent=critical', --severity 'Normal=none'.
    #[arg(long, value_name = "PRIORITY=SEVERITY")]
    pub severity: Vec<String>,
    /// Says in which state of the team a status is: --status 'Waiting=In progress'.
    #[arg(long, value_name = "STATUS=STATE")]
    pub status: Vec<String>,
    /// Takes only the rows that hold a value in a column: --only 'type=Incident'. May be given several times for a column.
    #[arg(long, value_name = "COLUMN=VALUE")]
    pub only: Vec<String>,
    /// What stands between two cells.
    #[arg(long, value_parser = ["comma", "semicolon", "tab", "pipe"])]
    pub delimiter: Option<String>,
    /// How the bytes are read.
    #[arg(long, value_parser = ["utf8", "utf16Le", "utf16Be", "cp1252"])]
    pub encoding: Option<String>,
    /// What stands before the decimals of a size.
    #[arg(long, value_parser = ["point", "comma"])]
    pub decimal: Option<String>,
    /// Whether 3/4/2026 is in April or in March.
    #[arg(long, value_parser = ["dayFirst", "monthFirst"])]
    pub dates: Option<String>,
}

impl Corrections {
    /// Whether nothing is said.
    pub fn are_none(&self) -> bool {
        let words = [&self.delimiter, &self.encoding, &self.decimal, &self.dates];
        let lists = [&self.map, &self.kind, &self.severity, &self.status, &self.only];
        words.iter().all(|word| word.is_none()) && lists.iter().all(|list| list.is_empty())
    }
}

/// What a type can stand for, in the words of `--kind`.
pub const KINDS: [&str; 6] = ["feature", "bug", "debt", "infrastructure", "leaveOut", "none"];

/// What a priority can stand for, in the words of `--severity`.
pub const SEVERITIES: [&str; 4] = ["critical", "high", "low", "none"];

/// What a column of items can become, in the words of `--map`.
pub const FIELDS: [&str; 18] = [
    "key",
    "id",
    "title",
    "description",
    "kind",
    "severity",
    "size",
    "state",
    "stateCategory",
    "created",
    "started",
    "resolved",
    "parent",
    "owner",
    "labels",
    "sprint",
    "base",
    "ignore",
];

/// How grave an interrupt can be, in the words of `--severity`.
pub const INCIDENT_SEVERITIES: [&str; 6] = ["P1", "P2", "P3", "P4", "P5", "none"];

/// What a column of interrupts can become, in the words of `--map`.
pub const INTERRUPT_FIELDS: [&str; 9] =
    ["key", "title", "severity", "reported", "ended", "hours", "minutes", "owner", "ignore"];

/// What a column of incidents can become, in the words of `--map`.
pub const INCIDENT_FIELDS: [&str; 12] = [
    "key",
    "title",
    "severity",
    "services",
    "owner",
    "reported",
    "began",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "ignore",
];

/// Exports what a team has.
#[derive(Debug, Args)]
pub struct Export {
    /// What: backlog, all, or the name of a table.
    #[arg(value_name = "backlog|all|TABLE")]
    pub what: String,
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// Where to: a file, or for all tables as CSV a folder; standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The form; by the name of the file if left out, else CSV.
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,
    /// Begins CSV with a byte-order mark, which some spreadsheet programs need.
    #[arg(long)]
    pub bom: bool,
}

/// The forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
}

/// Trackers whose exports are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Jira.
    Jira,
    /// Azure DevOps.
    Azure,
    /// Linear.
    Linear,
    /// Redmine.
    Redmine,
    /// Trello.
    Trello,
    /// GitHub.
    Github,
    /// Any other delimited file.
    Csv,
}

/// Asks for the Product Backlog.
#[derive(Debug, Args)]
pub struct Backlog {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// Only items that hold these words.
    #[arg(long)]
    pub text: Option<String>,
    /// At most so many items.
    #[arg(long, default_value_t = 1000)]
    pub limit: u32,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Asks for a Sprint.
#[derive(Debug, Args)]
pub struct Sprint {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The Sprint's number; the running one if left out.
    #[arg(long, value_name = "NUMBER")]
    pub sprint: Option<i64>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// What can be done with an interrupt.
#[derive(Debug, Subcommand)]
pub enum InterruptAction {
    /// Adds an interrupt; while a Sprint runs it draws on its buffer.
    Add(AddInterrupt),
}

/// Adds an interrupt.
#[derive(Debug, Args)]
pub struct AddInterrupt {
    /// What happened, in a line.
    pub title: String,
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// How grave it is.
    #[arg(long, value_enum, ignore_case = true)]
    pub severity: Option<InterruptSeverity>,
    /// How long it took so far: 1.5, 1:30 or “45 min”.
    #[arg(long, value_name = "TIME")]
    pub hours: Option<String>,
    /// How long it is expected to take.
    #[arg(long, value_name = "TIME")]
    pub estimate: Option<String>,
    /// The name of the member who takes it on.
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// The day on which it arrived, if not today: YYYY-MM-DD.
    #[arg(long, value_name = "DAY")]
    pub on: Option<String>,
}

/// What can be done with an incident.
#[derive(Debug, Subcommand)]
pub enum IncidentAction {
    /// Reports an incident in a line: 'P1 checkout: payments fail since 9:40'.
    Report(ReportIncident),
}

/// Reports an incident.
#[derive(Debug, Args)]
pub struct ReportIncident {
    /// A severity, services before a colon, what happens, and since when; only what happens is needed.
    pub line: String,
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The name of the member who takes it.
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// When it was noticed, if not now: 9:40 or '2026-11-24 9:40', in the team's time.
    #[arg(long, value_name = "MOMENT")]
    pub at: Option<String>,
    /// When users were first affected.
    #[arg(long, value_name = "MOMENT")]
    pub began: Option<String>,
}

/// Asks for incidents.
#[derive(Debug, Args)]
pub struct Incidents {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// Only those that are not over.
    #[arg(long)]
    pub open: bool,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// How grave an interrupt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InterruptSeverity {
    /// Everything else waits.
    P1,
    /// Today.
    P2,
    /// Soon.
    P3,
    /// When there is time.
    P4,
    /// A wish.
    P5,
}

/// Asks for interrupts.
#[derive(Debug, Args)]
pub struct Interrupts {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The Sprint's number; the running one if left out.
    #[arg(long, value_name = "NUMBER")]
    pub sprint: Option<i64>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Asks who is on call.
#[derive(Debug, Args)]
pub struct OnCall {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// When, in the team's zone: 2026-11-30 09:00; now if left out.
    #[arg(long, value_name = "DAY TIME")]
    pub at: Option<String>,
    /// How many weeks to list.
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    pub weeks: u32,
    /// Saves the shifts to come as an iCalendar file.
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// Brings the shifts of a calendar or a table in.
    #[arg(long, value_name = "FILE")]
    pub import: Option<PathBuf>,
    /// Adds whoever is not known by name to the team.
    #[arg(long, requires = "import")]
    pub add_people: bool,
    /// Shows what would be brought in, and changes nothing.
    #[arg(long, requires = "import")]
    pub dry_run: bool,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Asks for the split of a Sprint.
#[derive(Debug, Args)]
pub struct Split {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The Sprint's number; the running one if left out.
    #[arg(long, value_name = "NUMBER")]
    pub sprint: Option<i64>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Asks for the reliability of the services.
#[derive(Debug, Args)]
pub struct Reliability {
    /// A service or a group by its name; all of them if left out.
    pub of: Option<String>,
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The Sprint's number; the running one if left out.
    #[arg(long, value_name = "NUMBER", conflicts_with = "from")]
    pub sprint: Option<i64>,
    /// The first day, YYYY-MM-DD, in place of a Sprint.
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// The last day; today if left out.
    #[arg(long, value_name = "DAY", requires = "from")]
    pub to: Option<String>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Asks for the capacity of a Sprint.
#[derive(Debug, Args)]
pub struct Capacity {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The Sprint's number; the running one if left out, else the next planned one.
    #[arg(long, value_name = "NUMBER")]
    pub sprint: Option<i64>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Asks for the Daily Scrum.
#[derive(Debug, Args)]
pub struct Daily {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Draws a chart, or writes its table.
#[derive(Debug, Args)]
pub struct Chart {
    /// Which one.
    #[arg(value_parser = chart_word(), value_name = "CHART")]
    pub chart: ChartKind,
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The Sprint's number; the running one if left out.
    #[arg(long, value_name = "NUMBER")]
    pub sprint: Option<i64>,
    /// What is counted; what fits if left out.
    #[arg(long, value_parser = ["points", "items"])]
    pub unit: Option<String>,
    /// Which edition of a closed Sprint, from 1; the latest if left out.
    #[arg(long, value_name = "NUMBER")]
    pub edition: Option<u32>,
    /// A past moment: a day, or a day and a time.
    #[arg(long, value_name = "MOMENT")]
    pub as_of: Option<String>,
    /// The first day of the window: YYYY-MM-DD; twelve weeks before the last if left out.
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// The last day of the window: YYYY-MM-DD; today if left out.
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// How many closed Sprints are shown.
    #[arg(long, value_name = "NUMBER")]
    pub last: Option<u32>,
    /// How the ideal line falls: evenly, or by each day's hours.
    #[arg(long, value_parser = ["even", "weighted"])]
    pub ideal: Option<String>,
    /// What one column stands for.
    #[arg(long, value_parser = ["day", "week"])]
    pub step: Option<String>,
    /// Only this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// Whether Sprints or months are shown.
    #[arg(long, value_parser = ["sprint", "month"])]
    pub period: Option<String>,
    /// Only items with this label.
    #[arg(long, value_name = "LABEL", conflicts_with = "parent")]
    pub label: Option<String>,
    /// Only the parts of the item with this label, such as PAY-12.
    #[arg(long, value_name = "ITEM")]
    pub parent: Option<String>,
    /// Where to: a name that ends in .svg, .png or .csv.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The colours.
    #[arg(long, value_parser = ["light", "dark", "projector"], default_value = "light")]
    pub theme: String,
    /// Width and height in pixels; a PNG has twice as many.
    #[arg(long, default_value = "960x540", value_name = "WIDTHxHEIGHT")]
    pub size: String,
}

/// What can be forecast.
#[derive(Debug, Subcommand)]
pub enum ForecastAction {
    /// How much is done by a day, or by the end of a Sprint.
    HowMany {
        /// The last day: YYYY-MM-DD.
        #[arg(long, value_name = "DAY", required_unless_present = "sprint", conflicts_with = "sprint")]
        by: Option<String>,
        /// Until the end of the Sprint with that number.
        #[arg(long, value_name = "NUMBER")]
        sprint: Option<i64>,
        /// What all questions share.
        #[command(flatten)]
        asked: ForecastAsked,
    },
    /// When so much is done, or the first items of the Product Backlog, a label, the parts of an item.
    #[command(after_help = "\
Several labels or items are worked off one after the other, in the order in which they are written:
  evenkeel forecast when --label checkout --label reports --team ours.evenkeel")]
    When {
        /// How many items, or points.
        #[arg(value_name = "AMOUNT", required_unless_present_any = ["top", "label", "parent"])]
        amount: Option<String>,
        /// The first so many items of the Product Backlog.
        #[arg(long, value_name = "NUMBER")]
        top: Option<u32>,
        /// The items with this label. May be given several times.
        #[arg(long, value_name = "LABEL")]
        label: Vec<String>,
        /// The parts of the item with this label, such as PAY-12. May be given several times.
        #[arg(long, value_name = "ITEM")]
        parent: Vec<String>,
        /// After all that stands above it in the Product Backlog.
        #[arg(long)]
        above: bool,
        /// What all questions share.
        #[command(flatten)]
        asked: ForecastAsked,
    },
    /// Whether the plan of a Sprint holds.
    Plan {
        /// The Sprint's number; the next planned one if left out, else the running one.
        #[arg(long, value_name = "NUMBER")]
        sprint: Option<i64>,
        /// What all questions share.
        #[command(flatten)]
        asked: ForecastAsked,
    },
    /// How forecasts of past Sprints would have held: each from what was known at its start.
    #[command(after_help = "\
A CSV file has the columns sprint,from,to,committed,completed (committed may be empty), or day,done:
  evenkeel forecast back-test --csv sprints.csv")]
    BackTest {
        /// The team whose closed Sprints are tested.
        #[arg(long, value_name = "FILE", required_unless_present = "csv", conflicts_with = "csv")]
        team: Option<PathBuf>,
        /// A file of Sprints, or of days, instead.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// What is counted of a team's Sprints.
        #[arg(long, value_parser = ["points", "items"])]
        unit: Option<String>,
        /// How many days each stretch has, where the file tells days.
        #[arg(long, value_name = "NUMBER")]
        days: Option<u32>,
        /// What chance starts from; that of the day if left out.
        #[arg(long, value_name = "NUMBER")]
        seed: Option<u32>,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What all questions about what may come share.
#[derive(Debug, Args)]
pub struct ForecastAsked {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// What is counted; what fits if left out.
    #[arg(long, value_parser = ["points", "items"])]
    pub unit: Option<String>,
    /// What if so much of the past throughput is done, in per cent: 80.
    #[arg(long, value_name = "PERCENT")]
    pub throughput: Option<u32>,
    /// What if there is so much more to do, or less: 5, -3.
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub scope: Option<String>,
    /// What if the buffer has that share, in per cent.
    #[arg(long, value_name = "PERCENT")]
    pub buffer: Option<u32>,
    /// What if it begins on that day: YYYY-MM-DD.
    #[arg(long, value_name = "DAY")]
    pub start: Option<String>,
    /// What chance starts from; that of the day if left out.
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u32>,
    /// Draws it, too: a name that ends in .svg, .png or .csv.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The colours.
    #[arg(long, value_parser = ["light", "dark", "projector"], default_value = "light")]
    pub theme: String,
    /// Width and height in pixels; a PNG has twice as many.
    #[arg(long, default_value = "960x540", value_name = "WIDTHxHEIGHT")]
    pub size: String,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Reads the word of a chart.
fn chart_word() -> impl TypedValueParser<Value = ChartKind> {
    let kinds = ChartKind::ALL;
    PossibleValuesParser::new(kinds.iter().map(|kind| kind.word())).try_map(|word| {
        kinds.iter().copied().find(|kind| kind.word() == word).ok_or_else(|| format!("{word} is no chart"))
    })
}

/// Asks the release gate.
#[derive(Debug, Args)]
pub struct Gate {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The service that is to go live.
    #[arg(long, value_name = "NAME")]
    pub service: String,
    /// What is to go live, by its version.
    #[arg(long, value_name = "VERSION", default_value = "")]
    pub version: String,
    /// An item that it contains; what is done in the running Sprint and not live if left out. May be given several times.
    #[arg(long, value_name = "LABEL")]
    pub item: Vec<String>,
    /// Lets it go live although the gate says no, and says why.
    #[arg(long = "override", value_name = "WHY", requires = "by", conflicts_with = "look")]
    pub overrule: Option<String>,
    /// Who decides that.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Writes the answer to a JSON file.
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Looks, and keeps no answer.
    #[arg(long)]
    pub look: bool,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// Reports a deployment.
#[derive(Debug, Args)]
pub struct Deployed {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The service.
    #[arg(long, value_name = "NAME")]
    pub service: String,
    /// What was deployed, by its version.
    #[arg(long, value_name = "VERSION", default_value = "")]
    pub version: String,
    /// The environment; production if left out.
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,
    /// When it began: 9:40, 2026-11-24 9:40, or 2026-11-24T08:40:00Z.
    #[arg(long, value_name = "TIME")]
    pub started: Option<String>,
    /// When it ended; now if left out.
    #[arg(long, value_name = "TIME")]
    pub finished: Option<String>,
    /// What became of it; succeeded if left out.
    #[arg(long, value_parser = ["succeeded", "aborted", "running"])]
    pub result: Option<String>,
    /// A file with its commits, a line each: hash, time, subject; - is standard input.
    #[arg(long, value_name = "FILE")]
    pub commits: Option<PathBuf>,
    /// An item that it contains. May be given several times.
    #[arg(long, value_name = "LABEL")]
    pub item: Vec<String>,
    /// The version that it takes back.
    #[arg(long, value_name = "VERSION", conflicts_with = "hotfix_of")]
    pub rollback_of: Option<String>,
    /// The version that it mends.
    #[arg(long, value_name = "VERSION")]
    pub hotfix_of: Option<String>,
    /// It was unplanned work on something that users saw.
    #[arg(long)]
    pub unplanned: bool,
    /// The key by which it is known again, such as the number of the pipeline.
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// Where the key comes from.
    #[arg(long, value_name = "NAME", default_value = "pipeline")]
    pub source: String,
    /// What people should know of it.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,
    /// Where more stands.
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    pub url: String,
}

/// Asks for the measures.
#[derive(Debug, Args)]
pub struct Measures {
    /// The team.
    #[command(flatten)]
    pub team: TeamFile,
    /// The Sprint's number; the last 30 days if left out.
    #[arg(long)]
    pub sprint: Option<i64>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}
