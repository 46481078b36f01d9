//! The phone page, embedded as it was built.

/// What the room serves to phones.
pub(crate) const PAGE: room::Page = room::Page {
    html: include_bytes!("../../ui/dist/phone/index.html"),
    script: include_bytes!("../../ui/dist/phone/phone.js"),
    style: include_bytes!("../../ui/dist/phone/phone.css"),
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
}
