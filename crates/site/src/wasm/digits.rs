//! The capstone's digit classifier as a module for a page: `capstone/web.zig` over the very `digits.zig` that the
//! lesson shows.

use anyhow::{Context, Result, bail};

use super::build::{BuiltModule, WasmProgram};
use book_listing::{Catalog, Id, Language, Listing};
use book_support::project::Project;
use book_toolchain::zig_errors::all_texts;

/// The listing whose code the page runs.
pub(crate) const LISTING: &str = "07_ml_patterns/digits";
const WEB: &str = "capstone/web.zig";

/// The listing, if the book has it.
pub(crate) fn listing(catalog: &Catalog) -> Option<&Listing> {
    catalog.get(&Id::parse(LISTING)?, Language::Zig)
}

/// The module.
///
/// # Errors
///
/// When the capstone is not there or does not build.
pub(crate) fn module(project: &Project, catalog: &Catalog) -> Result<Vec<u8>> {
    let listing = listing(catalog).with_context(|| format!("there is no listing {LISTING}"))?;
    let lesson = format!("{}/", listing.id.lesson);
    let own = |path: &str| path.strip_prefix(&lesson).unwrap_or(path).to_string();
    let web = project.listings().join(&lesson).join(WEB);
    let web = std::fs::read(&web).with_context(|| format!("cannot read {}", web.display()))?;
    let mut files = vec![
        (WEB.to_string(), web),
        (
            own(&listing.staged_path()),
            listing.source.clone().into_bytes(),
        ),
    ];
    files.extend(
        listing
            .support
            .iter()
            .map(|support| (own(&support.path), support.bytes.clone())),
    );
    let arguments = [
        "-target",
        "wasm32-freestanding",
        "-fno-entry",
        "-rdynamic",
        "-O",
        "safe",
        "-fstrip",
        "--dep",
        "digits",
        &format!("-Mroot={WEB}"),
        &format!("-Mdigits={}", own(&listing.staged_path())),
    ];
    let program = WasmProgram {
        what: format!("listings/{lesson}{WEB}"),
        root: None,
        files,
        arguments: arguments.map(str::to_string).to_vec(),
    };
    match program.build(project)? {
        BuiltModule::Module(module) => Ok(module),
        BuiltModule::Broken(errors) => bail!(
            "listings/{lesson}{WEB} does not build:\n{}",
            all_texts(&errors)
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use wasmi::{Engine, Instance, Memory, Module, Store};

    use super::*;
    use book_listing::discover;

    /// The module, running.
    struct RunningModule {
        store: Store<()>,
        instance: Instance,
        memory: Memory,
    }

    impl RunningModule {
        fn open(bytes: &[u8]) -> RunningModule {
            let engine = Engine::default();
            let mut store = Store::new(&engine, ());
            let module = Module::new(&engine, bytes).unwrap();
            let instance = Instance::new(&mut store, &module, &[]).unwrap();
            let memory = instance.get_memory(&store, "memory").unwrap();
            RunningModule {
                store,
                instance,
                memory,
            }
        }

        fn number(&mut self, name: &str) -> i32 {
            self.instance
                .get_typed_func::<(), i32>(&self.store, name)
                .unwrap()
                .call(&mut self.store, ())
                .unwrap()
        }

        fn reset(&mut self) {
            self.instance
                .get_typed_func::<(), ()>(&self.store, "reset")
                .unwrap()
                .call(&mut self.store, ())
                .unwrap();
        }

        /// The digit and the ten logits, and the bytes of scratch memory in use before the reset.
        fn classify(&mut self, image: &[u8]) -> (u8, Vec<f32>, i32) {
            let input = self.number("inputPointer") as usize;
            self.memory.write(&mut self.store, input, image).unwrap();
            let digit = self.number("classify");
            let output = self.number("outputPointer") as usize;
            let mut logits = [0; 40];
            self.memory.read(&self.store, output, &mut logits).unwrap();
            let used = self.number("arenaUsed");
            self.reset();
            (u8::try_from(digit).unwrap(), floats(&logits), used)
        }
    }

    fn floats(bytes: &[u8]) -> Vec<f32> {
        let (fours, _) = bytes.as_chunks::<4>();
        fours.iter().map(|four| f32::from_le_bytes(*four)).collect()
    }

    /// One tensor of a safetensors file.
    fn tensor(file: &[u8], name: &str) -> Vec<u8> {
        let (length, rest) = file.split_first_chunk::<8>().unwrap();
        let (header, data) = rest.split_at(usize::try_from(u64::from_le_bytes(*length)).unwrap());
        let header: serde_json::Value = serde_json::from_slice(header).unwrap();
        let offset = |end: usize| {
            usize::try_from(header[name]["data_offsets"][end].as_u64().unwrap()).unwrap()
        };
        data[offset(0)..offset(1)].to_vec()
    }

    #[test]
    fn in_the_page_the_model_answers_as_numpy_did_and_its_memory_stays_flat() {
        let project = Project::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (catalog, _) = discover::load(&project).unwrap();
        let mut page = RunningModule::open(&module(&project, &catalog).unwrap());
        assert_eq!(page.number("load"), 0);
        let file = listing(&catalog)
            .unwrap()
            .support
            .iter()
            .find(|support| support.path.ends_with("digits.safetensors"))
            .unwrap();
        let images = tensor(&file.bytes, "images");
        let numpy = floats(&tensor(&file.bytes, "logits"));
        let flat = (page.number("modelBytes"), page.number("modelCapacity"));
        let mut asked = 0;
        for (index, (image, theirs)) in images.chunks(64).zip(numpy.chunks(10)).enumerate() {
            let (digit, ours, used) = page.classify(image);
            let best = (0..10)
                .max_by(|&a, &b| theirs[a].total_cmp(&theirs[b]))
                .unwrap();
            assert_eq!(usize::from(digit), best, "image {index}");
            let differs = |(a, b): (&f32, &f32)| (a - b).abs() >= 1e-5;
            assert!(!ours.iter().zip(theirs).any(differs), "image {index}");
            assert_eq!(used, page.number("plannedBytes"));
            if index == 0 {
                asked = page.number("allocations");
            }
        }
        assert_eq!(images.len() / 64, 360);
        assert_eq!(page.number("arenaUsed"), 0);
        assert_eq!(page.number("allocations"), asked);
        assert_eq!(
            (page.number("modelBytes"), page.number("modelCapacity")),
            flat
        );
    }
}
