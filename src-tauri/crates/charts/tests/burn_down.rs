//! Pictures of burn-downs.
//!
//! 1. The goldens in `golden/` are byte-equal; EVENKEEL_BLESS=1 writes them anew. To review them is to look at them.
//! 2. Whatever the data, the picture is well-formed, stays on its canvas and has no two labels upon each other.

use charts::{Chart, ChartError, Size, Theme, ThemeName, burn_down, png};
use domain::backlog::Origin;
use domain::calendar::{Day, Instant, Zone};
use domain::flow::{BurnDay, BurnDown, BurnMark, BurnMarkKind, BurnPoint, IdealPoint, SizedCount, Unit};
use domain::measures::Size as Amount;
use proptest::prelude::*;
use std::path::PathBuf;

// ── Stories: a Sprint as text ──────────────────────────────────────────────────────────────────────────────────────

/// A Sprint to draw. Facts are `x what size origin title`, one a line; x counts days from the start of the first day.
#[derive(Clone)]
struct Story {
    name: &'static str,
    sprint: String,
    unit: Unit,
    first: &'static str,
    /// Days of the Sprint as planned.
    days: usize,
    /// Days off besides weekends, by their place.
    off: Vec<usize>,
    committed: f64,
    facts: String,
    /// Now, or the close; none before the start.
    end: Option<f64>,
    closed: bool,
    unsized_items: u32,
    too_few_sized: Option<SizedCount>,
}

impl Story {
    fn of(name: &'static str, committed: f64, end: f64, facts: &str) -> Story {
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
        }
    }

    fn told(&self) -> BurnDown {
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
        for fact in self.facts.lines().filter(|line| !line.trim().is_empty()) {
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
                title,
            });
        }
        for (index, day) in days.iter_mut().enumerate().filter(|(index, _)| (*index as f64) < end) {
            let until = actual.iter().filter(|point| point.x < index as f64 + 1.0).next_back();
            day.remaining = until.map(|point| point.remaining);
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
            ideal,
            actual,
            end: BurnPoint { at: at(end), x: end, remaining: size(remaining) },
            marks,
            closed: self.closed,
            committed: size(self.committed),
            done: size(done),
            working_days_left,
        }
    }
}

const RUNNING: &str = "
    1.42 done 3
    1.70 done 2
    2.45 done 5
    2.60 interrupt 2 Card outage
    2.62 pulled 5 payment retry
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

fn stories() -> Vec<Story> {
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

fn draw(story: &Story, theme: ThemeName, (width, height): (u32, u32)) -> Chart {
    burn_down(&story.told(), &Theme::named(theme), Size::new(width, height), story.name).unwrap()
}

const PRINT: (u32, u32) = (660, 380);
const SMALL: (u32, u32) = (720, 420);
const WINDOW: (u32, u32) = (960, 540);
const ROOM: (u32, u32) = (1920, 1080);
const THUMBNAIL: (u32, u32) = (320, 180);

/// Writes every story in every look to the folder that EVENKEEL_LOOK names, for eyes.
#[test]
#[ignore = "for looking at the pictures"]
fn look() {
    let Some(folder) = std::env::var_os("EVENKEEL_LOOK").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for story in stories() {
        for (look, theme, size) in [
            ("light-660", ThemeName::Light, PRINT),
            ("light-720", ThemeName::Light, SMALL),
            ("light-960", ThemeName::Light, WINDOW),
            ("dark-720", ThemeName::Dark, SMALL),
            ("dark-960", ThemeName::Dark, WINDOW),
            ("projector-960", ThemeName::Projector, WINDOW),
            ("projector-1920", ThemeName::Projector, ROOM),
            ("light-320", ThemeName::Light, THUMBNAIL),
        ] {
            let chart = draw(&story, theme, size);
            let scale = if size.0 > 1000 { 1.0 } else { 2.0 };
            std::fs::write(
                folder.join(format!("{}-{look}.png", story.name)),
                png(&chart.svg, scale).unwrap(),
            )
            .unwrap();
            std::fs::write(folder.join(format!("{}-{look}.svg", story.name)), &chart.svg).unwrap();
        }
        let chart = draw(&story, ThemeName::Light, WINDOW);
        println!("{}\n  {}\n  {}", story.name, chart.title, chart.description);
    }
}
