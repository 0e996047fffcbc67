//! Rules about the repository itself. An exemption that is no longer needed fails too.

use crate::support;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use regex::Regex;

/// Every file that git tracks or would track, relative to the repository's root.
fn files() -> Vec<PathBuf> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(support::repository())
        .output()
        .expect("git lists the files");
    let text = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let files: Vec<PathBuf> = text
        .lines()
        .map(PathBuf::from)
        .filter(|path| support::repository().join(path).is_file())
        .collect();
    assert!(files.len() > 100, "git lists {} files", files.len());
    files
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(support::repository().join(path)).ok()
}

/// Whether a file is of a program that tests the tool from outside.
fn is_test(path: &Path) -> bool {
    path.starts_with("xtask/tests") || path.starts_with("crates/start/tests")
}

fn is_rust_of_the_tool(path: &Path) -> bool {
    (path.starts_with("xtask") || path.starts_with("crates"))
        && path.extension().is_some_and(|extension| extension == "rs")
}

/// Fails with all `problems`, and with exemptions that no problem needs.
#[track_caller]
fn report(mut problems: Vec<(PathBuf, String)>, exempt: &[&str]) {
    let needed: BTreeSet<PathBuf> = problems.iter().map(|(path, _)| path.clone()).collect();
    let stale: Vec<&&str> = exempt
        .iter()
        .filter(|path| !needed.contains(Path::new(path)))
        .collect();
    assert!(
        stale.is_empty(),
        "exemptions that nothing needs any more: {stale:?}"
    );
    problems.retain(|(path, _)| !exempt.iter().any(|exempt| path == Path::new(exempt)));
    let lines: Vec<String> = problems
        .iter()
        .map(|(path, problem)| format!("{}: {problem}", path.display()))
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let problems = files()
        .into_iter()
        .filter(|path| is_rust_of_the_tool(path))
        .filter(|path| !read(path).is_some_and(|text| text.starts_with("//! ")))
        .map(|path| (path, "does not begin with a `//!` sentence".to_string()))
        .collect();
    report(problems, &[]);
}

#[test]
fn modules_stay_short_enough_to_read() {
    const MOST: usize = 600;
    let problems = files()
        .into_iter()
        .filter(|path| is_rust_of_the_tool(path))
        .filter_map(|path| {
            let lines = read(&path)?.lines().count();
            (lines > MOST).then(|| (path, format!("has {lines} lines; split it by what it does")))
        })
        .collect();
    report(problems, &[]);
}

#[test]
fn one_module_runs_processes_and_one_drives_mdbook() {
    for (word, only) in [
        // What `cargo xtask` runs first knows no other crate: nothing of them is built then.
        (
            "Command::new(",
            &["crates/start/src/start.rs", "crates/support/src/process.rs"][..],
        ),
        ("use mdbook_driver", &["crates/site/src/book.rs"]),
    ] {
        let users: Vec<PathBuf> = files()
            .into_iter()
            .filter(|path| {
                // Beside what it runs itself, a test of that module has other children.
                is_rust_of_the_tool(path)
                    && !is_test(path)
                    && !path.ends_with("support/src/process/tests.rs")
                    && read(path).is_some_and(|text| {
                        text.lines()
                            .any(|line| line.contains(word) && !line.trim_start().starts_with("//"))
                    })
            })
            .collect();
        let only: Vec<PathBuf> = only.iter().map(PathBuf::from).collect();
        assert_eq!(users, only, "who uses `{word}`");
    }
}

#[test]
fn one_module_compiles_zig() {
    const COMPILER: &str = "crates/toolchain/src/compile.rs";
    let problems = files()
        .into_iter()
        .filter(|path| is_rust_of_the_tool(path) && !is_test(path))
        .filter(|path| read(path).is_some_and(|text| text.contains("\"--global-cache-dir\"")))
        .map(|path| {
            (
                path,
                format!("calls the compiler itself, and not by {COMPILER}"),
            )
        })
        .collect();
    // The second measures what Zig takes by itself.
    report(problems, &[COMPILER, "xtask/src/commands/bench/checks.rs"]);
}

