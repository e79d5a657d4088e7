//! Stories of Sprints as text, for tests.
//!
//! A story is a list of moments: `mon 09:00 select a8 b5:bug c? | start | wed done a | tue2 size b8`. The Sprint runs
//! from Monday, 30 November 2026 for two weeks unless `plan wed fri2` says otherwise; `tue2` is Tuesday of the second
//! week, a moment without a time is at noon, the first one at nine. Without the word `start` it starts after the first
//! moment. What is told after a start about a time before it arrives late. `hours tue=6` before the start gives Ana six
//! hours on that day; `swapOut b`, `reduceScope b` and `acceptSlip b` decide about an overflow of the buffer.

use super::{Candidate, Commitment, Grace, ScopeLedger, Sprint, SprintItem};
use crate::backlog::{Category, Dated, Item, ItemFact, ItemPresent, Origin, Rank, WorkKind};
use crate::calendar::{Day, Instant, WorkCalendar, WorkingWeek, Zone};
use crate::capacity::{DayKind, MemberCapacity, MemberDay, PersonDays, TeamCapacity};
use crate::flow::{SprintFlow, Stage};
use crate::identity::{Identities, ItemId, SprintId, StateId};
use crate::interrupt::{DecidedItem, Decision, OverflowChoice};
use crate::measures::{Minutes, Share, Size};
use crate::team::{Lane, Lanes, State, Workflow};
use chrono::NaiveTime;
use std::collections::HashSet;
use std::fmt::Write;

#[derive(Clone)]
pub(crate) struct Story {
    pub sprint: Sprint,
    pub next_sprint: SprintId,
    pub now: Instant,
    pub refusal: Option<String>,
    pub workflow: Workflow,
    pub lanes: Lanes,
    pub calendar: WorkCalendar,
    pub commitments: Vec<Commitment>,
    items: Vec<SprintItem>,
    with_parts: HashSet<ItemId>,
    capacity: TeamCapacity,
    decisions: Vec<Decision>,
    identities: Identities,
}

impl Story {
    pub fn tell(text: &str) -> Story {
        let mut story = Story::begin();
        let starts_itself = !text.contains("start");
        for (place, moment) in text.split('|').enumerate() {
            let mut words: Vec<&str> = moment.split_whitespace().collect();
            let setting = matches!(words.first(), Some(&("plan" | "holiday" | "zone" | "hours")));
            if let Some(day) = words.first().and_then(|word| day(word)) {
                words.remove(0);
                let usual = if place == 0 { "09:00" } else { "12:00" };
                let time = match words.first() {
                    Some(word) if word.contains(':') && word.len() == 5 => words.remove(0),
                    _ => usual,
                };
                let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
                story.now = story.calendar.zone.instant(day.date().and_time(time));
            }
            story.moment(&words);
            if !setting && starts_itself && story.commitments.is_empty() {
                story.start();
            }
        }
        story
    }

    pub fn commitment(&self) -> &Commitment {
        self.commitments.last().unwrap()
    }

