//! Graphics on Linux: some drivers leave a WebKitGTK window blank.
//!
//! 1. What the user has set in the environment is never changed.
//! 2. With NVIDIA's driver the DMA-BUF renderer is off.
//! 3. `--safe-graphics` turns off the DMA-BUF renderer and compositing.
//! 4. This runs first in the program, before there is a second thread.

use std::ffi::OsString;

/// Sets what WebKitGTK reads when it starts; does nothing on other systems.
pub fn prepare(safe: bool) {
    if cfg!(target_os = "linux") {
        for name in switches(safe, has_nvidia_driver(), |name| std::env::var_os(name)) {
            set_before_any_thread(name, "1");
        }
    }
}

fn has_nvidia_driver() -> bool {
    ["/proc/driver/nvidia/version", "/sys/module/nvidia"]
        .iter()
        .any(|path| std::path::Path::new(path).exists())
}

fn switches(safe: bool, nvidia: bool, set: impl Fn(&str) -> Option<OsString>) -> Vec<&'static str> {
    let mut wanted = Vec::new();
    if safe || nvidia {
        wanted.push("WEBKIT_DISABLE_DMABUF_RENDERER");
    }
    if safe {
        wanted.push("WEBKIT_DISABLE_COMPOSITING_MODE");
    }
    wanted.retain(|name| set(name).is_none());
    wanted
}

/// The one place that changes the environment.
#[allow(unsafe_code)]
fn set_before_any_thread(name: &str, value: &str) {
    // SAFETY: `prepare` is the first thing that `start` does; no other thread exists that could read the
    // environment meanwhile.
    unsafe { std::env::set_var(name, value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(safe: bool, nvidia: bool, set: &[&str], expected: &[&str]) {
        let found = switches(safe, nvidia, |name| set.contains(&name).then(|| OsString::from("0")));
        assert_eq!(found, expected, "safe {safe}, nvidia {nvidia}, already set {set:?}");
    }

    #[test]
    fn graphics_are_left_alone_unless_the_driver_or_the_user_asks() {
        check(false, false, &[], &[]);
        check(false, true, &[], &["WEBKIT_DISABLE_DMABUF_RENDERER"]);
        check(true, false, &[], &["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"]);
    }

    #[test]
    fn what_the_user_has_set_is_never_changed() {
        check(false, true, &["WEBKIT_DISABLE_DMABUF_RENDERER"], &[]);
        check(true, false, &["WEBKIT_DISABLE_DMABUF_RENDERER"], &["WEBKIT_DISABLE_COMPOSITING_MODE"]);
    }
}
