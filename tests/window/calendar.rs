//! The team's calendar in the real window: days are picked by keyboard and by dragging, and said to be what they are.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

const HOLIDAYS: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Zürich\n\
    BEGIN:VEVENT\nDTSTART;VALUE=DATE:20201225\nDTEND;VALUE=DATE:20201227\nRRULE:FREQ=YEARLY\nSUMMARY:Christmas <b>and</b> after\nEND:VEVENT\n\
    BEGIN:VEVENT\nDTSTART:20261208T090000Z\nSUMMARY:Meeting\nEND:VEVENT\nEND:VCALENDAR\n";

fn rows(window: &Window) -> Value {
    window.ask(json!({ "capacity": { "calendarRows": {} } }))
}

/// Minutes of the first or second member: `away`, `call`.
fn minutes(window: &Window, member: usize, what: &str) -> i64 {
    rows(window)["members"][member][what].as_i64().unwrap_or(-1)
}

fn grid(window: &Window) {
    window.script("document.querySelector('.calendar-grid').focus()", &[]);
}

/// What the cell says on which the keys are.
fn here(window: &Window) -> String {
    let script = "const grid = document.querySelector('.calendar-grid');
        return document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label') ?? ''";
    window.script(script, &[]).as_str().unwrap_or_default().to_owned()
}

