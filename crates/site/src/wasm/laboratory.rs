//! The allocator laboratory: the real allocators of Zig's standard library as a module for a page
//! (`zig/laboratory/`), its missions and plays, and what the module does with the calls of one. Depends on `wasmi`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use wasmi::{Caller, Config, Engine, Error, Instance, Linker, Module, Store, Val};

use super::build::{BuiltModule, WasmProgram};
use book_support::project::Project;
use book_toolchain::zig_errors::all_texts;

/// The sources, by the names that they call each other by.
pub const SOURCES: [(&str, &str); 6] = [
    ("page.zig", include_str!("../../zig/laboratory/page.zig")),
    (
        "native.zig",
        include_str!("../../zig/laboratory/native.zig"),
    ),
    ("lab.zig", include_str!("../../zig/laboratory/lab.zig")),
    ("map.zig", include_str!("../../zig/laboratory/map.zig")),
    (
        "report.zig",
        include_str!("../../zig/laboratory/report.zig"),
    ),
    ("child.zig", include_str!("../../zig/laboratory/child.zig")),
];

/// The section of the module that tells the page of the missions.
pub const SECTION: &str = "missions";

/// Instructions that the calls of a mission may take; none takes a hundredth of it.
const FUEL: u64 = 100_000_000;

/// The missions and plays, in the order in which a reader meets them.
pub static DATA: LazyLock<MissionsFile> = LazyLock::new(|| {
    toml::from_str(include_str!("../../zig/laboratory/missions.toml")).expect("the missions")
});

/// What `missions.toml` holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissionsFile {
    /// In the order of the page.
    #[serde(rename = "mission")]
    pub missions: Vec<Mission>,
    /// In the order of the file.
    #[serde(rename = "play")]
    pub plays: Vec<Play>,
}

/// Something to be reached in the laboratory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mission {
    /// Unique: what a reader solved is kept under it.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// The one that the mission is about.
    pub allocator: Allocator,
    /// Of the buffer, in bytes; 0 where there is none.
    pub size: u32,
    /// Plain text: what is to be reached.
    pub goal: String,
    /// Plain text, shown on demand.
    pub hint: String,
    /// Conditions such as `used = 0`, which must hold at once.
    pub reach: Vec<String>,
    /// Calls by which it is reached.
    pub solution: Vec<String>,
}

/// Calls to be shown with what became of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Play {
    /// The name by which the page's directive finds it.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// The one that the calls are made to.
    pub allocator: Allocator,
    /// Of the buffer, in bytes; 0 where there is none.
    pub size: u32,
    /// In order, as `missions.toml` writes them.
    pub calls: Vec<String>,
}

/// In the order of the module's `Kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allocator {
    /// `std.heap.FixedBufferAllocator`.
    Fixed,
    /// `std.heap.ArenaAllocator`.
    Arena,
    /// `std.heap.SafeAllocator`.
    Safe,
    /// `std.heap.BufferFirstAllocator`.
    BufferFirst,
}

impl Mission {
    /// All calls of the solution, that which makes the allocator first.
    pub fn calls(&self) -> Vec<String> {
        calls(self.allocator, self.size, &self.solution)
    }
}

impl Play {
    /// All calls, that which makes the allocator first.
    pub fn calls(&self) -> Vec<String> {
        calls(self.allocator, self.size, &self.calls)
    }
}

fn calls(allocator: Allocator, size: u32, rest: &[String]) -> Vec<String> {
    let make = format!("make {} {size}", allocator as u32);
    std::iter::once(make).chain(rest.iter().cloned()).collect()
}

/// What the module tells after a call.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallReport {
    /// The call as it is written in Zig.
    pub call: String,
    /// What kind of answer: `block`, `out_of_memory`, `panic` …
    pub kind: String,
    /// What came of it, in the words of the page.
    pub answer: String,
    /// What the standard library logged.
    pub log: Vec<String>,
    /// What the child was asked, and what it answered.
    pub child: Vec<String>,
    /// All that were given out, in that order.
    pub blocks: Vec<MapBlock>,
    /// Numbers by the names that missions use; sizes are in bytes.
    pub facts: BTreeMap<String, u64>,
    /// The memory map, as HTML.
    pub map: String,
}

