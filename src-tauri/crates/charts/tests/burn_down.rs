//! Pictures of burn-downs.
//!
//! 1. The goldens in `golden/` are byte-equal; EVENKEEL_BLESS=1 writes them anew. To review them is to look at them.
//! 2. Whatever the data, the picture is well-formed, stays on its canvas and has no two labels upon each other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use charts::{Chart, ChartError, Size, Theme, ThemeName, burn_down, png};
use domain::backlog::Origin;
use domain::calendar::{Day, Instant, Zone};
use domain::flow::{BurnDay, BurnDown, BurnMark, BurnMarkKind, BurnPoint, Ideal, IdealPoint, SizedCount, Unit};
use domain::identity::ItemId;
use domain::measures::Size as Amount;
use expect_test::expect;
use proptest::prelude::*;
use resvg::usvg::{Node, Options, Tree, fontdb, roxmltree};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

// ── Stories: a Sprint as text ──────────────────────────────────────────────────────────────────────────────────────

/// An item; which one is of no matter to a picture.
fn item() -> ItemId {
    "01956f00-0000-7000-8000-000000000001".parse().unwrap()
}

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
                scope_change: if what == "reopened" || what == "interrupt" { Amount::ZERO } else { size(points) },
                scope: size(remaining + done),
                moves: what != "interrupt",
                item: item(),
                title,
            });
        }
        for (index, day) in days.iter_mut().enumerate().filter(|(index, _)| (*index as f64) < end) {
            let until = actual.iter().rfind(|point| point.x < index as f64 + 1.0);
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
            started: 0.4,
            ideal,
            rebased: Vec::new(),
            pace: Ideal::Even,
            hours_unset: false,
            actual,
            end: BurnPoint { at: at(end), x: end, remaining: size(remaining) },
            marks,
            closed: self.closed,
            committed: size(self.committed),
            done: size(done),
            working_days_left,
            forecast: None,
        }
    }
}

const RUNNING: &str = "
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

// ── Pictures ───────────────────────────────────────────────────────────────────────────────────────────────────────

fn draw(story: &Story, theme: ThemeName, (width, height): (u32, u32)) -> Chart {
    burn_down(&story.told(), &Theme::named(theme), Size::new(width, height), story.name).unwrap()
}

const PRINT: (u32, u32) = (660, 380);
const SMALL: (u32, u32) = (720, 420);
const WINDOW: (u32, u32) = (960, 540);
const ROOM: (u32, u32) = (1920, 1080);
const THUMBNAIL: (u32, u32) = (320, 180);

#[test]
fn every_picture_is_byte_equal_to_its_golden() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("EVENKEEL_BLESS").is_some();
    let mut pictures = Vec::new();
    for story in stories() {
        pictures.push((format!("{}.svg", story.name), draw(&story, ThemeName::Light, SMALL).svg));
    }
    let running = &stories()[0];
    for (look, theme, size) in [
        ("print", ThemeName::Light, PRINT),
        ("window", ThemeName::Light, WINDOW),
        ("dark", ThemeName::Dark, WINDOW),
        ("projector", ThemeName::Projector, ROOM),
        ("thumbnail", ThemeName::Light, THUMBNAIL),
    ] {
        pictures.push((format!("running-{look}.svg"), draw(running, theme, size).svg));
    }
    let mut differ = Vec::new();
    for (name, svg) in pictures {
        let file = folder.join(&name);
        if bless {
            std::fs::write(&file, &svg).unwrap();
        } else if std::fs::read_to_string(&file).is_ok_and(|golden| golden == svg) {
            continue;
        } else {
            differ.push(name);
        }
    }
    assert!(differ.is_empty(), "differ from their goldens: {differ:?}; EVENKEEL_BLESS=1 writes them anew");
}

