//! Saving the file small: everything that is no stream goes into compressed object streams (ISO 32000-1, 7.5.7).
//!
//! The tags of a record are thousands of little dictionaries; written one by one they weigh more than its words and
//! fonts. `lopdf` writes object streams, but leaves their table of places as it is, at seven bytes for each object:
//! that table is taken off again and written compressed (7.5.8), with an identifier made from all that stands before it.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, ObjectStreamConfig, SaveOptions, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::DocumentError;

/// How many objects share a stream. Readers unpack a whole one for a single object.
const OBJECTS: usize = 300;
/// Bytes of an entry of the table as `lopdf` writes it: kind, place and number.
const ENTRY: usize = 7;
const BEFORE_TABLE: &[u8] = b"stream\n";

/// Writes a finished document.
pub(super) fn save(mut file: lopdf::Document) -> Result<Vec<u8>, DocumentError> {
    let failed = |reason: String| DocumentError::Assembly(reason);
    compress(&mut file);
    let options = SaveOptions {
        use_object_streams: true,
        use_xref_streams: true,
        linearize: false,
        object_stream_config: ObjectStreamConfig { max_objects_per_stream: OBJECTS, compression_level: 9 },
    };
    let mut bytes = Vec::new();
    file.save_with_options(&mut bytes, options).map_err(|error| failed(error.to_string()))?;
    let table = table(&bytes).ok_or_else(|| failed("its table of places is missing".to_owned()))?;
    let (start, entries) = (table.start, &bytes[table.entries]);
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let compressed = encoder.write_all(&differences(entries)).and_then(|()| encoder.finish());
    let compressed = compressed.map_err(|error| failed(error.to_string()))?;
    let identifier = Object::String(Sha256::digest(&bytes[..start])[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![identifier.clone(), identifier]));
    let dictionary = places(&file.trailer, compressed.len());
    let head = format!("{} 0 obj\n{dictionary}stream\n", file.max_id);
    bytes.truncate(start);
    bytes.extend(head.as_bytes());
    bytes.extend(compressed);
    bytes.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes());
    Ok(bytes)
}

/// Compresses the streams, shared among the cores.
fn compress(file: &mut lopdf::Document) {
    let streams = file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok());
    let mut streams = streams.filter(|stream| stream.allows_compression).collect::<Vec<_>>();
    streams.sort_by_key(|stream| std::cmp::Reverse(stream.content.len()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let mut shares = (0..cores).map(|_| Vec::new()).collect::<Vec<_>>();
    for (number, stream) in streams.into_iter().enumerate() {
        shares[number % cores].push(stream);
    }
    std::thread::scope(|scope| {
        for share in shares {
            // A stream that cannot be compressed stays as it is.
            scope.spawn(move || share.into_iter().for_each(|stream: &mut Stream| drop(stream.compress())));
        }
    });
}

/// Where the table of places stands.
struct Table {
    start: usize,
    entries: std::ops::Range<usize>,
}

fn table(bytes: &[u8]) -> Option<Table> {
    let find =
        |part: &[u8], from: usize| bytes.get(from..)?.windows(part.len()).position(|w| w == part).map(|at| from + at);
    let tail = bytes.len().saturating_sub(60);
    let said = find(b"startxref\n", tail)? + b"startxref\n".len();
    let said = bytes.get(said..)?.split(|byte| !byte.is_ascii_digit()).next()?;
    let start = std::str::from_utf8(said).ok()?.parse::<usize>().ok()?;
    let entries = find(BEFORE_TABLE, start)? + BEFORE_TABLE.len();
    let rest = bytes.len() - entries;
    let end = bytes[entries..].windows(9).rposition(|w| w == b"endstream")?;
    let whole = end.min(rest) / ENTRY * ENTRY;
    Some(Table { start, entries: entries..entries + whole })
}

/// Writes each entry as its difference to the one before, which compresses to next to nothing.
fn differences(entries: &[u8]) -> Vec<u8> {
    let mut before = [0; ENTRY];
    let mut out = Vec::with_capacity(entries.len() / ENTRY * (ENTRY + 1));
    for entry in entries.chunks_exact(ENTRY) {
        // The mark of the filter *up* of PNG, which PDF shares.
        out.push(2);
        out.extend(entry.iter().zip(before).map(|(byte, before)| byte.wrapping_sub(before)));
        before.copy_from_slice(entry);
    }
    out
}

/// Returns the dictionary of the table, which is that of the whole file too.
fn places(trailer: &Dictionary, length: usize) -> String {
    let mut dictionary = dictionary! { "Length" => i64::try_from(length).unwrap_or(i64::MAX) };
    for key in [&b"Type"[..], b"Size", b"W", b"Index", b"Root", b"Info", b"ID"] {
        if let Ok(value) = trailer.get(key) {
            dictionary.set(key, value.clone());
        }
    }
    dictionary.set("Filter", "FlateDecode");
    let columns = i64::try_from(ENTRY).unwrap_or(0);
    dictionary.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => columns });
    written(&Object::Dictionary(dictionary))
}

/// Writes the few kinds of objects that such a dictionary holds.
fn written(object: &Object) -> String {
    match object {
        Object::Integer(number) => number.to_string(),
        Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
        Object::Reference((number, generation)) => format!("{number} {generation} R"),
        Object::String(bytes, _) => format!("<{}>", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
        Object::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(" ")),
        Object::Dictionary(entries) => {
            let entry =
                |(key, value): (&Vec<u8>, &Object)| format!("/{} {}", String::from_utf8_lossy(key), written(value));
            format!("<<{}>>", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
        }
        _ => "null".to_owned(),
    }
}
