//! Thai, Lao, Khmer and Burmese in the PDF: their words are not parted by spaces, and lines end between them all the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixture has to stop")]

#[allow(dead_code, reason = "other tests use more of it")]
mod fixture;
mod reading;

use document::{Block, Column, Document, Span, Subject, Table, no_images, pdf};
use meeting::{Factor, FactorCategory, FactorId};

/// The first article of the Universal Declaration of Human Rights in the translations of the United Nations, without
/// its spaces, each with its words as people part them.
const PARTED: [(&str, &str); 4] = [
    ("th", "มนุษย์|ทั้งหลาย|เกิด|มา|มี|อิสระ|และ|เสมอ|ภาค|กัน|ใน|เกียรติศักดิ์|และ|สิทธิ"),
    ("lo", "ມະນຸດ|ເກີດ|ມາ|ມີ|ສິດ|ເສລີພາບ|ແລະ|ສະເໝີ|ໜ້າ|ກັນ|ໃນ|ທາງ|ກຽດຕິສັກ|ແລະ|ທາງ|ສິດ"),
    ("km", "មនុស្ស|ទាំង|អស់|កើត|មក|មាន|សេរីភាព|និង|សមភាព"),
    ("my", "လူ|တိုင်း|သည်|တူညီ|လွတ်လပ်|သော|ဂုဏ်သိက္ခာ|ဖြင့်|လည်းကောင်း|တူညီ|လွတ်လပ်|သော|အခွင့်အရေး|များ|ဖြင့်"),
];

fn document(language: &str, blocks: Vec<Block>) -> Document {
    let mut document = fixture::record();
    document.language = language.to_owned();
    document.blocks = blocks;
    document
}

/// The lines of the pages that hold nothing but words of these scripts.
fn lines(document: &Document) -> Vec<String> {
    let made = pdf(document, &no_images).unwrap();
    assert!(made.missing_glyphs.is_empty(), "{:?}", made.missing_glyphs);
    let text = reading::printed(&made.bytes, &["-raw"]);
    let unspaced = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    text.lines().map(str::trim).filter(|line| line.contains(unspaced)).map(str::to_owned).collect()
}

/// Checks that `lines` are the words of `parted`, over and over, and that each ends where a word does.
fn end_with_words(lines: &[String], parted: &str) {
    let words = parted.split('|').collect::<Vec<_>>();
    let mut coming = words.iter().cycle();
    for line in lines {
        let mut rest = line.as_str();
        while !rest.is_empty() {
            let word = coming.next().unwrap();
            rest = rest.strip_prefix(word).unwrap_or_else(|| panic!("{word} is torn or missing in {line}: {lines:?}"));
        }
    }
}

#[test]
fn lines_of_running_text_and_of_narrow_cells_end_between_words() {
    for (language, parted) in PARTED {
        let text = parted.replace('|', "").repeat(8);
        let running = lines(&document(language, vec![Block::paragraph(&text)]));
        assert!(running.len() > 2, "{language}: {running:?}");
        end_with_words(&running, parted);

        let columns = vec![Column::new("A", 1.0), Column::new("B", 3.0)];
        let rows = vec![vec![vec![Span::text(&text)], Vec::new()]];
        let table = Block::Table(Table { columns, rows, caption: None });
        let cells = lines(&document(language, vec![table]));
        assert!(cells.len() > running.len() * 2, "{language}: {cells:?}");
        end_with_words(&cells, parted);
    }
}

#[test]
fn lines_in_a_drawing_end_between_words() {
    for (language, parted) in PARTED {
        let text = parted.replace('|', "").repeat(2);
        let id = FactorId(1);
        let factor = Factor { id, category: FactorCategory::Process, text: text.clone(), chain: None, event: None };
        let subject = Subject::fishbone("x", &[factor]);
        let drawing = Block::Drawing { caption: "x".into(), subject };
        let drawn = lines(&document(language, vec![drawing]));
        assert!(drawn.len() > 1 && drawn.concat() == text, "{language}: {drawn:?}");
        end_with_words(&drawn, parted);
    }
}
