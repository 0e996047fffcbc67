//! Drives headless Chromium: opens pages, runs scripts in them, presses keys, and collects what went wrong. Speaks
//! the DevTools protocol through a pair of pipes, so the browser ends with the test, however the test ends.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use base64::Engine;
use serde_json::{Value, json};

/// How long the browser may take to answer, and a page to become what a test waits for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser of its own, with an empty profile and one page.
pub struct Page {
    browser: Child,
    input: ChildStdin,
    output: Receiver<Value>,
    session: Option<String>,
    asked: u64,
    /// Load events seen so far.
    loaded: usize,
    /// Errors of the console, exceptions, answers of 400 and above, requests that failed; since the last [`Page::open`].
    pub problems: Vec<String>,
    /// The address of everything that was asked for, by the page or by its workers; since the last [`Page::open`].
    pub requests: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Page {
    /// Starts a browser. Nothing where Chromium is not installed: `cargo xtask test` says so, or wants it.
    pub fn start() -> Option<Page> {
        let Some(program) = xtask::browser::find() else {
            eprintln!("NOT TESTED in a browser: Chromium is not installed");
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder for the profile");
        // The protocol is spoken on descriptors 3 and 4; a shell can name them without any help.
        let mut browser = Command::new("sh")
            .args([
                "-c",
                "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1",
            ])
            .arg(program)
            .args(["--headless", "--remote-debugging-pipe", "--no-sandbox"])
            .args(["--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--disable-extensions"])
            // What pictures of pages would differ in from machine to machine.
            .args(["--hide-scrollbars", "--force-color-profile=srgb"])
            .args(["--font-render-hinting=none", "--disable-lcd-text"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Chromium starts");
        let input = browser.stdin.take().expect("its input");
        let answers = BufReader::new(browser.stdout.take().expect("its output"));
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            for message in answers.split(0) {
                let Ok(message) = message else { return };
                let message = serde_json::from_slice(&message).expect("the browser speaks JSON");
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut page = Page {
            browser,
            input,
            output,
            session: None,
            asked: 0,
            loaded: 0,
            problems: Vec::new(),
            requests: Vec::new(),
            _profile: profile,
        };
        let target = page.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = page.call(
            "Target.attachToTarget",
            json!({ "targetId": target["targetId"], "flatten": true }),
        );
        page.session = attached["sessionId"].as_str().map(String::from);
        for part in ["Page", "Runtime", "Network", "Log"] {
            page.call(&format!("{part}.enable"), json!({}));
        }
        page.call(
            "Emulation.setFocusEmulationEnabled",
            json!({ "enabled": true }),
        );
        page.size(1280, 800);
        Some(page)
    }

    /// Asks the browser for something in the words of the protocol.
    #[track_caller]
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        let mut request = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            request["sessionId"] = json!(session);
        }
        self.input
            .write_all(format!("{request}\0").as_bytes())
            .expect("the browser listens");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let Some(mut message) = self.hear(deadline) else {
                panic!("no answer to {method} within {PATIENCE:?}");
            };
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].take();
            }
        }
    }

    /// The next message before the deadline. Takes note of what it says.
    fn hear(&mut self, deadline: Instant) -> Option<Value> {
        let left = deadline.saturating_duration_since(Instant::now());
        let message = self.output.recv_timeout(left).ok()?;
        let said = &message["params"];
        match message["method"].as_str().unwrap_or_default() {
            "Page.loadEventFired" => self.loaded += 1,
            "Page.javascriptDialogOpening" => {
                let yes = json!({
                    "id": 0, "sessionId": self.session,
                    "method": "Page.handleJavaScriptDialog", "params": { "accept": true },
                });
                let _ = self.input.write_all(format!("{yes}\0").as_bytes());
            }
            "Network.requestWillBeSent" => self.requests.push(text(&said["request"]["url"])),
            "Network.responseReceived" if said["response"]["status"].as_u64() >= Some(400) => {
                let answer = &said["response"];
                self.problems
                    .push(format!("{} {}", answer["status"], text(&answer["url"])));
            }
            "Network.loadingFailed" if said["canceled"] != true => {
                self.problems.push(text(&said["errorText"]));
            }
            "Runtime.exceptionThrown" => {
                let details = &said["exceptionDetails"];
                self.problems.push(format!(
                    "{} {}",
                    text(&details["text"]),
                    text(&details["exception"]["description"])
                ));
            }
            "Runtime.consoleAPICalled" if said["type"] == "error" || said["type"] == "assert" => {
                self.problems.push(format!("console: {}", said["args"]));
            }
            "Log.entryAdded" if said["entry"]["level"] == "error" => {
                self.problems
                    .push(format!("log: {}", text(&said["entry"]["text"])));
            }
            _ => {}
        }
        Some(message)
    }

    /// Opens a page, and waits until it is loaded. Forgets the problems and requests of the page before.
    #[track_caller]
    pub fn open(&mut self, url: &str) {
        self.problems.clear();
        self.requests.clear();
        let before = self.loaded;
        let answer = self.call("Page.navigate", json!({ "url": url }));
        assert!(
            answer["errorText"].is_null(),
            "{url}: {}",
            answer["errorText"]
        );
        // Without a loader it is a place on the same page.
        if !answer["loaderId"].is_null() {
            self.until_loaded(before);
            // Questions are laid out one by one after the rest.
            self.until("!document.documentElement?.classList.contains('early')");
        }
    }

    /// Waits for a page that something else than [`Page::open`] opens: a click, a key.
    #[track_caller]
    pub fn follow(&mut self, action: impl FnOnce(&mut Page)) {
        let before = self.loaded;
        action(self);
        self.until_loaded(before);
    }

