//! The phone page, embedded as it was built.

/// What the room serves to phones.
pub(crate) const PAGE: room::Page = room::Page {
    html: include_bytes!("../../ui/dist/phone/index.html"),
    script: include_bytes!("../../ui/dist/phone/phone.js"),
    style: include_bytes!("../../ui/dist/phone/phone.css"),
};
