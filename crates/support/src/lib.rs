//! What every part of the tool stands on: processes, whole files, locks, work side by side, where the parts of the
//! repository are, how a problem is told, and how text becomes HTML. Knows nothing of listings or books.

pub mod diagnostic;
pub mod files;
pub mod html;
pub mod lock;
pub mod parallel;
pub mod process;
pub mod project;
