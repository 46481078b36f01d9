//! Records of any size and with images, as programs see them that had no part in writing them.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixture has to stop")]

mod fixture;

use std::path::{Path, PathBuf};
use std::process::Command;

use document::{Document, Pdf, no_images};
use lopdf::Object;

/// What a program says about a PDF; it has to find nothing wrong with it.
fn said(program: &str, arguments: &[&str], pdf: &Pdf, name: &str) -> String {
    let path = beside(name, "pdf");
    std::fs::write(&path, &pdf.bytes).unwrap();
    let output = Command::new(program).args(arguments).arg(&path).output().expect("the tests need this program");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn beside(name: &str, ending: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.{ending}"))
}

/// The words in the order in which they are read.
fn words(pdf: &Pdf, name: &str) -> String {
    said("pdftotext", &["-q"], pdf, name);
    std::fs::read_to_string(beside(name, "txt")).unwrap()
}

fn with_images() -> Document {
    let mut record = fixture::record();
    record.blocks = fixture::huge::record().blocks.split_off(fixture::huge::record().blocks.len() - 4);
    record
}

#[test]
fn a_record_with_images_has_the_same_bytes_each_time() {
    let record = with_images();
    let made = || document::pdf(&record, &fixture::huge::image).unwrap().bytes;
    assert_eq!(made(), made());
}

#[test]
fn images_stand_in_the_document_with_captions_and_words_for_who_cannot_see_them() {
    let made = document::pdf(&with_images(), &fixture::huge::image).unwrap();
    let listed = said("pdfimages", &["-list"], &made, "images");
    let kinds = listed.lines().skip(2).map(|line| line.split_whitespace().nth(8).unwrap()).collect::<Vec<_>>();
    assert_eq!(kinds.iter().filter(|kind| **kind == "jpeg").count(), 2, "{listed}");
    assert_eq!(kinds.len(), 4, "{listed}");
    assert!(listed.contains("1650"), "a photograph of 2,400 pixels is printed with fewer: {listed}");
    assert!(words(&made, "images").contains("Figure 40."));
    let file = lopdf::Document::load_mem(&made.bytes).unwrap();
    let figures = file.objects.values().filter_map(|object| object.as_dict().ok());
    let figures = figures.filter(|d| d.get(b"S").and_then(Object::as_name).ok() == Some(b"Figure"));
    let mut spoken =
        figures.map(|figure| lopdf::decode_text_string(figure.get(b"Alt").unwrap()).unwrap()).collect::<Vec<_>>();
    spoken.sort();
    assert_eq!(spoken, ["Graph 37", "Graph 38", "Graph 39", "Graph 40"]);
}

#[test]
fn what_is_seen_of_an_image_is_what_its_file_shows_on_white() {
    let made = document::pdf(&with_images(), &fixture::huge::image).unwrap();
    let (path, taken) = (beside("seen", "pdf"), beside("seen", "images"));
    std::fs::write(&path, &made.bytes).unwrap();
    let status = Command::new("pdfimages").arg("-png").arg(&path).arg(&taken).status().unwrap();
    assert!(status.success());
    // Figure 40 is a chessboard behind a haze that ends at every 256th column.
    let seen = image::open(format!("{}-003.png", taken.display())).unwrap().to_rgb8();
    assert_eq!(seen.dimensions(), (1280, 720));
    assert_eq!([seen.get_pixel(255, 20).0, seen.get_pixel(255, 60).0], [[240, 240, 90], [240, 120, 90]]);
    assert_eq!(seen.get_pixel(256, 20).0, [255, 255, 255]);
}

#[test]
fn an_image_that_is_not_there_is_named_in_its_place() {
    let missing = document::pdf(&with_images(), &no_images).unwrap();
    assert!(words(&missing, "missing").contains("This image could not be read"));
    assert!(words(&missing, "missing").contains("Figure 40."));
    let broken = |_: &meeting::Image| Some(b"\x89PNG\r\n\x1a\n and then nothing".to_vec());
    assert_eq!(document::pdf(&with_images(), &broken).unwrap(), missing);
}

#[test]
fn a_record_of_any_size_is_sound_and_nothing_leaves_its_pages() {
    let mut tiny = fixture::record();
    tiny.blocks.clear();
    for (name, record) in [("tiny", tiny), ("usual", fixture::record()), ("huge", fixture::huge::record())] {
        let made = document::pdf(&record, &no_images).unwrap();
        let checked = said("qpdf", &["--check"], &made, name);
        assert!(checked.contains("No syntax or stream encoding errors"), "{name}: {checked}");
        let fonts = said("pdffonts", &[], &made, name);
        assert!(fonts.lines().skip(2).all(|line| line.contains(" yes yes yes ")), "{name}: {fonts}");
        // The places of its words come out beside the file.
        said("pdftotext", &["-bbox", "-q"], &made, name);
        let html = std::fs::read_to_string(beside(name, "html")).unwrap();
        let side = |line: &str, key: &str| -> Option<f32> {
            let from = line.find(&format!("{key}=\""))? + key.len() + 2;
            line[from..].split('"').next()?.parse().ok()
        };
        let mut seen = 0;
        for line in html.lines().filter(|line| line.contains("<word ")) {
            let (left, right) = (side(line, "xMin").unwrap(), side(line, "xMax").unwrap());
            let (top, bottom) = (side(line, "yMin").unwrap(), side(line, "yMax").unwrap());
            assert!(left > 46.0 && right < 549.5 && top > 30.0 && bottom < 812.0, "{name}: {line}");
            seen += 1;
        }
        assert!(seen > 5, "{name}");
    }
}
