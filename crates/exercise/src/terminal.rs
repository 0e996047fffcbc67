//! The reader's terminal: single keys, and its usual manners back however the tool ends.
//!
//! Only the manners that matter are switched off: that input comes by lines, and that it is echoed. Line feeds,
//! Ctrl-C and Ctrl-Z work as everywhere; Ctrl-Z comes as a key, so that a shell finds its terminal as it was. Text that
//! is pasted is told from keys.

use std::io::{self, IsTerminal, Read, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Signal, getpgrp};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcgetwinsize,
    tcsetattr,
};

use super::style::Style;
use book_support::process;
use book_support::visible::takes_escapes;

/// Clears what is seen; what was scrolled away stays.
const CLEAR: &str = "\x1b[H\x1b[2J";

/// How the terminal was before, while it is not.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Asks the terminal to put marks around what is pasted, and no longer.
const MARK_PASTES: &str = "\x1b[?2004h";
const MARK_NO_PASTES: &str = "\x1b[?2004l";

/// What Ctrl-Z sends.
pub const SUSPEND: u8 = 0x1a;

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
        process::when_interrupted(restore);
        switch()?;
        Ok(Keys(()))
    }

    /// Stops the tool as Ctrl-Z does everywhere, with the terminal as it was before; goes on when the shell says so.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be switched over again.
    pub fn suspend(&self) -> Result<()> {
        restore();
        // All that the shell counts as one job. Without a shell nobody could wake it, and the system does not stop it.
        rustix::process::kill_current_process_group(Signal::TSTP).context("cannot stop")?;
        switch()
    }

    /// Switches the terminal over again where a shell has put its own manners back: after the tool was stopped by
    /// a way other than Ctrl-Z. Whether that was so.
    pub fn refresh(&self) -> Result<bool> {
        let is_ours = tcgetpgrp(io::stdin()).is_ok_and(|front| front == getpgrp());
        let by_lines =
            tcgetattr(io::stdin()).is_ok_and(|now| now.local_modes.contains(LocalModes::ICANON));
        if is_ours && by_lines {
            switch()?;
        }
        Ok(is_ours && by_lines)
    }
}

fn switch() -> Result<()> {
    let before = tcgetattr(io::stdin()).context("standard input is no terminal")?;
    let mut now = before.clone();
    now.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
    now.special_codes[SpecialCodeIndex::VMIN] = 1;
    now.special_codes[SpecialCodeIndex::VTIME] = 0;
    // Ctrl-Z comes as a key: before the tool stops, it has to restore the terminal.
    now.special_codes[SpecialCodeIndex::VSUSP] = 0;
    *lock() = Some(before);
    tcsetattr(io::stdin(), OptionalActions::Now, &now)
        .context("cannot read single keys from this terminal")?;
    if takes_escapes() {
        say(MARK_PASTES);
    }
    Ok(())
}

/// What cannot be said to the terminal is of no interest.
fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

impl Drop for Keys {
    fn drop(&mut self) {
        restore();
    }
}

fn restore() {
    if let Some(before) = lock().take() {
        if takes_escapes() {
            say(MARK_NO_PASTES);
        }
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &before);
    }
}

fn lock() -> std::sync::MutexGuard<'static, Option<Termios>> {
    // A panicking thread may hold the lock; the terminal has to be restored all the same.
    BEFORE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What clears the screen: nothing but an empty line where the terminal knows no such thing.
pub fn clear() -> &'static str {
    if takes_escapes() { CLEAR } else { "\n" }
}

/// Whether somebody sits at a terminal, for questions and answers.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// What standard output can show now.
pub fn style() -> Style {
    let width = tcgetwinsize(io::stdout()).map_or(0, |size| usize::from(size.ws_col));
    Style {
        color: io::stdout().is_terminal()
            && takes_escapes()
            && std::env::var_os("NO_COLOR").is_none(),
        width: if width == 0 {
            Style::PLAIN.width
        } else {
            width
        },
    }
}

/// Tells `pressed` the keys of each reading on a thread of its own, and none at the end of the input.
pub fn read_keys(pressed: impl Fn(Vec<u8>) -> bool + Send + 'static) {
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        let mut reading = KeyReader::default();
        loop {
            match io::stdin().read(&mut bytes) {
                Ok(0) => break,
                Ok(count) => {
                    let keys = reading.keys(&bytes[..count]);
                    if !keys.is_empty() && !pressed(keys) {
                        return;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        pressed(Vec::new());
    });
}

/// Tells keys from what is pasted, and from the sequences that other keys send.
#[derive(Debug, Default)]
struct KeyReader {
    /// The end of what was read while something was pasted, for a mark that came in pieces.
    pasted: Option<Vec<u8>>,
    /// When many letters came at once: pasted, in a terminal that puts no marks.
    burst: Option<Instant>,
}

impl KeyReader {
    const BEGINS: &[u8] = b"\x1b[200~";
    const ENDS: &[u8] = b"\x1b[201~";
    /// What follows pasted text this closely belongs to it.
    const SAME_PASTE: Duration = Duration::from_millis(100);
    /// The most keys that a person presses before the tool gets to read them.
    const TYPED: usize = 3;

    /// The keys of one reading.
    fn keys(&mut self, bytes: &[u8]) -> Vec<u8> {
        if let Some(pasted) = &mut self.pasted {
            pasted.extend_from_slice(bytes);
            if let Some(at) = find(pasted, KeyReader::ENDS) {
                let rest = pasted.split_off(at + KeyReader::ENDS.len());
                self.pasted = None;
                return self.keys(&rest);
            }
            let kept = pasted.len().saturating_sub(KeyReader::ENDS.len());
            pasted.drain(..kept);
            return Vec::new();
        }
        if let Some(at) = find(bytes, KeyReader::BEGINS) {
            self.pasted = Some(Vec::new());
            return self.keys(&bytes[at + KeyReader::BEGINS.len()..]);
        }
        // Escape alone is not a key here.
        if bytes.is_empty() || bytes[0] == 0x1b {
            return Vec::new();
        }
        let now = Instant::now();
        if bytes.len() > KeyReader::TYPED || !bytes.is_ascii() {
            self.burst = Some(now);
            return Vec::new();
        }
        if (self.burst).is_some_and(|last| now - last <= KeyReader::SAME_PASTE) {
            return Vec::new();
        }
        self.burst = None;
        bytes.to_vec()
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_and_what_other_keys_send_is_not_a_key() {
        let keys = |readings: &[&[u8]]| -> Vec<u8> {
            let mut reading = KeyReader::default();
            readings
                .iter()
                .flat_map(|bytes| reading.keys(bytes))
                .collect()
        };
        assert_eq!(keys(&[b"h", b"t", b"nr"]), b"htnr");
        assert_eq!(keys(&[b"try everything", b"y"]), b"");
        assert_eq!(keys(&[b"\x1b[200~r\x1b[201~", b"h"]), b"h");
        assert_eq!(
            keys(&[b"\x1b[200~", b"r", b"y", b"r\x1b[20", b"1~", b"h"]),
            b"h"
        );
        assert_eq!(keys(&[b"\x1b[200~r\x1b[201~h"]), b"h");
        assert_eq!(keys(&[b"\x1b[D", b"\x1bOr", b"\x1b", b"\x1br"]), b"");
        assert_eq!(keys(&["é".as_bytes()]), b"");
    }
}
