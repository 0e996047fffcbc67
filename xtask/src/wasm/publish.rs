//! Makes what the pages offer, and puts it where mdBook finds it.

use std::io::Write;

use anyhow::{Context, Result};

use super::folder::{self, Folder};
use super::{Draw, Offers, digits};
use crate::listing::Catalog;
use crate::project::Project;

/// What the pages ask for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub draw: bool,
}

/// Makes what is wanted.
///
/// # Errors
///
/// When Zig cannot be found, when it does not build the capstone, or when a file cannot be written.
pub fn publish(project: &Project, catalog: &Catalog, wanted: Wanted) -> Result<Offers> {
    let mut folder = Folder::new(project);
    let mut offers = Offers::default();
    if wanted.draw {
        offers.draw = Some(draw(project, catalog, &mut folder)?);
    }
    folder.finish()?;
    Ok(offers)
}

fn draw(project: &Project, catalog: &Catalog, folder: &mut Folder) -> Result<Draw> {
    let module = digits::module(project, catalog)?;
    let (script, style) = (theme(project, "draw.js")?, theme(project, "draw.css")?);
    let parts = [module.as_slice(), script.as_bytes(), style.as_bytes()];
    let weight = parts.into_iter().map(compressed).sum::<Result<usize>>()?;
    let files = [
        ("digits.wasm", folder.put("digits.wasm", &module)?),
        ("draw.css", folder.put("draw.css", style.as_bytes())?),
    ];
    let script = folder::with_names(&script, &files);
    Ok(Draw {
        script: folder.put("draw.js", script.as_bytes())?,
        weight,
    })
}

fn theme(project: &Project, name: &str) -> Result<String> {
    let path = project.root().join("theme").join(name);
    std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// How many bytes a server sends.
fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes)?;
    Ok(encoder.finish().context("cannot compress")?.len())
}
