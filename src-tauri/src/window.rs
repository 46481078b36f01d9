//! The windows: console, stage, and the revisions they listen for. What they fetch is answered by `scheme`.

use std::net::IpAddr;
use std::path::PathBuf;

use live::Live;
use tauri::{AppHandle, Emitter, EventTarget, Manager};
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use wire::Failure;

use crate::commands;
use crate::desk::{Desk, is_running};
use crate::enclosed::enclosed;
use crate::scheme;

pub(crate) const CONSOLE: &str = "console";
pub(crate) const STAGE: &str = "stage";

/// Opens the console and runs until it is closed.
pub(crate) fn run(live: Live, folder: PathBuf, address: Option<IpAddr>) -> anyhow::Result<()> {
    let application = tauri::Builder::default()
        .register_asynchronous_uri_scheme_protocol("debrief", |context, request, responder| {
            let (app, label) = (context.app_handle().clone(), context.webview_label().to_owned());
            // This is called on the thread that paints the windows.
            let answer =
                tauri::async_runtime::spawn_blocking(move || scheme::answer(&app, &label, request.uri().path()));
            tauri::async_runtime::spawn(async move {
                responder.respond(answer.await.unwrap_or_else(|_| scheme::broken_off()));
            });
        })
        .invoke_handler(tauri::generate_handler![
            commands::library,
            commands::keeping::keep_for,
            commands::keeping::keep_record,
            commands::keeping::delete_post_mortems,
            commands::keeping::named_in,
            commands::keeping::remove_name,
            commands::create_post_mortem,
            commands::create_sample,
            commands::open_post_mortem,
            commands::close_post_mortem,
            commands::zones,
            commands::local_zone,
            commands::ask,
            commands::timeline::read_timeline,
            commands::timeline::begin_file,
            commands::timeline::file_piece,
            commands::timeline::finish_file,
            commands::timeline::stop_file,
            commands::preparing::attach_image,
            commands::preparing::templates,
            commands::preparing::keep_template,
            commands::preparing::delete_template,
            commands::preparing::invitation,
            commands::preparing::save_invitation,
            commands::hints::hints,
            commands::hints::hints_in_record,
            commands::hints::chain_end,
            commands::hints::action_check,
            commands::causes::similar_incidents,
            commands::causes::ticket_template,
            commands::causes::keep_ticket_template,
            commands::causes::open_ticket_page,
            commands::open_room,
            commands::close_room,
            commands::choose_network,
            commands::let_back,
            commands::turn_away,
            commands::open_stage,
            commands::close_stage,
            commands::stage_full_screen,
            commands::record::record_markdown,
            commands::record::export_record,
            commands::record::show_in_folder,
            commands::record::open_record,
            commands::record::record_summary,
            commands::record::public_preview,
            commands::record::publishing_plan,
            commands::record::choose_folder,
            commands::record::publishing_objections,
            commands::record::publish_record,
        ])
        .setup(move |app| {
            app.manage(Desk::new(live, folder, address));
            app.manage(commands::timeline::FileDesk::default());
            let handle = app.handle().clone();
            open_console(&handle)?;
            follow_displays(&handle);
            tauri::async_runtime::spawn(take_up(handle.clone()));
            tauri::async_runtime::spawn(follow_network(handle.clone()));
            tauri::async_runtime::spawn(announce(handle));
            Ok(())
        })
        .on_window_event(|window, event| {
            if !matches!(event, WindowEvent::Destroyed) {
                return;
            }
            if window.label() == STAGE {
                window.state::<Desk>().set_windows(|windows| windows.stage_open = false);
            } else {
                window.app_handle().exit(0);
            }
        })
        .build(tauri::generate_context!())?;
    application.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            tauri::async_runtime::block_on(async {
                let desk = app.state::<Desk>();
                desk.close_room().await;
                desk.live.stop().await;
            });
        }
    });
    Ok(())
}

/// Opens the console as the configuration describes it.
fn open_console(app: &AppHandle) -> tauri::Result<()> {
    for described in app.config().app.windows.iter().filter(|window| window.label == CONSOLE) {
        enclosed(WebviewWindowBuilder::from_config(app, described)?).build()?;
    }
    Ok(())
}

/// Tells the windows of every new revision. An event carries nothing else: any window could hear it.
async fn announce(app: AppHandle) {
    let desk = app.state::<Desk>();
    let mut watching = desk.watch();
    loop {
        let revision = desk.next_revision(&mut watching).await;
        for label in [CONSOLE, STAGE] {
            // A window that has just been closed needs no revision.
            let _ = app.emit_to(EventTarget::webview_window(label), "revision", revision);
        }
    }
}

/// Looks every second whether this computer is still on the network that phones were told.
async fn follow_network(app: AppHandle) {
    let desk = app.state::<Desk>();
    let mut every = tokio::time::interval(std::time::Duration::from_secs(1));
    loop {
        every.tick().await;
        // What fails closes the room, and the console shows a closed room.
        let _ = desk.follow_network().await;
    }
}

/// Goes on with a meeting that was cut off, stage and room included.
async fn take_up(app: AppHandle) {
    count_displays(&app);
    let desk = app.state::<Desk>();
    if desk.take_up().await == Ok(true) {
        // What fails here can be opened by hand.
        let _ = open_stage(&app);
    }
}

fn count_displays(app: &AppHandle) -> usize {
    let displays = app.available_monitors().map_or(1, |monitors| monitors.len());
    app.state::<Desk>().set_windows(|windows| windows.displays = u32::try_from(displays).unwrap_or(1));
    displays
}

