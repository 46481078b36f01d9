//! Bytes of any size as UTF-8 text, a piece at a time.
//!
//! The encoding is told by the byte order mark or guessed from the first bytes. A file that holds no UTF-8 so far and
//! then a byte that UTF-8 does not know is taken for Windows-1252, and says so. Only the text that is not yet consumed
//! is held.

use std::io::{ErrorKind, Read};
use std::ops::ControlFlow;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{FileError, LARGEST_ENTRY, Progress, magic};

/// How many bytes are read at once.
const CHUNK: usize = 256 * 1024;

/// A text that is read as it is needed.
pub(super) struct Stream<'a, R> {
    input: R,
    on_progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    coding: Coding,
    /// Bytes that are not yet text.
    raw: Vec<u8>,
    text: String,
    /// Where the unconsumed part of `text` begins, and its line.
    at: usize,
    line: usize,
    ended: bool,
    bytes: u64,
    /// Letters beyond ASCII were read as UTF-8.
    beyond_ascii: bool,
    /// Lines end with a carriage return alone.
    returns: bool,
    /// How many events were found, for the progress.
    pub(super) found: usize,
    /// What the person should know about the encoding.
    pub(super) note: Option<String>,
}

enum Coding {
    Utf8,
    Other(Decoder),
}

impl<'a, R: Read> Stream<'a, R> {
    /// Reads the first bytes and decides how to go on.
    pub(super) fn open(
        input: R,
        on_progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Self, FileError> {
        let mut stream = Stream {
            input,
            on_progress,
            coding: Coding::Utf8,
            raw: Vec::new(),
            text: String::new(),
            at: 0,
            line: 1,
            ended: false,
            bytes: 0,
            beyond_ascii: false,
            returns: false,
            found: 0,
            note: None,
        };
        stream.fetch(CHUNK)?;
        magic::refuse_binary(&stream.raw)?;
        if let Some((encoding, mark)) = Encoding::for_bom(&stream.raw) {
            stream.raw.drain(..mark);
            stream.take_up(encoding);
        } else if let Some(encoding) = utf16(&stream.raw) {
            stream.take_up(encoding);
            stream.note = Some(format!("The file has no byte order mark; it was read as {}.", encoding.name()));
        }
        stream.decode()?;
        stream.returns = stream.text.contains('\r') && !stream.text.contains('\n');
        if stream.returns {
            stream.text = stream.text.replace('\r', "\n");
        }
        Ok(stream)
    }

    fn take_up(&mut self, encoding: &'static Encoding) {
        if encoding != encoding_rs::UTF_8 {
            self.coding = Coding::Other(encoding.new_decoder_without_bom_handling());
        }
    }

    /// The text that is read and not consumed.
    pub(super) fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The line where [`Stream::rest`] begins.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// Whether [`Stream::rest`] is all there is.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// The name of the encoding.
    pub(super) fn encoding(&self) -> &'static str {
        match &self.coding {
            Coding::Utf8 => "UTF-8",
            Coding::Other(decoder) if decoder.encoding() == WINDOWS_1252 => "Windows-1252",
            Coding::Other(decoder) => decoder.encoding().name(),
        }
    }

