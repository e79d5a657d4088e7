//! The real program in a real window, driven as a person would: by the texts that stand on it, the mouse and keys.
//!
//! 1. Each device is a folder and a screen of its own: settings, data, cache, the file that says what a dialog chooses; an
//!    X server in memory with a window manager. No two stories share a focus, a pointer or a key.
//! 2. Nothing waits for a time; everything waits for something to be seen, and says what was seen instead.
//! 3. Real keys go to a window only after the screen says that it is the active one.
//! 4. Where what this needs is not installed there is nothing to test; `scripts/test` installs it.
//! 5. A test that fails leaves a picture of the page and one of the whole screen in `target/screens`, and prints the
//!    windows, the processes and the last messages of the program. Nothing that it started outlives it.

use fantoccini::actions::{
    InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::OnceCell;
use std::io::BufRead as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long something may take to be seen; a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What a story needs beside the program: package, then program.
const NEEDED: [(&str, &str); 5] = [
    ("xvfb", "Xvfb"),
    ("openbox", "openbox"),
    ("webkit2gtk-driver", "WebKitWebDriver"),
    ("xdotool", "xdotool"),
    ("wmctrl", "wmctrl"),
];

/// What a person has set in other programs: native dialogs have a field for the path from the start. GTK loses letters
/// that are typed while it puts the field there.
const SETTINGS: &str =
    "[org/gtk/settings/file-chooser]\nlocation-mode='filename-entry'\nstartup-mode='cwd'\n";

/// Whether a real window can be tested here. Where it cannot, says so in one line.
pub fn has_screen() -> bool {
    static MISSING: OnceLock<Vec<&str>> = OnceLock::new();
    let missing = MISSING.get_or_init(|| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let installed =
            |program: &str| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
        NEEDED.iter().filter(|(_, program)| !installed(program)).map(|&(package, _)| package).collect()
    });
    if !missing.is_empty() {
        println!("skipped: {} not installed; scripts/test does it", missing.join(", "));
    }
    missing.is_empty()
}

/// A person's device: what the program remembers there, between its starts.
pub struct Device {
    folder: tempfile::TempDir,
    screen: OnceCell<Screen>,
    bus: Option<Bus>,
}

/// An X server in memory with a window manager.
struct Screen {
    display: String,
    processes: Vec<Child>,
    /// Where the server keeps its pixels.
    pixels: Option<tempfile::TempDir>,
}

/// A session bus.
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
        let settings = folder.path().join("config/glib-2.0/settings");
        std::fs::create_dir_all(&settings).expect("a folder for settings");
        std::fs::write(settings.join("keyfile"), SETTINGS).expect("the settings are written");
        let places = format!("XDG_DOCUMENTS_DIR=\"{}\"\n", documents.display());
        std::fs::write(folder.path().join("config/user-dirs.dirs"), places)
            .expect("the place of documents is written");
        Device { folder, screen: OnceCell::new(), bus: None }
    }

    /// The same device on a screen that is there already, such as `:7`.
    pub fn on_screen(self, display: &str) -> Device {
        let screen = Screen { display: display.to_owned(), processes: Vec::new(), pixels: None };
        Device { screen: OnceCell::from(screen), ..self }
    }

    /// A device with a session bus, as a desktop has; only what measures needs it, and `dbus-daemon`.
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

    /// Where the program keeps the daily copies of a file: in a folder that bears the FNV-1a hash of its path.
    pub fn copies_of(&self, file: &Path) -> PathBuf {
        let file = file.canonicalize().expect("the file is there");
        let hash =
            file.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        self.folder.path().join(format!("data/dev.evenkeel.desktop/backups/{hash:016x}"))
    }

    /// Makes the next file dialogs choose that path.
    pub fn will_pick(&self, path: &Path) {
        std::fs::write(self.pick_file(), path.as_os_str().as_encoded_bytes()).expect("the choice is written");
    }

    /// Chooses several files in the next dialog that takes them.
    pub fn will_pick_all(&self, paths: &[PathBuf]) {
        let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        std::fs::write(self.pick_file(), lines.join("\n")).expect("the choice is written");
    }

    /// Makes the next file dialogs close without a choice.
    pub fn will_pick_nothing(&self) {
        std::fs::write(self.pick_file(), "").expect("the choice is written");
    }

    /// Makes the next file dialogs appear, for a person to choose.
    pub fn will_ask_a_person(&self) {
        let _ = std::fs::remove_file(self.pick_file());
        assert!(!self.pick_file().exists(), "nothing is chosen in advance");
    }

    /// Starts the program and waits until its page has drawn itself.
    pub fn start(&self, arguments: &[&str]) -> Window<'_> {
        Window::start(self, arguments)
    }

    /// Starts the program once more beside the one that runs, and waits until this second start has ended.
    #[track_caller]
    pub fn start_again(&self, file: &Path) -> std::process::ExitStatus {
        let mut second = self.command(program()).arg(file).spawn().expect("a second start");
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(ended) = second.try_wait().expect("it can be waited for") {
                return ended;
            }
            assert!(Instant::now() < until, "the second start did not hand over; it is a program of its own");
            std::thread::sleep(Duration::from_millis(20));
        }
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
            .env(
                "PATH",
                format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap_or_default()),
            )
            .env("TZ", "Europe/Zurich")
            .env("LC_ALL", "C.UTF-8")
            .env("GDK_BACKEND", "x11")
            .env("GSETTINGS_BACKEND", "keyfile")
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", &self.screen().display);
        match &self.bus {
            Some(bus) => command.env("DBUS_SESSION_BUS_ADDRESS", &bus.address),
            None => command.env_remove("DBUS_SESSION_BUS_ADDRESS"),
        };
        command
    }

    /// All that runs in the folders of this device: the program, the processes of its pages, their driver.
    fn processes(&self) -> Vec<u32> {
        let home = format!("XDG_CONFIG_HOME={}", self.folder.path().join("config").display());
        let all = std::fs::read_dir("/proc").expect("processes are files").flatten();
        let all = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        all.filter(|&id| {
            let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
            runs(id) && environment.split(|&byte| byte == 0).any(|variable| variable == home.as_bytes())
        })
        .collect()
    }

    fn messages_file(&self) -> PathBuf {
        self.folder.path().join("messages")
    }

    /// What the program prints is told when a test fails; EVENKEEL_MESSAGES=1 shows it at once.
    fn messages(&self) -> Stdio {
        if std::env::var_os("EVENKEEL_MESSAGES").is_some() {
            return Stdio::inherit();
        }
        std::fs::File::create(self.messages_file()).expect("a file for messages").into()
    }

    fn screen(&self) -> &Screen {
        self.screen.get_or_init(Screen::start)
    }

    fn pick_file(&self) -> PathBuf {
        self.folder.path().join("pick")
    }
}

