//! Makes what the pages offer, and puts it where mdBook finds it.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};
use serde_json::json;

use super::build::modules;
use super::check::{self, WasmOutcome};
use super::lesson::{self, LessonModule, ModuleGroup, ModuleQuality};
use super::{Laboratory, LateScript, Offers, RunButton, digits, laboratory, quick};
use crate::generated::{self, GeneratedFolder};
use crate::scripts;
use book_listing::{Catalog, Expectation, Language, Listing};
use book_support::bounded::remove_unused;
use book_support::diagnostic::Diagnostic;
use book_support::files::with_line_feeds;
use book_support::parallel::in_parallel;
use book_support::project::Project;

/// The section of a module that holds what was recorded of its listings.
const RECORDED: &str = "recorded";

/// What the pages ask for.
#[derive(Clone, Copy, Debug, Default)]
pub struct WantedModules {
    /// The page of drawn digits.
    pub draw: bool,
    /// The allocator laboratory.
    pub laboratory: bool,
    /// The Run buttons.
    pub run: bool,
    /// The Edit buttons.
    pub lab: bool,
    /// How the lessons' modules are built.
    pub care: ModuleQuality,
}

/// Makes what is wanted, and puts it into `folder`. With it everything that prints something else in the page than was recorded and does not
/// say why; that is looked at only in what is for readers.
///
/// # Errors
///
/// When Zig cannot be found, when it does not build the capstone or the laboratory, or when a file cannot be written.
pub fn publish(
    project: &Project,
    catalog: &Catalog,
    wanted: WantedModules,
    folder: &mut GeneratedFolder,
) -> Result<(Offers, Vec<Diagnostic>)> {
    let mut offers = Offers::default();
    let mut diagnostics = Vec::new();
    if wanted.draw {
        offers.draw = Some(draw(project, catalog, folder)?);
    }
    if wanted.laboratory {
        offers.laboratory = Some(laboratory(project, folder)?);
    }
    if wanted.run {
        offers.script = run_script(project, folder)?;
        for made in in_parallel(lesson::groups(catalog, wanted.care), |group| {
            make(project, group, wanted.care)
        }) {
            for (group, compiled, seen) in made? {
                let problems = group
                    .listings
                    .iter()
                    .filter_map(|listing| check::judge(listing, seen.get(&listing.id.stem)?));
                diagnostics.extend(problems);
                zig(&group, &compiled, &seen, folder, &mut offers)?;
            }
        }
        rust(catalog, folder, &mut offers)?;
    }
    if wanted.lab {
        offers.lab = Some(lab_script(project, folder)?);
    }
    remove_unused(&modules(project));
    Ok((offers, diagnostics))
}

/// Builds what [`publish`] will ask for while something else is awaited, as far as that takes seconds. What goes wrong
/// is said when it is asked for.
pub fn ahead(project: &Project, catalog: &Catalog, wanted: WantedModules) {
    if wanted.run && wanted.care == ModuleQuality::Quick {
        in_parallel(lesson::groups(catalog, wanted.care), |group| {
            let _ = quick::compile(project, group);
        });
    }
    if wanted.draw {
        let _ = digits::module(project, catalog);
    }
    if wanted.laboratory {
        let _ = laboratory::module(project);
    }
}

type CheckedModule<'a> = (ModuleGroup<'a>, LessonModule, BTreeMap<String, WasmOutcome>);

/// Compiles a group, and looks at what its programs do if that is for readers.
fn make<'a>(
    project: &Project,
    group: ModuleGroup<'a>,
    care: ModuleQuality,
) -> Result<Vec<CheckedModule<'a>>> {
    if care == ModuleQuality::Quick {
        let modules = quick::compile(project, group)?;
        let unseen = |(group, module)| (group, module, BTreeMap::new());
        return Ok(modules.into_iter().map(unseen).collect());
    }
    let compiled = group.compile(project, care)?;
    let seen = check::observe(project, &group, &compiled)?;
    Ok(vec![(group, compiled, seen)])
}

fn draw(project: &Project, catalog: &Catalog, folder: &mut GeneratedFolder) -> Result<LateScript> {
    let module = digits::module(project, catalog)?;
    let (script, style) = (
        scripts::late(project, "draw.js")?,
        theme(project, "draw.css")?,
    );
    let parts = [module.as_slice(), script.as_bytes(), style.as_bytes()];
    let weight = parts.into_iter().map(compressed).sum::<Result<usize>>()?;
    let files = [
        ("digits.wasm", folder.put("digits.wasm", &module)?),
        ("draw.css", folder.put("draw.css", style.as_bytes())?),
    ];
    let script = generated::with_names(&script, &files);
    Ok(LateScript {
        script: folder.put("draw.js", script.as_bytes())?,
        weight,
    })
}

