//! The release gate: may this increment go live now?
//!
//! 1. The team's Definition of Live says which checks are asked; each answers with a reason, also where it holds.
//! 2. The answer is yes where no check that is asked fails. What is not known is said and never taken for yes in words;
//!    whether it stops is the team's to say, check by check.
//! 3. An answer is a fact. A person may go on against it, by name and with a reason; the answer stays what it was.

use crate::calendar::Instant;
use crate::identity::{RowId, ServiceId, StateId};
use crate::interrupt::IncidentSeverity;
use crate::measures::Share;
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a Definition of Live can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CheckName {
    /// No incident as grave as that is open on the service.
    NoGraveIncident,
    /// The service has error budget left.
    BudgetLeft,
    /// The moment lies in no freeze.
    NoFreeze,
    /// The items are done by the Definition of Done.
    ItemsDone,
    /// The items have been in the state in which they are reviewed.
    ItemsReviewed,
    /// Somebody is on call at the level that is called first.
    OnCallCovered,
}
words!(CheckName {
    NoGraveIncident = "noGraveIncident",
    BudgetLeft = "budgetLeft",
    NoFreeze = "noFreeze",
    ItemsDone = "itemsDone",
    ItemsReviewed = "itemsReviewed",
    OnCallCovered = "onCallCovered",
});

/// A line of the Definition of Live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveCheck {
    /// Which check.
    pub name: CheckName,
    /// Whether it is asked.
    pub is_asked: bool,
    /// Whether an answer that is not known stops.
    pub stops_unknown: bool,
    /// [`CheckName::NoGraveIncident`]: the least grave severity that stops.
    pub severity: IncidentSeverity,
    /// [`CheckName::BudgetLeft`]: more than this share of the budget has to be left.
    pub share: Share,
    /// [`CheckName::ItemsReviewed`]: the state in which items are reviewed.
    pub state: Option<StateId>,
}

impl LiveCheck {
    /// A check as it is before a team says anything: all are asked but the one that needs a state.
    pub fn new(name: CheckName) -> LiveCheck {
        LiveCheck {
            name,
            is_asked: name != CheckName::ItemsReviewed,
            stops_unknown: false,
            severity: IncidentSeverity::P2,
            share: Share::basis_points(0),
            state: None,
        }
    }
}

/// The Definition of Live: each check once, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveChecks(Vec<LiveCheck>);

impl LiveChecks {
    /// The checks that a team changed, and the others as they come.
    pub fn of(changed: &[LiveCheck]) -> LiveChecks {
        let one = |name: &CheckName| {
            let known = changed.iter().find(|check| check.name == *name).copied();
            known.unwrap_or_else(|| LiveCheck::new(*name))
        };
        LiveChecks(CheckName::ALL.iter().map(one).collect())
    }

    /// All checks.
    pub fn all(&self) -> &[LiveCheck] {
        &self.0
    }

    /// One of them.
    pub fn get(&self, name: CheckName) -> LiveCheck {
        self.0.iter().find(|check| check.name == name).copied().unwrap_or_else(|| LiveCheck::new(name))
    }
}

/// A time in which nothing goes live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freeze {
    /// Its identity.
    pub id: RowId,
    /// The service; none is all of them.
    pub service: Option<ServiceId>,
    /// From here on.
    pub from: Instant,
    /// Up to here.
    pub to: Instant,
    /// Why.
    pub why: String,
}

impl Freeze {
    /// Whether it holds for a service at a moment.
    pub fn holds(&self, service: ServiceId, at: Instant) -> bool {
        self.service.is_none_or(|of| of == service) && self.from <= at && at < self.to
    }
}

/// An incident that is open on the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenIncident {
    /// The label for people.
    pub label: String,
    /// Its title.
    pub title: String,
    /// How grave it is.
    pub severity: IncidentSeverity,
}

/// What is left of the budget of an objective.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetState {
    /// The name of the objective.
    pub objective: String,
    /// What is left as a fraction of the whole, negative where more was used; none where that is not known.
    pub left: Option<f64>,
}

/// An item of the increment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateItem {
    /// The label for people.
    pub label: String,
    /// Whether it is done by the Definition of Done.
    pub is_done: bool,
    /// Whether it has been in the state of the review.
    pub is_reviewed: bool,
}

/// What the file knows about a service at the moment of the question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GateKnows {
    /// The incidents that are open on the service, or on no service that is known.
    pub incidents: Vec<OpenIncident>,
    /// What is left of each error budget.
    pub budgets: Vec<BudgetState>,
    /// The freezes that hold for it, with the day on which each ends, in words.
    pub freezes: Vec<(String, String)>,
    /// The items of the increment.
    pub items: Vec<GateItem>,
    /// Whether these were named; else they are what is done and not live.
    pub are_named: bool,
    /// The name of the state in which items are reviewed.
    pub review: Option<String>,
    /// Who is on call; none where nobody plans that.
    pub on_call: Option<Answering>,
}

