//! Drives headless Chromium: opens pages, presses keys, changes what pages are told of the reader. Speaks the DevTools
//! protocol through a pair of pipes, so the browser ends with the tests, however they end. A test has a browser for itself
//! while it runs, and in it a context of its own, which shares nothing with those of other tests.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use base64::Engine;
use serde_json::{Value, json};

use super::page::{self, Browser, BrowserNews, Idle, text};
use super::site::Site;
use super::visit;

pub type Page = super::page::Page<Chromium>;

pub struct Chromium {
    /// Nothing once it is given back.
    running: Option<RunningChromium>,
    /// Where this test's page and its storage are.
    context: Option<String>,
    session: Option<String>,
}

static IDLE: Idle<RunningChromium> = Idle::none();

struct RunningChromium {
    process: Child,
    input: ChildStdin,
    output: Receiver<Value>,
}

impl RunningChromium {
    fn launch() -> Option<RunningChromium> {
        let program = page::program(&book_toolchain::browser::CHROMIUM)?;
        let profile = tempfile::tempdir()
            .expect("a folder for the profile")
            .keep();
        // The protocol is spoken on descriptors 3 and 4; a shell can name them without any help. It waits for the browser's
        // end, which is that of the tests at the latest, and removes the profile, into which may be written for a moment more.
        let mut process = Command::new("sh")
            .args([
                "-c",
                "profile=$1; shift; \"$0\" \"$@\" --user-data-dir=\"$profile\" 3<&0 4>&1 </dev/null >/dev/null 2>&1; \
                 exec <&- >&-; for turn in 1 2 3 4 5; do rm -rf \"$profile\" 2>/dev/null && exit; sleep 0.2; done",
            ])
            .arg(program)
            .arg(&profile)
            // What it keeps beside its profile.
            .env("TMPDIR", &profile)
            .args(["--headless", "--remote-debugging-pipe", "--no-sandbox"])
            .args(["--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--disable-extensions"])
            // What pictures of pages would differ in from machine to machine.
            .args(["--hide-scrollbars", "--force-color-profile=srgb"])
            .args(["--font-render-hinting=none", "--disable-lcd-text"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Chromium starts");
        let input = process.stdin.take().expect("its input");
        let answers = BufReader::new(process.stdout.take().expect("its output"));
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
        Some(RunningChromium {
            process,
            input,
            output,
        })
    }

    fn send(&mut self, message: &Value) -> std::io::Result<()> {
        self.input.write_all(format!("{message}\0").as_bytes())
    }

    /// Takes away all that a test had in it. Whether that went well, and the next test finds an empty browser.
    fn forget(&mut self, context: &str) -> bool {
        // The protocol's numbers are of 32 bits.
        const LAST: i32 = i32::MAX;
        let request = json!({
            "id": LAST, "method": "Target.disposeBrowserContext",
            "params": { "browserContextId": context },
        });
        let asked = self.send(&request).is_ok();
        let mut answers = std::iter::from_fn(|| self.output.recv_timeout(page::PATIENCE).ok());
        asked && answers.any(|answer| answer["id"] == LAST && answer["error"].is_null())
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let context = self.context.take();
        IDLE.take_back(
            self.running.take(),
            |running| context.is_some_and(|context| running.forget(&context)),
            |mut running| {
                drop(running.input);
                let _ = running.process.wait();
            },
        );
    }
}

impl Chromium {
    fn running(&mut self) -> &mut RunningChromium {
        self.running.as_mut().expect("it is given back by `drop`")
    }
}

impl Browser for Chromium {
    fn send(&mut self, message: &Value) {
        self.running().send(message).expect("the browser listens");
    }

    fn hear(&mut self, patience: Duration) -> Option<Value> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = self.running().output.recv_timeout(left).ok()?;
            // What an earlier test's page had still to say is nobody's.
            if message["sessionId"].as_str() == self.session.as_deref() {
                return Some(message);
            }
        }
    }

    fn address(&self, request: &mut Value) {
        if let Some(session) = &self.session {
            request["sessionId"] = json!(session);
        }
    }

    fn refusal(answer: &Value) -> Option<String> {
        let error = &answer["error"];
        (!error.is_null()).then(|| error.to_string())
    }

