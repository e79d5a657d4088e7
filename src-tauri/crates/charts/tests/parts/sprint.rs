//! Sprints to draw, told as text, and hostile ones.

#![allow(dead_code, reason = "each test of pictures uses its part")]

use domain::backlog::Origin;
use domain::calendar::{Day, Instant, Zone};
use domain::flow::{
    Arrival, ArrivalMark, BufferDay, BufferLane, BufferPoint, BurnDay, BurnDown, BurnForecast, BurnMark,
    BurnMarkKind, BurnPoint, BurnUp, DecisionMark, ForecastDay, Growth, GrowthBy, Ideal, IdealLine,
    IdealPoint, NamedItem, ScopePoint, SizedCount, TwoLanes, Unit, UpPoint,
};
use domain::forecast::ConeDay;
use domain::identity::{InterruptId, ItemId};
use domain::interrupt::{Drawer, IncidentSeverity, OverflowChoice, SeverityNames};
use domain::measures::{Minutes, Share, Size as Amount};
use proptest::prelude::*;

/// An item; which one is of no matter to a picture.
pub fn item() -> ItemId {
    "01956f00-0000-7000-8000-000000000001".parse().unwrap()
}

/// A Sprint to draw. Facts are `x what size origin title`, one a line; x counts days from the start of the first day.
#[derive(Clone)]
pub struct Story {
    pub name: &'static str,
    pub sprint: String,
    pub unit: Unit,
    pub first: &'static str,
    /// Days of the Sprint as planned.
    pub days: usize,
    /// Days off besides weekends, by their place.
    pub off: Vec<usize>,
    pub committed: f64,
    pub facts: String,
    /// Now, or the close; none before the start.
    pub end: Option<f64>,
    pub closed: bool,
    pub unsized_items: u32,
    pub too_few_sized: Option<SizedCount>,
    /// Where scope changes were accepted.
    pub accepted: Vec<f64>,
    /// What may be left at the end of each day to come: a tenth, half and nine tenths of the trials.
    pub cone: Vec<(f64, f64, f64)>,
    /// How the scope may go on growing a working day, and whether that is known by this Sprint.
    pub growth: Option<(f64, bool)>,
}

impl Story {
    pub fn of(name: &'static str, committed: f64, end: f64, facts: &str) -> Story {
        Story {
            name,
            sprint: "Sprint 42".into(),
            unit: Unit::Points,
            first: "2026-09-07",
            days: 12,
            off: vec![9],
            committed,
            facts: facts.into(),
            end: Some(end),
            closed: false,
            unsized_items: 0,
            too_few_sized: None,
            accepted: Vec::new(),
            cone: Vec::new(),
            growth: None,
        }
    }

