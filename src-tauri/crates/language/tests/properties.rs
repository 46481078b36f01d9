//! Whatever is pasted, the check ends, and its hints lie inside the text.

use language::{Context, Field, Hint, Names, check};
use proptest::prelude::*;

fn hints(text: &str) -> Vec<Hint> {
    let names = Names::of_people(["Ada Lovelace", "bob"]);
    check(text, &Context { names: &names, field: Field::Note })
}

fn assert_in_order(text: &str) {
    let length = text.chars().count();
    let mut last = 0;
    for hint in hints(text) {
        assert!(last <= hint.start && hint.start < hint.end && hint.end <= length, "{hint:?} in {length}");
        last = hint.end;
    }
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in any::<String>()) {
        assert_in_order(&text);
    }

    #[test]
    fn words_and_marks_in_any_order_are_read_to_their_end(
        parts in prop::collection::vec(
            prop_oneof![
                Just("Bob"), Just("forgot to"), Just("should have"), Just("'s"), Just(","), Just("("), Just(")"),
                Just("\""), Just("`"), Just("who"), Just("of"), Just("to"), Just("and"), Just("ought"), Just("not"),
                Just("none"), Just("whoever"), Just("the"), Just("operator"), Just(". "), Just("\n"), Just("n't"),
                Just("é\u{301}"), Just("👩‍🚒"), Just("“"), Just("”"), Just("'"), Just("’"), Just("@"), Just("…"),
            ],
            0..60,
        ),
        glue in prop_oneof![Just(""), Just(" ")],
    ) {
        assert_in_order(&parts.join(glue));
    }
}

#[test]
fn hostile_text_ends() {
    let units =
        ["a", "a ", "`", "\"", "'", "“", "(", "@", "é\u{301}", "\u{202e}", "\u{0}", "👍", "n't", "who ", "Bob forgot "];
    for unit in units {
        assert_in_order(&unit.repeat(60_000 / unit.len()));
    }
    assert_in_order(&"a".repeat(1_000_000));
}
