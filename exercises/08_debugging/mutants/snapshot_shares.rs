//@ killed-by: later_losses_show_in_a_watched_run_and_not_in_a_snapshot
// Clones an `Rc` and believes that this copies what it points at.

//! Exercise 8: a tracker of training runs.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Write;
use std::rc::{Rc, Weak};

/// How many losses of a run are kept.
pub const HISTORY: usize = 100;

/// There is no run with this name.
#[derive(Debug, PartialEq)]
pub struct UnknownRun;

/// The latest losses of a run, oldest first. A clone shows the same losses, also later ones.
#[derive(Debug, Clone, Default)]
pub struct Losses(Rc<RefCell<VecDeque<f32>>>);

impl Losses {
    pub fn to_vec(&self) -> Vec<f32> {
        self.0.borrow().iter().copied().collect()
    }

    /// Adds a loss and forgets the oldest, if there are more than `HISTORY`.
    fn push(&self, loss: f32) {
        let mut losses = self.0.borrow_mut();
        if losses.len() == HISTORY {
            losses.pop_front();
        }
        losses.push_back(loss);
    }
}

/// A run knows the run that it goes on from, and keeps those that go on from it.
#[derive(Debug)]
struct Run {
    name: String,
    losses: Losses,
    parent: Weak<Run>,
    forks: RefCell<Vec<Rc<Run>>>,
}

impl Run {
    fn new(name: &str, parent: Weak<Run>) -> Rc<Run> {
        Rc::new(Run {
            name: name.to_owned(),
            losses: Losses::default(),
            parent,
            forks: RefCell::default(),
        })
    }
}

/// The runs of an experiment.
#[derive(Debug, Default)]
pub struct Tracker {
    runs: Vec<Rc<Run>>,
    /// The index of the run that was recorded last.
    current: Option<usize>,
}

impl Tracker {
    fn index(&self, name: &str) -> Result<usize, UnknownRun> {
        let found = self.runs.iter().position(|run| run.name == name);
        found.ok_or(UnknownRun)
    }

    /// Starts a run.
    pub fn start(&mut self, name: &str) {
        self.runs.push(Run::new(name, Weak::new()));
    }

    /// Starts a run that goes on from another one. The other one keeps it.
    pub fn fork(&mut self, parent: &str, name: &str) -> Result<(), UnknownRun> {
        let parent = &self.runs[self.index(parent)?];
        let fork = Run::new(name, Rc::downgrade(parent));
        parent.forks.borrow_mut().push(Rc::clone(&fork));
        self.runs.push(fork);
        Ok(())
    }

    /// The names of the runs that go on from this one.
    pub fn forks(&self, name: &str) -> Result<Vec<String>, UnknownRun> {
        let run = &self.runs[self.index(name)?];
        let forks = run.forks.borrow();
        Ok(forks.iter().map(|fork| fork.name.clone()).collect())
    }

    /// The name of the run that this one goes on from, as long as that exists.
    pub fn parent(&self, name: &str) -> Result<Option<String>, UnknownRun> {
        let run = &self.runs[self.index(name)?];
        Ok(run.parent.upgrade().map(|parent| parent.name.clone()))
    }

    /// Adds a loss to a run, which becomes the current one.
    pub fn record(&mut self, name: &str, loss: f32) -> Result<(), UnknownRun> {
        let index = self.index(name)?;
        self.runs[index].losses.push(loss);
        self.current = Some(index);
        Ok(())
    }

    /// The name of the run that was recorded last; `None` if nothing was, or if it was removed.
    pub fn current(&self) -> Option<&str> {
        self.current.map(|index| self.runs[index].name.as_str())
    }

    /// Removes a run. The order of the others may change.
    pub fn remove(&mut self, name: &str) -> Result<(), UnknownRun> {
        let removed = self.index(name)?;
        self.runs.swap_remove(removed);
        let last = self.runs.len();
        self.current = match self.current {
            Some(current) if current == removed => None,
            Some(current) if current == last => Some(removed),
            other => other,
        };
        Ok(())
    }

    /// The losses of a run, for a plot that goes on while the run does: later losses show in it.
    pub fn watch(&self, name: &str) -> Result<Losses, UnknownRun> {
        Ok(self.runs[self.index(name)?].losses.clone())
    }

    /// The losses of a run as they are now: later losses do not show in it.
    pub fn snapshot(&self, name: &str) -> Result<Losses, UnknownRun> {
        let losses = &self.runs[self.index(name)?].losses;
        Ok(losses.clone())
    }

    /// One line for each run, with its name and its latest loss. The caller owns the text.
    pub fn report(&self) -> String {
        let mut text = String::new();
        for run in &self.runs {
            let loss = run.losses.0.borrow().back().copied().unwrap_or(f32::NAN);
            writeln!(text, "{}: {loss}", run.name).expect("a String can always be written to");
        }
        text
    }
}
