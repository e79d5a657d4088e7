//! Absences, and what being on call takes (2.2, 2.3).
//!
//! 1. An absence has dates and names no Sprint: each Sprint reads those of its days (2.2). It may cross Sprints.
//! 2. Absences of a member share no day: whoever enters one over another is told which one.
//! 3. Marking days says something new of exactly these days: what was said of the days before and after stays, and
//!    days that follow each other and say the same are one.
//! 4. Being on call takes a part of the day, half of it unless the team says otherwise (2.3).

use crate::calendar::Day;
use crate::identity::{MemberId, RowId};
use crate::measures::Share;

/// Days on which a member is away, wholly or for a part of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Its identity.
    pub id: RowId,
    /// Who.
    pub member: MemberId,
    /// The first day.
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    /// How much of each day: the whole, half, or another part.
    pub away: Share,
    /// Why; may be empty.
    pub note: String,
}

/// Why an absence cannot be as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AbsenceRefused {
    /// The last day lies before the first.
    #[error("the last day, {last}, lies before the first, {first}")]
    EndsBeforeItBegins {
        /// The first day.
        first: Day,
        /// The last one.
        last: Day,
    },
    /// Longer than anybody is away; a year is probably mistyped.
    #[error("{days} days are more than two years")]
    TooLong {
        /// How many days were asked for.
        days: i64,
    },
    /// Nothing, or more than a day.
    #[error("{away} of a day is no absence")]
    NotAPartOfADay {
        /// The part asked for.
        away: Share,
    },
    /// Another absence has a day of it.
    #[error("another absence lies there")]
    Overlaps {
        /// That one.
        other: Absence,
    },
}

impl Absence {
    /// Whether it can be entered beside the absences that are known.
    pub fn check(&self, known: &[Absence]) -> Result<(), AbsenceRefused> {
        check_days(self.first, self.last)?;
        if self.away <= Share::ZERO || self.away > Share::WHOLE {
            return Err(AbsenceRefused::NotAPartOfADay { away: self.away });
        }
        let in_the_way = |other: &&Absence| {
            other.id != self.id
                && other.member == self.member
                && other.first <= self.last
                && self.first <= other.last
        };
        match known.iter().filter(in_the_way).min_by_key(|other| other.first) {
            Some(other) => Err(AbsenceRefused::Overlaps { other: other.clone() }),
            None => Ok(()),
        }
    }
}

/// Whether a first and a last day can be those of an absence or of a turn on call.
pub fn check_days(first: Day, last: Day) -> Result<(), AbsenceRefused> {
    let days = first.days_until(last) + 1;
    if days < 1 {
        return Err(AbsenceRefused::EndsBeforeItBegins { first, last });
    }
    if days > 2 * 366 {
        return Err(AbsenceRefused::TooLong { days });
    }
    Ok(())
}

/// The part of a day that being on call takes, each valid from a day on (2.3).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OnCallFactor(Vec<(Day, Share)>);

impl OnCallFactor {
    /// What holds until the team says otherwise.
    pub const USUAL: Share = Share::percent(50);

    /// The factors that the team has set.
    pub fn new(mut set: Vec<(Day, Share)>) -> OnCallFactor {
        set.sort_by_key(|(valid_from, _)| *valid_from);
        OnCallFactor(set)
    }

    /// The one that holds on a day: the last that is valid from then or earlier, else the usual one.
    pub fn on(&self, day: Day) -> Share {
        let valid = self.0.iter().rev().find(|(valid_from, _)| *valid_from <= day);
        valid.map_or(OnCallFactor::USUAL, |(_, factor)| *factor)
    }

    /// The ones that hold from later days on.
    pub fn after(&self, day: Day) -> impl Iterator<Item = (Day, Share)> + '_ {
        self.0.iter().copied().filter(move |(valid_from, _)| *valid_from > day)
    }
}

/// Days in a row of which the same is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell<T> {
    /// The row in which it stands; none for one that is new.
    pub id: Option<RowId>,
    /// The first day.
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    /// What is said.
    pub what: T,
}

