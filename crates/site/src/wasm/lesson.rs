//! The listings of a lesson that a page can run, as one module: a page that has loaded it for one listing has it
//! for all, and the second listing adds little to what the standard library weighs.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use super::build::{Built, Compilation, MODULE};
use book_listing::{Catalog, Expectation, Language, Listing, Mode};
use book_support::project::Project;
use book_toolchain::zig_errors::zig_errors;

use book_lab::PAGE_ROOT as ROOT;

/// The extension under which it is kept why listings are not in a module.
const LEFT_OUT: &str = "left-out";

/// How modules are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// For readers: optimised, with all safety checks, and small.
    Published,
    /// For an author who waits for the page: a tenth of the time to build, three times the size.
    Quick,
}

/// Listings that are built into one module.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    pub lesson: &'a str,
    mode: Mode,
    pub listings: Vec<&'a Listing>,
}

/// A module, and what could not become part of it.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub module: Vec<u8>,
    pub left_out: LeftOut,
}

/// Why listings do not build for WebAssembly, by their stems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut(pub BTreeMap<String, String>);

/// Whether a listing gets a Run button: a program in Zig that is declared to build.
pub fn is_program(listing: &Listing) -> bool {
    listing.language == Language::Zig
        && matches!(
            listing.declaration.expectation,
            Expectation::Run | Expectation::Panic(_) | Expectation::Leak
        )
}

/// All programs of the book, by lesson and by what they are optimised for.
pub fn groups(catalog: &Catalog) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<(&str, Mode), Vec<&Listing>> = BTreeMap::new();
    for listing in catalog.iter().filter(|listing| is_program(listing)) {
        let mode = match listing.declaration.mode {
            Mode::Debug | Mode::Safe => Mode::Safe,
            other => other,
        };
        let group = groups.entry((listing.id.lesson.as_str(), mode));
        group.or_default().push(listing);
    }
    groups
        .into_iter()
        .map(|((lesson, mode), listings)| Group {
            lesson,
            mode,
            listings,
        })
        .collect()
}

impl Group<'_> {
    /// The module's file name.
    pub fn file(&self) -> String {
        match self.mode {
            Mode::Safe => format!("{}.wasm", self.lesson),
            mode => format!("{}_{}.wasm", self.lesson, mode.word()),
        }
    }

    /// Builds the module, unless it was built before. A listing that does not build is left out of it.
    ///
    /// # Errors
    ///
    /// When Zig cannot be started or breaks down itself.
    pub fn compile(&self, project: &Project, care: Care) -> Result<Compiled> {
        let whole = program(&self.listings, self.mode, care);
        if let Some(module) = whole.known(project, MODULE)
            && let Some(text) = whole.known(project, LEFT_OUT)
            && let Ok(left_out) = serde_json::from_slice(&text)
        {
            return Ok(Compiled { module, left_out });
        }
        let mut left_out = LeftOut::default();
        let mut listings = Vec::new();
        for &listing in &self.listings {
            let why = if listing.declaration.libc {
                "it links the C library\n"
            } else if listing.stands_alone() {
                "it decides for the whole program, and a page's program is one of many listings\n"
            } else {
                listings.push(listing);
                continue;
            };
            left_out.0.insert(listing.id.stem.clone(), why.to_string());
        }
        let module = loop {
            match program(&listings, self.mode, care).build(project)? {
                Built::Module(module) => break module,
                Built::Broken { text, folder } => {
                    let errors = zig_errors(&text, &folder.display().to_string());
                    let before = left_out.0.len();
                    for error in &errors {
                        let Some(path) = &error.path else { continue };
                        for listing in listings.iter().filter(|listing| concerns(path, listing)) {
                            let text = left_out.0.entry(listing.id.stem.clone()).or_default();
                            text.push_str(&error.text);
                        }
                    }
                    if left_out.0.len() == before {
                        bail!("Zig broke down while it built {}:\n{text}", self.file());
                    }
                    listings.retain(|listing| !left_out.0.contains_key(&listing.id.stem));
                }
            }
        };
        whole.keep(project, LEFT_OUT, &serde_json::to_vec(&left_out)?)?;
        whole.keep(project, MODULE, &module)?;
        Ok(Compiled { module, left_out })
    }
}

/// Whether an error in this file is the listing's.
fn concerns(path: &str, listing: &Listing) -> bool {
    listing.staged_path() == path || listing.support.iter().any(|support| support.path == path)
}

fn program(listings: &[&Listing], mode: Mode, care: Care) -> Compilation {
    let mut files = BTreeMap::new();
    let mut table = String::new();
    for listing in listings {
        table.push_str(&format!(
            "    .{{ .name = \"{}\", .file = @import(\"{}\") }},\n",
            listing.id.stem,
            listing.staged_path()
        ));
        files.insert(listing.staged_path(), listing.source.clone().into_bytes());
        for support in &listing.support {
            files.insert(support.path.clone(), support.bytes.clone());
        }
    }
    let root = format!("{ROOT}\nconst listings = .{{\n{table}}};\n");
    files.insert("root.zig".to_string(), root.into_bytes());
    let mode = match care {
        Care::Quick => Mode::Debug,
        Care::Published => mode,
    };
    let arguments = [
        "root.zig",
        "-target",
        "wasm32-wasi",
        "-O",
        mode.word(),
        "-fllvm",
        "-fstrip",
        "-freference-trace=64",
    ];
    Compilation {
        files: files.into_iter().collect(),
        arguments: arguments.map(str::to_string).to_vec(),
    }
}