/// A block that the allocator gave out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapBlock {
    /// Its letter on the map.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// `live`, `freed`, or `dangling`: its memory went without its being freed.
    pub state: String,
}

/// The module, without the missions.
///
/// # Errors
///
/// When it does not build.
pub fn module(project: &Project) -> Result<Vec<u8>> {
    let arguments = [
        "page.zig",
        "-target",
        "wasm32-wasi",
        "-fno-entry",
        "-rdynamic",
        "-fstrip",
        "--stack",
        "131072",
        "-O",
        "safe",
        "--name",
        "laboratory",
    ];
    let program = WasmProgram {
        what: "the allocator laboratory".to_string(),
        root: None,
        files: SOURCES
            .iter()
            .map(|(name, text)| ((*name).to_string(), text.as_bytes().to_vec()))
            .collect(),
        arguments: arguments.map(str::to_string).to_vec(),
    };
    match program.build(project)? {
        BuiltModule::Module(module) => Ok(module),
        BuiltModule::Broken(errors) => bail!(
            "crates/site/zig/laboratory does not build:\n{}",
            all_texts(&errors)
        ),
    }
}

/// What the module tells after each of the calls, in a new instance. A panic is the last.
///
/// # Errors
///
/// When it is not a module, a call is unknown, or it takes too long.
pub fn replay(module: &[u8], calls: &[String]) -> Result<Vec<CallReport>> {
    let mut config = Config::default();
    config.consume_fuel(true);
    let engine = Engine::new(&config);
    let module = Module::new(&engine, module).context("it is no sound WebAssembly module")?;
    let mut store = Store::new(&engine, false);
    store.set_fuel(FUEL)?;
    let mut linker = Linker::new(&engine);
    linker.func_wrap("env", "panicked", |mut caller: Caller<'_, bool>| {
        *caller.data_mut() = true;
        Err::<(), Error>(Error::new("a panic"))
    })?;
    let instance = linker.instantiate_and_start(&mut store, &module)?;
    let mut reports = Vec::with_capacity(calls.len());
    for call in calls {
        let ended = perform(&mut store, instance, call);
        if !store.data() {
            ended.with_context(|| format!("`{call}` cannot be done"))?;
        }
        reports.push(report(&mut store, instance)?);
        if *store.data() {
            break;
        }
    }
    Ok(reports)
}

fn perform(store: &mut Store<bool>, instance: Instance, call: &str) -> Result<()> {
    let mut words = call.split(' ');
    let name = words.next().unwrap_or_default();
    let numbers: Vec<Val> = words
        .map(|word| Ok(Val::I32(word.parse()?)))
        .collect::<Result<_>>()?;
    let function = instance
        .get_func(&*store, name)
        .with_context(|| format!("there is no `{name}`"))?;
    Ok(function.call(store, &numbers, &mut [])?)
}

