//! The `debrief:` scheme: each window fetches its own view over it, and the images that it may show; the console also
//! fetches the record as it will be printed.
//!
//! Who asks is told by the label of the window, never by the address. The stage gets the image that is on it and no
//! other: what the room must not see is not sent to the projector.

use document::Edition;
use live::Images;
use meeting::{AttachmentId, Content, Meeting, Picture};
use tauri::http::{Response, StatusCode, header};
use tauri::{AppHandle, Manager};
use wire::Failure;

use crate::desk::Desk;
use crate::export;
use crate::window::{CONSOLE, STAGE};

/// Answers a window: `/view` with its view, `/image/7` with the image of an attachment, `/record/internal.pdf` with an
/// edition of the record.
///
/// A record takes its time to be set: this is no work for the thread that paints the windows.
pub(crate) fn answer(app: &AppHandle, label: &str, path: &str) -> Response<Vec<u8>> {
    let Some(desk) = app.try_state::<Desk>() else {
        let failure = Failure::new("starting", "Debrief is starting.", "It tries again by itself.");
        return refuse(StatusCode::SERVICE_UNAVAILABLE, &failure);
    };
    if let Some(number) = path.strip_prefix("/image/") {
        return image(&desk, label, number);
    }
    if let Some(file) = path.strip_prefix("/record/") {
        return record(&desk, label, file);
    }
    match label {
        CONSOLE => json(&desk.console()),
        STAGE => json(&desk.stage()),
        _ => refuse(StatusCode::FORBIDDEN, &Failure::new("no-view", "This window has no view.", "")),
    }
}

fn image(desk: &Desk, label: &str, number: &str) -> Response<Vec<u8>> {
    let gone = || refuse(StatusCode::NOT_FOUND, &Failure::new("no-image", "This image is not there.", ""));
    let (Ok(number), Ok(meeting)) = (number.parse(), desk.meeting()) else { return gone() };
    let id = AttachmentId(number);
    let may_see = label == CONSOLE || (label == STAGE && is_on_the_stage(&meeting, id));
    let found = meeting.attachments.iter().find(|attachment| may_see && attachment.id == id);
    let Some(Content::Image { image }) = found.map(|attachment| &attachment.content) else { return gone() };
    let Ok(bytes) = Images::of(&desk.folder).read(image) else { return gone() };
    respond(StatusCode::OK, image.format.media_type(), bytes)
}

/// Answers when the work for an answer broke off: a window that hears nothing would wait for ever.
pub(crate) fn broken_off() -> Response<Vec<u8>> {
    let failure =
        Failure::new("broken", "Debrief could not put that together.", "What was saved is safe. Try it again.");
    refuse(StatusCode::INTERNAL_SERVER_ERROR, &failure)
}

fn record(desk: &Desk, label: &str, file: &str) -> Response<Vec<u8>> {
    let Some(edition) = edition_for(label, file) else {
        return refuse(StatusCode::FORBIDDEN, &Failure::new("no-record", "This window has no record.", ""));
    };
    let meeting = match desk.meeting() {
        Ok(meeting) => meeting,
        Err(failure) => return refuse(StatusCode::NOT_FOUND, &failure),
    };
    let library = Images::of(&desk.folder);
    match export::pdf(&meeting, edition, &|image| library.read(image).ok()) {
        Ok(bytes) => respond(StatusCode::OK, "application/pdf", bytes),
        Err(error) => {
            let sentence = format!("The pages of the record could not be made: {error:#}");
            let failure = Failure::new("no-pages", sentence, "The record itself is safe, and can be read as text.");
            refuse(StatusCode::INTERNAL_SERVER_ERROR, &failure)
        }
    }
}

/// Returns the edition that a window asks for and may have: nobody but the facilitator reads the record over the scheme.
fn edition_for(label: &str, file: &str) -> Option<Edition> {
    match (label, file) {
        (CONSOLE, "internal.pdf") => Some(Edition::Internal),
        (CONSOLE, "public.pdf") => Some(Edition::Public),
        _ => None,
    }
}

/// Returns whether an attachment is what the stage shows now.
fn is_on_the_stage(meeting: &Meeting, id: AttachmentId) -> bool {
    let picture = meeting::existing(meeting, meeting.stage.frozen.unwrap_or(meeting.stage.picture));
    picture == Picture::Evidence { attachment: id } && !meeting.stage.blank
}

fn json(view: &impl serde::Serialize) -> Response<Vec<u8>> {
    respond(StatusCode::OK, "application/json", serde_json::to_vec(view).unwrap_or_default())
}

fn refuse(status: StatusCode, failure: &Failure) -> Response<Vec<u8>> {
    respond(status, "application/json", serde_json::to_vec(failure).unwrap_or_default())
}

fn respond(status: StatusCode, media_type: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    // The pages are served from the application's own origin; no other page is ever loaded in a window.
    let origin = if cfg!(any(windows, target_os = "android")) { "http://tauri.localhost" } else { "tauri://localhost" };
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin)
        .body(body)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use meeting::{EventId, Picture};

    use super::*;

    #[test]
    fn the_console_gets_both_editions_of_the_record_and_no_other_window_gets_any() {
        assert_eq!(edition_for(CONSOLE, "internal.pdf"), Some(Edition::Internal));
        assert_eq!(edition_for(CONSOLE, "public.pdf"), Some(Edition::Public));
        for label in [STAGE, "", "main", "Console", "console-2"] {
            for file in ["internal.pdf", "public.pdf"] {
                assert_eq!(edition_for(label, file), None, "{label} asks for {file}");
            }
        }
        for file in ["", "internal", "Internal.pdf", "../internal.pdf", "internal.pdf/", "internal.md"] {
            assert_eq!(edition_for(CONSOLE, file), None, "{file}");
        }
    }

    #[test]
    fn the_stage_gets_the_image_that_is_on_it_and_no_other() {
        let mut meeting = Meeting::unwritten();
        let image =
            meeting::Image { format: meeting::ImageFormat::Png, width: 1, height: 1, bytes: 1, digest: String::new() };
        meeting.attachments = [7, 8]
            .map(|number| meeting::Attachment {
                id: AttachmentId(number),
                event: Some(EventId(1)),
                content: Content::Image { image: image.clone() },
                caption: String::new(),
                staged: true,
                public: false,
            })
            .to_vec();
        meeting.stage.picture = Picture::Evidence { attachment: AttachmentId(7) };
        assert!(is_on_the_stage(&meeting, AttachmentId(7)));
        assert!(!is_on_the_stage(&meeting, AttachmentId(8)));
        meeting.stage.blank = true;
        assert!(!is_on_the_stage(&meeting, AttachmentId(7)), "a dark stage shows nothing");
    }
}
