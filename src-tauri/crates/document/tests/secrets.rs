//! The public edition holds none of a thousand seeded secrets (S13): not in its text, not in the pages and streams of its
//! PDF, not in its properties, and not in what carries a part of it elsewhere.
//!
//! Two kinds of places are told apart. What is **closed** never enters the public edition, so its secrets are ordinary
//! words that no redaction could find. What is **open** is prose that is public by design, so its secrets are what the
//! redaction has to catch: people the record knows, addresses, tokens and hosts. Beside each stands a word that has to
//! come through, so that an empty document is no success.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "a test may stop at the first surprise")]

#[path = "secrets/planted.rs"]
mod planted;
mod reading;
mod scenes;

use document::{
    Edition, Leak, Listed, actions_csv, due_dates, index, json, leaks, markdown, no_images, pdf, plain, public, record,
    summary, timeline_csv,
};
use lopdf::Object;
use planted::{Planted, plant};

/// How many post-mortems the secrets are spread over.
const RECORDS: u64 = 6;

/// Without white space and in small letters: a page breaks lines wherever it likes.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Everything that can be read out of a PDF: its pages, its strings, its names and its streams, unpacked.
fn read_out(bytes: &[u8]) -> String {
    let mut text = reading::printed(bytes, &["-raw"]);
    let mut file = lopdf::Document::load_mem(bytes).unwrap();
    file.decompress();
    for object in file.objects.values() {
        strings(object, &mut text);
    }
    strings(&Object::Dictionary(file.trailer.clone()), &mut text);
    text.push_str(&String::from_utf8_lossy(bytes));
    text
}

fn strings(object: &Object, text: &mut String) {
    match object {
        Object::String(bytes, _) | Object::Name(bytes) => {
            text.push_str(&String::from_utf8_lossy(bytes));
            let pairs = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            text.extend(char::decode_utf16(pairs).map(|c| c.unwrap_or('\u{fffd}')));
            text.push('\n');
        }
        Object::Array(items) => items.iter().for_each(|item| strings(item, text)),
        Object::Dictionary(entries) => entries.iter().for_each(|(name, value)| {
            text.push_str(&String::from_utf8_lossy(name));
            strings(value, text);
        }),
        Object::Stream(stream) => {
            strings(&Object::Dictionary(stream.dict.clone()), text);
            text.push_str(&String::from_utf8_lossy(&stream.content));
        }
        _ => {}
    }
}

/// A picture whose file says what nobody is to know: in a comment, in the words of a camera, and behind its end.
fn with_words(format: image::ImageFormat, said: &str) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 30, image::Rgb([9, 99, 199])).write_to(&mut file, format).unwrap();
    let file = file.into_inner();
    let (start, length) = if format == image::ImageFormat::Png { (33, 4) } else { (2, 2) };
    let mut told = file[..start].to_vec();
    for kind in [&b"tEXt"[..], b"eXIf"] {
        if length == 4 {
            let chunk = [kind, said.as_bytes()].concat();
            let mut sum = flate2::Crc::new();
            sum.update(&chunk);
            told.extend(u32::try_from(said.len()).unwrap().to_be_bytes());
            told.extend(chunk);
            told.extend(sum.sum().to_be_bytes());
        } else {
            told.extend([0xff, if kind == b"tEXt" { 0xfe } else { 0xe1 }]);
            told.extend(u16::try_from(said.len() + 2).unwrap().to_be_bytes());
            told.extend(said.as_bytes());
        }
    }
    [&told, &file[start..], said.as_bytes()].concat()
}

/// Every form in which the public edition leaves the house.
fn forms(planted: &Planted) -> Vec<(&'static str, String)> {
    let outside = public(&planted.meeting, &[]);
    let document = outside.document();
    let listed = Listed {
        day: chrono::NaiveDate::MIN,
        severity: None,
        title: document.title.clone(),
        edition: Edition::Public.word().to_owned(),
        files: vec!["a.md".to_owned()],
    };
    vec![
        ("Markdown", markdown(&document)),
        ("plain text", plain(&document)),
        ("PDF", read_out(&pdf(&document, &no_images).unwrap().bytes)),
        ("actions as CSV", actions_csv(&outside.meeting)),
        ("timeline as CSV", timeline_csv(&outside.meeting)),
        ("due dates", due_dates(&outside.meeting).unwrap().replace("\r\n ", "")),
        ("summary", markdown(&summary(&outside.meeting, ""))),
        ("index", index(&[listed])),
        ("blocks", format!("{document:?}")),
    ]
}

