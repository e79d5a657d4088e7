//! The real program in a real window, driven as a person would: by the texts that stand on it, the mouse and keys.
//!
//! 1. Each device is a folder of its own: settings, data, cache, and the file that says what a dialog chooses.
//! 2. Nothing waits for a time; everything waits for something to be seen, and says what was seen instead.
//! 3. Without a screen there is nothing to test; `scripts/test` brings one.
//! 4. A test that fails leaves a picture in `target/screens`.

use fantoccini::actions::{
    InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::BufRead as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long something may take to be seen; a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Real keys and the real mouse go to the window in front: who uses them has the screen alone.
static SCREEN: RwLock<()> = RwLock::new(());

/// Whether there is a screen. Where there is none, says so in one line.
pub fn has_screen() -> bool {
    let has = std::env::var_os("DISPLAY").is_some();
    if !has {
        println!("skipped: there is no screen; scripts/test brings one");
    }
    has
}

/// A person's device: what the program remembers there, between its starts.
pub struct Device {
    folder: tempfile::TempDir,
    person_has_screen_alone: bool,
    bus: Option<Bus>,
}

/// A session bus, on which one start of the program finds another.
struct Bus {
    daemon: Child,
    address: String,
}

impl Default for Device {
    fn default() -> Device {
        Device::new()
    }
}

impl Device {
    /// A device on which the program was never started.
    pub fn new() -> Device {
        let folder = tempfile::tempdir().expect("a folder for the device");
        let documents = folder.path().join("Documents");
        std::fs::create_dir_all(&documents).expect("a folder for documents");
        std::fs::create_dir_all(folder.path().join("config")).expect("a folder for settings");
        let places = format!("XDG_DOCUMENTS_DIR=\"{}\"\n", documents.display());
        std::fs::write(folder.path().join("config/user-dirs.dirs"), places)
            .expect("the place of documents is written");
        Device { folder, person_has_screen_alone: false, bus: None }
    }

    /// A device that has the screen alone, for real keys.
    pub fn with_real_keys() -> Device {
        Device { person_has_screen_alone: true, ..Device::new() }
    }

    /// A device with a session bus, as a desktop has.
    pub fn with_session() -> Device {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut address = String::new();
        let told = daemon.stdout.take().expect("the daemon tells its address");
        std::io::BufReader::new(told).read_line(&mut address).expect("an address");
        Device { bus: Some(Bus { daemon, address: address.trim().to_owned() }), ..Device::new() }
    }

    /// A path among the documents of the device.
    pub fn document(&self, name: &str) -> PathBuf {
        self.folder.path().join("Documents").join(name)
    }

    /// Makes the next file dialogs choose that path.
    pub fn will_pick(&self, path: &Path) {
        std::fs::write(self.pick_file(), path.as_os_str().as_encoded_bytes()).expect("the choice is written");
    }

    /// Makes the next file dialogs close without a choice.
    pub fn will_pick_nothing(&self) {
        std::fs::write(self.pick_file(), "").expect("the choice is written");
    }

    /// Makes the next file dialogs appear, for a person to choose.
    pub fn will_ask_a_person(&self) {
        std::fs::remove_file(self.pick_file()).expect("a choice was made before");
    }

    /// Starts the program and waits until its page has drawn itself.
    pub fn start(&self, arguments: &[&str]) -> Window {
        Window::start(self, arguments)
    }

    /// The program as a command, with the folders of this device and without a session bus, on which programs of other
    /// tests would be met.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let folder = self.folder.path();
        command
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .env("EVENKEEL_PICK", self.pick_file())
            .env("TZ", "Europe/Zurich")
            .env("LC_ALL", "C.UTF-8")
            .env("GDK_BACKEND", "x11");
        match &self.bus {
            Some(bus) => command.env("DBUS_SESSION_BUS_ADDRESS", &bus.address),
            None => command.env_remove("DBUS_SESSION_BUS_ADDRESS"),
        };
        command
    }

    fn pick_file(&self) -> PathBuf {
        self.folder.path().join("pick")
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// The program that the same build made.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("the test has a path");
    let folder = test.ancestors().find(|folder| folder.join("evenkeel-desktop").is_file());
    folder.expect("the desktop program is built: cargo build -p evenkeel-desktop").join("evenkeel-desktop")
}

/// The running program, seen through one of its windows.
pub struct Window {
    client: Client,
    runtime: Runtime,
    driver: Child,
    home: PathBuf,
    _screen: Screen,
}

#[expect(dead_code, reason = "held until the window is gone, never read")]
enum Screen {
    Shared(RwLockReadGuard<'static, ()>),
    Alone(RwLockWriteGuard<'static, ()>),
}

impl Window {
    fn start(device: &Device, arguments: &[&str]) -> Window {
        let screen = if device.person_has_screen_alone {
            Screen::Alone(SCREEN.write().unwrap_or_else(std::sync::PoisonError::into_inner))
        } else {
            Screen::Shared(SCREEN.read().unwrap_or_else(std::sync::PoisonError::into_inner))
        };
        let port = free_port();
        let driver = device
            .command("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".into()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(messages())
            .spawn()
            .expect("WebKitWebDriver is installed (package webkit2gtk-driver)");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let wanted = json!({
            "browserName": "wry",
            "webkitgtk:browserOptions": { "binary": program(), "args": arguments },
        });
        let Value::Object(wanted) = wanted else { unreachable!("it is an object") };
        let address = format!("http://127.0.0.1:{port}");
        let client = runtime.block_on(async {
            let until = Instant::now() + PATIENCE;
            loop {
                let mut builder = ClientBuilder::new(HttpConnector::new());
                match builder.capabilities(wanted.clone()).connect(&address).await {
                    Ok(client) => return client,
                    // The driver may not listen yet.
                    Err(_) if Instant::now() < until => tokio::time::sleep(Duration::from_millis(50)).await,
                    Err(error) => panic!("the program did not start: {error}"),
                }
            }
        });
        let window =
            Window { client, runtime, driver, home: device.folder.path().to_owned(), _screen: screen };
        window.until("the page has drawn itself", || {
            window.script("return document.querySelector('main') !== null", &[]).as_bool() == Some(true)
        });
        window.until("the window is shown", || !window.titles().is_empty());
        window
    }

    /// Clicks the control that bears a text: a button, a link, an entry of a list or menu, a tab, a check box.
    ///
    /// Of several, the one whose whole text it is comes before one that begins with it, and that before one that holds it.
    #[track_caller]
    pub fn click(&self, text: &str) {
        let control = self.control(text);
        self.wait(control.click()).unwrap_or_else(|error| panic!("“{text}” cannot be clicked: {error}"));
    }

    /// Writes into the field with that label, in place of what stands there.
    #[track_caller]
    pub fn write(&self, label: &str, text: &str) {
        let field = self.field(label);
        self.wait(field.clear()).unwrap_or_else(|error| panic!("“{label}” cannot be cleared: {error}"));
        self.wait(field.send_keys(text)).unwrap_or_else(|error| panic!("“{label}” takes no text: {error}"));
    }

    /// Puts the focus into the field with that label.
    #[track_caller]
    pub fn focus(&self, label: &str) {
        let field = self.field(label);
        self.wait(field.click()).unwrap_or_else(|error| panic!("“{label}” cannot be clicked: {error}"));
    }

    /// What stands in the field with that label.
    #[track_caller]
    pub fn value(&self, label: &str) -> String {
        let field = self.field(label);
        self.wait(field.prop("value")).ok().flatten().unwrap_or_default()
    }

    /// Sets a date or a choice, which have no letters of their own to type: `2026-11-30`, `bug`.
    #[track_caller]
    pub fn set(&self, label: &str, value: &str) {
        let field = self.field(label);
        let script = "const [field, value] = arguments; field.focus(); field.value = value;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.script(script, &[json!({ ELEMENT: String::from(field.element_id()) }), json!(value)]);
    }

    /// Presses keys on what has the focus: `Control+k`, `Alt+ArrowUp`, `Enter`, `s`.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let keys: Vec<char> = keys.split('+').map(key).collect();
        let down = keys.iter().map(|&value| KeyAction::Down { value });
        let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
        let actions =
            down.chain(up).fold(KeyActions::new("keyboard".into()), |actions, key| actions.then(key));
        self.wait(self.client.perform_actions(actions)).expect("the keys are pressed");
    }

    /// Drags one element onto another with the mouse: the press moves the focus, as a person's does. Both are named in CSS.
    #[track_caller]
    pub fn drag(&self, from: &str, onto: &str) {
        let found = |css: &str| {
            let script = "return document.querySelector(arguments[0])";
            self.found(&format!("an element {css}"), script, css)
        };
        let to = |element: Element, x: f64, y: f64| PointerAction::MoveToElement {
            element,
            duration: Some(Duration::from_millis(40)),
            x,
            y,
        };
        let actions = MouseActions::new("mouse".into())
            .then(to(found(from), 0.0, 0.0))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(to(found(from), 6.0, 4.0))
            .then(to(found(onto), 0.0, 0.0))
            .then(to(found(onto), 2.0, 3.0))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.wait(self.client.perform_actions(actions)).expect("the mouse drags");
    }

    /// Types a text on what has the focus.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let keys = text.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        let actions = keys.fold(KeyActions::new("keyboard".into()), |actions, key| actions.then(key));
        self.wait(self.client.perform_actions(actions)).expect("the text is typed");
    }

    /// Waits until a text is seen.
    #[track_caller]
    pub fn see(&self, text: &str) {
        self.until(&format!("“{text}” is seen"), || self.text().contains(text));
    }

    /// Waits until a text is no longer seen.
    #[track_caller]
    pub fn see_no(&self, text: &str) {
        self.until(&format!("“{text}” is gone"), || !self.text().contains(text));
    }

    /// What can be read in the window, as it is laid out.
    pub fn text(&self) -> String {
        let text = self.script("return document.body.innerText", &[]);
        text.as_str().unwrap_or_default().replace('\u{a0}', " ")
    }

    /// Waits until something holds; says what could be read in the window when it does not.
    #[track_caller]
    pub fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let until = Instant::now() + PATIENCE;
        while !holds() {
            if Instant::now() > until {
                panic!(
                    "waited in vain until {what}. The frames say {:?}, the page says:\n{}",
                    self.titles(),
                    self.text()
                );
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Makes the page go to an address of its own: `#/backlog`.
    pub fn go(&self, address: &str) {
        self.script("location.hash = arguments[0]", &[json!(address)]);
    }

    /// Asks the open team, as the page does; for what cannot be seen.
    #[track_caller]
    pub fn ask(&self, query: Value) -> Value {
        self.call("ask", json!({ "query": query }))
    }

    /// Changes the open team, as the page does: through its own door, so that it asks again.
    #[track_caller]
    pub fn run(&self, command: Value) -> Value {
        let script = "const [command, done] = arguments;
            import(new URL('host.js', location.origin)).then((door) => door.run(command))
                .then((value) => done({ value }), (error) => done({ error: { ...error, message: error.message } }));";
        self.answer(script, vec![command])
    }

    /// Asks the desktop, as the page does.
    #[track_caller]
    pub fn host(&self, request: Value) -> Value {
        self.call("host", json!({ "request": request }))
    }

    #[track_caller]
    fn call(&self, name: &str, arguments: Value) -> Value {
        let script = "const [name, sent, done] = arguments;
            window.__TAURI__.core.invoke(name, sent).then((value) => done({ value }), (error) => done({ error }));";
        self.answer(script, vec![json!(name), arguments])
    }

    #[track_caller]
    fn answer(&self, script: &str, sent: Vec<Value>) -> Value {
        let answer = self.wait(self.client.execute_async(script, sent.clone()));
        let answer = answer.unwrap_or_else(|error| panic!("{sent:?}: {error}"));
        if let Some(error) = answer.get("error") {
            panic!("{sent:?} was refused: {error}");
        }
        answer["value"].clone()
    }

    /// Runs a script in the page; answers what it returns.
    #[track_caller]
    pub fn script(&self, script: &str, arguments: &[Value]) -> Value {
        let answer = self.wait(self.client.execute(script, arguments.to_vec()));
        answer.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// The outer size of the window, in pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.wait(self.client.set_window_size(width, height)).expect("the window takes a size");
    }

    /// Saves a picture of the page in `target/screens` and answers where.
    pub fn picture(&self, name: &str) -> PathBuf {
        // The driver waits for a frame, and an idle page draws none: a pixel in the corner changes for a while. Two
        // frames later, what was drawn last is on the screen.
        let frames = "
            const done = arguments[0];
            const pixel = document.createElement('div');
            for (const [name, value] of Object.entries({ position: 'fixed', right: '0', bottom: '0', width: '1px', height: '1px' }))
                pixel.style.setProperty(name, value);
            document.body.append(pixel);
            let count = 0;
            const timer = setInterval(() => {
                pixel.style.setProperty('background', ++count % 2 ? '#808080' : '#818181');
                if (count === 4) done({});
                if (count > 100) { clearInterval(timer); pixel.remove(); }
            }, 40);";
        let path = pictures().join(format!("{name}.png"));
        let taken = async {
            self.client.execute_async(frames, Vec::new()).await?;
            self.client.screenshot().await
        };
        // A picture is for people to look at; a test goes on without it.
        match self.wait(async { tokio::time::timeout(PATIENCE, taken).await }) {
            Ok(Ok(bytes)) => {
                std::fs::create_dir_all(pictures()).expect("a folder for pictures");
                std::fs::write(&path, bytes).expect("the picture is written");
            }
            _ => println!("no picture of {name}"),
        }
        path
    }

    /// How many windows the program has.
    pub fn windows(&self) -> usize {
        self.wait(self.client.windows()).map_or(0, |windows| windows.len())
    }

    /// The titles on the frames of the program's windows.
    pub fn titles(&self) -> Vec<String> {
        let mut titles: Vec<String> =
            self.frames().iter().map(|id| xdotool(&["getwindowname", id])).collect();
        titles.retain(|title| !title.is_empty());
        titles.sort();
        titles
    }

    /// Presses real keys, as a keyboard does, on this window: `ctrl+z`. The device must have the screen alone.
    pub fn press_really(&self, keys: &str) {
        self.bring_to_front();
        xdotool(&["key", "--clearmodifiers", keys]);
    }

    /// Types really, as a keyboard does, on this window. The device must have the screen alone.
    pub fn type_really(&self, text: &str) {
        self.bring_to_front();
        xdotool(&["type", "--delay", "20", text]);
    }

    fn bring_to_front(&self) {
        self.until("the program has a window", || !self.frames().is_empty());
        for id in self.frames().iter().take(1) {
            xdotool(&["windowactivate", "--sync", id]);
        }
    }

    /// Types really on whatever window is in front, such as a dialog.
    pub fn type_in_front(&self, text: &str) {
        xdotool(&["type", "--delay", "20", text]);
    }

    /// Presses real keys on whatever window is in front, such as a dialog.
    pub fn press_in_front(&self, keys: &str) {
        xdotool(&["key", "--clearmodifiers", keys]);
    }

    /// Ends the program as *Quit* does, and waits until it is gone.
    pub fn quit(self) {
        let process = self.process();
        let quit = "window.__TAURI__.core.invoke('host', { request: { quit: {} } })";
        // The program may be gone before it answers.
        let _ = self.wait(self.client.execute(quit, Vec::new()));
        self.gone(process);
    }

    /// Closes the only window as its frame does, and waits until the program is gone.
    pub fn close(self) {
        let process = self.process();
        for id in self.frames() {
            // What a window manager sends for the cross on the frame.
            let status = Command::new("wmctrl").args(["-i", "-c", &id]).status();
            assert!(status.is_ok_and(|status| status.success()), "wmctrl closes windows");
        }
        self.gone(process);
    }

    fn gone(mut self, process: Option<u32>) {
        let until = Instant::now() + PATIENCE;
        while process.is_some_and(|id| Path::new(&format!("/proc/{id}/cmdline")).exists() && !is_zombie(id)) {
            assert!(Instant::now() < until, "the program did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
        self.end();
    }

    /// The number of the program's process.
    pub fn process(&self) -> Option<u32> {
        let home = format!("XDG_CONFIG_HOME={}", self.home.join("config").display());
        let program = program().to_string_lossy().into_owned();
        let processes = std::fs::read_dir("/proc").ok()?.flatten();
        processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).find(|id| {
            let link = std::fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
            // A build may have replaced the file meanwhile.
            let is_program = link.to_string_lossy().trim_end_matches(" (deleted)") == program;
            let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
            is_program && environment.split(|&byte| byte == 0).any(|variable| variable == home.as_bytes())
        })
    }

    /// The windows of the program, as the screen numbers them.
    fn frames(&self) -> Vec<String> {
        let Some(process) = self.process() else { return Vec::new() };
        let found = xdotool(&["search", "--onlyvisible", "--pid", &process.to_string()]);
        found.lines().map(str::to_owned).filter(|id| !xdotool(&["getwindowname", id]).is_empty()).collect()
    }

    #[track_caller]
    fn control(&self, text: &str) -> Element {
        let script = "const wanted = arguments[0].toLowerCase();
            const plain = (text) => (text ?? '').replace(/\\s+/g, ' ').trim().toLowerCase();
            const named = (node) => plain(node.getAttribute('aria-label')) || plain(node.innerText) || plain(node.title);
            const kinds = 'button, a[href], summary, label, select, input[type=checkbox], input[type=radio], [role=button], '
                + '[role=menuitem], [role=menuitemradio], [role=option], [role=tab], [role=link], [role=row], [role=checkbox]';
            const top = [...document.querySelectorAll('dialog[open], [popover=auto]:popover-open')].at(-1) ?? document;
            const seen = [...top.querySelectorAll(kinds)].filter((node) => node.checkVisibility() && !node.disabled);
            return seen.find((node) => named(node) === wanted)
                ?? seen.find((node) => named(node).startsWith(wanted))
                ?? seen.find((node) => named(node).includes(wanted)) ?? null;";
        self.found(&format!("a control “{text}”"), script, text)
    }

    #[track_caller]
    fn field(&self, label: &str) -> Element {
        let script = "const wanted = arguments[0].toLowerCase();
            const plain = (text) => (text ?? '').replace(/\\s+/g, ' ').trim().toLowerCase();
            const names = (node) => [node.getAttribute('aria-label'), node.placeholder, node.name,
                ...[...(node.labels ?? [])].map((label) => label.textContent)].map(plain);
            const top = [...document.querySelectorAll('dialog[open], [popover=auto]:popover-open')].at(-1) ?? document;
            const seen = [...top.querySelectorAll('input, textarea, select, [contenteditable=true]')]
                .filter((node) => node.checkVisibility() && !node.disabled);
            return seen.find((node) => names(node).includes(wanted))
                ?? seen.find((node) => names(node).some((name) => name.startsWith(wanted))) ?? null;";
        self.found(&format!("a field “{label}”"), script, label)
    }

    #[track_caller]
    fn found(&self, what: &str, script: &str, text: &str) -> Element {
        let until = Instant::now() + PATIENCE;
        loop {
            let answer = self.script(script, &[json!(text)]);
            if let Some(id) = answer.get(ELEMENT).and_then(Value::as_str) {
                return Element::from_element_id(self.client.clone(), id.to_owned().into());
            }
            if Instant::now() > until {
                panic!("there is no {what}. The window says:\n{}", self.text());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        // A driver that no longer answers fails the test instead of holding up all others.
        self.runtime
            .block_on(async { tokio::time::timeout(3 * PATIENCE, work).await.expect("the driver answers") })
    }

    fn end(&mut self) {
        if let Some(process) = self.process() {
            // It is ours: it runs in the folders of this device.
            let _ = Command::new("kill").arg(process.to_string()).status();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
            // The program may be gone; then there is nothing to picture.
            let patience = Duration::from_secs(5);
            let taken = async { tokio::time::timeout(patience, self.client.screenshot()).await };
            if let Ok(Ok(bytes)) = self.runtime.block_on(taken) {
                let folder = pictures();
                let path = folder.join(format!("failed-{name}.png"));
                let _ = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, bytes));
                eprintln!("picture: {}", path.display());
            }
        }
        self.end();
    }
}

/// What the program prints is of use to a person who looks for a mistake: EVENKEEL_MESSAGES=1 shows it.
fn messages() -> Stdio {
    if std::env::var_os("EVENKEEL_MESSAGES").is_some() { Stdio::inherit() } else { Stdio::null() }
}

/// The folder of pictures, beside what the build makes.
fn pictures() -> PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    project.parent().unwrap_or(project).join("target/screens")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}

fn is_zombie(process: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| stat.contains(") Z "))
}

fn xdotool(arguments: &[&str]) -> String {
    let output =
        Command::new("xdotool").args(arguments).stderr(Stdio::null()).output().expect("xdotool is installed");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The key of that name, as WebDriver writes it.
fn key(name: &str) -> char {
    match name {
        "Control" => '\u{e009}',
        "Shift" => '\u{e008}',
        "Alt" => '\u{e00a}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Tab" => '\u{e004}',
        "Backspace" => '\u{e003}',
        "Delete" => '\u{e017}',
        "Space" => ' ',
        "Home" => '\u{e011}',
        "End" => '\u{e010}',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        _ => {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                _ => panic!("there is no key {name}"),
            }
        }
    }
}
