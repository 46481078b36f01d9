//! Images as they may leave the library.
//!
//! A photograph knows where and with which camera it was taken, and is larger than a page can show. For the files
//! beside the Markdown, what is not picture is cut out of the file ([`without_metadata`]); for the PDF an image is made
//! as large as it is printed and put into one of the two forms that a PDF holds as they are ([`for_print`]). What
//! cannot be read is no image: the record says so in its place.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits, imageops};

/// An image wider or higher than this is made smaller.
const LARGEST: u32 = 2000;
/// How wide and high it then is at most: 240 dots an inch over the full width of a page.
const PRINTED: u32 = 1650;
/// What decoding may take; a few hundred bytes may claim to be an image of a gigabyte.
const MEMORY: u64 = 640 * 1024 * 1024;
/// A larger PNG is tried as JPEG: it is a photograph.
const LARGE_PNG: usize = 500_000;
/// The quality of JPEG.
const QUALITY: u8 = 84;

/// An image in a form that a PDF holds as it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Printable {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// 1 for grey, 3 for colour.
    pub(crate) channels: u8,
    pub(crate) coding: Coding,
    pub(crate) bytes: Vec<u8>,
}

/// How the bytes of an image are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// A whole JPEG file.
    Jpeg,
    /// Rows with the filters of PNG, deflated.
    Png,
}

/// Returns the same picture without what else its file says: places, cameras, times, comments, previews.
///
/// A photograph that was to be turned is turned. Nothing is returned for what is no PNG or JPEG.
#[must_use]
pub fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    match image::guess_format(bytes).ok()? {
        ImageFormat::Png => png_chunks(bytes).map(|chunks| {
            let kept = chunks.into_iter().filter(|chunk| {
                matches!(&chunk[4..8], b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND" | b"sRGB" | b"gAMA" | b"cHRM")
            });
            let mut file = bytes[..8].to_vec();
            kept.for_each(|chunk| file.extend(chunk));
            file
        }),
        ImageFormat::Jpeg => {
            let (image, orientation) = decoded(bytes)?;
            if orientation == Orientation::NoTransforms { jpeg_pictures(bytes) } else { jpeg(&image).map(|(_, b)| b) }
        }
        _ => None,
    }
}

/// Makes an image ready for a page.
pub(crate) fn for_print(bytes: &[u8]) -> Option<Printable> {
    let format = image::guess_format(bytes).ok()?;
    let (image, orientation) = decoded(bytes)?;
    let small = image.width() <= LARGEST && image.height() <= LARGEST;
    if format == ImageFormat::Jpeg && small && orientation == Orientation::NoTransforms {
        let channels = image.color().channel_count();
        if let Some(bytes) = jpeg_pictures(bytes).filter(|_| matches!(jpeg_channels(bytes), Some(1 | 3))) {
            let (width, height) = (image.width(), image.height());
            return Some(Printable { width, height, channels, coding: Coding::Jpeg, bytes });
        }
    }
    let image = if small { image } else { image.resize(PRINTED, PRINTED, imageops::FilterType::CatmullRom) };
    let image = on_white(&image);
    if format == ImageFormat::Jpeg {
        let (channels, bytes) = jpeg(&image)?;
        let (width, height) = (image.width(), image.height());
        return Some(Printable { width, height, channels, coding: Coding::Jpeg, bytes });
    }
    let as_png = png(&image)?;
    if as_png.bytes.len() > LARGE_PNG
        && let Some((channels, bytes)) = jpeg(&image).filter(|(_, bytes)| bytes.len() < as_png.bytes.len() / 2)
    {
        return Some(Printable { channels, coding: Coding::Jpeg, bytes, ..as_png });
    }
    Some(as_png)
}

/// Decodes an image and turns it as it is to be seen; returns how it was turned, too.
fn decoded(bytes: &[u8]) -> Option<(DynamicImage, Orientation)> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(orientation);
    Some((image, orientation))
}

/// Lays an image on paper: what is transparent becomes white.
fn on_white(image: &DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        let grey = image.color().channel_count() == 1;
        return if grey { image.to_luma8().into() } else { image.to_rgb8().into() };
    }
    let mut image = image.to_rgba8();
    for pixel in image.pixels_mut() {
        let alpha = u16::from(pixel[3]);
        for channel in 0..3 {
            let mixed = (u16::from(pixel[channel]) * alpha + 255 * (255 - alpha)) / 255;
            pixel[channel] = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    DynamicImage::from(image).to_rgb8().into()
}

fn jpeg(image: &DynamicImage) -> Option<(u8, Vec<u8>)> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    let grey = image.color().channel_count() == 1;
    let written =
        if grey { image.to_luma8().write_with_encoder(encoder) } else { image.to_rgb8().write_with_encoder(encoder) };
    written.ok()?;
    Some((if grey { 1 } else { 3 }, bytes))
}

fn png(image: &DynamicImage) -> Option<Printable> {
    let (width, height) = (image.width(), image.height());
    let channels = image.color().channel_count();
    let color = if channels == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    let mut file = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive);
    encoder.write_image(image.as_bytes(), width, height, color).ok()?;
    let chunks = png_chunks(&file)?;
    let data = chunks.into_iter().filter(|chunk| &chunk[4..8] == b"IDAT");
    let bytes = data.flat_map(|chunk| &chunk[8..chunk.len() - 4]).copied().collect();
    Some(Printable { width, height, channels, coding: Coding::Png, bytes })
}

