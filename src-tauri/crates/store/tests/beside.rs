//! What lies beside the log: images, templates, and a library from an earlier version.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use std::fs;

use meeting::{Edit, ImageFormat, Meeting, PostMortemId, Scope, TextField, template};
use store::{ImageError, Images, Library, RequestDigest};

/// The smallest header that says what it is: a PNG of 3 by 2 pixels, up to the end of its first chunk.
fn png(width: u8, height: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0]);
    bytes
}

#[test]
fn an_image_is_named_by_its_bytes_and_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let images = Images::of(folder.path());
    let first = images.keep(&png(3, 2)).unwrap();
    assert_eq!((first.format, first.width, first.height), (ImageFormat::Png, 3, 2));
    assert_eq!(images.keep(&png(3, 2)).unwrap(), first);
    let other = images.keep(&png(2, 2)).unwrap();
    assert_ne!(other.digest, first.digest);
    assert_eq!(fs::read_dir(folder.path().join("images")).unwrap().count(), 2, "and nothing half written beside them");
    assert_eq!(images.read(&first).unwrap(), png(3, 2));
}

#[test]
fn what_is_no_image_or_too_large_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let images = Images::of(folder.path());
    for bytes in [&b""[..], b"<svg onload=alert(1)>", b"GIF89a\x01\x00\x01\x00", &png(3, 2)[..12]] {
        assert!(matches!(images.keep(bytes), Err(ImageError::NotAnImage)), "{bytes:?}");
    }
    let mut large = png(3, 2);
    large.resize(20 * 1024 * 1024 + 1, 0);
    let refused = images.keep(&large).unwrap_err().to_string();
    assert!(refused.contains("at most 20 MB"), "{refused}");
    assert!(!folder.path().join("images").exists(), "nothing was kept");
}

#[test]
fn a_digest_that_is_a_path_leads_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let images = Images::of(folder.path());
    fs::write(folder.path().join("secret.png"), "secret").unwrap();
    let mut image = images.keep(&png(3, 2)).unwrap();
    image.digest = "../secret".into();
    assert!(images.read(&image).is_err());
}

#[test]
fn a_template_replaces_the_one_of_its_name_and_survives_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let mut meeting = Meeting::unwritten();
    let library = Library::open(folder.path()).unwrap();
    library.keep_template(&template(&meeting, "Payments", Scope::Agenda)).unwrap();
    meeting.incident.texts.insert(TextField::Owner, "Platform".into());
    let newer = template(&meeting, "Payments", Scope::PostMortem);
    assert!(newer.edits.contains(&Edit::Text { field: TextField::Owner, text: "Platform".into() }));
    library.keep_template(&newer).unwrap();
    drop(library);
    let library = Library::open(folder.path()).unwrap();
    assert_eq!(library.templates().unwrap(), [newer]);
    library.delete_template("Payments").unwrap();
    assert_eq!(library.templates().unwrap(), []);
}

#[test]
fn a_library_of_the_first_format_is_backed_up_and_opens() {
    let folder = tempfile::tempdir().unwrap();
    let old = rusqlite::Connection::open(folder.path().join("library.sqlite")).unwrap();
    old.execute_batch(include_str!("../migrations/0001-first.sql")).unwrap();
    old.execute_batch("INSERT INTO seen VALUES ('pm-1', '7-request-xyzzy'), ('pm-1', 'b'), ('pm-2', 'c')").unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);
    let mut library = Library::open(folder.path()).unwrap();
    assert_eq!(library.templates().unwrap(), []);
    assert_eq!(fs::read_dir(folder.path().join("backups")).unwrap().count(), 1);
    let mut knows =
        |id: &str, name: &str| library.has_granted(&PostMortemId(id.into()), RequestDigest::of(name)).unwrap();
    assert!(knows("pm-1", "7-request-xyzzy") && knows("pm-1", "b") && knows("pm-2", "c"), "a repeat is still known");
    assert!(!knows("pm-2", "b"));
    drop(library);
    let database = fs::read(folder.path().join("library.sqlite")).unwrap();
    assert!(!database.windows(13).any(|bytes| bytes == b"request-xyzzy"), "names are digested and then gone");
}
