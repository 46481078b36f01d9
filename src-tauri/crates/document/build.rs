//! Compresses the fonts, so that the program carries half of their ten megabytes. They are unpacked when first needed.

use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=fonts");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no folder to write to"))?;
    for family in fs::read_dir("fonts")? {
        let family = family?.path();
        if !family.is_dir() {
            continue;
        }
        for face in fs::read_dir(family)? {
            let face = face?.path();
            if face.extension().is_some_and(|ending| ending == "ttf") {
                let name = face.file_stem().unwrap_or_default();
                let packed = Path::new(&out).join(name).with_extension("deflate");
                let mut encoder =
                    flate2::write::DeflateEncoder::new(fs::File::create(packed)?, flate2::Compression::best());
                encoder.write_all(&fs::read(&face)?)?;
                encoder.finish()?.sync_all()?;
            }
        }
    }
    Ok(())
}
