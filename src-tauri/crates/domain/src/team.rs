//! The team: members, lanes, states, working agreement.
//!
//! 1. Lanes divide the whole capacity: shares add up to exactly 100 %, each kind of work has one lane, exactly one
//!    lane is the buffer and takes no kind (1.2).
//! 2. States are the team's own; the rules speak of categories, and each category has at least one state (1.5).
//! 3. Lanes and states are changed one thing at a time, so that two changes made from the same picture both hold.

use crate::backlog::{Category, WorkKind};
use crate::calendar::{Day, WorkingWeek};
use crate::identity::{LaneId, MemberId, StateId};
use crate::measures::{Minutes, Share};

/// A lane of a Sprint's capacity (1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Its identity.
    pub id: LaneId,
    /// Its name.
    pub name: String,
    /// The kinds of work that go there; none for the buffer.
    pub kinds: Vec<WorkKind>,
    /// Whether it is kept for unplanned work.
    pub is_buffer: bool,
    /// Its usual share of the capacity.
    pub share: Share,
}

/// The lanes of a team, checked against rule 1; they can only be made whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lanes(Vec<Lane>);

/// Why lanes do not divide the capacity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LanesRefused {
    /// The shares leave something over, or give away more than there is.
    #[error("the shares add up to {total}, not to 100 %")]
    SharesDoNotAddUp {
        /// Their sum.
        total: Share,
    },
    /// A share below nothing.
    #[error("the share of {lane} is below 0 %")]
    ShareBelowZero {
        /// The lane's name.
        lane: String,
    },
    /// Not exactly one lane is the buffer.
    #[error("{count} lanes are the buffer")]
    NotOneBuffer {
        /// How many are.
        count: usize,
    },
    /// A kind of work with no lane.
    #[error("no lane takes {kind}")]
    KindWithoutLane {
        /// The kind.
        kind: WorkKind,
    },
    /// A kind of work with several lanes.
    #[error("more than one lane takes {kind}")]
    KindInTwoLanes {
        /// The kind.
        kind: WorkKind,
    },
    /// The buffer would take a kind of work.
    #[error("{lane} takes {kind}, and the buffer takes no kind of work")]
    BufferTakesKind {
        /// The lane's name.
        lane: String,
        /// The kind.
        kind: WorkKind,
    },
    /// A lane without a name.
    #[error("a lane has no name")]
    Nameless,
}

impl LanesRefused {
    /// By how much the shares lie over 100 %, or under it for a negative share, where that is the reason.
    pub fn difference(&self) -> Option<Share> {
        match self {
            LanesRefused::SharesDoNotAddUp { total } => Some(*total - Share::WHOLE),
            _ => None,
        }
    }
}

impl Lanes {
    /// The lanes, if they divide the capacity by rule 1.
    pub fn new(lanes: Vec<Lane>) -> Result<Lanes, LanesRefused> {
        if lanes.iter().any(|lane| lane.name.trim().is_empty()) {
            return Err(LanesRefused::Nameless);
        }
        if let Some(lane) = lanes.iter().find(|lane| lane.share < Share::ZERO) {
            return Err(LanesRefused::ShareBelowZero { lane: lane.name.clone() });
        }
        let total: Share = lanes.iter().map(|lane| lane.share).sum();
        if total != Share::WHOLE {
            return Err(LanesRefused::SharesDoNotAddUp { total });
        }
        let count = lanes.iter().filter(|lane| lane.is_buffer).count();
        if count != 1 {
            return Err(LanesRefused::NotOneBuffer { count });
        }
        for kind in WorkKind::ALL {
            match lanes.iter().filter(|lane| lane.kinds.contains(kind)).count() {
                1 => {}
                0 => return Err(LanesRefused::KindWithoutLane { kind: *kind }),
                _ => return Err(LanesRefused::KindInTwoLanes { kind: *kind }),
            }
        }
        let taken = |lane: &&Lane| lane.is_buffer && !lane.kinds.is_empty();
        if let Some((lane, kind)) =
            lanes.iter().find(taken).and_then(|lane| Some((lane, lane.kinds.first()?)))
        {
            return Err(LanesRefused::BufferTakesKind { lane: lane.name.clone(), kind: *kind });
        }
        Ok(Lanes(lanes))
    }

