//! The lessons' Cargo manifests, which list their Rust listings, and the lock file that goes with them.

use anyhow::Result;

use super::stage::STAGE;
use super::{CheckOptions, CheckReport, observation};
use book_listing::{Catalog, Expectation, Language, Listing};
use book_support::diagnostic::Diagnostic;
use book_support::files::{with_line_feeds, write_whole};
use book_support::project::Project;

/// The feature that keeps listings which do not compile out of a plain `cargo build`.
pub(crate) const BROKEN_FEATURE: &str = "compile-error";

/// The lessons' Cargo manifests list their Rust listings.
pub(crate) fn check_manifests(
    project: &Project,
    catalog: &Catalog,
    selected: &[&Listing],
    options: CheckOptions,
    report: &mut CheckReport,
) -> Result<()> {
    for lesson in catalog.lessons() {
        if !selected
            .iter()
            .any(|listing| listing.language == Language::Rust && listing.id.lesson == *lesson)
        {
            continue;
        }
        let path = project.listings().join(lesson).join("Cargo.toml");
        let written = with_line_feeds(std::fs::read_to_string(&path).unwrap_or_default());
        let wanted = manifest(&written, lesson, catalog);
        if written == wanted {
            continue;
        }
        if options.bless {
            write_whole(&path, wanted.as_bytes())?;
        } else {
            report.problems.push(
                Diagnostic::new(
                    project.relative(&path),
                    "it does not list the lesson's Rust listings as they are",
                )
                .detail(observation::diff(&written, &wanted))
                .hint(format!("cargo xtask test-listings {lesson} --bless")),
            );
        }
    }
    Ok(())
}

/// The listings' lock file is what cargo makes of their manifests.
pub(crate) fn check_lock_file(
    project: &Project,
    selected: &[&Listing],
    options: CheckOptions,
    report: &mut CheckReport,
) -> Result<()> {
    if !selected
        .iter()
        .any(|listing| listing.language == Language::Rust)
    {
        return Ok(());
    }
    let path = project.listings().join("Cargo.lock");
    let read = |path: &std::path::Path| std::fs::read_to_string(path).map(with_line_feeds);
    let Ok(staged) = read(&project.work().join(STAGE).join("Cargo.lock")) else {
        return Ok(());
    };
    if read(&path).ok().as_deref() == Some(&staged) {
        return Ok(());
    }
    if options.bless {
        write_whole(&path, staged.as_bytes())?;
    } else {
        report.problems.push(
            Diagnostic::new(
                project.relative(&path),
                "it is not what cargo makes of the listings' manifests",
            )
            .hint("cargo xtask test-listings --bless"),
        );
    }
    Ok(())
}

/// What a listing is to cargo: `bin`, or `test`, which cargo builds as a test program.
pub(crate) fn target_kind(listing: &Listing) -> &'static str {
    if listing.declaration.expectation.is_test() {
        "test"
    } else {
        "bin"
    }
}

/// What the author wrote of a lesson's manifest: all but the targets.
pub(crate) fn authors_part(written: &str) -> &str {
    let end = written.find("[[").unwrap_or(written.len());
    written[..end].trim_end()
}

/// A lesson's manifest as it should be: what the author wrote, then a target for each Rust listing.
pub(crate) fn manifest(written: &str, lesson: &str, catalog: &Catalog) -> String {
    let head = match authors_part(written) {
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
