//! Builds and runs Zig listings: many in one program, since the standard library is what costs.
//!
//! A program of listings that are to run has one entry for each ([`run_root`]); a program of tests
//! runs those of one listing (`zig/test_runner.zig`). A listing that does not build must not hide the others:
//! the compiler's errors say which it is, it is set aside, and the rest is built again.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::LazyLock;

use anyhow::{Result, bail};

use super::normalize::{RunPaths, normalize};
use super::observation::{Observation, Reality};
use super::run::{ListingRun, build_limit, observe_run};
use super::stage::{ALONE, Stage};
use book_listing::{Expectation, Language, Listing, ListingKey, Mode};
use book_support::parallel::in_parallel;
use book_support::process::Spec;
use book_support::project::Project;
use book_toolchain::compile::{
    Compilation, CompileLimits, Compiled, FUZZ, Limit, owners, run_root, without_culprits,
};
use book_toolchain::zig::Zig;
use book_toolchain::zig_errors::{ZigError, is_shortened};
use book_toolchain::zig_output::{self, EMPTY_TRACE, NO_TRACE};

/// A leak report then says that its trace is empty, as it does in a program that is not stripped, and the reader
/// of debug information, which there is none of, need not be compiled.
const TRACING: &str = "
pub const std_options: std.Options = .{ .allow_stack_tracing = true };
pub const debug = struct {
    pub const SelfInfo = void;
};
";

/// The Zig source of the test runner, which prints what `zig test` does.
pub static TEST_RUNNER: LazyLock<String> =
    LazyLock::new(|| format!("{}\n{FUZZ}", include_str!("../zig/test_runner.zig")));

/// The folder of what is built to be run, inside the work folder.
pub(crate) const PROGRAMS: &str = "programs";

/// As many listings as one program holds at most. Each run of a program that traces its allocations first sorts the
/// unwinding tables of all of it: with 500 listings that begins to be felt.
const MOST: usize = 500;

/// Listings that can be built together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct BuildGroup {
    // What takes longest to build comes first: optimized programs.
    mode: Reverse<Mode>,
    kind: GroupKind,
    libc: bool,
    /// Built without debug information, which is most of the time of an optimizing compiler and half of the other's. A
    /// program that runs to its end shows no trace in optimized modes: their safe allocator keeps none. In Debug one that
    /// was to show a trace after all is built and run again.
    stripped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum GroupKind {
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

impl BuildGroup {
    /// The group of a listing whose `traces` are to be seen, or are not.
    fn of(listing: &Listing, traces: bool) -> BuildGroup {
        let declaration = &listing.declaration;
        let has_main = listing.source.contains("pub fn main(");
        let kind = match &declaration.expectation {
            Expectation::CompileError(_) if has_main => GroupKind::BrokenRun,
            Expectation::CompileError(_) => GroupKind::BrokenTest,
            expectation if expectation.is_test() => GroupKind::Test,
            Expectation::Panic(_) | Expectation::Leak if declaration.mode == Mode::Debug => {
                GroupKind::RunTraced
            }
            _ => GroupKind::Run,
        };
        let ends = matches!(
            declaration.expectation,
            Expectation::Run | Expectation::Leak
        );
        BuildGroup {
            mode: Reverse(declaration.mode),
            kind,
            libc: declaration.libc,
            stripped: match declaration.mode {
                Mode::Debug => !traces || !minds_traces(listing),
                _ => ends,
            },
        }
    }

    /// Whether what its programs would show of where they are is not seen, and is to be.
    fn hides(&self, observation: &Observation) -> bool {
        let is_without = match observation.reality {
            Reality::Ran | Reality::TestsPassed => {
                let output = &observation.output;
                !output.contains(NO_TRACE) && !output.contains(EMPTY_TRACE)
            }
            Reality::TimedOut(_) | Reality::Flooded(_) | Reality::LeftChildren => true,
            _ => false,
        };
        self.stripped && self.mode.0 == Mode::Debug && !is_without
    }

    /// The name of the group's program of this number.
    fn name(&self, number: usize) -> String {
        let kind = match self.kind {
            GroupKind::Run => "run",
            GroupKind::RunTraced => "run_traced",
            GroupKind::Test => "test",
            GroupKind::BrokenRun => "broken_run",
            GroupKind::BrokenTest => "broken_test",
        };
        format!(
            "{kind}_{}{}{}_{number}",
            self.mode.0.word(),
            if self.libc { "_libc" } else { "" },
            if self.stripped { "_stripped" } else { "" }
        )
    }

    fn is_test(&self) -> bool {
        matches!(self.kind, GroupKind::Test | GroupKind::BrokenTest)
    }

    fn is_broken(&self) -> bool {
        matches!(self.kind, GroupKind::BrokenRun | GroupKind::BrokenTest)
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
        let entries = listings
            .iter()
            .map(|listing| (listing.id.to_string(), listing.staged_path()));
        let options = if self.stripped && leaks(listings) {
            TRACING
        } else {
            ""
        };
        format!("{}{options}", run_root(entries))
    }
}

/// Everything that building and running Zig listings takes.
pub(crate) struct ZigRunner<'a> {
    pub project: &'a Project,
    pub zig: &'a Zig,
    pub stage: &'a Stage,
    /// Build each listing as its own program, as a reader does, not many in one.
    pub alone: bool,
    /// Whether it is to be seen where programs and tests failed.
    pub traces: bool,
}

