//! `cargo xtask test`

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use super::{Status, node};
use book_listing::Language;
use book_site::epub::checker;
use book_support::process::Spec;
use book_support::project::Project;
use book_toolchain as toolchain;
use book_toolchain::browser::{self, Browser};

/// The mdBook that readers have: the tests build the book with it as well.
const MDBOOK: &str = "0.5.4";

/// Test everything: the tool, the listings, the exercises, the style, the book in a browser
///
/// The first run installs Zig, Python packages and mdBook into the repository's ignored folder `.toolchain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Fail where Chromium, Firefox or Node.js is not installed, instead of leaving its tests out loudly
    #[arg(long)]
    require_browser: bool,
}

/// One part of the tests.
struct TestPart {
    name: &'static str,
    run: fn(&Project) -> Result<bool>,
}

const STEPS: [TestPart; 8] = [
    TestPart {
        name: "style of the tool",
        run: tool_style,
    },
    TestPart {
        name: "style and types of the pages' scripts",
        run: |project| node::check(project),
    },
    TestPart {
        name: "style of listings and exercises",
        run: listing_style,
    },
    TestPart {
        name: "listings",
        run: |project| own(project, &["test-listings"]),
    },
    TestPart {
        name: "exercises",
        run: |project| own(project, &["exercise", "--check"]),
    },
    TestPart {
        name: "sessions of gdb and Valgrind",
        run: sessions,
    },
    TestPart {
        name: "the book",
        run: |project| Ok(own(project, &["build", "--epub"])? && epub(project)?),
    },
    TestPart {
        name: "unit, pipeline and browser tests",
        run: tool_tests,
    },
];

/// The tool's path. The tests build the tool anew, and then the system calls the running one deleted.
static TOOL: OnceLock<PathBuf> = OnceLock::new();

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    let tool = std::env::current_exe().context("cannot find the tool itself")?;
    TOOL.get_or_init(|| tool);
    let missing = browser::ALL.map(|browser| browser.find().is_none().then_some(browser));
    let missing: Vec<Browser> = missing.into_iter().flatten().collect();
    let has_node = node::is_installed();
    if args.require_browser && !(missing.is_empty() && has_node) {
        let node = (!has_node).then_some((node::NAME, node::PACKAGES));
        let wanted = missing
            .iter()
            .map(|browser| (browser.name, browser.package));
        let (names, packages): (Vec<&str>, Vec<&str>) = wanted.chain(node).unzip();
        bail!(
            "not installed, and --require-browser wants it: {}\n  hint: Debian: apt install {}",
            names.join(", "),
            packages.join(" ")
        );
    }
    install_mdbook(&project)?;
    let mut failed = Vec::new();
    for step in &STEPS {
        println!("\n=== {} ===", step.name);
        let started = Instant::now();
        if !(step.run)(&project)? {
            failed.push(step.name);
        }
        println!(
            "--- {}: {:.0} s",
            step.name,
            started.elapsed().as_secs_f64()
        );
    }
    println!();
    for Browser { name, package, .. } in &missing {
        println!(
            "NOT TESTED: the pages in {name}, because it is not installed (Debian: apt install {package})"
        );
    }
    if !has_node {
        println!(
            "NOT TESTED: the pages' scripts by a linter and a type checker, because {} is not installed (Debian: apt install {})",
            node::NAME,
            node::PACKAGES
        );
    }
    if checker::command().is_none() {
        println!(
            "NOT TESTED: the EPUB by epubcheck, because that or Java is not installed (Debian: apt install epubcheck)"
        );
    }
    for name in &failed {
        println!("FAILED: {name}");
    }
    println!(
        "{} passed, {} failed",
        STEPS.len() - failed.len(),
        failed.len()
    );
    Ok(if failed.is_empty() {
        Status::Fine
    } else {
        Status::Wrong
    })
}

fn attached(spec: Spec) -> Result<bool> {
    Ok(spec.run_attached()?.success())
}

/// Runs a command of this tool.
fn own(project: &Project, arguments: &[&str]) -> Result<bool> {
    let tool = TOOL
        .get()
        .context("the tool's path is known from the start")?;
    attached(Spec::new(tool).args(arguments).folder(project.root()))
}

/// Has epubcheck look at the whole book, where it is installed.
fn epub(project: &Project) -> Result<bool> {
    let Some(command) = checker::command() else {
        return Ok(true);
    };
    let spec = Spec::new(&command[0]).args(&command[1..]);
    attached(
        spec.args(["--failonwarnings", "book.epub"])
            .folder(project.root()),
    )
}