    /// Consumes so many bytes of the text.
    pub(super) fn advance(&mut self, bytes: usize) {
        let end = self.at + bytes;
        self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..end]).count();
        self.at = end;
    }

    /// Reads on; false when the file has ended.
    ///
    /// Refuses when what is not consumed has grown larger than an entry may be.
    pub(super) fn more(&mut self) -> Result<bool, FileError> {
        if self.ended {
            return Ok(false);
        }
        if self.text.len() - self.at > LARGEST_ENTRY {
            return Err(FileError::EntryTooLarge { line: self.line });
        }
        self.text.drain(..self.at);
        self.at = 0;
        // What is left is read again with what comes, so an entry of many pieces must not be read piece by piece.
        self.fetch(CHUNK.max(self.text.len()))?;
        self.decode()?;
        Ok(true)
    }

    /// Skips white space, and a mark of byte order in the middle of joined files.
    pub(super) fn skip_space(&mut self) -> Result<Option<u8>, FileError> {
        loop {
            let rest = self.rest();
            let body = rest.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
            let (space, next) = (rest.len() - body.len(), body.bytes().next());
            self.advance(space);
            if next.is_some() || !self.more()? {
                return Ok(next);
            }
        }
    }

    fn fetch(&mut self, bytes: usize) -> Result<(), FileError> {
        let before = self.raw.len();
        self.raw.resize(before + bytes, 0);
        let mut end = before;
        while end < self.raw.len() {
            match self.input.read(&mut self.raw[end..]) {
                Ok(0) => break,
                Ok(read) => end += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(FileError::Unreadable(error.to_string())),
            }
        }
        self.ended = end < self.raw.len();
        self.raw.truncate(end);
        self.bytes += u64::try_from(end - before).unwrap_or(u64::MAX);
        match (self.on_progress)(Progress { bytes: self.bytes, events: self.found }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(FileError::Stopped),
        }
    }

    fn decode(&mut self) -> Result<(), FileError> {
        let from = self.text.len();
        match &self.coding {
            Coding::Utf8 => self.decode_utf8()?,
            Coding::Other(_) => self.decode_other()?,
        }
        if let Some(zero) = memchr::memchr(0, &self.text.as_bytes()[from..]) {
            return Err(FileError::ZeroByte { line: self.line_at(from + zero) });
        }
        if self.returns && self.text[from..].contains('\r') {
            let tail = self.text[from..].replace('\r', "\n");
            self.text.truncate(from);
            self.text.push_str(&tail);
        }
        Ok(())
    }

    fn line_at(&self, end: usize) -> usize {
        let breaks = |byte| memchr::memchr_iter(byte, &self.text.as_bytes()[self.at..end]).count();
        self.line + breaks(b'\n').max(breaks(b'\r'))
    }

    fn decode_utf8(&mut self) -> Result<(), FileError> {
        let raw = std::mem::take(&mut self.raw);
        let (valid, broken) = match std::str::from_utf8(&raw) {
            Ok(text) => (text, false),
            Err(error) => {
                let valid = std::str::from_utf8(&raw[..error.valid_up_to()]).unwrap_or_default();
                (valid, error.error_len().is_some() || self.ended)
            }
        };
        self.text.push_str(valid);
        self.beyond_ascii |= !valid.is_ascii();
        let begin = valid.len();
        if !broken {
            self.raw = raw;
            self.raw.drain(..begin);
            return Ok(());
        }
        let tail = &raw[begin..];
        let line = self.line_at(self.text.len());
        if self.beyond_ascii || !plausible(tail) {
            return Err(FileError::NotEncoded { line, encoding: "UTF-8" });
        }
        self.note = Some(format!(
            "From line {line} on the file is not UTF-8; it was read as Windows-1252. Look at the letters with accents."
        ));
        self.coding = Coding::Other(WINDOWS_1252.new_decoder_without_bom_handling());
        self.raw = tail.to_vec();
        self.decode_other()
    }

    fn decode_other(&mut self) -> Result<(), FileError> {
        let raw = std::mem::take(&mut self.raw);
        let Coding::Other(decoder) = &mut self.coding else { return Ok(()) };
        let encoding = decoder.encoding();
        let name = if encoding == WINDOWS_1252 { "Windows-1252" } else { encoding.name() };
        let room = decoder.max_utf8_buffer_length_without_replacement(raw.len()).unwrap_or(raw.len() * 3);
        self.text.reserve(room);
        let (result, _) = decoder.decode_to_string_without_replacement(&raw, &mut self.text, self.ended);
        let malformed = matches!(result, DecoderResult::Malformed(..)) || encoding == WINDOWS_1252 && !plausible(&raw);
        if malformed {
            return Err(FileError::NotEncoded { line: self.line_at(self.text.len()), encoding: name });
        }
        Ok(())
    }
}

/// Whether the bytes may be Windows-1252: five are no letters there, and two hardly ever stand in a text.
fn plausible(bytes: &[u8]) -> bool {
    !bytes.iter().any(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0xfe | 0xff))
}

/// Finds UTF-16 without its mark: in most texts every other byte is zero.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(1024) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if half >= 2 && odd * 10 > half * 4 && even * 20 < half => Some(UTF_16LE),
        () if half >= 2 && even * 10 > half * 4 && odd * 20 < half => Some(UTF_16BE),
        () => None,
    }
}