/// Who is on call now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answering {
    /// The name of the level that is called first.
    pub level: String,
    /// Who answers at it.
    pub first: Vec<String>,
    /// Who answers at the others, each with the name of the level.
    pub later: Vec<(String, String)>,
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "GateStanding")]
pub enum Standing {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// The file cannot tell.
    Unknown,
}
words!(Standing { Holds = "holds", Fails = "fails", Unknown = "unknown" });

/// What one check found, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: CheckName,
    /// What it found.
    pub standing: Standing,
    /// Whether it stops the release.
    pub stops: bool,
    /// Why, in a sentence.
    pub reason: String,
}

/// The answer of the release gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// What each check that is asked found.
    pub findings: Vec<Finding>,
}

impl Gate {
    /// Asks each check of the Definition of Live.
    pub fn new(checks: &LiveChecks, knows: &GateKnows) -> Gate {
        let asked = checks.all().iter().filter(|check| check.is_asked);
        let findings = asked.map(|check| {
            let (standing, reason) = found(check, knows);
            let stops = match standing {
                Standing::Holds => false,
                Standing::Fails => true,
                Standing::Unknown => check.stops_unknown,
            };
            Finding { check: check.name, standing, stops, reason }
        });
        Gate { findings: findings.collect() }
    }

    /// Whether the increment may go live.
    pub fn may(&self) -> bool {
        self.findings.iter().all(|finding| !finding.stops)
    }
}

fn found(check: &LiveCheck, knows: &GateKnows) -> (Standing, String) {
    match check.name {
        CheckName::NoGraveIncident => incidents(check.severity, knows),
        CheckName::BudgetLeft => budgets(check.share, knows),
        CheckName::NoFreeze => match knows.freezes.as_slice() {
            [] => (Standing::Holds, "No freeze holds.".into()),
            [(why, until), ..] => (Standing::Fails, format!("A freeze holds until {until}: {why}.")),
        },
        CheckName::ItemsDone => {
            let open = labels(knows.items.iter().filter(|item| !item.is_done));
            match (knows.items.len(), open) {
                (0, _) if !knows.are_named => {
                    (Standing::Holds, "No items are named, and none that is done waits to go live.".into())
                }
                (0, _) => (Standing::Unknown, "No items are named.".into()),
                (count, None) if knows.are_named => (Standing::Holds, format!("{} done.", are(count))),
                (count, None) => {
                    (Standing::Holds, format!("No items are named; {} done and not live yet.", are(count)))
                }
                (_, Some((count, open))) => (Standing::Fails, format!("{} not done: {open}.", are(count))),
            }
        }
        CheckName::ItemsReviewed => {
            let Some(state) = &knows.review else {
                return (Standing::Unknown, "No state is chosen in which items are reviewed.".into());
            };
            let missed = labels(knows.items.iter().filter(|item| !item.is_reviewed));
            match (knows.items.len(), missed) {
                (0, _) => (Standing::Holds, "There are no items to be reviewed.".into()),
                (count, None) => (Standing::Holds, format!("{} been in “{state}”.", have(count))),
                (_, Some((count, missed))) => {
                    (Standing::Fails, format!("{} never been in “{state}”: {missed}.", have(count)))
                }
            }
        }
        CheckName::OnCallCovered => match &knows.on_call {
            None => (Standing::Unknown, "No rotation says who is on call.".into()),
            Some(one) if !one.first.is_empty() => {
                let are = if one.first.len() == 1 { "is" } else { "are" };
                (Standing::Holds, format!("{} {are} on call.", one.first.join(" and ")))
            }
            Some(one) if one.later.is_empty() => (Standing::Fails, "Nobody is on call.".into()),
            Some(one) => {
                let later: Vec<String> =
                    one.later.iter().map(|(name, level)| format!("{name} at {level}")).collect();
                let level = &one.level;
                (
                    Standing::Fails,
                    format!(
                        "Nobody is on call at {level}, which is called first: only {}.",
                        later.join(" and ")
                    ),
                )
            }
        },
    }
}