#[test]
fn a_title_states_the_finding() {
    let mut told = String::new();
    for story in stories() {
        told.push_str(&format!("{}: {}\n", story.name, draw(&story, ThemeName::Light, SMALL).title));
    }
    let vary = |name: &str, vary: &dyn Fn(&mut BurnDown)| {
        let mut burn = stories()[0].told();
        vary(&mut burn);
        let chart = burn_down(&burn, &Theme::light(), Size::new(720, 420), "c").unwrap();
        format!("{name}: {}\n", chart.title)
    };
    told.push_str(&vary("last day", &|burn| burn.working_days_left = 1));
    told.push_str(&vary("one point", &|burn| burn.end.remaining = Amount::points(1)));
    told.push_str(&vary("half a point", &|burn| burn.end.remaining = Amount::hundredths(50)));
    told.push_str(&vary("done early", &|burn| burn.end.remaining = Amount::ZERO));
    told.push_str(&vary("no name", &|burn| burn.sprint = " \u{7} ".into()));
    told.push_str(&vary("done, overdue", &|burn| {
        burn.end.remaining = Amount::ZERO;
        burn.last_day = burn.last_day.plus(-5);
    }));
    told.push_str(&vary("empty, closed", &|burn| {
        (burn.end.remaining, burn.done, burn.closed) = (Amount::ZERO, Amount::ZERO, true);
    }));
    expect![[r#"
        running: Sprint 42: 17 points left, 3 working days
        finished: Sprint 42: all 40 points done
        closed-with-work-left: Sprint 42: closed with 6 points not done
        overdue: Sprint 42: 6 points left, overdue by 3 days
        not-started: Sprint 42: not started, 40 points selected
        first-day: Sprint 42: 40 points left, 9 working days
        items: Sprint 42: 8 items left, 4 working days
        three-months: Sprint 42: 70 points left, 19 working days
        one-day: Sprint 42: 5 points left, 1 working day
        no-working-day: Sprint 42: 8 points left, no working days
        nothing-committed: Sprint 42: nothing sized in it, 2 items unsized
        hundreds-of-marks: Sprint 42: all 90 points done, 3 working days
        long-titles: Instant transfer for business customers, second attempt with the new settlement engine: 47 points left, 4 working days
        crowded: Sprint 42: 38 points left, 5 working days
        last day: Sprint 42: 17 points left, 1 working day
        one point: Sprint 42: 1 point left, 3 working days
        half a point: Sprint 42: 0.5 points left, 3 working days
        done early: Sprint 42: all 40 points done, 3 working days
        no name: Sprint: 17 points left, 3 working days
        done, overdue: Sprint 42: all 40 points done, not closed yet
        empty, closed: Sprint 42: closed, nothing was in it
    "#]].assert_eq(&told);
}

#[test]
fn the_text_alternative_says_what_the_picture_shows() {
    let chart = draw(&stories()[0], ThemeName::Light, SMALL);
    let mut told = chart.description.clone();
    told.push_str("\n\n");
    told.push_str(&chart.table.columns.join(" | "));
    for row in &chart.table.rows {
        assert_eq!(row.len(), chart.table.columns.len());
        told.push('\n');
        told.push_str(row.join(" | ").trim_end());
    }
    told.push('\n');
    for point in chart.points.iter().filter(|point| point.x > 300.0 && point.x < 560.0) {
        told.push_str(&format!("\n{} {}: {}", point.x, point.y, point.label));
    }
    expect![[r#"
        Burn-down of Sprint 42, Monday 7 September to Friday 18 September 2026, 9 working days, in story points. 55 points were committed at the start; 40 are done and 17 remain on Tuesday 15 September, 3.1 more than the ideal pace. The scope changed 2 times, by + 5 and − 3; 1 interrupt went to the buffer; 1 done item was reopened. There are 3 working days left.

        Day | Remaining (points) | Ideal | Done | Scope change | What changed
        Mon 7 Sep | 55 | 48.9 | 0 |  |
        Tue 8 Sep | 50 | 42.8 | 5 |  |
        Wed 9 Sep | 50 | 36.7 | 5 | + 5 | + 5 payment retry (pulled in)
        Thu 10 Sep | 42 | 30.6 | 8 |  |
        Fri 11 Sep | 34 | 24.4 | 8 |  |
        Sat 12 Sep, day off | 34 | 24.4 | 0 |  | + 2 Card outage (interrupt, in the buffer)
        Sun 13 Sep, day off | 37 | 24.4 | −3 |  | + 3 receipt within ten seconds (reopened)
        Mon 14 Sep | 27 | 18.3 | 7 | − 3 | − 3 report export (taken out)
        Tue 15 Sep | 17 | 12.2 | 10 |  |
        Wed 16 Sep, day off |  | 12.2 |  |  |
        Thu 17 Sep |  | 6.1 |  |  |
        Fri 18 Sep |  | 0 |  |  |

        315.9 199: Fri 11 Sep: 34 points left, ideal 24.4, 8 done
        341 199: Sat 12 Sep: + 2 Card outage (interrupt, in the buffer); 34 points left
        371.65 199: Sat 12 Sep: 34 points left, ideal 24.4
        399.5 183.65: Sun 13 Sep: + 3 receipt within ten seconds (reopened); 37 points left
        427.35 183.65: Sun 13 Sep: 37 points left, ideal 24.4, 3 reopened
        456.35 209.2: Mon 14 Sep: − 3 report export (taken out); 32 points left
        483.1 234.8: Mon 14 Sep: 27 points left, ideal 18.3, 7 done, scope − 3
        523.2 285.9: Tue 15 Sep: 17 points left, ideal 13.9, 10 done"#]].assert_eq(&told);
}

#[test]
fn the_picture_is_named_and_described_for_those_who_do_not_see_it() {
    let chart = draw(&stories()[0], ThemeName::Light, SMALL);
    let xml = roxmltree::Document::parse(&chart.svg).unwrap();
    let root = xml.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let text = |attribute: &str| {
        let id = root.attribute(attribute).unwrap();
        let named = root.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
        named.text().unwrap().to_owned()
    };
    assert_eq!(text("aria-labelledby"), chart.title);
    assert_eq!(text("aria-describedby"), chart.description);
    let sentences = chart.description.matches(". ").count() + 1;
    assert!((2..=4).contains(&sentences), "{sentences} sentences");
}

#[test]
fn a_strict_page_takes_the_picture_as_it_is() {
    for story in stories() {
        let svg = draw(&story, ThemeName::Light, WINDOW).svg;
        let xml = roxmltree::Document::parse(&svg).unwrap();
        for node in xml.descendants().filter(|node| node.is_element()) {
            let known = ["svg", "title", "desc", "g", "rect", "path", "circle", "text"];
            assert!(known.contains(&node.tag_name().name()), "{:?}", node.tag_name());
            for attribute in node.attributes() {
                let name = attribute.name();
                assert!(
                    name != "style" && name != "class" && !name.starts_with("on") && !name.contains("href")
                );
            }
            if let Some(id) = node.attribute("id") {
                assert!(id.starts_with(story.name), "{id}");
            }
        }
    }
}

#[test]
fn an_interrupt_is_a_diamond_in_the_buffer_and_an_arrow_in_a_planned_lane() {
    let said = |burn: &BurnDown| {
        let chart = burn_down(burn, &Theme::light(), Size::new(720, 420), "c").unwrap();
        let sentence = chart.description.split(". ").nth(2).unwrap_or_default().to_owned();
        (sentence, chart.table.rows[2][5].clone())
    };
    let mut burn = Story::of("buffer", 20.0, 5.5, "1.5 done 3\n2.5 interrupt 2 Outage\n3.5 done 3").told();
    let (sentence, note) = said(&burn);
    assert_eq!(sentence, "1 interrupt went to the buffer");
    assert_eq!(note, "+ 2 Outage (interrupt, in the buffer)");

    burn = Story::of("planned", 20.0, 5.5, "1.5 done 3\n2.5 pulled 2 Outage\n3.5 done 3").told();
    burn.marks[0].kind = BurnMarkKind::Added(Origin::Interrupt);
    let (sentence, note) = said(&burn);
    assert_eq!(sentence, "The scope changed once, by + 2");
    assert_eq!(note, "+ 2 Outage (interrupt)");
}

#[test]
fn markup_in_titles_is_text() {
    let hostile = "</text><b x=\"y\">&amp; 'z'";
    let mut story = Story::of("markup", 20.0, 5.5, &format!("2.5 creep 5 {hostile}"));
    story.sprint = hostile.into();
    let chart = draw(&story, ThemeName::Light, ROOM);
    let xml = roxmltree::Document::parse(&chart.svg).unwrap();
    let shown = |text: &str| xml.descendants().filter_map(|node| node.text()).any(|drawn| drawn == text);
    assert!(shown(&format!("+ 5 {hostile} · scope creep")), "{}", chart.svg);
    assert!(shown(&format!("{hostile}: 25 points left, 4 working days")));
    assert!(chart.table.rows[2][5].contains(hostile), "the table is data, not markup");
}

#[test]
fn no_two_texts_lie_upon_each_other() {
    for story in stories() {
        for theme in [ThemeName::Light, ThemeName::Projector] {
            for size in [PRINT, SMALL, WINDOW, THUMBNAIL, (480, 300), (2400, 700)] {
                let chart = draw(&story, theme, size);
                if let Err(found) = looks_sound(&chart.svg) {
                    panic!("{} {theme:?} {size:?}: {found}", story.name);
                }
            }
        }
    }
}

#[test]
fn pictures_are_the_same_in_every_thread() {
    let story = stories().remove(0);
    let first = draw(&story, ThemeName::Dark, WINDOW);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..5).for_each(|_| assert_eq!(draw(&story, ThemeName::Dark, WINDOW), first)));
        }
    });
}

