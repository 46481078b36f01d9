//! Texts of Slack as a person reads them: mentions by name, links by label, no entities.

use std::borrow::Cow;

use super::People;

/// What Slack calls the messages that only say who is in the channel.
const COMINGS_AND_GOINGS: &[&str] = &[
    "channel_join",
    "channel_leave",
    "group_join",
    "group_leave",
    "bot_add",
    "bot_remove",
    "channel_convert_to_private",
    "tombstone",
];

/// Whether a message only says that somebody came or went.
pub(super) fn comes_or_goes(subtype: &str) -> bool {
    COMINGS_AND_GOINGS.contains(&subtype)
}

/// Whether a name is only the id that stands for one.
pub(super) fn is_id(actor: &str) -> bool {
    actor.len() >= 6
        && actor.starts_with(['U', 'W', 'B'])
        && actor.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && actor.bytes().any(|byte| byte.is_ascii_digit())
}

/// Resolves what stands between angle brackets, and the three entities.
pub(super) fn readable<'t>(text: &'t str, people: &People) -> Cow<'t, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match after.split_once('>') {
            Some((inside, behind)) if !inside.is_empty() && !inside.contains(['<', '\n']) => {
                out.push_str(&meant(inside, people));
                rest = behind;
            }
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    // The ampersand last: `&amp;lt;` is how somebody wrote `&lt;`.
    Cow::Owned(out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// What a bracket stands for: `@U12345`, `#C1|general`, `!here`, `https://…|label`.
fn meant(inside: &str, people: &People) -> String {
    let (target, label) = inside.split_once('|').map_or((inside, None), |(target, label)| (target, Some(label)));
    let label = label.map(str::trim).filter(|label| !label.is_empty());
    if let Some(id) = target.strip_prefix('@') {
        let name = people.name(id).or(label).unwrap_or(id);
        return format!("@{}", name.trim_start_matches('@'));
    }
    if let Some(id) = target.strip_prefix('#') {
        return format!("#{}", label.unwrap_or(id).trim_start_matches('#'));
    }
    if let Some(command) = target.strip_prefix('!') {
        let name = label.unwrap_or(command);
        return match command.starts_with("date^") {
            true => label.unwrap_or_default().to_owned(),
            false => format!("@{}", name.trim_start_matches('@')),
        };
    }
    let address = target.strip_prefix("mailto:").unwrap_or(target);
    let is_link = target.contains("://") || address.len() < target.len() || target.starts_with("tel:");
    match label {
        Some(label) if is_link && !address.ends_with(label) => format!("{label} ({address})"),
        Some(_) if is_link => address.to_owned(),
        None if is_link => address.to_owned(),
        _ => format!("<{inside}>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_become_what_a_person_sees() {
        let people: People = [("U0ADA".to_owned(), "Ada".to_owned())].into_iter().collect();
        let cases = [
            ("<@U0ADA> look", "@Ada look"),
            ("<@U0BOB|bob> and <@U0EVE>", "@bob and @U0EVE"),
            ("<!here> <!subteam^S1|@sre> <!channel>", "@here @sre @channel"),
            ("<#C1|payments> and <#C2>", "#payments and #C2"),
            ("<https://example.org/g|the graph>", "the graph (https://example.org/g)"),
            ("<https://example.org/g>", "https://example.org/g"),
            ("<http://example.org|example.org>", "http://example.org"),
            ("<mailto:ada@example.org|ada@example.org>", "ada@example.org"),
            ("<!date^1778077385^{date}|6 May>", "6 May"),
            ("p95 &lt; 200 ms &amp;&amp; rate &gt; 3", "p95 < 200 ms && rate > 3"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("an open <bracket", "an open <bracket"),
        ];
        for (written, seen) in cases {
            assert_eq!(readable(written, &people), seen, "{written}");
        }
    }
}
