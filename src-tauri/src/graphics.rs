//! Graphics on Linux: some drivers leave a WebKitGTK window blank, and where there is no graphics processor the usual
//! way of drawing is slow.
//!
//! 1. What the user has set in the environment is never changed.
//! 2. With NVIDIA's driver the DMA-BUF renderer is off.
//! 3. `--safe-graphics` turns off the DMA-BUF renderer and compositing.
//! 4. Without a graphics processor compositing is off: to emulate one made the start twice as long, took half as much
//!    memory again, and drew every frame on all cores.
//! 5. This runs first in the program, before there is a second thread.

use std::ffi::OsString;

/// Sets what WebKitGTK reads when it starts; does nothing on other systems.
pub fn prepare(safe: bool) {
    if cfg!(target_os = "linux") {
        for name in switches(safe, &Graphics::of_this_machine(), |name| std::env::var_os(name)) {
            set_before_any_thread(name, "1");
        }
    }
}

/// What draws on this machine.
struct Graphics {
    nvidia: bool,
    none: bool,
}

impl Graphics {
    fn of_this_machine() -> Self {
        let there = |path: &str| std::path::Path::new(path).exists();
        let nvidia = there("/proc/driver/nvidia/version") || there("/sys/module/nvidia");
        let devices = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
        let renders =
            devices.into_iter().any(|device| device.file_name().as_encoded_bytes().starts_with(b"renderD"));
        // Under Windows the host's is reached by a device of its own.
        Self { nvidia, none: !nvidia && !renders && !there("/dev/dxg") }
    }
}

fn switches(safe: bool, graphics: &Graphics, set: impl Fn(&str) -> Option<OsString>) -> Vec<&'static str> {
    let mut wanted = Vec::new();
    if safe || graphics.nvidia {
        wanted.push("WEBKIT_DISABLE_DMABUF_RENDERER");
    }
    if safe || graphics.none {
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

    const USUAL: Graphics = Graphics { nvidia: false, none: false };
    const NVIDIA: Graphics = Graphics { nvidia: true, none: false };
    const NONE: Graphics = Graphics { nvidia: false, none: true };
    const DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    const COMPOSITING: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

    #[track_caller]
    fn check(safe: bool, graphics: &Graphics, set: &[&str], expected: &[&str]) {
        let found = switches(safe, graphics, |name| set.contains(&name).then(|| OsString::from("0")));
        assert_eq!(found, expected);
    }

    #[test]
    fn graphics_are_left_alone_unless_the_machine_or_the_user_asks() {
        check(false, &USUAL, &[], &[]);
        check(false, &NVIDIA, &[], &[DMABUF]);
        check(false, &NONE, &[], &[COMPOSITING]);
        check(true, &USUAL, &[], &[DMABUF, COMPOSITING]);
    }

    #[test]
    fn what_the_user_has_set_is_never_changed() {
        check(false, &NVIDIA, &[DMABUF], &[]);
        check(false, &NONE, &[COMPOSITING], &[]);
        check(true, &USUAL, &[DMABUF], &[COMPOSITING]);
    }
}