    /// The same lanes with other shares, given for each lane by its identity.
    pub fn with_shares(&self, shares: &[(LaneId, Share)]) -> Result<Lanes, LanesRefused> {
        let share_of = |lane: &Lane| {
            shares.iter().find(|(id, _)| *id == lane.id).map_or(lane.share, |(_, share)| *share)
        };
        self.each(|lane| Lane { share: share_of(&lane), ..lane })
    }

    /// The same lanes, one of them with another name.
    pub fn with_name(&self, id: LaneId, name: &str) -> Result<Lanes, LanesRefused> {
        self.each(|lane| if lane.id == id { Lane { name: name.to_owned(), ..lane } } else { lane })
    }

    /// The same lanes with a kind of work in another of them.
    pub fn with_kind(&self, kind: WorkKind, to: LaneId) -> Result<Lanes, LanesRefused> {
        self.each(|mut lane| {
            if lane.id != to {
                lane.kinds.retain(|known| *known != kind);
            } else if !lane.kinds.contains(&kind) {
                lane.kinds.push(kind);
            }
            lane
        })
    }

    /// The same lanes with another one kept for unplanned work.
    pub fn with_buffer(&self, id: LaneId) -> Result<Lanes, LanesRefused> {
        self.each(|lane| Lane { is_buffer: lane.id == id, ..lane })
    }

    /// These lanes and one more, just before the buffer; it has no kinds and no share yet.
    pub fn with_lane(&self, id: LaneId, name: &str) -> Result<Lanes, LanesRefused> {
        let lane =
            Lane { id, name: name.to_owned(), kinds: Vec::new(), is_buffer: false, share: Share::ZERO };
        let mut lanes = self.0.clone();
        let buffer = lanes.iter().position(|lane| lane.is_buffer).unwrap_or(lanes.len());
        lanes.insert(buffer, lane);
        Lanes::new(lanes)
    }

    /// These lanes without one. Refused while it has a kind or a share, or is the buffer.
    pub fn without(&self, id: LaneId) -> Result<Lanes, LanesRefused> {
        Lanes::new(self.0.iter().filter(|lane| lane.id != id).cloned().collect())
    }

    fn each(&self, change: impl FnMut(Lane) -> Lane) -> Result<Lanes, LanesRefused> {
        Lanes::new(self.0.iter().cloned().map(change).collect())
    }

    /// The lanes in the team's order.
    pub fn all(&self) -> &[Lane] {
        &self.0
    }

    /// The lane with an identity.
    pub fn get(&self, id: LaneId) -> Option<&Lane> {
        self.0.iter().find(|lane| lane.id == id)
    }

    /// The lane for a kind of work; unsorted work has none (1.1).
    pub fn for_kind(&self, kind: Option<WorkKind>) -> Option<&Lane> {
        self.0.iter().find(|lane| kind.is_some_and(|kind| lane.kinds.contains(&kind)))
    }

    /// The lane that is kept for unplanned work.
    pub fn buffer(&self) -> Option<&Lane> {
        self.0.iter().find(|lane| lane.is_buffer)
    }
}

/// A state of the team's workflow (1.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its identity.
    pub id: StateId,
    /// Its name.
    pub name: String,
    /// What it means to the rules.
    pub category: Category,
}

/// The states of a team in their order, checked: every category has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workflow(Vec<State>);

/// Why states are no workflow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkflowRefused {
    /// A category without a state.
    #[error("no state means {category}")]
    CategoryWithoutState {
        /// The category.
        category: Category,
    },
    /// A state without a name.
    #[error("a state has no name")]
    Nameless,
}

impl Workflow {
    /// The states, if every category has one.
    pub fn new(states: Vec<State>) -> Result<Workflow, WorkflowRefused> {
        if states.iter().any(|state| state.name.trim().is_empty()) {
            return Err(WorkflowRefused::Nameless);
        }
        for category in Category::ALL {
            if !states.iter().any(|state| state.category == *category) {
                return Err(WorkflowRefused::CategoryWithoutState { category: *category });
            }
        }
        Ok(Workflow(states))
    }

