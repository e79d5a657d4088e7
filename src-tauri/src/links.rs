//! Addresses that people attached to items, opened in the program that the system has for them.
//!
//! 1. Web pages and mail are opened, nothing else: no file, and nothing that an address could start here.
//! 2. No shell reads an address; it is one argument, written anew by the parser that read it.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use app::{AppError, ErrorKind};
use tauri::Url;

/// How long it is waited for the system to say that it has no program for it.
const PATIENCE: Duration = Duration::from_secs(2);

const HINT: &str = "Copy the address, and paste it into the browser.";

/// Opens an address. Refused where it is neither a web page nor mail, or where the system has no program for it.
pub fn open(address: &str) -> Result<(), AppError> {
    let address = opened(address)?;
    let mut opener = opener();
    opener.arg(address.as_str()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let failed =
        |why: String| AppError::refused(format!("The system did not open {}: {why}.", shown(&address)), HINT);
    let mut child = opener.spawn().map_err(|error| failed(error.to_string()))?;
    match ended(&mut child) {
        Some(false) => Err(failed("it has no program for it".to_owned())),
        Some(true) => Ok(()),
        None => {
            // A browser that is started so may live as long as this program; when it ends, it is taken leave of.
            std::thread::spawn(move || child.wait());
            Ok(())
        }
    }
}

/// The address, if it is one that is opened.
fn opened(address: &str) -> Result<Url, AppError> {
    let known = Url::parse(address.trim()).ok();
    known.filter(|url| matches!(url.scheme(), "http" | "https" | "mailto")).ok_or_else(|| AppError {
        kind: ErrorKind::Refused,
        message: "This address is neither a web page nor mail.".to_owned(),
        hint: Some(HINT.to_owned()),
        field: None,
    })
}

/// The site that people know it by; of mail, the address.
fn shown(address: &Url) -> &str {
    address.host_str().unwrap_or(address.path())
}

fn opener() -> Command {
    if cfg!(target_os = "macos") {
        return Command::new("open");
    }
    if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        return command;
    }
    Command::new("xdg-open")
}

/// Whether it went well; none while it goes on.
fn ended(child: &mut Child) -> Option<bool> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status.success());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_pages_and_mail_are_opened_and_nothing_else() {
        let check = |address: &str| opened(address).map(|url| url.to_string()).map_err(|error| error.message);
        assert_eq!(check(" https://wiki.example/a b?c=d&e "), Ok("https://wiki.example/a%20b?c=d&e".into()));
        assert_eq!(check("HTTP://WIKI.example"), Ok("http://wiki.example/".into()));
        assert_eq!(check("mailto:ana@team.example"), Ok("mailto:ana@team.example".into()));
        for address in [
            "file:///etc/passwd",
            "/etc/passwd",
            "C:\\Windows\\System32\\calc.exe",
            "javascript:alert(1)",
            "ssh://host",
            "--help",
            "wiki.example/page",
            "",
        ] {
            assert_eq!(
                check(address),
                Err("This address is neither a web page nor mail.".into()),
                "{address}"
            );
        }
    }
}
