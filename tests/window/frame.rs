//! The window as a place: what the page may do in it, its size, its themes.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::json;

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
    let ends: [(u32, fn(Window)); 2] = [(1000, Window::close), (900, Window::quit)];
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
