//! What is right, from what a listing declares and what was recorded when it ran. Pure.

use book_listing::Listing;

/// The words that answer a question about the outcome, each with what it says to a reader.
pub(crate) const OUTCOMES: [(&str, &str); 6] = [
    ("run", "It builds, and runs to its end"),
    ("test", "It builds, and every test passes"),
    ("compile-error", "It does not compile"),
    ("panic", "It builds, and stops with a panic"),
    ("leak", "It runs to its end, and a leak is reported"),
    ("test-failure", "It builds, and a test fails"),
];

/// What a prediction asks about a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredictionTopic {
    /// What it prints: all of it, or one line, counted from 1.
    Output {
        /// Counted from 1; none for all of it.
        line: Option<usize>,
    },
    /// The declared outcome.
    Outcome,
    /// The line of its source that the recorded text names first.
    Line,
}

/// Why nothing can be derived, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Underivable {
    pub message: String,
    pub hint: String,
}

/// The right answer.
pub(crate) fn right_answer(
    listing: &Listing,
    about: PredictionTopic,
) -> Result<String, Underivable> {
    match about {
        PredictionTopic::Outcome => Ok(listing.declaration.expectation.word().to_string()),
        PredictionTopic::Output { line } => output(listing, line),
        PredictionTopic::Line => {
            let number = named_line(listing)?;
            let line = listing.source.lines().nth(number - 1).unwrap_or_default();
            Ok(line.trim().to_string())
        }
    }
}

/// The number, counted from 1, of the source's line that the recorded text names first.
pub(crate) fn named_line(listing: &Listing) -> Result<usize, Underivable> {
    let recorded = recorded(listing)?;
    let path = listing.staged_path();
    let file = path.rsplit('/').next().unwrap_or(&path);
    let lines = listing.source.lines().count();
    recorded
        .match_indices(file)
        .filter_map(|(at, _)| {
            let after = &recorded[at + file.len()..];
            let number = after
                .strip_prefix(':')
                .or_else(|| after.strip_prefix("\", line "))?;
            let end = number
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(number.len());
            number[..end].parse().ok()
        })
        .find(|number| (1..=lines).contains(number))
        .ok_or_else(|| Underivable {
            message: format!(
                "the recorded output of `{}` names no line of it",
                listing.key()
            ),
            hint: "ask for its output or its outcome: `about = \"output\"`, `about = \"outcome\"`"
                .into(),
        })
}

fn output(listing: &Listing, line: Option<usize>) -> Result<String, Underivable> {
    let recorded = recorded(listing)?;
    let Some(number) = line else {
        return Ok(tidy(recorded));
    };
    let count = recorded.lines().count();
    recorded
        .lines()
        .nth(number - 1)
        .map(tidy)
        .filter(|line| !line.is_empty())
        .ok_or_else(|| Underivable {
            message: if number > count {
                format!(
                    "there is no line {number}: {} has {count}",
                    listing.out_path().display()
                )
            } else {
                format!("line {number} of {} is empty", listing.out_path().display())
            },
            hint: "correct `output_line`; lines are counted from 1".into(),
        })
}

fn recorded(listing: &Listing) -> Result<&str, Underivable> {
    listing.recorded.as_deref().ok_or_else(|| Underivable {
        message: format!("nothing is recorded of `{}` yet", listing.key()),
        hint: format!(
            "record it: cargo xtask test-listings {} --bless",
            listing.id
        ),
    })
}

/// Text without the blanks that nobody sees: at its ends, and at the end of a line.
pub(crate) fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// A typed answer as it is compared: without quotes around it, a dot at its end, blanks, capitals. `theme/js/typed.js`
/// does the same.
pub fn typed(text: &str) -> String {
    let quotes = ['`', '"', '\''];
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .trim_start_matches(quotes)
        .trim_end_matches(|c| quotes.contains(&c) || c == '.')
        .to_lowercase()
}
