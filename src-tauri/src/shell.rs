//! The three calls of the page, and what each window holds.
//!
//! 1. The body of every call runs on a thread of its own kind (`blocking`), never on the thread of the windows.
//! 2. A panic in a call is an answer of kind `internal`; the window stays usable.
//! 3. A team file is open in one window; the window's label is the key to all that belongs to it.
//! 4. `cancel` takes no lock that a running command holds.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use app::{AppError, Cancel, ErrorKind, Progress, StoreError};
use serde_json::Value;
use tauri::ipc::{Channel, JavaScriptChannelId, Response};
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime, WebviewWindow};

use crate::device::Device;
use crate::menu::WindowMenu;
use crate::team::{self, Call, OpenTeam};
use crate::windows;
use crate::{damage, host};

/// How many picked files a window keeps; picking one more lets the oldest go.
const PICKED_FILES: usize = 4;

/// Changes the open team by one command; answers its outcome. `token` names the call to `cancel`.
#[tauri::command]
pub async fn run<R: Runtime>(
    window: WebviewWindow<R>,
    command: Value,
    attachment: Option<String>,
    token: Option<String>,
    progress: Option<JavaScriptChannelId>,
) -> Result<Response, AppError> {
    let app = window.app_handle().clone();
    let label = window.label().to_owned();
    call(window, attachment, token, progress, move |desk, call| {
        let outcome = desk.with_team(|team| {
            // It would let the command wait; none begins before the command has ended.
            desk.stop_look();
            team.run(&command, call)
        });
        windows::describe(&app, &label);
        outcome
    })
    .await
}

/// Answers a question about the open team; changes nothing. `token` names the call to `cancel`.
#[tauri::command]
pub async fn ask<R: Runtime>(
    window: WebviewWindow<R>,
    query: Value,
    attachment: Option<String>,
    token: Option<String>,
    progress: Option<JavaScriptChannelId>,
) -> Result<Response, AppError> {
    call(window, attachment, token, progress, move |desk, call| desk.with_team(|team| team.ask(&query, call)))
        .await
}

/// Does what only a desktop can do.
#[tauri::command]
pub async fn host<R: Runtime>(window: WebviewWindow<R>, request: Value) -> Result<Value, AppError> {
    blocking(move || {
        window.state::<Shell<R>>().desk(window.label()).settle();
        host::answer(&window, team::read("request", request)?)
    })
    .await
}