    #[track_caller]
    fn until_loaded(&mut self, before: usize) {
        let deadline = Instant::now() + PATIENCE;
        while self.loaded == before {
            assert!(
                self.hear(deadline).is_some(),
                "no page was loaded within {PATIENCE:?}"
            );
        }
    }

    /// The value of the script's last expression. A promise is awaited; `await` stands anywhere.
    #[track_caller]
    pub fn eval(&mut self, script: &str) -> Value {
        let mut answer = self.call(
            "Runtime.evaluate",
            json!({
                "expression": script, "replMode": true, "awaitPromise": true,
                "returnByValue": true, "userGesture": true,
            }),
        );
        let exception = &answer["exceptionDetails"];
        assert!(
            exception.is_null(),
            "{script}\n{} {}",
            text(&exception["text"]),
            text(&exception["exception"]["description"])
        );
        answer["result"]["value"].take()
    }

    /// The text that the script's last expression gives.
    #[track_caller]
    pub fn text(&mut self, script: &str) -> String {
        text(&self.eval(script))
    }

    /// Whether the script's last expression is `true`.
    #[track_caller]
    pub fn is(&mut self, script: &str) -> bool {
        self.eval(script) == true
    }

    /// Waits until the script's last expression holds, and gives its value.
    #[track_caller]
    pub fn until(&mut self, script: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = self.eval(script);
            if !matches!(value, Value::Null | Value::Bool(false)) && value != 0 && value != "" {
                return value;
            }
            assert!(
                Instant::now() < deadline,
                "never true: {script}; problems: {:?}",
                self.problems
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses keys as they are named in `KeyboardEvent.key`, one after the other: `Tab`, `Shift+Tab`, `Control+k`.
    #[track_caller]
    pub fn press(&mut self, keys: &[&str]) {
        for key in keys {
            let (modifiers, name) = key.rsplit_once('+').unwrap_or(("", key));
            let bits: u32 = modifiers
                .split('+')
                .map(|name| match name {
                    "Alt" => 1,
                    "Control" => 2,
                    "Shift" => 8,
                    _ => 0,
                })
                .sum();
            let (code, typed) = match name {
                "Backspace" => (8, ""),
                "Tab" => (9, ""),
                "Enter" => (13, "\r"),
                "Escape" => (27, ""),
                "End" => (35, ""),
                "Home" => (36, ""),
                "ArrowLeft" => (37, ""),
                "ArrowUp" => (38, ""),
                "ArrowRight" => (39, ""),
                "ArrowDown" => (40, ""),
                "Delete" => (46, ""),
                other => (
                    u32::from(other.to_ascii_uppercase().as_bytes()[0]),
                    if bits & 3 == 0 { other } else { "" },
                ),
            };
            let mut event = json!({
                "type": "keyDown", "key": name, "modifiers": bits,
                "windowsVirtualKeyCode": code, "text": typed,
            });
            self.call("Input.dispatchKeyEvent", event.clone());
            event["type"] = json!("keyUp");
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Types into what has the focus.
    #[track_caller]
    pub fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Clicks with the mouse on the middle of the first element that the selector finds.
    #[track_caller]
    pub fn click(&mut self, selector: &str) {
        let middle = self.eval(&format!(
            "const found = document.querySelector({0});
             if (!found) throw new Error('not on the page: ' + {0});
             found.scrollIntoView({{ block: 'center', behavior: 'instant' }});
             const box = found.getBoundingClientRect();
             if (!box.width) throw new Error('not to be seen: ' + {0});
             [box.x + box.width / 2, box.y + box.height / 2]",
            json!(selector)
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            self.call(
                "Input.dispatchMouseEvent",
                json!({
                    "type": kind, "x": middle[0], "y": middle[1],
                    "button": "left", "clickCount": 1,
                }),
            );
        }
    }

    /// What the mouse does, `mousePressed`, `mouseMoved` or `mouseReleased`, at the place that a script gives.
    #[track_caller]
    pub fn mouse(&mut self, kind: &str, place: &str) {
        let place = self.eval(place);
        self.call(
            "Input.dispatchMouseEvent",
            json!({
                "type": kind, "x": place[0], "y": place[1],
                "button": "left", "buttons": 1, "clickCount": 1,
            }),
        );
    }

    /// Makes the window as large as this, in CSS pixels; narrow ones are telephones.
    pub fn size(&mut self, width: u32, height: u32) {
        let parameters = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.call("Emulation.setDeviceMetricsOverride", parameters);
    }

    /// Sets media features, as `("prefers-color-scheme", "dark")`; those not named are the system's again.
    pub fn media(&mut self, features: &[(&str, &str)]) {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        );
    }

    /// The window as a PNG.
    pub fn screenshot(&mut self) -> Vec<u8> {
        let answer = self.call("Page.captureScreenshot", json!({ "format": "png" }));
        base64::engine::general_purpose::STANDARD
            .decode(text(&answer["data"]))
            .expect("a picture")
    }

    /// What was asked of other hosts than `site` since the page was opened.
    pub fn asked_elsewhere(&self, site: &str) -> impl Iterator<Item = &String> {
        let here = [site.to_string(), "data:".into(), "blob:".into()];
        self.requests
            .iter()
            .filter(move |url| !here.iter().any(|start| url.starts_with(start)))
    }

    /// Fails when anything went wrong since the page was opened, or anything was asked of another host.
    #[track_caller]
    pub fn is_sound(&self, site: &str) {
        assert!(self.problems.is_empty(), "{:#?}", self.problems);
        let away: Vec<&String> = self.asked_elsewhere(site).collect();
        assert!(away.is_empty(), "asked of other hosts: {away:#?}");
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.browser.kill();
        let _ = self.browser.wait();
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}