fn report(store: &mut Store<bool>, instance: Instance) -> Result<CallReport> {
    let mut number = |name: &str| -> Result<usize> {
        let function = instance.get_typed_func::<(), i32>(&*store, name)?;
        Ok(usize::try_from(function.call(&mut *store, ())?)?)
    };
    let (start, length) = (number("reportPointer")?, number("reportLength")?);
    let memory = instance
        .get_memory(&*store, "memory")
        .context("it has no memory")?;
    let bytes = memory.data(&*store).get(start..start + length);
    let bytes = bytes.context("the report is outside its memory")?;
    ensure!(!bytes.is_empty(), "it tells nothing");
    serde_json::from_slice(bytes).context("what it tells cannot be read")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Whether all conditions hold. `theme/js/laboratory.js` decides by the same rule.
    fn is_reached(reach: &[String], facts: &BTreeMap<String, u64>) -> Result<bool> {
        for condition in reach {
            let words: Vec<&str> = condition.split(' ').collect();
            let [name, relation, number] = words[..] else {
                bail!("`{condition}` is no condition: write `used = 0`");
            };
            let fact = facts
                .get(name)
                .with_context(|| format!("the module tells nothing of `{name}`"))?;
            let number: u64 = number.parse().context(condition.clone())?;
            let holds = match relation {
                "=" => *fact == number,
                ">=" => *fact >= number,
                "<=" => *fact <= number,
                _ => bail!("`{condition}` compares by none of =, >= and <="),
            };
            if !holds {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn built() -> Vec<u8> {
        let project = Project::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        module(&project).unwrap()
    }

    #[test]
    fn every_mission_is_reached_by_the_last_call_of_its_solution_and_not_before() {
        let module = built();
        let mut ids = BTreeSet::new();
        for mission in &DATA.missions {
            assert!(ids.insert(&mission.id), "{} is there twice", mission.id);
            let calls = mission.calls();
            let reports = replay(&module, &calls).unwrap();
            assert_eq!(reports.len(), calls.len(), "{}", mission.id);
            for (at, report) in reports.iter().enumerate() {
                let reached = is_reached(&mission.reach, &report.facts).unwrap();
                assert_eq!(
                    reached,
                    at + 1 == calls.len(),
                    "{} after {} ({})",
                    mission.id,
                    calls[at],
                    report.answer
                );
                assert_ne!(report.kind, "refused", "{}: {}", mission.id, calls[at]);
            }
        }
        assert!(ids.len() >= 8, "{ids:?}");
    }

    #[test]
    fn every_play_is_played_to_its_end() {
        let module = built();
        for play in &DATA.plays {
            let reports = replay(&module, &play.calls()).unwrap();
            assert_eq!(reports.len(), play.calls().len(), "{}", play.id);
            let refused = reports.iter().find(|report| report.kind == "refused");
            assert_eq!(refused, None, "{}", play.id);
        }
        assert_eq!(DATA.plays.len(), 3);
    }

    #[test]
    fn the_map_tells_of_every_byte_once() {
        let module = built();
        let missions = DATA.missions.iter().map(Mission::calls);
        for calls in missions.chain(DATA.plays.iter().map(Play::calls)) {
            for report in replay(&module, &calls).unwrap() {
                for region in report.map.split("<div class='alloc-region'>").skip(1) {
                    let (_, rest) = region.split_once("<span>").unwrap();
                    let size: usize = rest.split(' ').next().unwrap().parse().unwrap();
                    let mut next = 0;
                    for segment in rest.split("'><span>").skip(1) {
                        let (bytes, _) = segment.split_once("</span>").unwrap();
                        let (from, to) = bytes.split_once('–').unwrap_or((bytes, bytes));
                        assert_eq!(from.parse::<usize>().unwrap(), next, "{}", report.map);
                        next = to.parse::<usize>().unwrap() + 1;
                    }
                    assert_eq!(next, size, "{}", report.map);
                }
            }
        }
    }

    #[test]
    fn after_the_end_nothing_is_done_and_what_is_not_a_call_is_said() {
        let module = built();
        let calls = |text: &str| -> Vec<String> { text.split(", ").map(str::to_string).collect() };
        let gone = replay(&module, &calls("make 2 0, alloc 8 1, leaks, alloc 8 1")).unwrap();
        assert_eq!(gone[3].kind, "refused");
        assert!(gone[3].answer.contains("gone"), "{}", gone[3].answer);
        let absent = replay(&module, &calls("make 0 32, free 0")).unwrap();
        assert_eq!(absent[1].answer, "There is no such block.");
        let unknown = replay(&module, &calls("make 0 32, keep 1")).unwrap_err();
        assert!(format!("{unknown:#}").contains("there is no `keep`"));
        let facts = BTreeMap::from([("used".to_string(), 3)]);
        assert!(is_reached(&["used >= 3".into()], &facts).unwrap());
        assert!(!is_reached(&["used <= 2".into()], &facts).unwrap());
        assert!(is_reached(&["sued = 3".into()], &facts).is_err());
    }
}
