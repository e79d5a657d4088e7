//! A sample team to look around in: three closed Sprints, one that runs, one that is planned.
//!
//! 1. It is made through commands, each at the time at which its people would have done it; nothing in it is special.
//! 2. All times are counted from *now*, so that the running Sprint is always in its middle; the same *now* and chance
//!    give the same file.
//! 3. Its people are invented.

use crate::backlog::{
    AddItem, Amount, AssignItems, AttachLink, BacklogCommand, BlockItems, DescribeItem, HoldBackItems,
    LabelItems, NeedItem, ReadyItems, SetParent, SizeItems, UnblockItems,
};
use crate::capacity::CapacityCommand;
use crate::capacity::calendar::{AbsenceForm, AddAbsence};
use crate::contract::Nothing;
use crate::daily::DailyCommand;
use crate::daily::change::KeepNote;
use crate::interrupt::change::{EndInterrupt, EstimateInterrupt, ReportInterrupt};
use crate::interrupt::hours::AddHours;
use crate::interrupt::item::{BecomeItem, LinkCause};
use crate::interrupt::overflow::DecideOverflow;
use crate::interrupt::{InterruptCommand, WrittenTime};
use crate::priority::{PriorityCommand, SetInput};
use crate::reliability::{AddService, ReliabilityCommand};
use crate::sprint::SprintCommand;
use crate::sprint::When;
use crate::sprint::close::{CloseSprint, DecisionFor, ItemDecision};
use crate::sprint::plan::PlanSprint;
use crate::sprint::select::{ReturnItems, SelectItems};
use crate::sprint::start::StartSprint;
use crate::sprint::work::MoveToState;
use crate::team::days::AddHoliday;
use crate::team::members::{AddMember, MemberForm};
use crate::team::states::AddState;
use crate::team::{NewTeam, SetDefinitionOfDone, SetDefinitionOfReady, TeamCommand, set_up};
use crate::{AppError, Command, Context, Outcome, run};
use domain::backlog::Category;
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{
    DeploymentId, IncidentId, InterruptId, ItemId, MemberId, ServiceId, SprintId, StateId,
};
use domain::interrupt::OverflowChoice;
use domain::priority::TermName;
use domain::sprint::{Goal, GoalOutcome};
use std::collections::HashMap;
use std::path::Path;
use std::str::FromStr;
use store::{Access, Team};

mod deployments;
mod incidents;
mod items;
mod on_call;
mod reliability;
mod story;

use items::{ITEMS, SampleItem};
use story::{AT_FIRST, DEFINITION_OF_DONE, DEFINITION_OF_READY, MEMBERS, SERVICES, STORY};

/// The states of the story.
const STATES: [&str; 5] = ["To do", "In progress", "In review", "Done", "Cancelled"];
/// The Sprint that runs.
const RUNNING: i64 = 43;
/// The first Sprint of the story.
const FIRST: i64 = 40;

/// Creates a sample team in a new file, and opens it.
///
/// Errors: as for a new team; a file that was there stays as it was.
pub fn create(path: &Path, access: &Access, context: &Context<'_>) -> Result<Team, AppError> {
    let zone = Zone::parse("Europe/Zurich").unwrap_or(Zone::UTC);
    let days = Days::around(zone, context.now);
    let begun = days.at(FIRST, 1, 8 * 60)?.plus_millis(-3 * 86_400_000);
    let new = NewTeam { name: "Payments".into(), zone: zone.name().into() };
    let first = Context { now: begun, person: "Ana", ..*context };
    Team::create_with(path, access, &first.stamp(), set_up(&new, &first), |team| {
        let mut play = Play {
            team,
            context,
            days,
            clock: begun,
            steps: 0,
            items: HashMap::new(),
            interrupts: HashMap::new(),
            deployments: HashMap::new(),
            incidents: HashMap::new(),
            sprints: HashMap::new(),
            states: HashMap::new(),
            services: HashMap::new(),
        };
        play.working_agreement()?;
        play.story()
    })
}

