//! What cargo says while it builds the listings, a line of JSON each: programs, errors of a listing, and troubles that are
//! none's. Pure.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

/// A line of cargo's messages.
#[derive(Deserialize)]
pub(crate) struct CargoMessage {
    pub reason: String,
    pub target: Option<CargoTarget>,
    pub message: Option<CompilerMessage>,
    pub executable: Option<PathBuf>,
}

#[derive(Deserialize)]
pub(crate) struct CargoTarget {
    pub name: String,
}

#[derive(Deserialize)]
pub(crate) struct CompilerMessage {
    level: String,
    pub message: String,
    code: Option<ErrorCode>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct ErrorCode {
    code: String,
}

/// rustc's errors of a library that is not as it was built: of another version, or damaged. They name the line that uses
/// it.
const DAMAGED: [&str; 4] = ["E0460", "E0461", "E0514", "E0786"];

impl CompilerMessage {
    /// Whether it speaks of the listings' own text, or of a symbol that only they can be missing. Whatever else goes
    /// wrong (no linker, a full disk, a compiler that was stopped) says nothing of a listing.
    fn is_of_source(&self) -> bool {
        let code = self.code.as_ref().map(|code| code.code.as_str());
        if code.is_some_and(|code| DAMAGED.contains(&code)) {
            return false;
        }
        self.message
            .starts_with("For more information about this error")
            || self
                .message
                .starts_with("Some errors have detailed explanations")
            || self.rendered.as_deref().is_some_and(|text| {
                OWN_PLACE.is_match(text)
                    || text.contains("undefined symbol: ")
                    || text.contains("undefined reference to ")
            })
    }
}

/// A place in a file of a lesson, as rustc writes it under a message.
static OWN_PLACE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^ *(?:-->|:::) \d\d_[a-z0-9_]+/").unwrap());

/// What cargo made of the binaries, by name.
#[derive(Default)]
pub(crate) struct CargoBuilt {
    /// The program, or nothing where cargo only checked.
    pub artifacts: BTreeMap<String, Option<PathBuf>>,
    /// What the compiler says is wrong with the source.
    pub errors: BTreeMap<String, String>,
    /// What else kept a program from being built: the linker, the disk, a signal.
    pub troubles: BTreeMap<String, String>,
    /// What cargo itself said.
    pub said: String,
    /// Whether it failed and told of no binary.
    pub is_nothing: bool,
}

impl CargoBuilt {
    /// Takes down what the compiler says of a target.
    pub(crate) fn say(&mut self, target: &str, said: CompilerMessage) {
        let text = said.rendered.clone().unwrap_or_default();
        let texts = match said.level.as_str() {
            // Where to read more belongs to the error before it.
            "failure-note" => {
                if let Some(errors) = self.errors.get_mut(target) {
                    errors.push_str(&text);
                }
                return;
            }
            "error" if said.message.starts_with("aborting due to") => return,
            "error" if said.is_of_source() => &mut self.errors,
            "error" => &mut self.troubles,
            _ => return,
        };
        texts.entry(target.to_string()).or_default().push_str(&text);
    }
}
