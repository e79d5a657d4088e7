//! The desktop shell: windows, menu, dialogs, and the three calls of the page.
//!
//! 1. The shell knows windows and paths, and nothing of Sprints: what a command means is `app`'s.
//! 2. Commands are run and queries asked in `team` alone.
//! 3. Everything is generic over Tauri's runtime, so that tests can build it without a display.

mod damage;
mod device;
mod dialogs;
mod graphics;
mod host;
mod links;
mod menu;
mod shell;
#[cfg(unix)]
mod single;
mod team;
mod windows;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use tauri::{App, AppHandle, Builder, Context, Manager as _, RunEvent, Runtime, WindowEvent};

pub use shell::Shell;

/// How long the end of the program waits for what runs.
const LONGEST_CLOSING: Duration = Duration::from_secs(3);

const USAGE: &str = "Evenkeel: Sprints that keep new features and a stable live product in balance.

    evenkeel-desktop [--safe-graphics] [TEAM.evenkeel]

    --safe-graphics   start without what some graphics drivers cannot do, when the window stays blank
    --version         print the version
    --help            print this
";

/// Starts the program and returns when its last window is closed.
pub fn start(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let wanted = match Arguments::read(arguments) {
        Ok(Some(wanted)) => wanted,
        Ok(None) => return ExitCode::SUCCESS,
        Err(unknown) => {
            eprintln!("{} is not known.\n\n{USAGE}", unknown.display());
            return ExitCode::from(2);
        }
    };
    let context = context();
    // Before anything of the window: a program that ends while GTK's threads begin can crash.
    #[cfg(unix)]
    let first = match first_start(&context.config().identifier, wanted.file.as_deref()) {
        Ok(single::Start::First(first)) => Some(first),
        Ok(single::Start::Second) => return ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Whether the program runs already could not be found out: {error}");
            None
        }
    };
    graphics::prepare(wanted.safe_graphics);
    let builder = Builder::default();
    #[cfg(windows)]
    let builder = builder.plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
        let wanted = Arguments::read(arguments.into_iter().skip(1).map(OsString::from));
        let file = wanted.ok().flatten().and_then(|wanted| wanted.file);
        second_start(app, file.map(|file| Path::new(&folder).join(file)));
    }));
    let prepared = prepared(builder).setup(move |app| {
        set_up(app, wanted.file)?;
        #[cfg(unix)]
        if let Some(first) = first {
            let app = app.handle().clone();
            first.listen(move |file| second_start(&app, file));
        }
        Ok(())
    });
    let built = prepared.build(context);
    match built {
        Ok(app) => {
            app.run(event);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("The program could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The settings, the page and the rights that are built in.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// A program with the three calls, before it has a window.
pub fn prepared<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![shell::run, shell::ask, shell::host])
        .on_menu_event(|app, event| menu::chosen(app, &event))
}

fn set_up<R: Runtime>(app: &App<R>, file: Option<PathBuf>) -> tauri::Result<()> {
    let app = app.handle();
    let (settings, data) = (app.path().app_config_dir()?, app.path().app_data_dir()?);
    app.manage(Shell::<R>::new(&settings, &data));
    windows::make_first(app, file)?;
    tauri::async_runtime::spawn(shell::watch(app.clone()));
    Ok(())
}

/// Which start this is, found by the folder of the settings: the one that Tauri names once it runs.
#[cfg(unix)]
fn first_start(identifier: &str, file: Option<&Path>) -> std::io::Result<single::Start> {
    let folder = dirs::config_dir().ok_or(std::io::ErrorKind::NotFound)?;
    single::start(&folder.join(identifier), file)
}

/// A second start of the program: opens its file here, or brings a window forward.
fn second_start<R: Runtime>(app: &AppHandle<R>, file: Option<PathBuf>) {
    let app = app.clone();
    // Opening a file takes its time, and this may be the thread of the windows.
    tauri::async_runtime::spawn_blocking(move || match file {
        Some(file) => windows::open_from_outside(&app, None, &file),
        None => windows::come_forward(&app),
    });
}

fn event<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    match event {
        RunEvent::WindowEvent { label, event: WindowEvent::CloseRequested { .. }, .. } => {
            app.state::<Shell<R>>().desk(&label).cancel_all();
            if let Some(window) = app.get_webview_window(&label) {
                windows::note_size(&window);
                let app = app.clone();
                tauri::async_runtime::spawn_blocking(move || app.state::<Shell<R>>().device.write_noted());
            }
        }
        RunEvent::WindowEvent { label, event: WindowEvent::Focused(true), .. } => {
            let menu = app.state::<Shell<R>>().desk(&label).menu();
            if let Some(Err(error)) = menu.map(|menu| menu.come_forward(app)) {
                eprintln!("The menu could not be shown: {error}");
            }
        }
        RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } => {
            let app = app.clone();
            // Waits for a command that runs; other windows must not.
            tauri::async_runtime::spawn_blocking(move || app.state::<Shell<R>>().clear(&label));
        }
        // *Quit* closes no window by its frame; after the last one was closed so, there is none here.
        RunEvent::ExitRequested { .. } => windows::note_size_in_front(app),
        // The last act: nothing is left to wait, so this thread may.
        RunEvent::Exit => {
            app.state::<Shell<R>>().device.write_noted();
            close_all(app);
        }
        _ => (),
    }
}

/// Closes all team files. What runs is asked to stop; who quits does not wait for ever for what does not listen: a
/// change that is cut short here is undone when the file is next opened, as after a loss of power.
fn close_all<R: Runtime>(app: &AppHandle<R>) {
    let (closed, wait) = std::sync::mpsc::channel();
    let app = app.clone();
    std::thread::spawn(move || {
        app.state::<Shell<R>>().close_all();
        // Nobody listens any more when it took too long.
        let _ = closed.send(());
    });
    if wait.recv_timeout(LONGEST_CLOSING).is_err() {
        eprintln!("What runs did not stop; the program ends all the same.");
    }
}

/// What the program was started with.
#[derive(Debug, Default, PartialEq)]
struct Arguments {
    safe_graphics: bool,
    file: Option<PathBuf>,
}

impl Arguments {
    /// Reads the arguments after the program's name; nothing where they were answered, the argument where one is not known.
    fn read(arguments: impl Iterator<Item = OsString>) -> Result<Option<Self>, OsString> {
        let mut read = Self::default();
        for argument in arguments {
            match argument.to_str() {
                Some("--safe-graphics") => read.safe_graphics = true,
                Some("--help" | "-h") => {
                    print!("{USAGE}");
                    return Ok(None);
                }
                Some("--version" | "-V") => {
                    println!("evenkeel-desktop {}", env!("CARGO_PKG_VERSION"));
                    return Ok(None);
                }
                Some(unknown) if unknown.starts_with('-') => return Err(argument),
                _ => read.file = Some(PathBuf::from(argument)),
            }
        }
        Ok(Some(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_can_name_a_file_and_ask_for_safe_graphics() {
        let read = |arguments: &[&str]| Arguments::read(arguments.iter().map(OsString::from));
        let file = Some(PathBuf::from("/t/Payments.evenkeel"));
        assert_eq!(read(&[]), Ok(Some(Arguments::default())));
        assert_eq!(
            read(&["--safe-graphics", "/t/Payments.evenkeel"]),
            Ok(Some(Arguments { safe_graphics: true, file }))
        );
        assert_eq!(read(&["--help"]), Ok(None));
        assert_eq!(read(&["--safe"]), Err("--safe".into()));
    }
}
