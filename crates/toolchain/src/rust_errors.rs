//! What rustc says is wrong, as it writes it for programs: a line of JSON each, which cargo hands on. Pure.

use serde::Deserialize;

/// A message of rustc.
#[derive(Deserialize)]
pub struct RustcMessage {
    /// `error`, `warning`, `note` …
    pub level: String,
    /// One sentence.
    pub message: String,
    /// Of an error that has one.
    pub code: Option<ErrorCode>,
    /// As a person is shown it, with its source lines.
    pub rendered: Option<String>,
}

/// Where to read more about an error.
#[derive(Deserialize)]
pub struct ErrorCode {
    /// `E0382`.
    pub code: String,
}

impl RustcMessage {
    /// Whether something is wrong: not that an error was counted, which comes last.
    pub fn is_error(&self) -> bool {
        self.level == "error" && !self.message.starts_with("aborting due to")
    }
}