    /// The same states, one of them with another name.
    pub fn with_name(&self, id: StateId, name: &str) -> Result<Workflow, WorkflowRefused> {
        self.each(|state| if state.id == id { State { name: name.to_owned(), ..state } } else { state })
    }

    /// The same states, one of them with another meaning.
    pub fn with_category(&self, id: StateId, category: Category) -> Result<Workflow, WorkflowRefused> {
        self.each(|state| if state.id == id { State { category, ..state } } else { state })
    }

    /// These states and one more, after the last that means the same.
    pub fn with_state(&self, state: State) -> Result<Workflow, WorkflowRefused> {
        let mut states = self.0.clone();
        let last = states.iter().rposition(|known| known.category == state.category);
        states.insert(last.map_or(states.len(), |last| last + 1), state);
        Workflow::new(states)
    }

    /// The same states, one of them so many places later; earlier for a negative number, and never beyond the ends.
    pub fn with_place(&self, id: StateId, places: i32) -> Result<Workflow, WorkflowRefused> {
        let mut states = self.0.clone();
        if let Some(from) = states.iter().position(|state| state.id == id) {
            let state = states.remove(from);
            let to = i64::try_from(from).unwrap_or(i64::MAX).saturating_add(places.into());
            states.insert(usize::try_from(to).unwrap_or(0).min(states.len()), state);
        }
        Workflow::new(states)
    }

    /// These states without one. Refused where no other means the same.
    pub fn without(&self, id: StateId) -> Result<Workflow, WorkflowRefused> {
        Workflow::new(self.0.iter().filter(|state| state.id != id).cloned().collect())
    }

    fn each(&self, change: impl FnMut(State) -> State) -> Result<Workflow, WorkflowRefused> {
        Workflow::new(self.0.iter().cloned().map(change).collect())
    }

    /// The states in the team's order.
    pub fn all(&self) -> &[State] {
        &self.0
    }

    /// The state with an identity.
    pub fn get(&self, id: StateId) -> Option<&State> {
        self.0.iter().find(|state| state.id == id)
    }

    /// What a state means; a state that the team no longer has means *to do*.
    pub fn category(&self, state: Option<StateId>) -> Category {
        state.and_then(|id| self.get(id)).map_or(Category::ToDo, |state| state.category)
    }

    /// The first state of a category.
    pub fn first(&self, category: Category) -> Option<&State> {
        self.0.iter().find(|state| state.category == category)
    }
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their identity.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// The first day on which they belong to the team.
    pub from: Day,
    /// The last one, if it is known.
    pub to: Option<Day>,
    /// Their working time, each valid from a day on, in order of that day.
    pub hours: Vec<MemberHours>,
}

/// A member's working time from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberHours {
    /// The first day for which it holds.
    pub valid_from: Day,
    /// Minutes on a working day; none is a question, not 0 and not 8 hours (1.4).
    pub a_day: Option<Minutes>,
    /// The days on which the member works, of those on which the team does; none where it is the team's whole week.
    pub week: Option<WorkingWeek>,
    /// How much of their hours this team has: less than all of a member who is shared with other teams.
    pub share: Share,
}

/// Why a member cannot be as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MemberRefused {
    /// A member without a name.
    #[error("a member has no name")]
    Nameless,
    /// A day has no such number of hours.
    #[error("a working day has more than 0 and at most 24 hours, not {a_day}")]
    HoursOutOfRange {
        /// The time asked for.
        a_day: Minutes,
    },
    /// The last day lies before the first.
    #[error("the last day, {to}, lies before the first, {from}")]
    LeavesBeforeComing {
        /// The first day.
        from: Day,
        /// The last one.
        to: Day,
    },
}