    pub fn told(&self) -> BurnDown {
        let first = Day::parse(self.first).unwrap();
        let start = Zone::UTC.start_of(first);
        let at = |x: f64| start.plus_millis((x * 86_400_000.0) as i64);
        let size = |points: f64| Amount::nearest(points).unwrap();
        let end = self.end.unwrap_or(0.0);
        let count = self.days.max(end.floor() as usize + 1);
        let works = |index: usize| {
            first.plus(index as i64).weekday().num_days_from_monday() < 5 && !self.off.contains(&index)
        };
        let mut days: Vec<BurnDay> = (0..count)
            .map(|index| BurnDay {
                day: first.plus(index as i64),
                working: index < self.days && works(index),
                shaded: !works(index),
                hours: None,
                scope: None,
                remaining: None,
                done: Amount::ZERO,
                scope_change: Amount::ZERO,
            })
            .collect();

        let working = days.iter().filter(|day| day.working).count() as f64;
        let mut ideal = vec![IdealPoint { x: 0.0, remaining: self.committed }];
        let mut left = self.committed;
        for (index, _) in days.iter().enumerate().filter(|(_, day)| day.working) {
            if ideal.last().unwrap().x < index as f64 {
                ideal.push(IdealPoint { x: index as f64, remaining: left });
            }
            left -= self.committed / working;
            ideal.push(IdealPoint { x: index as f64 + 1.0, remaining: left.max(0.0) });
        }
        if working == 0.0 {
            ideal.push(IdealPoint { x: self.days as f64, remaining: self.committed });
        }

        let mut actual = Vec::new();
        let mut marks = Vec::new();
        let (mut remaining, mut done) = (self.committed, 0.0);
        if self.end.is_some() {
            actual.push(BurnPoint { at: at(0.4), x: 0.4, remaining: size(remaining) });
        }
        let when = |fact: &str| fact.split_whitespace().next().unwrap().parse::<f64>().unwrap();
        let mut facts: Vec<&str> = self.facts.lines().filter(|line| !line.trim().is_empty()).collect();
        facts.sort_by(|a, b| when(a).total_cmp(&when(b)));
        for fact in facts {
            let mut words = fact.split_whitespace();
            let x: f64 = words.next().unwrap().parse().unwrap();
            let what = words.next().unwrap();
            let points: f64 = words.next().unwrap().parse().unwrap();
            let title = words.collect::<Vec<_>>().join(" ");
            let day = &mut days[x.floor() as usize];
            let kind = match what {
                "done" => {
                    remaining -= points;
                    done += points;
                    day.done += size(points);
                    actual.push(BurnPoint { at: at(x), x, remaining: size(remaining) });
                    continue;
                }
                "interrupt" => BurnMarkKind::Added(Origin::Interrupt),
                "pulled" => BurnMarkKind::Added(Origin::PulledIn),
                "creep" => BurnMarkKind::Added(Origin::ScopeCreep),
                "discovered" => BurnMarkKind::Added(Origin::Discovered),
                "again" => BurnMarkKind::Added(Origin::Reopened),
                "removed" => BurnMarkKind::Removed,
                "cancelled" => BurnMarkKind::Cancelled,
                "resized" => BurnMarkKind::Resized,
                "reopened" => BurnMarkKind::Reopened,
                other => panic!("{other}"),
            };
            if what == "reopened" {
                done -= points;
                day.done -= size(points);
            } else if what != "interrupt" {
                day.scope_change += size(points);
            }
            if what != "interrupt" {
                remaining += points;
                actual.push(BurnPoint { at: at(x), x, remaining: size(remaining) });
            }
            marks.push(BurnMark {
                at: at(x),
                x,
                kind,
                change: size(points),
                remaining: size(remaining),
                scope_change: if what == "reopened" || what == "interrupt" {
                    Amount::ZERO
                } else {
                    size(points)
                },
                scope: size(remaining + done),
                moves: what != "interrupt",
                item: item(),
                title,
            });
        }
        let mut so_far = Amount::ZERO;
        for (index, day) in days.iter_mut().enumerate().filter(|(index, _)| (*index as f64) < end) {
            let until = actual.iter().rfind(|point| point.x < index as f64 + 1.0);
            so_far += day.done;
            day.remaining = until.map(|point| point.remaining);
            day.scope = day.remaining.map(|left| left + so_far);
        }
        let today = end.floor() as usize;
        let working_days_left = days.iter().skip(today).filter(|day| day.working).count() as u32;
        BurnDown {
            sprint: self.sprint.clone(),
            unit: self.unit,
            too_few_sized: self.too_few_sized,
            unsized_items: self.unsized_items,
            last_day: first.plus(self.days as i64 - 1),
            days,
            started: 0.4,
            ideal,
            rebased: self.accepted.iter().map(|x| rebased(*x, &actual, self.days, at(*x))).collect(),
            pace: Ideal::Even,
            hours_unset: false,
            actual,
            end: BurnPoint { at: at(end), x: end, remaining: size(remaining) },
            marks,
            closed: self.closed,
            is_past: false,
            committed: size(self.committed),
            done: size(done),
            working_days_left,
            forecast: self.forecast(end, size(remaining)),
        }
    }

