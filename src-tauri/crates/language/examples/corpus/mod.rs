//! What the examples `depth` and `action` share: their arguments, and the rows of a labelled corpus.
//!
//! A corpus is a table of tab-separated columns. Lines that begin with `#` tell where it comes from; the first other
//! line names the columns.

/// What was asked for on the command line.
pub(crate) enum Asked {
    /// `--say TEXT`: one text, and why.
    Say(String),
    /// Files to score, and whether every miss is shown.
    Score { text: String, shows_misses: bool },
}

/// Reads the arguments and the files that they name; the message of an error is for the user.
pub(crate) fn asked(example: &str) -> Result<Asked, String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, text] = arguments.as_slice()
        && flag == "--say"
    {
        return Ok(Asked::Say(text.clone()));
    }
    let (flags, files): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|argument| argument.starts_with("--"));
    if files.is_empty() || flags.iter().any(|flag| *flag != "--misses") {
        return Err(format!("usage: {example} [--misses] FILE… | --say TEXT"));
    }
    let mut text = String::new();
    for file in files {
        text += &std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    }
    Ok(Asked::Score { text, shows_misses: !flags.is_empty() })
}

/// The rows of a corpus, without what is told about it and the names of the columns.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("id\t"))
}

/// A part of a whole, which may be empty.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
