//! Work side by side.

use std::sync::Mutex;
use std::thread::ScopedJoinHandle;

/// Does `work` on every item, as many at once as the machine has cores. The results are in the items' order.
pub fn in_parallel<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let workers = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len());
    let count = items.len();
    let queue = Mutex::new(items.into_iter().enumerate());
    let results: Mutex<Vec<Option<R>>> = Mutex::new((0..count).map(|_| None).collect());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let Some((index, item)) = queue.lock().expect("no panic while locked").next()
                    else {
                        break;
                    };
                    let result = work(item);
                    results.lock().expect("no panic while locked")[index] = Some(result);
                }
            });
        }
    });
    let results = results.into_inner().expect("every worker has ended");
    results
        .into_iter()
        .map(|result| result.expect("every item was worked on"))
        .collect()
}

/// What a thread gives at its end; its panic is this one's.
pub fn ended<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
