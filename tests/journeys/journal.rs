//! Undo, redo, and what holds after any history.

use app::{AppError, ErrorKind, Outcome};
use evenkeel_tests::Desk;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;

#[test]
fn undo_survives_closing_the_program_and_says_what_it_takes_back() {
    let mut desk = Desk::new();
    let item =
        desk.run(json!({ "backlog": { "addItem": { "title": "Retry card payments" } } })).created[0].clone();
    desk.run(json!({ "backlog": { "size": { "items": [item], "size": 500 } } }));
    let mut desk = desk.reopen();
    assert_eq!(desk.ask(json!({ "journal": { "undoState": {} } }))["undo"], "Size PAY-1 5");
    assert_eq!(desk.run(json!({ "journal": { "undo": {} } })).title, "Undo Size PAY-1 5");
    assert_eq!(
        desk.ask(json!({ "journal": { "undoState": {} } })),
        json!({ "undo": "Add PAY-1", "redo": "Size PAY-1 5" })
    );
    desk.run(json!({ "journal": { "undo": {} } }));
    desk.run(json!({ "journal": { "redo": {} } }));
    desk.run(json!({ "journal": { "redo": {} } }));
    assert_eq!(
        desk.ask(json!({ "journal": { "undoState": {} } })),
        json!({ "undo": "Size PAY-1 5", "redo": null })
    );
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn undo_of_one_step_is_refused_when_another_came_after_it() {
    let mut desk = Desk::new();
    let added = desk.run(json!({ "backlog": { "addItem": { "title": "Retry card payments" } } }));
    let sized = desk.run(json!({ "backlog": { "size": { "items": [added.created[0]], "size": 500 } } }));
    let undo = |outcome: &Outcome| json!({ "journal": { "undo": { "operation": outcome.operation } } });
    let refused = desk.refused(undo(&added));
    assert_eq!(refused.message, "“Size PAY-1 5” was done since, so nothing was undone.");
    let undone = desk.run(undo(&sized));
    let redo = json!({ "journal": { "redo": { "operation": undone.operation } } });
    desk.run(redo.clone());
    let refused = desk.refused(redo);
    assert_eq!(refused.message, "“Redo Size PAY-1 5” was done since, so nothing was redone.");
}

#[test]
fn every_window_of_the_history_says_how_long_it_is() {
    let mut desk = Desk::new();
    for number in 1..=5 {
        desk.run(json!({ "backlog": { "addItem": { "title": format!("Item {number}") } } }));
    }
    let all = desk.ask(json!({ "journal": { "history": { "limit": 100 } } }));
    let total = all["total"].as_u64().unwrap();
    assert_eq!(all["operations"].as_array().unwrap().len() as u64, total);
    let part = desk.ask(json!({ "journal": { "history": { "from": 2, "limit": 2 } } }));
    assert_eq!(part["total"], total);
    assert_eq!(part["operations"], json!([all["operations"][2], all["operations"][3]]));
}

#[test]
fn a_text_with_nul_is_refused_at_the_border() {
    let mut desk = Desk::new();
    let refused = desk.refused(json!({ "backlog": { "addItem": { "title": "a\u{0}b" } } }));
    assert_eq!(refused.message, "The text holds a character U+0000.");
    desk.run(json!({ "backlog": { "addItem": { "title": "a literal \\u0000 is text" } } }));
}

/// One step of a random history. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Add(bool, u8),
    Size(usize, Option<u8>),
    Kind(usize, u8),
    Reorder(usize, bool),
    Assign(usize),
    Remove(usize),
    Refine(usize, usize, u8),
    Interrupt(usize, usize, u8),
    Decide(usize, u8),
    Absent(u8),
    Call(u8),
    Import(u8),
    Plan,
    Select(usize, bool),
    Return(usize),
    Start,
    Again,
    Move(usize, u8),
    Close(u8),
    Lanes(u8),
    Member,
    Holiday(u8),
    Rename(u8),
    Undo,
    Redo,
}

