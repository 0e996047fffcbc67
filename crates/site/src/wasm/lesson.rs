//! The listings of a lesson that a page can run, as one module: a page that has loaded it for one listing has it
//! for all, and the second listing adds little to what the standard library weighs.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::build::{BuiltModule, MODULE, WasmProgram, ZIG_ALONE};
use book_listing::{Catalog, Expectation, Language, Listing, Mode};
use book_support::project::Project;
use book_toolchain::SOURCE_HASH;
use book_toolchain::compile::{Compiled, owners, run_root, without_culprits};

const ROOT_NAME: &str = "root.zig";

/// The extension under which it is kept why listings are not in a module.
const LEFT_OUT: &str = "left-out";

/// How modules are built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ModuleQuality {
    /// For readers: optimized, with all safety checks, and small.
    #[default]
    Published,
    /// For an author who waits for the page: a small part of the time to build, three times the size.
    Quick,
}

/// Listings that are built into one module.
#[derive(Clone, Debug)]
pub struct ModuleGroup<'a> {
    /// The lesson's folder.
    pub lesson: &'a str,
    mode: Mode,
    /// Those of one mode, in the catalog's order.
    pub listings: Vec<&'a Listing>,
}

/// A module, and what could not become part of it.
#[derive(Clone, Debug)]
pub struct LessonModule {
    /// A module for WASI, without what is left out.
    pub module: Vec<u8>,
    /// The listings that are not in it.
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

/// All programs of the book, by lesson and by what they are optimized for.
pub fn groups(catalog: &Catalog, care: ModuleQuality) -> Vec<ModuleGroup<'_>> {
    let mut groups: BTreeMap<(&str, Mode), Vec<&Listing>> = BTreeMap::new();
    for listing in catalog.iter().filter(|listing| is_program(listing)) {
        let mode = match listing.declaration.mode {
            _ if care == ModuleQuality::Quick => Mode::Safe,
            Mode::Debug | Mode::Safe => Mode::Safe,
            other => other,
        };
        let group = groups.entry((listing.id.lesson.as_str(), mode));
        group.or_default().push(listing);
    }
    groups
        .into_iter()
        .map(|((lesson, mode), listings)| ModuleGroup {
            lesson,
            mode,
            listings,
        })
        .collect()
}

impl<'a> ModuleGroup<'a> {
    /// The module's file name.
    pub fn file(&self) -> String {
        match self.mode {
            Mode::Safe => format!("{}.wasm", self.lesson),
            mode => format!("{}_{}.wasm", self.lesson, mode.word()),
        }
    }

    /// A group of some of these listings.
    pub(super) fn of(&self, listings: Vec<&'a Listing>) -> Self {
        Self {
            listings,
            ..self.clone()
        }
    }

    /// The module, if it was built before.
    pub(super) fn known(&self, project: &Project, care: ModuleQuality) -> Option<LessonModule> {
        let whole = self.program(&self.listings, care);
        let text = whole.known(project, LEFT_OUT, SOURCE_HASH)?;
        let left_out = serde_json::from_slice::<LeftOut>(&text).ok()?;
        // A module is kept under what it was built of, and never under what it leaves out: a newer tool asks that again.
        let built = self.program(&self.without(&left_out), care);
        let module = built.known(project, MODULE, ZIG_ALONE)?;
        Some(LessonModule { module, left_out })
    }

    /// The key under which the module is kept that has all but these listings in it.
    pub(super) fn key(&self, project: &Project, left_out: &LeftOut, care: ModuleQuality) -> String {
        self.program(&self.without(left_out), care)
            .key(project, ZIG_ALONE)
    }

    fn without(&self, left_out: &LeftOut) -> Vec<&Listing> {
        let listings = self.listings.iter().copied();
        listings
            .filter(|listing| !left_out.0.contains_key(&listing.id.stem))
            .collect()
    }

    /// Builds the module, unless it was built before. A listing that does not build is left out of it.
    ///
    /// # Errors
    ///
    /// When Zig cannot be started or breaks down itself.
    pub fn compile(&self, project: &Project, care: ModuleQuality) -> Result<LessonModule> {
        if let Some(known) = self.known(project, care) {
            return Ok(known);
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
        let mut module = None;
        let mut compile = |listings: &[&Listing]| {
            Ok(match self.program(listings, care).build(project)? {
                BuiltModule::Module(bytes) => {
                    module = Some(bytes);
                    Compiled::Built
                }
                BuiltModule::Broken(errors) => Compiled::Errors(errors),
            })
        };
        let gathered = without_culprits(listings, &mut compile, |listings, errors| {
            Ok(owners(listings, errors, |listing, path| {
                listing.has_file(path)
            }))
        })?;
        if gathered.compiled.is_none() {
            // A page still finds a module, of no program.
            compile(&[])?;
        }
        for (listing, errors) in gathered.culprits {
            left_out.0.insert(listing.id.stem.clone(), errors);
        }
        let module = module.with_context(|| format!("Zig cannot build {}", self.file()))?;
        self.program(&self.listings, care).keep(
            project,
            LEFT_OUT,
            SOURCE_HASH,
            &serde_json::to_vec(&left_out)?,
        )?;
        Ok(LessonModule { module, left_out })
    }

    /// The program of some of its listings.
    fn program(&self, listings: &[&Listing], care: ModuleQuality) -> WasmProgram {
        let mut files = BTreeMap::new();
        for listing in listings {
            files.insert(listing.staged_path(), listing.source.clone().into_bytes());
            for support in &listing.support {
                files.insert(support.path.clone(), support.bytes.clone());
            }
        }
        let root = run_root(
            listings
                .iter()
                .map(|listing| (listing.id.stem.clone(), listing.staged_path())),
        );
        files.insert(ROOT_NAME.to_string(), root.into_bytes());
        let (mode, backend) = match care {
            // Zig's own backend takes a third of the time of LLVM; it does not optimize.
            ModuleQuality::Quick => (Mode::Debug, "-fno-llvm"),
            ModuleQuality::Published => (self.mode, "-fllvm"),
        };
        let arguments = [
            ROOT_NAME,
            "-target",
            "wasm32-wasi",
            "-O",
            mode.word(),
            backend,
            "-fstrip",
            "-freference-trace=64",
        ];
        WasmProgram {
            what: self.file(),
            root: Some(ROOT_NAME),
            files: files.into_iter().collect(),
            arguments: arguments.map(str::to_string).to_vec(),
        }
    }
}
