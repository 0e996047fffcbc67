//! Records programs beyond the book's, and looks at what was recorded.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use xtask::project::Project;
use xtask::toolchain;
use xtask::trace::build::{Builder, Entry};
use xtask::trace::model::Trace;
use xtask::trace::{Limits, Problem, record_entries};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/trace");

/// Every program of the fixtures, recorded once for all tests.
static RECORDED: LazyLock<BTreeMap<String, Result<Trace, Problem>>> = LazyLock::new(|| {
    let project = Project::find(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository");
    let zig = toolchain::zig::find_or_install(&project).expect("Zig");
    let mut files = BTreeMap::new();
    let mut entries = Vec::new();
    for file in std::fs::read_dir(format!("{FOLDER}/01_traced")).expect("the fixtures") {
        let name = file
            .expect("a fixture")
            .file_name()
            .into_string()
            .expect("UTF-8");
        let path = format!("01_traced/{name}");
        let bytes = std::fs::read(format!("{FOLDER}/{path}")).expect("a fixture");
        files.insert(path.clone(), bytes);
        if name != "support.zig" {
            entries.push(Entry {
                name: name.trim_end_matches(".zig").to_string(),
                path,
                is_test: name == "tests.zig",
                test: None,
            });
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let builder = Builder {
        zig: &zig.path,
        work: project.work().join("trace-tests"),
    };
    let limits = Limits {
        fuel: 20_000_000,
        ..Limits::default()
    };
    record_entries(&builder, &entries, &files, limits).expect("the fixtures build")
});

#[test]
fn show() {
    let Ok(name) = std::env::var("TRACE_SHOW") else {
        return;
    };
    let path = format!("01_traced/{name}.zig");
    let source = std::fs::read_to_string(format!("{FOLDER}/{path}")).unwrap();
    let sources = BTreeMap::from([(path, source)]);
    match &RECORDED[&name] {
        Ok(trace) => println!(
            "{}",
            xtask::trace::render::terminal::render(trace, &sources, None)
        ),
        Err(problem) => println!("{problem:?}"),
    }
}