/// `Args` are the arguments of one command, each in the command's file.
#[test]
fn a_types_name_stands_for_one_type() {
    const ONE_A_COMMAND: &str = "Args";
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in files() {
        if !is_rust_of_the_tool(&path) || is_test(&path) {
            continue;
        }
        for line in read(&path).expect("a module").lines() {
            let mut words = line.split_whitespace();
            let kind = words.find(|word| !word.starts_with("pub"));
            if let (Some("struct" | "enum" | "trait" | "type"), Some(name)) = (kind, words.next())
                && !line.starts_with(' ')
            {
                let end = name.find(|letter: char| !letter.is_alphanumeric());
                let name = name[..end.unwrap_or(name.len())].to_string();
                places.entry(name).or_default().push(path.clone());
            }
        }
    }
    assert!(places.len() > 200, "only {} types", places.len());
    let commands = places
        .remove(ONE_A_COMMAND)
        .expect("commands with arguments");
    let elsewhere = |path: &&PathBuf| !path.starts_with("xtask/src/commands");
    assert_eq!(commands.iter().find(elsewhere), None, "`{ONE_A_COMMAND}`");
    let problems = places
        .into_iter()
        .filter(|(_, paths)| paths.len() > 1)
        .map(|(name, paths)| {
            let others = &paths[1..];
            (
                paths[0].clone(),
                format!("`{name}` is the name of other types, too: {others:?}"),
            )
        })
        .collect();
    report(problems, &[]);
}

#[test]
fn nothing_is_of_one_machine() {
    let home = ["/root/", "/home/", "/work/", "/Users/"];
    let problems = files()
        .into_iter()
        .filter(|path| !path.ends_with("tidy.rs"))
        .filter_map(|path| {
            let text = read(&path)?;
            let (number, line) = text
                .lines()
                .enumerate()
                .find(|(_, line)| home.iter().any(|home| line.contains(home)))?;
            Some((
                path,
                format!(
                    "line {} names a path of one machine: {}",
                    number + 1,
                    line.trim()
                ),
            ))
        })
        .collect();
    report(problems, &[]);
}

#[test]
fn text_files_end_in_one_line_feed_and_hold_no_trailing_spaces() {
    let checked = ["rs", "zig", "py", "md", "toml", "js", "css", "hbs", "yml"];
    let problems = files()
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| checked.iter().any(|checked| extension == *checked))
        })
        .filter_map(|path| {
            let text = read(&path)?;
            if let Some((number, _)) = text
                .lines()
                .enumerate()
                .find(|(_, line)| line.ends_with([' ', '\t']))
            {
                return Some((path, format!("line {} ends in a space", number + 1)));
            }
            (!text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")))
                .then(|| (path, "does not end in one line feed".to_string()))
        })
        .collect();
    report(problems, &[]);
}

#[test]
fn every_pinned_version_is_pinned_once() {
    let zig = read(Path::new("toolchain/zig.txt")).expect("Zig is pinned");
    assert!(
        zig.contains(&format!("ziglang=={} ", book_toolchain::zig::VERSION)),
        "toolchain/zig.txt pins another Zig"
    );
    let axe = read(Path::new("toolchain/axe.txt")).expect("axe is pinned");
    assert!(
        axe.contains(&format!("=={} ", book_toolchain::axe::VERSION)),
        "toolchain/axe.txt pins another axe"
    );
    let toolchain = read(Path::new("rust-toolchain.toml")).expect("Rust is pinned");
    let manifest = read(Path::new("Cargo.toml")).expect("the workspace's manifest");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .expect("a version")
        .trim_matches('"');
    assert!(
        toolchain.contains(&format!("channel = \"{version}.")),
        "Cargo.toml and rust-toolchain.toml differ"
    );
}

#[test]
fn every_test_from_outside_is_part_of_the_one_program() {
    let folder = Path::new("xtask/tests");
    let program = read(&folder.join("suite/main.rs")).expect("the program of the tests");
    let problems = files()
        .into_iter()
        .filter(|path| path.starts_with(folder))
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| {
            let name = path.file_stem()?.to_str()?;
            let problem = match path.parent()?.strip_prefix(folder).ok()?.to_str()? {
                "" => "is a program of its own; move it into `suite/`".to_string(),
                "suite" if name != "main" && !program.contains(&format!("\nmod {name};\n")) => {
                    format!("is never run; write `mod {name};` in `suite/main.rs`")
                }
                _ => return None,
            };
            Some((path, problem))
        })
        .collect();
    report(problems, &[]);
}