fn laboratory(project: &Project, folder: &mut GeneratedFolder) -> Result<Laboratory> {
    let mut module = laboratory::module(project)?;
    let mut plays = BTreeMap::new();
    for play in &laboratory::DATA.plays {
        plays.insert(play.id.clone(), laboratory::replay(&module, &play.calls())?);
    }
    let missions = serde_json::to_vec(&laboratory::DATA.missions)?;
    section(&mut module, laboratory::SECTION, &missions);
    let maps = theme(project, "laboratory-map.css")?;
    let style = maps.clone() + &theme(project, "laboratory.css")?;
    let worker = theme(project, "js/laboratory-worker.js")?;
    let script = scripts::late(project, "laboratory.js")?;
    let parts = [
        &module,
        script.as_bytes(),
        style.as_bytes(),
        worker.as_bytes(),
    ];
    let weight = parts.into_iter().map(compressed).sum::<Result<usize>>()?;
    let files = [
        ("laboratory.wasm", folder.put("laboratory.wasm", &module)?),
        (
            "laboratory.css",
            folder.put("laboratory.css", style.as_bytes())?,
        ),
        (
            "laboratory-worker.js",
            folder.put("laboratory-worker.js", worker.as_bytes())?,
        ),
    ];
    let script = generated::with_names(&script, &files);
    let script = folder.put("laboratory.js", script.as_bytes())?;
    Ok(Laboratory {
        late: LateScript { script, weight },
        plays,
        style: maps,
    })
}

/// What runs programs loads.
const RUN: [(&str, &str); 2] = [("wasi.js", "js/wasi.js"), ("run.css", "run.css")];

fn run_script(project: &Project, folder: &mut GeneratedFolder) -> Result<String> {
    script(project, folder, "run.js", &RUN)
}

fn lab_script(project: &Project, folder: &mut GeneratedFolder) -> Result<String> {
    let loads = [RUN.as_slice(), &[("lab.css", "lab.css")]].concat();
    script(project, folder, "lab.js", &loads)
}

/// Puts a script there that is loaded when it is used, and the files of `theme/` that it loads by these names.
fn script(
    project: &Project,
    folder: &mut GeneratedFolder,
    name: &str,
    loads: &[(&str, &str)],
) -> Result<String> {
    let mut files = Vec::new();
    for &(name, path) in loads {
        let text = theme(project, path)?;
        files.push((name, folder.put(name, text.as_bytes())?));
    }
    let script = generated::with_names(&scripts::late(project, name)?, &files);
    folder.put(name, script.as_bytes())
}

/// Puts a group's module there, and what was recorded of its listings with it.
fn zig(
    group: &ModuleGroup<'_>,
    compiled: &LessonModule,
    seen: &BTreeMap<String, WasmOutcome>,
    folder: &mut GeneratedFolder,
    offers: &mut Offers,
) -> Result<()> {
    let runs = |listing: &Listing| {
        let stem = &listing.id.stem;
        !compiled.left_out.0.contains_key(stem) && seen.get(stem) != Some(&WasmOutcome::Endless)
    };
    let recorded: BTreeMap<&str, serde_json::Value> = group
        .listings
        .iter()
        .filter(|listing| runs(listing))
        .map(|listing| {
            let entry = json!({
                "recorded": listing.recorded, "why": listing.declaration.wasm,
                "names": listing.namespaces(),
            });
            (listing.id.stem.as_str(), entry)
        })
        .collect();
    let mut module = compiled.module.clone();
    section(&mut module, RECORDED, &serde_json::to_vec(&recorded)?);
    let address = folder.put(&group.file(), &module)?;
    for listing in &group.listings {
        let run = if runs(listing) {
            RunButton::Module(generated::file(&address).to_string())
        } else {
            let why = listing.declaration.wasm.as_deref();
            RunButton::Not(
                why.unwrap_or("it does not build for WebAssembly")
                    .to_string(),
            )
        };
        offers.zig.insert(listing.id.clone(), run);
    }
    Ok(())
}

/// Appends a custom section to a module.
fn section(module: &mut Vec<u8>, name: &str, data: &[u8]) {
    use wasm_encoder::{CustomSection, Encode, Section};
    let section = CustomSection {
        name: name.into(),
        data: data.into(),
    };
    module.push(section.id());
    section.encode(module);
}

/// Puts the sources of a lesson's Rust twins there, as one file. A twin of several files stays at home.
fn rust(catalog: &Catalog, folder: &mut GeneratedFolder, offers: &mut Offers) -> Result<()> {
    for lesson in catalog.lessons() {
        let twins: Vec<&Listing> = catalog
            .iter()
            .filter(|listing| listing.language == Language::Rust)
            .filter(|listing| listing.id.lesson == *lesson && listing.support.is_empty())
            .collect();
        if twins.is_empty() {
            continue;
        }
        let sources: BTreeMap<&str, serde_json::Value> = twins
            .iter()
            .map(|listing| {
                let expectation = &listing.declaration.expectation;
                let tests = matches!(expectation, Expectation::Test | Expectation::TestFailure(_));
                let entry = json!({
                    "code": listing.source, "tests": tests,
                    "recorded": listing.recorded.as_deref().unwrap_or_default(),
                });
                (listing.id.stem.as_str(), entry)
            })
            .collect();
        let address = folder.put(&format!("{lesson}.json"), &serde_json::to_vec(&sources)?)?;
        for listing in twins {
            let file = generated::file(&address).to_string();
            offers.rust.insert(listing.key(), file);
        }
    }
    Ok(())
}

/// A file of `theme/`.
///
/// # Errors
///
/// When it cannot be read.
fn theme(project: &Project, name: &str) -> Result<String> {
    let path = project.root().join("theme").join(name);
    std::fs::read_to_string(&path)
        .map(with_line_feeds)
        .with_context(|| format!("cannot read {}", path.display()))
}

/// How many bytes a server sends.
fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes)?;
    Ok(encoder.finish().context("cannot compress")?.len())
}