/// The days of the story's Sprints: each begins on a Monday, two weeks after the one before.
#[derive(Debug, Clone, Copy)]
struct Days {
    zone: Zone,
    /// The Monday on which the running Sprint began.
    monday: Day,
}

impl Days {
    /// The running Sprint began on the Monday before this week's, from Thursday on on this week's.
    fn around(zone: Zone, now: Instant) -> Days {
        let today = zone.day_of(now);
        let weekday = i64::from(today.weekday().num_days_from_monday());
        let weeks_ago = if weekday < 3 { 7 } else { 0 };
        Days { zone, monday: today.plus(-weekday - weeks_ago) }
    }

    fn first(self, sprint: i64) -> Day {
        self.monday.plus((sprint - RUNNING) * 14)
    }

    fn last(self, sprint: i64) -> Day {
        self.first(sprint).plus(11)
    }

    /// The holidays of the story: one in Sprint 41, one in the planned Sprint.
    fn holidays(self) -> [(Day, &'static str); 2] {
        [(self.first(41).plus(3), "Harvest Thursday"), (self.first(44).plus(8), "Company day")]
    }

    /// `43.5`: the fifth working day of Sprint 43.
    fn day(self, at: &str) -> Result<Day, AppError> {
        let (sprint, day) = at.split_once('.').ok_or_else(|| misread(at))?;
        Ok(self.zone.day_of(self.at(read(sprint)?, read(day)?, 12 * 60)?))
    }

    /// The instant of a working day of a Sprint, from 1, at a minute of the day.
    fn at(self, sprint: i64, working_day: usize, minute: i64) -> Result<Instant, AppError> {
        let is_free = |day: &Day| {
            day.weekday().num_days_from_monday() > 4 || self.holidays().iter().any(|(free, _)| free == day)
        };
        let day =
            self.first(sprint).through(self.last(sprint)).filter(|day| !is_free(day)).nth(working_day - 1);
        let day = day.ok_or_else(|| misread("a day after the Sprint"))?;
        let time =
            u32::try_from(minute).ok().and_then(|minute| day.date().and_hms_opt(minute / 60, minute % 60, 0));
        Ok(self.zone.instant(time.ok_or_else(|| misread("no time"))?))
    }
}

/// The story while it is played.
struct Play<'p> {
    team: &'p mut Team,
    context: &'p Context<'p>,
    days: Days,
    clock: Instant,
    steps: u64,
    items: HashMap<&'static str, ItemId>,
    interrupts: HashMap<&'static str, InterruptId>,
    deployments: HashMap<&'static str, DeploymentId>,
    incidents: HashMap<&'static str, IncidentId>,
    sprints: HashMap<i64, SprintId>,
    states: HashMap<&'static str, StateId>,
    #[allow(dead_code, reason = "what happens to services is told by them")]
    services: HashMap<&'static str, ServiceId>,
}