const KINDS: [&str; 4] = ["feature", "bug", "debt", "infrastructure"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let item = 0..20_usize;
    let step = prop_oneof![
        6 => (any::<bool>(), any::<u8>()).prop_map(|(first, kind)| Step::Add(first, kind)),
        3 => (item.clone(), prop::option::of(0..21_u8)).prop_map(|(item, size)| Step::Size(item, size)),
        2 => (item.clone(), any::<u8>()).prop_map(|(item, kind)| Step::Kind(item, kind)),
        2 => (item.clone(), any::<bool>()).prop_map(|(item, top)| Step::Reorder(item, top)),
        1 => item.clone().prop_map(Step::Assign),
        1 => item.clone().prop_map(Step::Remove),
        6 => (item.clone(), item.clone(), any::<u8>()).prop_map(|(item, other, how)| Step::Refine(item, other, how)),
        9 => (item.clone(), item.clone(), any::<u8>()).prop_map(|(one, item, how)| Step::Interrupt(one, item, how)),
        2 => (item.clone(), any::<u8>()).prop_map(|(item, how)| Step::Decide(item, how)),
        2 => any::<u8>().prop_map(Step::Absent),
        2 => any::<u8>().prop_map(Step::Call),
        2 => any::<u8>().prop_map(Step::Import),
        3 => Just(Step::Plan),
        5 => (item.clone(), any::<bool>()).prop_map(|(item, later)| Step::Select(item, later)),
        1 => item.clone().prop_map(Step::Return),
        4 => Just(Step::Start),
        2 => Just(Step::Again),
        5 => (item, any::<u8>()).prop_map(|(item, state)| Step::Move(item, state)),
        2 => any::<u8>().prop_map(Step::Close),
        1 => any::<u8>().prop_map(Step::Lanes),
        1 => Just(Step::Member),
        1 => any::<u8>().prop_map(Step::Holiday),
        1 => any::<u8>().prop_map(Step::Rename),
        6 => Just(Step::Undo),
        4 => Just(Step::Redo),
    ];
    // Half of the histories go on from a Sprint that runs, with somebody away, an interrupt from before it, one that is
    // timed, has a cause and overflows the buffer, and one that is over: by chance alone few would ever come so far.
    let running = [
        Step::Member,
        Step::Interrupt(0, 0, 0),
        Step::Absent(9),
        Step::Add(true, 0),
        Step::Plan,
        Step::Select(0, true),
        Step::Start,
        Step::Interrupt(0, 0, 240),
        Step::Interrupt(1, 0, 14),
        Step::Interrupt(1, 0, 17),
        Step::Interrupt(0, 0, 20),
        Step::Interrupt(2, 0, 12),
    ];
    (any::<bool>(), prop::collection::vec(step, 1..22)).prop_map(move |(runs, steps)| {
        let before: &[Step] = if runs { &running } else { &[] };
        [before, &steps].concat()
    })
}

/// A random history as it is played: the desk, and what its steps choose among.
struct Play {
    desk: Desk,
    items: Vec<String>,
    sprints: Vec<String>,
    members: Vec<String>,
    interrupts: Vec<String>,
    settings: Value,
    /// What the last command was: `interrupt report`.
    verb: String,
}

impl Play {
    fn new() -> Play {
        let desk = Desk::new();
        let settings = desk.ask(json!({ "team": { "settings": {} } }));
        Play {
            desk,
            items: Vec::new(),
            sprints: Vec::new(),
            members: Vec::new(),
            interrupts: Vec::new(),
            settings,
            verb: String::new(),
        }
    }

    fn item(&self, number: usize) -> Vec<&String> {
        self.items.get(number % self.items.len().max(1)).into_iter().collect()
    }

