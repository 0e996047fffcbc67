//! Builds and runs Rust listings: the binaries of the listings workspace, by one `cargo` call a kind.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::cargo_said::{CargoBuilt, CargoMessage};
use super::manifests::{BROKEN_FEATURE, target_kind};
use super::normalize::{RunPaths, normalize};
use super::observation::{Observation, Reality};
use super::run::{ListingRun, build_limit, observe_run};
use super::stage::Stage;
use book_listing::{Expectation, Language, Listing};
use book_support::parallel::in_parallel;
use book_support::process::{Spec, is_disk_full};
use book_support::project::Project;

/// The folder of what cargo builds, inside the work folder.
pub(crate) const BUILT: &str = "rust";

/// Everything that building and running Rust listings takes.
pub(crate) struct RustRunner<'a> {
    pub project: &'a Project,
    pub stage: &'a Stage,
}

impl RustRunner<'_> {
    /// Builds and runs `listings`, and tells `seen` of each as it is known.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or does not accept the workspace.
    pub(crate) fn observe(
        &self,
        listings: &[&Listing],
        seen: &(dyn Fn(&Listing, Observation) + Sync),
    ) -> Result<()> {
        let is_broken = |listing: &&Listing| {
            matches!(
                listing.declaration.expectation,
                Expectation::CompileError(_)
            )
        };
        let (broken, sound): (Vec<&Listing>, Vec<&Listing>) =
            listings.iter().copied().partition(is_broken);
        self.observe_kind(&["build"], &sound, true, seen)?;
        self.observe_kind(
            &["check", "--features", BROKEN_FEATURE],
            &broken,
            false,
            seen,
        )
    }

    fn observe_kind(
        &self,
        command: &[&str],
        listings: &[&Listing],
        runs: bool,
        seen: &(dyn Fn(&Listing, Observation) + Sync),
    ) -> Result<()> {
        if listings.is_empty() {
            return Ok(());
        }
        let built = self.cargo(command, listings)?;
        for listing in listings {
            self.stage.verify(listing)?;
        }
        in_parallel(listings.to_vec(), |listing| {
            let stem = &listing.id.stem;
            let observation = match (built.errors.get(stem), built.artifacts.get(stem)) {
                (Some(text), _) => match self.input_of_broken(listing) {
                    Some(input) => reads_unseen(input),
                    None => Observation {
                        reality: Reality::DoesNotBuild,
                        output: self.normalized(text, listing),
                    },
                },
                (None, Some(Some(program))) if runs => {
                    let list = rustc_list(program);
                    match list.and_then(|list| unknown_input(&list, listing)) {
                        Some(input) => reads_unseen(input),
                        None => self.run(program, listing)?,
                    }
                }
                (None, Some(_)) if !runs => Observation {
                    reality: Reality::Builds,
                    output: String::new(),
                },
                _ if is_out_of_time(&built.said, stem) => {
                    Observation::silent(Reality::BuildTimedOut(processor_limit(listings)))
                }
                _ => bail!(self.trouble(listing, &built)),
            };
            seen(listing, observation);
            Ok(())
        })
        .into_iter()
        .collect()
    }

    /// Why a listing was not built, when that is nothing of its own.
    fn trouble(&self, listing: &Listing, built: &CargoBuilt) -> String {
        let own = built.troubles.get(&listing.id.stem);
        let text = own.unwrap_or(&built.said).trim_end();
        let hint = if is_disk_full(text) {
            "the disk is full: free about 200 MB and run the command again".to_string()
        } else {
            let folder = self.project.relative(&self.target());
            format!(
                "nothing of this is kept; run the command again, and if it happens again, remove {}",
                folder.display()
            )
        };
        format!(
            "cargo could not build {}, and not because of what is written there\n  hint: {hint}\n{text}",
            listing.path.display()
        )
    }

    fn target(&self) -> PathBuf {
        self.stage.work().join(BUILT)
    }

    /// rustc's lists of what it read for programs of this name, whether it built them or not.
    fn lists(&self, listing: &Listing) -> Vec<PathBuf> {
        let folder = self.target().join("debug").join("deps");
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path())
            .filter(|path| {
                let name = path.file_name().and_then(|name| name.to_str());
                let name = name.and_then(|name| name.strip_suffix(".d")?.rsplit_once('-'));
                name.is_some_and(|(stem, _)| stem == listing.id.stem)
            })
            .collect()
    }

    /// What rustc read for a listing that it did not build, and the text does not name. It writes its list before it
    /// looks at types; of what it does not even expand there is none.
    fn input_of_broken(&self, listing: &Listing) -> Option<String> {
        let own = format!("{}:", listing.staged_path());
        let lists = self.lists(listing).into_iter();
        lists
            .filter(|list| {
                let text = std::fs::read_to_string(list).unwrap_or_default();
                text.lines().any(|line| line == own)
            })
            .find_map(|list| unknown_input(&list, listing))
    }

    /// Makes cargo forget what it built of the lessons. It goes by dates, and a clock may have been wrong; whatever
    /// comes here is to be built anew.
    fn forget(&self) -> Result<()> {
        let names: Vec<String> = packages(self.stage.root());
        let marks = self.target().join("debug").join(".fingerprint");
        for entry in std::fs::read_dir(marks).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of_lesson = name
                .rsplit_once('-')
                .is_some_and(|(package, _)| names.iter().any(|name| name == package));
            if of_lesson {
                std::fs::remove_dir_all(entry.path())
                    .with_context(|| format!("cannot remove {}", entry.path().display()))?;
            }
        }
        Ok(())
    }

    /// Builds them. When something else than their text is wrong, what cargo has kept may be damaged: then once more,
    /// with nothing kept.
    fn cargo(&self, command: &[&str], listings: &[&Listing]) -> Result<CargoBuilt> {
        let target = self.target();
        let mut built = self.attempt(command, listings)?;
        if blames(&built, &target) {
            std::fs::remove_dir_all(&target)
                .with_context(|| format!("cannot remove {}", target.display()))?;
            built = self.attempt(command, listings)?;
        }
        if built.is_nothing {
            bail!("{}", cargo_failure(&built.said));
        }
        Ok(built)
    }

    fn attempt(&self, command: &[&str], listings: &[&Listing]) -> Result<CargoBuilt> {
        self.forget()?;
        // Then those that are there tell what was read this time.
        for list in listings.iter().flat_map(|listing| self.lists(listing)) {
            std::fs::remove_file(&list)
                .with_context(|| format!("cannot remove {}", list.display()))?;
        }
        let mut spec = book_toolchain::rust::environment(Spec::new("cargo"))
            .args(command)
            .args([
                "--workspace",
                "--keep-going",
                "--message-format=json",
                "--color=never",
            ])
            .arg("--target-dir")
            .arg(self.target())
            // Listings are small: what a debugger would want costs more to write than they cost to compile.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never")
            .env("RUSTFLAGS", linker_flags(&self.target()))
            .folder(self.stage.root())
            // Cargo hands it on to each rustc.
            .processor_limit(processor_limit(listings))
            .timeout(Duration::from_secs(1200));
        for listing in listings {
            spec = spec
                .arg(format!("--{}", target_kind(listing)))
                .arg(&listing.id.stem);
        }
        let finished = spec.run_split()?;
        let text = String::from_utf8_lossy(&finished.stdout);
        let mut built = CargoBuilt::default();
        for message in text
            .lines()
            .filter_map(|line| serde_json::from_str::<CargoMessage>(line).ok())
        {
            let Some(target) = message.target else {
                continue;
            };
            match (message.reason.as_str(), message.message, message.executable) {
                ("compiler-artifact", _, program) => {
                    built.artifacts.insert(target.name, program);
                }
                ("compiler-message", Some(said), _) => built.say(&target.name, said),
                _ => {}
            }
        }
        // What goes wrong beside an error of the source is perhaps what brought the error about.
        built
            .errors
            .retain(|name, _| !built.troubles.contains_key(name));
        built.said = finished.text();
        let is_silent = built.errors.is_empty()
            && built.troubles.is_empty()
            && !built.said.contains(OUT_OF_TIME);
        built.is_nothing = !finished.success() && is_silent && built.artifacts.is_empty();
        Ok(built)
    }

    fn run(&self, program: &PathBuf, listing: &Listing) -> Result<Observation> {
        let mut spec = Spec::new(program).env("RUST_BACKTRACE", "0");
        if listing.declaration.expectation.is_test() {
            spec = spec.args(["--test-threads=1", "--color=never"]);
        }
        observe_run(
            &ListingRun {
                spec,
                listing,
                panic_status: Some(101),
                work: self.stage.work(),
            },
            |text, _| self.normalized(text, listing),
        )
    }

    fn normalized(&self, text: &str, listing: &Listing) -> String {
        let stage = self.stage.root().display().to_string();
        normalize(
            text,
            Language::Rust,
            RunPaths {
                stage: &stage,
                zig: "",
                lesson: &listing.id.lesson,
                names: &listing.namespaces(),
            },
        )
    }
}