/// A reader of the static pages changes programs by variants alone, so every lesson has some.
#[test]
fn every_lesson_has_variants() {
    let project = book_support::project::Project::find(&support::repository()).expect("the book");
    let (catalog, _) = book_listing::discover::load(&project).expect("the listings");
    let chapters = project.chapters().join("lessons");
    let is_taught = |lesson: &&String| chapters.join(format!("{lesson}.md")).is_file();
    let lessons: Vec<&String> = catalog.lessons().iter().filter(is_taught).collect();
    assert_eq!(lessons.len(), 8, "{lessons:?}");
    for lesson in lessons {
        let variants = catalog
            .iter()
            .filter(|listing| listing.id.lesson == *lesson && listing.id.varies().is_some());
        assert!(variants.count() >= 4, "{lesson}");
    }
}

/// The statistic: over all choices with one right option, predictions among them, of the lessons that are held to the
/// minutes of the plan, how often the longest option is right, against the sum of 1 divided by the number of options,
/// rounded up.
#[test]
fn the_longest_option_is_right_no_more_often_than_by_chance() {
    let project = book_support::project::Project::find(&support::repository()).expect("the book");
    let (catalog, _) = book_listing::discover::load(&project).expect("the listings");
    let (quizzes, problems) = book_quiz::load_all(&project, &catalog).expect("the quizzes");
    assert!(problems.is_empty(), "{problems:?}");
    let is_held = |quiz: &&book_quiz::Quiz| {
        let page = format!("src/lessons/{}.md", quiz.lesson);
        read(Path::new(&page)).is_some_and(|text| text.contains("{{#time max="))
    };
    let held = quizzes.values().filter(is_held);
    let found = book_quiz::fair::longest(
        held.flat_map(|quiz| quiz.questions.iter().chain(&quiz.predictions)),
    );
    assert!(
        !found.tells(),
        "of {} choices the longest option is right in {:.1}, by chance in {:.1}: make the options of like length",
        found.questions,
        found.right,
        found.chance
    );
}

/// A test waits for a condition, with a deadline; by a helper that looks again after a moment. What sleeps otherwise is
/// either too short on some machine or too long on all others.
#[test]
fn tests_wait_for_conditions_and_do_not_sleep() {
    // How often each sleeps, and what for.
    let exempt: BTreeMap<&str, (usize, &str)> = BTreeMap::from([
        (
            "xtask/tests/suite/support/mod.rs",
            (1, "a helper that polls"),
        ),
        (
            "xtask/tests/suite/support/page.rs",
            (1, "a helper that polls"),
        ),
        ("xtask/tests/suite/support/pty.rs", (2, "helpers that poll")),
        (
            "xtask/tests/suite/support/chromium.rs",
            (1, "until nobody writes into what is removed"),
        ),
        (
            "xtask/tests/suite/support/firefox.rs",
            (1, "until nobody writes into what is removed"),
        ),
        (
            "crates/support/src/process/tests.rs",
            (1, "polls what /proc says"),
        ),
        (
            "xtask/tests/suite/gate.rs",
            (1, "polls, up to when it kills"),
        ),
        (
            "xtask/tests/suite/check.rs",
            (1, "up to when it kills, and whether that struck is counted"),
        ),
        (
            "xtask/tests/suite/render.rs",
            (1, "up to when it kills, and whether that struck is counted"),
        ),
        (
            "xtask/tests/suite/page_speed.rs",
            (2, "a measurement: looks for tasks while nothing is done"),
        ),
    ]);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = 0;
    for path in files().into_iter().filter(|path| is_rust_of_the_tool(path)) {
        if path.ends_with("tidy.rs") {
            continue;
        }
        let text = read(&path).unwrap_or_default();
        let is_test = is_test(&path)
            || path.ends_with("tests.rs")
            || path.to_string_lossy().ends_with("_tests.rs");
        let tests = match is_test {
            true => text.as_str(),
            false => text
                .split_once("#[cfg(test)]\n")
                .map_or("", |(_, tests)| tests),
        };
        seen += usize::from(!tests.is_empty());
        let count = tests.lines().filter(|line| sleeps(line)).count();
        if count > 0 {
            found.insert(path.to_str().expect("UTF-8").to_string(), count);
        }
    }
    assert!(seen > 100, "{seen} files with tests");
    let told = exempt
        .iter()
        .map(|(path, (count, _))| (path.to_string(), *count));
    assert_eq!(
        found,
        told.collect(),
        "how often tests sleep: wait for a condition, as by `wait_until`"
    );
}

/// Whether a line of a test lets time pass: in Rust, in a page's script, or between two commands of a shell.
fn sleeps(line: &str) -> bool {
    static WAITS: LazyLock<Regex> = LazyLock::new(|| {
        let waits = r"(thread|time)::sleep\(|setTimeout\(.*, \d{3,}\)|\bsleep [0-9.]+ *(;|&&)";
        Regex::new(waits).expect("a regex")
    });
    WAITS.is_match(line)
}

