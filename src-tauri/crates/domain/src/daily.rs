//! The Daily Scrum: when one is held, what is new since the last one, which blockers are older than the team allows, and
//! in which order the work is walked through.
//!
//! 1. A Daily Scrum is of its day: it goes on until it is ended, and with its day at the latest.
//! 2. News is what was written down since the last Daily Scrum of an earlier day was over. Where there was none, since
//!    the last working day before today began; never of before the Sprint was started.
//! 3. News of an item is the difference between what was known then and what is known now: what came and went between
//!    is none, whatever day a late fact is told of.
//! 4. A blocker's age counts the working days after the day on which it came, today included. At the team's limit it
//!    asks for more than the Daily Scrum.
//! 5. Work is walked through from what is nearest to done: the later state first, within a state in the order of the
//!    Product Backlog; what is not begun only where something stands in its way.

use crate::backlog::{Category, Dated, ItemFact, ItemPresent};
use crate::calendar::{Day, Instant, WorkCalendar, Zone};
use crate::identity::{DailyId, ItemId, MemberId, RowId, SprintId, StateId};
use crate::measures::Size;
use crate::team::Workflow;
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A Daily Scrum that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// Its identity.
    pub id: DailyId,
    /// The Sprint that ran; none where none did.
    pub sprint: Option<SprintId>,
    /// When it began.
    pub held_at: Instant,
    /// When it was ended, where somebody said so.
    pub ended_at: Option<Instant>,
}

impl Daily {
    /// Whether it goes on at a moment (rule 1).
    pub fn goes_on(&self, now: Instant, zone: Zone) -> bool {
        self.ended_at.is_none() && zone.day_of(self.held_at) == zone.day_of(now)
    }

    /// When it was over, as far as is known: a Daily Scrum that nobody ended says no more than that it began.
    pub fn over_at(&self) -> Instant {
        self.ended_at.unwrap_or(self.held_at)
    }
}

/// What is said in a Daily Scrum and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyNote {
    /// Its identity.
    pub id: RowId,
    /// The Daily Scrum.
    pub daily: DailyId,
    /// A note or a decision.
    pub kind: NoteKind,
    /// Of whom it is said.
    pub member: Option<MemberId>,
    /// Of which item it is said.
    pub item: Option<ItemId>,
    /// When it was written down.
    pub noted_at: Instant,
    /// What is said.
    pub text: String,
}

/// What is kept of a Daily Scrum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DailyNoteKind")]
pub enum NoteKind {
    /// To be remembered.
    #[default]
    Note,
    /// Decided.
    Decision,
}
words!(NoteKind { Note = "note", Decision = "decision" });

/// Since when there is news (rule 2): the moment, and the Daily Scrum that it is the end of.
pub fn news_since<'d>(
    dailies: &'d [Daily],
    started_at: Option<Instant>,
    now: Instant,
    calendar: &WorkCalendar,
) -> (Instant, Option<&'d Daily>) {
    let (zone, today) = (calendar.zone, calendar.zone.day_of(now));
    let earlier = |daily: &&Daily| zone.day_of(daily.held_at) < today;
    let last = dailies.iter().filter(earlier).max_by_key(|daily| daily.held_at);
    // A fortnight holds a working day, whatever the holidays; else it is as long as anybody remembers.
    let worked = calendar.working_days(today.plus(-14), today.plus(-1)).last().copied();
    let since = match last {
        Some(daily) => daily.over_at(),
        None => zone.start_of(worked.unwrap_or(today.plus(-1))),
    };
    match started_at {
        Some(started) if started > since => (started, None),
        _ => (since, last),
    }
}

/// What was known of an item at an earlier moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemThen {
    /// Its state.
    pub state: Option<StateId>,
    /// Its size.
    pub size: Option<Size>,
    /// Who owned it.
    pub owner: Option<MemberId>,
    /// What stood in its way.
    pub blocked: Option<String>,
    /// The Sprint in which it was selected.
    pub sprint: Option<SprintId>,
}