#[test]
fn what_cannot_be_drawn_is_refused_in_words() {
    let burn = stories()[0].told();
    let try_on = |burn: &BurnDown, width, height| {
        burn_down(burn, &Theme::light(), Size::new(width, height), "c").map_err(|error| error.to_string())
    };
    let refused = "a chart cannot be 80 × 9000 pixels: a side has 120 to 8000".to_owned();
    assert_eq!(try_on(&burn, 80, 9000), Err(refused));
    let empty = BurnDown { days: vec![], ..burn.clone() };
    assert_eq!(try_on(&empty, 720, 420), Err(ChartError::NoDays.to_string()));
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut burn = burn.clone();
        burn.ideal[1].remaining = bad;
        let refused = ChartError::NotFinite { what: "the ideal line" };
        assert_eq!(try_on(&burn, 720, 420), Err(refused.to_string()));
    }
}

#[test]
fn ten_thousand_facts_are_one_calm_line() {
    let mut facts = String::new();
    for step in 0..10_000 {
        facts.push_str(&format!("{:.4} done 0.01\n", 0.5 + f64::from(step) * 0.001));
    }
    let story = Story::of("large", 100.0, 10.6, &facts);
    let svg = draw(&story, ThemeName::Light, WINDOW).svg;
    assert!(svg.len() < 60_000, "{} bytes", svg.len());
}

