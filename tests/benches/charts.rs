//! Every chart from file to SVG, beside bare plotters and beside smaller and larger files.
//!
//! 1. A team of 10,000 items and 60 Sprints, JSON in and JSON out as the window asks: each chart within 10 ms.
//! 2. Drawing alone, numbers in hand, against bare plotters that writes the same rectangles, paths, circles and texts:
//!    at most twice as long. Placing labels, words, table and points to hover are part of ours.
//! 3. The charts of a Sprint of 120 items in a file of 100,000 items: at most 1.5 times those in a file of 1,000.
//! 4. A picture of 3840 × 2160 pixels within 300 ms.
//!
//! `EVENKEEL_BENCH_ITEMS` changes the number of items of the first team.

use app::flow::ChartQuestion;
use app::{Access, Context, Instant, Team};
use evenkeel_tests::timing::{beside, median_time, ms, timed};
use plotters::prelude::{
    Circle, FontFamily, FontStyle, IntoDrawingArea, PathElement, Polygon, RGBColor, Rectangle, SVGBackend,
    ShapeStyle, Text, TextStyle,
};
use serde_json::{Value, json};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const MOST: f64 = 10.0;
const MOST_TIMES_PLOTTERS: f64 = 2.0;
const MOST_GROWTH: f64 = 1.5;
const MOST_PNG: f64 = 300.0;
const SPRINTS: usize = 60;
const ROUNDS: usize = 40;
const HOUR: i64 = 3_600_000;
/// Monday, 16 November 2026, nine in Zurich: the running Sprint starts.
const MONDAY: i64 = 1_794_816_000_000;
/// The charts of one Sprint: what they cost depends on the Sprint alone.
const OF_A_SPRINT: [&str; 4] = ["burnDown", "burnUp", "twoLanes", "split"];