impl ZigRunner<'_> {
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
        let mut groups: BTreeMap<(BuildGroup, Option<ListingKey>), Vec<&Listing>> = BTreeMap::new();
        for listing in listings {
            let alone = self.alone || listing.stands_alone();
            let only = alone.then(|| listing.key());
            groups
                .entry((BuildGroup::of(listing, self.traces), only))
                .or_default()
                .push(listing);
        }
        let programs = groups
            .iter()
            .flat_map(|((group, only), listings)| {
                listings
                    .chunks(MOST)
                    .enumerate()
                    .map(move |(number, listings)| {
                        let name = match only {
                            Some(_) => alone_name(listings[0]),
                            None => group.name(number),
                        };
                        (*group, only.is_some(), name, listings)
                    })
            })
            .collect();
        let results = in_parallel(programs, |(group, alone, name, listings)| {
            self.observe_program(group, alone, &name, listings.to_vec(), seen)
        });
        results.into_iter().collect()
    }

    fn observe_program(
        &self,
        group: BuildGroup,
        alone: bool,
        name: &str,
        listings: Vec<&Listing>,
        seen: &(dyn Fn(&Listing, Observation) + Sync),
    ) -> Result<()> {
        let compile = |listings: &[&Listing]| {
            if alone {
                self.build_alone(group, listings[0])
            } else {
                self.build(group, name, listings, self.stage, false)
            }
        };
        let built = without_culprits(listings, compile, |listings, errors| {
            let culprits = self.culprits(group, listings, errors)?;
            for (index, text) in &culprits {
                let listing = listings[*index];
                // Names of types are longer in a program of many files, and what is long is shortened.
                let text = if is_shortened(text) {
                    &self.errors_alone(group, listing)?
                } else {
                    text
                };
                let output = self.normalized(text, listing);
                let reality = Reality::DoesNotBuild;
                seen(listing, Observation { reality, output });
            }
            Ok(culprits)
        })?;
        match built.compiled {
            None => Ok(()),
            Some(Compiled::Built) => {
                let observed = in_parallel(built.entries, |listing| {
                    let observation = if group.is_broken() {
                        Observation::silent(Reality::Builds)
                    } else {
                        self.run(&self.program(name), listing, alone)?
                    };
                    if self.traces && !alone && group.hides(&observation) {
                        return Ok(Some(listing));
                    }
                    seen(listing, observation);
                    Ok(None)
                });
                let observed: Result<Vec<Option<&Listing>>> = observed.into_iter().collect();
                let again: Vec<&Listing> = observed?.into_iter().flatten().collect();
                if again.is_empty() {
                    return Ok(());
                }
                let traced = BuildGroup {
                    stripped: false,
                    ..group
                };
                self.observe_program(traced, false, &format!("{name}_again"), again, seen)
            }
            Some(_) => {
                let listing = built.entries[0];
                let reality = Reality::BuildTimedOut(build_limit(listing));
                seen(listing, Observation::silent(reality));
                Ok(())
            }
        }
    }

    /// Builds a listing as its reader would.
    fn build_alone(&self, group: BuildGroup, listing: &Listing) -> Result<Compiled> {
        let stage = Stage::alone(self.stage.work(), listing)?;
        self.build(group, &alone_name(listing), &[listing], &stage, true)
    }

    /// Where a program of this name is built.
    fn program(&self, name: &str) -> PathBuf {
        self.stage.work().join(PROGRAMS).join(name)
    }

    /// Builds one program: of all the listings, or of the first as its reader would. It is stopped at no limit but that of
    /// a listing by itself on processor time.
    fn build(
        &self,
        group: BuildGroup,
        name: &str,
        listings: &[&Listing],
        stage: &Stage,
        alone: bool,
    ) -> Result<Compiled> {
        let root = if alone {
            listings[0].staged_path()
        } else {
            let root = format!("{name}.zig");
            stage.write(&root, group.root(listings).as_bytes())?;
            root
        };
        let work = self.project.work();
        let program = self.program(name);
        std::fs::create_dir_all(self.stage.work().join(PROGRAMS))?;
        let mut arguments: Vec<OsString> = match group.is_test() {
            false => vec!["build-exe".into()],
            true => vec!["test".into(), "--test-no-exec".into()],
        };
        if group.is_test() && !alone {
            let runner = stage.write("test_runner.zig", TEST_RUNNER.as_bytes())?;
            arguments.extend(["--test-runner".into(), runner.into()]);
        }
        arguments.extend([root.into(), "-O".into(), group.mode.0.word().into()]);
        if group.libc {
            arguments.push("-lc".into());
        }
        if group.stripped && !alone {
            arguments.push("-fstrip".into());
        }
        let what = match listings {
            [listing] => listing.path.display().to_string(),
            _ => format!("{} listings", listings.len()),
        };
        let compiled = Compilation {
            zig: &self.zig.path,
            folder: stage.root(),
            work: &work,
            what: &what,
            arguments,
            program: (!group.is_broken()).then_some(&program),
            is_source: &|path| listings.iter().any(|listing| listing.has_file(path)),
            gathered: !alone,
            limits: CompileLimits {
                processor: alone.then(|| build_limit(listings[0])),
                ..CompileLimits::default()
            },
            canceled: None,
        }
        .compile()?;
        for listing in listings {
            stage.verify(listing)?;
        }
        match compiled {
            Compiled::Stopped(limit, _) if !alone || limit != Limit::Processor => {
                bail!(
                    "Zig came to no end while it built {what}: it was stopped at its limit ({limit:?})"
                )
            }
            compiled => Ok(compiled),
        }
    }

    /// Which listings do not build, by their indices, each with what the compiler says of it.
    fn culprits(
        &self,
        group: BuildGroup,
        listings: &[&Listing],
        errors: &[ZigError],
    ) -> Result<BTreeMap<usize, String>> {
        let culprits = owners(listings, errors, |listing, path| listing.has_file(path));
        if !culprits.is_empty() {
            return Ok(culprits);
        }
        // The compiler names no listing: build each alone to see whose errors these are.
        let results = in_parallel(listings.to_vec(), |listing| {
            self.errors_alone(group, listing)
        });
        let mut culprits = BTreeMap::new();
        for (index, errors) in results.into_iter().enumerate() {
            let errors = errors?;
            if !errors.is_empty() {
                culprits.insert(index, errors);
            }
        }
        Ok(culprits)
    }

    /// What the compiler says of a listing when it is built by itself; nothing if it builds.
    fn errors_alone(&self, group: BuildGroup, listing: &Listing) -> Result<String> {
        let errors = match self.build_alone(group, listing)? {
            Compiled::Errors(errors) => errors,
            Compiled::Built | Compiled::Stopped(..) => Vec::new(),
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
            &ListingRun {
                spec,
                listing,
                panic_status: None,
                work: self.stage.work(),
            },
            |text, _| self.normalized(text, listing),
        )
    }

    fn normalized(&self, text: &str, listing: &Listing) -> String {
        let own = self.stage.work().join(ALONE).join(alone_name(listing));
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

/// What a program names that may come out otherwise when no traces are taken: traces, what taking them costs, and whatever
/// asks the system or the processor directly.
const TELLING: [&str; 15] = [
    "trace",
    "Trace",
    "strip",
    "Time",
    ".time",
    "clock",
    "Clock",
    "usage",
    "/proc",
    "asm volatile",
    "asm (",
    "asm(",
    "linux",
    "posix",
    "extern",
];

/// Whether a listing in Debug may be another without debug information, without which no traces are taken: by what it
/// declares, by what it names, or because it shows a trace in what was recorded.
fn minds_traces(listing: &Listing) -> bool {
    let ends = matches!(
        listing.declaration.expectation,
        Expectation::Run | Expectation::Test
    );
    let support = listing.support.iter().map(|file| &*file.bytes);
    let mut texts = std::iter::once(listing.source.as_bytes()).chain(support);
    let recorded = listing.recorded.as_deref().unwrap_or_default();
    !ends
        || recorded.contains(EMPTY_TRACE)
        || recorded
            .lines()
            .any(|line| zig_output::frame(line).is_some())
        || texts.any(|text| {
            let text = String::from_utf8_lossy(text);
            TELLING.iter().any(|name| text.contains(name))
        })
}

fn leaks(listings: &[&Listing]) -> bool {
    listings
        .iter()
        .any(|listing| listing.declaration.expectation == Expectation::Leak)
}

fn alone_name(listing: &Listing) -> String {
    format!("{}_{}", listing.id.lesson, listing.id.stem)
}
