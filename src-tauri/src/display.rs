//! Whether there is a display, asked before the toolkit is touched: without one it ends the process by itself.

/// Says why no window can be opened; nothing when one can.
#[cfg(target_os = "linux")]
pub(crate) fn missing() -> Option<String> {
    use std::os::unix::net::UnixStream;
    use std::path::PathBuf;

    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(socket) = named("WAYLAND_DISPLAY") {
        let folder = named("XDG_RUNTIME_DIR").unwrap_or_else(|| "/run/user/0".to_owned());
        if UnixStream::connect(PathBuf::from(folder).join(&socket)).is_ok() {
            return None;
        }
    }
    let Some(display) = named("DISPLAY") else {
        return Some("There is no display here, so no window can be opened.".to_owned());
    };
    let number: String = display.chars().skip_while(|c| *c != ':').skip(1).take_while(char::is_ascii_digit).collect();
    // A display on another machine is left to the toolkit; only a local one can be asked without it.
    let is_local = display.starts_with(':') || display.starts_with("unix:");
    if is_local && UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).is_err() {
        return Some(format!("The display {display} does not answer, so no window can be opened."));
    }
    None
}

/// Says why no window can be opened; other systems always have a display.
#[cfg(not(target_os = "linux"))]
pub(crate) fn missing() -> Option<String> {
    None
}
