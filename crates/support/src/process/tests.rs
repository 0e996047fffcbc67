//! What becomes of the programs that the tool runs.

use super::*;

fn shell(script: &str) -> Spec {
    Spec::new("/bin/sh").args(["-c", script])
}

#[test]
fn both_streams_come_in_the_order_in_which_they_were_written() {
    let finished = shell("echo one; echo two >&2; echo three; exit 3")
        .run()
        .unwrap();
    assert_eq!(finished.end, ProcessEnd::Exited(3));
    assert_eq!(finished.text(), "one\ntwo\nthree\n");
    assert!(!finished.left_children);
}

#[test]
fn streams_can_be_kept_apart() {
    let finished = shell("echo one; echo two >&2").run_split().unwrap();
    assert_eq!(
        (finished.stdout.as_slice(), finished.output.as_slice()),
        (&b"one\n"[..], &b"two\n"[..])
    );
}

#[test]
fn an_endless_loop_is_stopped_at_its_time_limit() {
    let finished = shell("while :; do :; done")
        .timeout(Duration::from_millis(200))
        .run()
        .unwrap();
    assert_eq!(finished.end, ProcessEnd::TimedOut);
}

#[test]
fn endless_output_is_stopped_at_its_limit() {
    let finished = shell("while :; do echo yes; done")
        .output_limit(100_000)
        .run()
        .unwrap();
    assert_eq!(finished.end, ProcessEnd::Flooded);
    assert_eq!(finished.output.len(), 100_000);
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_that_takes_all_memory_is_stopped_at_its_limit() {
    // The shell doubles a text for ever.
    let finished = shell("text=aaaaaaaaaaaaaaaa; while :; do text=$text$text; done")
        .memory_limit(64 << 20)
        .run()
        .unwrap();
    assert_eq!(finished.end, ProcessEnd::Hoarded);
}

#[test]
fn a_signal_is_told_from_a_status() {
    assert_eq!(
        shell("kill -ABRT $$").run().unwrap().end,
        ProcessEnd::Signaled(6)
    );
}

#[test]
fn children_left_behind_are_stopped_and_reported() {
    let started = Instant::now();
    let finished = shell("echo done; sleep 60 & exit 0").run().unwrap();
    assert_eq!(finished.text(), "done\n");
    assert!(finished.left_children);
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "the pipe was not drained for ever"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn children_that_leave_the_process_group_are_stopped_too() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("started").display().to_string();
    let finished = shell(&format!(
        "setsid sh -c 'echo $$; : >{note}; exec sleep 60' & until [ -e {note} ]; do :; done; exit 0"
    ))
    .run()
    .unwrap();
    assert!(finished.left_children);
    let pid = finished.text().trim().to_string();
    let gone = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        state.is_empty() || state.contains(") Z ")
    });
    assert!(gone, "process {pid} still runs");
}

/// Runs a shell that starts a child by this command and ends at once. The child closes its output and is stopped.
#[cfg(target_os = "linux")]
#[track_caller]
fn is_stopped(start: &str) {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("pid");
    let script = format!(
        "{start} 'exec >/dev/null 2>&1; echo $$ > {0}.new && mv {0}.new {0}; exec sleep 60' & \
         while [ ! -f {0} ]; do :; done",
        note.display()
    );
    let finished = shell(&script).run().unwrap();
    assert_eq!(finished.end, ProcessEnd::Exited(0));
    assert!(finished.left_children);
    let pid = std::fs::read_to_string(&note).unwrap();
    assert!(
        !Path::new("/proc").join(pid.trim()).exists(),
        "it still runs"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn children_that_leave_all_that_they_were_given_are_stopped_too() {
    // Into a session of its own, with no environment, no output, and another folder.
    is_stopped("cd / && setsid env -i sh -c");
    // What another run started meanwhile is no business of this one.
    assert!(!shell("true").run().unwrap().left_children);
}

#[test]
#[cfg(target_os = "linux")]
fn children_that_leave_the_group_and_close_their_output_are_stopped_too() {
    is_stopped("setsid sh -c");
}

#[test]
fn what_is_set_outside_is_not_seen_inside() {
    // Cargo sets this for every test.
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
    let finished = Spec::new("/usr/bin/env").clean_environment().run().unwrap();
    let names: Vec<String> = finished
        .text()
        .lines()
        .filter_map(|line| Some(line.split_once('=')?.0.to_string()))
        .collect();
    let mut known = ["PATH", "LANG", "TERM", "NO_COLOR", "BOOK_RUN"].to_vec();
    known.retain(|name| names.iter().any(|seen| seen == name));
    assert_eq!(names.len(), known.len(), "{names:?}");
}

#[test]
fn a_limit_of_processor_time_stops_a_loop() {
    let finished = shell("while :; do :; done")
        .processor_limit(1)
        .run()
        .unwrap();
    assert!(finished.ran_out_of_processor_time(), "{:?}", finished.end);
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let error = Spec::new("/no/such/program").run().unwrap_err();
    let said = error.to_string();
    assert!(
        said.starts_with("cannot start /no/such/program: "),
        "{said}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_that_is_part_of_a_run_keeps_its_other_children() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limits = Spec::new("cat").arg("/proc/self/limits").run().unwrap();
    let text = limits.text();
    let line = text.lines().find(|line| line.starts_with("Max msgqueue"));
    let number: u64 = line
        .unwrap()
        .split_whitespace()
        .nth(3)
        .unwrap()
        .parse()
        .unwrap();
    let before = getrlimit(Resource::Msgqueue);
    let marked = Rlimit {
        current: Some(number + 5),
        ..before
    };
    setrlimit(Resource::Msgqueue, marked).unwrap();
    let mut other = std::process::Command::new("sleep")
        .arg("60")
        .spawn()
        .unwrap();
    for _ in 0..10 {
        assert!(Spec::new("true").run().unwrap().success());
    }
    setrlimit(Resource::Msgqueue, before).unwrap();
    assert!(other.try_wait().unwrap().is_none(), "it was stopped");
    other.kill().unwrap();
    other.wait().unwrap();
}