    fn forecast(&self, end: f64, remaining: Amount) -> Option<BurnForecast> {
        let size = |points: f64| Amount::nearest(points).unwrap();
        let day = |day: u32, x: f64, (low, middle, high): (f64, f64, f64)| ForecastDay {
            x,
            left: ConeDay {
                day,
                p10: size(low),
                p25: size((low + middle) / 2.0),
                p50: size(middle),
                p75: size((middle + high) / 2.0),
                p90: size(high),
            },
        };
        let now = remaining.in_points();
        let ahead =
            self.cone.iter().zip(1..).map(|(cone, n)| day(n, end.floor() + 1.0 + f64::from(n), *cone));
        (!self.cone.is_empty()).then(|| BurnForecast {
            of: remaining,
            days: std::iter::once(day(0, end, (now, now, now))).chain(ahead).collect(),
            chance: Share::percent(8),
            trials: 10_000,
            history: 84,
        })
    }

    /// The burn-up of the same story.
    pub fn up(&self) -> BurnUp {
        let burn = self.told();
        let mut scope: Vec<UpPoint> = Vec::new();
        let mut done: Vec<UpPoint> = Vec::new();
        if let Some(start) = burn.actual.first() {
            scope.push(UpPoint { at: start.at, x: start.x, amount: burn.committed });
            done.push(UpPoint { at: start.at, x: start.x, amount: Amount::ZERO });
        }
        let mut added: Vec<(f64, Amount)> =
            burn.marks.iter().map(|mark| (mark.x, mark.scope_change)).collect();
        added.sort_by(|a, b| a.0.total_cmp(&b.0));
        for point in burn.actual.iter().skip(1) {
            let changes = added.iter().filter(|(x, _)| *x <= point.x).map(|(_, change)| *change);
            let now = burn.committed + changes.sum();
            scope.push(UpPoint { at: point.at, x: point.x, amount: now });
            done.push(UpPoint { at: point.at, x: point.x, amount: now - point.remaining });
        }
        scope.dedup_by(|later, earlier| later.amount == earlier.amount);
        done.dedup_by(|later, earlier| later.amount == earlier.amount);
        let last = scope.last().map_or(burn.committed, |point| point.amount).in_points();
        let growth = self.growth.map(|(a_day, own)| {
            let mut line = vec![ScopePoint { x: burn.end.x, scope: last }];
            let mut now = last;
            for index in burn.end.x.floor() as usize + 1..self.days {
                now += if burn.days[index].working { a_day } else { 0.0 };
                line.push(ScopePoint { x: index as f64 + 1.0, scope: now });
            }
            let by =
                if own { GrowthBy::ThisSprint { days: 6 } } else { GrowthBy::PastSprints { sprints: 5 } };
            Growth { a_day, by, line }
        });
        BurnUp { burn, scope, done, growth }
    }

