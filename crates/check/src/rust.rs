//! Builds and runs Rust listings: the binaries of the listings workspace, by one `cargo` call a kind.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use serde::Deserialize;

use super::normalize::{Place, normalize};
use super::observation::{Observation, Reality};
use super::run::{Run, observe_run};
use super::stage::Stage;
use book_listing::{Catalog, Expectation, Language, Listing};
use book_support::parallel::in_parallel;
use book_support::process::Spec;
use book_support::project::Project;

/// The feature that keeps listings which do not compile out of a plain `cargo build`.
const BROKEN_FEATURE: &str = "compile-error";

/// Everything that building and running Rust listings takes.
pub struct Builder<'a> {
    pub project: &'a Project,
    pub stage: &'a Stage,
}

/// A line of cargo's messages.
#[derive(Deserialize)]
struct Message {
    reason: String,
    target: Option<Target>,
    message: Option<CompilerMessage>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct CompilerMessage {
    level: String,
    message: String,
    rendered: Option<String>,
}

/// What cargo made of the binaries, by name.
#[derive(Default)]
struct Built {
    /// The program, or nothing where cargo only checked.
    artifacts: BTreeMap<String, Option<PathBuf>>,
    errors: BTreeMap<String, String>,
}

impl Builder<'_> {
    /// Builds and runs `listings`, and tells `seen` of each as it is known.
    ///
    /// # Errors
    ///
    /// When cargo cannot be started or does not accept the workspace.
    pub fn observe(
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
        in_parallel(listings.to_vec(), |listing| {
            let stem = &listing.id.stem;
            let observation = match (built.errors.get(stem), built.artifacts.get(stem)) {
                (Some(text), _) => Observation {
                    reality: Reality::DoesNotBuild,
                    output: self.normalized(text, listing),
                },
                (None, Some(Some(program))) if runs => self.run(program, listing)?,
                (None, Some(_)) if !runs => Observation {
                    reality: Reality::Builds,
                    output: String::new(),
                },
                _ => bail!("cargo says nothing of {}", listing.staged_path()),
            };
            seen(listing, observation);
            Ok(())
        })
        .into_iter()
        .collect()
    }

    fn cargo(&self, command: &[&str], listings: &[&Listing]) -> Result<Built> {
        let mut spec = Spec::new("cargo")
            .args(command)
            .args([
                "--workspace",
                "--keep-going",
                "--message-format=json",
                "--color=never",
            ])
            .arg("--target-dir")
            .arg(self.project.work().join("rust"))
            // Listings are small: what a debugger would want costs more to write than they cost to compile.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never")
            .env("RUSTFLAGS", "")
            .folder(self.stage.root())
            .timeout(Duration::from_secs(1200));
        for listing in listings {
            spec = spec
                .arg(format!("--{}", target_kind(listing)))
                .arg(&listing.id.stem);
        }
        let finished = spec.run_split()?;
        let text = String::from_utf8_lossy(&finished.stdout);
        let mut built = Built::default();
        for message in text
            .lines()
            .filter_map(|line| serde_json::from_str::<Message>(line).ok())
        {
            let Some(target) = message.target else {
                continue;
            };
            match (message.reason.as_str(), message.message, message.executable) {
                ("compiler-artifact", _, program) => {
                    built.artifacts.insert(target.name, program);
                }
                ("compiler-message", Some(said), _)
                    if (said.level == "error" || said.level == "failure-note")
                        && !said.message.starts_with("aborting due to") =>
                {
                    let text = built.errors.entry(target.name).or_default();
                    text.push_str(&said.rendered.unwrap_or_default());
                }
                _ => {}
            }
        }
        if !finished.success() && built.errors.is_empty() {
            bail!("{}", cargo_failure(&finished.text()));
        }
        Ok(built)
    }

    fn run(&self, program: &PathBuf, listing: &Listing) -> Result<Observation> {
        let mut spec = Spec::new(program)
            .folder(self.stage.root().join(&listing.id.lesson))
            .env("RUST_BACKTRACE", "0");
        if listing.declaration.expectation.is_test() {
            spec = spec.args(["--test-threads=1", "--color=never"]);
        }
        observe_run(
            &Run {
                spec,
                listing,
                is_panic: &|status| status == 101,
            },
            |text| self.normalized(text, listing),
        )
    }

    fn normalized(&self, text: &str, listing: &Listing) -> String {
        let stage = self.stage.root().display().to_string();
        normalize(
            text,
            Language::Rust,
            Place {
                stage: &stage,
                zig: "",
                lesson: &listing.id.lesson,
            },
        )
    }
}

/// What cargo said of the workspace itself, with a mend.
fn cargo_failure(text: &str) -> String {
    let hint = if text.contains("Could not resolve host")
        || text.contains("failed to get")
        || text.contains("spurious network")
    {
        "the first run fetches the listings' packages: connect and run the command again"
    } else if text.contains("No space left") {
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

/// What a listing is to cargo: `bin`, or `test`, which cargo builds as a test program.
fn target_kind(listing: &Listing) -> &'static str {
    if listing.declaration.expectation.is_test() {
        "test"
    } else {
        "bin"
    }
}

/// A lesson's manifest as it should be: what the author wrote, then a target for each Rust listing.
pub fn manifest(written: &str, lesson: &str, catalog: &Catalog) -> String {
    let head = written
        .find("[[")
        .map_or(written, |start| &written[..start]);
    let head = match head.trim_end() {
        "" => format!(
            "[package]\nname = \"lesson-{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\nautobins = false\n\n\
             [features]\n# Listings that do not compile are built with this feature alone.\n{BROKEN_FEATURE} = []",
            &lesson[..2]
        ),
        head => head.to_string(),
    };
    let bins: String = catalog
        .iter()
        .filter(|listing| listing.language == Language::Rust && listing.id.lesson == lesson)
        .map(|listing| {
            let stem = &listing.id.stem;
            let broken = matches!(
                listing.declaration.expectation,
                Expectation::CompileError(_)
            );
            let feature = if broken {
                format!("required-features = [\"{BROKEN_FEATURE}\"]\n")
            } else {
                String::new()
            };
            let kind = target_kind(listing);
            format!("\n[[{kind}]]\nname = \"{stem}\"\npath = \"{stem}.rs\"\n{feature}")
        })
        .collect();
    format!("{head}\n{bins}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_lessons_manifest_is_whole() {
        let manifest = manifest("", "03_allocator", &Catalog::default());
        let table: toml::Table = manifest.parse().unwrap();
        assert_eq!(table["package"]["name"].as_str(), Some("lesson-03"));
        assert!(table["features"].get(BROKEN_FEATURE).is_some());
    }

    #[test]
    fn what_an_author_wrote_above_the_binaries_stays() {
        let written = "[package]\nname = \"lesson-03\"\n\n[dependencies]\nbumpalo = { workspace = true }\n\n[[bin]]\nname = \"gone\"\n";
        let manifest = manifest(written, "03_allocator", &Catalog::default());
        assert_eq!(
            manifest,
            "[package]\nname = \"lesson-03\"\n\n[dependencies]\nbumpalo = { workspace = true }\n"
        );
    }
}
