//! The regular forms of English verbs.

/// "check" → "checks".
pub(crate) fn third(verb: &str) -> String {
    if verb == "have" {
        return "has".to_owned();
    }
    if ends_in_y(verb) {
        return format!("{}ies", &verb[..verb.len() - 1]);
    }
    let hisses = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end));
    format!("{verb}{}", if hisses { "es" } else { "s" })
}

/// "check" → "checked".
pub(crate) fn past(verb: &str) -> String {
    if verb.ends_with('e') {
        return format!("{verb}d");
    }
    if ends_in_y(verb) {
        return format!("{}ied", &verb[..verb.len() - 1]);
    }
    format!("{}ed", doubled(verb))
}

/// "check" → "checking".
pub(crate) fn gerund(verb: &str) -> String {
    if let Some(stem) = verb.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    if let Some(stem) = verb.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y']) && stem.len() > 1) {
        return format!("{stem}ing");
    }
    format!("{}ing", doubled(verb))
}

fn ends_in_y(verb: &str) -> bool {
    verb.ends_with('y') && !verb[..verb.len() - 1].ends_with(vowel)
}

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Doubles the last consonant after a single stressed vowel: "skip" → "skipp", "commit" → "committ".
fn doubled(verb: &str) -> String {
    let letters: Vec<char> = verb.chars().collect();
    let [.., before, middle, last] = letters[..] else { return verb.to_owned() };
    let closed = !vowel(before) && vowel(middle) && !vowel(last) && !matches!(last, 'w' | 'x' | 'y');
    let qu = letters.len() > 3 && letters[letters.len() - 4] == 'q';
    let single = letters[..letters.len() - 2].iter().filter(|c| vowel(**c)).count() == usize::from(qu);
    let stressed = ["forget", "commit", "submit", "omit", "admit", "permit", "refer", "begin", "occur", "control"];
    if closed && (single || stressed.contains(&verb)) || verb == "quit" {
        format!("{verb}{last}")
    } else {
        verb.to_owned()
    }
}