    /// The two lanes of the same story. Interrupts are `x P2 hours title`, where `?` hours are not known and `~2` are
    /// expected; decisions are `x swapOut title`, one a line.
    pub fn lanes(&self, kept: Option<f64>, interrupts: &str, decisions: &str) -> TwoLanes {
        let up = self.up();
        let minutes = |hours: f64| Minutes::new((hours * 60.0).round() as i64);
        let start = up.done.first().map_or(0.0, |point| point.x);
        let at = |x: f64| up.burn.end.at.plus_millis(((x - up.burn.end.x) * 86_400_000.0) as i64);
        let (mut known, mut used, mut unknown) = (Minutes::ZERO, Minutes::ZERO, 0);
        let mut steps = vec![BufferPoint { x: start, known, used }];
        let mut arrivals = Vec::new();
        for (n, line) in interrupts.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            let mut words = line.split_whitespace();
            let x: f64 = words.next().unwrap().parse().unwrap();
            let severity: Option<IncidentSeverity> = words.next().unwrap().parse().ok();
            let took = words.next().unwrap();
            let title = words.collect::<Vec<_>>().join(" ");
            let hours = took.trim_start_matches('~').parse::<f64>().ok().map(minutes);
            let what: InterruptId = format!("01956f00-0000-7000-8000-{n:012}").parse().unwrap();
            arrivals.push(ArrivalMark {
                arrival: Arrival {
                    what: Drawer::Interrupt(what),
                    severity,
                    label: format!("I-{}", n + 1),
                    title,
                    at: at(x),
                    in_buffer: true,
                    takes: hours,
                },
                x,
                used,
            });
            match hours {
                Some(hours) => {
                    used += hours;
                    known += if took.starts_with('~') { Minutes::ZERO } else { hours };
                    steps.push(BufferPoint { x: (x + 0.2).min(up.burn.end.x), known, used });
                }
                None => unknown += 1,
            }
        }
        let decisions = decisions.lines().filter(|line| !line.trim().is_empty()).map(|line| {
            let mut words = line.split_whitespace();
            let x: f64 = words.next().unwrap().parse().unwrap();
            let choice: OverflowChoice = words.next().unwrap().parse().unwrap();
            let title = words.collect::<Vec<_>>().join(" ");
            let named = NamedItem { item: item(), label: "T-7".into(), title: title.clone() };
            DecisionMark {
                at: at(x),
                x,
                choice,
                reason: "The bank was down.".into(),
                items: if title.is_empty() { Vec::new() } else { vec![named] },
                used: steps.iter().rfind(|step| step.x <= x).map_or(Minutes::ZERO, |step| step.used),
            }
        });
        let kept = kept.map(minutes);
        let over = kept.map_or(Minutes::ZERO, |kept| (used - kept).max(Minutes::ZERO));
        let days = up.burn.days.iter().enumerate().map(|(index, day)| BufferDay {
            drawn: Minutes::ZERO,
            used: day.remaining.map(|_| {
                let until = steps.iter().rfind(|step| step.x < index as f64 + 1.0);
                until.map_or(Minutes::ZERO, |step| step.used)
            }),
        });
        let days = days.collect();
        let decisions = decisions.collect();
        let buffer = BufferLane {
            name: "Buffer".into(),
            kept,
            used: if up.done.is_empty() { Vec::new() } else { steps.clone() },
            total: used,
            expected: used - known,
            over,
            over_since: (over > Minutes::ZERO).then(|| up.burn.days[4].day),
            empty_on: None,
            days,
            drawn: Vec::new(),
            arrivals,
            decisions,
            unknown,
            severities: SeverityNames::default(),
        };
        TwoLanes { up, buffer }
    }
}

/// An ideal that begins anew at a place, over the days that are left, days off too.
fn rebased(x: f64, actual: &[BurnPoint], days: usize, at: Instant) -> IdealLine {
    let from = actual.iter().rfind(|point| point.x <= x).map_or(Amount::ZERO, |point| point.remaining);
    let end = IdealPoint { x: days as f64, remaining: 0.0 };
    IdealLine { at, x, from, line: vec![IdealPoint { x, remaining: from.in_points() }, end] }
}

pub const RUNNING: &str = "
    1.42 done 3
    1.70 done 2
    2.45 done 5
    2.62 pulled 5 payment retry
    5.45 interrupt 2 Card outage
    3.38 done 5
    3.65 done 3
    4.40 done 5
    4.68 done 3
    6.50 reopened 3 receipt within ten seconds
    7.36 done 2
    7.52 removed -3 report export
    7.70 done 5
    8.40 done 5
    8.66 done 5";

