//! Each rule of the scope ledger as a story, and the identity of 3.4 over random histories.

use super::*;
use crate::sprint::story::Story;
use crate::team::Lanes;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::fmt::Write;

fn check(story: &str, expected: Expect) {
    let story = Story::tell(story);
    let ledger = story.ledger(story.commitment());
    let mut text = String::new();
    for part in [Part::Planned, Part::Buffer] {
        for (entry, terms) in ledger.running(Unit::Points, part) {
            let buffer = if entry.in_buffer { " in the buffer" } else { "" };
            let size = entry.size.map_or("?".into(), |size| size.to_string());
            let what = match entry.change {
                ScopeChange::Added { origin } => format!("added {origin}"),
                ScopeChange::Resized { from } => {
                    format!("re-sized from {}", from.map_or("?".into(), |size| size.to_string()))
                }
                change => format!("{change:?}").to_lowercase(),
            };
            let Terms { committed, added, removed, resized, done } = terms;
            let _ = writeln!(
                text,
                "{} {} {what} {size}{buffer}: {committed} + {added} − {removed} ± {resized} = {}, {done} done, {} left",
                story.moment_text(entry.at),
                entry.title,
                terms.scope(),
                terms.remaining(),
            );
        }
    }
    expected.assert_eq(&text);
}