/// Says something of the days from the first to the last, or with none nothing any more (rule 3).
///
/// The spells share no day, before and after; they come out in order.
pub fn mark<T: Clone + PartialEq>(
    known: &[Spell<T>],
    (first, last): (Day, Day),
    what: Option<T>,
) -> Vec<Spell<T>> {
    let mut marked = Vec::with_capacity(known.len() + 2);
    for spell in known {
        if spell.last < first || last < spell.first {
            marked.push(spell.clone());
            continue;
        }
        let before = spell.first < first;
        if before {
            marked.push(Spell { last: first.plus(-1), ..spell.clone() });
        }
        if last < spell.last {
            let id = spell.id.filter(|_| !before);
            marked.push(Spell { id, first: last.plus(1), ..spell.clone() });
        }
    }
    marked.extend(what.map(|what| Spell { id: None, first, last, what }));
    marked.sort_by_key(|spell| spell.first);
    let mut joined: Vec<Spell<T>> = Vec::with_capacity(marked.len());
    for spell in marked {
        match joined.last_mut() {
            Some(before) if before.last.plus(1) == spell.first && before.what == spell.what => {
                before.last = spell.last;
                before.id = before.id.or(spell.id);
            }
            _ => joined.push(spell),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Instant;
    use crate::identity::Identities;
    use proptest::prelude::*;

    fn day(number: i64) -> Day {
        Day::parse("2026-11-30").unwrap().plus(number)
    }

    /// `1-5 a | 7-7 b`: days from the last of November on, and what is said of them.
    fn spells(text: &str) -> Vec<Spell<char>> {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let parts = text.split('|').map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| {
                let (days, what) = part.split_once(' ').unwrap();
                let (first, last) = days.split_once('-').unwrap();
                let id = Some(identities.fresh());
                let number = |text: &str| text.parse::<i64>().unwrap();
                Spell {
                    id,
                    first: day(number(first)),
                    last: day(number(last)),
                    what: what.chars().next().unwrap(),
                }
            })
            .collect()
    }

    #[track_caller]
    fn check(known: &str, days: (i64, i64), what: Option<char>, expected: &str) {
        let marked = mark(&spells(known), (day(days.0), day(days.1)), what);
        let said = marked.iter().map(|spell| {
            let number = |at: Day| day(0).days_until(at);
            let new = if spell.id.is_none() { " new" } else { "" };
            format!("{}-{} {}{new}", number(spell.first), number(spell.last), spell.what)
        });
        assert_eq!(said.collect::<Vec<_>>().join(" | "), expected);
    }

    #[test]
    fn marking_days_leaves_the_days_around_as_they_were() {
        check("", (1, 3), Some('a'), "1-3 a new");
        check("1-9 a", (4, 5), Some('h'), "1-3 a | 4-5 h new | 6-9 a new");
        check("1-9 a", (4, 5), None, "1-3 a | 6-9 a new");
        check("1-9 a", (1, 5), None, "6-9 a");
        check("1-3 a | 5-6 b", (2, 5), Some('c'), "1-1 a | 2-5 c new | 6-6 b");
        check("1-3 a", (5, 6), None, "1-3 a");
    }

    #[test]
    fn days_that_follow_each_other_and_say_the_same_are_one() {
        check("1-3 a | 7-8 a", (4, 6), Some('a'), "1-8 a");
        check("4-6 a", (1, 3), Some('a'), "1-6 a");
        check("1-3 a", (5, 6), Some('a'), "1-3 a | 5-6 a new");
    }

    #[test]
    fn rule_2_2_an_absence_has_days_in_order_a_part_of_a_day_and_no_other_below_it() {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let (ana, bo) = (identities.fresh(), identities.fresh());
        let mut absence = |member, first: i64, last: i64, away: i64| Absence {
            id: identities.fresh(),
            member,
            first: day(first),
            last: day(last),
            away: Share::percent(away),
            note: String::new(),
        };
        let known = [absence(ana, 1, 5, 100), absence(ana, 20, 25, 50)];
        let mut said = |member, first, last, away| {
            absence(member, first, last, away).check(&known).map_err(|refused| refused.to_string())
        };
        assert_eq!(said(ana, 6, 19, 25), Ok(()), "it may cross Sprints");
        assert_eq!(said(bo, 1, 25, 100), Ok(()), "others are away when they are");
        assert_eq!(said(ana, 5, 30, 100), Err("another absence lies there".into()));
        assert_eq!(
            said(ana, 8, 7, 100),
            Err("the last day, 2026-12-07, lies before the first, 2026-12-08".into())
        );
        assert_eq!(said(ana, 8, 8, 0), Err("0 % of a day is no absence".into()));
        assert_eq!(said(ana, 8, 8, 101), Err("101 % of a day is no absence".into()));
        assert_eq!(said(ana, 8, 9999, 100), Err("9992 days are more than two years".into()));
        let over = absence(ana, 5, 30, 100).check(&known);
        assert_eq!(over, Err(AbsenceRefused::Overlaps { other: known[0].clone() }), "the first one is named");
        let changed = Absence { last: day(6), ..known[0].clone() };
        assert_eq!(changed.check(&known), Ok(()), "an absence is not in its own way");
    }

    #[test]
    fn rule_2_3_half_a_day_on_call_unless_the_team_says_otherwise() {
        let factor = OnCallFactor::new(vec![(day(10), Share::percent(30)), (day(5), Share::percent(80))]);
        assert_eq!(factor.on(day(4)), Share::percent(50));
        assert_eq!(factor.on(day(5)), Share::percent(80));
        assert_eq!(factor.on(day(30)), Share::percent(30));
        assert_eq!(factor.after(day(5)).collect::<Vec<_>>(), [(day(10), Share::percent(30))]);
    }

    proptest! {
        /// Day by day, what is said is what was marked last.
        #[test]
        fn the_days_say_what_was_marked_last(marks in prop::collection::vec((0i64..30, 0i64..9, prop::option::of(0u8..3)), 0..12)) {
            let mut spells: Vec<Spell<u8>> = Vec::new();
            let mut days = [None; 40];
            for (first, more, what) in marks {
                spells = mark(&spells, (day(first), day(first + more)), what);
                days[first as usize..=(first + more) as usize].fill(what);
                let said = |at: usize| {
                    let mut all = spells.iter().filter(|spell| spell.first <= day(at as i64) && day(at as i64) <= spell.last);
                    let found = all.next().map(|spell| spell.what);
                    assert!(all.next().is_none(), "no day is said twice");
                    found
                };
                for (at, what) in days.iter().enumerate() {
                    prop_assert_eq!(said(at), *what);
                }
            }
        }
    }
}
