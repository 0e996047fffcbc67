//! A program on a terminal of its own: keys to press, and a screen to read.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::fd::BorrowedFd;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

pub struct Terminal {
    child: Child,
    /// The person's side.
    keyboard: File,
    /// The program's side.
    line: File,
    screen: Arc<Mutex<String>>,
    /// How much of the screen was read, in bytes.
    read: usize,
}

impl Terminal {
    /// Starts `command`, attached to a new terminal.
    pub fn start(mut command: Command) -> Terminal {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&controller).expect("the terminal is ours");
        unlockpt(&controller).expect("the terminal can be opened");
        let name = ptsname(&controller, Vec::new()).expect("the terminal has a name");
        let line = File::options()
            .read(true)
            .write(true)
            .open(name.to_str().expect("a plain name"))
            .expect("the terminal opens");
        let share = || line.try_clone().expect("the terminal can be shared");
        command.stdin(share()).stdout(share()).stderr(share());
        // SAFETY: two system calls between fork and exec, which touch no memory of the parent.
        unsafe {
            command.pre_exec(|| {
                rustix::process::setsid()?;
                rustix::process::ioctl_tiocsctty(BorrowedFd::borrow_raw(0))?;
                Ok(())
            });
        }
        let child = command.spawn().expect("the command starts");
        let keyboard = File::from(controller);
        let screen = Arc::new(Mutex::new(String::new()));
        let (mut reader, seen) = (
            keyboard.try_clone().expect("the terminal can be shared"),
            Arc::clone(&screen),
        );
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                bytes.extend_from_slice(&buffer[..count]);
                let text = String::from_utf8_lossy(&bytes).replace('\r', "");
                *seen.lock().expect("no panic while locked") = text;
            }
        });
        Terminal {
            child,
            keyboard,
            line,
            screen,
            read: 0,
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("the terminal takes keys");
    }

    /// Waits until `text` is shown, after everything that was waited for before.
    #[track_caller]
    pub fn shows(&mut self, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(90);
        loop {
            let screen = self.screen.lock().expect("no panic while locked").clone();
            let new = screen.get(self.read..).unwrap_or_default();
            if let Some(at) = new.find(text) {
                self.read += at + text.len();
                return;
            }
            assert!(Instant::now() < deadline, "not shown: {text}\nbut: {new}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The program's exit status, once it has ended.
    pub fn ends(&mut self) -> Option<i32> {
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            if let Some(status) = self
                .child
                .try_wait()
                .expect("the program can be waited for")
            {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the program has not ended");
    }

    /// Has input come by lines again, as a shell does that takes its terminal back.
    pub fn make_usual(&self) {
        let mut modes = tcgetattr(&self.line).expect("a terminal");
        modes.local_modes |= LocalModes::ICANON | LocalModes::ECHO;
        tcsetattr(&self.line, OptionalActions::Now, &modes).expect("a terminal");
    }

    /// Everything that was shown.
    pub fn all(&self) -> String {
        self.screen.lock().expect("no panic while locked").clone()
    }

    /// What is shown and was not waited for yet.
    pub fn unread(&self) -> String {
        let screen = self.screen.lock().expect("no panic while locked");
        screen.get(self.read..).unwrap_or_default().to_string()
    }

    /// Whether input comes by lines and is echoed, as before a program changed that.
    pub fn is_usual(&self) -> bool {
        let modes = tcgetattr(&self.line).expect("a terminal").local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
