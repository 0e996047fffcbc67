//! Builds and runs Zig listings: many in one program, since the standard library is what costs.
//!
//! A program of listings that are to run has one entry for each (`zig/run_root.zig`); a program of tests
//! runs those of one listing (`zig/test_runner.zig`). A listing that does not build must not hide the others:
//! the compiler's errors say which it is, it is set aside, and the rest is built again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use anyhow::{Result, bail};
use regex::Regex;

use super::normalize::{RunPaths, normalize};
use super::observation::{Observation, Reality};
use super::run::{Run, observe_run};
use super::stage::{ALONE, Stage};
use book_listing::{Expectation, Key, Language, Listing, Mode};
use book_support::bounded::zig_cache;
use book_support::parallel::in_parallel;
use book_support::process::{End, Spec, is_disk_full};
use book_support::project::Project;
use book_toolchain::zig::Zig;
use book_toolchain::zig_errors::{ZigError, zig_errors};

const RUN_ROOT: &str = include_str!("../zig/run_root.zig");
/// A leak report then says that its trace is empty, as it does in a program that is not stripped, and the reader
/// of debug information, which there is none of, need not be compiled.
const TRACING: &str = "pub const std_options: std.Options = .{ .allow_stack_tracing = true };
pub const debug = struct {
    pub const SelfInfo = void;
};

";
pub const TEST_RUNNER: &str = include_str!("../zig/test_runner.zig");

/// The folder of what is built to be run, inside the work folder.
pub(crate) const PROGRAMS: &str = "programs";

/// Zig shortens long names of types, and says so in a note: `note: T = const_owner.Tensor`.
static SHORTENED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m): note: [A-Z]\w* = ").unwrap());

/// Listings that can be built together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    // What takes longest to build comes first: optimized programs.
    mode: Reverse<Mode>,
    kind: Kind,
    libc: bool,
    /// Built without debug information, which is most of the time of an optimizing compiler. A program that runs
    /// to its end shows no trace in these modes: their safe allocator keeps none.
    stripped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Run,
    /// Programs that print where they were: each reads the debug information of all that is built with it, so
    /// they are kept from the many that do not.
    RunTraced,
    Test,
    /// Declared not to build, with a `main`.
    BrokenRun,
    /// Declared not to build, with tests alone.
    BrokenTest,
}

impl Group {
    fn of(listing: &Listing) -> Group {
        let declaration = &listing.declaration;
        let has_main = listing.source.contains("pub fn main(");
        let kind = match &declaration.expectation {
            Expectation::CompileError(_) if has_main => Kind::BrokenRun,
            Expectation::CompileError(_) => Kind::BrokenTest,
            expectation if expectation.is_test() => Kind::Test,
            Expectation::Panic(_) | Expectation::Leak if declaration.mode == Mode::Debug => {
                Kind::RunTraced
            }
            _ => Kind::Run,
        };
        let ends = matches!(
            declaration.expectation,
            Expectation::Run | Expectation::Leak
        );
        Group {
            mode: Reverse(declaration.mode),
            kind,
            libc: declaration.libc,
            stripped: ends && declaration.mode != Mode::Debug,
        }
    }

    fn name(&self) -> String {
        let kind = match self.kind {
            Kind::Run => "run",
            Kind::RunTraced => "run_traced",
            Kind::Test => "test",
            Kind::BrokenRun => "broken_run",
            Kind::BrokenTest => "broken_test",
        };
        format!(
            "{kind}_{}{}{}",
            self.mode.0.word(),
            if self.libc { "_libc" } else { "" },
            if self.stripped { "_stripped" } else { "" }
        )
    }

    fn is_test(&self) -> bool {
        matches!(self.kind, Kind::Test | Kind::BrokenTest)
    }

    fn is_broken(&self) -> bool {
        matches!(self.kind, Kind::BrokenRun | Kind::BrokenTest)
    }

    /// The source of the program that holds `listings`.
    fn root(&self, listings: &[&Listing]) -> String {
        if self.is_test() {
            let imports: String = listings
                .iter()
                .map(|listing| format!("    _ = @import(\"{}\");\n", listing.staged_path()))
                .collect();
            return format!("test {{\n{imports}}}\n");
        }
        let table: String = listings
            .iter()
            .map(|listing| {
                format!(
                    "    .{{ .name = \"{}\", .file = @import(\"{}\") }},\n",
                    listing.id,
                    listing.staged_path()
                )
            })
            .collect();
        let options = if self.stripped && leaks(listings) {
            TRACING
        } else {
            ""
        };
        format!("{RUN_ROOT}\n{options}const listings = .{{\n{table}}};\n")
    }
}

/// What became of a program that was to be built.
enum Built {
    Program(PathBuf),
    /// It does not compile.
    Broken(Vec<ZigError>),
    /// The compiler was stopped after [`build_limit`].
    Endless,
}

/// How much processor time the compiler may take for a listing by itself, in seconds: three times what its run may. It
/// takes a second or two, and an optimized one ten.
fn build_limit(listing: &Listing) -> u64 {
    3 * listing.declaration.timeout.as_secs().max(1)
}