fn incidents(limit: IncidentSeverity, knows: &GateKnows) -> (Standing, String) {
    let grave: Vec<&OpenIncident> = knows.incidents.iter().filter(|one| one.severity <= limit).collect();
    let up_to = if limit == IncidentSeverity::P1 { "P1".to_owned() } else { format!("P1 to {limit}") };
    match grave.as_slice() {
        [] => match knows.incidents.len() {
            0 => (Standing::Holds, "No incident is open.".into()),
            1 => (Standing::Holds, format!("No incident {up_to} is open, and a lesser one is.")),
            count => (Standing::Holds, format!("No incident {up_to} is open, and {count} lesser ones are.")),
        },
        [one, others @ ..] => {
            let more = match others.len() {
                0 => String::new(),
                count => format!(", and {count} more"),
            };
            (Standing::Fails, format!("{} {} is open: {}{more}.", one.severity, one.label, one.title))
        }
    }
}

fn budgets(least: Share, knows: &GateKnows) -> (Standing, String) {
    let limit = least.in_basis_points() as f64 / 10_000.0;
    let known: Vec<(&str, f64)> =
        knows.budgets.iter().filter_map(|one| Some((one.objective.as_str(), one.left?))).collect();
    let worst = known.iter().copied().reduce(|worst, one| if one.1 < worst.1 { one } else { worst });
    // Rounded down, as all figures of reliability: 0.4 % left is not 1 %.
    let percent = |left: f64| (left * 100.0).floor();
    match worst {
        None if knows.budgets.is_empty() => {
            (Standing::Unknown, "No objective is set for the service: its budget is not known.".into())
        }
        None => (Standing::Unknown, "How much of the error budget is left is not known.".into()),
        Some((objective, left)) if left <= limit => {
            let spent = if left <= 0.0 {
                "The error budget is spent".to_owned()
            } else {
                format!("{} % of the error budget are left, {} % are asked", percent(left), limit * 100.0)
            };
            (Standing::Fails, format!("{spent}: {objective}."))
        }
        Some((objective, left)) if known.len() < knows.budgets.len() => (
            Standing::Unknown,
            format!(
                "{} % of the error budget are left ({objective}); that of others is not known.",
                percent(left)
            ),
        ),
        Some((objective, left)) => {
            (Standing::Holds, format!("{} % of the error budget are left: {objective}.", percent(left)))
        }
    }
}

/// How many, and their labels: the first five.
fn labels<'i>(items: impl Iterator<Item = &'i GateItem>) -> Option<(usize, String)> {
    let all: Vec<&str> = items.map(|item| item.label.as_str()).collect();
    match all.as_slice() {
        [] => None,
        [a, b, c, d, e, _, _, ..] => {
            Some((all.len(), format!("{} and {} more", [*a, *b, *c, *d, *e].join(", "), all.len() - 5)))
        }
        few => Some((few.len(), few.join(", "))),
    }
}

fn are(count: usize) -> String {
    if count == 1 { "1 item is".to_owned() } else { format!("{count} items are") }
}