    fn try_step(&mut self, step: &Step) -> Result<Outcome, AppError> {
        if let Step::Import(seed) = step {
            return self.import(*seed);
        }
        let sprint = self.sprints.last().cloned().unwrap_or_else(|| NO_ONE.into());
        let first = self.sprints.first().cloned().unwrap_or_else(|| NO_ONE.into());
        let command = match step {
            Step::Add(first, kind) => {
                let kind = KINDS.get(usize::from(*kind) % 5);
                json!({ "backlog": { "addItem": { "title": "Work", "first": first, "kind": kind, "size": "3" } } })
            }
            Step::Size(item, size) => {
                json!({ "backlog": { "size": { "items": self.item(*item), "size": size.map(|size| i64::from(size) * 100) } } })
            }
            Step::Kind(item, kind) => {
                let kind = KINDS.get(usize::from(*kind) % 5);
                json!({ "backlog": { "setKind": { "items": self.item(*item), "kind": kind } } })
            }
            Step::Reorder(item, top) => {
                json!({ "backlog": { "move": { "items": self.item(*item), "to": if *top { "top" } else { "bottom" } } } })
            }
            Step::Assign(item) => {
                json!({ "backlog": { "assign": { "items": self.item(*item), "owner": self.members.last() } } })
            }
            Step::Remove(item) => json!({ "backlog": { "removeItems": { "items": self.item(*item) } } }),
            Step::Refine(item, other, how) => self.refine(*item, *other, *how),
            Step::Interrupt(one, item, how) => self.interrupt(*one, *item, *how),
            Step::Decide(item, how) => {
                let choice = ["acceptSlip", "swapOut", "reduceScope", "cancelSprint"][usize::from(how % 4)];
                json!({ "interrupt": { "decideOverflow": {
                    "choice": choice, "items": self.item(*item), "reason": "It cannot wait.", "productOwner": true,
                } } })
            }
            Step::Absent(how) => self.absent(*how),
            Step::Call(how) => {
                let days = self.days(*how);
                json!({ "capacity": { "markOnCall": { "days": [days], "onCall": how % 3 > 0 } } })
            }
            Step::Plan => json!({ "sprint": { "plan": {} } }),
            Step::Select(item, later) => {
                let sprint = if *later { sprint } else { first };
                let item = self.item(*item);
                json!({ "sprint": { "selectItems": { "items": item, "sprint": sprint, "origin": "pulledIn" } } })
            }
            Step::Return(item) => json!({ "sprint": { "returnItems": { "items": self.item(*item) } } }),
            Step::Start => json!({ "sprint": { "start": { "sprint": first } } }),
            Step::Again => json!({ "sprint": { "commitAgain": { "sprint": first } } }),
            Step::Move(item, state) => {
                let states = self.settings["states"].as_array().map(Vec::as_slice).unwrap_or_default();
                let state = &states[usize::from(*state) % states.len()]["id"];
                json!({ "sprint": { "moveToState": { "items": self.item(*item), "state": state } } })
            }
            Step::Close(decision) => {
                let decision = match decision % 4 {
                    0 => json!("productBacklog"),
                    1 => json!("cancel"),
                    2 => json!({ "nextSprint": { "sprint": sprint } }),
                    _ => json!({ "split": { "parts": [
                        { "title": "A part", "size": "1", "to": "productBacklog" },
                        { "title": "Another", "size": null, "to": "productBacklog" },
                    ] } }),
                };
                let board = self.desk.ask(json!({ "sprint": { "board": {} } }));
                let running = board["sprint"]["id"].clone();
                let open = board["columns"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(|column| column["category"] == "toDo" || column["category"] == "inProgress");
                let open = open.flat_map(|column| column["items"].as_array().into_iter().flatten());
                let decisions: Vec<Value> =
                    open.map(|item| json!({ "item": item["id"], "decision": decision })).collect();
                let goal = json!({ "outcome": "met", "why": "" });
                let running = if running.is_null() { json!(NO_ONE) } else { running };
                json!({ "sprint": { "close": { "sprint": running, "decisions": decisions, "goal": goal } } })
            }
            Step::Lanes(seed) => {
                let settings = self.desk.ask(json!({ "team": { "settings": {} } }));
                let lanes = settings["lanes"].as_array().expect("lanes");
                let lane = &lanes[usize::from(seed / 8) % lanes.len()]["id"];
                let share = |lane: &Value, share: i64| json!({ "lane": lane["id"], "share": share });
                let command = match seed % 8 {
                    0 => json!({ "addLane": { "name": format!("Lane {seed}") } }),
                    1 => json!({ "renameLane": { "lane": lane, "name": format!("Lane {seed}") } }),
                    2 => json!({ "removeLane": { "lane": lane } }),
                    3 => json!({ "setBuffer": { "lane": lane } }),
                    4 => {
                        let (first, rest) = lanes.split_first().expect("a lane");
                        let mut shares = vec![share(first, 10_000)];
                        shares.extend(rest.iter().map(|lane| share(lane, 0)));
                        json!({ "setShares": { "shares": shares } })
                    }
                    n => {
                        let kind = KINDS[usize::from(n + seed / 8) % KINDS.len()];
                        json!({ "setLaneOfKind": { "kind": kind, "lane": lane } })
                    }
                };
                json!({ "team": command })
            }
            Step::Member => json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }),
            Step::Holiday(day) => {
                json!({ "team": { "addHoliday": { "day": format!("2026-11-{:02}", day % 30 + 1), "name": "Rest" } } })
            }
            Step::Rename(name) if name % 3 == 0 => {
                let severity = ["P1", "P2", "P3", "P4", "P5"][usize::from(name / 3 % 5)];
                json!({ "team": { "renameSeverity": { "severity": severity, "name": format!("Grave {}", name % 4) } } })
            }
            Step::Rename(name) => json!({ "team": { "rename": { "name": format!("Team {name}") } } }),
            Step::Undo => json!({ "journal": { "undo": {} } }),
            Step::Redo => json!({ "journal": { "redo": {} } }),
            Step::Import(_) => unreachable!("imported above"),
        };
        let area = command.as_object().and_then(|areas| areas.iter().next());
        let verb = area.and_then(|(area, body)| Some((area, body.as_object()?.keys().next()?)));
        self.verb = verb.map(|(area, verb)| format!("{area} {verb}")).unwrap_or_default();
        self.desk.try_run(command)
    }

    /// Days of the last member, within the Sprints that are planned.
    fn days(&self, how: u8) -> Value {
        let first = how % 12 + 2;
        json!({
            "member": self.members.last().map_or(NO_ONE, String::as_str),
            "firstDay": format!("2026-11-{first:02}"),
            "lastDay": format!("2026-11-{:02}", first + how / 64),
        })
    }

    /// Says that the last member is away, changes that, or takes it back.
    fn absent(&self, how: u8) -> Value {
        let mut form = self.days(how);
        form["away"] = json!(["half", "whole", "2 h"][usize::from(how % 3)]);
        let month = self.desk.ask(json!({ "capacity": { "calendarMonth": { "day": "2026-11-02" } } }));
        let weeks = month["weeks"].as_array().into_iter().flatten();
        let mut days = weeks.flat_map(|week| week.as_array().into_iter().flatten());
        let known = days.find_map(|day| Some(day["away"].as_array()?.first()?["id"].clone()));
        json!({ "capacity": match (how / 3 % 4, known) {
            (0, Some(id)) => json!({ "removeAbsence": { "id": id } }),
            (1, Some(id)) => {
                form["id"] = id;
                json!({ "changeAbsence": form })
            }
            (2, _) => json!({ "markAway": { "days": [self.days(how)], "away": 5_000 } }),
            _ => json!({ "addAbsence": form }),
        } })
    }

    /// What is said of an interrupt.
    fn interrupt(&self, one: usize, item: usize, how: u8) -> Value {
        let some = self.interrupts.get(one % self.interrupts.len().max(1)).cloned();
        let one = some.clone().unwrap_or_else(|| NO_ONE.into());
        let item = self.item(item).first().map_or(NO_ONE, |item| item.as_str());
        let (member, amount) = (self.members.last(), i64::from(how) * 3 + 15);
        // The page of an interrupt knows its hours and its links; there is none before the first report, and after its undo.
        let is_there = |one: &String| {
            let id = one.parse().expect("an identity");
            self.desk.team.read().interrupt(id).expect("interrupts are read").is_some()
        };
        let page = some
            .filter(is_there)
            .map(|one| self.desk.ask(json!({ "interrupt": { "interrupt": { "interrupt": one } } })));
        let page = page.unwrap_or_default();
        let (is_over, runs) = (page["row"]["endedAt"].is_i64(), page["row"]["timerSince"].is_i64());
        let (hours, link) = (page["hours"][0]["id"].as_str(), page["row"]["items"][0]["item"].as_str());
        let lane = page["lanes"][usize::from(how) % 3]["id"].as_str();
        json!({ "interrupt": match how % 20 {
            10.. if page["canBeTaken"] == true => json!({ "take": { "interrupts": [one] } }),
            0..=3 => json!({ "report": {
                "title": "Outage", "severity": format!("P{}", how % 5 + 1), "owner": member,
                "hours": how.is_multiple_of(3).then_some(amount), "estimate": (how % 3 == 1).then_some(amount),
            } }),
            4 | 5 => json!({ "addHours": { "interrupt": one, "time": amount, "member": member } }),
            6 => json!({ "correctHours": { "hours": hours.unwrap_or(NO_ONE), "time": amount, "member": member } }),
            7 => json!({ "correctHours": { "hours": hours.unwrap_or(NO_ONE), "time": "" } }),
            8 => json!({ "setSeverity": { "interrupt": one, "severity": format!("P{}", how / 20 % 5 + 1) } }),
            9 => json!({ "assign": { "interrupt": one, "owner": member.filter(|_| page["row"]["owner"].is_null()) } }),
            10 => json!({ "setLane": { "interrupt": one, "lane": lane } }),
            11 => json!({ "estimate": { "interrupt": one, "estimate": amount } }),
            12 | 13 if is_over => json!({ "reopen": { "interrupt": one } }),
            12 | 13 => json!({ "end": { "interrupt": one } }),
            14 | 15 if runs => json!({ "stopTimer": { "interrupt": one, "time": amount } }),
            14 | 15 => json!({ "startTimer": { "interrupt": one, "member": member } }),
            16 => json!({ "becomeItem": { "interrupt": one, "kind": KINDS[usize::from(how / 20) % 4], "size": "2" } }),
            17 | 18 if link.is_some() => json!({ "unlink": { "interrupt": one, "item": link } }),
            17 | 18 => json!({ "linkCause": { "interrupt": one, "item": item } }),
            _ => json!({ "rename": { "interrupt": one, "title": format!("Outage {how}") } }),
        } })
    }

    /// What refinement does with an item and another one.
    fn refine(&self, item: usize, other: usize, how: u8) -> Value {
        let items = self.item(item);
        let (item, other) = (items.first(), self.item(other).pop());
        let in_sprint = how / 16 % 2 == 1;
        let parts =
            json!([{ "title": "A part", "size": "1", "inSprint": in_sprint }, { "title": "Another" }]);
        json!({ "backlog": match (how % 11, item, other) {
            (0, Some(item), _) => {
                json!({ "split": { "item": item, "place": "below", "parts": parts, "origin": "discovered" } })
            }
            (1, Some(item), _) => json!({ "split": {
                "item": item, "place": "beside", "parts": parts, "left": "2", "origin": "discovered",
            } }),
            (2, Some(_), Some(other)) => {
                json!({ "merge": { "into": other, "items": items, "leavesScope": in_sprint } })
            }
            (3, ..) => json!({ "setParent": { "items": items, "parent": other } }),
            (4, Some(_), Some(other)) => json!({ "need": { "items": items, "needed": other } }),
            (5, Some(item), Some(other)) => json!({ "needNoMore": { "item": item, "needed": other } }),
            (9, Some(item), Some(other)) => json!({ "tellApart": { "one": item, "other": other } }),
            (10, Some(item), Some(other)) => json!({ "tellApartNoMore": { "one": item, "other": other } }),
            (6, Some(item), _) => json!({ "attach": { "item": item, "url": "https://wiki.example" } }),
            (7, ..) if in_sprint => json!({ "label": { "items": items, "remove": ["beta"] } }),
            (7, ..) => json!({ "label": { "items": items, "add": ["beta"] } }),
            _ if in_sprint => json!({ "holdBack": { "items": items, "reason": "not yet" } }),
            _ => json!({ "ready": { "items": items } }),
        } })
    }

    fn import(&mut self, seed: u8) -> Result<Outcome, AppError> {
        let (status, points) = (["To Do", "In Progress", "Done"][usize::from(seed) % 3], seed % 9);
        let file = format!(
            "Issue key,Summary,Issue Type,Status,Story Points\nP-1,One,Bug,{status},{points}\nP-2,Two,Story,To Do,2\n"
        );
        let look = self.desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file.as_bytes()));
        let command = json!({ "exchange": { "import": { "mapping": look["mapping"], "settled": [], "others": "here" } } });
        self.desk.try_run_with(command, Some(file.as_bytes()))
    }

    /// Keeps what a step made, for later ones to choose among.
    fn remember(&mut self, step: &Step, outcome: Outcome) {
        match step {
            Step::Plan => self.sprints.extend(outcome.created),
            Step::Member => self.members.extend(outcome.created),
            Step::Interrupt(..) if self.verb == "interrupt report" => self.interrupts.extend(outcome.created),
            Step::Import(_) | Step::Add(..) | Step::Refine(..) | Step::Interrupt(..) => {
                let all = self.desk.ask(json!({ "backlog": { "window": { "from": 0, "limit": 200 } } }));
                let ids = all["rows"].as_array().into_iter().flatten().filter_map(|row| row["id"].as_str());
                let new: Vec<String> = ids.map(str::to_owned).filter(|id| !self.items.contains(id)).collect();
                self.items.extend(new);
            }
            _ => {}
        }
    }
}

