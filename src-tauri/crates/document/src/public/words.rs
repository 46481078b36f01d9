//! Words that tell a person from a group, and a name from an ordinary word.

/// Whether an owner is a group of people, which may be named in public.
pub(super) fn is_a_group(owner: &str) -> bool {
    const GROUPS: &[&str] = &[
        "team",
        "teams",
        "squad",
        "crew",
        "guild",
        "group",
        "department",
        "rota",
        "rotation",
        "on-call",
        "oncall",
        "everyone",
        "all",
    ];
    owner.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| GROUPS.contains(&word))
}

/// Whether a part of a name, in lower case, is also an ordinary word, or a word that stands in every record.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

/// In the order of the alphabet.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "action", "admin", "agent", "alert", "all", "amber", "an", "and", "angel", "anonymous", "anyone", "april", "art",
    "as", "at", "august", "bank", "banks", "bar", "be", "bell", "best", "bill", "bishop", "black", "blue", "board",
    "bond", "bot", "branch", "bridge", "brook", "brown", "build", "burn", "bush", "by", "call", "case", "cause",
    "chance", "change", "channel", "chase", "check", "chip", "church", "client", "close", "cloud", "code",
    "commander", "contact", "cook", "cross", "customer", "dash", "data", "database", "dawn", "day", "dba", "dean",
    "december", "demo", "deploy", "dev", "devops", "do", "dot", "draft", "drive", "duty", "east", "engineer", "error",
    "event", "facilitator", "faith", "fall", "field", "fields", "fix", "flag", "ford", "forest", "fox", "french",
    "friday", "frost", "gates", "general", "go", "good", "grace", "grant", "gray", "green", "grey", "group", "guest",
    "guy", "hall", "hand", "harbor", "hardy", "hay", "he", "head", "hello", "hill", "holly", "home", "hope", "host",
    "hunt", "hunter", "ice", "if", "in", "incident", "info", "is", "it", "ivy", "january", "jet", "job", "joy",
    "july", "june", "key", "king", "knight", "lake", "lance", "land", "lane", "laptop", "law", "lead", "light",
    "lily", "link", "little", "load", "lock", "log", "long", "love", "luck", "lucky", "ma", "mail", "main", "major",
    "man", "manager", "march", "mark", "marks", "marsh", "max", "may", "me", "mercy", "meter", "miles", "mine",
    "monday", "monitor", "moon", "more", "my", "new", "night", "no", "noble", "nobody", "node", "noreply", "north",
    "november", "october", "of", "office", "on", "ops", "or", "owner", "page", "pages", "park", "parks",
    "participant", "patch", "person", "phone", "pike", "pod", "pool", "pope", "power", "powers", "price", "prince",
    "production", "qa", "queue", "rain", "read", "reed", "release", "responder", "rice", "rich", "ring", "river",
    "rivers", "rock", "root", "rose", "row", "rush", "rust", "sage", "sandy", "saturday", "screen", "security",
    "september", "server", "service", "sharp", "short", "silver", "singer", "sky", "small", "smart", "snow", "so",
    "someone", "south", "spring", "sre", "stage", "star", "steel", "stone", "storm", "story", "street", "strong",
    "summer", "summers", "sunday", "support", "swift", "system", "tab", "task", "team", "test", "the", "they",
    "thursday", "time", "to", "token", "tuesday", "unknown", "up", "user", "van", "von", "wall", "ward", "ware",
    "waters", "way", "we", "web", "wednesday", "wells", "west", "white", "wild", "will", "wing", "winter", "winters",
    "wise", "wolf", "wood", "woods", "worker", "worth", "you", "young",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_words_are_in_order_so_that_each_can_be_found() {
        assert!(COMMON.is_sorted_by(|a, b| a < b));
        assert!(is_common("may") && is_common("action") && is_common("young") && !is_common("ada"));
    }

    #[test]
    fn a_group_is_told_from_a_person() {
        assert!(is_a_group("Payments team") && is_a_group("on-call"));
        assert!(!is_a_group("Ada Park") && !is_a_group("Teamer Jones"));
    }
}
