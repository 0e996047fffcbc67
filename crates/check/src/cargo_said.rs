//! What cargo says while it builds the listings, a line of JSON each: programs, errors of a listing, and troubles that are
//! none's. Pure.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use book_toolchain::rust_errors::RustcMessage;

/// A line of cargo's messages.
#[derive(Deserialize)]
pub(crate) struct CargoMessage {
    pub reason: String,
    pub target: Option<CargoTarget>,
    pub message: Option<RustcMessage>,
    pub executable: Option<PathBuf>,
}

#[derive(Deserialize)]
pub(crate) struct CargoTarget {
    pub name: String,
}

/// rustc's errors of a library that is not as it was built: of another version, or damaged. They name the line that uses
/// it.
const DAMAGED: [&str; 4] = ["E0460", "E0461", "E0514", "E0786"];

/// Whether a message speaks of the listings' own text, or of a symbol that only they can be missing. Whatever else goes
/// wrong (no linker, a full disk, a compiler that was stopped) says nothing of a listing.
fn is_of_source(said: &RustcMessage) -> bool {
    let code = said.code.as_ref().map(|code| code.code.as_str());
    if code.is_some_and(|code| DAMAGED.contains(&code)) {
        return false;
    }
    let more = [
        "For more information about this error",
        "Some errors have detailed explanations",
    ];
    more.iter().any(|begins| said.message.starts_with(begins))
        || said.rendered.as_deref().is_some_and(|text| {
            OWN_PLACE.is_match(text)
                || text.contains("undefined symbol: ")
                || text.contains("undefined reference to ")
        })
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
    pub(crate) fn say(&mut self, target: &str, said: RustcMessage) {
        let text = said.rendered.clone().unwrap_or_default();
        let texts = match said.level.as_str() {
            // Where to read more belongs to the error before it.
            "failure-note" => {
                if let Some(errors) = self.errors.get_mut(target) {
                    errors.push_str(&text);
                }
                return;
            }
            _ if !said.is_error() => return,
            _ if is_of_source(&said) => &mut self.errors,
            _ => &mut self.troubles,
        };
        texts.entry(target.to_string()).or_default().push_str(&text);
    }
}