const NO_ONE: &str = "00000000-0000-7000-8000-000000000000";

/// Plays a history. After each step the model of two stacks of states agrees with what undo and redo would do.
fn play(steps: &[Step], carried_out: &RefCell<BTreeSet<String>>) -> Result<(), TestCaseError> {
    let mut play = Play::new();
    // With a grace, so that a Sprint can be committed again.
    let (mut undo, mut redo): (Vec<Vec<String>>, Vec<Vec<String>>) = (vec![rows(&play.desk)], Vec::new());
    play.desk.run(json!({ "team": { "setGrace": { "days": 2 } } }));
    let mut now = rows(&play.desk);
    for step in steps {
        let outcome = play.try_step(step);
        let then = rows(&play.desk);
        if let Err(error) = &outcome {
            let expected = matches!(error.kind, ErrorKind::Refused | ErrorKind::NotFound);
            prop_assert!(expected, "{:?} is refused in words: {:?}", step, error);
            prop_assert_eq!(&then, &now, "a refused command leaves nothing");
        }
        match step {
            Step::Undo | Step::Redo => {
                let (from, to) =
                    if matches!(step, Step::Undo) { (&mut undo, &mut redo) } else { (&mut redo, &mut undo) };
                prop_assert_eq!(outcome.is_ok(), !from.is_empty(), "{:?}: {:?}", step, outcome);
                if let Some(expected) = from.pop() {
                    prop_assert_eq!(&then, &expected, "{:?} restores every row", step);
                    to.push(now);
                }
            }
            _ => {
                if let Ok(outcome) = outcome {
                    prop_assert_eq!(outcome.operation.is_some(), then != now, "{:?}", step);
                    play.remember(step, outcome);
                }
                if then != now {
                    let name = match step {
                        Step::Interrupt(..) | Step::Decide(..) | Step::Absent(_) | Step::Call(_) => {
                            play.verb.clone()
                        }
                        step => format!("{step:?}").split('(').next().unwrap_or_default().to_owned(),
                    };
                    carried_out.borrow_mut().insert(name);
                    undo.push(now);
                    redo.clear();
                }
            }
        }
        now = then;
        let state = play.desk.ask(json!({ "journal": { "undoState": {} } }));
        prop_assert_eq!(state["undo"].is_null(), undo.is_empty(), "{:?}", state);
        prop_assert_eq!(state["redo"].is_null(), redo.is_empty(), "{:?}", state);
    }
    let check = play.desk.team.check().map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(check.problems, vec![]);
    Ok(())
}