// ── Hostile data ───────────────────────────────────────────────────────────────────────────────────────────────────

/// Any number that may come out of a broken computation, and usual ones.
fn position() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -2.0..14.0_f64, 1 => Just(1e300), 1 => Just(-1e300), 1 => any::<i32>().prop_map(f64::from)]
}

fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => (-500..10_000_i64).prop_map(Amount::hundredths),
        1 => any::<i64>().prop_map(Amount::hundredths),
        1 => Just(Amount::hundredths(i64::MIN)),
        1 => Just(Amount::ZERO),
    ]
}

fn title() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,9}( [a-z]{1,9}){0,6}",
        any::<String>(),
        Just("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(8)),
        Just("\u{202e}\u{0}<svg onload=x>&\u{1b}]\u{fffe}".to_owned()),
        Just("👩\u{200d}🚀 支払い نص עברית".to_owned()),
    ]
}

prop_compose! {
    fn burn()(
        sprint in title(),
        items in any::<bool>(),
        count in prop_oneof![8 => 1..20_usize, 1 => 80..120_usize, 1 => Just(10_000_usize)],
        shaded in prop::collection::vec(any::<bool>(), 20),
        ideal in prop::collection::vec((position(), amount()), 0..8),
        actual in prop::collection::vec((position(), amount()), 0..40),
        end in (position(), amount()),
        marks in prop::collection::vec((position(), amount(), amount(), title(), 0..9_usize), 0..40),
        (closed, committed, done) in (any::<bool>(), amount(), amount()),
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
            rebased: Vec::new(),
            pace: Ideal::Even,
            hours_unset: false,
            forecast: None,
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
            committed,
            done,
            working_days_left,
            last_day: first.plus(last),
        }
    }
}