/// Does `act` with all that came with a call.
async fn call<R: Runtime>(
    window: WebviewWindow<R>,
    attachment: Option<String>,
    token: Option<String>,
    progress: Option<JavaScriptChannelId>,
    act: impl FnOnce(&Desk<R>, &Call<'_>) -> Result<String, AppError> + Send + 'static,
) -> Result<Response, AppError> {
    let desk = window.state::<Shell<R>>().desk(window.label());
    // Before a thread is waited for: a `cancel` that follows at once must find it.
    let running = Running::new(desk.clone(), token);
    blocking(move || {
        desk.settle();
        let attachment = attachment.map(|handle| desk.picked(&handle)).transpose()?;
        let progress: Option<Channel<Progress>> =
            progress.map(|channel| channel.channel_on(window.as_ref().clone()));
        let call = Call {
            device: &window.state::<Shell<R>>().device.get(),
            attachment: attachment.as_deref().map(Vec::as_slice),
            progress: &now_and_then(|step| {
                if let Some(progress) = &progress {
                    // A page that has gone hears nothing; the work goes on.
                    let _ = progress.send(step);
                }
            }),
            cancel: &running.cancel,
        };
        let answer = act(&desk, &call);
        answer.map(Response::new).map_err(|error| told(error, &window, &desk))
    })
    .await
}

/// A refusal as the page is told it: where a file is damaged, with its copies; then the window hears of it too.
fn told<R: Runtime>(error: AppError, window: &WebviewWindow<R>, desk: &Desk<R>) -> AppError {
    let Some(file) = lock(&desk.path).clone() else { return error };
    if error.kind == ErrorKind::Damaged && desk.found_damaged(&file) {
        damage::tell(window.app_handle(), window.label());
    }
    // It may only be read because it is damaged.
    let is_damage = error.kind == ErrorKind::ReadOnly && desk.damaged().is_some();
    let error = if is_damage {
        StoreError::Damaged { path: file.clone(), found: String::new() }.into()
    } else {
        error
    };
    damage::with_copies(error, &file, &window.state::<Shell<R>>().device)
}

/// Runs the body of a call where it may take its time, and turns a panic into an answer.
async fn blocking<T, F>(body: F) -> Result<T, AppError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, AppError> + Send + 'static,
{
    tauri::async_runtime::spawn_blocking(body)
        .await
        .unwrap_or_else(|error| Err(AppError::internal(error.to_string())))
}

/// Passes on the first step, the last one, and of the others one each twentieth of a second.
fn now_and_then(tell: impl Fn(Progress)) -> impl Fn(Progress) {
    let next = std::cell::Cell::new(Instant::now());
    move |step| {
        let now = Instant::now();
        if now >= next.get() || step.done == step.of {
            next.set(now + Duration::from_millis(50));
            tell(step);
        }
    }
}

/// Everything that the program holds while it runs.
pub struct Shell<R: Runtime> {
    /// What is remembered on this device.
    pub device: Device,
    /// Held while a file becomes open, so that of two who want it at once the second finds it open.
    pub opening: Mutex<()>,
    /// Held while a sample is made; the last one and when it was ready.
    pub sample: Mutex<Option<(PathBuf, Instant)>>,
    desks: Mutex<HashMap<String, Arc<Desk<R>>>>,
    windows_made: AtomicU32,
}

impl<R: Runtime> Shell<R> {
    /// A program without a window, with the folders of this device's settings and of its data.
    pub fn new(settings: &Path, data: &Path) -> Self {
        Self {
            device: Device::new(settings, data),
            opening: Mutex::default(),
            sample: Mutex::default(),
            desks: Mutex::default(),
            windows_made: AtomicU32::new(0),
        }
    }

    /// A label that no window has had.
    pub fn next_label(&self) -> String {
        format!("team-{}", self.windows_made.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// What the window of that label holds.
    pub fn desk(&self, label: &str) -> Arc<Desk<R>> {
        lock(&self.desks).entry(label.to_owned()).or_default().clone()
    }

    /// All windows with what they hold.
    pub fn desks(&self) -> Vec<(String, Arc<Desk<R>>)> {
        lock(&self.desks).iter().map(|(label, desk)| (label.clone(), desk.clone())).collect()
    }

    /// The window in which a file is open.
    pub fn window_with(&self, path: &Path) -> Option<String> {
        self.desks()
            .into_iter()
            .find(|(_, desk)| lock(&desk.path).as_deref() == Some(path))
            .map(|(label, _)| label)
    }

    /// Forgets a window that has gone, and closes its team file; waits for a command that runs in it.
    pub fn clear(&self, label: &str) {
        let desk = lock(&self.desks).get(label).cloned();
        if let Some(desk) = desk {
            desk.settle();
            // Closed before it is forgotten: the end of the program must find it while it is still closing.
            desk.close();
            lock(&self.desks).remove(label);
        }
    }

    /// Closes all team files; the last act of the program.
    pub fn close_all(&self) {
        for (label, _) in self.desks() {
            self.clear(&label);
        }
    }
}

/// What one window holds.
pub struct Desk<R: Runtime> {
    /// The open team; a running command holds the lock.
    team: Mutex<Option<OpenTeam>>,
    /// The open team's file, readable while a command runs.
    path: Mutex<Option<PathBuf>>,
    /// The file that is damaged: the open one, or the last that was refused while none was open.
    damaged: Mutex<Option<PathBuf>>,
    /// Stops the look through the file that is under way.
    look: Mutex<Option<Arc<AtomicBool>>>,
    /// The work that opens the file which the program was started with.
    expected: Mutex<Option<JoinHandle<()>>>,
    picked: Mutex<Vec<(String, Arc<Vec<u8>>)>>,
    picks_made: AtomicU32,
    running: Mutex<HashMap<String, Arc<Cancel>>>,
    /// The page has drawn itself.
    pub ready: AtomicBool,
    refused: Mutex<Option<AppError>>,
    menu: Mutex<Option<Arc<WindowMenu<R>>>>,
}

impl<R: Runtime> Default for Desk<R> {
    fn default() -> Self {
        Self {
            team: Mutex::default(),
            path: Mutex::default(),
            damaged: Mutex::default(),
            look: Mutex::default(),
            expected: Mutex::default(),
            picked: Mutex::default(),
            picks_made: AtomicU32::new(0),
            running: Mutex::default(),
            ready: AtomicBool::new(false),
            refused: Mutex::default(),
            menu: Mutex::new(None),
        }
    }
}

impl<R: Runtime> Desk<R> {
    /// Does something with the open team; waits for a command that runs.
    pub fn with_team<T>(
        &self,
        act: impl FnOnce(&mut OpenTeam) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        lock(&self.team).as_mut().map_or_else(|| Err(team::no_team()), act)
    }

    /// Whether a team is open here.
    pub fn has_team(&self) -> bool {
        lock(&self.path).is_some()
    }

    /// Puts a team on the desk, in place of the one that was there.
    pub fn place(&self, team: OpenTeam) {
        self.close();
        *lock(&self.path) = Some(team.path().to_owned());
        *lock(&self.team) = Some(team);
    }

    /// Ends what runs, closes the file and lets picked files go.
    pub fn close(&self) {
        self.cancel_all();
        self.stop_look();
        *lock(&self.team) = None;
        *lock(&self.path) = None;
        *lock(&self.damaged) = None;
        lock(&self.picked).clear();
    }

    /// Lets all calls wait for work that brings a team.
    pub fn expect(&self, work: JoinHandle<()>) {
        *lock(&self.expected) = Some(work);
    }

    /// Waits for that work. The thread of the windows never does, but for the end of the program.
    pub fn settle(&self) {
        // Held meanwhile: who comes second waits as well.
        let mut expected = lock(&self.expected);
        if let Some(Err(_)) = expected.take().map(JoinHandle::join) {
            self.refuse(AppError::internal("the file could not be opened"));
        }
    }

    /// Keeps the bytes of a picked file; answers the handle by which the page attaches them.
    pub fn keep(&self, bytes: Vec<u8>) -> String {
        let handle = format!("file-{}", self.picks_made.fetch_add(1, Ordering::Relaxed) + 1);
        let mut picked = lock(&self.picked);
        if picked.len() == PICKED_FILES {
            picked.remove(0);
        }
        picked.push((handle.clone(), Arc::new(bytes)));
        handle
    }

    fn picked(&self, handle: &str) -> Result<Arc<Vec<u8>>, AppError> {
        let picked = lock(&self.picked);
        let found = picked.iter().find(|(kept, _)| kept == handle).map(|(_, bytes)| bytes.clone());
        found.ok_or_else(team::picked_file_gone)
    }

    /// Keeps the reason why a file was not opened that something else than the page asked for.
    pub fn refuse(&self, refused: AppError) {
        *lock(&self.refused) = Some(refused);
    }

    /// Tells that reason, once.
    pub fn take_refused(&self) -> Option<AppError> {
        lock(&self.refused).take()
    }

    /// The file that is damaged: the open one, or one that was refused.
    pub fn damaged(&self) -> Option<PathBuf> {
        lock(&self.damaged).clone()
    }

    /// Keeps which file was refused as damaged; of no matter to a window with a team.
    pub fn refuse_damaged(&self, file: &Path) {
        if !self.has_team() {
            *lock(&self.damaged) = Some(file.canonicalize().unwrap_or_else(|_| file.to_owned()));
        }
    }

    /// The file was found damaged: nothing is written to it any more. Answers whether it is open here, and this is news.
    pub fn found_damaged(&self, file: &Path) -> bool {
        let mut held = lock(&self.team);
        let Some(team) = held.as_mut().filter(|team| team.path() == file) else { return false };
        team.stop_writing();
        lock(&self.damaged).replace(file.to_owned()).is_none()
    }

    /// The file was looked through and is whole.
    pub fn found_whole(&self, file: &Path) {
        if let Some(team) = lock(&self.team).as_mut().filter(|team| team.path() == file) {
            team.found_whole();
        }
    }

    /// The file to look through and what stops the look; none before the page has drawn itself, while a command or a
    /// look is under way, or before the time has come.
    pub fn begin_look(&self) -> Option<(PathBuf, Arc<AtomicBool>)> {
        let held = self.team.try_lock().ok()?;
        let team = held.as_ref().filter(|team| team.is_look_due())?;
        let mut look = lock(&self.look);
        if look.is_some() || !self.ready.load(Ordering::Relaxed) {
            return None;
        }
        Some((team.path().to_owned(), look.insert(Arc::default()).clone()))
    }

    /// Asks the look through the file to stop.
    pub fn stop_look(&self) {
        if let Some(stop) = lock(&self.look).as_ref() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// The look through the file has ended.
    pub fn end_look(&self) {
        *lock(&self.look) = None;
    }

    /// The window's menu; none before the window is made, and none in tests without a display.
    pub fn menu(&self) -> Option<Arc<WindowMenu<R>>> {
        lock(&self.menu).clone()
    }

    /// Keeps the window's menu.
    pub fn set_menu(&self, menu: WindowMenu<R>) {
        *lock(&self.menu) = Some(Arc::new(menu));
    }

    /// Asks the call with that token to stop.
    pub fn cancel(&self, token: &str) {
        if let Some(running) = lock(&self.running).get(token) {
            running.cancel();
        }
    }

    /// Asks all that runs here to stop.
    pub fn cancel_all(&self) {
        for running in lock(&self.running).values() {
            running.cancel();
        }
    }

    /// Copies the file when it is time, and says whether the window has news: another program wrote it since the last
    /// time, or the copy shows damage. While a command runs, the next time does both.
    fn look_after_team(&self, device: &Device) -> bool {
        let Ok(mut held) = self.team.try_lock() else { return false };
        let Some(team) = held.as_mut() else { return false };
        let damaged = team.back_up_when_due(device).then(|| team.path().to_owned());
        let changed = team.changed_outside();
        drop(held);
        damaged.is_some_and(|file| self.found_damaged(&file)) || changed
    }
}

/// A call that can be stopped until it ends, in whatever way it ends.
struct Running<R: Runtime> {
    cancel: Arc<Cancel>,
    desk: Arc<Desk<R>>,
    token: Option<String>,
}

impl<R: Runtime> Running<R> {
    fn new(desk: Arc<Desk<R>>, token: Option<String>) -> Self {
        let cancel = Arc::new(Cancel::default());
        if let Some(token) = &token {
            lock(&desk.running).insert(token.clone(), cancel.clone());
        }
        Self { cancel, desk, token }
    }
}

impl<R: Runtime> Drop for Running<R> {
    fn drop(&mut self) {
        if let Some(token) = &self.token {
            lock(&self.desk.running).remove(token);
        }
    }
}

/// Looks after the open team files once a second: daily copies, whether another program wrote one, and whether one is
/// damaged; then its window is told.
pub async fn watch<R: Runtime>(app: AppHandle<R>) {
    let mut every_second = tokio::time::interval(Duration::from_secs(1));
    every_second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every_second.tick().await;
        let app = app.clone();
        let look = move || {
            let shell = app.state::<Shell<R>>();
            for (label, desk) in shell.desks() {
                if desk.look_after_team(&shell.device) {
                    windows::describe(&app, &label);
                    // A window that has gone meanwhile need not be told.
                    let _ = app.emit_to(label.as_str(), "changed", ());
                }
                damage::look_when_due(&app, &label, &desk);
            }
        };
        // A panic in one look must not end the looking.
        let _ = tauri::async_runtime::spawn_blocking(look).await;
    }
}

/// A lock that a panic elsewhere does not take away: what it guards is whole between statements.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tauri::async_runtime::block_on;
    use tauri::ipc::IpcResponse as _;
    use tauri::test::MockRuntime;

    use super::*;

    #[test]
    fn a_panic_is_an_answer_of_kind_internal() {
        let answer = block_on(blocking(|| -> Result<(), AppError> { panic!("a mistake of ours") }));
        let error = serde_json::to_value(answer.unwrap_err()).unwrap();
        assert_eq!(error["kind"], "internal", "{error}");
        assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{error}");
    }

    #[test]
    fn a_question_that_was_cancelled_is_not_answered() {
        let folder = tempfile::tempdir().unwrap();
        let app = crate::prepared(tauri::test::mock_builder()).build(crate::context()).unwrap();
        app.manage(Shell::<MockRuntime>::new(folder.path(), folder.path()));
        let window = tauri::WebviewWindowBuilder::new(&app, "team-1", Default::default()).build().unwrap();
        let shell = app.state::<Shell<MockRuntime>>();
        let desk = shell.desk("team-1");
        let file = folder.path().join("Payments.evenkeel");
        desk.place(OpenTeam::create(&file, "Payments", "Europe/Zurich", &shell.device.get()).unwrap());
        let picked = desk.keep(b"Issue key,Summary\nPAY-7,Refund a card payment\n".to_vec());
        let question =
            |query: Value| ask(window.clone(), query, Some(picked.clone()), Some("token".into()), None);

        let look = block_on(question(json!({ "exchange": { "look": {} } }))).ok().unwrap();
        let look: Value = look.body().unwrap().deserialize().unwrap();
        let preview = json!({ "exchange": { "preview": { "mapping": look["mapping"] } } });
        assert!(block_on(question(preview.clone())).is_ok(), "answered when nobody cancels");

        let held = lock(&desk.team);
        let asked = tauri::async_runtime::spawn(question(preview));
        while !lock(&desk.running).contains_key("token") {
            std::thread::sleep(Duration::from_millis(1));
        }
        desk.cancel("another token");
        desk.cancel("token");
        drop(held);
        let refused = block_on(asked).unwrap().err().unwrap();
        assert_eq!(refused.kind, ErrorKind::Cancelled, "{refused}");
        assert!(lock(&desk.running).is_empty(), "a call that has ended is forgotten");
    }

    #[test]
    fn a_call_that_panics_is_forgotten_too() {
        let desk = Arc::new(Desk::<MockRuntime>::default());
        let running = Running::new(desk.clone(), Some("token".into()));
        let answer = block_on(blocking(move || -> Result<(), AppError> {
            let _running = running;
            panic!("a mistake of ours")
        }));
        assert!(answer.is_err());
        assert!(lock(&desk.running).is_empty());
    }

    #[test]
    fn whoever_asks_waits_for_the_file_that_the_program_was_started_with() {
        let desk = Arc::new(Desk::<MockRuntime>::default());
        let (open, opened) = std::sync::mpsc::channel();
        let here = desk.clone();
        desk.expect(std::thread::spawn(move || {
            opened.recv().unwrap();
            here.refuse(AppError::internal("not a team file"));
        }));
        let asked: Vec<_> = (0..2)
            .map(|_| {
                let desk = desk.clone();
                std::thread::spawn(move || {
                    desk.settle();
                    lock(&desk.refused).is_some()
                })
            })
            .collect();
        open.send(()).unwrap();
        assert!(asked.into_iter().all(|asked| asked.join().unwrap()), "told before it was known");
    }

    #[test]
    fn a_file_that_fails_to_open_by_a_mistake_is_told_and_keeps_nobody_waiting() {
        let desk = Desk::<MockRuntime>::default();
        desk.expect(std::thread::spawn(|| panic!("a mistake of ours")));
        desk.settle();
        assert!(desk.take_refused().is_some());
    }

    #[test]
    fn of_quick_steps_the_first_and_the_last_are_told() {
        let told = std::cell::RefCell::new(Vec::new());
        let tell = now_and_then(|step| told.borrow_mut().push(step.done));
        for done in 0..=1_000 {
            tell(Progress { done, of: 1_000 });
        }
        let told = told.borrow();
        assert_eq!((told.first(), told.last()), (Some(&0), Some(&1_000)));
        assert!(told.len() < 100, "{}", told.len());
    }

    #[test]
    fn picking_a_fifth_file_lets_the_first_go() {
        let desk = Desk::<MockRuntime>::default();
        let handles: Vec<_> = (0..5).map(|n| desk.keep(vec![n])).collect();
        assert!(desk.picked(&handles[0]).is_err());
        assert_eq!(*desk.picked(&handles[4]).unwrap(), [4]);
    }
}
