//! What tests ask of a page, whichever browser shows it: that its scripts hold, that nothing went wrong, that nobody
//! else was asked. `chromium.rs` and `firefox.rs` beside it know the browsers and their protocols.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a browser may take to answer, and a page to become what a test waits for.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The browser's program. Where it is not installed `cargo xtask test` says so, or wants it.
pub fn program(browser: &book_toolchain::browser::Browser) -> Option<PathBuf> {
    let found = browser.find();
    if found.is_none() {
        eprintln!("NOT TESTED in {0}: {0} is not installed", browser.name);
    }
    found
}

/// Browsers that no test uses now: starting one takes longer than most of what tests ask of it.
pub struct Idle<R>(Mutex<Vec<R>>);

impl<R> Idle<R> {
    pub const fn none() -> Idle<R> {
        Idle(Mutex::new(Vec::new()))
    }

    pub fn take(&self) -> Option<R> {
        self.running().pop()
    }

    /// Takes a browser back from a test that has ended. Unless that went well, and all that it had in the browser could be
    /// taken away, the browser ends.
    pub fn take_back(
        &self,
        browser: Option<R>,
        forget: impl FnOnce(&mut R) -> bool,
        end: impl FnOnce(R),
    ) {
        let Some(mut browser) = browser else { return };
        if !std::thread::panicking() && forget(&mut browser) {
            self.running().push(browser);
        } else {
            end(browser);
        }
    }

    fn running(&self) -> MutexGuard<'_, Vec<R>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running browser, and the protocol that it speaks.
pub trait Browser: Sized {
    fn send(&mut self, message: &Value);

    /// The next message, or nothing within this time.
    fn hear(&mut self, patience: Duration) -> Option<Value>;

    /// Adds to a request what it is about.
    fn address(&self, _request: &mut Value) {}

    /// What the browser says of a request that it could not fulfill; nothing where it could.
    fn refusal(answer: &Value) -> Option<String>;

    /// What an event tells of the page.
    fn tells(&mut self, event: &str, said: &Value) -> BrowserNews;

    /// The value of a script's last expression, awaited if it is a promise; or what it throws.
    fn eval(page: &mut Page<Self>, script: &str) -> Result<Value, String>;

    /// A browser of its own, with an empty profile and one page; nothing where it is not installed.
    fn start() -> Option<Page<Self>>;

    fn open(page: &mut Page<Self>, url: &str);

    fn size(page: &mut Page<Self>, width: u32, height: u32);

    fn press(page: &mut Page<Self>, keys: &[&str]);

    fn click(page: &mut Page<Self>, selector: &str);
}

/// What tests want to know of what happens in a browser.
pub enum BrowserNews {
    /// The page and all that it loads at first are there.
    Loaded,
    Problem(String),
    /// The page, or one of its workers, asked for this address.
    Request(String),
    Nothing,
}

/// A browser of its own, with an empty profile and one page.
pub struct Page<B> {
    pub browser: B,
    asked: u64,
    /// Load events seen so far.
    pub loaded: usize,
    /// Errors of the console, exceptions, answers of 400 and above, requests that failed; since the page was opened.
    pub problems: Vec<String>,
    /// The address of everything that was asked for, by the page or by its workers; since the page was opened.
    pub requests: Vec<String>,
}

impl<B: Browser> Page<B> {
    /// A browser of its own, with an empty profile and one page; nothing where it is not installed.
    pub fn start() -> Option<Page<B>> {
        B::start()
    }

    /// Opens a page, and waits until it is loaded. Forgets the problems and requests of the page before.
    #[track_caller]
    pub fn open(&mut self, url: &str) {
        B::open(self, url);
    }

    /// Makes the window as large as this, in CSS pixels.
    pub fn size(&mut self, width: u32, height: u32) {
        B::size(self, width, height);
    }

    /// Presses keys as they are named in `KeyboardEvent.key`, one after the other: `Tab`, `Shift+Tab`, `Control+k`.
    #[track_caller]
    pub fn press(&mut self, keys: &[&str]) {
        B::press(self, keys);
    }

    /// Clicks with the mouse on the middle of the first element that the selector finds.
    #[track_caller]
    pub fn click(&mut self, selector: &str) {
        B::click(self, selector);
    }