    pub fn ledger<'c>(&self, commitment: &'c Commitment) -> ScopeLedger<'c> {
        ScopeLedger::new(self.sprint.id, commitment, &self.workflow, &self.items, self.now)
    }

    /// What the charts of the Sprint are computed from.
    pub fn flow<'f>(&'f self, ledger: &'f ScopeLedger<'f>, stage: Stage) -> SprintFlow<'f> {
        SprintFlow {
            sprint: &self.sprint.name,
            ledger,
            calendar: &self.calendar,
            stage,
            decisions: &self.decisions,
            is_past: false,
        }
    }

    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// The moment of `tue2` and `12:00`.
    pub fn moment_of(&self, text: &str, time: &str) -> Instant {
        let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
        self.calendar.zone.instant(day(text).unwrap().date().and_time(time))
    }

    pub fn items(&self) -> &[SprintItem] {
        &self.items
    }

    pub fn id(&self, title: &str) -> ItemId {
        self.items.iter().find(|item| item.title == title).unwrap().id
    }

    pub fn present_items(&self) -> Vec<Item> {
        let present = |item: &SprintItem| {
            ItemPresent::fold(item.facts.iter().filter(|dated| dated.happened_at <= self.now))
        };
        let item = |item: &SprintItem| Item {
            id: item.id,
            label: item.label.clone(),
            title: item.title.clone(),
            description: String::new(),
            rank: Rank::between(None, None),
            parent: None,
            present: present(item),
        };
        let selected = |item: &Item| item.present.sprint == Some(self.sprint.id);
        self.items.iter().map(item).filter(selected).collect()
    }

    pub fn candidate<'s>(&'s self, selected: &'s [Item]) -> Candidate<'s> {
        Candidate {
            selected,
            with_parts: &self.with_parts,
            workflow: &self.workflow,
            calendar: &self.calendar,
            lanes: &self.lanes,
            capacity: &self.capacity,
        }
    }

    /// `tue2 12:00`.
    pub fn moment_text(&self, at: Instant) -> String {
        let local = self.calendar.zone.local(at);
        format!("{} {}", day_text(local.date().into()), local.format("%H:%M"))
    }

    pub fn commitment_text(&self) -> String {
        let commitment = self.commitment();
        let mut text = format!("started {}, ", self.moment_text(commitment.started_at));
        let _ = match commitment.working_days.as_slice() {
            [] => write!(text, "no working days"),
            [first, .., last] => {
                let days = commitment.working_days.len();
                write!(text, "{days} working days {}–{}", day_text(*first), day_text(*last))
            }
            [only] => write!(text, "1 working day {}", day_text(*only)),
        };
        if commitment.committed_at > commitment.started_at {
            let _ = write!(text, ", committed again {}", self.moment_text(commitment.committed_at));
        }
        text.push('\n');
        for item in &commitment.items {
            let size = item.size.map_or("unsized".into(), |size| size.to_string());
            let lane = commitment.lane(item.lane).map_or("unsorted", |lane| &lane.name);
            let _ = writeln!(text, "{} {size} {lane}", item.title);
        }
        for item in &commitment.left_out {
            let size = item.size.map_or("unsized".into(), |size| size.to_string());
            let _ = writeln!(text, "left out: {} {size} {}", item.title, item.why);
        }
        let _ = writeln!(text, "committed {}", commitment.points());
        text
    }

    fn begin() -> Story {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let state = |identities: &mut Identities, name: &str, category| State {
            id: identities.fresh(),
            name: name.into(),
            category,
        };
        let states = vec![
            state(&mut identities, "To do", Category::ToDo),
            state(&mut identities, "In progress", Category::InProgress),
            state(&mut identities, "Done", Category::Done),
            state(&mut identities, "Cancelled", Category::Cancelled),
        ];
        let lane = |identities: &mut Identities, name: &str, kinds: &[WorkKind], share| Lane {
            id: identities.fresh(),
            name: name.into(),
            kinds: kinds.to_vec(),
            is_buffer: kinds.is_empty(),
            share: Share::percent(share),
        };
        let production = [WorkKind::Bug, WorkKind::Debt, WorkKind::Infrastructure];
        let lanes = vec![
            lane(&mut identities, "features", &[WorkKind::Feature], 60),
            lane(&mut identities, "production", &production, 30),
            lane(&mut identities, "buffer", &[], 10),
        ];
        let member = |identities: &mut Identities, name: &str, hours, days| MemberCapacity {
            member: identities.fresh(),
            name: name.into(),
            gross: Some(Minutes::hours(hours)),
            away: Some(Minutes::ZERO),
            call: Some(Minutes::ZERO),
            events: Some(Minutes::ZERO),
            net: Some(Minutes::hours(hours)),
            person_days: Some(PersonDays::days(days)),
            days: Vec::new(),
        };
        let members = vec![member(&mut identities, "Ana", 72, 9), member(&mut identities, "Bo", 48, 6)];
        Story {
            sprint: Sprint {
                id: identities.fresh(),
                name: "Sprint 42".into(),
                goal: "Customers can pay by instant transfer".into(),
                first_day: day("mon").unwrap(),
                last_day: day("fri2").unwrap(),
                started_at: None,
                closed_at: None,
            },
            next_sprint: identities.fresh(),
            now: Instant::from_millis(0),
            refusal: None,
            workflow: Workflow::new(states).unwrap(),
            lanes: Lanes::new(lanes).unwrap(),
            calendar: WorkCalendar {
                zone: Zone::parse("Europe/Zurich").unwrap(),
                weeks: vec![(day("mon").unwrap(), WorkingWeek::MONDAY_TO_FRIDAY)],
                holidays: [].into(),
            },
            commitments: Vec::new(),
            items: Vec::new(),
            with_parts: HashSet::new(),
            capacity: TeamCapacity { days: Vec::new(), members },
            decisions: Vec::new(),
            identities,
        }
    }

    fn moment(&mut self, words: &[&str]) {
        let mut verb = "";
        let mut words = words.iter().copied().peekable();
        while let Some(word) = words.next() {
            if is_verb(word) {
                verb = word;
                match verb {
                    "start" => self.start(),
                    "now" => {}
                    _ => continue,
                }
                continue;
            }
            match verb {
                "plan" => {
                    self.sprint.first_day = day(word).unwrap();
                    self.sprint.last_day = day(words.next().unwrap()).unwrap();
                }
                "holiday" => {
                    self.calendar.holidays.insert(day(word).unwrap());
                }
                "zone" => self.calendar.zone = Zone::parse(word).unwrap(),
                "again" => self.again(word.parse().unwrap()),
                "select" => self.select(word, None),
                "add" => {
                    let origin: Origin = words.next().unwrap().parse().unwrap();
                    self.select(word, Some(origin));
                }
                "new" => {
                    self.item(word);
                }
                "size" => {
                    let (name, size, _) = parts(word);
                    self.record(name, ItemFact::Sized(size));
                }
                "remove" => {
                    let sprint = self.sprint.id;
                    self.record(word, ItemFact::Returned { sprint });
                }
                "swapOut" | "reduceScope" | "acceptSlip" => self.decide(verb.parse().unwrap(), word),
                "hours" => {
                    let (of, hours) = word.split_once('=').unwrap();
                    self.give(day(of).unwrap(), Minutes::hours(hours.parse().unwrap()));
                }
                "divide" => {
                    self.with_parts.insert(self.id(word));
                }
                "done" => self.enter(word, Category::Done),
                "begin" => self.enter(word, Category::InProgress),
                "reopen" => self.enter(word, Category::ToDo),
                "cancel" => self.enter(word, Category::Cancelled),
                _ => panic!("“{word}” tells nothing"),
            }
        }
    }

    fn start(&mut self) {
        let selected = self.present_items();
        match Commitment::start(&self.sprint, None, &self.candidate(&selected), self.now) {
            Ok(commitment) => {
                self.sprint.started_at = Some(self.now);
                self.commitments.push(commitment);
            }
            Err(refusal) => self.refusal = Some(refusal.to_string()),
        }
    }

    fn again(&mut self, grace: u8) {
        let selected = self.present_items();
        let grace = Grace::of_days(grace).unwrap();
        match self.commitment().again(grace, &self.candidate(&selected), self.now) {
            Ok(commitment) => self.commitments.push(commitment),
            Err(refusal) => self.refusal = Some(refusal.to_string()),
        }
    }

    /// Selects `a8`, `b5:bug`, `c?`, `d3:unsorted`, `e2:buffer`.
    fn select(&mut self, word: &str, origin: Option<Origin>) {
        let kind = self.item(word);
        let lane = match parts(word).2 {
            Some("buffer") => self.lanes.buffer(),
            _ if origin == Some(Origin::Interrupt) => self.lanes.buffer(),
            _ => self.lanes.for_kind(kind),
        };
        let (sprint, lane) = (self.sprint.id, lane.map(|lane| lane.id));
        self.record(parts(word).0, ItemFact::Selected { sprint, lane, origin });
    }

    /// Makes the item unless it is there; gives its kind.
    fn item(&mut self, word: &str) -> Option<WorkKind> {
        let (name, size, sort) = parts(word);
        let kind = match sort {
            Some("unsorted") => None,
            Some("buffer") | None => Some(WorkKind::Feature),
            Some(kind) => Some(kind.parse().unwrap()),
        };
        if !self.items.iter().any(|item| item.title == name) {
            let item = SprintItem {
                id: self.identities.fresh(),
                label: name.into(),
                title: name.into(),
                facts: Vec::new(),
            };
            self.items.push(item);
            let state = self.state(Category::ToDo);
            self.record(name, ItemFact::Created { state });
            self.record(name, ItemFact::KindSet(kind));
            self.record(name, ItemFact::Sized(size));
        }
        kind
    }

    /// Decides about an overflow; an accepted scope change returns the item.
    fn decide(&mut self, choice: OverflowChoice, name: &str) {
        let item = DecidedItem {
            item: self.id(name),
            label: name.into(),
            title: name.into(),
            size: None,
            minutes: None,
        };
        self.decisions.push(Decision {
            id: self.identities.fresh(),
            at: self.now,
            choice,
            reason: "the bank was down".into(),
            overflow: Minutes::hours(1),
            covered: Minutes::hours(1),
            items: vec![item],
        });
        if choice != OverflowChoice::AcceptSlip {
            let sprint = self.sprint.id;
            self.record(name, ItemFact::Returned { sprint });
        }
    }

    /// Gives the first member hours on a day.
    fn give(&mut self, day: Day, net: Minutes) {
        let none = Some(Minutes::ZERO);
        self.capacity.members[0].days.push(MemberDay {
            day,
            kind: DayKind::Works,
            presence: Share::WHOLE,
            on_call: false,
            gross: Some(net),
            away: none,
            call: none,
            events: none,
            net: Some(net),
        });
    }

    fn enter(&mut self, name: &str, category: Category) {
        let state = self.state(category);
        self.record(name, ItemFact::Moved { state });
    }

    fn state(&self, category: Category) -> StateId {
        self.workflow.first(category).unwrap().id
    }

    fn record(&mut self, name: &str, fact: ItemFact) {
        let (id, now) = (self.identities.fresh(), self.now);
        let item = self.items.iter_mut().find(|item| item.title == name);
        let item = item.unwrap_or_else(|| panic!("there is no item “{name}”"));
        item.facts.push(Dated { id, happened_at: now, recorded_at: now, operation: 1, fact });
    }
}