pub fn stories() -> Vec<Story> {
    let running = Story::of("running", 55.0, 8.72, RUNNING);
    let closed = |name, facts: &str| Story { closed: true, ..Story::of(name, 40.0, 11.7, facts) };
    let steady = "1.5 done 8\n2.6 done 5\n4.4 done 8\n7.5 done 5\n8.7 done 3\n10.4 done 5";
    let mut many = String::new();
    for step in 0..150 {
        let x = 0.5 + f64::from(step) * 0.055;
        let (what, size) =
            [("creep", 3), ("done", 3), ("removed", -2), ("done", 1), ("reopened", 1)][step as usize % 5];
        many.push_str(&format!("{x:.3} {what} {size} Change number {step}\n"));
    }
    let mut long = String::new();
    for step in 0..60 {
        long.push_str(&format!("{:.2} done {}\n", 1.3 + f64::from(step) * 0.98, 1 + step % 4));
        if step % 11 == 5 {
            long.push_str(&format!(
                "{:.2} discovered 8 Part {step} of the ledger\n",
                1.8 + f64::from(step) * 0.98
            ));
        }
    }
    vec![
        running.clone(),
        closed("finished", &format!("{steady}\n11.2 done 6")),
        closed("closed-with-work-left", steady),
        Story { end: Some(14.45), ..Story::of("overdue", 40.0, 14.45, steady) },
        Story { end: None, ..Story::of("not-started", 40.0, 0.0, "") },
        Story::of("first-day", 40.0, 0.55, ""),
        Story {
            unit: Unit::Items,
            too_few_sized: Some(SizedCount { sized: 3, items: 12 }),
            ..Story::of(
                "items",
                12.0,
                5.4,
                "1.5 done 1\n2.5 done 1\n2.6 creep 1 Audit log of exports\n4.4 done 1\n4.7 done 2",
            )
        },
        Story { days: 91, off: vec![], ..Story::of("three-months", 180.0, 64.5, &long) },
        Story {
            days: 1,
            off: vec![],
            ..Story::of("one-day", 8.0, 0.66, "0.5 done 3\n0.6 interrupt 1 Pager")
        },
        Story { days: 5, off: vec![0, 1, 2, 3, 4], ..Story::of("no-working-day", 13.0, 2.5, "1.5 done 5") },
        Story {
            unsized_items: 2,
            ..Story::of("nothing-committed", 0.0, 3.5, "1.6 pulled 0 First look at the ledger")
        },
        Story::of("hundreds-of-marks", 60.0, 8.9, &many),
        Story {
            sprint: "Instant transfer for business customers, second attempt with the new settlement engine"
                .into(),
            unsized_items: 3,
            ..Story::of(
                "long-titles",
                34.5,
                6.4,
                "1.42 done 3\n2.4 creep 8 Donaudampfschifffahrtsgesellschaftskapitänsmütze im Exportformular übernehmen\n\
                 4.2 discovered 13 Проверка получателя перед отправкой мгновенного перевода\n\
                 4.6 resized -2.5 支払いの再試行をログに記録する\n5.5 done 3",
            )
        },
        Story::of(
            "crowded",
            55.0,
            4.9,
            "1.40 creep 3 Limits per customer\n1.55 creep 5 Saved payees\n1.90 pulled 5 Retire the old job\n\
             2.10 done 8\n2.20 removed -3 Export as CSV\n2.45 reopened 8 Receipts\n2.7 done 8\n3.4 again 2 Wrong zone\n\
             3.6 done 5\n4.4 done 13\n4.5 discovered 2 Alert on age\n4.55 cancelled -5 Ledger backup",
        ),
    ]
}

/// Any number that may come out of a broken computation, and usual ones.
pub fn position() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -2.0..14.0_f64, 1 => Just(1e300), 1 => Just(-1e300), 1 => any::<i32>().prop_map(f64::from)]
}

pub fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => (-500..10_000_i64).prop_map(Amount::hundredths),
        1 => any::<i64>().prop_map(Amount::hundredths),
        1 => Just(Amount::hundredths(i64::MIN)),
        1 => Just(Amount::ZERO),
    ]
}

