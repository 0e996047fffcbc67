//! How far a check is: a bar on a terminal, plain lines elsewhere, nothing where nobody looks.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::observation::Observation;
use book_listing::Listing;

/// Where progress is shown, that of several checks at once together. Always standard error: standard output is the report's.
#[derive(Debug)]
pub enum Progress {
    /// One line that is written over, in a terminal, and how many checks it shows.
    Bar(ProgressBar, Mutex<usize>),
    /// A line for each stage: a file or a pipe.
    Lines,
    /// Nothing at all.
    Silent,
}

impl Progress {
    /// A bar on a terminal, lines elsewhere.
    pub fn for_person() -> Progress {
        if std::io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{spinner} {bar:24} {pos}/{len} {msg}")
                .expect("a sound template");
            bar.set_style(style);
            Progress::Bar(bar, Mutex::new(0))
        } else {
            Progress::Lines
        }
    }

    /// Work begins: so many listings are new, and so many are known.
    pub fn begin(&self, new: usize, unchanged: usize) {
        match self {
            Progress::Bar(bar, checks) => {
                let mut checks = checks.lock().unwrap_or_else(PoisonError::into_inner);
                if *checks == 0 {
                    bar.reset();
                    bar.set_length(0);
                }
                *checks += 1;
                bar.inc_length(new as u64);
                bar.enable_steady_tick(std::time::Duration::from_millis(120));
            }
            Progress::Lines => {
                eprintln!("checking {new} of {} …", new + unchanged)
            }
            Progress::Silent => {}
        }
    }

    /// A sentence about what is being done now.
    pub fn note(&self, text: &str) {
        match self {
            Progress::Bar(bar, _) => bar.set_message(text.to_string()),
            Progress::Lines => eprintln!("{text} …"),
            Progress::Silent => {}
        }
    }

    /// One listing is known now.
    pub fn checked(&self, listing: &Listing, _seen: &Observation) {
        if let Progress::Bar(bar, _) = self {
            bar.set_message(listing.staged_path());
            bar.inc(1);
        }
    }

    /// A check has ended. With the last, the bar is taken off the terminal, and nothing else remains of it.
    pub fn end(&self) {
        if let Progress::Bar(bar, checks) = self {
            let mut checks = checks.lock().unwrap_or_else(PoisonError::into_inner);
            *checks -= 1;
            if *checks == 0 {
                bar.finish_and_clear();
            }
        }
    }
}
