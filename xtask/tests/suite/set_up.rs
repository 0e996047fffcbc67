//! Sets up the Python packages of a small book as readers' machines are: other Pythons, other settings of pip, no pip.
//! The package is a wheel that the test makes, so that nothing comes from the network.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support;
use crate::support::{Book, CommandOutput, names, repository, said};

const WHEEL_NAME: &str = "tiny-1.0-py3-none-any.whl";

/// Makes `tiny-1.0-py3-none-any.whl` in the current folder and prints its hash.
const WHEEL: &str = r#"
import hashlib, zipfile
name = "tiny-1.0-py3-none-any.whl"
info = "tiny-1.0.dist-info/"
with zipfile.ZipFile(name, "w") as wheel:
    wheel.writestr("tiny.py", "word = 'tiny'\n")
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(info + "RECORD", f"tiny.py,,\n{info}METADATA,,\n{info}WHEEL,,\n{info}RECORD,,\n")
print(hashlib.sha256(open(name, "rb").read()).hexdigest())
"#;

/// A book with one Python twin that imports the package `tiny`, and a folder of programs to be its PATH.
struct SetUp {
    book: Book,
    bin: tempfile::TempDir,
}

fn python() -> PathBuf {
    support::python().expect("Python starts")
}

impl SetUp {
    fn new() -> SetUp {
        let book = Book::new()
            .zig("imports", "//@ run", "pub fn main() void {}\n")
            .write(
                "listings/03_allocator/imports.py",
                "#@ run\n#@ needs: tiny\nimport tiny\n\nprint(tiny.word)\n",
            )
            .write("listings/03_allocator/imports.py.out", "tiny\n");
        for link in ["toolchain", ".toolchain"] {
            fs::remove_file(book.path(link)).expect("a link");
        }
        fs::create_dir(book.path("wheels")).expect("a folder");
        let made = Command::new(python())
            .args(["-c", WHEEL])
            .current_dir(book.path("wheels"))
            .output()
            .expect("Python starts");
        let hash = String::from_utf8_lossy(&made.stdout).trim().to_string();
        assert_eq!(hash.len(), 64, "{}", String::from_utf8_lossy(&made.stderr));
        let pin = format!("tiny==1.0 \\\n    --hash=sha256:{hash}\n");
        let book = book.write("toolchain/python.txt", pin);
        let bin = tempfile::tempdir().expect("a temporary folder");
        SetUp { book, bin }
    }

    /// A program on PATH.
    fn script(self, name: &str, text: &str) -> SetUp {
        support::program(&self.bin.path().join(name), text);
        self
    }

    fn link(self, name: &str, program: &Path) -> SetUp {
        symlink(program, self.bin.path().join(name)).expect("a link");
        self
    }

    /// Sets the book up anew and checks the twin, with these variables.
    fn check(&self, variables: &[(&str, &str)]) -> CommandOutput {
        let _ = fs::remove_dir_all(self.book.path(".toolchain"));
        self.check_again(variables)
    }

    /// Checks the twin with what is installed.
    fn check_again(&self, variables: &[(&str, &str)]) -> CommandOutput {
        let mut command = self
            .book
            .command(&["test-listings", "--lang", "python", "--fresh"]);
        command
            .env("PATH", self.bin.path())
            .env("PIP_FIND_LINKS", self.book.path("wheels"))
            .env("PIP_NO_INDEX", "1")
            .envs(variables.iter().copied());
        said(&mut command)
    }

    /// The folders that were installed.
    fn installed(&self) -> Vec<String> {
        let names = names(&self.book.path(".toolchain"));
        names.into_iter().collect()
    }

    /// It installs the package where it belongs, and nothing else is left.
    #[track_caller]
    fn works(&self, variables: &[(&str, &str)]) {
        self.check(variables).succeeds();
        let installed = self.installed();
        assert!(
            installed.len() == 1 && installed[0].starts_with("python-3."),
            "with {variables:?}: {installed:?}"
        );
    }
}

