//! Locks between runs of the tool.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};

/// Holds the folder `work` for this run: two runs at once would stage into each other's tree. The system lets
/// go of it when the process ends, however it ends. `waiting` is called when another run holds it.
///
/// # Errors
///
/// When the folder cannot be made, or its lock not be written.
pub fn lock(work: &Path, waiting: impl FnOnce()) -> Result<File> {
    std::fs::create_dir_all(work).with_context(|| format!("cannot make {}", work.display()))?;
    let path = work.join("lock");
    let file = File::options()
        .create(true)
        .append(true)
        .open(&path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    if file.try_lock().is_err() {
        waiting();
        file.lock()
            .with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(file)
}