fn have(count: usize) -> String {
    if count == 1 { "1 item has".to_owned() } else { format!("{count} items have") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn item(label: &str, is_done: bool, is_reviewed: bool) -> GateItem {
        GateItem { label: label.into(), is_done, is_reviewed }
    }

    fn incident(severity: IncidentSeverity) -> OpenIncident {
        OpenIncident { label: "INC-7".into(), title: "Payments fail".into(), severity }
    }

    fn budget(left: Option<f64>) -> BudgetState {
        BudgetState { objective: "checkout answers".into(), left }
    }

    fn all_asked() -> LiveChecks {
        LiveChecks::of(&[LiveCheck { is_asked: true, ..LiveCheck::new(CheckName::ItemsReviewed) }])
    }

    fn check(checks: &LiveChecks, knows: &GateKnows, expected: Expect) {
        let gate = Gate::new(checks, knows);
        let mut told = format!("may: {}\n", gate.may());
        for one in &gate.findings {
            let stops = if one.stops { ", stops" } else { "" };
            told.push_str(&format!("{}: {}{stops}: {}\n", one.check, one.standing, one.reason));
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn each_check_holds_with_a_reason() {
        let knows = GateKnows {
            incidents: vec![incident(IncidentSeverity::P3)],
            budgets: vec![budget(Some(0.429)), budget(Some(0.9))],
            items: vec![item("T-1", true, true)],
            are_named: true,
            review: Some("In review".into()),
            on_call: Some(Answering {
                level: "Primary".into(),
                first: vec!["Ana".into(), "Ben".into()],
                later: vec![("Cem".into(), "Secondary".into())],
            }),
            ..GateKnows::default()
        };
        check(
            &all_asked(),
            &knows,
            expect![[r#"
                may: true
                noGraveIncident: holds: No incident P1 to P2 is open, and a lesser one is.
                budgetLeft: holds: 42 % of the error budget are left: checkout answers.
                noFreeze: holds: No freeze holds.
                itemsDone: holds: 1 item is done.
                itemsReviewed: holds: 1 item has been in “In review”.
                onCallCovered: holds: Ana and Ben are on call.
            "#]],
        );
    }

    #[test]
    fn each_check_that_fails_says_why_and_stops() {
        let knows = GateKnows {
            incidents: vec![incident(IncidentSeverity::P2), incident(IncidentSeverity::P1)],
            budgets: vec![budget(Some(0.9)), budget(Some(-0.2))],
            freezes: vec![("Black Friday".into(), "Monday, 30 November".into())],
            items: vec![item("T-1", true, false), item("T-2", false, true)],
            are_named: true,
            review: Some("In review".into()),
            on_call: Some(Answering::default()),
        };
        check(
            &all_asked(),
            &knows,
            expect![[r#"
                may: false
                noGraveIncident: fails, stops: P2 INC-7 is open: Payments fail, and 1 more.
                budgetLeft: fails, stops: The error budget is spent: checkout answers.
                noFreeze: fails, stops: A freeze holds until Monday, 30 November: Black Friday.
                itemsDone: fails, stops: 1 item is not done: T-2.
                itemsReviewed: fails, stops: 1 item has never been in “In review”: T-1.
                onCallCovered: fails, stops: Nobody is on call.
            "#]],
        );
    }

    #[test]
    fn what_is_not_known_is_said_and_stops_where_the_team_says_so() {
        let knows = GateKnows { budgets: vec![budget(None)], ..GateKnows::default() };
        check(
            &all_asked(),
            &knows,
            expect![[r#"
                may: true
                noGraveIncident: holds: No incident is open.
                budgetLeft: unknown: How much of the error budget is left is not known.
                noFreeze: holds: No freeze holds.
                itemsDone: holds: No items are named, and none that is done waits to go live.
                itemsReviewed: unknown: No state is chosen in which items are reviewed.
                onCallCovered: unknown: No rotation says who is on call.
            "#]],
        );
        let strict = LiveChecks::of(&[
            LiveCheck { stops_unknown: true, ..LiveCheck::new(CheckName::BudgetLeft) },
            LiveCheck { is_asked: false, ..LiveCheck::new(CheckName::OnCallCovered) },
        ]);
        let gate = Gate::new(&strict, &knows);
        assert!(!gate.may());
        assert_eq!(gate.findings.len(), 4, "what is not asked says nothing");
        let one_known = GateKnows { budgets: vec![budget(Some(0.5)), budget(None)], ..GateKnows::default() };
        assert_eq!(Gate::new(&strict, &one_known).findings[1].standing, Standing::Unknown);
    }

    #[test]
    fn a_team_says_how_grave_and_how_much() {
        let checks = LiveChecks::of(&[
            LiveCheck { severity: IncidentSeverity::P1, ..LiveCheck::new(CheckName::NoGraveIncident) },
            LiveCheck { share: Share::basis_points(2_000), ..LiveCheck::new(CheckName::BudgetLeft) },
        ]);
        let knows = GateKnows {
            incidents: vec![incident(IncidentSeverity::P2)],
            budgets: vec![budget(Some(0.199))],
            ..GateKnows::default()
        };
        let gate = Gate::new(&checks, &knows);
        assert_eq!(gate.findings[0].standing, Standing::Holds);
        assert_eq!(
            gate.findings[1].reason,
            "19 % of the error budget are left, 20 % are asked: checkout answers."
        );
    }

    #[test]
    fn who_is_called_next_does_not_cover_the_first_level() {
        let answering = Answering {
            level: "Primary".into(),
            first: Vec::new(),
            later: vec![("Ben".into(), "Secondary".into())],
        };
        let gate =
            Gate::new(&LiveChecks::of(&[]), &GateKnows { on_call: Some(answering), ..GateKnows::default() });
        let found = gate.findings.last().expect("a finding");
        assert_eq!((found.standing, found.stops), (Standing::Fails, true));
        assert_eq!(
            found.reason,
            "Nobody is on call at Primary, which is called first: only Ben at Secondary."
        );
    }

    #[test]
    fn a_freeze_holds_for_its_service_and_not_at_its_end() {
        let service = |n: u128| ServiceId::from(uuid::Uuid::from_u128(n));
        let at = Instant::from_millis;
        let id = RowId::from(uuid::Uuid::from_u128(1));
        let all = Freeze { id, service: None, from: at(10), to: at(20), why: String::new() };
        assert!(all.holds(service(1), at(10)) && all.holds(service(2), at(19)));
        assert!(!all.holds(service(1), at(9)) && !all.holds(service(1), at(20)));
        let one = Freeze { service: Some(service(1)), ..all };
        assert!(one.holds(service(1), at(10)) && !one.holds(service(2), at(10)));
    }
}