#[test]
fn pip_installs_whatever_its_settings_say_of_where_and_how() {
    let set_up = SetUp::new().link("python3", &python());
    let elsewhere = set_up.book.path("elsewhere");
    let elsewhere = elsewhere.to_str().expect("a path in UTF-8");
    set_up.works(&[
        ("PIP_USER", "1"),
        ("PIP_REQUIRE_VIRTUALENV", "1"),
        ("PIP_TARGET", elsewhere),
        ("PIP_PREFIX", elsewhere),
        ("PIP_ROOT", elsewhere),
        ("PIP_DRY_RUN", "1"),
        ("PIP_NO_BINARY", ":all:"),
        ("PIP_CONSTRAINT", "/nowhere/constraints.txt"),
        ("PIP_LOG", elsewhere),
        ("PIP_QUIET", "3"),
    ]);
    for lines in [
        "user = true\nrequire-virtualenv = true\nquiet = 3\n",
        "prefix = ELSEWHERE\nno-binary = :all:\n[install]\nuser = yes\n",
        "[install]\ntarget = ELSEWHERE\nroot = ELSEWHERE\n",
    ] {
        let lines = lines.replace("ELSEWHERE", elsewhere);
        set_up.book.set("pip.conf", format!("[global]\n{lines}"));
        let file = set_up.book.path("pip.conf");
        set_up.works(&[("PIP_CONFIG_FILE", file.to_str().expect("a path in UTF-8"))]);
    }
    assert!(!Path::new(elsewhere).exists(), "something went elsewhere");
}

#[test]
fn what_was_downloaded_while_the_tool_was_compiled_is_installed_and_goes() {
    let set_up = SetUp::new().link("python3", &python());
    let lay = |name: &str| {
        let _ = fs::remove_dir_all(set_up.book.path(".toolchain"));
        let from = set_up.book.path("wheels").join(WHEEL_NAME);
        let wheel = fs::read(from).expect("the wheel");
        set_up
            .book
            .set(&format!(".toolchain/downloads/python.txt/{name}"), wheel);
    };
    let nowhere = [("PIP_FIND_LINKS", "/nowhere")];
    lay(WHEEL_NAME);
    set_up.check_again(&nowhere).succeeds();
    let installed = set_up.installed();
    assert!(installed.len() == 1 && installed[0].starts_with("python-3."));
    // A download that came to nothing stops nobody.
    lay("half-a-wheel");
    set_up.check_again(&[]).succeeds();
    assert_eq!(set_up.installed(), installed);
    lay("half-a-wheel");
    set_up
        .check_again(&nowhere)
        .cannot()
        .says("the pinned file is not where it may look");
    assert_eq!(set_up.installed(), [""; 0]);
}

#[test]
fn settings_that_lead_to_the_packages_are_kept_from_a_file_too() {
    let set_up = SetUp::new().link("python3", &python());
    let wheels = set_up.book.path("wheels");
    let conf = format!(
        "[global]\nno-index = true\nuser = true\n[install]\nfind-links =\n    /nowhere\n    {}\n",
        wheels.display()
    );
    set_up.book.set("pip.conf", conf);
    let file = set_up.book.path("pip.conf");
    let file = file.to_str().expect("a path in UTF-8");
    // An empty variable is none for pip.
    set_up.works(&[
        ("PIP_CONFIG_FILE", file),
        ("PIP_FIND_LINKS", ""),
        ("PIP_NO_INDEX", ""),
    ]);

    set_up
        .check(&[("PIP_FIND_LINKS", "/nowhere")])
        .cannot()
        .says("must not ask a package index")
        .says("hint: run the command again with PIP_NO_INDEX=0 before it");
    assert_eq!(
        set_up.installed(),
        [""; 0],
        "nothing half-installed is left"
    );
    set_up.book.set("pip.conf", "this is no setting\n");
    set_up
        .check(&[("PIP_CONFIG_FILE", file)])
        .cannot()
        .says("pip does not start")
        .says("pip.conf")
        .says("pip config debug");
}