fn is_verb(word: &str) -> bool {
    let verbs = "plan holiday zone hours start now again select add new size remove divide done begin reopen cancel \
                 swapOut reduceScope acceptSlip";
    verbs.split_whitespace().any(|verb| verb == word)
}

/// `a8:bug` as name, size, sort; a size of `?` or none is unsized.
fn parts(word: &str) -> (&str, Option<Size>, Option<&str>) {
    let (word, sort) = word.split_once(':').map_or((word, None), |(word, sort)| (word, Some(sort)));
    let digits = word.find(|c: char| c.is_ascii_digit() || c == '?').unwrap_or(word.len());
    let (name, size) = word.split_at(digits);
    (name, Size::parse(size).ok(), sort)
}

const MONDAY: &str = "2026-11-30";
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `tue2`, or a date.
fn day(word: &str) -> Option<Day> {
    let monday = Day::parse(MONDAY)?;
    let place = WEEK.iter().position(|name| word.starts_with(name));
    let Some(place) = place else { return Day::parse(word) };
    let week: i64 = match &word[3..] {
        "" => 1,
        week => week.parse().ok()?,
    };
    Some(monday.plus((week - 1) * 7 + place as i64))
}

pub(crate) fn day_text(day: Day) -> String {
    let days = Day::parse(MONDAY).unwrap().days_until(day);
    if !(0..70).contains(&days) {
        return day.to_string();
    }
    let name = WEEK[days as usize % 7];
    if days < 7 { name.to_owned() } else { format!("{name}{}", days / 7 + 1) }
}
