//! Drives headless Firefox: opens pages, presses keys, moves the mouse. Speaks WebDriver BiDi, the protocol that
//! browsers have in common, through a WebSocket. As in `chromium.rs`, a test has a browser for itself while it runs, and in
//! it a context of its own.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

use super::page::{self, Browser, BrowserNews, Idle, text};
use super::site::Site;
use super::visit;

pub type Page = super::page::Page<Firefox>;

pub struct Firefox {
    /// Nothing once it is given back.
    running: Option<RunningFirefox>,
    /// What has the test's storage, and its page: their names in the protocol.
    user: String,
    context: String,
}

static IDLE: Idle<RunningFirefox> = Idle::none();

struct RunningFirefox {
    /// The shell that stops the browser when its input ends.
    keeper: Child,
    socket: WebSocket<TcpStream>,
}

/// A browser ends with the tests, however they end: then nobody holds the other end of the shell's input. What it has
/// started may write into the profile for a moment after that.
const KEEPER: &str = "profile=$1; shift; \"$0\" \"$@\" --profile \"$profile\" </dev/null >/dev/null & exec 2>/dev/null; \
    read -r _; kill -9 $!; wait; for turn in 1 2 3 4 5; do rm -rf \"$profile\" && exit; sleep 0.2; done";

/// What a browser of tests must not ask for by itself, and what it tells whoever drives it.
const PREFERENCES: &str = "
    user_pref('browser.chrome.site_icons', false);
    user_pref('network.captive-portal-service.enabled', false);
    user_pref('network.connectivity-service.enabled', false);
";

impl RunningFirefox {
    fn launch() -> Option<RunningFirefox> {
        let program = page::program(&book_toolchain::browser::FIREFOX)?;
        let profile = tempfile::tempdir()
            .expect("a folder for the profile")
            .keep();
        fs::write(profile.join("user.js"), PREFERENCES).expect("the preferences");
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER])
            .arg(program)
            .arg(&profile)
            .args(["--headless", "--no-remote", "--remote-debugging-port=0"])
            // What it keeps beside its profile.
            .env("HOME", &profile)
            .env("MOZ_CRASHREPORTER_DISABLE", "1")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let mut said = BufReader::new(keeper.stderr.take().expect("what it says"));
        let mut lines = String::new();
        let address = loop {
            let before = lines.len();
            let count = said.read_line(&mut lines).expect("it says text");
            assert!(count > 0, "Firefox does not start: {lines}");
            let line = lines[before..].trim_end();
            if let Some((_, address)) = line.split_once("WebDriver BiDi listening on ws://") {
                break address.to_string();
            }
        };
        // Nobody reads on, and a full pipe would stop it.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let stream = TcpStream::connect(&address).expect("Firefox listens");
        let url = format!("ws://{address}/session");
        let (socket, _) = tungstenite::client(url, stream).expect("it speaks the protocol");
        Some(RunningFirefox { keeper, socket })
    }

    fn send(&mut self, message: &Value) -> tungstenite::Result<()> {
        self.socket.send(Message::text(message.to_string()))
    }

    fn hear(&mut self, patience: Duration) -> Option<Value> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let left = left.max(Duration::from_millis(1));
            let stream = self.socket.get_ref();
            stream.set_read_timeout(Some(left)).expect("a time limit");
            match self.socket.read() {
                Ok(Message::Text(message)) => {
                    return Some(serde_json::from_str(&message).expect("the browser speaks JSON"));
                }
                Ok(_) => {}
                Err(tungstenite::Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    return None;
                }
                Err(error) => panic!("Firefox is gone: {error}"),
            }
        }
    }

    /// Takes away all that a test had in it. Whether that went well, and the next test finds an empty browser.
    fn forget(&mut self, user: &str) -> bool {
        // No page asks so much.
        const LAST: u32 = u32::MAX;
        let request = json!({
            "id": LAST, "method": "browser.removeUserContext", "params": { "userContext": user },
        });
        let asked = self.send(&request).is_ok();
        let mut answers = std::iter::from_fn(|| self.hear(page::PATIENCE));
        asked && answers.any(|answer| answer["id"] == LAST && answer["type"] == "success")
    }
}

impl Firefox {
    fn running(&mut self) -> &mut RunningFirefox {
        self.running.as_mut().expect("it is given back by `drop`")
    }
}

impl Browser for Firefox {
    fn send(&mut self, message: &Value) {
        self.running().send(message).expect("the browser listens");
    }

