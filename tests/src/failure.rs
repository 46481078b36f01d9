//! What is kept of a journey that failed: a picture of each window, and what it says.

use crate::application::repository;
use crate::page::Page;

/// Takes a picture of each page into `target/journey/`, and says where it is and what stands on the page.
pub fn keep(pages: &[(&str, &Page)]) {
    let journey = std::thread::current().name().unwrap_or("journey").replace("::", "-");
    for (name, page) in pages {
        let file = repository().join("target/journey").join(format!("{journey}-{name}.png"));
        match page.shoot(&file) {
            Ok(file) => eprintln!("{name}: {}", file.display()),
            Err(reason) => eprintln!("{name}: no picture, {reason}"),
        }
        eprintln!("{name} says: {}", page.said());
    }
}
