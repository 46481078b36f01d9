//! The images of a library: files named by the digest of their bytes, beside the database.
//!
//! A file is whole and durable before an event names it, and never changes after; the same image attached twice is
//! kept once. Which images belong to which post-mortem is said by the log alone.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use meeting::{IMAGE_LIMIT, Image, ImageFormat};
use sha2::{Digest as _, Sha256};

/// Why an image was not kept, in sentences that say what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// Larger than is kept.
    #[error("This image has {} MB; at most {} MB are kept. Make it smaller and attach it again.", .bytes / 1_048_576, IMAGE_LIMIT / 1_048_576)]
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
    },
    /// Neither PNG nor JPEG, or cut short.
    #[error("This is no PNG or JPEG image, or it is cut short. Save it as PNG and attach it again.")]
    NotAnImage,
    /// The disk refused.
    #[error("The image could not be kept: {0}. Nothing was attached.")]
    File(#[from] std::io::Error),
}

/// The images beside a library.
#[derive(Debug, Clone)]
pub struct Images {
    folder: PathBuf,
}

impl Images {
    /// Returns the images of the library in a folder.
    #[must_use]
    pub fn of(library: &Path) -> Self {
        Self { folder: library.join("images") }
    }

    /// Keeps an image. Durable when it returns.
    ///
    /// # Errors
    /// See [`ImageError`]; nothing was kept then.
    pub fn keep(&self, bytes: &[u8]) -> Result<Image, ImageError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > IMAGE_LIMIT {
            return Err(ImageError::TooLarge { bytes: size });
        }
        let format = match imagesize::image_type(bytes) {
            Ok(imagesize::ImageType::Png) => ImageFormat::Png,
            Ok(imagesize::ImageType::Jpeg) => ImageFormat::Jpeg,
            _ => return Err(ImageError::NotAnImage),
        };
        let side = |pixels: usize| u32::try_from(pixels).map_err(|_| ImageError::NotAnImage);
        let measured = imagesize::blob_size(bytes).map_err(|_| ImageError::NotAnImage)?;
        let digest = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let image = Image { format, width: side(measured.width)?, height: side(measured.height)?, bytes: size, digest };
        let path = self.path(&image);
        if !path.exists() {
            fs::create_dir_all(&self.folder)?;
            let mut random = [0; 8];
            getrandom::fill(&mut random).map_err(|error| std::io::Error::other(error.to_string()))?;
            let part = self.folder.join(format!("{:016x}.part", u64::from_le_bytes(random)));
            let written = File::create(&part).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
            if let Err(error) = written.and_then(|()| fs::rename(&part, &path)) {
                // What was begun is of no use; that it stays behind is worse than that removing it may fail.
                let _ = fs::remove_file(&part);
                return Err(error.into());
            }
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(image)
    }

    /// Reads an image.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn read(&self, image: &Image) -> std::io::Result<Vec<u8>> {
        fs::read(self.path(image))
    }

    /// Removes every image but those of these names, and what was begun and never finished.
    pub(crate) fn keep_only(&self, named: &BTreeSet<String>) -> std::io::Result<()> {
        let Ok(files) = fs::read_dir(&self.folder) else { return Ok(()) };
        for file in files {
            let file = file?;
            if file.file_type()?.is_file() && !named.contains(&*file.file_name().to_string_lossy()) {
                fs::remove_file(file.path())?;
            }
        }
        Ok(())
    }

    /// Returns the name of the file of an image; none for a digest that is none, from a record made by hand.
    pub(crate) fn file_name(image: &Image) -> Option<String> {
        let sound = image.digest.len() == 64 && image.digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        sound.then(|| format!("{}.{}", image.digest, image.format.extension()))
    }

    /// Returns where an image lies; one without a name lies nowhere.
    fn path(&self, image: &Image) -> PathBuf {
        self.folder.join(Self::file_name(image).unwrap_or_else(|| "none".to_owned()))
    }
}