    fn tells(&mut self, event: &str, said: &Value) -> BrowserNews {
        match event {
            "Page.loadEventFired" => BrowserNews::Loaded,
            "Page.javascriptDialogOpening" => {
                self.send(&json!({
                    "id": 0, "sessionId": self.session,
                    "method": "Page.handleJavaScriptDialog", "params": { "accept": true },
                }));
                BrowserNews::Nothing
            }
            "Network.requestWillBeSent" => BrowserNews::Request(text(&said["request"]["url"])),
            "Network.responseReceived" if said["response"]["status"].as_u64() >= Some(400) => {
                let answer = &said["response"];
                BrowserNews::Problem(format!("{} {}", answer["status"], text(&answer["url"])))
            }
            "Network.loadingFailed" if said["canceled"] != true => {
                BrowserNews::Problem(text(&said["errorText"]))
            }
            "Runtime.exceptionThrown" => {
                let details = &said["exceptionDetails"];
                BrowserNews::Problem(format!(
                    "{} {}",
                    text(&details["text"]),
                    text(&details["exception"]["description"])
                ))
            }
            "Runtime.consoleAPICalled" if said["type"] == "error" || said["type"] == "assert" => {
                BrowserNews::Problem(format!("console: {}", said["args"]))
            }
            "Log.entryAdded" if said["entry"]["level"] == "error" => {
                BrowserNews::Problem(format!("log: {}", text(&said["entry"]["text"])))
            }
            _ => BrowserNews::Nothing,
        }
    }

    /// What one script declares, the next may use; `await` stands anywhere.
    fn eval(page: &mut Page, script: &str) -> Result<Value, String> {
        let mut answer = page.call(
            "Runtime.evaluate",
            json!({
                "expression": script, "replMode": true, "awaitPromise": true,
                "returnByValue": true, "userGesture": true,
            }),
        );
        let exception = &answer["exceptionDetails"];
        if !exception.is_null() {
            return Err(format!(
                "{} {}",
                text(&exception["text"]),
                text(&exception["exception"]["description"])
            ));
        }
        Ok(answer["result"]["value"].take())
    }

    fn start() -> Option<Page> {
        let mut page = Page::of(Chromium {
            running: Some(IDLE.take().or_else(RunningChromium::launch)?),
            context: None,
            session: None,
        });
        let created = page.call("Target.createBrowserContext", json!({}));
        let context = text(&created["browserContextId"]);
        page.browser.context = Some(context.clone());
        let target = page.call(
            "Target.createTarget",
            json!({ "url": "about:blank", "browserContextId": context }),
        );
        let attached = page.call(
            "Target.attachToTarget",
            json!({ "targetId": target["targetId"], "flatten": true }),
        );
        page.browser.session = attached["sessionId"].as_str().map(String::from);
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

    #[track_caller]
    fn open(page: &mut Page, url: &str) {
        page.forget();
        let before = page.loaded;
        let answer = page.call("Page.navigate", json!({ "url": url }));
        assert!(
            answer["errorText"].is_null(),
            "{url}: {}",
            answer["errorText"]
        );
        // Without a loader it is a place on the same page.
        if !answer["loaderId"].is_null() {
            page.until_loaded(before);
            page.until_whole();
        }
    }

    fn size(page: &mut Page, width: u32, height: u32) {
        let parameters = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        page.call("Emulation.setDeviceMetricsOverride", parameters);
    }

    #[track_caller]
    fn press(page: &mut Page, keys: &[&str]) {
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
            page.call("Input.dispatchKeyEvent", event.clone());
            event["type"] = json!("keyUp");
            page.call("Input.dispatchKeyEvent", event);
        }
    }

    #[track_caller]
    fn click(page: &mut Page, selector: &str) {
        let middle = page.middle(selector);
        for kind in ["mousePressed", "mouseReleased"] {
            page.call(
                "Input.dispatchMouseEvent",
                json!({
                    "type": kind, "x": middle[0], "y": middle[1],
                    "button": "left", "clickCount": 1,
                }),
            );
        }
    }
}

impl Page {
    /// Types into what has the focus.
    #[track_caller]
    pub fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Opens a page as who has turned scripts off; the test's own run all the same.
    pub fn open_without_scripts(&mut self, url: &str) {
        let disabled = "Emulation.setScriptExecutionDisabled";
        self.call(disabled, json!({ "value": true }));
        self.open(url);
        self.call(disabled, json!({ "value": false }));
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

    /// A picture of one element that stands in the window, whole.
    pub fn screenshot_of(&mut self, selector: &str) -> Vec<u8> {
        let clip = self.eval(&format!(
            "const {{ x, y, width, height }} = document.querySelector({}).getBoundingClientRect();
             ({{ x: x + scrollX, y: y + scrollY, width, height, scale: 1 }})",
            json!(selector)
        ));
        let answer = self.call(
            "Page.captureScreenshot",
            json!({ "format": "png", "clip": clip, "captureBeyondViewport": true }),
        );
        base64::engine::general_purpose::STANDARD
            .decode(text(&answer["data"]))
            .expect("a picture")
    }

    /// The window as a PNG.
    pub fn screenshot(&mut self) -> Vec<u8> {
        let answer = self.call("Page.captureScreenshot", json!({ "format": "png" }));
        base64::engine::general_purpose::STANDARD
            .decode(text(&answer["data"]))
            .expect("a picture")
    }
}

/// The book in Chromium; nothing where that is not installed.
pub fn open(page: &str) -> Option<(Page, Site)> {
    visit::open(page)
}