impl Screen {
    fn start() -> Screen {
        let pixels = tempfile::tempdir().expect("a folder for the pixels");
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1920x1200x24",
                "-nolisten",
                "tcp",
                "-noreset",
                "-fbdir",
            ])
            .arg(pixels.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        let told = server.stdout.take().expect("the screen tells its number");
        std::io::BufReader::new(told).read_line(&mut number).expect("a number");
        let display = format!(":{}", number.trim());
        let mut screen = Screen { display, processes: vec![server], pixels: Some(pixels) };
        let mut manager = screen.command("openbox");
        let manager =
            manager.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("openbox is installed");
        // Before the server, when the screen ends.
        screen.processes.insert(0, manager);
        let until = Instant::now() + PATIENCE;
        while screen.answer("wmctrl", &["-m"]).is_empty() {
            assert!(Instant::now() < until, "there is no window manager on {}", screen.display);
            std::thread::sleep(Duration::from_millis(20));
        }
        // A pointer that rests on the window would move the mouse of the page.
        screen.answer("xdotool", &["mousemove", "1919", "1199"]);
        screen
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.display);
        command
    }

    /// What a program prints about the screen; nothing where it fails.
    fn answer(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.command(program).args(arguments).stderr(Stdio::null()).output();
        let output = output.unwrap_or_else(|error| panic!("{program} is installed: {error}"));
        if output.status.success() {
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        } else {
            String::new()
        }
    }

    /// All windows that the window manager has, in the order of their coming.
    fn frames(&self) -> Vec<Frame> {
        self.answer("wmctrl", &["-u", "-l", "-p"]).lines().filter_map(Frame::read).collect()
    }

    /// The window that gets what is typed.
    fn active(&self) -> Option<u64> {
        self.answer("xdotool", &["getactivewindow"]).parse().ok()
    }

    /// What is on the screen, as the server keeps it.
    fn pixels(&self) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let folder = self.pixels.as_ref().ok_or("the screen is not ours")?;
        Ok(std::fs::read(folder.path().join("Xvfb_screen0"))?)
    }

    /// Saves a picture of everything that is on the screen.
    fn picture(&self, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
        let dump = self.pixels()?;
        // X window dump: numbers of 32 bits, the highest byte first; then the colours, 12 bytes each; then the rows.
        let number = |at: usize| -> Result<usize, Box<dyn std::error::Error>> {
            let bytes = dump.get(4 * at..4 * at + 4).ok_or("the dump has no head")?;
            Ok(u32::from_be_bytes(bytes.try_into()?).try_into()?)
        };
        let (head, width, height, row, colours) =
            (number(0)?, number(4)?, number(5)?, number(12)?, number(19)?);
        let rows = dump.get(head + 12 * colours..).ok_or("the dump has no rows")?;
        let seen = rows.chunks_exact(row).take(height).flat_map(|row| row.chunks_exact(4).take(width));
        let colours: Vec<u8> = seen.flat_map(|dot| [dot[2], dot[1], dot[0]]).collect();
        let file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let mut encoder = png::Encoder::new(file, width.try_into()?, height.try_into()?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header()?.write_image_data(&colours)?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        for process in &mut self.processes {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// A window as its manager knows it.
struct Frame {
    id: u64,
    process: u32,
    title: String,
}

impl Frame {
    /// A line of `wmctrl -lp`: identity, desktop, process, host, title.
    fn read(line: &str) -> Option<Frame> {
        let mut rest = line;
        let mut word = || {
            let (word, after) = rest.trim_start().split_once(' ')?;
            rest = after;
            Some(word)
        };
        let (id, _desktop, process, _host) = (word()?, word()?, word()?, word()?);
        let id = u64::from_str_radix(id.trim_start_matches("0x"), 16).ok()?;
        Some(Frame { id, process: process.parse().ok()?, title: rest.trim().to_owned() })
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
pub struct Window<'d> {
    client: Client,
    runtime: Runtime,
    driver: Child,
    device: &'d Device,
    process: OnceCell<u32>,
}

impl<'d> Window<'d> {
    fn start(device: &'d Device, arguments: &[&str]) -> Window<'d> {
        let port = free_port();
        let driver = device
            .command("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".into()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(device.messages())
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
        let window = Window { client, runtime, driver, device, process: OnceCell::new() };
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

    /// Puts the focus into the field with that label, by the mouse. A page may move just as the mouse arrives; then it misses,
    /// as a person's does.
    #[track_caller]
    pub fn focus(&self, label: &str) {
        self.until(&format!("the field “{label}” has the focus"), || {
            let field = self.field(label);
            self.wait(field.click()).unwrap_or_else(|error| panic!("“{label}” cannot be clicked: {error}"));
            let script = "return document.activeElement === arguments[0]";
            self.script(script, &[json!({ ELEMENT: String::from(field.element_id()) })]) == true
        });
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

    /// Presses keys on what has the focus: `Control+k`, `Alt+ArrowUp`, `Enter`, `s`, `+`.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let keys: Vec<char> = if keys == "+" { vec!['+'] } else { keys.split('+').map(key).collect() };
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
        let mut titles: Vec<String> = self.frames().into_iter().map(|frame| frame.title).collect();
        titles.sort();
        titles
    }

    /// Presses real keys, as a keyboard does, on this window: `ctrl+z`.
    #[track_caller]
    pub fn press_really(&self, keys: &str) {
        self.bring_to_front();
        self.press_in_front(keys);
    }

    /// Types really, as a keyboard does, on this window.
    #[track_caller]
    pub fn type_really(&self, text: &str) {
        self.bring_to_front();
        self.type_in_front(text);
    }

    #[track_caller]
    fn bring_to_front(&self) {
        self.until("the program has a window", || !self.frames().is_empty());
        let title = self.frames().into_iter().next().map(|frame| frame.title).unwrap_or_default();
        self.activate(&title);
    }

    /// Waits for a window of the program with that title, such as a dialog, and until it gets what is typed.
    #[track_caller]
    pub fn activate(&self, title: &str) {
        let screen = self.device.screen();
        self.until(&format!("the window “{title}” is active"), || {
            let Some(frame) = self.frames().into_iter().find(|frame| frame.title == title) else {
                return false;
            };
            if screen.active() == Some(frame.id) {
                return true;
            }
            screen.answer("xdotool", &["windowactivate", &frame.id.to_string()]);
            false
        });
    }

    /// Opens a menu of the window by its key, `alt+f`, and waits until it is there to take keys.
    #[track_caller]
    pub fn open_menu(&self, keys: &str) {
        self.press_really(keys);
        let process = self.process().unwrap_or_default().to_string();
        self.until("a menu is open", || {
            // A menu is a window of the program that the window manager does not know.
            let seen =
                self.device.screen().answer("xdotool", &["search", "--onlyvisible", "--pid", &process]);
            seen.lines().count() > self.frames().len()
        });
    }

    /// Waits until nothing moves on the screen: a dialog of the system says nothing else about being ready.
    #[track_caller]
    pub fn rest(&self) {
        let pixels = || self.device.screen().pixels().unwrap_or_default();
        self.until("nothing moves on the screen", || {
            let before = pixels();
            (0..4).all(|_| {
                std::thread::sleep(Duration::from_millis(50));
                pixels() == before
            })
        });
    }

    /// Types really on whatever window is in front, such as a dialog.
    pub fn type_in_front(&self, text: &str) {
        self.device.screen().answer("xdotool", &["type", "--delay", "20", text]);
    }

    /// Presses real keys on whatever window is in front, such as a dialog or a menu.
    pub fn press_in_front(&self, keys: &str) {
        self.device.screen().answer("xdotool", &["key", "--clearmodifiers", keys]);
    }

    /// Ends the program as *Quit* does, and waits until it is gone.
    #[track_caller]
    pub fn quit(self) {
        self.process();
        self.ask_to_quit();
        self.gone();
    }

    /// Asks the program to end as *Quit* does, and waits for nothing.
    pub fn ask_to_quit(&self) {
        // The script is answered before the program ends.
        let quit = "setTimeout(() => window.__TAURI__.core.invoke('host', { request: { quit: {} } }), 10)";
        self.script(quit, &[]);
    }

    /// Closes the only window as its frame does, and waits until the program is gone.
    #[track_caller]
    pub fn close(self) {
        self.process();
        self.until("the program has a window", || !self.frames().is_empty());
        for frame in self.frames() {
            // What a window manager sends for the cross on the frame.
            let closed = self
                .device
                .screen()
                .command("wmctrl")
                .args(["-i", "-c", &format!("{:#x}", frame.id)])
                .status();
            assert!(closed.is_ok_and(|status| status.success()), "wmctrl closes windows");
        }
        self.gone();
    }

    /// Waits until the program has ended; answers how long that took.
    #[track_caller]
    pub fn gone(self) -> Duration {
        let started = Instant::now();
        let process = self.process.get().copied();
        while process.is_some_and(runs) {
            assert!(started.elapsed() < PATIENCE, "the program did not end");
            std::thread::sleep(Duration::from_millis(5));
        }
        started.elapsed()
    }

    /// The number of the program's process.
    pub fn process(&self) -> Option<u32> {
        if let Some(&known) = self.process.get() {
            return Some(known);
        }
        let program = program().to_string_lossy().into_owned();
        let found = self.device.processes().into_iter().find(|id| {
            let link = std::fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
            // A build may have replaced the file meanwhile.
            link.to_string_lossy().trim_end_matches(" (deleted)") == program
        })?;
        Some(*self.process.get_or_init(|| found))
    }

    /// The windows of the program, as the screen numbers them.
    fn frames(&self) -> Vec<Frame> {
        let Some(process) = self.process() else { return Vec::new() };
        let frames = self.device.screen().frames().into_iter();
        frames.filter(|frame| frame.process == process && !frame.title.is_empty()).collect()
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

    /// Says what a person needs who was not there.
    fn explain(&self) {
        let folder = pictures();
        let _ = std::fs::create_dir_all(&folder);
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let screen = self.device.screen();
        let path = folder.join(format!("failed-{name}-screen.png"));
        match screen.picture(&path) {
            Ok(()) => eprintln!("picture of the screen: {}", path.display()),
            Err(error) => eprintln!("no picture of the screen: {error}"),
        }
        let active = screen.active();
        for Frame { id, process, title } in screen.frames() {
            let active = if active == Some(id) { ", active" } else { "" };
            eprintln!("window “{title}” of process {process}{active}");
        }
        for id in self.device.processes() {
            let read = |file: &str| std::fs::read_to_string(format!("/proc/{id}/{file}")).unwrap_or_default();
            let status = read("status");
            let state = status.lines().find(|line| line.starts_with("State:")).unwrap_or_default();
            eprintln!("process {id} {}: {state}, waits in {}", read("comm").trim(), read("wchan"));
        }
        let messages = std::fs::read(self.device.messages_file()).unwrap_or_default();
        let messages = String::from_utf8_lossy(&messages);
        for line in messages.lines().rev().take(20).collect::<Vec<_>>().iter().rev() {
            eprintln!("the program said: {line}");
        }
        // The program may be gone or hang; then there is no page to picture.
        let patience = Duration::from_secs(5);
        let taken = async { tokio::time::timeout(patience, self.client.screenshot()).await };
        if let Ok(Ok(bytes)) = self.runtime.block_on(taken) {
            let path = folder.join(format!("failed-{name}.png"));
            if std::fs::write(&path, bytes).is_ok() {
                eprintln!("picture of the page: {}", path.display());
            }
        }
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.explain();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        for process in self.device.processes() {
            let _ = Command::new("kill").args(["-KILL", &process.to_string()]).stderr(Stdio::null()).status();
        }
    }
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

/// Whether a process has not ended; one that nobody has asked for its end has ended.
fn runs(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    !stat.is_empty() && !stat.contains(") Z ")
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