#[test]
fn none_of_a_thousand_secrets_leaves_the_house() {
    let (mut secrets, mut leaked, mut kept) = (0, Vec::new(), 0);
    for seed in 1..=RECORDS {
        let planted = plant(seed);
        let inside = squeezed(&json(&planted.meeting));
        for secret in &planted.secrets {
            let wanted = squeezed(&serde_json::to_string(&secret.value).unwrap());
            assert!(inside.contains(wanted.trim_matches('"')), "{secret:?} was not planted");
        }
        for (form, text) in forms(&planted) {
            let text = squeezed(&text);
            for secret in &planted.secrets {
                if secret.pieces().iter().any(|piece| text.contains(&squeezed(piece))) {
                    leaked.push(format!("{form}: {secret:?}"));
                }
            }
            if ["Markdown", "plain text", "PDF"].contains(&form) {
                for word in &planted.kept {
                    assert!(text.contains(&squeezed(word)), "{word} did not come through into the {form}");
                    kept += 1;
                }
            }
        }
        secrets += planted.secrets.len();
    }
    assert!(secrets >= 1_000, "{secrets} secrets only");
    assert!(kept > 500, "{kept} words came through only");
    assert!(leaked.is_empty(), "{} leaks:\n{}", leaked.len(), leaked.join("\n"));
}

#[test]
fn a_picture_in_the_pdf_says_nothing_but_what_is_seen() {
    let document = public(&plant(2).meeting, &[]).document();
    for format in [image::ImageFormat::Png, image::ImageFormat::Jpeg] {
        let file = with_words(format, "52.5200 North of Zanzibar");
        assert!(String::from_utf8_lossy(&file).contains("Zanzibar"));
        let read = read_out(&pdf(&document, &|_| Some(file.clone())).unwrap().bytes);
        assert!(read.contains("ColorSpace") && !read.contains("could not be read"), "the {format:?} is printed");
        assert!(!read.contains("Zanzibar"), "the {format:?} tells where it was taken");
    }
}

#[test]
fn the_check_finds_every_kind_of_secret_where_nothing_was_cleared() {
    for seed in 1..=RECORDS {
        let planted = plant(seed);
        let findings = leaks(&record(&planted.meeting), &planted.meeting, &[]);
        let found: Vec<String> = findings.iter().map(|finding| squeezed(&finding.found)).collect();
        for secret in planted.secrets.iter().filter(|secret| secret.open) {
            let value = squeezed(&secret.value);
            let seen = found.iter().any(|found| found.contains(&value) || value.contains(found.as_str()));
            assert!(seen, "the check passes over {secret:?}");
        }
        for leak in [Leak::Name, Leak::MailAddress, Leak::NetworkAddress, Leak::InternalHost, Leak::Secret] {
            assert!(findings.iter().any(|finding| finding.leak == leak && finding.certain), "no {leak:?}");
        }
        assert!(findings.iter().all(|finding| !finding.section.is_empty() && !finding.excerpt.is_empty()));
    }
}

#[test]
fn the_check_finds_nothing_sure_in_the_public_edition() {
    for seed in 1..=RECORDS {
        let planted = plant(seed);
        let sure: Vec<_> = public(&planted.meeting, &[]).findings.into_iter().filter(|it| it.certain).collect();
        assert!(sure.is_empty(), "seed {seed}: {sure:#?}");
    }
}

#[test]
fn what_was_said_in_confidence_is_found_where_somebody_wrote_it_again_in_public() {
    let mut planted = plant(3);
    let private = planted.meeting.timeline.iter().find(|event| !event.public).unwrap().text.clone();
    planted.meeting.incident.texts.insert(meeting::TextField::Trigger, format!("As somebody said: {private}"));
    let findings = public(&planted.meeting, &[]).findings;
    let found: Vec<_> = findings.iter().filter(|finding| finding.leak == Leak::PrivateField).collect();
    assert_eq!(found.len(), 1, "{findings:#?}");
    assert_eq!(found[0].section, "Trigger");
}

#[test]
fn names_from_other_records_are_for_somebody_to_look_at() {
    let mut planted = plant(4);
    planted.meeting.incident.texts.insert(meeting::TextField::Trigger, "Xanthippe asked for a release.".to_owned());
    assert_eq!(public(&planted.meeting, &[]).findings.iter().filter(|it| it.found == "Xanthippe").count(), 0);
    let others = ["Xanthippe Vorn".to_owned()];
    let findings = public(&planted.meeting, &others).findings;
    let found: Vec<_> = findings.iter().filter(|finding| finding.found == "Xanthippe").collect();
    assert_eq!(found.len(), 1, "{findings:#?}");
    assert!(!found[0].certain && found[0].section == "Trigger");
}

#[test]
fn both_editions_stand_side_by_side_with_what_was_left_out_and_why() {
    let planted = plant(5);
    let outside = public(&planted.meeting, &[]);
    let beside = outside.beside(&record(&planted.meeting));
    let section = |name: &str| beside.iter().find(|it| it.section == name).unwrap_or_else(|| panic!("{name}"));
    for (name, stays_inside) in [("Timeline", false), ("Decisions", true), ("Parking lot", true), ("The meeting", true)]
    {
        let section = section(name);
        assert!(!section.internal.is_empty() && section.public.is_empty() == stays_inside, "{section:#?}");
        assert!(!section.left_out.is_empty(), "{name} says what was left out");
    }
    for left in &outside.left_out {
        assert!(beside.iter().any(|it| it.left_out.contains(left)), "{left:?} stands beside no section");
    }
    for replaced in &outside.replaced {
        assert!(!replaced.place.is_empty() && replaced.was != replaced.now, "{replaced:?}");
    }
}