/// How many cases are tried: 96, or as PROPTEST_CASES says.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(96)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_data_the_picture_is_sound(
        burn in burn(),
        theme in prop_oneof![Just(ThemeName::Light), Just(ThemeName::Projector)],
        (width, height) in (120..1_400_u32, 120..900_u32),
        prefix in any::<String>(),
    ) {
        let begun = std::time::Instant::now();
        let chart = burn_down(&burn, &Theme::named(theme), Size::new(width, height), &prefix).unwrap();
        // Without optimisation, on a machine with other work: the budget itself is a matter of the benchmark.
        prop_assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
        if let Err(found) = looks_sound(&chart.svg) {
            prop_assert!(false, "{found}");
        }
        let (width, height) = (f64::from(width), f64::from(height));
        for point in &chart.points {
            prop_assert!((0.0..=width).contains(&point.x) && (0.0..=height).contains(&point.y), "{point:?}");
        }
    }
}

/// Whether a picture is well-formed, all its ink lies on the canvas and no two texts lie upon each other; measured on
/// the letters as they are drawn.
fn looks_sound(svg: &str) -> Result<(), String> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for face in ["Inter-Regular.ttf", "Inter-SemiBold.ttf"] {
            let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fonts").join(face);
            fonts.load_font_data(std::fs::read(file).unwrap());
        }
        Arc::new(fonts)
    });
    let options = Options { fontdb: Arc::clone(fonts), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let mut texts = Vec::new();
    let mut groups = vec![tree.root()];
    while let Some(group) = groups.pop() {
        for node in group.children() {
            let ink = node.abs_bounding_box();
            let (width, height) = (tree.size().width(), tree.size().height());
            if ink.left() < -1.0
                || ink.top() < -1.0
                || ink.right() > width + 1.0
                || ink.bottom() > height + 1.0
            {
                return Err(format!("{ink:?} leaves the canvas of {width} × {height}"));
            }
            match node {
                Node::Group(inner) => groups.push(inner),
                Node::Text(text) => {
                    let words: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    texts.push((words, ink));
                }
                _ => {}
            }
        }
    }
    for (index, (one, a)) in texts.iter().enumerate() {
        for (other, b) in &texts[index + 1..] {
            let apart = a.right() <= b.left() + 0.5
                || b.right() <= a.left() + 0.5
                || a.bottom() <= b.top() + 0.5
                || b.bottom() <= a.top() + 0.5;
            if !apart {
                return Err(format!("“{one}” at {a:?} lies upon “{other}” at {b:?}"));
            }
        }
    }
    Ok(())
}

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