#[test]
fn what_the_environment_tells_python_changes_nothing() {
    let set_up = SetUp::new().link("python3", &python());
    set_up
        .book
        .set("junk/sitecustomize.py", "print('junk\\n3.99.1')\n");
    set_up
        .book
        .set("junk/pip.py", "raise SystemExit('not pip')\n");
    set_up.book.set("pip.py", "raise SystemExit('not pip')\n");
    let junk = set_up.book.path("junk");
    let junk = junk.to_str().expect("a path in UTF-8");
    set_up.works(&[
        ("PYTHONHOME", "/nowhere"),
        ("PYTHONEXECUTABLE", "/bin/false"),
        ("__PYVENV_LAUNCHER__", "/bin/false"),
        ("PYTHONPATH", junk),
        ("PYTHONSTARTUP", "/nowhere/startup.py"),
        ("PYTHONUSERBASE", "/nowhere"),
        ("PYTHONINSPECT", "1"),
        ("PYTHONVERBOSE", "1"),
        ("PYTHONWARNINGS", "error"),
    ]);
}

#[test]
fn every_python_that_is_here_sets_the_book_up() {
    let mut found = vec![python()];
    let home = std::env::var_os("HOME")
        .map(PathBuf::from)
        .unwrap_or_default();
    let pyenv = fs::read_dir(home.join(".pyenv/versions"))
        .into_iter()
        .flatten();
    found.extend(
        pyenv
            .flatten()
            .map(|version| version.path().join("bin/python3")),
    );
    found.push("/usr/bin/python3".into());
    for python in found.iter().filter(|python| python.is_file()) {
        let asked = Command::new(python)
            .args(["-c", "import sys; print('%d %d' % sys.version_info[:2])"])
            .output()
            .expect("Python starts");
        let version = String::from_utf8_lossy(&asked.stdout).into_owned();
        let minor: u32 = version
            .trim()
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .parse()
            .expect("a number");
        // Some machines have `python` alone.
        let set_up = SetUp::new().link("python", python);
        if (10..=14).contains(&minor) {
            set_up.works(&[]);
        } else {
            let said = set_up.check(&[]).cannot().says("3.10 to 3.14");
            said.says(if minor < 10 { "too old" } else { "too new" });
        }
    }
}

#[test]
fn a_python_that_does_not_fit_is_passed_over_or_named() {
    let old = "printf '\\nbook-python=3.9.18||/usr/bin/python3\\n'";
    let new = "printf '\\nbook-python=3.16.0||/usr/bin/python3\\n'";
    let shim = "echo \"pyenv: version \\`3.14' is not installed (set by /somewhere/.python-version)\" >&2; exit 127";
    for (script, problem, hint) in [
        (
            old,
            "Python 3.9.18 is too old: the book's listings want 3.10 to 3.14",
            "hint: install a Python",
        ),
        (
            new,
            "Python 3.16.0 is too new: the book's listings want 3.10 to 3.14",
            "uv python install 3.14",
        ),
        (
            shim,
            "`python3` says: pyenv: version `3.14' is not installed",
            "hint: pyenv install 3.14",
        ),
        (
            "echo /usr/bin/python3; echo 3.11",
            "`python3` says: ",
            "hint: install a Python",
        ),
    ] {
        let set_up = SetUp::new().script("python3", script);
        set_up.check(&[]).cannot().says(problem).says(hint);
        set_up.link("python3.12", &python()).works(&[]);
    }
}

#[test]
fn a_python_without_pip_sets_the_book_up_all_the_same() {
    let set_up = SetUp::new();
    let environment = set_up.book.path("environment");
    let made = Command::new(python())
        .args(["-m", "venv", "--without-pip"])
        .arg(&environment)
        .status()
        .expect("Python starts");
    assert!(made.success());
    let own = environment.join("bin/python3");
    let set_up = set_up.script("python3", &format!("exec {} \"$@\"", own.display()));
    set_up.works(&[]);

    // Debian's Python has neither pip nor what would bring it.
    let packages = fs::read_dir(environment.join("lib"))
        .expect("a folder")
        .flatten()
        .next();
    let packages = packages.expect("a version").path().join("site-packages");
    let hidden =
        "import sys\nfor name in 'pip', 'venv', 'ensurepip':\n    sys.modules[name] = None\n";
    fs::write(packages.join("sitecustomize.py"), hidden).expect("a file");
    set_up
        .check(&[])
        .cannot()
        .says("Python has no pip")
        .says("hint: install pip (Debian: apt install python3-pip");
    let log = set_up.book.path("uv.log");
    let uv = format!(
        "echo \"$@\" >>{}\ncase \"$*${{REFUSES-}}\" in *--no-config*refuses) exit 1;; esac\nwhile [ \"$1\" != --target ]; do shift; done\nexec {} -m zipfile -e {}/*.whl \"$2\"",
        log.display(),
        python().display(),
        set_up.book.path("wheels").display()
    );
    let set_up = set_up.script("uv", &uv);
    set_up.works(&[("UV_TARGET", "/nowhere")]);
    let asked = || fs::read_to_string(&log).expect("what uv was asked");
    // Its files are read only where it finds nothing without them.
    assert_eq!(asked().lines().count(), 1);
    assert!(asked().contains("--require-hashes"), "{}", asked());
    assert!(asked().contains("--no-config"), "{}", asked());
    set_up.works(&[("REFUSES", "refuses")]);
    assert_eq!(asked().matches("--no-config").count(), 2);
    assert_eq!(asked().lines().count(), 3);
}

