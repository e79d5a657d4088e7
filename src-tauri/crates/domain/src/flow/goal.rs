//! The burn-up of a goal over Sprints: what a release, or the parts of an item, came to at each Sprint's end, and when
//! it may be done.
//!
//! 1. The goal is what belongs to it now: a label is no fact, so what was in it before is not known.
//! 2. At each moment the scope is what had been created by then and was not cancelled, at its size then; done is what
//!    stood in a state of that category then. An item counts until its first part is there; then its parts do (1.1).
//! 3. What is unsized counts 0 points and is named (1.4); points, or items where fewer than half are sized now (1.3).
//! 4. When it may be done is simulated from what the team does a day in its planned lanes, as if nothing else came
//!    before it (6.1); the scope of today is the end, whether it grew before or not.

use super::{SizedCount, Unit};
use crate::backlog::{Category, Dated, ItemFact, ItemPresent};
use crate::calendar::{Day, Instant, Zone};
use crate::forecast::{ConeDay, MARKS, Samples, Seed, TRIALS, TooLittleHistory, cone, when};
use crate::identity::{ItemId, SprintId};
use crate::measures::Size;
use crate::team::Workflow;

/// How far ahead the picture of a goal looks at least, and at most, in days.
const AHEAD: (u32, u32) = (14, 550);
/// How many trials the cone is drawn from; the days by which it is done are simulated by as many as every forecast.
const CONE_TRIALS: u32 = 1_000;

/// An item that belongs to a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalItem {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its facts, in any order; those of its creation, sizes and states are enough.
    pub facts: Vec<Dated<ItemFact>>,
    /// When its first part was there, if it has parts.
    pub divided_at: Option<Instant>,
}

/// A goal: what its items have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoalName {
    /// A label.
    Label(String),
    /// The title of the item of which they are parts.
    Parent(String),
}

/// A Sprint's span, for the axis of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SprintSpan {
    /// The Sprint.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// When it was started.
    pub started_at: Instant,
    /// When it was closed.
    pub closed_at: Instant,
}

/// The burn-up of a goal.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalBurnUp {
    /// What it is.
    pub goal: GoalName,
    /// What is counted.
    pub unit: Unit,
    /// Why items are counted although nobody asked for them.
    pub too_few_sized: Option<SizedCount>,
    /// The day as of which it is told; none is today.
    pub as_of: Option<Day>,
    /// The start of the first Sprint shown, each Sprint's end, and the last moment that is known.
    pub points: Vec<GoalPoint>,
    /// Items in the scope at the end.
    pub items: u32,
    /// Those of them that are open.
    pub open: u32,
    /// Those that are open and have no size; 0 where items are counted.
    pub unsized_open: u32,
    /// When it may be done.
    pub ahead: Ahead,
}

/// A goal at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalPoint {
    /// The day of the moment.
    pub day: Day,
    /// Days since the day of the first point.
    pub days: i64,
    /// The Sprint that ended then; none for the start, and for now.
    pub sprint: Option<(SprintId, String)>,
    /// The scope.
    pub scope: Size,
    /// What was done of it.
    pub done: Size,
}

/// When a goal may be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Ahead {
    /// All of it is done.
    Done,
    /// There is nothing in it.
    Empty,
    /// What is left has no size.
    Unsized,
    /// The team's past tells too little.
    TooLittle(TooLittleHistory),
    /// It is simulated.
    Forecast(GoalForecast),
}

/// A simulated end of a goal.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalForecast {
    /// The last day by which so many per cent of the trials are done; none where it lies further ahead than is looked.
    pub by: [(u32, Option<Day>); MARKS.len()],
    /// What remains at the end of each day to come, from now on.
    pub cone: Vec<ConeDay>,
    /// How many days of the past it draws from.
    pub days: u32,
}

/// What the items of a goal come to at one moment.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    scope: Size,
    done: Size,
    items: u32,
    open: u32,
    sized: u32,
    unsized_open: u32,
}

/// How a goal's burn-up is asked for.
#[derive(Debug, Clone)]
pub struct GoalAsked<'a> {
    /// What it is.
    pub goal: GoalName,
    /// The unit, where it is given.
    pub unit: Option<Unit>,
    /// The most closed Sprints that are shown.
    pub last: usize,
    /// The last moment that is told.
    pub until: Instant,
    /// Whether that is a moment of the past.
    pub as_of: bool,
    /// The team's states.
    pub workflow: &'a Workflow,
    /// Its zone.
    pub zone: Zone,
}