/// What is new of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemNews {
    /// It is done.
    Done,
    /// It will not be done.
    Cancelled,
    /// It had ended and is open again, in a state.
    Reopened(StateId),
    /// Something stands in its way.
    Blocked(String),
    /// Nothing stands in its way any more.
    Unblocked,
    /// It came into the Sprint.
    CameIn,
    /// It left the Sprint.
    Left,
    /// Work on it began, in a state.
    Begun(StateId),
    /// It moved to a state.
    Moved(StateId),
    /// It has another size, or none.
    Sized(Option<Size>),
    /// It belongs to somebody else, or to nobody.
    Owned(Option<MemberId>),
}

/// What is new of an item of a Sprint, the weightiest first (rule 3). Then: none where it was not here; now: none where it
/// is gone.
pub fn item_news(
    then: Option<&ItemThen>,
    now: Option<&ItemPresent>,
    sprint: SprintId,
    workflow: &Workflow,
) -> Vec<ItemNews> {
    let here = |known: Option<SprintId>| known == Some(sprint);
    let was_here = then.is_some_and(|then| here(then.sprint));
    let Some(now) = now.filter(|now| here(now.sprint)) else {
        return if was_here { vec![ItemNews::Left] } else { Vec::new() };
    };
    let unknown = ItemThen::default();
    let then = then.unwrap_or(&unknown);
    let mut news = Vec::new();
    if !was_here {
        news.push(ItemNews::CameIn);
    }
    let (before, after) = (workflow.category(then.state), workflow.category(now.state));
    match (now.state, before, after) {
        (Some(state), _, _) if then.state == Some(state) => {}
        (Some(_), _, Category::Done) => news.push(ItemNews::Done),
        (Some(_), _, Category::Cancelled) => news.push(ItemNews::Cancelled),
        (Some(state), before, _) if then.state.is_some() && before.is_end() => {
            news.push(ItemNews::Reopened(state));
        }
        (Some(state), Category::ToDo, Category::InProgress) => news.push(ItemNews::Begun(state)),
        (Some(state), _, _) if then.state.is_some() => news.push(ItemNews::Moved(state)),
        _ => {}
    }
    match (&then.blocked, &now.blocked) {
        (before, Some(reason)) if before.as_ref() != Some(reason) => {
            news.push(ItemNews::Blocked(reason.clone()));
        }
        (Some(_), None) if !after.is_end() => news.push(ItemNews::Unblocked),
        _ => {}
    }
    // What it came in with is no change.
    if was_here && then.size != now.size {
        news.push(ItemNews::Sized(now.size));
    }
    if was_here && then.owner != now.owner && !after.is_end() {
        news.push(ItemNews::Owned(now.owner));
    }
    news.sort();
    news
}

/// Since when something stands in an item's way, by its facts in their order; none where nothing does.
///
/// Another reason is no other beginning: until it is unblocked, it has been blocked from the first.
pub fn blocked_since(facts: &[Dated<ItemFact>]) -> Option<Instant> {
    let mut since = None;
    for dated in facts {
        match dated.fact {
            ItemFact::Blocked { .. } => since = since.or(Some(dated.happened_at)),
            ItemFact::Unblocked => since = None,
            _ => {}
        }
    }
    since
}

/// The working days after a day until today, today included (rule 4).
pub fn working_days_since(day: Day, today: Day, calendar: &WorkCalendar) -> u32 {
    u32::try_from(calendar.working_days(day.plus(1), today).len()).unwrap_or(u32::MAX)
}

/// After how many working days a blocker asks for more than the Daily Scrum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BlockerLimit(u32);

/// A limit that nobody means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a limit is 1 to {most} working days")]
pub struct LimitOutOfRange {
    /// The longest one.
    pub most: u32,
}

impl BlockerLimit {
    const MOST: u32 = 30;