#[test]
fn every_pinned_file_has_a_hash() {
    for name in ["python.txt", "axe.txt", "zig.txt"] {
        let text = fs::read_to_string(repository().join("toolchain").join(name)).expect("pins");
        let pins: Vec<&str> = text.lines().filter(|line| line.contains("==")).collect();
        assert!(!pins.is_empty(), "{name}");
        for pin in pins {
            let (_, after) = text.split_once(pin).expect("the pin");
            let next = after.lines().nth(1).unwrap_or_default().trim();
            assert!(next.starts_with("--hash=sha256:"), "{name}: {pin}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_another_run_installs_is_waited_for_and_not_installed_twice() {
    let book = Book::new().zig("a", "//@ run", "pub fn main() void {}\n");
    fs::remove_file(book.path(".toolchain")).expect("a link");
    fs::create_dir_all(book.path(".toolchain")).expect("a folder");
    let folder = book.path("target/book/installing/zig-0.17.1");
    fs::create_dir_all(&folder).expect("a folder");
    let lock = fs::File::create(folder.join("lock")).expect("a lock");
    lock.lock().expect("nobody else has it");
    let said = book.path("said.txt");
    let mut child = book
        .command(&["test-listings", "--bless"])
        .stdout(std::process::Stdio::null())
        .stderr(fs::File::create(&said).expect("a file"))
        .spawn()
        .expect("the tool starts");
    support::wait_until_locked_out(&mut child);
    // The other run has installed it now.
    let own = repository().join(".toolchain/zig-0.17.1");
    symlink(own, book.path(".toolchain/zig-0.17.1")).expect("a link");
    drop(lock);
    let ended = child.wait().expect("it ends");
    let said = fs::read_to_string(said).expect("what it said");
    assert!(ended.success(), "{said}");
    assert!(
        said.contains("waiting for another run to install Zig 0.17.1 …"),
        "{said}"
    );
    assert!(!said.contains("installing Zig"), "{said}");
}

#[test]
fn packages_that_are_damaged_are_made_again_and_no_listing_is_blamed() {
    let set_up = SetUp::new().link("python3", &python());
    set_up.works(&[]);
    let folder = set_up.book.path(".toolchain").join(&set_up.installed()[0]);
    let list = folder.join("tiny-1.0.dist-info/RECORD");
    let check = || set_up.check_again(&[]);
    check().succeeds().never_says("damaged");
    let damages: [&dyn Fn(); 4] = [
        &|| fs::remove_file(folder.join("tiny.py")).expect("a file"),
        &|| {
            let text = fs::read_to_string(&list).expect("the list");
            fs::write(&list, text.replace("tiny.py,,", "tiny.py,sha256=x,14")).expect("the list");
            fs::write(folder.join("tiny.py"), "word = ").expect("a file");
        },
        &|| fs::remove_file(&list).expect("the list"),
        &|| fs::remove_dir_all(folder.join("tiny-1.0.dist-info")).expect("a folder"),
    ];
    for damage in damages {
        damage();
        check().succeeds().says("is damaged, and is made again");
    }
    // Nothing can be made again here: no verdict is kept.
    fs::remove_file(folder.join("tiny.py")).expect("a file");
    fs::remove_dir_all(set_up.book.path("wheels")).expect("a folder");
    check().cannot().never_says("ModuleNotFoundError");
}
