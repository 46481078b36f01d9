//! Where a line of a text may end, by the rules of Unicode (UAX #14).
//!
//! Thai, Lao, Khmer and Burmese put no space between words, and the rules leave them to whoever knows the words. `icu`
//! knows them twice: by a list of words, which goes astray after a name that is not on it, and by a small neural network,
//! which has never seen a whole list. They err in different places, so a line ends only where both see a new word.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

/// Returns where lines may begin, as places in the text from its first line on to its end.
pub(crate) fn line_starts(text: &str) -> Vec<usize> {
    if !text.contains(is_unspaced) {
        let rules = const { LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()) };
        return rules.segment_str(text).collect();
    }
    let listed = LineSegmenter::new_dictionary(LineBreakOptions::default());
    let learnt = LineSegmenter::new_lstm(LineBreakOptions::default());
    let mut learnt = learnt.segment_str(text).peekable();
    let agreed = |start: &usize| {
        while learnt.next_if(|other| other < start).is_some() {}
        learnt.peek() == Some(start)
    };
    listed.segment_str(text).filter(agreed).collect()
}

/// Returns where words of scripts without spaces begin inside a text, so that a line may begin there.
///
/// There are none in a text of other scripts.
#[must_use]
pub fn unspaced_words(text: &str) -> Vec<usize> {
    if !text.contains(is_unspaced) {
        return Vec::new();
    }
    let begins = |at: &usize| *at > 0 && text[*at..].starts_with(is_unspaced);
    line_starts(text).into_iter().filter(begins).collect()
}

/// Returns whether a letter belongs to a script without spaces between its words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{a9e0}'..='\u{a9ff}'
        | '\u{aa60}'..='\u{aa7f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts with their words as people part them, compounds where each part is a word elsewhere: the first article of
    /// the Universal Declaration of Human Rights in the translations of the United Nations, and the language names of
    /// the Web Platform Tests (`css/css-text/word-break/word-break-normal-th-000` and its siblings), which ICU uses too.
    const PARTED: [&str; 9] = [
        "มนุษย์|ทั้งหลาย|เกิด|มา|มี|อิสระ|และ|เสมอ|ภาค|กัน|ใน|เกียรติศักดิ์|และ|สิทธิ",
        "ภาษา|ไทย|ภาษา|ไทย",
        "ມະນຸດ|ເກີດ|ມາ|ມີ|ສິດ|ເສລີພາບ |ແລະ |ສະເໝີ|ໜ້າ|ກັນ|ໃນ|ທາງ|ກຽດຕິສັກ |ແລະ |ທາງ|ສິດ",
        "ພາສາ|ລາວ|ພາສາ|ລາວ|ພາສາ|ລາວ",
        "មនុស្ស|ទាំង|អស់|កើត|មក|មាន|សេរីភាព|និង|សមភាព",
        "ភាសា|ខ្មែរ|ភាសា|ខ្មែរ|ភាសា|ខ្មែរ",
        "လူ|တိုင်း|သည် |တူညီ |လွတ်လပ်|သော |ဂုဏ်သိက္ခာ|ဖြင့် |လည်းကောင်း၊ |တူညီ|လွတ်လပ်|သော |အခွင့်အရေး|များ|ဖြင့်",
        "မြန်မာ|စာ|မြန်မာ|စာ|မြန်မာ|စာ",
        // The list of words goes astray in the name, the network in the word for a server.
        "มิสเตอร์|แฮมิลตัน|รายงาน|ว่า|เซิร์ฟเวอร์|ล่ม|เมื่อ|เวลา",
    ];

    fn places(parted: &str) -> (String, Vec<usize>) {
        let mut text = String::new();
        let mut places = Vec::new();
        for word in parted.split('|') {
            places.push(text.len());
            text.push_str(word);
        }
        places.push(text.len());
        (text, places)
    }

    #[test]
    fn a_line_never_begins_inside_a_word_of_a_script_without_spaces() {
        for parted in PARTED {
            let (text, words) = places(parted);
            let found = line_starts(&text);
            for start in &found {
                assert!(words.contains(start), "{}|{} in {parted}", &text[..*start], &text[*start..]);
            }
            let inner = words.len() - 2;
            assert!(found.len() - 2 >= inner / 2, "{} of {inner} places are found: {parted}", found.len() - 2);
        }
    }

    #[test]
    fn only_words_of_scripts_without_spaces_are_told() {
        assert_eq!(unspaced_words("a line of words 数据"), []);
        assert_eq!(unspaced_words("the ภาษาไทย words"), ["the ".len(), "the ภาษา".len()]);
    }

    #[test]
    fn other_scripts_break_by_the_same_rules_beside_them() {
        let (text, places) = places("one |two-|three |数|据|库。");
        assert_eq!(line_starts(&text), places);
        let thai = format!("ไทย {text}");
        let moved = places.iter().map(|place| place + "ไทย ".len());
        assert_eq!(line_starts(&thai), [0].into_iter().chain(moved).collect::<Vec<_>>());
    }
}
