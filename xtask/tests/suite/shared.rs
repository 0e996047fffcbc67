//! What the tool and the page's scripts both do, by the same rules: each table in `shared/` is asked of both, of the
//! scripts in Chromium.

use std::path::PathBuf;

use serde_json::json;
use toml::Table;

use crate::support::chromium::Page;
use crate::support::repository;
use crate::support::site::Site;
use book_check::normalize::{RunPaths, normalize};
use book_listing::Language;
use book_recorder::run::{RunEnd, Runnable};
use book_site::wasm::compare::{OutputLikeness, compare, normalized};
use book_toolchain::zig_output;

/// The cases of a table.
fn cases(table: &str) -> Vec<Table> {
    let path = repository().join("xtask/tests/suite/shared").join(table);
    let text = std::fs::read_to_string(&path).expect("a table");
    let mut table: Table = text
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases = table.remove("case").expect("cases");
    let cases: Vec<Table> = cases.try_into().expect("a table for each case");
    assert!(!cases.is_empty());
    cases
}

fn text<'a>(case: &'a Table, name: &str) -> &'a str {
    case.get(name)
        .and_then(toml::Value::as_str)
        .unwrap_or_else(|| panic!("no `{name}` in {case}"))
}

/// Opens an empty page beside the theme's scripts, as they are written. Nothing where Chromium is not installed.
fn beside_scripts() -> Option<(Page, Site, tempfile::TempDir)> {
    let mut page = Page::start()?;
    let folder = tempfile::tempdir().expect("a folder");
    let scripts: PathBuf = repository().join("theme/js");
    std::os::unix::fs::symlink(scripts, folder.path().join("js")).expect("a link");
    let blank = "<!DOCTYPE html><link rel=icon href=\"data:,\">";
    std::fs::write(folder.path().join("index.html"), blank).expect("a page");
    let site = Site::of(folder.path());
    page.open(&site.url);
    Some((page, site, folder))
}

#[test]
fn a_typed_answer_is_compared_by_the_same_rules_in_the_tool_and_in_the_page() {
    let cases = cases("typed.toml");
    for case in &cases {
        let typed = text(case, "typed");
        assert_eq!(book_quiz::typed(typed), text(case, "compared"), "{typed:?}");
    }
    let Some((mut page, _site, _folder)) = beside_scripts() else {
        return;
    };
    page.eval("const { compared } = await import('/js/typed.js')");
    for case in &cases {
        let typed = json!(text(case, "typed"));
        let compared = page.text(&format!("compared({typed})"));
        assert_eq!(compared, text(case, "compared"), "in the page: {typed}");
    }
}

#[test]
fn outputs_are_compared_by_the_same_rules_in_the_tool_and_in_the_page() {
    const LESSON: &str = "03_allocator";
    let names = ["leak".to_string(), "leak_two".to_string()];
    let cases = cases("outputs.toml");
    for case in &cases {
        let (printed, recorded) = (text(case, "printed"), text(case, "recorded"));
        let likeness = match compare(recorded, &normalized(printed, LESSON, &names)) {
            OutputLikeness::Same => "same",
            OutputLikeness::ButTraces => "traces",
            OutputLikeness::Different => "different",
        };
        assert_eq!(likeness, text(case, "likeness"), "{case}");
    }
    let Some((mut page, _site, _folder)) = beside_scripts() else {
        return;
    };
    page.eval("const { compare, normalized } = await import('/js/compare.js')");
    for case in &cases {
        let (printed, recorded) = (json!(text(case, "printed")), json!(text(case, "recorded")));
        let likeness = page.text(&format!(
            "compare({recorded}, normalized({printed}, '{LESSON}', {}))",
            json!(names)
        ));
        assert_eq!(likeness, text(case, "likeness"), "in the page: {case}");
    }
}

