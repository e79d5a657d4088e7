//! Build script: lists the calls, so that a window may use those that its capability names and no others.
//! Without the list every call would be allowed in every window.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let calls = tauri_build::AppManifest::new().commands(&["run", "ask", "host"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(calls))?;
    Ok(())
}