    pub fn of(browser: B) -> Page<B> {
        Page {
            browser,
            asked: 0,
            loaded: 0,
            problems: Vec::new(),
            requests: Vec::new(),
        }
    }

    /// Asks the browser for something in the words of its protocol.
    #[track_caller]
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        let mut request = json!({ "id": id, "method": method, "params": &parameters });
        self.browser.address(&mut request);
        self.browser.send(&request);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let Some(mut message) = self.hear(deadline) else {
                panic!("no answer to {method} within {PATIENCE:?}");
            };
            if message["id"] == id {
                match B::refusal(&message) {
                    // The page made place for the next one before it answered: that one is asked.
                    Some(refusal) if refusal.contains("navigated or closed") => {
                        return self.call(method, parameters);
                    }
                    Some(refusal) => panic!("{method}: {refusal}"),
                    None => return message["result"].take(),
                }
            }
        }
    }

    /// The next message before the deadline. Takes note of what it says.
    fn hear(&mut self, deadline: Instant) -> Option<Value> {
        let left = deadline.saturating_duration_since(Instant::now());
        let message = self.browser.hear(left)?;
        if let Some(event) = message["method"].as_str() {
            match self.browser.tells(event, &message["params"]) {
                BrowserNews::Loaded => self.loaded += 1,
                BrowserNews::Problem(problem) => self.problems.push(problem),
                BrowserNews::Request(url) => self.requests.push(url),
                BrowserNews::Nothing => {}
            }
        }
        Some(message)
    }

    /// Forgets the problems and requests of the page before.
    pub fn forget(&mut self) {
        self.problems.clear();
        self.requests.clear();
    }

    /// Waits for a page that an action opens: a click, a key.
    #[track_caller]
    pub fn follow(&mut self, action: impl FnOnce(&mut Self)) {
        let before = self.loaded;
        action(self);
        self.until_loaded(before);
    }

    #[track_caller]
    pub fn until_loaded(&mut self, before: usize) {
        let deadline = Instant::now() + PATIENCE;
        while self.loaded == before {
            assert!(
                self.hear(deadline).is_some(),
                "no page was loaded within {PATIENCE:?}"
            );
        }
    }

    /// Waits for the questions, which are laid out one by one after the rest.
    #[track_caller]
    pub fn until_whole(&mut self) {
        self.until("!document.documentElement?.classList.contains('early')");
    }

    /// The value of the script's last expression. A promise is awaited.
    #[track_caller]
    pub fn eval(&mut self, script: &str) -> Value {
        B::eval(self, script).unwrap_or_else(|thrown| panic!("{script}\n{thrown}"))
    }

    /// The text that the script's last expression gives. Anything else, such as a number, is the test's mistake.
    #[track_caller]
    pub fn text(&mut self, script: &str) -> String {
        match self.eval(script) {
            Value::String(text) => text,
            other => panic!("no text but {other}: {script}"),
        }
    }

    /// Whether the script's last expression is `true`.
    #[track_caller]
    pub fn is(&mut self, script: &str) -> bool {
        self.eval(script) == true
    }

    /// Waits until the script's last expression holds, and gives its value. While an element that it asks for is not
    /// there yet, it throws.
    #[track_caller]
    pub fn until(&mut self, script: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = B::eval(self, script);
            if let Ok(value) = &value
                && !matches!(value, Value::Null | Value::Bool(false))
                && *value != 0
                && *value != ""
            {
                return value.clone();
            }
            assert!(
                Instant::now() < deadline,
                "never true but {value:?}: {script}; problems: {:?}",
                self.problems
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The middle of the first element that the selector finds, in the window, where it is scrolled to.
    #[track_caller]
    pub fn middle(&mut self, selector: &str) -> Value {
        self.eval(&format!(
            "(() => {{
                const found = document.querySelector({0});
                if (!found) throw new Error('not on the page: ' + {0});
                found.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const box = found.getBoundingClientRect();
                if (!box.width) throw new Error('not to be seen: ' + {0});
                return [box.x + box.width / 2, box.y + box.height / 2];
             }})()",
            json!(selector)
        ))
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

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}