#[test]
fn absences_and_days_on_call_are_entered_by_keyboard_and_by_dragging() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/calendar");
    window.see("Nobody belongs to the team in these days");
    window.picture("story-calendar-nobody");
    for name in ["Ana", "Bo"] {
        window.run(json!({ "team": { "addMember": { "name": name, "hours": "6" } } }));
    }
    window.run(json!({ "sprint": { "plan": { "firstDay": "2026-11-30", "lastDay": "2026-12-11" } } }));
    window.see("100 h: 120 h less 20 h of Scrum events");

    // The sheet of keys tells of those that the grid takes itself.
    window.press("?");
    window.see("Go to another day; with ⇧ pick days");
    window.picture("story-calendar-keys");
    window.press("Escape");
    window.see_no("Go to another day; with ⇧ pick days");

    // Arrows move, Shift picks a range, a key says what it is.
    grid(&window);
    window.press("ArrowRight");
    window.until("the keys are on the first day", || here(&window).starts_with("Ana, Monday 30 Nov"));
    window.press("Shift+ArrowRight");
    window.press("Shift+ArrowRight");
    window.until("three days are picked", || {
        window.script("return document.querySelectorAll('.calendar-grid [aria-selected=true]').length", &[])
            == 3
    });
    window.press("a");
    window.until("Ana is away for three days", || minutes(&window, 0, "away") == 3 * 360);
    window.see("Ana away 30 November – 2 December");
    window.press("ArrowDown");
    window.until("the keys are at Bo", || here(&window).starts_with("Bo, Wednesday 2 Dec"));
    window.press("h");
    window.until("Bo is away for half a day", || minutes(&window, 1, "away") == 180);
    window.press("o");
    window.until("Bo is on call", || minutes(&window, 1, "call") == 90);
    window.until("the page says both", || here(&window).contains("on call, half a day away, 1.25 h"));
    window.picture("story-calendar-rows");
    window.press("Delete");
    window.until("Bo is there after all", || minutes(&window, 1, "away") == 0);
    window.until("and still on call", || here(&window).contains("on call, 2.75 h"));
    window.press("Delete");
    window.until("and not on call", || minutes(&window, 1, "call") == 0);

    // The form says a part of a day and a note; what is refused is said at its field.
    window.until("the page shows it", || here(&window).contains("5.75 h"));
    window.press("Enter");
    window.see("Bo is away");
    window.write("How much of each day", "9 h");
    window.click("Add");
    window.see("150 % of a day is no absence.");
    window.picture("story-calendar-refused");
    window.write("How much of each day", "2 h");
    window.write("Note", "Dentist");
    window.click("Add");
    window.until("two hours are away", || minutes(&window, 1, "away") == 120);
    window.until("the note is said", || here(&window).contains("(Dentist)"));
    window.press("Enter");
    window.see("Absence of Bo");
    assert_eq!(window.value("Note"), "Dentist");
    window.press("Escape");

    // A drag picks days, then a menu says what they can be.
    let cell = |member: usize, day: &str| {
        format!(
            "[data-member='{}'][data-day='{day}']",
            rows(&window)["members"][member]["member"].as_str().unwrap_or("")
        )
    };
    window.drag(&cell(0, "2026-12-07"), &cell(1, "2026-12-09"));
    window.until("the menu is there", || {
        window.script("return document.querySelector('.menu') !== null", &[]) == true
    });
    window.picture("story-calendar-menu");
    window.click("Half a day away");
    window.until("three half days of both", || {
        minutes(&window, 0, "away") == 3 * 360 + 540 && minutes(&window, 1, "away") == 120 + 540
    });
    window.press("Control+z");
    window.until("one step takes it back", || minutes(&window, 1, "away") == 120);

    // The month: whose days are picked is chosen, then the same keys hold.
    window.press("v");
    window.see("December 2026");
    let ana = rows(&window)["members"][0]["member"].as_str().unwrap_or_default().to_owned();
    window.set("Whose days", &ana);
    grid(&window);
    window.until("the keys are in the month", || !here(&window).is_empty());
    window.press("o");
    window.until("Ana is on call", || {
        rows(&window)["members"][0]["cells"]
            .as_array()
            .is_some_and(|all| all.iter().any(|cell| cell["onCall"] == true))
    });
    window.see("Ana on call");
    window.picture("story-calendar-month");

    // Public holidays are previewed, and taken in one step.
    let file = device.document("holidays.ics");
    std::fs::write(&file, HOLIDAYS).expect("a file is written");
    device.will_pick(&file);
    window.press("i");
    window.see("days become holidays");
    window.see("Meeting: it is no event of whole days");
    window.see("Christmas <b>and</b> after");
    window.picture("story-calendar-holidays");
    let found = "return document.querySelectorAll('.calendar-found li').length";
    let before = window.script(found, &[]).as_i64().unwrap_or(0);
    assert!(before >= 6, "three years of two days: {before}");
    window.script("document.querySelector('.calendar-found input').click()", &[]);
    window.click("Import");
    let holidays = || {
        window.ask(json!({ "team": { "settings": {} } }))["holidays"].as_array().map_or(0, Vec::len) as i64
    };
    window.until("all but the one that was unticked are taken", || holidays() == before - 1);
    assert_eq!(window.script("return document.querySelectorAll('main b').length", &[]), 0);

    // Nothing is cut for a projector: what is too wide is moved sideways, the sums stay in sight.
    window.go("#/calendar");
    window.see("Scrum events");
    window.script("document.documentElement.dataset.theme = 'projector'", &[]);
    let outside = "const sum = document.querySelector('.calendar-grid tfoot .calendar-sum:last-child').getBoundingClientRect();
        return sum.right > innerWidth || document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth";
    assert_eq!(window.script(outside, &[]), false);
    window.picture("story-calendar-projector");
}

#[test]
fn plan_leads_to_the_days_of_its_sprint() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    let plan = |first: &str, last: &str| {
        let days = json!({ "firstDay": first, "lastDay": last });
        window.run(json!({ "sprint": { "plan": days } }))["created"][0]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    plan("2026-11-30", "2026-12-11");
    let second = plan("2026-12-14", "2026-12-25");
    window.go(&format!("#/plan?sprint={second}"));
    window.see("Plan Sprint 2");
    window.click("Absences and days on call");
    window.see("14 Dec – 25 Dec");
    let ana = rows(&window)["members"][0]["member"].clone();
    window.run(json!({ "capacity": { "addAbsence": { "member": ana, "firstDay": "2026-12-21", "lastDay": "2027-01-08" } } }));
    window.see("30 h away");
    window.go(&format!("#/plan?sprint={second}"));
    window.see("60 h less 5.25 h of Scrum events, 30 h away");
}