/// What [`zig_output`] says of a line, under the keys of the table.
fn what_zig_prints(line: &str) -> Table {
    use zig_output::{ForcedFailure, TraceOf};
    let mut says = Table::new();
    let mut say = |key: &str, value: Option<toml::Value>| {
        if let Some(value) = value {
            says.insert(key.to_string(), value);
        }
    };
    let panic = zig_output::panic(line);
    say("panic", panic.map(|panic| panic.message.into()));
    let within = zig_output::panic_within(line).filter(|_| panic.is_none());
    say("within", within.map(|panic| panic.message.into()));
    say("crash", zig_output::crash(line).map(Into::into));
    let frame = zig_output::frame(line);
    say("frame", frame.map(|frame| frame.recorded().into()));
    say("mark", zig_output::is_mark(line).then_some(true.into()));
    let leak = zig_output::leak(line);
    let size = |size: u64| i64::try_from(size).expect("a small size").into();
    say("leak", leak.map(|leak| size(leak.size.unwrap_or(0))));
    let test = zig_output::test_begins(line).map(|test| {
        let (number, total) = (size(test.number as u64), size(test.total as u64));
        toml::Value::Array(vec![number, total, test.name.into(), test.rest.into()])
    });
    say("test", test);
    say("failure", zig_output::test_failure(line).map(Into::into));
    let counts = zig_output::is_count_of_tests(line);
    say("counts", counts.then_some(true.into()));
    let forced = zig_output::forced_failure(line).map(|told| match told {
        ForcedFailure::Allocation(number, of) => format!("allocation {number} of {of}"),
        ForcedFailure::Allocated(bytes) => format!("{bytes} allocated"),
        ForcedFailure::Freed(bytes) => format!("{bytes} freed"),
        ForcedFailure::Count => "count".to_string(),
    });
    say("forced", forced.map(Into::into));
    let label = zig_output::trace_label(line).map(|of| match of {
        TraceOf::Allocation => "allocation",
        TraceOf::Free => "free",
        TraceOf::SecondFree => "second free",
        TraceOf::ForcedFailure => "forced failure",
    });
    say("label", label.map(Into::into));
    let rule = zig_output::rule(line);
    say("rule", rule.map(|words| words.unwrap_or_default().into()));
    says
}

#[test]
fn what_zig_prints_is_read_by_the_same_rules_in_the_tool_and_in_the_page() {
    let cases = cases("zig_output.toml");
    for case in &cases {
        let mut expected = case.clone();
        expected.remove("line");
        assert_eq!(what_zig_prints(text(case, "line")), expected, "{case}");
    }
    let Some((mut page, _site, _folder)) = beside_scripts() else {
        return;
    };
    page.eval("const { panics } = await import('/js/compare.js')");
    for case in &cases {
        let line = json!(format!("one\n{}\n", text(case, "line")));
        let panics = page.eval(&format!("panics({line})")).as_bool();
        assert_eq!(
            panics,
            Some(case.contains_key("panic")),
            "in the page: {case}"
        );
    }
}

#[test]
fn what_rust_prints_is_recorded_here_and_compared_in_the_page_by_the_same_rules() {
    let cases = cases("rust_output.toml");
    let place = RunPaths {
        stage: "/stage",
        zig: "",
        lesson: "03_allocator",
        names: &["leak".to_string()],
    };
    for case in &cases {
        let printed = normalize(text(case, "here"), Language::Rust, place);
        assert_eq!(printed, text(case, "recorded"), "{case}");
    }
    let Some((mut page, _site, _folder)) = beside_scripts() else {
        return;
    };
    page.eval("const { normalizedRust } = await import('/js/compare.js')");
    for case in &cases {
        let [there, recorded] = ["there", "recorded"].map(|key| {
            let said = json!(text(case, key));
            page.text(&format!("normalizedRust({said}, 'leak.rs')"))
        });
        assert_eq!(there, recorded, "in the page: {case}");
    }
}

#[test]
fn the_system_gives_programs_the_same_answers_in_the_tool_and_in_the_page() {
    let cases = cases("wasi.toml");
    let modules: Vec<Vec<u8>> = cases
        .iter()
        .map(|case| {
            let program = program(case);
            wat::parse_str(&program).unwrap_or_else(|error| panic!("{error}: {program}"))
        })
        .collect();
    for (case, module) in cases.iter().zip(&modules) {
        let (printed, end) = Runnable::new(module).unwrap().run("a").unwrap();
        let end = match end {
            RunEnd::Exited(status) => format!("status {status}"),
            RunEnd::Stopped => "stopped".to_string(),
            RunEnd::Trapped(trap) => trap,
        };
        went_well(case, &end, &printed);
    }
    let Some((mut page, _site, _folder)) = beside_scripts() else {
        return;
    };
    page.eval(
        "const attempt = async bytes => {
            const module = await WebAssembly.compile(new Uint8Array(bytes));
            const worker = new Worker('/js/wasi.js');
            let printed = '';
            const end = await new Promise((resolve, reject) => {
                worker.onmessage = ({ data }) => 'text' in data ? printed += data.text : resolve(data);
                worker.onerror = event => reject(new Error(event.message));
                worker.postMessage({ module, listing: 'a' });
            });
            worker.terminate();
            return [end.trap ?? `status ${end.status}`, printed];
        };",
    );
    for (case, module) in cases.iter().zip(&modules) {
        let said = page.eval(&format!("await attempt({})", json!(module)));
        let end = match said[0].as_str().expect("an end") {
            "it printed too much" => "stopped",
            other => other,
        };
        went_well(case, end, said[1].as_str().expect("text"));
    }
}

