//! The phone page, embedded as it was built.

/// What the room serves to phones.
pub(crate) const PAGE: room::Page = room::Page {
    html: include_bytes!("../../ui/dist/phone/index.html"),
    script: include_bytes!("../../ui/dist/phone/phone.js"),
    recollect: include_bytes!("../../ui/dist/phone/recollect.js"),
    style: include_bytes!("../../ui/dist/phone/phone.css"),
    calendar: document::due_date,
};

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::io::Write as _;

    use super::PAGE;

    #[test]
    fn the_first_load_of_a_phone_stays_under_thirty_kilobytes() {
        let compressed = |bytes: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap().len()
        };
        let sizes = [PAGE.html, PAGE.script, PAGE.style].map(compressed);
        assert!(sizes.iter().sum::<usize>() < 30 * 1024, "{sizes:?} bytes");
    }

    #[test]
    fn the_room_serves_every_file_that_the_build_of_the_page_leaves() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist/phone");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let files: std::collections::BTreeSet<String> = files.collect();
        assert_eq!(Vec::from_iter(files), ["index.html", "phone.css", "phone.js", "recollect.js"]);
    }

    #[test]
    fn the_second_script_builds_on_the_first_and_both_are_read_by_browsers_that_know_no_import_at_will() {
        let [script, recollect] = [PAGE.script, PAGE.recollect].map(|bytes| std::str::from_utf8(bytes).unwrap());
        assert!(recollect.contains("from\"./phone.js\""), "two runtimes would not draw one page");
        assert_eq!([script, recollect].map(|text| text.contains("import(")), [false, false]);
    }
}
