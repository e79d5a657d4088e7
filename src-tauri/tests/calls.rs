//! The three calls through Tauri's own way from page to Rust, without a display: arguments, rights, answers, errors.

// A test stops at what it did not expect.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use shell::{Shell, context, prepared};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager as _, WebviewWindow, WebviewWindowBuilder};

/// The calls, as the page names them.
const CALLS: [&str; 3] = ["run", "ask", "host"];

struct Program {
    app: App<MockRuntime>,
    _folder: tempfile::TempDir,
}

impl Program {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = prepared(mock_builder()).build(context()).unwrap();
        app.manage(Shell::<MockRuntime>::new(folder.path(), folder.path()));
        Self { app, _folder: folder }
    }

    fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        WebviewWindowBuilder::new(&self.app, label, Default::default()).build().unwrap()
    }
}

fn call(
    window: &WebviewWindow<MockRuntime>,
    name: &str,
    arguments: Value,
    from: &str,
) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: name.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: from.parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.into(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize::<Value>().unwrap())
}

fn arguments(name: &str) -> Value {
    match name {
        "run" => json!({ "command": { "journal": { "undo": {} } } }),
        "ask" => json!({ "query": { "journal": { "undoState": {} } } }),
        _ => json!({ "request": { "recent": {} } }),
    }
}

/// Refused by the rights, before our code is reached: a text, where our code answers an error with a kind.
fn refused_by_rights(answer: &Result<Value, Value>) -> bool {
    matches!(answer, Err(Value::String(text)) if text.contains("not allowed"))
}

#[test]
fn a_team_window_may_make_the_three_calls_and_no_other_window_any() {
    let program = Program::new();
    for (label, allowed) in
        [("team-1", true), ("team-27", true), ("presenter", false), ("main", false), ("team", false)]
    {
        let window = program.window(label);
        for name in CALLS {
            let answer = call(&window, name, arguments(name), "tauri://localhost");
            assert_eq!(refused_by_rights(&answer), !allowed, "{name} from {label}: {answer:?}");
        }
    }
}

#[test]
fn a_page_from_elsewhere_may_call_nothing() {
    let program = Program::new();
    let window = program.window("team-1");
    for name in CALLS {
        let answer = call(&window, name, arguments(name), "https://example.org");
        assert!(refused_by_rights(&answer), "{name}: {answer:?}");
    }
}

#[test]
fn a_team_window_may_use_no_part_of_the_desktop_but_by_our_calls() {
    let program = Program::new();
    let window = program.window("team-1");
    for name in [
        "plugin:dialog|open",
        "plugin:dialog|save",
        "plugin:dialog|message",
        "plugin:event|emit",
        "plugin:event|emit_to",
        "plugin:window|close",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:app|version",
        "plugin:path|resolve_directory",
        "plugin:menu|new",
        "plugin:resources|close",
        "plugin:image|from_path",
        "plugin:fs|read_file",
    ] {
        let answer = call(&window, name, json!({}), "tauri://localhost");
        assert!(answer.is_err(), "{name}: {answer:?}");
        let text = answer.unwrap_err().to_string();
        assert!(text.contains("not allowed") || text.contains("not found"), "{name}: {text}");
    }
}

#[test]
fn without_a_team_a_command_and_a_question_are_refused_with_a_way_out() {
    let program = Program::new();
    let window = program.window("team-1");
    for name in ["run", "ask"] {
        let error = call(&window, name, arguments(name), "tauri://localhost").unwrap_err();
        assert!(error["message"].as_str().unwrap().contains("No team is open"), "{name}: {error}");
        assert!(!error["hint"].as_str().unwrap().is_empty(), "{name}: {error}");
    }
}

#[test]
fn a_command_and_a_question_come_with_a_token_and_a_channel_or_without() {
    let program = Program::new();
    let window = program.window("team-1");
    for name in ["run", "ask"] {
        for along in [json!({}), json!({ "token": "1", "progress": "__CHANNEL__:7" })] {
            let mut sent = arguments(name);
            sent.as_object_mut().unwrap().extend(along.as_object().unwrap().clone());
            let error = call(&window, name, sent, "tauri://localhost").unwrap_err();
            assert_eq!(error["kind"], "refused", "understood, and refused without a team: {name}: {error}");
        }
    }
}

#[test]
fn a_request_that_nobody_knows_is_an_error_with_a_kind() {
    let program = Program::new();
    let window = program.window("team-1");
    for request in
        [json!({ "formatDisk": {} }), json!({ "recent": { "path": "/etc" } }), json!("recent"), json!(null)]
    {
        let error = call(&window, "host", json!({ "request": request }), "tauri://localhost").unwrap_err();
        assert_eq!(error["kind"], "internal", "{request}: {error}");
    }
}

#[test]
fn an_attachment_that_was_not_picked_here_is_refused() {
    let program = Program::new();
    let window = program.window("team-1");
    let mut question = arguments("ask");
    question["attachment"] = json!("file-1");
    let error = call(&window, "ask", question, "tauri://localhost").unwrap_err();
    assert!(error["message"].as_str().unwrap().contains("picked"), "{error}");
}

#[test]
fn settings_of_the_device_are_kept() {
    let program = Program::new();
    let window = program.window("team-1");
    let host =
        |request: Value| call(&window, "host", json!({ "request": request }), "tauri://localhost").unwrap();
    let ana = json!({ "person": "Ana", "theme": "dark" });
    assert_eq!(host(json!({ "setSettings": { "settings": ana } })), ana);
    assert_eq!(host(json!({ "settings": {} })), ana);
    let info = host(json!({ "windowInfo": {} }));
    assert_eq!((&info["team"], &info["settings"]), (&Value::Null, &ana));
}