prop_compose! {
    pub fn burn()(
        sprint in title(),
        items in any::<bool>(),
        count in prop_oneof![8 => 1..20_usize, 1 => 80..120_usize, 1 => Just(10_000_usize)],
        shaded in prop::collection::vec(any::<bool>(), 20),
        ideal in prop::collection::vec((position(), amount()), 0..8),
        actual in prop::collection::vec((position(), amount()), 0..40),
        end in (position(), amount()),
        marks in prop::collection::vec((position(), amount(), amount(), title(), 0..9_usize), 0..40),
        (closed, committed, done) in (any::<bool>(), amount(), amount()),
        rebased in prop::collection::vec((position(), amount(), prop::collection::vec((position(), amount()), 0..4)), 0..3),
        cone in prop::collection::vec((position(), amount(), amount(), amount()), 0..5),
        weighted in any::<bool>(),
        (working_days_left, last, unsized_items) in (any::<u32>(), -20_000..20_000_i64, any::<u32>()),
    ) -> BurnDown {
        let first = Day::parse("2026-09-07").unwrap();
        let point = |(x, remaining): (f64, Amount)| BurnPoint { at: Instant::from_millis(x as i64), x, remaining };
        let kinds = [
            BurnMarkKind::Added(Origin::Interrupt),
            BurnMarkKind::Added(Origin::PulledIn),
            BurnMarkKind::Added(Origin::ScopeCreep),
            BurnMarkKind::Added(Origin::Discovered),
            BurnMarkKind::Added(Origin::Reopened),
            BurnMarkKind::Removed,
            BurnMarkKind::Cancelled,
            BurnMarkKind::Resized,
            BurnMarkKind::Reopened,
        ];
        BurnDown {
            sprint,
            unit: if items { Unit::Items } else { Unit::Points },
            too_few_sized: items.then_some(SizedCount { sized: unsized_items, items: u32::MAX }),
            unsized_items,
            days: (0..count)
                .map(|index| BurnDay {
                    day: first.plus(index as i64),
                    working: !shaded[index % 20],
                    shaded: shaded[index % 20],
                    hours: None,
                    scope: None,
                    remaining: (index < 6).then_some(end.1),
                    done,
                    scope_change: committed,
                })
                .collect(),
            started: 0.0,
            rebased: rebased
                .into_iter()
                .map(|(x, from, line)| IdealLine {
                    at: Instant::from_millis(x as i64),
                    x,
                    from,
                    line: line
                        .into_iter()
                        .map(|(x, left)| IdealPoint { x, remaining: left.in_points() })
                        .collect(),
                })
                .collect(),
            pace: if weighted { Ideal::Weighted } else { Ideal::Even },
            hours_unset: !weighted && closed,
            forecast: (!cone.is_empty()).then(|| BurnForecast {
                of: done,
                days: cone
                    .into_iter()
                    .zip(0..)
                    .map(|((x, low, middle, high), day)| ForecastDay {
                        x,
                        left: ConeDay { day, p10: low, p25: low, p50: middle, p75: high, p90: high },
                    })
                    .collect(),
                chance: Share::basis_points(last / 2),
                trials: unsized_items,
                history: working_days_left,
            }),
            ideal: ideal.into_iter().map(|(x, left)| IdealPoint { x, remaining: left.in_points() }).collect(),
            actual: actual.into_iter().map(point).collect(),
            end: point(end),
            marks: marks
                .into_iter()
                .map(|(x, change, remaining, title, kind)| BurnMark {
                    at: Instant::from_millis(x as i64),
                    x,
                    kind: kinds[kind],
                    change,
                    remaining,
                    scope_change: change,
                    scope: remaining,
                    moves: kinds[kind] != BurnMarkKind::Added(Origin::Interrupt),
                    item: item(),
                    title,
                })
                .collect(),
            closed,
            is_past: closed,
            committed,
            done,
            working_days_left,
            last_day: first.plus(last),
        }
    }
}