fn failed(error: &tauri::Error) -> Failure {
    Failure::new(
        "no-stage",
        format!("The stage window could not be opened: {error}."),
        "The meeting goes on; try again.",
    )
}

/// Opens the stage: full screen on the second display when there is one, an ordinary window otherwise.
pub(crate) fn open_stage(app: &AppHandle) -> Result<(), Failure> {
    let desk = app.state::<Desk>();
    if app.get_webview_window(STAGE).is_some() || !desk.meeting().is_ok_and(|meeting| is_running(&meeting)) {
        return Ok(());
    }
    let displays = count_displays(app);
    let stage = WebviewWindowBuilder::new(app, STAGE, WebviewUrl::App("stage/index.html".into()));
    let stage = enclosed(stage)
        .title("Debrief · stage")
        .inner_size(960.0, 540.0)
        // Keys of a clicker must always reach the console.
        .focused(false)
        .build()
        .map_err(|error| failed(&error))?;
    desk.set_windows(|windows| windows.stage_open = true);
    hand_keys_on(app, &stage)?;
    if displays > 1 {
        full_screen(app, &stage, true)?;
    }
    Ok(())
}

/// Closes the stage window.
pub(crate) fn close_stage(app: &AppHandle) {
    if let Some(stage) = app.get_webview_window(STAGE) {
        // It is gone either way.
        let _ = stage.destroy();
    }
}

/// Makes the stage fill its display, or be an ordinary window for sharing in a call.
pub(crate) fn stage_full_screen(app: &AppHandle, on: bool) -> Result<(), Failure> {
    let stage = app.get_webview_window(STAGE).ok_or_else(|| Failure::new("no-stage", "The stage is not open.", ""))?;
    full_screen(app, &stage, on)
}

/// Goes with a projector that is connected or pulled out later: the stage fills it, and never covers the console.
#[cfg(target_os = "linux")]
fn follow_displays(app: &AppHandle) {
    let Some(screen) = gtk::gdk::Screen::default() else { return };
    let app = app.clone();
    let had_two = std::cell::Cell::new(count_displays(&app) > 1);
    screen.connect_monitors_changed(move |_| {
        let has_two = count_displays(&app) > 1;
        if had_two.replace(has_two) == has_two {
            return;
        }
        if let Some(stage) = app.get_webview_window(STAGE) {
            // What fails here can be done by hand.
            let _ = full_screen(&app, &stage, has_two);
        }
        if let Some(console) = app.get_webview_window(CONSOLE).filter(|_| !has_two) {
            let _ = console.set_focus();
        }
    });
}

/// Nothing tells of displays on these systems; they are counted whenever the stage opens.
#[cfg(not(target_os = "linux"))]
fn follow_displays(_app: &AppHandle) {}

/// Gives the console the keys that are pressed while the stage has the focus: Wayland desktops, and some others, give
/// the focus to every window that opens or goes full screen, whatever that window asks for.
#[cfg(target_os = "linux")]
fn hand_keys_on(app: &AppHandle, stage: &WebviewWindow) -> Result<(), Failure> {
    use gtk::prelude::{GtkWindowExt, WidgetExt};

    let (app, window) = (app.clone(), stage.clone());
    stage
        .run_on_main_thread(move || {
            let Ok(toolkit) = window.gtk_window() else { return };
            let hand_on = move |event: &gtk::gdk::EventKey| {
                if let Some(console) = app.get_webview_window(CONSOLE).and_then(|console| console.gtk_window().ok()) {
                    console.propagate_key_event(event);
                }
                gtk::glib::Propagation::Stop
            };
            let released = hand_on.clone();
            toolkit.connect_key_press_event(move |_, event| hand_on(event));
            toolkit.connect_key_release_event(move |_, event| released(event));
        })
        .map_err(|error| failed(&error))
}

/// A window that opens without the focus does not get it on these systems.
#[cfg(not(target_os = "linux"))]
fn hand_keys_on(_app: &AppHandle, _stage: &WebviewWindow) -> Result<(), Failure> {
    Ok(())
}

/// Returns the place of a display that the console is not on.
fn other_display(app: &AppHandle) -> Option<usize> {
    let console = app.get_webview_window(CONSOLE)?.current_monitor().ok().flatten()?;
    let all = app.available_monitors().ok()?;
    all.iter().position(|monitor| monitor.position() != console.position())
}

#[cfg(target_os = "linux")]
fn full_screen(app: &AppHandle, stage: &WebviewWindow, on: bool) -> Result<(), Failure> {
    use gtk::prelude::GtkWindowExt;

    let display = on.then(|| other_display(app)).flatten().and_then(|place| i32::try_from(place).ok());
    let Some(display) = display else { return stage.set_fullscreen(on).map_err(|error| failed(&error)) };
    let window = stage.clone();
    stage
        .run_on_main_thread(move || {
            let Ok(toolkit) = window.gtk_window() else { return };
            if let Some(screen) = GtkWindowExt::screen(&toolkit) {
                toolkit.fullscreen_on_monitor(&screen, display);
            }
        })
        .map_err(|error| failed(&error))
}

#[cfg(not(target_os = "linux"))]
fn full_screen(app: &AppHandle, stage: &WebviewWindow, on: bool) -> Result<(), Failure> {
    let monitors = app.available_monitors().unwrap_or_default();
    if let Some(monitor) = on.then(|| other_display(app)).flatten().and_then(|place| monitors.get(place)) {
        stage.set_position(*monitor.position()).map_err(|error| failed(&error))?;
    }
    stage.set_fullscreen(on).map_err(|error| failed(&error))
}