/// Whether what cargo has kept in `folder` may be why something was not built.
fn blames(built: &CargoBuilt, folder: &Path) -> bool {
    let said = || built.troubles.values().chain([&built.said]);
    let names = |text: &String| text.contains(&folder.display().to_string());
    !said().any(|text| is_disk_full(text))
        && (!built.troubles.is_empty() || (built.is_nothing && names(&built.said)))
}

/// What cargo says of a rustc that came to the limit of its processor time: the number of the signal, SIGXCPU.
const OUT_OF_TIME: &str = "(signal: 24";

/// The longest that one of these may keep rustc busy, in seconds.
fn processor_limit(listings: &[&Listing]) -> u64 {
    let limits = listings.iter().map(|listing| build_limit(listing));
    limits.max().unwrap_or_default()
}

/// Whether rustc was stopped at its limit while it compiled the program of this name: what a program works out at compile
/// time may have no end.
fn is_out_of_time(said: &str, stem: &str) -> bool {
    said.lines().any(|line| {
        let is_of_stem = line.contains(&format!(" --crate-name {stem} "));
        is_of_stem && line.contains(OUT_OF_TIME)
    })
}

/// The linker that comes with Rust takes a `%` in the path of its output for a sign of its own; then the system's links.
fn linker_flags(target: &Path) -> &'static str {
    let has_own_linker = cfg!(all(
        target_os = "linux",
        target_arch = "x86_64",
        target_env = "gnu"
    ));
    if has_own_linker && target.to_string_lossy().contains('%') {
        "-Clinker-features=-lld"
    } else {
        ""
    }
}