#[test]
fn what_sleeps_is_told_from_what_only_runs_for_long() {
    for line in [
        "    std::thread::sleep(Duration::from_millis(20));",
        "    tokio::time::sleep(whole).await;",
        "page.eval(\"await new Promise(done => setTimeout(done, 500))\");",
        "shell(\"setsid sh & sleep 0.3; exit 0\")",
    ] {
        assert!(sleeps(line), "{line}");
    }
    for line in [
        "shell(\"echo done; sleep 60 & exit 0\")",
        "'echo $$; exec sleep 60' & exit 0",
        "const [Real, later] = [Worker, setTimeout];",
        "subprocess.Popen([\"sleep\", \"60\"])",
        "try init.io.sleep(.fromSeconds(3600), .awake);",
    ] {
        assert!(!sleeps(line), "{line}");
    }
}

/// What was seen of listings is found again on each machine: a workflow that carried it from commit to commit could carry
/// what is no longer so.
#[test]
fn workflows_carry_nothing_that_was_seen_of_listings() {
    let mut caches = 0;
    let mut workflows = 0;
    for path in files() {
        if !path.starts_with(".github/")
            || path
                .extension()
                .is_none_or(|end| end != "yml" && end != "yaml")
        {
            continue;
        }
        workflows += 1;
        let text = read(&path).unwrap_or_default();
        for (number, paths) in carried(&text) {
            caches += 1;
            assert!(
                !paths.is_empty(),
                "{}:{number}: what does it carry?",
                path.display()
            );
            for carried in paths {
                assert!(
                    is_of_the_tool(&carried),
                    "{}:{number} carries `{carried}` from one run to the next: what is known of listings, or made from \
                     them, must be found again",
                    path.display()
                );
            }
        }
    }
    assert!(
        workflows >= 2 && caches >= 1,
        "{workflows} workflows, {caches} caches"
    );
}

/// What the steps of a workflow carry from run to run: the line of each, and its paths.
fn carried(workflow: &str) -> Vec<(usize, Vec<String>)> {
    let lines: Vec<&str> = workflow.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim();
        let uses = line
            .trim_start_matches("- ")
            .strip_prefix("uses:")
            .map(str::trim);
        // Actions that set up a toolchain carry things, too, each in its own way.
        let carries = ["cache", "download-artifact"];
        if !uses.is_some_and(|action| {
            carries
                .iter()
                .any(|word| action.to_lowercase().contains(word))
        }) {
            continue;
        }
        let mut paths = Vec::new();
        let mut rest = lines[index + 1..]
            .iter()
            .take_while(|line| !line.trim_start().starts_with("- "))
            .peekable();
        while let Some(line) = rest.next() {
            let Some(path) = line.trim().strip_prefix("path:") else {
                continue;
            };
            if path.trim() != "|" {
                paths.push(path.trim().to_string());
                continue;
            }
            while let Some(path) = rest.next_if(|next| indent(next) > indent(line)) {
                paths.push(path.trim().to_string());
            }
        }
        found.push((index + 1, paths));
    }
    found
}

/// Whether a path holds only what was downloaded, or built of the tool itself.
fn is_of_the_tool(path: &str) -> bool {
    let parts = [
        "target/debug",
        "target/release",
        ".toolchain",
        "~/.cargo",
        "~/.rustup",
    ];
    !path.contains("..")
        && !path.contains('*')
        && parts.iter().any(|part| {
            path == *part
                || path
                    .strip_prefix(part)
                    .is_some_and(|rest| rest.starts_with('/'))
        })
}

#[test]
fn what_a_workflow_carries_is_read() {
    let cache = |paths: &str| {
        let text = format!(
            "steps:\n  - uses: actions/cache@1\n    with:\n      path: {paths}\n      key: a\n  - run: b\n"
        );
        let mut found = carried(&text);
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0).1
    };
    assert_eq!(cache("target"), ["target"]);
    assert_eq!(
        cache("|\n        .toolchain\n        target/book"),
        [".toolchain", "target/book"]
    );
    for sound in ["target/debug", ".toolchain", "~/.cargo/registry"] {
        assert!(is_of_the_tool(sound), "{sound}");
    }
    for not in [
        "target",
        "target/book",
        "target/book/results",
        "target/*",
        "target/debug/../book",
        ".",
        "src/generated",
        "**",
        "book",
    ] {
        assert!(!is_of_the_tool(not), "{not}");
    }
}