    /// A limit in working days, 1 to 30.
    pub fn of_days(days: u32) -> Result<BlockerLimit, LimitOutOfRange> {
        let range = 1..=BlockerLimit::MOST;
        if range.contains(&days) {
            Ok(BlockerLimit(days))
        } else {
            Err(LimitOutOfRange { most: BlockerLimit::MOST })
        }
    }

    /// In working days.
    pub fn days(self) -> u32 {
        self.0
    }

    /// Whether a blocker of that age has reached it.
    pub fn is_reached(self, age: u32) -> bool {
        age >= self.0
    }
}

impl Default for BlockerLimit {
    /// Two working days: it was there in two Daily Scrums.
    fn default() -> BlockerLimit {
        BlockerLimit(2)
    }
}

/// How an item stands in a walk (rule 5): a smaller one comes first; none where it is left out.
pub fn walk_place(state: Option<StateId>, is_blocked: bool, workflow: &Workflow) -> Option<usize> {
    let known = workflow.all().iter().position(|known| Some(known.id) == state)?;
    let later_first = workflow.all().len() - known;
    match workflow.category(state) {
        Category::InProgress => Some(later_first),
        Category::ToDo if is_blocked => Some(later_first + workflow.all().len()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::WorkingWeek;
    use crate::identity::Identities;
    use crate::team::State;

    fn zurich() -> WorkCalendar {
        WorkCalendar {
            zone: Zone::parse("Europe/Zurich").unwrap(),
            weeks: vec![(Day::parse("2020-01-01").unwrap(), WorkingWeek::from_bits(0b1_1111).unwrap())],
            holidays: [Day::parse("2026-12-25").unwrap()].into_iter().collect(),
        }
    }

    /// A local time in Zurich: `11-24 09:15`, of 2026.
    fn at(local: &str) -> Instant {
        let (day, time) = local.split_once(' ').unwrap();
        let (hour, minute) = time.split_once(':').unwrap();
        let minutes: i64 = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
        let day = Day::parse(&format!("2026-{day}")).unwrap();
        zurich().zone.start_of(day).plus_millis(minutes * 60_000)
    }

    fn said(moment: Instant) -> String {
        zurich().zone.local(moment).format("%m-%d %H:%M").to_string()
    }

    /// Dailies as `11-23 09:15`, or `11-23 09:15 to 09:30`.
    fn dailies(text: &str) -> Vec<Daily> {
        let mut identities = Identities::new(Instant::from_millis(1), 1, 1);
        let one = |line: &str| {
            let (held, ended) = line.split_once(" to ").map_or((line, None), |(held, to)| (held, Some(to)));
            let day = held.split(' ').next().unwrap();
            Daily {
                id: identities.fresh(),
                sprint: None,
                held_at: at(held),
                ended_at: ended.map(|time| at(&format!("{day} {time}"))),
            }
        };
        text.split(", ").filter(|line| !line.is_empty()).map(one).collect()
    }

    #[track_caller]
    fn check_since(held: &str, started: &str, now: &str, expected: &str) {
        let dailies = dailies(held);
        let (since, last) = news_since(&dailies, Some(at(started)), at(now), &zurich());
        let of = if last.is_some() { ", the last Daily" } else { "" };
        assert_eq!(format!("{}{of}", said(since)), expected);
    }

    #[test]
    fn rule_2_news_is_what_was_written_down_since_the_last_daily_of_an_earlier_day() {
        let start = "11-16 09:00";
        check_since(
            "11-20 09:15 to 09:30, 11-23 09:15 to 09:28",
            start,
            "11-24 09:15",
            "11-23 09:28, the last Daily",
        );
        // That of today, running or over, is not the last one.
        check_since("11-23 09:15 to 09:28, 11-24 09:15", start, "11-24 09:20", "11-23 09:28, the last Daily");
        check_since(
            "11-23 09:15 to 09:28, 11-24 09:15 to 09:25",
            start,
            "11-24 15:00",
            "11-23 09:28, the last Daily",
        );
        // One that nobody ended was over when it began, as far as is known.
        check_since("11-23 09:15", start, "11-24 09:15", "11-23 09:15, the last Daily");
        // None was held: since the last working day began, over a week-end, and not of before the start.
        check_since("", start, "11-24 09:15", "11-23 00:00");
        check_since("", start, "11-23 09:15", "11-20 00:00");
        check_since("", "11-23 14:00", "11-24 09:15", "11-23 14:00");
        check_since("11-13 09:15 to 09:30", start, "11-16 09:15", "11-16 09:00");
    }

    #[test]
    fn rule_1_a_daily_goes_on_until_it_is_ended_and_with_its_day_at_the_latest() {
        let zone = zurich().zone;
        let goes_on = |held: &str, now: &str| dailies(held)[0].goes_on(at(now), zone);
        assert!(goes_on("11-24 09:15", "11-24 23:59"));
        assert!(!goes_on("11-24 09:15", "11-25 00:00"));
        assert!(!goes_on("11-24 09:15 to 09:20", "11-24 09:21"));
    }

    #[test]
    fn rule_4_a_blocker_is_as_old_as_the_working_days_after_its_day() {
        let age = |from: &str, today: &str| {
            let day = |text: &str| Day::parse(&format!("2026-{text}")).unwrap();
            working_days_since(day(from), day(today), &zurich())
        };
        assert_eq!((age("11-24", "11-24"), age("11-23", "11-24"), age("11-20", "11-24")), (0, 1, 2));
        assert_eq!(age("12-24", "12-28"), 1, "a holiday and a week-end make nothing older");
        let limit = BlockerLimit::default();
        assert!(!limit.is_reached(1) && limit.is_reached(2));
        assert_eq!(BlockerLimit::of_days(0), Err(LimitOutOfRange { most: 30 }));
        assert_eq!(BlockerLimit::of_days(31), Err(LimitOutOfRange { most: 30 }));
    }

    #[test]
    fn a_blocker_is_as_old_as_its_first_reason() {
        let mut identities = Identities::new(Instant::from_millis(1), 1, 1);
        let mut facts = |text: &str| -> Vec<Dated<ItemFact>> {
            let fact = |line: &str| {
                let (day, what) = line.split_once(' ').unwrap();
                let happened_at = at(&format!("{day} 10:00"));
                let fact = match what {
                    "free" => ItemFact::Unblocked,
                    "mine" => ItemFact::Assigned(None),
                    reason => ItemFact::Blocked { reason: reason.to_owned() },
                };
                Dated { id: identities.fresh(), happened_at, recorded_at: happened_at, operation: 1, fact }
            };
            text.split(", ").map(fact).collect()
        };
        let mut since = |text: &str| blocked_since(&facts(text)).map(said);
        assert_eq!(since("11-20 keys, 11-23 certificate, 11-24 mine"), Some("11-20 10:00".into()));
        assert_eq!(since("11-20 keys, 11-23 free, 11-24 certificate"), Some("11-24 10:00".into()));
        assert_eq!(since("11-20 keys, 11-23 free"), None);
    }

    /// The team's states: to_do, doing, review, done, off.
    fn workflow() -> Workflow {
        let mut identities = Identities::new(Instant::from_millis(1), 2, 1);
        let states = [
            ("to_do", Category::ToDo),
            ("doing", Category::InProgress),
            ("review", Category::InProgress),
            ("done", Category::Done),
            ("off", Category::Cancelled),
        ];
        let state = |(name, category): (&str, Category)| State {
            id: identities.fresh(),
            name: name.into(),
            category,
        };
        Workflow::new(states.into_iter().map(state).collect()).unwrap()
    }

    /// What is new between two lines such as `here doing 5 blocked`; `gone` is none, `there` another Sprint.
    #[track_caller]
    fn check_news(then: &str, now: &str, expected: &str) {
        let workflow = workflow();
        let mut identities = Identities::new(Instant::from_millis(1), 3, 1);
        let (here, there): (SprintId, SprintId) = (identities.fresh(), identities.fresh());
        let owner: MemberId = identities.fresh();
        let read = |text: &str| {
            let mut known = ItemThen::default();
            for word in text.split(' ') {
                match word {
                    "gone" => return None,
                    "here" => known.sprint = Some(here),
                    "there" => known.sprint = Some(there),
                    "blocked" => known.blocked = Some("keys".into()),
                    "certificate" => known.blocked = Some("certificate".into()),
                    "owned" => known.owner = Some(owner),
                    size if size.parse::<i64>().is_ok() => {
                        known.size = Some(Size::hundredths(size.parse::<i64>().unwrap() * 100));
                    }
                    state => {
                        known.state = workflow.all().iter().find(|one| one.name == state).map(|one| one.id);
                    }
                }
            }
            Some(known)
        };
        let present = |known: ItemThen| ItemPresent {
            state: known.state,
            size: known.size,
            owner: known.owner,
            blocked: known.blocked,
            sprint: known.sprint,
            ..ItemPresent::default()
        };
        let name = |state: &StateId| workflow.get(*state).unwrap().name.clone();
        let said: Vec<String> =
            item_news(read(then).as_ref(), read(now).map(present).as_ref(), here, &workflow)
                .iter()
                .map(|news| match news {
                    ItemNews::Begun(state) => format!("begun {}", name(state)),
                    ItemNews::Moved(state) => format!("to {}", name(state)),
                    ItemNews::Reopened(state) => format!("again {}", name(state)),
                    ItemNews::Sized(size) => {
                        format!("size {}", size.map_or("none".into(), |size| size.to_string()))
                    }
                    ItemNews::Owned(owner) => {
                        format!("owner {}", if owner.is_some() { "one" } else { "none" })
                    }
                    other => format!("{other:?}").to_lowercase(),
                })
                .collect();
        assert_eq!(said.join(", "), expected);
    }

    #[test]
    fn rule_3_news_of_an_item_is_the_difference_of_what_was_known() {
        check_news("here doing 5", "here doing 5", "");
        check_news("here doing 5", "here done 5", "done");
        check_news("here to_do 5", "here doing 5 owned", "begun doing, owner one");
        check_news("here doing 5 blocked", "here review 5", "unblocked, to review");
        check_news("here doing 5", "here doing 8 blocked", "blocked(\"keys\"), size 8");
        check_news("here doing 5 blocked", "here doing 5 certificate", "blocked(\"certificate\")");
        check_news("here done 5", "here doing 5", "again doing");
        check_news("here doing 5 owned blocked", "here off 5", "cancelled");
    }

    #[test]
    fn rule_3_what_comes_in_or_goes_out_says_so_once() {
        check_news("gone", "here to_do 5 owned", "camein");
        check_news("there doing 5", "here doing 5", "camein");
        check_news("gone", "here done 3", "done, camein");
        check_news("here doing 5", "there doing 5", "left");
        check_news("here doing 5", "gone", "left");
        check_news("there doing 5", "there done 5", "");
        check_news("gone", "gone", "");
    }

    #[test]
    fn rule_5_the_walk_begins_with_what_is_nearest_to_done() {
        let workflow = workflow();
        let place = |name: &str, blocked: bool| {
            walk_place(
                workflow.all().iter().find(|one| one.name == name).map(|one| one.id),
                blocked,
                &workflow,
            )
        };
        let (review, doing) = (place("review", false).unwrap(), place("doing", true).unwrap());
        assert!(review < doing && doing < place("to_do", true).unwrap());
        assert_eq!((place("to_do", false), place("done", true), place("off", false)), (None, None, None));
    }
}