/// Every row of every journalled table, as text.
fn rows(desk: &Desk) -> Vec<String> {
    desk.team.dump().expect("the rows")
}

#[test]
fn after_any_history_undo_restores_and_the_present_is_the_replay_and_the_fold() {
    let cases =
        std::env::var("EVENKEEL_HISTORIES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_000);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let carried_out = RefCell::new(BTreeSet::new());
    proptest!(config, |(steps in steps())| play(&steps, &carried_out)?);
    // A history in which nothing happens would prove nothing.
    let kinds = carried_out.take();
    let steps = "Add Again Assign Close Holiday Import Kind Lanes Member Move Plan Refine Remove Rename Reorder Return Select Size Start";
    let capacity = "addAbsence changeAbsence markAway markOnCall removeAbsence";
    let interrupt = "addHours assign becomeItem correctHours decideOverflow end estimate linkCause rename reopen report setLane setSeverity startTimer stopTimer take unlink";
    let verbs =
        |area: &'static str, verbs: &'static str| verbs.split(' ').map(move |verb| format!("{area} {verb}"));
    let expected = steps
        .split(' ')
        .map(str::to_owned)
        .chain(verbs("capacity", capacity))
        .chain(verbs("interrupt", interrupt));
    assert_eq!(kinds, expected.collect(), "left: what was carried out");
}