/// Everything that building and running Zig listings takes.
pub(crate) struct Builder<'a> {
    pub project: &'a Project,
    pub zig: &'a Zig,
    pub stage: &'a Stage,
    /// Build each listing as its own program, as a reader does, not many in one.
    pub alone: bool,
}

impl Builder<'_> {
    /// Builds and runs `listings`, and tells `seen` of each as it is known.
    ///
    /// # Errors
    ///
    /// When Zig cannot be started, or breaks down itself.
    pub(crate) fn observe(
        &self,
        listings: &[&Listing],
        seen: &(dyn Fn(&Listing, Observation) + Sync),
    ) -> Result<()> {
        let mut groups: BTreeMap<(Group, Option<Key>), Vec<&Listing>> = BTreeMap::new();
        for listing in listings {
            let alone = self.alone || listing.stands_alone();
            let only = alone.then(|| listing.key());
            groups
                .entry((Group::of(listing), only))
                .or_default()
                .push(listing);
        }
        let results = in_parallel(groups.into_iter().collect(), |((group, only), listings)| {
            self.observe_group(group, only.is_some(), listings, seen)
        });
        results.into_iter().collect()
    }

    fn observe_group(
        &self,
        group: Group,
        alone: bool,
        mut listings: Vec<&Listing>,
        seen: &(dyn Fn(&Listing, Observation) + Sync),
    ) -> Result<()> {
        while !listings.is_empty() {
            let built = if alone {
                self.build_alone(group, listings[0])?
            } else {
                self.build(group, &group.name(), &listings, self.stage, false)?
            };
            let program = match built {
                Built::Program(program) => program,
                Built::Endless => {
                    let observation = Observation {
                        reality: Reality::BuildTimedOut(build_limit(listings[0])),
                        output: String::new(),
                    };
                    seen(listings[0], observation);
                    break;
                }
                Built::Broken(errors) => {
                    let culprits = self.culprits(group, &listings, &errors)?;
                    for (key, text) in &culprits {
                        let listing = listings
                            .iter()
                            .find(|listing| listing.key() == *key)
                            .expect("a culprit is of the group");
                        // Names of types are longer in a program of many files, and what is long is shortened.
                        let text = if SHORTENED.is_match(text) {
                            &self.errors_alone(group, listing)?
                        } else {
                            text
                        };
                        seen(
                            listing,
                            Observation {
                                reality: Reality::DoesNotBuild,
                                output: self.normalized(text, listing),
                            },
                        );
                    }
                    listings.retain(|listing| !culprits.contains_key(&listing.key()));
                    continue;
                }
            };
            in_parallel(listings, |listing| {
                let observation = if group.is_broken() {
                    Observation {
                        reality: Reality::Builds,
                        output: String::new(),
                    }
                } else {
                    self.run(&program, listing, alone)?
                };
                seen(listing, observation);
                Ok(())
            })
            .into_iter()
            .collect::<Result<()>>()?;
            break;
        }
        Ok(())
    }

    /// Builds a listing as its reader would.
    fn build_alone(&self, group: Group, listing: &Listing) -> Result<Built> {
        let stage = Stage::alone(self.project, listing)?;
        self.build(group, &alone_name(listing), &[listing], &stage, true)
    }

    /// Builds one program: of all the listings, or of the first as its reader would.
    fn build(
        &self,
        group: Group,
        name: &str,
        listings: &[&Listing],
        stage: &Stage,
        alone: bool,
    ) -> Result<Built> {
        let root = if alone {
            listings[0].staged_path()
        } else {
            let root = format!("{name}.zig");
            stage.write(&root, group.root(listings).as_bytes())?;
            root
        };
        let work = self.project.work();
        let program = work.join(PROGRAMS).join(name);
        std::fs::create_dir_all(work.join(PROGRAMS))?;
        let mut spec = Spec::new(&self.zig.path)
            .clean_environment()
            .folder(stage.root());
        spec = match (group.is_test(), alone) {
            (false, _) => spec.arg("build-exe"),
            (true, true) => spec.args(["test", "--test-no-exec"]),
            (true, false) => {
                let runner = stage.write("test_runner.zig", TEST_RUNNER.as_bytes())?;
                spec.args(["test", "--test-no-exec", "--test-runner"])
                    .arg(runner)
            }
        };
        spec = spec.arg(&root).args([
            "-O",
            group.mode.0.word(),
            "--color",
            "off",
            "-freference-trace=64",
        ]);
        let cache = zig_cache(&work);
        spec = spec.arg("--cache-dir").arg(&cache);
        spec = spec.arg("--global-cache-dir").arg(&cache);
        if group.libc {
            spec = spec.arg("-lc");
        }
        if group.stripped && !alone {
            spec = spec.arg("-fstrip");
        }
        spec = if group.is_broken() {
            spec.arg("-fno-emit-bin")
        } else {
            spec.arg(format!("-femit-bin={}", program.display()))
        };
        if alone {
            spec = spec.processor_limit(build_limit(listings[0]));
        }
        let finished = spec.timeout(Duration::from_secs(600)).run()?;
        for listing in listings {
            stage.verify(listing)?;
        }
        if finished.success() {
            return Ok(Built::Program(program));
        }
        if alone && finished.ran_out_of_processor_time() {
            return Ok(Built::Endless);
        }
        let text = finished.text();
        let errors = zig_errors(&text, &stage.root().display().to_string());
        // What the compiler says of no file of the listings is the machine's trouble, but for symbols.
        let of_source = errors
            .iter()
            .any(|error| error.path.is_some() || error.text.contains("symbol"));
        // In a program of many the error may name only the root; then each is built alone.
        let may_be_of_source = of_source || (!alone && !errors.is_empty());
        if !of_source && is_disk_full(&text) {
            bail!(
                "the disk is full: Zig cannot write below {}\n  hint: free about 200 MB and run the command again",
                self.project.relative(&work).display()
            );
        }
        if !may_be_of_source || !matches!(finished.end, End::Exited(_)) {
            let lines: Vec<&str> = text.lines().collect();
            let last = lines[lines.len().saturating_sub(20)..].join("\n");
            let what = match listings {
                [listing] => listing.path.display().to_string(),
                _ => format!("{} listings", listings.len()),
            };
            bail!(
                "Zig broke down while it built {what} ({:?})\n  \
                 hint: nothing of this is kept; run the command again, and if it happens again, remove {}\n{last}",
                finished.end,
                self.project.relative(&work).display()
            );
        }
        Ok(Built::Broken(errors))
    }

    /// Which listings do not build, each with what the compiler says of it.
    fn culprits(
        &self,
        group: Group,
        listings: &[&Listing],
        errors: &[ZigError],
    ) -> Result<BTreeMap<Key, String>> {
        let mut culprits: BTreeMap<Key, String> = BTreeMap::new();
        for error in errors {
            let Some(path) = &error.path else { continue };
            for listing in listings {
                if listing.staged_path() == *path
                    || listing.support.iter().any(|support| support.path == *path)
                {
                    culprits
                        .entry(listing.key())
                        .or_default()
                        .push_str(&error.text);
                }
            }
        }
        if !culprits.is_empty() {
            return Ok(culprits);
        }
        // The compiler names no listing: build each alone to see whose errors these are.
        let results = in_parallel(listings.to_vec(), |listing| -> Result<(Key, String)> {
            Ok((listing.key(), self.errors_alone(group, listing)?))
        });
        for result in results {
            let (key, errors) = result?;
            if !errors.is_empty() {
                culprits.insert(key, errors);
            }
        }
        if culprits.is_empty() {
            let texts: BTreeSet<&str> = errors.iter().map(|error| error.text.as_str()).collect();
            let texts: Vec<&str> = texts.into_iter().collect();
            bail!(
                "{} listings build each alone but not together:\n{}",
                listings.len(),
                texts.concat()
            );
        }
        Ok(culprits)
    }

    /// What the compiler says of a listing when it is built by itself; nothing if it builds.
    fn errors_alone(&self, group: Group, listing: &Listing) -> Result<String> {
        let errors = match self.build_alone(group, listing)? {
            Built::Broken(errors) => errors,
            Built::Program(_) | Built::Endless => Vec::new(),
        };
        Ok(errors.iter().map(|error| error.text.as_str()).collect())
    }

    fn run(&self, program: &PathBuf, listing: &Listing, alone: bool) -> Result<Observation> {
        let mut spec = Spec::new(program);
        spec = if alone {
            spec
        } else if listing.declaration.expectation.is_test() {
            // The name of a test in the program: `03_allocator.caller_owns.test.frees`.
            spec.arg(format!("{}.{}.", listing.id.lesson, listing.id.stem))
        } else {
            spec.env("LISTING", listing.id.to_string())
        };
        observe_run(
            &Run {
                spec,
                listing,
                panic_status: None,
                work: &self.project.work(),
            },
            |text, _| self.normalized(text, listing),
        )
    }

    fn normalized(&self, text: &str, listing: &Listing) -> String {
        let own = self.project.work().join(ALONE).join(alone_name(listing));
        let own = own.canonicalize().unwrap_or(own).display().to_string();
        let text = &text.replace(&format!("{own}/"), "");
        let stage = self.stage.root().display().to_string();
        let zig = self
            .zig
            .path
            .parent()
            .map(|folder| folder.display().to_string())
            .unwrap_or_default();
        normalize(
            text,
            Language::Zig,
            RunPaths {
                stage: &stage,
                zig: &zig,
                lesson: &listing.id.lesson,
                names: &listing.namespaces(),
            },
        )
    }
}

fn leaks(listings: &[&Listing]) -> bool {
    listings
        .iter()
        .any(|listing| listing.declaration.expectation == Expectation::Leak)
}

fn alone_name(listing: &Listing) -> String {
    format!("{}_{}", listing.id.lesson, listing.id.stem)
}