impl Play<'_> {
    fn working_agreement(&mut self) -> Result<(), AppError> {
        let review = AddState { name: "In review".into(), category: Category::InProgress };
        self.run(Command::Team(TeamCommand::AddState(review)))?;
        for state in self.team.read().workflow()?.all() {
            if let Some(name) = STATES.iter().find(|name| **name == state.name) {
                self.states.insert(name, state.id);
            }
        }
        let lines = DEFINITION_OF_DONE.iter().map(|line| (*line).to_owned()).collect();
        self.run(Command::Team(TeamCommand::SetDefinitionOfDone(SetDefinitionOfDone { lines })))?;
        let lines = DEFINITION_OF_READY.iter().map(|line| (*line).to_owned()).collect();
        self.run(Command::Team(TeamCommand::SetDefinitionOfReady(SetDefinitionOfReady { lines })))?;
        for (day, name) in self.days.holidays() {
            let holiday = AddHoliday { day: day.to_string(), name: name.into() };
            self.run(Command::Team(TeamCommand::AddHoliday(holiday)))?;
        }
        for (name, hours, days, sprint) in MEMBERS {
            let from = self.days.first(i64::from(*sprint)).to_string();
            let member = MemberForm {
                name: (*name).into(),
                hours: (*hours).into(),
                days: *days,
                from,
                to: String::new(),
            };
            self.run(Command::Team(TeamCommand::AddMember(AddMember { member })))?;
        }
        for (name, note) in SERVICES {
            let service = AddService { name: (*name).into(), note: (*note).into() };
            let outcome = self.run(Command::Reliability(ReliabilityCommand::AddService(service)))?;
            self.services.insert(name, made(&outcome)?);
        }
        ITEMS.iter().take(AT_FIRST).try_for_each(|item| self.add(item).map(drop))
    }

    fn story(&mut self) -> Result<(), AppError> {
        let mut sprint = FIRST;
        for line in STORY.lines().filter(|line| !line.trim().is_empty()) {
            if let Some(number) = line.strip_prefix("## ") {
                sprint = read(number)?;
                continue;
            }
            let [day, time, verb, rest] = words::<4>(line);
            let (hour, minute) = time.split_once(':').ok_or_else(|| misread(line))?;
            let at = self.days.at(sprint, read(day)?, read::<i64>(hour)? * 60 + read::<i64>(minute)?)?;
            if at > self.context.now {
                break;
            }
            self.clock = self.clock.max(at);
            self.step(sprint, verb, rest)?;
        }
        Ok(())
    }

    fn step(&mut self, sprint: i64, verb: &str, rest: &'static str) -> Result<(), AppError> {
        match verb {
            "plan" => {
                let [number, goal] = words::<2>(rest);
                let number: i64 = read(number)?;
                let plan = PlanSprint {
                    name: format!("Sprint {number}"),
                    first_day: self.days.first(number).to_string(),
                    last_day: self.days.last(number).to_string(),
                    goal: goal.into(),
                };
                let outcome = self.run(Command::Sprint(SprintCommand::Plan(plan)))?;
                self.sprints.insert(number, made(&outcome)?);
            }
            "select" => {
                let [number, keys] = words::<2>(rest);
                let sprint = self.sprint(read(number)?)?;
                let items = self.all(keys)?;
                self.select(sprint, items, None)?;
            }
            "start" => {
                let sprint = self.sprint(sprint)?;
                self.run(Command::Sprint(SprintCommand::Start(StartSprint { sprint })))?;
            }
            "begin" => self.move_to("In progress", rest)?,
            "review" => self.move_to("In review", rest)?,
            "done" => self.move_to("Done", rest)?,
            "reopen" => self.move_to("In progress", rest)?,
            "own" => {
                let [name, keys] = words::<2>(rest);
                let (items, owner) = (self.all(keys)?, self.member(name)?);
                self.run(Command::Backlog(BacklogCommand::Assign(AssignItems { items, owner })))?;
            }
            "block" => {
                let [key, reason] = words::<2>(rest);
                let (items, reason) = (self.all(key)?, reason.to_owned());
                self.run(Command::Backlog(BacklogCommand::Block(BlockItems { items, reason })))?;
            }
            "unblock" => {
                let items = self.all(rest)?;
                self.run(Command::Backlog(BacklogCommand::Unblock(UnblockItems { items })))?;
            }
            "label" => {
                let [name, keys] = words::<2>(rest);
                let label = LabelItems { items: self.all(keys)?, add: vec![name.into()], remove: Vec::new() };
                self.run(Command::Backlog(BacklogCommand::Label(label)))?;
            }
            "part" => {
                let [whole, keys] = words::<2>(rest);
                let (parent, items) = (self.all(whole)?.first().copied(), self.all(keys)?);
                self.run(Command::Backlog(BacklogCommand::SetParent(SetParent { items, parent })))?;
            }
            "need" => {
                let [key, needed] = words::<2>(rest);
                let (items, needed) =
                    (self.all(key)?, *self.items.get(needed).ok_or_else(|| misread(needed))?);
                self.run(Command::Backlog(BacklogCommand::Need(NeedItem { items, needed })))?;
            }
            "attach" => {
                let [key, url, title] = words::<3>(rest);
                let item = *self.items.get(key).ok_or_else(|| misread(key))?;
                let attach = AttachLink { item, url: url.into(), title: title.into() };
                self.run(Command::Backlog(BacklogCommand::Attach(attach)))?;
            }
            "ready" => {
                let items = self.all(rest)?;
                self.run(Command::Backlog(BacklogCommand::Ready(ReadyItems { items })))?;
            }
            "hold" => {
                let [key, reason] = words::<2>(rest);
                let hold = HoldBackItems { items: self.all(key)?, reason: reason.to_owned() };
                self.run(Command::Backlog(BacklogCommand::HoldBack(hold)))?;
            }
            "size" => {
                let [size, keys] = words::<2>(rest);
                let size = Some(Amount::Text(size.to_owned()));
                let items = self.all(keys)?;
                self.run(Command::Backlog(BacklogCommand::Size(SizeItems {
                    items,
                    size,
                    when: When::default(),
                })))?;
            }
            "rate" => {
                let [key, ratings] = words::<2>(rest);
                let items = self.all(key)?;
                let names = [TermName::Value, TermName::TimeCriticality, TermName::RiskReduction];
                for (input, rating) in names.into_iter().zip(ratings.split_whitespace()) {
                    let rating = Some(Amount::Text(rating.to_owned()));
                    let input = SetInput { items: items.clone(), input, rating };
                    self.run(Command::Priority(PriorityCommand::SetInput(input)))?;
                }
            }
            "note" => drop(self.add(known(rest)?)?),
            "new" => {
                let [key, origin] = words::<2>(rest);
                let item = self.add(known(key)?)?;
                if origin != "backlog" {
                    let sprint = self.sprint(sprint)?;
                    self.select(sprint, vec![item], Some(read(origin)?))?;
                }
            }
            "add" => {
                let [key, origin] = words::<2>(rest);
                let (sprint, items) = (self.sprint(sprint)?, self.all(key)?);
                self.select(sprint, items, Some(read(origin)?))?;
            }
            "return" => {
                let items = self.all(rest)?;
                self.run(Command::Sprint(SprintCommand::ReturnItems(ReturnItems {
                    items,
                    when: When::default(),
                })))?;
            }
            "report" => {
                let [key, severity, name, title] = words::<4>(rest);
                let severity = Some(read(severity)?);
                let report = ReportInterrupt {
                    title: title.into(),
                    severity,
                    owner: self.member(name)?,
                    ..Default::default()
                };
                let id = made(&self.run(Command::Interrupt(InterruptCommand::Report(report)))?)?;
                self.interrupts.insert(key, id);
            }
            "spend" => {
                let [key, name, minutes] = words::<3>(rest);
                let (interrupt, member) = (self.interrupt(key)?, self.member(name)?);
                let time = WrittenTime::Minutes(read(minutes)?);
                let add = AddHours { interrupt, time, member, on: None };
                self.run(Command::Interrupt(InterruptCommand::AddHours(add)))?;
            }
            "expect" => {
                let [key, hours] = words::<2>(rest);
                let (interrupt, estimate) = (self.interrupt(key)?, Some(WrittenTime::Text(hours.into())));
                let estimate = EstimateInterrupt { interrupt, estimate };
                self.run(Command::Interrupt(InterruptCommand::Estimate(estimate)))?;
            }
            "over" => {
                let end = EndInterrupt { interrupt: self.interrupt(rest)?, on: None, at: None };
                self.run(Command::Interrupt(InterruptCommand::End(end)))?;
            }
            "become" => {
                let [key, item] = words::<2>(rest);
                self.become_item(key, known(item)?)?;
            }
            "cause" => {
                let [key, item] = words::<2>(rest);
                let item = self.items.get(item).copied().ok_or_else(|| misread(item))?;
                let cause = LinkCause { interrupt: self.interrupt(key)?, item };
                self.run(Command::Interrupt(InterruptCommand::LinkCause(cause)))?;
            }
            "deploy" | "fix" | "back" | "broke" | "gate" | "freeze" => self.delivery(verb, rest)?,
            "incident" | "taken" | "reached" | "noted" | "role" | "hours" | "twice" => {
                self.incident(verb, rest)?
            }
            "swap" => {
                let [key, reason] = words::<2>(rest);
                let decide = DecideOverflow {
                    choice: OverflowChoice::SwapOut,
                    items: self.all(key)?,
                    reason: reason.into(),
                    product_owner: false,
                };
                self.run(Command::Interrupt(InterruptCommand::DecideOverflow(decide)))?;
            }
            "away" => {
                let [first, last, name, away, note] = words::<5>(rest);
                let absence = AbsenceForm {
                    first_day: self.days.day(first)?.to_string(),
                    last_day: self.days.day(last)?.to_string(),
                    away: away.into(),
                    note: note.into(),
                };
                let member = self.member(name)?.ok_or_else(|| misread(name))?;
                let add = AddAbsence { member, absence };
                self.run(Command::Capacity(CapacityCommand::AddAbsence(add)))?;
            }
            "outage" | "upkeep" | "unwatched" | "promise" | "group" => self.reliability(verb, rest)?,
            "shifts" | "rotation" | "watch" => self.on_call(verb, rest)?,
            "daily" | "said" => self.daily(verb, rest)?,
            "close" => self.close(sprint, rest)?,
            _ => return Err(misread(verb)),
        }
        Ok(())
    }

    /// `daily begin`, `daily end`, `said decision Ana key text`; nobody and no item are `-`.
    fn daily(&mut self, verb: &str, rest: &'static str) -> Result<(), AppError> {
        let command = match (verb, rest) {
            ("daily", "begin") => DailyCommand::Begin(Nothing {}),
            ("daily", _) => DailyCommand::End(Nothing {}),
            _ => {
                let [kind, name, key, text] = words::<4>(rest);
                let item = if key == "-" { None } else { self.all(key)?.first().copied() };
                let (kind, member) = (read(kind)?, self.member(name)?);
                DailyCommand::Note(KeepNote { text: text.into(), kind, member, item })
            }
        };
        self.run(Command::Daily(command)).map(drop)
    }

    /// `met why it was | key=41 key=backlog`
    fn close(&mut self, sprint: i64, rest: &'static str) -> Result<(), AppError> {
        let (goal, decided) = rest.split_once('|').ok_or_else(|| misread(rest))?;
        let [outcome, why] = words::<2>(goal.trim());
        let outcome = GoalOutcome::from_str(outcome).map_err(|unknown| misread(&unknown.word))?;
        let mut decisions = Vec::new();
        for one in decided.split_whitespace() {
            let (key, to) = one.split_once('=').ok_or_else(|| misread(one))?;
            let decision = match to {
                "backlog" => ItemDecision::ProductBacklog,
                number => ItemDecision::NextSprint { sprint: self.sprint(read(number)?)? },
            };
            decisions.extend(
                self.all(key)?.into_iter().map(|item| DecisionFor { item, decision: decision.clone() }),
            );
        }
        let goal = Some(Goal { outcome, why: why.into() });
        let sprint = self.sprint(sprint)?;
        self.run(Command::Sprint(SprintCommand::Close(CloseSprint { sprint, decisions, goal }))).map(drop)
    }

    fn select(
        &mut self,
        sprint: SprintId,
        items: Vec<ItemId>,
        origin: Option<domain::backlog::Origin>,
    ) -> Result<(), AppError> {
        let select = SelectItems { items, sprint, lane: None, origin, when: When::default() };
        self.run(Command::Sprint(SprintCommand::SelectItems(select))).map(drop)
    }

    fn move_to(&mut self, state: &str, keys: &'static str) -> Result<(), AppError> {
        let state = *self.states.get(state).ok_or_else(|| misread(state))?;
        let items = self.all(keys)?;
        let moved = MoveToState { items, state, when: When::default(), reopened: None };
        self.run(Command::Sprint(SprintCommand::MoveToState(moved))).map(drop)
    }

    fn add(&mut self, item: &'static SampleItem) -> Result<ItemId, AppError> {
        let add = AddItem {
            title: item.title.into(),
            description: item.description.into(),
            kind: item.kind,
            severity: item.severity,
            size: item.size.map(Amount::Hundredths),
            ..AddItem::default()
        };
        let id = made(&self.run(Command::Backlog(BacklogCommand::AddItem(add)))?)?;
        self.items.insert(item.key, id);
        Ok(id)
    }

    /// Makes an item of an interrupt, with the words of the item.
    fn become_item(&mut self, key: &str, item: &'static SampleItem) -> Result<(), AppError> {
        let become_item = BecomeItem {
            interrupt: self.interrupt(key)?,
            kind: item.kind.ok_or_else(|| misread(item.key))?,
            title: Some(item.title.into()),
            severity: item.severity,
            size: item.size.map(Amount::Hundredths),
        };
        let id = made(&self.run(Command::Interrupt(InterruptCommand::BecomeItem(become_item)))?)?;
        self.items.insert(item.key, id);
        let describe = DescribeItem { item: id, description: item.description.into() };
        self.run(Command::Backlog(BacklogCommand::Describe(describe))).map(drop)
    }

    fn interrupt(&self, key: &str) -> Result<InterruptId, AppError> {
        self.interrupts.get(key).copied().ok_or_else(|| misread(key))
    }

    fn member(&self, name: &str) -> Result<Option<MemberId>, AppError> {
        Ok(self.team.read().members()?.into_iter().find(|member| member.name == name).map(|member| member.id))
    }

    fn all(&self, keys: &str) -> Result<Vec<ItemId>, AppError> {
        let one = |key: &str| self.items.get(key).copied().ok_or_else(|| misread(key));
        keys.split_whitespace().map(one).collect()
    }

    fn sprint(&self, number: i64) -> Result<SprintId, AppError> {
        self.sprints.get(&number).copied().ok_or_else(|| misread("a Sprint that is not planned"))
    }

    /// Carries out a command at the clock of the story, a second after the one before.
    fn run(&mut self, command: Command) -> Result<Outcome, AppError> {
        self.steps += 1;
        self.clock = self.clock.plus_millis(1_000);
        let chance = self.context.chance.wrapping_add(self.steps.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let context = Context { now: self.clock, chance, person: "Ana", ..*self.context };
        run(self.team, command, &context)
    }
}

fn known(key: &str) -> Result<&'static SampleItem, AppError> {
    ITEMS.iter().find(|item| item.key == key).ok_or_else(|| misread(key))
}

/// The thing that a command made.
fn made<T: FromStr>(outcome: &Outcome) -> Result<T, AppError> {
    read(outcome.created.first().map_or("", String::as_str))
}

fn read<T: FromStr>(text: &str) -> Result<T, AppError> {
    text.trim().parse().map_err(|_| misread(text))
}

/// The first words of a line, the last of them with all that follows.
fn words<const COUNT: usize>(line: &'static str) -> [&'static str; COUNT] {
    let mut parts = line.trim().splitn(COUNT, ' ');
    std::array::from_fn(|_| parts.next().unwrap_or("").trim())
}

fn misread(what: &str) -> AppError {
    AppError::internal(format!("the sample's story does not hold together: {what}"))
}