impl GoalBurnUp {
    /// The burn-up of some items over the closed Sprints, in order of time; without what is ahead.
    pub fn new(asked: GoalAsked<'_>, items: &[GoalItem], sprints: &[SprintSpan]) -> GoalBurnUp {
        let created = items.iter().flat_map(|item| &item.facts);
        let created = created.filter(|dated| matches!(dated.fact, ItemFact::Created { .. }));
        let begun = created.map(|dated| dated.happened_at).min().unwrap_or(asked.until);
        let known = |one: &&SprintSpan| one.closed_at >= begun && one.closed_at <= asked.until;
        let known: Vec<&SprintSpan> = sprints.iter().filter(known).collect();
        let shown = &known[known.len().saturating_sub(asked.last)..];
        let mut moments: Vec<(Instant, Option<&SprintSpan>)> = Vec::new();
        moments.extend(shown.first().map(|first| (first.started_at, None)));
        moments.extend(shown.iter().map(|one| (one.closed_at, Some(*one))));
        moments.push((asked.until, None));

        let at: Vec<Instant> = moments.iter().map(|(at, _)| *at).collect();
        let (points, counted) =
            (sums(items, &at, asked.workflow, Unit::Points), sums(items, &at, asked.workflow, Unit::Items));
        let now = counted.last().copied().unwrap_or_default();
        let few = now.sized * 2 < now.items;
        let unit = asked.unit.unwrap_or(if few { Unit::Items } else { Unit::Points });
        let too_few_sized =
            (asked.unit.is_none() && few).then_some(SizedCount { sized: now.sized, items: now.items });
        let values = if unit == Unit::Points { points } else { counted };
        let first = moments.first().map_or(asked.until, |(at, _)| *at);
        let first = asked.zone.day_of(first);
        let point = |((at, sprint), sum): ((Instant, Option<&SprintSpan>), &Sum)| {
            let day = asked.zone.day_of(at);
            GoalPoint {
                day,
                days: first.days_until(day),
                sprint: sprint.map(|sprint| (sprint.id, sprint.name.clone())),
                scope: sum.scope,
                done: sum.done,
            }
        };
        let points: Vec<GoalPoint> = moments.into_iter().zip(&values).map(point).collect();
        let unsized_open = if unit == Unit::Points { now.unsized_open } else { 0 };
        let left = values.last().map_or(Size::ZERO, |now| now.scope - now.done);
        GoalBurnUp {
            goal: asked.goal,
            unit,
            too_few_sized,
            as_of: asked.as_of.then(|| asked.zone.day_of(asked.until)),
            points,
            items: now.items,
            open: now.open,
            unsized_open,
            ahead: match (now.items, now.open, left > Size::ZERO) {
                (0, ..) => Ahead::Empty,
                (_, 0, _) => Ahead::Done,
                (_, _, false) => Ahead::Unsized,
                (_, _, true) => Ahead::TooLittle(TooLittleHistory::Days { days: 0 }),
            },
        }
    }

    /// What is left of the scope at the end.
    pub fn left(&self) -> Size {
        self.points.last().map_or(Size::ZERO, |now| now.scope - now.done)
    }

    /// Whether there is something of which the end can be simulated.
    pub fn asks_ahead(&self) -> bool {
        matches!(self.ahead, Ahead::TooLittle(_) | Ahead::Forecast(_))
    }

    /// The same with when it may be done, from what the team did each day until the last point (rule 4).
    pub fn foreseen(mut self, samples: Result<Samples, TooLittleHistory>, seed: Seed) -> GoalBurnUp {
        let (true, Some(today)) = (self.asks_ahead(), self.points.last().map(|now| now.day)) else {
            return self;
        };
        self.ahead = match samples {
            Err(too_little) => Ahead::TooLittle(too_little),
            Ok(samples) => {
                let left = self.left();
                let done = when(&samples, left, TRIALS, seed);
                let by = MARKS.map(|mark| (mark, done.when_at(mark).map(|days| today.plus(i64::from(days)))));
                // As far as the last mark, and a little further.
                let reach = done.when_at(MARKS[MARKS.len() - 1]).unwrap_or(AHEAD.1);
                let days = (reach + reach / 10).clamp(AHEAD.0, AHEAD.1);
                let cone = cone(&samples, left, days, CONE_TRIALS, seed);
                Ahead::Forecast(GoalForecast { by, cone, days: samples.days().len() as u32 })
            }
        };
        self
    }
}