/// What a program's status is when its first call gives something else than it must; that of the next is one more.
const CALL: usize = 1000;
/// The same for the bytes that must be in the memory at its end.
const BYTE: usize = 2000;

#[track_caller]
fn went_well(case: &Table, end: &str, printed: &str) {
    let name = text(case, "name");
    let expected = case.get("end").map_or("status 0", |_| text(case, "end"));
    assert_eq!(
        end, expected,
        "{name}: {CALL} and the index of a call, or {BYTE} and that of a byte, say what went wrong"
    );
    if case.contains_key("printed") {
        assert_eq!(printed, text(case, "printed"), "{name}");
    }
}

/// The lists of a case under a name.
fn lists<'a>(case: &'a Table, name: &str) -> Vec<&'a toml::Value> {
    let list = case.get(name).and_then(toml::Value::as_array);
    list.into_iter().flatten().collect()
}

/// Addresses, and the bytes from there on: numbers are four bytes each.
fn memory(case: &Table, name: &str) -> Vec<(i64, Vec<u8>)> {
    let place = |entry: &toml::Value| {
        let entry = entry.as_array().expect("an address and what is there");
        let bytes = entry[1..].iter().flat_map(|value| match value {
            toml::Value::String(text) => text.as_bytes().to_vec(),
            other => {
                let word = other.as_integer().expect("a number or text");
                u32::try_from(word).expect("32 bits").to_le_bytes().to_vec()
            }
        });
        (entry[0].as_integer().expect("an address"), bytes.collect())
    };
    lists(case, name).into_iter().map(place).collect()
}

/// The program of a case, in WebAssembly's text format.
fn program(case: &Table) -> String {
    let mut imports = vec![import("proc_exit", 1)];
    let mut body = String::new();
    for (index, call) in lists(case, "calls").into_iter().enumerate() {
        let name = call["call"].as_str().expect("a name");
        let given = call["with"].as_array().expect("arguments");
        let import = import(name, given.len());
        if !imports.contains(&import) {
            imports.push(import);
        }
        let given: String = given
            .iter()
            .zip(types(name, given.len()))
            .map(|(value, kind)| format!(" ({kind}.const {value})"))
            .collect();
        match call.get("gives") {
            Some(gives) => body.push_str(&format!(
                "(if (i32.ne (call ${name}{given}) (i32.const {gives}))
                    (then (call $proc_exit (i32.const {}))))\n",
                CALL + index
            )),
            None => body.push_str(&format!("(call ${name}{given})\n")),
        }
    }
    let then = memory(case, "then")
        .into_iter()
        .flat_map(|(at, bytes)| (at..).zip(bytes));
    for (index, (at, byte)) in then.enumerate() {
        body.push_str(&format!(
            "(if (i32.ne (i32.load8_u (i32.const {at})) (i32.const {byte}))
                (then (call $proc_exit (i32.const {}))))\n",
            BYTE + index
        ));
    }
    let data: String = [memory(case, "words"), memory(case, "text")]
        .concat()
        .iter()
        .map(|(at, bytes)| {
            let bytes: String = bytes.iter().map(|byte| format!("\\{byte:02x}")).collect();
            format!("(data (i32.const {at}) \"{bytes}\")\n")
        })
        .collect();
    format!(
        "(module {} (memory (export \"memory\") 1)\n{data}(func (export \"_start\")\n{body}))",
        imports.concat()
    )
}

fn import(name: &str, arguments: usize) -> String {
    let types = types(name, arguments).join(" ");
    let result = if name == "proc_exit" {
        ""
    } else {
        "(result i32)"
    };
    format!(
        "(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param {types}) {result}))\n"
    )
}

/// The types of a call's arguments.
fn types(name: &str, count: usize) -> Vec<&'static str> {
    let mut types = vec!["i32"; count];
    match name {
        "clock_time_get" => types[1] = "i64",
        "fd_pwrite" | "fd_readdir" => types[3] = "i64",
        "path_open" => types[5..7].fill("i64"),
        _ => {}
    }
    types
}