#[test]
fn rule_3_4_every_change_is_an_entry_with_its_terms() {
    check(
        "mon select a8 b5 | tue add c3 scopeCreep | wed done a | thu remove b | fri size c5 | mon2 done c | tue2 add d1 discovered",
        expect![[r#"
            tue 12:00 c added scopeCreep 3: 13 + 3 − 0 ± 0 = 16, 0 done, 16 left
            wed 12:00 a done 8: 13 + 3 − 0 ± 0 = 16, 8 done, 8 left
            thu 12:00 b removed 5: 13 + 3 − 5 ± 0 = 11, 8 done, 3 left
            fri 12:00 c re-sized from 3 5: 13 + 3 − 5 ± 2 = 13, 8 done, 5 left
            mon2 12:00 c done 5: 13 + 3 − 5 ± 2 = 13, 13 done, 0 left
            tue2 12:00 d added discovered 1: 13 + 4 − 5 ± 2 = 14, 13 done, 1 left
        "#]],
    );
}

#[test]
fn rule_3_4_an_item_added_and_taken_out_again_counts_in_both_terms() {
    check(
        "mon select a8 | tue add b5 pulledIn | wed remove b | thu add b5 pulledIn",
        expect![[r#"
        tue 12:00 b added pulledIn 5: 8 + 5 − 0 ± 0 = 13, 0 done, 13 left
        wed 12:00 b removed 5: 8 + 5 − 5 ± 0 = 8, 0 done, 8 left
        thu 12:00 b added pulledIn 5: 8 + 10 − 5 ± 0 = 13, 0 done, 13 left
    "#]],
    );
}

#[test]
fn rule_3_4_reopening_an_item_of_the_scope_lowers_done_only() {
    check(
        "mon select a8 b5 | wed done a | fri reopen a | mon2 done a",
        expect![[r#"
        wed 12:00 a done 8: 13 + 0 − 0 ± 0 = 13, 8 done, 5 left
        fri 12:00 a reopened 8: 13 + 0 − 0 ± 0 = 13, 0 done, 13 left
        mon2 12:00 a done 8: 13 + 0 − 0 ± 0 = 13, 8 done, 5 left
    "#]],
    );
}

#[test]
fn rule_3_4_an_item_finished_before_the_sprint_comes_in_by_being_reopened() {
    check(
        "mon 09:00 select a8 b5 | mon 09:10 done b | mon 09:20 start | wed reopen b | thu done b",
        expect![[r#"
            wed 12:00 b added reopened 5: 8 + 5 − 0 ± 0 = 13, 0 done, 13 left
            thu 12:00 b done 5: 8 + 5 − 0 ± 0 = 13, 5 done, 8 left
        "#]],
    );
    check(
        "mon select a8 | tue new b5 | tue 13:00 done b | wed add b5 reopened | thu begin b",
        expect![[r#"
        thu 12:00 b added reopened 5: 8 + 5 − 0 ± 0 = 13, 0 done, 13 left
    "#]],
    );
}

#[test]
fn rule_3_3_cancelling_takes_the_item_out_of_the_scope_done_or_not() {
    check(
        "mon select a8 b5 | tue done b | wed cancel a cancel b",
        expect![[r#"
        tue 12:00 b done 5: 13 + 0 − 0 ± 0 = 13, 5 done, 8 left
        wed 12:00 a cancelled 8: 13 + 0 − 8 ± 0 = 5, 5 done, 0 left
        wed 12:00 b cancelled 5: 13 + 0 − 13 ± 0 = 0, 0 done, 0 left
    "#]],
    );
}

#[test]
fn rule_3_3_taking_a_cancellation_back_adds_the_item_again() {
    check(
        "mon select a8 | tue cancel a | wed size a5 | thu begin a | fri cancel a | mon2 done a",
        expect![[r#"
            tue 12:00 a cancelled 8: 8 + 0 − 8 ± 0 = 0, 0 done, 0 left
            thu 12:00 a added reopened 5: 8 + 5 − 8 ± 0 = 5, 0 done, 5 left
            fri 12:00 a cancelled 5: 8 + 5 − 13 ± 0 = 0, 0 done, 0 left
            mon2 12:00 a added reopened 5: 8 + 10 − 13 ± 0 = 5, 0 done, 5 left
            mon2 12:00 a done 5: 8 + 10 − 13 ± 0 = 5, 5 done, 0 left
        "#]],
    );
}

#[test]
fn rule_3_4_resizing_a_done_item_changes_scope_and_done() {
    check(
        "mon select a8 b? | tue done a | wed size a13 | thu size b3 | fri size b?",
        expect![[r#"
        tue 12:00 a done 8: 8 + 0 − 0 ± 0 = 8, 8 done, 0 left
        wed 12:00 a re-sized from 8 13: 8 + 0 − 0 ± 5 = 13, 13 done, 0 left
        thu 12:00 b re-sized from ? 3: 8 + 0 − 0 ± 8 = 16, 13 done, 3 left
        fri 12:00 b re-sized from 3 ?: 8 + 0 − 0 ± 5 = 13, 13 done, 0 left
    "#]],
    );
}

#[test]
fn rule_4_1_interrupts_are_entries_of_their_own_outside_the_planned_scope() {
    check(
        "mon select a8 | tue add p5 interrupt | wed done p | thu done a",
        expect![[r#"
        thu 12:00 a done 8: 8 + 0 − 0 ± 0 = 8, 8 done, 0 left
        tue 12:00 p added interrupt 5 in the buffer: 0 + 5 − 0 ± 0 = 5, 0 done, 5 left
        wed 12:00 p done 5 in the buffer: 0 + 5 − 0 ± 0 = 5, 5 done, 0 left
    "#]],
    );
}

#[test]
fn rule_3_2_a_late_fact_from_before_the_start_is_an_entry_at_the_start() {
    check(
        "mon 07:00 select a8 b5 | mon 09:00 start | tue done a | mon 08:00 size a13 | mon 08:30 done b | wed now",
        expect![[r#"
            mon 09:00 a re-sized from 8 13: 13 + 0 − 0 ± 5 = 18, 0 done, 18 left
            mon 09:00 b done 5: 13 + 0 − 0 ± 5 = 18, 5 done, 13 left
            tue 12:00 a done 13: 13 + 0 − 0 ± 5 = 18, 18 done, 0 left
        "#]],
    );
}

#[test]
fn rule_3_2_between_start_and_second_commitment_only_work_counts() {
    check(
        "mon 09:00 select a8 b5 | start | mon 10:00 done a | mon 11:00 add c3 pulledIn remove b size a2 | mon 15:00 again 1 | tue reopen a size c5",
        expect![[r#"
            mon 10:00 a done 2: 5 + 0 − 0 ± 0 = 5, 2 done, 3 left
            tue 12:00 a reopened 2: 5 + 0 − 0 ± 0 = 5, 0 done, 5 left
            tue 12:00 c re-sized from 3 5: 5 + 0 − 0 ± 2 = 7, 0 done, 7 left
        "#]],
    );
}

#[test]
fn a_change_dated_yesterday_is_sorted_into_yesterday() {
    check(
        "mon select a8 b5 | wed done a | tue 16:00 done b | wed 13:00 now",
        expect![[r#"
        tue 16:00 b done 5: 13 + 0 − 0 ± 0 = 13, 5 done, 8 left
        wed 12:00 a done 8: 13 + 0 − 0 ± 0 = 13, 13 done, 0 left
    "#]],
    );
}

#[test]
fn what_lies_after_the_end_of_the_ledger_does_not_count() {
    check(
        "mon select a8 b5 | tue done a | wed done b | tue 18:00 now",
        expect![[r#"
        tue 12:00 a done 8: 13 + 0 − 0 ± 0 = 13, 8 done, 5 left
    "#]],
    );
}

#[test]
fn a_committed_item_without_any_fact_left_counts_as_removed_at_the_start() {
    let story = Story::tell("mon select a8 b5 | tue done b");
    let left: Vec<SprintItem> = story.items().iter().filter(|item| item.title == "b").cloned().collect();
    let commitment = story.commitment();
    let ledger = ScopeLedger::new(story.sprint.id, commitment, &story.workflow, &left, story.now);
    let terms = ledger.terms(Unit::Points, Part::Planned);
    assert_eq!((terms.removed, terms.remaining()), (Size::points(8), Size::ZERO));
    assert_eq!(ledger.items[0].standing, Standing::Removed);
}

#[test]
fn each_lane_has_the_identity_of_its_own() {
    let story = Story::tell(
        "mon select a8 b5:bug c3:unsorted | tue done b | wed add d2:debt discovered | thu remove a",
    );
    let commitment = story.commitment();
    let ledger = story.ledger(commitment);
    let lane = |name: &str| {
        let id = commitment.lanes.iter().find(|lane| lane.name == name).map(|lane| lane.lane);
        let terms = ledger.terms(Unit::Points, Part::Lane(id));
        (terms.scope().in_hundredths(), terms.remaining().in_hundredths())
    };
    assert_eq!([lane("features"), lane("production"), lane("none")], [(0, 0), (700, 200), (300, 300)]);
}

/// One random fact: which item, when (in hours from the start, before it too), what.
#[derive(Debug, Clone)]
enum Happening {
    Sized(Option<i64>),
    Moved(usize),
    Selected(usize, Option<Origin>),
    Returned,
    SelectedElsewhere,
}

fn happening() -> impl Strategy<Value = Happening> {
    let origin = prop::option::of(prop::sample::select(Origin::ALL));
    prop_oneof![
        2 => prop::option::of(0..14_i64).prop_map(Happening::Sized),
        5 => (0..4_usize).prop_map(Happening::Moved),
        3 => (0..4_usize, origin).prop_map(|(lane, origin)| Happening::Selected(lane, origin)),
        2 => Just(Happening::Returned),
        1 => Just(Happening::SelectedElsewhere),
    ]
}

/// The item, the hour, whether it is recorded only after everything, what happened.
type Told = (usize, i64, bool, Happening);

/// A history: facts of six items around a start at 0, some of them recorded after the start although they are older.
fn history() -> impl Strategy<Value = (Vec<Told>, Option<i64>)> {
    let fact = (0..6_usize, -20..60_i64, prop::bool::weighted(0.2), happening());
    (prop::collection::vec(fact, 0..60), prop::option::weighted(0.3, 1..20_i64))
}

fn hour(hour: i64) -> Instant {
    Instant::from_millis(1_795_000_000_000 + hour * 3_600_000)
}

struct World {
    story: Story,
    known: Vec<SprintItem>,
    all: Vec<SprintItem>,
}

impl World {
    fn of(facts: &[Told]) -> World {
        let mut story = Story::tell("mon select z1");
        let mut identities = crate::identity::Identities::new(Instant::from_millis(9), 2, 2);
        let elsewhere: SprintId = identities.fresh();
        let ids: Vec<ItemId> = (0..6).map(|_| identities.fresh()).collect();
        let (states, lanes) = (story.workflow.all().to_vec(), story.lanes.all().to_vec());
        let mut facts: Vec<_> = facts.iter().collect();
        // As in a team file: recorded in the order of happening, but for those that come late.
        facts.sort_by_key(|(_, at, late, _)| (*late, *at));
        let mut items: Vec<SprintItem> = Vec::new();
        let mut known = Vec::new();
        for late in [false, true] {
            for (place, id) in ids.iter().enumerate() {
                let mut dated = |at: i64, recorded: i64, fact| Dated {
                    id: identities.fresh(),
                    happened_at: hour(at),
                    recorded_at: hour(recorded),
                    operation: 1,
                    fact,
                };
                if !late {
                    let created = dated(-30, -30, ItemFact::Created { state: states[0].id });
                    let (label, title) = (format!("T-{place}"), format!("item {place}"));
                    items.push(SprintItem { id: *id, label, title, facts: vec![created] });
                }
                for (_, at, _, what) in facts.iter().filter(|(item, _, l, _)| *item == place && *l == late) {
                    let fact = match what {
                        Happening::Sized(size) => ItemFact::Sized(size.map(Size::points)),
                        Happening::Moved(state) => ItemFact::Moved { state: states[*state].id },
                        Happening::Selected(lane, origin) => ItemFact::Selected {
                            sprint: story.sprint.id,
                            lane: lanes.get(*lane).map(|lane| lane.id),
                            origin: origin.filter(|_| *at > 0),
                        },
                        Happening::Returned => ItemFact::Returned { sprint: story.sprint.id },
                        Happening::SelectedElsewhere => {
                            ItemFact::Selected { sprint: elsewhere, lane: None, origin: None }
                        }
                    };
                    items[place].facts.push(dated(*at, if late { 100 } else { *at }, fact));
                }
            }
            if !late {
                known = items.clone();
            }
        }
        story.now = hour(70);
        World { story, known, all: items }
    }

    /// What a start, or a later commitment, at an hour froze, from what was known then.
    fn commit(&self, started: i64, committed: i64) -> Commitment {
        let present = |item: &SprintItem| {
            ItemPresent::fold(item.facts.iter().filter(|dated| dated.happened_at <= hour(committed)))
        };
        let items = self.known.iter().map(|item| crate::backlog::Item {
            id: item.id,
            label: item.label.clone(),
            title: item.title.clone(),
            description: String::new(),
            rank: crate::backlog::Rank::between(None, None),
            parent: None,
            present: present(item),
        });
        let selected: Vec<_> =
            items.filter(|item| item.present.sprint == Some(self.story.sprint.id)).collect();
        let candidate = self.story.candidate(&selected);
        let first = Commitment::draft(&self.story.sprint, &candidate, hour(started));
        if committed == started {
            return first;
        }
        let grace = crate::sprint::Grace::of_days(2).unwrap();
        // Where nothing is left to commit, the first commitment stands.
        match first.again(grace, &candidate, hour(started)) {
            Ok(again) => Commitment { committed_at: hour(committed), ..again },
            Err(_) => first,
        }
    }
}

/// Scope and done of the planned lanes at an instant, told a second way: each item from its whole history.
fn told_again(world: &World, commitment: &Commitment, at: Instant, unit: Unit) -> (Size, Size) {
    let workflow = &world.story.workflow;
    let lanes: &Lanes = &world.story.lanes;
    let (mut scope, mut done) = (Size::ZERO, Size::ZERO);
    for item in &world.all {
        let mut facts: Vec<_> = item.facts.iter().filter(|dated| dated.happened_at <= at).collect();
        facts.sort_by_key(|dated| dated.order());
        let committed = commitment.items.iter().find(|committed| committed.item == item.id);
        let left_out = commitment.left_out.iter().any(|left_out| left_out.item == item.id);
        // Every present that the item had from the commitment on.
        let mut presents = Vec::new();
        for last in 0..=facts.len() {
            let settled = facts.get(last).is_none_or(|next| next.happened_at > commitment.committed_at);
            if settled {
                presents.push(ItemPresent::fold(facts[..last].iter().copied()));
            }
        }
        let is_here = |present: &ItemPresent| present.sprint == Some(world.story.sprint.id);
        let is_end = |present: &ItemPresent| workflow.category(present.state).is_end();
        let Some(present) = presents.last() else { continue };
        if at < commitment.committed_at {
            // Before a second commitment its items and sizes stand.
            let Some(committed) = committed.filter(|c| !commitment.is_buffer(c.lane)) else { continue };
            let worth =
                if unit == Unit::Points { committed.size.unwrap_or_default() } else { Size::points(1) };
            scope += worth;
            let since: Vec<_> =
                facts.iter().filter(|dated| dated.happened_at > commitment.started_at).collect();
            let before = ItemPresent::fold(
                facts.iter().filter(|dated| dated.happened_at <= commitment.started_at).copied(),
            );
            let mut category = Category::ToDo;
            let mut walk = before;
            for dated in since {
                walk.apply(&dated.fact, dated.happened_at);
                let now = workflow.category(walk.state);
                if now != Category::Cancelled {
                    category = now;
                }
            }
            if category == Category::Done {
                done += worth;
            }
            continue;
        }
        if !is_here(present) || workflow.category(present.state) == Category::Cancelled {
            continue;
        }
        // It counts once it was open here, since it last came in, or was committed and never left.
        let stay = presents.iter().rev().take_while(|present| is_here(present)).count();
        let never_left = stay == presents.len();
        let opened = presents.iter().rev().take(stay).any(|present| !is_end(present));
        if !(opened || never_left && committed.is_some()) {
            continue;
        }
        assert!(opened || !left_out);
        let in_buffer = present.origin == Some(Origin::Interrupt)
            || present.lane.and_then(|lane| lanes.get(lane)).is_some_and(|lane| lane.is_buffer);
        if in_buffer {
            continue;
        }
        let worth = if unit == Unit::Points { present.size.unwrap_or_default() } else { Size::points(1) };
        scope += worth;
        if workflow.category(present.state) == Category::Done {
            done += worth;
        }
    }
    (scope, done)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rule_3_4_the_identity_holds_at_every_instant((facts, again) in history()) {
        let world = World::of(&facts);
        let commitment = world.commit(0, again.unwrap_or(0));
        let story = &world.story;
        let ledger = ScopeLedger::new(story.sprint.id, &commitment, &story.workflow, &world.all, hour(70));
        for at in 0..=70 {
            for unit in [Unit::Points, Unit::Items] {
                let terms = ledger.terms_at(hour(at), unit, Part::Planned);
                let told = told_again(&world, &commitment, hour(at), unit);
                prop_assert_eq!((terms.scope(), terms.done), told, "at hour {} in {:?}", at, unit);
                prop_assert!(terms.added >= Size::ZERO && terms.removed >= Size::ZERO);
                prop_assert!(terms.done >= Size::ZERO && terms.remaining() >= Size::ZERO);
            }
        }
    }

    #[test]
    fn the_lanes_and_what_is_unsorted_add_up_to_the_whole((facts, _) in history()) {
        let world = World::of(&facts);
        let commitment = world.commit(0, 0);
        let story = &world.story;
        let ledger = ScopeLedger::new(story.sprint.id, &commitment, &story.workflow, &world.all, hour(70));
        for unit in [Unit::Points, Unit::Items] {
            let mut lanes: Vec<_> = commitment.lanes.iter().map(|lane| Some(lane.lane)).collect();
            lanes.push(None);
            let parts: Size = lanes.iter().map(|lane| ledger.terms(unit, Part::Lane(*lane)).remaining()).sum();
            let whole = ledger.terms(unit, Part::Planned).remaining() + ledger.terms(unit, Part::Buffer).remaining();
            prop_assert_eq!(parts, whole);
        }
    }

    #[test]
    fn what_is_recorded_later_with_a_later_date_never_changes_a_ledger_that_has_ended((facts, _) in history(), end in 0..60_i64) {
        let world = World::of(&facts);
        let commitment = world.commit(0, 0);
        let story = &world.story;
        let until = hour(end);
        let ended = ScopeLedger::new(story.sprint.id, &commitment, &story.workflow, &world.all, until);
        let mut cut = world.all.clone();
        for item in &mut cut {
            item.facts.retain(|dated| dated.happened_at <= until);
        }
        let before = ScopeLedger::new(story.sprint.id, &commitment, &story.workflow, &cut, until);
        prop_assert_eq!(ended, before);
    }
}
