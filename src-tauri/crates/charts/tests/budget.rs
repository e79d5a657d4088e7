//! The remaining error budget: what it says, and that it can be drawn at every size.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use charts::{Chart, Size, Theme, ThemeName, error_budget};
use domain::calendar::{Day, Instant};
use domain::reliability::{BudgetDay, BudgetLine, BudgetOutage, BudgetPoint, Class};
use expect_test::{Expect, expect};

/// Ten days from Monday, 2 November 2026, with points `x remaining`.
fn line(points: &[(f64, f64)], outages: &[(f64, f64, f64, &str)]) -> BudgetLine {
    let first = Day::parse("2026-11-02").unwrap();
    let days: Vec<BudgetDay> = first
        .through(first.plus(9))
        .enumerate()
        .map(|(place, day)| BudgetDay { day, shaded: place % 7 > 4 })
        .collect();
    let point = |(x, remaining): &(f64, f64)| BudgetPoint {
        at: Instant::from_millis(1_793_577_600_000 + (x * 86_400_000.0) as i64),
        x: *x,
        remaining: *remaining,
    };
    let points: Vec<BudgetPoint> = points.iter().map(point).collect();
    BudgetLine {
        sprint: "Sprint 1".into(),
        service: "checkout".into(),
        objective: "Customers can pay".into(),
        target: "99.9 %".into(),
        window: "Sprint 1".into(),
        projection: BudgetLine::project(&points, days.len() as f64),
        days,
        points,
        is_even: true,
        outages: outages
            .iter()
            .map(|(from, to, spent, title)| BudgetOutage {
                id: None,
                class: Class::Full,
                from: *from,
                to: *to,
                title: (*title).into(),
                spent: *spent,
            })
            .collect(),
        is_past: false,
    }
}

fn drawn(line: &BudgetLine) -> Chart {
    error_budget(line, &Theme::light(), Size::new(960, 540), "b").unwrap()
}

fn check(line: &BudgetLine, expected: Expect) {
    let chart = drawn(line);
    let rows: Vec<String> = chart.table.rows.iter().take(4).map(|row| row.join(" | ")).collect();
    expected.assert_eq(&format!("{}\n{}\n{}\n", chart.title, chart.description, rows.join("\n")));
}

#[test]
fn the_title_says_what_is_left_and_where_it_goes() {
    check(
        &line(&[(0.0, 1.0), (2.0, 1.0), (2.1, 0.5), (5.0, 0.5)], &[(2.0, 2.1, 0.5, "The <pool> was empty")]),
        expect![[r#"
            Customers can pay: 50 % of the error budget left, 0 % left at the end at this pace
            What is left of the error budget of Customers can pay through Sprint 1: target 99.9 %. Now 50 % left. At this pace 0 % left at the end. 1 outage; the largest spent 50 %.
            2 November 2026 | 100 % | 
            3 November 2026 | 100 % | 
            4 November 2026 | 50 % | −50 % The <pool> was empty
            5 November 2026 | 50 % | 
        "#]],
    );
    check(
        &line(&[(0.0, 1.0), (5.0, 1.0)], &[]),
        expect![[r#"
        Customers can pay: 100 % of the error budget left
        What is left of the error budget of Customers can pay through Sprint 1: target 99.9 %. Now 100 % left.
        2 November 2026 | 100 % | 
        3 November 2026 | 100 % | 
        4 November 2026 | 100 % | 
        5 November 2026 | 100 % | 
    "#]],
    );
    check(
        &line(&[(0.0, 1.0), (1.0, -0.5), (5.0, -0.5)], &[(0.5, 1.0, 1.5, "")]),
        expect![[r#"
        Customers can pay: error budget overspent by 50 %
        What is left of the error budget of Customers can pay through Sprint 1: target 99.9 %. Now overspent by 50 %. 1 outage; the largest spent 150 %.
        2 November 2026 | −50 % | −150 % full outage
        3 November 2026 | −50 % | 
        4 November 2026 | −50 % | 
        5 November 2026 | −50 % | 
    "#]],
    );
    check(
        &line(&[], &[]),
        expect![[r#"
        Customers can pay: nothing is known yet
        What is left of the error budget of Customers can pay through Sprint 1: target 99.9 %.
        2 November 2026 |  | 
        3 November 2026 |  | 
        4 November 2026 |  | 
        5 November 2026 |  | 
    "#]],
    );
}

#[test]
fn it_can_be_drawn_at_every_size_and_in_every_theme_and_stays_on_the_canvas() {
    let lines = [
        line(&[(0.0, 1.0), (2.0, 1.0), (2.1, 0.5), (5.0, 0.5)], &[(2.0, 2.1, 0.5, "The <pool> was empty")]),
        line(&[(0.0, -3.0), (1.0, -40.0), (5.0, -40.0)], &[(0.5, 1.0, 37.0, "x")]),
        line(&[], &[]),
    ];
    for line in &lines {
        for (width, height) in [(120, 120), (320, 180), (960, 540), (1_920, 600)] {
            for theme in [ThemeName::Light, ThemeName::Dark, ThemeName::Projector] {
                let theme = Theme::named(theme);
                let size = Size::new(width, height);
                let chart = error_budget(line, &theme, size, "b").unwrap();
                assert_eq!(chart, error_budget(line, &theme, size, "b").unwrap(), "the same bytes");
                assert!(!chart.svg.contains("NaN") && !chart.svg.contains("<pool>"));
                let on = |point: &charts::ChartPoint| {
                    (0.0..=f64::from(width)).contains(&point.x)
                        && (0.0..=f64::from(height)).contains(&point.y)
                };
                assert!(chart.points.iter().all(on), "{:?}", chart.points);
                assert!(chart.points.windows(2).all(|pair| pair[0].x <= pair[1].x));
            }
        }
    }
    let mut broken = lines[0].clone();
    broken.points[0].remaining = f64::NAN;
    assert!(error_budget(&broken, &Theme::light(), Size::new(960, 540), "b").is_err());
}