    fn hear(&mut self, patience: Duration) -> Option<Value> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = self.running().hear(left)?;
            let about = &message["params"];
            let page = about["context"].as_str();
            let page = page.or(about["source"]["context"].as_str());
            // What an earlier test's page had still to say is nobody's.
            if page.is_none_or(|page| page == self.context) {
                return Some(message);
            }
        }
    }

    fn refusal(answer: &Value) -> Option<String> {
        (answer["type"] == "error").then(|| answer["message"].to_string())
    }

    fn tells(&mut self, event: &str, said: &Value) -> BrowserNews {
        match event {
            "browsingContext.load" => BrowserNews::Loaded,
            "network.beforeRequestSent" => BrowserNews::Request(text(&said["request"]["url"])),
            "network.responseCompleted" if said["response"]["status"].as_u64() >= Some(400) => {
                let answer = &said["response"];
                BrowserNews::Problem(format!("{} {}", answer["status"], text(&answer["url"])))
            }
            // What was under way when a page was left.
            "network.fetchError" if said["errorText"] == "NS_BINDING_ABORTED" => {
                BrowserNews::Nothing
            }
            "network.fetchError" => BrowserNews::Problem(format!(
                "{} {}",
                text(&said["errorText"]),
                text(&said["request"]["url"])
            )),
            "log.entryAdded" if said["level"] == "error" => {
                BrowserNews::Problem(format!("{}: {}", text(&said["type"]), text(&said["text"])))
            }
            _ => BrowserNews::Nothing,
        }
    }

    /// What one script declares by `const` or `let` is gone in the next; `await` stands in functions only.
    fn eval(page: &mut Page, script: &str) -> Result<Value, String> {
        let context = page.browser.context.clone();
        let answer = page.call(
            "script.callFunction",
            json!({
                "functionDeclaration": "async script => JSON.stringify(await (0, eval)(script))",
                "arguments": [{ "type": "string", "value": script }],
                "target": { "context": context }, "awaitPromise": true, "userActivation": true,
            }),
        );
        if answer["type"] != "success" {
            return Err(text(&answer["exceptionDetails"]["text"]));
        }
        // What is undefined has no JSON.
        let value = answer["result"]["value"].as_str().unwrap_or("null");
        Ok(serde_json::from_str(value).expect("JSON"))
    }

    fn start() -> Option<Page> {
        let idle = IDLE.take();
        let is_new = idle.is_none();
        let mut page = Page::of(Firefox {
            running: Some(idle.or_else(RunningFirefox::launch)?),
            user: String::new(),
            context: String::new(),
        });
        if is_new {
            page.call("session.new", json!({ "capabilities": {} }));
            let events = [
                "browsingContext.load",
                "log.entryAdded",
                "network.beforeRequestSent",
                "network.responseCompleted",
                "network.fetchError",
            ];
            page.call("session.subscribe", json!({ "events": events }));
        }
        let user = page.call("browser.createUserContext", json!({}));
        page.browser.user = text(&user["userContext"]);
        // The page that is there at first never has the focus.
        let tab = page.call(
            "browsingContext.create",
            json!({ "type": "tab", "userContext": page.browser.user }),
        );
        page.browser.context = text(&tab["context"]);
        page.size(1280, 800);
        Some(page)
    }

    #[track_caller]
    fn open(page: &mut Page, url: &str) {
        page.forget();
        page.ask(
            "browsingContext.navigate",
            json!({ "url": url, "wait": "complete" }),
        );
        page.until_whole();
    }

    fn size(page: &mut Page, width: u32, height: u32) {
        let viewport = json!({ "width": width, "height": height });
        page.ask(
            "browsingContext.setViewport",
            json!({ "viewport": viewport }),
        );
    }

    #[track_caller]
    fn press(page: &mut Page, keys: &[&str]) {
        for key in keys {
            let (modifiers, name) = key.rsplit_once('+').unwrap_or(("", key));
            let together: Vec<&str> = modifiers
                .split('+')
                .filter(|modifier| !modifier.is_empty())
                .chain([name])
                .map(|name| match name {
                    "Backspace" => "\u{e003}",
                    "Tab" => "\u{e004}",
                    "Enter" => "\u{e006}",
                    "Shift" => "\u{e008}",
                    "Control" => "\u{e009}",
                    "Escape" => "\u{e00c}",
                    "End" => "\u{e010}",
                    "Home" => "\u{e011}",
                    "ArrowLeft" => "\u{e012}",
                    "ArrowUp" => "\u{e013}",
                    "ArrowRight" => "\u{e014}",
                    "ArrowDown" => "\u{e015}",
                    "Delete" => "\u{e017}",
                    other => other,
                })
                .collect();
            let down = together.iter().map(|key| ("keyDown", key));
            let up = together.iter().rev().map(|key| ("keyUp", key));
            let actions: Vec<Value> = down
                .chain(up)
                .map(|(kind, key)| json!({ "type": kind, "value": key }))
                .collect();
            page.act(json!({ "type": "key", "id": "keys", "actions": actions }));
        }
    }

    #[track_caller]
    fn click(page: &mut Page, selector: &str) {
        let middle = page.middle(selector);
        page.drag(&[middle]);
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        IDLE.take_back(
            self.running.take(),
            |running| running.forget(&self.user),
            |mut running| {
                drop(running.keeper.stdin.take());
                let _ = running.keeper.wait();
            },
        );
    }
}

impl Page {
    /// Asks for something about the page.
    #[track_caller]
    fn ask(&mut self, method: &str, mut parameters: Value) -> Value {
        parameters["context"] = json!(self.browser.context);
        self.call(method, parameters)
    }

    /// Opens the page again, as the reader's key for it does.
    #[track_caller]
    pub fn reload(&mut self) {
        self.ask("browsingContext.reload", json!({ "wait": "complete" }));
        self.until_whole();
    }

    /// Types into what has the focus.
    #[track_caller]
    pub fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.press(&[&letter.to_string()]);
        }
    }

    /// Presses the mouse at the first place, `[x, y]` in the window, moves it to the others, and lets it go.
    #[track_caller]
    pub fn drag(&mut self, places: &[Value]) {
        let mut actions: Vec<Value> = places
            .iter()
            .map(|place| {
                let [x, y] = [&place[0], &place[1]].map(|at| at.as_f64().expect("a place").round());
                json!({ "type": "pointerMove", "x": x as i64, "y": y as i64 })
            })
            .collect();
        actions.insert(1, json!({ "type": "pointerDown", "button": 0 }));
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.act(json!({ "type": "pointer", "id": "mouse", "actions": actions }));
    }

    #[track_caller]
    fn act(&mut self, source: Value) {
        self.ask("input.performActions", json!({ "actions": [source] }));
    }
}

/// The book in Firefox; nothing where that is not installed.
pub fn open(page: &str) -> Option<(Page, Site)> {
    visit::open(page)
}
