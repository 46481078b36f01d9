//! The QR code of the room: an address in capitals and the key in the fragment.
//!
//! Three segments (alphanumeric, `#` as a byte, alphanumeric) keep it at 29 modules at level M for an IPv4 address;
//! as one string it would be 33, because `#` is no letter of the compact alphabet.

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// Returns the modules as rows of `0` and `1`, without the quiet zone; empty when no QR code could hold it.
pub(crate) fn modules(address: &str, key: &str) -> Vec<String> {
    (1..=10).find_map(|version| encode(Version::Normal(version), address, key)).unwrap_or_default()
}

fn encode(version: Version, address: &str, key: &str) -> Option<Vec<String>> {
    let mut bits = Bits::new(version);
    bits.push_alphanumeric_data(format!("HTTP://{}/", address.to_uppercase()).as_bytes()).ok()?;
    bits.push_byte_data(b"#").ok()?;
    bits.push_alphanumeric_data(key.as_bytes()).ok()?;
    bits.push_terminator(EcLevel::M).ok()?;
    let code = QrCode::with_bits(bits, EcLevel::M).ok()?;
    let colors = code.to_colors();
    let row = |row: &[Color]| row.iter().map(|module| if *module == Color::Dark { '1' } else { '0' }).collect();
    Some(colors.chunks(code.width()).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_its_key_takes_29_modules() {
        let rows = modules("192.168.100.123:65535", "0123456789ABCDEFGHJKMNPQRS");
        assert_eq!(rows.len(), 29);
        assert!(rows.iter().all(|row| row.len() == 29));
        assert!(rows[0].starts_with("1111111"), "the finder pattern of the first corner");
    }
}