fn main() {
    let items =
        std::env::var("EVENKEEL_BENCH_ITEMS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let mut failed = false;
    let mut told = |line: String, over: bool| {
        failed |= over;
        println!("{line}{}", if over { "  over the limit" } else { "" });
    };

    let folder = evenkeel_tests::folder();
    let (team, label) = history(&folder.path().join("history.evenkeel"), items);
    println!("{:18} {:>10} {:>10} {:>10} {:>8}", "median, ms", "file→SVG", "drawing", "plotters", "ratio");
    for kind in app::flow::ChartKind::ALL {
        let question = question(&json!(kind), &label, 960, 540);
        let whole = median_time(ROUNDS, || ask(&team, &question));
        let chart: ChartQuestion = serde_json::from_value(question.clone()).expect("a question");
        let draw = app::flow::drawing(&team, chart, &context(now(), 1)).expect("numbers");
        let marks = Marks::read(&draw().expect("a picture").svg);
        let (drawing, bare) =
            beside(ROUNDS, || drop(black_box(draw())), || drop(black_box(marks.by_plotters())));
        let ratio = drawing.as_secs_f64() / bare.as_secs_f64();
        let line = format!(
            "{:18} {:>10.3} {:>10.3} {:>10.3} {ratio:>8.2}",
            kind.word(),
            ms(whole),
            ms(drawing),
            ms(bare)
        );
        told(line, ms(whole) > MOST || ratio > MOST_TIMES_PLOTTERS);
    }

    println!("\n{:18} {:>10} {:>10} {:>8}", "of a Sprint, ms", "1,000", "100,000", "growth");
    let small = one_sprint(&folder.path().join("small.evenkeel"), 1_000);
    let large = one_sprint(&folder.path().join("large.evenkeel"), 100_000);
    for kind in OF_A_SPRINT {
        let question = question(&json!(kind), "", 960, 540);
        let (few, many) = beside(ROUNDS, || ask(&small, &question), || ask(&large, &question));
        let growth = many.as_secs_f64() / few.as_secs_f64();
        told(format!("{kind:18} {:>10.3} {:>10.3} {growth:>8.2}", ms(few), ms(many)), growth > MOST_GROWTH);
    }

    let svg = {
        let question = question(&json!("twoLanes"), &label, 1_920, 1_080);
        let chart: ChartQuestion = serde_json::from_value(question).expect("a question");
        app::flow::drawing(&team, chart, &context(now(), 1)).expect("numbers")().expect("a picture").svg
    };
    let mut times: Vec<Duration> =
        (0..7).map(|_| timed(|| drop(black_box(charts::png(&svg, 2.0))))).collect();
    times.sort();
    told(format!("\nPNG of 3840 × 2160  {:>9.1} ms", ms(times[3])), ms(times[3]) > MOST_PNG);
    if failed {
        println!("FAILED: over a limit");
        std::process::exit(1);
    }
}

/// A chart's question; the goal's burn-up is asked for a label.
fn question(kind: &Value, label: &str, width: u32, height: u32) -> Value {
    let mut question = json!({ "chart": kind, "theme": "light", "width": width, "height": height });
    if kind == "release" {
        question["goal"] = json!({ "label": label });
    }
    if kind == "velocity" || kind == "splitTrend" || kind == "interruptLoad" {
        question["last"] = json!(SPRINTS);
    }
    question
}

fn ask(team: &Team, question: &Value) {
    let query = json!({ "flow": { "chart": question } }).to_string();
    let query = app::parse_query(&query).expect("a query");
    let answer = app::ask(team, query, &context(now(), 9)).expect("a view");
    assert!(answer.0.contains("<svg"));
    black_box(answer);
}

/// The marks of a picture, to be drawn again by bare plotters.
struct Marks {
    size: (u32, u32),
    marks: Vec<Mark>,
}

enum Mark {
    Rect([(i32, i32); 2], RGBColor),
    Line(Vec<(i32, i32)>, RGBColor, u32),
    Area(Vec<(i32, i32)>, RGBColor),
    Circle((i32, i32), u32, RGBColor),
    Words(String, (i32, i32), f64, RGBColor),
}

impl Marks {
    /// Reads what our own back end writes: one element a line.
    fn read(svg: &str) -> Marks {
        let head = svg.lines().next().expect("a first line");
        let size = (number(head, "width") as u32, number(head, "height") as u32);
        let marks = svg.lines().filter_map(Mark::read).collect();
        Marks { size, marks }
    }

    fn by_plotters(&self) -> String {
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, self.size).into_drawing_area();
            for mark in &self.marks {
                match mark {
                    Mark::Rect(corners, color) => {
                        area.draw(&Rectangle::new(*corners, ShapeStyle::from(*color).filled()))
                    }
                    Mark::Line(points, color, width) => area.draw(&PathElement::new(
                        points.clone(),
                        ShapeStyle::from(*color).stroke_width(*width),
                    )),
                    Mark::Area(points, color) => area.draw(&Polygon::new(points.clone(), *color)),
                    Mark::Circle(middle, radius, color) => {
                        area.draw(&Circle::new(*middle, *radius, ShapeStyle::from(*color).filled()))
                    }
                    Mark::Words(text, at, size, color) => {
                        let style =
                            TextStyle::from((FontFamily::SansSerif, *size, FontStyle::Normal)).color(color);
                        area.draw(&Text::new(text.as_str(), *at, style))
                    }
                }
                .expect("plotters draws");
            }
            area.present().expect("plotters ends");
        }
        svg
    }
}

impl Mark {
    fn read(line: &str) -> Option<Mark> {
        let fill = color(line, "fill");
        let at = |x: &str, y: &str| (number(line, x) as i32, number(line, y) as i32);
        if line.starts_with("<rect") {
            let (x, y) = at("x", "y");
            let (width, height) = at("width", "height");
            return Some(Mark::Rect([(x, y), (x + width, y + height)], fill?));
        }
        if line.starts_with("<circle") {
            return Some(Mark::Circle(
                at("cx", "cy"),
                number(line, "r") as u32,
                fill.or(color(line, "stroke"))?,
            ));
        }
        if line.starts_with("<path") {
            let points = points(attribute(line, "d")?);
            return Some(match fill {
                Some(fill) => Mark::Area(points, fill),
                None => Mark::Line(
                    points,
                    color(line, "stroke")?,
                    number(line, "stroke-width").round().max(1.0) as u32,
                ),
            });
        }
        if line.starts_with("<text") {
            let text = line.split_once('>')?.1.trim_end_matches("</text>").to_owned();
            return Some(Mark::Words(text, at("x", "y"), number(line, "font-size"), fill?));
        }
        None
    }
}

/// `M1 2H3V4L5 6Z` as points.
fn points(path: &str) -> Vec<(i32, i32)> {
    let mut points: Vec<(i32, i32)> = Vec::new();
    let letters = |c: char| c.is_ascii_uppercase();
    let mut rest = path;
    while let Some(letter) = rest.chars().next() {
        let end = rest[1..].find(letters).map_or(rest.len(), |at| at + 1);
        let numbers: Vec<i32> =
            rest[1..end].split(' ').filter_map(|n| n.parse::<f64>().ok()).map(|n| n as i32).collect();
        let last = points.last().copied().unwrap_or_default();
        match (letter, numbers.as_slice()) {
            ('M' | 'L', [x, y]) => points.push((*x, *y)),
            ('H', [x]) => points.push((*x, last.1)),
            ('V', [y]) => points.push((last.0, *y)),
            _ => {}
        }
        rest = &rest[end..];
    }
    points
}