fn tool_style(project: &Project) -> Result<bool> {
    let cargo =
        |arguments: &[&str]| attached(Spec::new("cargo").args(arguments).folder(project.root()));
    let formatted = cargo(&["fmt", "--all", "--check"])?;
    Ok(cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ])? && formatted)
}

fn tool_tests(project: &Project) -> Result<bool> {
    // Many tests wait for a while: for a limit, a watcher, a browser. Others then use the processors.
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    const THREADS: &str = "RUST_TEST_THREADS";
    let threads = std::env::var_os(THREADS).unwrap_or((2 * processors).to_string().into());
    attached(
        Spec::new("cargo")
            .args(["test", "--workspace", "--no-fail-fast"])
            .env(THREADS, threads)
            .folder(project.root()),
    )
}

/// Files with `extension` below the folders of listings and exercises.
fn sources(project: &Project, extension: &str) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for folder in [project.listings(), project.exercises()] {
        let walk = WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.file_name() != "target");
        for entry in walk {
            let entry = entry.context("cannot read the listings")?;
            if entry
                .path()
                .extension()
                .is_some_and(|found| found == extension)
            {
                paths.push(entry.into_path());
            }
        }
    }
    Ok(paths)
}

fn listing_style(project: &Project) -> Result<bool> {
    let zig = toolchain::zig::find_or_install(project)?;
    let python = toolchain::python::interpreter()?;
    let packages = toolchain::python::packages(project, &python)?;
    let root = project.root();
    let check = |spec: Spec| attached(spec.folder(root));
    // What Zig is meant to refuse to parse it cannot format.
    let parses = |path: &PathBuf| {
        let source = fs::read_to_string(path).unwrap_or_default();
        !source.starts_with("//@ compile-error: expected '")
    };
    let mut zig_sources = sources(project, Language::Zig.extension())?;
    zig_sources.retain(parses);
    let zig_fine = check(
        Spec::new(&zig.path)
            .args(["fmt", "--check"])
            .args(zig_sources)
            .arg("crates"),
    )?;
    let rust_fine = check(
        Spec::new("rustfmt")
            .args(["--check", "--edition", "2024"])
            .args(sources(project, Language::Rust.extension())?),
    )?;
    let clippy_fine = check(
        Spec::new("cargo")
            .args([
                "clippy",
                "--quiet",
                "--workspace",
                "--manifest-path",
                "listings/Cargo.toml",
                "--target-dir",
            ])
            .arg(project.work().join("rust"))
            .args(["--", "--deny", "warnings"]),
    )?;
    let python_fine =
        check(Spec::new(ruff(&packages)).args(["check", "--quiet", "--no-cache", "listings"]))?;
    Ok(zig_fine && rust_fine && clippy_fine && python_fine)
}

/// Records the sessions that lesson 8 shows once more, and compares.
fn sessions(project: &Project) -> Result<bool> {
    if let Some(missing) = ["gdb", "valgrind"].iter().find(|tool| !is_installed(tool)) {
        println!("NOT TESTED: {missing} is not installed (Debian: apt install gdb valgrind)");
        return Ok(true);
    }
    let zig = toolchain::zig::find_or_install(project)?;
    attached(
        Spec::new("bash")
            .arg("listings/08_debugging/session/record.sh")
            .arg("--check")
            .env("ZIG", zig.path)
            .folder(project.root()),
    )
}

fn is_installed(tool: &str) -> bool {
    Spec::new(tool).arg("--version").run().is_ok()
}

fn ruff(packages: &Path) -> PathBuf {
    packages.join("bin").join("ruff")
}

/// Installs the stock mdBook for the tests, unless it is there.
fn install_mdbook(project: &Project) -> Result<()> {
    let folder = project.toolchains().join(format!("mdbook-{MDBOOK}"));
    if folder.join("bin").join("mdbook").is_file() {
        return Ok(());
    }
    println!(
        "installing mdBook {MDBOOK} into {} for the tests …",
        project.relative(&folder).display()
    );
    let installed = Spec::new("cargo")
        .args([
            "install",
            "--quiet",
            "--locked",
            "mdbook",
            "--version",
            MDBOOK,
        ])
        // Optimized as much as it takes to build books quickly: all that it might be takes minutes to compile.
        .args(["--config", "profile.release.opt-level=1", "--root"])
        .arg(&folder)
        .run_attached()?;
    if !installed.success() {
        bail!(
            "cannot install mdBook {MDBOOK}\n  hint: the first run needs the network; see what cargo says above"
        );
    }
    Ok(())
}
