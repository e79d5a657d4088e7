//! The window as a place: what the page may do in it, its size, its themes.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::json;
use std::time::Duration;

/// No person waits longer for a program that was told to end.
const AT_ONCE: Duration = Duration::from_secs(5);

#[test]
fn a_name_full_of_markup_is_shown_literally() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let name = "<img src=x onerror=alert(1)> & <b>bold</b>";
    crate::start::new_team(&device, &window, name);
    window.see(name);
    let made = window.script("return document.querySelectorAll('img, b').length", &[]);
    assert_eq!(made, 0, "the name became markup");
}

#[test]
fn a_page_cannot_reach_out_of_its_window() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let tried = |script: &str| {
        let script = format!("try {{ {script} }} catch (error) {{ return error.name }}");
        window.script(&script, &[])
    };
    assert_eq!(tried("document.body.innerHTML = '<b>x</b>'; return 'done'"), "TypeError");
    assert_eq!(tried("return eval('1 + 1')"), "EvalError");
    assert_eq!(tried("return window.trustedTypes.createPolicy('another', {}) && 'done'"), "TypeError");
    assert_eq!(tried("return window.open('https://example.org')"), serde_json::Value::Null);
    let inline = "const script = document.createElement('script'); script.text = 'window.inlined = true';
        document.head.append(script); return window.inlined === true";
    assert_ne!(tried(inline), true);
    let address = window.script("location.href = 'https://example.org/'; return location.href", &[]);
    assert!(address.as_str().is_some_and(|address| address.starts_with("tauri://localhost")), "{address}");
    window.see("Explore a sample team");
    let fetched = window.script(
        "window.fetched = 'waiting'; fetch('https://127.0.0.1:9/').then(() => window.fetched = 'done', () => window.fetched = 'refused');",
        &[],
    );
    assert_eq!(fetched, serde_json::Value::Null);
    window.until("the network is refused", || window.script("return window.fetched", &[]) == "refused");
}

#[test]
fn the_size_of_the_window_is_remembered_however_it_ends() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let inner = "return [innerWidth, innerHeight]";
    let ends: [(u32, fn(Window)); 2] = [(1000, |window| window.close()), (900, |window| window.quit())];
    for (width, end) in ends {
        let window = device.start(&[]);
        window.resize(width, 700);
        window.until("the window has the new size", || window.script(inner, &[])[0] == width);
        let size = window.script(inner, &[]);
        end(window);
        let window = device.start(&[]);
        assert_eq!(window.script(inner, &[]), size);
        window.quit();
    }
}

#[test]
fn a_theme_is_chosen_for_all_windows_and_kept() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let background = || window.script("return getComputedStyle(document.body).backgroundColor", &[]);
    window.host(json!({ "setTheme": { "theme": "light" } }));
    window.until("the page is light", || {
        window.script("return document.documentElement.dataset.theme", &[]) == "light"
    });
    let light = background();
    window.host(json!({ "setTheme": { "theme": "dark" } }));
    window.until("the page is dark", || background() != light);
    let dark = background();
    window.quit();
    let window = device.start(&[]);
    assert_eq!(window.script("return getComputedStyle(document.body).backgroundColor", &[]), dark);
}

#[test]
fn quit_ends_the_program_at_once_while_a_native_dialog_is_open() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    // By the page, and by the menu's key while the dialog waits behind the window.
    let ways: [fn(&Window); 2] = [|window| window.ask_to_quit(), |window| window.press_really("ctrl+q")];
    for quit in ways {
        device.will_ask_a_person();
        let window = device.start(&[]);
        window.click("Open a team file…");
        window.activate("Open a team");
        quit(&window);
        let took = window.gone();
        assert!(took < AT_ONCE, "{took:?}");
    }
}

#[test]
fn quit_ends_the_program_at_once_while_a_menu_is_open() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    // By the page, and by the last entry of the menu itself.
    let ways: [fn(&Window); 2] = [
        |window| window.ask_to_quit(),
        |window| {
            window.press_in_front("Up");
            window.press_in_front("Return");
        },
    ];
    for quit in ways {
        let window = device.start(&[]);
        window.open_menu("alt+f");
        quit(&window);
        let took = window.gone();
        assert!(took < AT_ONCE, "{took:?}");
    }
}

#[test]
fn what_was_answered_before_quit_is_in_the_file() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let file = crate::start::new_team(&device, &window, "Payments");
    let one_after_another = "window.answered = 0;
        const add = (title) => window.__TAURI__.core.invoke('run',
            { command: { backlog: { addItem: { title, kind: 'feature', size: '1' } } } });
        const next = () => add(String(window.answered + 1)).then(() => { window.answered += 1; next() });
        next();";
    window.script(one_after_another, &[]);
    let answered = || window.script("return window.answered", &[]).as_u64().unwrap_or_default();
    window.until("some are answered", || answered() >= 5);
    let answered = answered();
    window.ask_to_quit();
    let took = window.gone();
    assert!(took < AT_ONCE, "{took:?}");

    let window = device.start(&[file.to_str().expect("a plain path")]);
    let backlog = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 1000 } } }));
    let rows = backlog["rows"].as_array().into_iter().flatten();
    let kept: Vec<&str> = rows.filter_map(|row| row["title"].as_str()).collect();
    for title in 1..=answered {
        assert!(kept.contains(&title.to_string().as_str()), "{title} of {answered} is lost: {kept:?}");
    }
    window.quit();
}

#[test]
fn quit_ends_the_program_at_once_while_an_import_runs_and_nothing_of_it_stays() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let rows: String = (1..=20_000).map(|n| format!("Row {n} of a long list,3\n")).collect();
    let list = device.document("long.csv");
    std::fs::write(&list, format!("Title,Points\n{rows}")).expect("a list");
    let window = device.start(&[]);
    let file = crate::start::new_team(&device, &window, "Payments");
    device.will_pick(&list);
    window.go("#/import");
    window.click("Choose files…");
    window.see("The first rows become");
    window.click("Preview");
    window.see("The first of the new items");
    window.press("Shift+Enter");
    window.until("the import runs", || {
        window.script("return document.querySelector('[role=progressbar]') !== null", &[]) == true
    });
    window.ask_to_quit();
    let took = window.gone();
    assert!(took < AT_ONCE, "{took:?}");

    let window = device.start(&[file.to_str().expect("a plain path")]);
    let backlog = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 1 } } }));
    assert_eq!(backlog["rows"], json!([]), "an import is whole or nothing");
    window.quit();
}
