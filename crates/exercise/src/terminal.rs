//! The reader's terminal: single keys, and its usual manners back however the tool ends.
//!
//! Only the two manners that matter are switched off: that input comes by lines, and that it is echoed. Line feeds,
//! Ctrl-C and Ctrl-Z work as everywhere.

use std::io::{self, IsTerminal, Read};
use std::sync::Mutex;

use anyhow::{Context, Result};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetwinsize, tcsetattr,
};

use super::style::Style;
use book_support::process;

/// Clears what is seen; what was scrolled away stays.
pub const CLEAR: &str = "\x1b[H\x1b[2J";

/// How the terminal was before, while it is not.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// A terminal that gives every key at once. Dropping it restores the terminal.
#[derive(Debug)]
pub struct Keys(());

impl Keys {
    /// Switches the terminal over.
    ///
    /// # Errors
    ///
    /// When standard input is no terminal.
    pub fn take() -> Result<Keys> {
        let before = tcgetattr(io::stdin()).context("standard input is no terminal")?;
        let mut now = before.clone();
        now.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
        now.special_codes[SpecialCodeIndex::VMIN] = 1;
        now.special_codes[SpecialCodeIndex::VTIME] = 0;
        *lock() = Some(before);
        process::when_interrupted(restore);
        tcsetattr(io::stdin(), OptionalActions::Now, &now)
            .context("cannot read single keys from this terminal")?;
        Ok(Keys(()))
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        restore();
    }
}

fn restore() {
    if let Some(before) = lock().take() {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &before);
    }
}

fn lock() -> std::sync::MutexGuard<'static, Option<Termios>> {
    // A panicking thread may hold the lock; the terminal has to be restored all the same.
    BEFORE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Whether somebody sits at a terminal, for questions and answers.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// What standard output can show now.
pub fn style() -> Style {
    let width = tcgetwinsize(io::stdout()).map_or(0, |size| usize::from(size.ws_col));
    Style {
        color: io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        width: if width == 0 {
            Style::PLAIN.width
        } else {
            width
        },
    }
}

/// Tells `pressed` every key on a thread of its own, and `None` when there are no more.
pub fn read_keys(pressed: impl Fn(Option<char>) -> bool + Send + 'static) {
    std::thread::spawn(move || {
        let mut byte = [0];
        loop {
            match io::stdin().read(&mut byte) {
                Ok(0) => break,
                Ok(_) => {
                    if !pressed(Some(char::from(byte[0]))) {
                        return;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        pressed(None);
    });
}