/// Returns the chunks of a PNG file, each with its length, name and checksum, up to the last one.
fn png_chunks(file: &[u8]) -> Option<Vec<&[u8]>> {
    let mut rest = file.get(8..)?;
    let mut chunks = Vec::new();
    loop {
        let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let end = length.checked_add(12)?;
        chunks.push(rest.get(..end)?);
        if rest.get(4..8)? == b"IEND" {
            return Some(chunks);
        }
        rest = &rest[end..];
    }
}

/// Returns a JPEG file with only the segments that draw its picture; what follows its end is left out too.
fn jpeg_pictures(file: &[u8]) -> Option<Vec<u8>> {
    let mut out = file.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        let marker = *file.get(at + 1)?;
        if file[at] != 0xff {
            return None;
        }
        match marker {
            0xff => {
                // Any number of these may fill the space before a marker.
                at += 1;
                continue;
            }
            0xd9 => {
                out.extend([0xff, 0xd9]);
                return Some(out);
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(file.get(at + 2..at + 4)?.try_into().ok()?));
        let segment = file.get(at..at + 2 + length)?;
        at += segment.len();
        // Of the application's segments only Adobe's says how colours are to be read.
        if !matches!(marker, 0xe0..=0xed | 0xef | 0xfe) {
            out.extend(segment);
        }
        if marker == 0xda {
            let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
            let scan = file[at..].windows(2).position(ends)?;
            out.extend(&file[at..at + scan]);
            at += scan;
        }
    }
}

/// Returns how many channels a JPEG file says it has; four are the inks of a print shop.
fn jpeg_channels(file: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let marker = *file.get(at + 1)?;
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return file.get(at + 9).copied();
        }
        let length = usize::from(u16::from_be_bytes(file.get(at + 2..at + 4)?.try_into().ok()?));
        at += if marker == 0xff { 1 } else { 2 + length };
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn photograph(width: u32, height: u32) -> DynamicImage {
        let shade = |n: u32| u8::try_from(n % 256).unwrap();
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([shade(x), shade(y), shade(x * y / 7)])).into()
    }

    /// A JPEG with a place in its metadata and its comment, turned as its camera was held, and a film behind its end.
    fn taken_with_a_phone(orientation: u8) -> Vec<u8> {
        let (_, bytes) = jpeg(&photograph(60, 40)).unwrap();
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.push(orientation);
        exif.extend(b"\0\0\0\0\0\0GPS 52.5200 N");
        let mut file = vec![0xff, 0xd8];
        for (marker, said) in [(0xe1, &exif[..]), (0xfe, b"GPS, said a comment"), (0xed, b"GPS, said Photoshop")] {
            file.extend([0xff, marker]);
            file.extend(u16::try_from(said.len() + 2).unwrap().to_be_bytes());
            file.extend(said);
        }
        file.extend(&bytes[2..]);
        file.extend(b"film GPS 52.5200 N");
        file
    }

    fn says_where(bytes: &[u8]) -> bool {
        bytes.windows(3).any(|part| part == b"GPS")
    }

    #[test]
    fn a_photograph_is_turned_and_says_no_longer_where_it_was_taken() {
        let file = taken_with_a_phone(6);
        assert!(says_where(&file));
        let cleaned = without_metadata(&file).unwrap();
        assert!(!says_where(&cleaned));
        let (seen, orientation) = decoded(&cleaned).unwrap();
        assert_eq!((seen.width(), seen.height(), orientation), (40, 60, Orientation::NoTransforms));
        let printed = for_print(&file).unwrap();
        assert_eq!((printed.width, printed.height), (40, 60));
        assert!(!says_where(&printed.bytes));
    }

    #[test]
    fn the_picture_of_an_upright_photograph_is_not_touched_and_says_nothing_else_either() {
        let file = taken_with_a_phone(1);
        let cleaned = without_metadata(&file).unwrap();
        assert_eq!(decoded(&cleaned).unwrap().0, decoded(&file).unwrap().0);
        assert!(!says_where(&cleaned));
        assert_eq!(for_print(&file).unwrap().bytes, cleaned, "it is embedded as it is");
    }

    #[test]
    fn a_png_keeps_its_pixels_and_loses_its_comments() {
        let mut file = Vec::new();
        photograph(30, 20).write_with_encoder(PngEncoder::new(&mut file)).unwrap();
        let comment = b"tEXtAuthor\0GPS of Ada";
        let mut commented = file[..33].to_vec();
        commented.extend(u32::try_from(comment.len() - 4).unwrap().to_be_bytes());
        commented.extend(comment);
        commented.extend([0; 4]);
        commented.extend(&file[33..]);
        assert_eq!(without_metadata(&commented).unwrap(), file);
    }

    #[test]
    fn what_is_transparent_is_white_on_paper() {
        let image = image::RgbaImage::from_pixel(4, 4, image::Rgba([200, 0, 0, 0]));
        assert_eq!(on_white(&image.into()).to_rgb8().get_pixel(1, 1).0, [255, 255, 255]);
    }

    #[test]
    fn a_large_image_is_printed_smaller_and_what_is_none_is_not_printed() {
        let (_, bytes) = jpeg(&photograph(4200, 2100)).unwrap();
        let printed = for_print(&bytes).unwrap();
        assert_eq!((printed.width, printed.height), (1650, 825));
        for junk in [&b"%PDF-1.7"[..], &bytes[..400], b"", b"\x89PNG\r\n\x1a\n\0\0"] {
            assert_eq!(for_print(junk), None);
            assert_eq!(without_metadata(junk), None);
        }
    }
}