/// Texts that people write, and that nobody should.
pub fn title() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,9}( [a-z]{1,9}){0,6}",
        any::<String>(),
        Just("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(8)),
        Just("\u{202e}\u{0}<svg onload=x>&\u{1b}]\u{fffe}".to_owned()),
        Just("👩\u{200d}🚀 支払い نص עברית".to_owned()),
    ]
}

/// How many cases are tried: 96, or as PROPTEST_CASES says.
pub fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(96)
}

/// Hours that may come out of a broken computation, and usual ones.
fn minutes() -> impl Strategy<Value = Minutes> {
    prop_oneof![
        8 => (-300..6_000_i64).prop_map(Minutes::new),
        1 => any::<i64>().prop_map(Minutes::new),
        1 => Just(Minutes::ZERO),
    ]
}

fn line() -> impl Strategy<Value = Vec<UpPoint>> {
    let point = (position(), amount());
    let up = |(x, amount): (f64, Amount)| UpPoint { at: Instant::from_millis(x as i64), x, amount };
    prop::collection::vec(point.prop_map(up), 0..30)
}

prop_compose! {
    /// The two lanes of any data.
    pub fn lanes()(
        burn in burn(),
        (scope, done) in (line(), line()),
        growth in prop::option::of((position(), any::<bool>(), prop::collection::vec((position(), amount()), 0..5))),
        kept in prop::option::of(minutes()),
        used in prop::collection::vec((position(), minutes(), minutes()), 0..30),
        (total, expected, over) in (minutes(), minutes(), minutes()),
        arrivals in prop::collection::vec((position(), 0..6_usize, title(), prop::option::of(minutes()), minutes()), 0..30),
        decisions in prop::collection::vec((position(), 0..4_usize, title(), minutes()), 0..5),
        (name, unknown) in (title(), any::<u32>()),
    ) -> TwoLanes {
        let days = burn.days.iter().map(|day| BufferDay { drawn: total, used: day.remaining.map(|_| expected) }).collect();
        let growth = growth.map(|(a_day, own, line)| Growth {
            a_day,
            by: if own { GrowthBy::ThisSprint { days: unknown } } else { GrowthBy::PastSprints { sprints: unknown } },
            line: line.into_iter().map(|(x, scope)| ScopePoint { x, scope: scope.in_points() }).collect(),
        });
        let first = burn.days.first().map(|day| day.day);
        let buffer = BufferLane {
            name,
            kept,
            used: used.into_iter().map(|(x, known, used)| BufferPoint { x, known, used }).collect(),
            total,
            expected,
            over,
            over_since: first,
            empty_on: first.filter(|_| unknown % 2 == 0),
            days,
            drawn: Vec::new(),
            arrivals: arrivals
                .into_iter()
                .map(|(x, severity, title, takes, used)| ArrivalMark {
                    arrival: Arrival {
                        what: Drawer::Item(item()),
                        severity: IncidentSeverity::ALL.get(severity).copied(),
                        label: title.clone(),
                        title,
                        at: Instant::from_millis(x as i64),
                        in_buffer: severity % 2 == 0,
                        takes,
                    },
                    x,
                    used,
                })
                .collect(),
            decisions: decisions
                .into_iter()
                .map(|(x, choice, title, used)| DecisionMark {
                    at: Instant::from_millis(x as i64),
                    x,
                    choice: OverflowChoice::ALL[choice],
                    reason: title.clone(),
                    items: vec![NamedItem { item: item(), label: title.clone(), title }; choice],
                    used,
                })
                .collect(),
            unknown,
            severities: SeverityNames::default(),
        };
        TwoLanes { up: BurnUp { burn, scope, done, growth }, buffer }
    }
}