fn reads_unseen(input: String) -> Observation {
    Observation {
        reality: Reality::ReadUnseen(input),
        output: String::new(),
    }
}

/// What rustc read for a program, by its own list, and the text of the listing does not name: a file of the listings, or
/// a variable of the environment that cargo does not set itself.
fn unknown_input(list: &Path, listing: &Listing) -> Option<String> {
    let list = std::fs::read_to_string(list).ok()?;
    let known = |path: &str| {
        listing.staged_path() == path || listing.support.iter().any(|support| support.path == path)
    };
    list.lines().find_map(|line| {
        if let Some(variable) = line.strip_prefix("# env-dep:") {
            let name = variable.split('=').next().unwrap_or(variable);
            return (!name.starts_with("CARGO_")).then(|| format!("the environment's {name}"));
        }
        // One rule a file read: `03_allocator/data.txt:`
        let path = line.strip_suffix(':')?.replace("\\ ", " ");
        let of_listings = Path::new(&path).is_relative() && path.ends_with(|c: char| c != '/');
        (of_listings && !known(&path)).then_some(path)
    })
}

/// Where rustc lists what it read for a program: `deps/name-0123456789abcdef.d`, beside the program's other name.
fn rustc_list(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?;
    let deps = match folder.file_name()? {
        name if name == "deps" => folder.to_path_buf(),
        _ => folder.join("deps"),
    };
    let stem = program.file_name()?.to_str()?;
    if folder.ends_with("deps") {
        return Some(program.with_extension("d"));
    }
    // Cargo links the newest of them to the plain name.
    let bytes = std::fs::metadata(program).ok()?;
    let entries = std::fs::read_dir(deps).ok()?.flatten();
    let built = entries
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.rsplit_once('-')
                .is_some_and(|(name, hash)| name == stem && !hash.contains('.'))
        })
        .find(|entry| {
            use std::os::unix::fs::MetadataExt;
            entry
                .metadata()
                .is_ok_and(|data| data.ino() == bytes.ino() && data.dev() == bytes.dev())
        })?;
    Some(built.path().with_extension("d"))
}

/// The names of the packages in the folders of a workspace.
fn packages(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let text = std::fs::read_to_string(entry.path().join("Cargo.toml")).ok()?;
            let manifest: toml::Table = text.parse().ok()?;
            Some(manifest.get("package")?.get("name")?.as_str()?.to_string())
        })
        .collect()
}

/// What cargo said of the workspace itself, with a mend.
fn cargo_failure(text: &str) -> String {
    let hint = if text.contains("Could not resolve host")
        || text.contains("failed to get")
        || text.contains("spurious network")
    {
        "the first run fetches the listings' packages: connect and run the command again"
    } else if is_disk_full(text) {
        "the disk is full: free about 200 MB and run the command again"
    } else if text.contains("no bin target named") {
        "bring the lesson's Cargo.toml up to date: cargo xtask test-listings --bless"
    } else {
        "see `listings/Cargo.toml` and the lesson's Cargo.toml"
    };
    format!(
        "cargo cannot build the listings workspace\n  hint: {hint}\n{}",
        text.trim_end()
    )
}