impl Member {
    /// Whether the member can be as asked: a name, between 0 and 24 hours where they are set, days in order.
    pub fn check(&self) -> Result<(), MemberRefused> {
        if self.name.trim().is_empty() {
            return Err(MemberRefused::Nameless);
        }
        let out_of_range = |a_day: &Minutes| *a_day <= Minutes::ZERO || *a_day > Minutes::hours(24);
        if let Some(a_day) = self.hours.iter().filter_map(|hours| hours.a_day).find(out_of_range) {
            return Err(MemberRefused::HoursOutOfRange { a_day });
        }
        match self.to {
            Some(to) if to < self.from => Err(MemberRefused::LeavesBeforeComing { from: self.from, to }),
            _ => Ok(()),
        }
    }

    /// Whether they belong to the team on a day.
    pub fn belongs_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether a day of the team's is one on which they work: they belong to the team, and it is a day of their week.
    pub fn works_on(&self, day: Day) -> bool {
        let week = self.hours_on(day).and_then(|hours| hours.week);
        self.belongs_on(day) && week.is_none_or(|week| week.has(day.weekday()))
    }

    /// The working time that holds on a day: the last that is valid from then or earlier, else the first one known.
    pub fn hours_on(&self, day: Day) -> Option<&MemberHours> {
        self.hours.iter().rev().find(|hours| hours.valid_from <= day).or(self.hours.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Instant;
    use crate::identity::Identities;

    /// Lanes from text: `features 60 feature | production 30 bug debt infrastructure | buffer! 10`.
    fn lanes(text: &str) -> Result<Lanes, LanesRefused> {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let lane = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            Lane {
                id: identities.fresh(),
                name: words[0].trim_end_matches('!').into(),
                is_buffer: words[0].ends_with('!'),
                share: Share::percent(words[1].parse().unwrap()),
                kinds: words[2..].iter().map(|kind| kind.parse().unwrap()).collect(),
            }
        };
        Lanes::new(text.split('|').map(lane).collect())
    }

    fn check(text: &str, refusal: &str) {
        assert_eq!(lanes(text).map(|_| ()).map_err(|e| e.to_string()), Err(refusal.to_owned()));
    }

    #[test]
    fn rule_1_2_lanes_divide_the_whole_capacity() {
        let kept = lanes("features 60 feature | production 30 bug debt infrastructure | buffer! 10").unwrap();
        assert_eq!(kept.for_kind(Some(WorkKind::Debt)).unwrap().name, "production");
        assert_eq!(kept.for_kind(None), None);
        assert_eq!(kept.buffer().unwrap().name, "buffer");
        check(
            "f 60 feature | p 35 bug debt infrastructure | b! 10",
            "the shares add up to 105 %, not to 100 %",
        );
        let difference = |text| lanes(text).err().and_then(|refused| refused.difference());
        let (over, under) = (
            "f 65 feature | p 35 bug debt infrastructure | b! 10",
            "f 60 feature | p 30 bug debt infrastructure | b! 5",
        );
        assert_eq!(difference(over), Some(Share::percent(10)));
        assert_eq!(difference(under), Some(Share::percent(-5)));
        check("f 110 feature | p -20 bug debt infrastructure | b! 10", "the share of p is below 0 %");
        check("f 60 feature | p 40 bug debt infrastructure", "0 lanes are the buffer");
        check("f 60 feature | p 30 bug debt | b! 10", "no lane takes infrastructure");
        check("f 60 feature bug | p 30 bug debt infrastructure | b! 10", "more than one lane takes bug");
        check(
            "f 60 feature | p 30 bug debt | b! 10 infrastructure",
            "b takes infrastructure, and the buffer takes no kind of work",
        );
    }

    /// Lanes as text: `features 60 feature`.
    fn told(lanes: &Result<Lanes, LanesRefused>) -> String {
        let one = |lane: &Lane| {
            let kinds: String = lane.kinds.iter().map(|kind| format!(" {kind}")).collect();
            format!("{}{} {}{kinds}", lane.name, if lane.is_buffer { "!" } else { "" }, lane.share)
        };
        match lanes {
            Ok(lanes) => lanes.all().iter().map(one).collect::<Vec<_>>().join(" | "),
            Err(refused) => refused.to_string(),
        }
    }

    #[test]
    fn rule_1_2_lanes_change_one_thing_at_a_time() {
        let first = lanes("f 60 feature | p 30 bug debt infrastructure | b! 10").unwrap();
        let id = |name: &str, lanes: &Lanes| lanes.all().iter().find(|lane| lane.name == name).unwrap().id;
        let new: LaneId = Identities::new(Instant::from_millis(0), 9, 9).fresh();
        let four = first.with_lane(new, "t").unwrap();
        assert_eq!(
            told(&Ok(four.clone())),
            "f 60 % feature | p 30 % bug debt infrastructure | t 0 % | b! 10 %"
        );
        // Two changes made from one picture, each applied to what the other left.
        let moved = four.with_kind(WorkKind::Debt, new).unwrap().with_name(id("p", &four), "run");
        assert_eq!(told(&moved), "f 60 % feature | run 30 % bug infrastructure | t 0 % debt | b! 10 %");
        let buffer = first.with_lane(new, "t").unwrap().with_buffer(new);
        assert_eq!(told(&buffer), "f 60 % feature | p 30 % bug debt infrastructure | t! 0 % | b 10 %");
        assert_eq!(
            told(&first.with_buffer(id("p", &first))),
            "p takes bug, and the buffer takes no kind of work"
        );
        assert_eq!(told(&first.without(id("p", &first))), "the shares add up to 70 %, not to 100 %");
        assert_eq!(told(&four.without(new)), told(&Ok(first)));
    }

    #[test]
    fn rule_1_5_states_change_one_thing_at_a_time() {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let mut state = |name: &str, category| State { id: identities.fresh(), name: name.into(), category };
        let first = Workflow::new(vec![
            state("todo", Category::ToDo),
            state("doing", Category::InProgress),
            state("done", Category::Done),
            state("off", Category::Cancelled),
        ])
        .unwrap();
        let told = |workflow: Result<Workflow, WorkflowRefused>| match workflow {
            Ok(workflow) => {
                workflow.all().iter().map(|state| state.name.clone()).collect::<Vec<_>>().join(" ")
            }
            Err(refused) => refused.to_string(),
        };
        let review = state("review", Category::InProgress);
        let five = first.with_state(review.clone()).unwrap();
        assert_eq!(told(Ok(five.clone())), "todo doing review done off");
        assert_eq!(told(five.with_place(review.id, -1)), "todo review doing done off");
        assert_eq!(told(five.with_place(review.id, -9)), "review todo doing done off");
        assert_eq!(told(five.with_place(review.id, 9)), "todo doing done off review");
        assert_eq!(told(five.with_name(review.id, "look")), "todo doing look done off");
        assert_eq!(told(five.with_name(review.id, " ")), "a state has no name");
        assert_eq!(told(five.without(review.id)), told(Ok(first.clone())));
        assert_eq!(told(first.without(first.all()[3].id)), "no state means cancelled");
        assert_eq!(told(first.with_category(first.all()[0].id, Category::Done)), "no state means toDo");
    }

    #[test]
    fn a_member_has_a_name_a_possible_day_and_a_last_day_after_the_first() {
        let day = |text: &str| Day::parse(text).unwrap();
        let check = |name: &str, a_day: Option<i64>, to: Option<&str>, expected: &str| {
            let a_day = a_day.map(Minutes::hours);
            let member = Member {
                id: Identities::new(Instant::from_millis(0), 1, 1).fresh(),
                name: name.into(),
                from: day("2026-11-24"),
                to: to.map(day),
                hours: vec![MemberHours {
                    valid_from: day("2026-11-24"),
                    a_day,
                    week: None,
                    share: Share::WHOLE,
                }],
            };
            let words = member.check().map_or_else(|refused| refused.to_string(), |()| "fine".into());
            assert_eq!(words, expected);
        };
        check("Ana", Some(6), None, "fine");
        check("Ana", None, Some("2026-11-24"), "fine");
        check(" ", Some(6), None, "a member has no name");
        check("Ana", Some(0), None, "a working day has more than 0 and at most 24 hours, not 0 h");
        check("Ana", Some(25), None, "a working day has more than 0 and at most 24 hours, not 25 h");
        check("Ana", None, Some("2026-11-23"), "the last day, 2026-11-23, lies before the first, 2026-11-24");
    }
}
