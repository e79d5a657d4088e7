//! The team: members, lanes, states, working agreement.
//!
//! 1. Lanes divide the whole capacity: shares add up to exactly 100 %, each kind of work has one lane, exactly one
//!    lane is the buffer (1.2).
//! 2. States are the team's own; the rules speak of categories, and each category has at least one state (1.5).

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
        Ok(Lanes(lanes))
    }

    /// The same lanes with other shares, given for each lane by its identity.
    pub fn with_shares(&self, shares: &[(LaneId, Share)]) -> Result<Lanes, LanesRefused> {
        let share_of = |lane: &Lane| {
            shares.iter().find(|(id, _)| *id == lane.id).map_or(lane.share, |(_, share)| *share)
        };
        Lanes::new(self.0.iter().map(|lane| Lane { share: share_of(lane), ..lane.clone() }).collect())
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
    /// How much of their hours this team has: less than all of a member who is shared with other teams.
    pub share: Share,
        check("f 110 feature | p -20 bug debt infrastructure | b! 10", "the share of p is below 0 %");
        check("f 60 feature | p 40 bug debt infrastructure", "0 lanes are the buffer");
        check("f 60 feature | p 30 bug debt | b! 10", "no lane takes infrastructure");
        check("f 60 feature bug | p 30 bug debt infrastructure | b! 10", "more than one lane takes bug");
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