impl GoalItem {
    /// How it stands at a moment: done or not, and its size; none where it does not count then (rule 2).
    pub fn at(&self, moment: Instant, workflow: &Workflow) -> Option<(Category, Option<Size>)> {
        let mut facts: Vec<&Dated<ItemFact>> =
            self.facts.iter().filter(|dated| dated.happened_at <= moment).collect();
        facts.sort_by_key(|dated| dated.order());
        let exists = facts.iter().any(|dated| matches!(dated.fact, ItemFact::Created { .. }));
        let present = ItemPresent::fold(facts);
        let category = workflow.category(present.state);
        let divided = self.divided_at.is_some_and(|divided| divided <= moment);
        (exists && !divided && category != Category::Cancelled).then_some((category, present.size))
    }
}

/// What items come to at each of some moments, which are in order (rule 2).
fn sums(items: &[GoalItem], at: &[Instant], workflow: &Workflow, unit: Unit) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); at.len()];
    for item in items {
        let mut facts: Vec<&Dated<ItemFact>> = item.facts.iter().collect();
        facts.sort_by_key(|dated| dated.order());
        let mut facts = facts.into_iter().peekable();
        let (mut present, mut exists) = (ItemPresent::default(), false);
        for (moment, sum) in at.iter().zip(&mut sums) {
            while let Some(dated) = facts.next_if(|dated| dated.happened_at <= *moment) {
                exists |= matches!(dated.fact, ItemFact::Created { .. });
                present.apply(&dated.fact, dated.happened_at);
            }
            let category = workflow.category(present.state);
            let divided = item.divided_at.is_some_and(|divided| divided <= *moment);
            if !exists || divided || category == Category::Cancelled {
                continue;
            }
            let amount = match unit {
                Unit::Points => present.size.unwrap_or_default(),
                Unit::Items => Size::points(1),
            };
            sum.scope += amount;
            sum.items += 1;
            sum.sized += u32::from(present.size.is_some());
            if category == Category::Done {
                sum.done += amount;
            } else {
                sum.open += 1;
                sum.unsized_open += u32::from(present.size.is_none());
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sprint::story::{Story, day_text};
    use expect_test::{Expect, expect};
    use std::fmt::Write;
    use uuid::Uuid;

    /// A goal of which all items of a story are, over Sprints of a week that close on Fridays at 18:00; of `divided`
    /// items the parts are there from Wednesday of the first week on.
    fn told(story: &str, weeks: i64, unit: Option<Unit>, divided: &[&str]) -> GoalBurnUp {
        let story = Story::tell(&format!("{story} | start"));
        let zone = story.calendar.zone;
        let at = |day: Day, hour: i64| zone.start_of(day).plus_millis(hour * 3_600_000);
        let monday = Day::parse("2026-11-30").unwrap();
        let span = |week: i64| SprintSpan {
            id: SprintId::from(Uuid::from_u128((week + 3) as u128)),
            name: format!("S{week}"),
            started_at: at(monday.plus(7 * week), 8),
            closed_at: at(monday.plus(7 * week + 4), 18),
        };
        let sprints: Vec<SprintSpan> = (-2..weeks).map(span).collect();
        let items: Vec<GoalItem> = story
            .items()
            .iter()
            .map(|item| GoalItem {
                id: item.id,
                label: item.label.clone(),
                title: item.title.clone(),
                facts: item.facts.clone(),
                divided_at: divided.contains(&item.title.as_str()).then(|| at(monday.plus(2), 0)),
            })
            .collect();
        let asked = GoalAsked {
            goal: GoalName::Label("v2".into()),
            unit,
            last: 12,
            until: story.now,
            as_of: false,
            workflow: &story.workflow,
            zone,
        };
        GoalBurnUp::new(asked, &items, &sprints)
    }

    fn check(goal: &GoalBurnUp, expected: Expect) {
        let mut out = format!(
            "{:?}, {} items, {} open, {} of these unsized, {:?}",
            goal.unit,
            goal.items,
            goal.open,
            goal.unsized_open,
            match &goal.ahead {
                Ahead::Forecast(forecast) =>
                    format!("{:?} from {} days", forecast.by.map(|(_, day)| day.map(day_text)), forecast.days),
                other => format!("{other:?}"),
            }
        );
        for point in &goal.points {
            let name = point.sprint.as_ref().map_or("", |(_, name)| name);
            write!(out, "\n{} +{} {name} {} of {}", day_text(point.day), point.days, point.done, point.scope)
                .unwrap();
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn rule_3_4_scope_and_done_at_each_sprint_s_end_are_those_of_the_facts_by_then() {
        let story = "mon new a8 b5 | wed done a | thu size b3 | tue2 new c2 d? | wed2 cancel d done b \
                     | mon3 reopen b | tue3 now";
        check(
            &told(story, 2, None, &[]),
            expect![[r#"
            Points, 3 items, 2 open, 0 of these unsized, "TooLittle(Days { days: 0 })"
            mon +0  0 of 0
            fri +4 S0 8 of 11
            fri2 +11 S1 11 of 13
            tue3 +15  8 of 13"#]],
        );
        check(
            &told(story, 2, Some(Unit::Items), &[]),
            expect![[r#"
            Items, 3 items, 2 open, 0 of these unsized, "TooLittle(Days { days: 0 })"
            mon +0  0 of 0
            fri +4 S0 1 of 2
            fri2 +11 S1 2 of 3
            tue3 +15  1 of 3"#]],
        );
    }

    #[test]
    fn rule_1_1_an_item_counts_until_its_parts_are_there() {
        check(
            &told("mon new a8 b5 | thu new p3 q4 | mon2 now", 1, None, &["a"]),
            expect![[r#"
            Points, 3 items, 3 open, 0 of these unsized, "TooLittle(Days { days: 0 })"
            mon +0  0 of 0
            fri +4 S0 0 of 12
            mon2 +7  0 of 12"#]],
        );
        check(
            &told("mon new a8 | tue now | wed now", 0, None, &["a"]),
            expect![[r#"
            Points, 0 items, 0 open, 0 of these unsized, "Empty"
            wed +0  0 of 0"#]],
        );
    }

    #[test]
    fn rule_1_4_what_is_unsized_is_counted_and_named() {
        check(
            &told("mon new a8 b5 c? | tue done a b", 0, None, &[]),
            expect![[r#"
            Points, 3 items, 1 open, 1 of these unsized, "Unsized"
            tue +0  13 of 13"#]],
        );
        check(
            &told("mon new a8 b? c? | tue done a", 0, None, &[]),
            expect![[r#"
            Items, 3 items, 2 open, 0 of these unsized, "TooLittle(Days { days: 0 })"
            tue +0  1 of 3"#]],
        );
        check(
            &told("mon new a8 | tue done a", 0, None, &[]),
            expect![[r#"
            Points, 1 items, 0 open, 0 of these unsized, "Done"
            tue +0  8 of 8"#]],
        );
    }

    #[test]
    fn rule_6_1_the_end_is_simulated_from_the_team_s_own_days_and_is_repeatable() {
        let goal = told("mon new a8 b5 | wed done a", 0, None, &[]);
        let past = |days: i64| Samples::new((0..days).map(|day| Size::points(day % 2)));
        let foreseen = goal.clone().foreseen(past(20), Seed::new(7));
        assert_eq!(foreseen, goal.clone().foreseen(past(20), Seed::new(7)));
        check(
            &foreseen,
            expect![[r#"
            Points, 2 items, 1 open, 0 of these unsized, "[Some(\"fri2\"), Some(\"sun2\"), Some(\"tue3\"), Some(\"fri3\")] from 20 days"
            wed +0  8 of 13"#]],
        );
        let Ahead::Forecast(forecast) = &foreseen.ahead else { panic!("there is a forecast") };
        assert_eq!(forecast.cone[0].p50, Size::points(5), "now");
        assert!(
            forecast.cone.windows(2).all(|pair| pair[1].p50 <= pair[0].p50 && pair[0].p10 <= pair[0].p90)
        );
        check(
            &goal.foreseen(past(9), Seed::new(7)),
            expect![[r#"
            Points, 2 items, 1 open, 0 of these unsized, "TooLittle(Days { days: 9 })"
            wed +0  8 of 13"#]],
        );
    }
}