fn attribute<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let start = line.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(&line[start..start + line[start..].find('"')?])
}

fn number(line: &str, name: &str) -> f64 {
    attribute(line, name).and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn color(line: &str, name: &str) -> Option<RGBColor> {
    let hex = attribute(line, name)?.strip_prefix('#')?;
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some(RGBColor(part(0)?, part(2)?, part(4)?))
}

/// A team of many items, worked off in closed Sprints of two weeks, with one that runs.
fn history(path: &Path, items: usize) -> (Team, String) {
    let mut team = team_of(path, items, -(SPRINTS as i64) * 14 - 1);
    let ids = ids(&team, items);
    let states = states(&team);
    let a_sprint = items / (SPRINTS + 1);
    let service = run(
        &mut team,
        at(-(SPRINTS as i64) * 14 - 1, 12),
        json!({ "reliability": { "addService": { "name": "checkout" } } }),
    )[0]
    .clone();
    let promise =
        json!({ "of": { "service": service }, "sli": "time", "window": "sprint", "target": "99.5" });
    run(&mut team, at(-(SPRINTS as i64) * 14 - 1, 13), json!({ "reliability": { "addObjective": promise } }));
    for sprint in 0..=SPRINTS {
        let day = |n: i64| (sprint as i64 - SPRINTS as i64) * 14 + n;
        let date = |n: i64| app_day(day(n));
        let plan = json!({ "firstDay": date(0), "lastDay": date(11) });
        let id = run(&mut team, at(day(-1), 11), json!({ "sprint": { "plan": plan } }))[0].clone();
        let of = &ids[sprint * a_sprint..(sprint + 1) * a_sprint];
        run(&mut team, at(day(0), 8), json!({ "sprint": { "selectItems": { "items": of, "sprint": id } } }));
        run(&mut team, at(day(0), 9), json!({ "sprint": { "start": { "sprint": id } } }));
        let interrupt =
            json!({ "title": format!("Payments time out, {sprint}"), "hours": (sprint % 9 + 1).to_string() });
        run(&mut team, at(day(2), 10), json!({ "interrupt": { "report": interrupt } }));
        // In ten steps of a day: some items begin, those of the day before are done.
        for step in 0..10_usize {
            let part = |n: usize| &of[n * of.len() / 10..(n + 1) * of.len() / 10];
            let when = day(step as i64 / 5 * 7 + step as i64 % 5);
            let mut go = |items: &[Value], state: &Value, hour: i64| {
                let to = json!({ "items": items, "state": state });
                run(&mut team, at(when, hour), json!({ "sprint": { "moveToState": to } }));
            };
            go(part(step), &states[1], 10);
            if step > 0 {
                go(part(step - 1), &states[2], 15);
            }
        }
        production(&mut team, &service, sprint, day);
        if sprint < SPRINTS {
            let last = of.len() * 9 / 10;
            run(
                &mut team,
                at(day(11), 16),
                json!({ "sprint": { "moveToState": { "items": of[last..], "state": states[2] } } }),
            );
            let outcome = json!({ "sprint": id, "decisions": [] });
            run(&mut team, at(day(11), 17), json!({ "sprint": { "close": outcome } }));
        }
    }
    let label = "R1".to_owned();
    let some: Vec<&Value> = ids.iter().step_by(40).collect();
    run(&mut team, at(11, 18), json!({ "backlog": { "label": { "items": some, "add": [label] } } }));
    (team, label)
}

/// What happened in production in the first days of a Sprint, told on its tenth working day: an incident with its
/// outage, and a deployment a day.
fn production(team: &mut Team, service: &str, sprint: usize, day: impl Fn(i64) -> i64) {
    let told = at(day(11), 15);
    let (from, to) = (at(day(2), 10).millis(), at(day(2), 11 + sprint as i64 % 4).millis());
    let report = json!({ "line": format!("P2 checkout: payments time out, {sprint}"), "at": from });
    let incident = run(team, told, json!({ "incident": { "report": report } }))[0].clone();
    for milestone in ["acknowledged", "mitigated", "resolved"] {
        let reach = json!({ "incident": incident, "milestone": milestone, "at": to });
        run(team, told, json!({ "incident": { "reach": reach } }));
    }
    let outage = json!({ "services": [service], "class": "full", "from": from, "to": to });
    run(team, told, json!({ "reliability": { "addOutage": outage } }));
    for n in 0..4 {
        let commit = json!({ "sha": format!("abcdef{sprint:04}{n}"), "authored": at(day(n), 8).millis() });
        let form = json!({
            "service": service, "version": format!("{sprint}.{n}"), "commits": [commit],
            "finished": at(day(n), 14).millis(),
        });
        run(team, told, json!({ "delivery": { "deploy": { "deployment": form } } }));
    }
}

/// A team of many items, of which 120 are in the running Sprint.
fn one_sprint(path: &Path, items: usize) -> Team {
    let mut team = team_of(path, items, -2);
    let ids = ids(&team, 120);
    let states = states(&team);
    let plan = json!({ "firstDay": app_day(0), "lastDay": app_day(11) });
    let id = run(&mut team, at(-1, 11), json!({ "sprint": { "plan": plan } }))[0].clone();
    run(&mut team, at(0, 8), json!({ "sprint": { "selectItems": { "items": ids, "sprint": id } } }));
    run(&mut team, at(0, 9), json!({ "sprint": { "start": { "sprint": id } } }));
    for (place, item) in ids.iter().enumerate() {
        for state in &states[1..3] {
            let to = json!({ "items": [item], "state": state });
            run(
                &mut team,
                at(place as i64 / 12, 9 + place as i64 % 8),
                json!({ "sprint": { "moveToState": to } }),
            );
        }
    }
    team
}

fn team_of(path: &Path, items: usize, day: i64) -> Team {
    let first = context(at(day, 9), 1);
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let mut team =
        Team::create(path, &Access::Script, &first.stamp(), app::team::set_up(&new, &first)).expect("a team");
    let kinds = ["Story", "Bug", "Task"];
    let mut file = String::from("Issue key,Issue Type,Summary,Story Points\n");
    for n in 1..=items {
        writeln!(file, "PAY-{n},{},Card retries of merchant {n},{}", kinds[n % 3], 1 + n % 8)
            .expect("a text");
    }
    let import = Context { attachment: Some(file.as_bytes()), ..context(at(day, 10), 2) };
    let look = app::parse_query(&json!({ "exchange": { "look": {} } }).to_string()).expect("a query");
    let look: Value = serde_json::from_str(&app::ask(&team, look, &import).expect("a look").0).expect("JSON");
    let command = json!({ "exchange": { "import": { "mapping": look["mapping"] } } });
    app::run(&mut team, app::parse_command(&command.to_string()).expect("a command"), &import)
        .expect("an import");
    team
}

fn run(team: &mut Team, now: Instant, command: Value) -> Vec<String> {
    let text = command.to_string();
    let command = app::parse_command(&text).unwrap_or_else(|error| panic!("{error:?}: {text}"));
    app::run(team, command, &context(now, now.millis().unsigned_abs()))
        .unwrap_or_else(|error| panic!("{error:?}: {text}"))
        .created
}

fn asked(team: &Team, query: &Value) -> Value {
    let query = app::parse_query(&query.to_string()).expect("a query");
    serde_json::from_str(&app::ask(team, query, &context(now(), 5)).expect("a view").0).expect("JSON")
}

fn ids(team: &Team, count: usize) -> Vec<Value> {
    let mut ids = Vec::with_capacity(count);
    while ids.len() < count {
        let window =
            json!({ "backlog": { "window": { "from": ids.len(), "limit": 150.min(count - ids.len()) } } });
        let window = asked(team, &window);
        ids.extend(window["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()));
    }
    ids
}

fn states(team: &Team) -> Vec<Value> {
    let settings = asked(team, &json!({ "team": { "settings": {} } }));
    settings["states"].as_array().expect("states").iter().map(|state| state["id"].clone()).collect()
}

fn context(now: Instant, chance: u64) -> Context<'static> {
    Context::new(now, chance, "bench", "")
}

fn now() -> Instant {
    at(11, 19)
}

/// An hour of a day, counted from the Monday on which the running Sprint starts.
fn at(day: i64, hour: i64) -> Instant {
    Instant::from_millis(MONDAY + (day * 24 + hour - 9) * HOUR)
}

fn app_day(day: i64) -> String {
    domain::calendar::Zone::parse("Europe/Zurich").expect("a zone").day_of(at(day, 12)).to_string()
}
