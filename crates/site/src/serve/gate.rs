//! One program is compiled and interpreted at a time. The newest of a page takes the place of its older ones, which are
//! stopped; another page is told that the lab is busy. Pure.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Notify;

/// Where programs wait to be compiled.
#[derive(Clone, Default)]
pub(super) struct Gate {
    shared: Arc<GateShared>,
}

#[derive(Default)]
struct GateShared {
    state: Mutex<GateState>,
    left: Notify,
}

#[derive(Default)]
struct GateState {
    running: Option<Running>,
    /// Requests are numbered in the order of their coming.
    last: u64,
}

struct Running {
    page: String,
    canceled: Arc<AtomicBool>,
    /// The newest request of this page that waits.
    waiting: Option<u64>,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Another page's program is being compiled.
    Busy,
    /// A newer request of the same page has come.
    Replaced,
}

/// Held while a program is compiled and recorded.
pub(super) struct Pass {
    shared: Arc<GateShared>,
    /// Set when nobody wants the result any more.
    pub(super) canceled: Arc<AtomicBool>,
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, GateState> {
        self.shared.state.lock().expect("no panic while locked")
    }

    /// Lets a request of `page` in, after the older ones of that page have been stopped.
    pub(super) async fn enter(&self, page: &str) -> Result<Pass, Refusal> {
        let number = {
            let mut state = self.state();
            state.last += 1;
            state.last
        };
        let mut has_waited = false;
        loop {
            let left = self.shared.left.notified();
            tokio::pin!(left);
            // Whoever leaves from now on is heard.
            left.as_mut().enable();
            {
                let mut state = self.state();
                match &mut state.running {
                    None => {
                        let canceled = Arc::new(AtomicBool::new(false));
                        state.running = Some(Running {
                            page: page.to_string(),
                            canceled: Arc::clone(&canceled),
                            waiting: None,
                        });
                        let shared = Arc::clone(&self.shared);
                        return Ok(Pass { shared, canceled });
                    }
                    Some(running) if running.page != page => {
                        return Err(if has_waited {
                            Refusal::Replaced
                        } else {
                            Refusal::Busy
                        });
                    }
                    Some(running) if running.waiting.is_some_and(|newest| newest > number) => {
                        return Err(Refusal::Replaced);
                    }
                    Some(running) if has_waited && running.waiting != Some(number) => {
                        // A newer one of this page came in first.
                        return Err(Refusal::Replaced);
                    }
                    Some(running) => {
                        running.waiting = Some(number);
                        running.canceled.store(true, Ordering::Relaxed);
                    }
                }
                has_waited = true;
            }
            left.await;
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut state = self.shared.state.lock().expect("no panic while locked");
        state.running = None;
        drop(state);
        self.shared.left.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.expect("a runtime").block_on(work)
    }

    #[test]
    fn one_is_in_and_another_page_is_told_so() {
        block_on(async {
            let gate = Gate::default();
            let first = gate.enter("a").await.expect("nobody is in");
            assert_eq!(gate.enter("b").await.err(), Some(Refusal::Busy));
            assert!(!first.canceled.load(Ordering::Relaxed));
            drop(first);
            assert!(gate.enter("b").await.is_ok());
        });
    }

    #[test]
    fn the_newest_of_a_page_wins() {
        block_on(async {
            let gate = Gate::default();
            let first = gate.enter("a").await.expect("nobody is in");
            let (second, third, last) = tokio::join!(gate.enter("a"), gate.enter("a"), async {
                assert!(first.canceled.load(Ordering::Relaxed));
                drop(first);
            });
            assert_eq!(second.err(), Some(Refusal::Replaced));
            assert!(third.is_ok());
            let () = last;
        });
    }
}
