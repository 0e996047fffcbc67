//! Each kind of page looks as it did: pictures of pages, made small, beside those in `pictures/`. They are compared by
//! the average color of their parts, so that another browser does no harm and a broken layout or theme is seen. Fonts
//! differ from machine to machine: for the pictures all text is set in `blocks.woff`, where every character is the same
//! block, 0.55 em wide, on any machine.
//!
//! After a change that is meant, look at the pages, and renew the pictures: `BLESS=1 cargo test -p xtask pictures::`.

use crate::support;
use std::fs;

use crate::support::chromium::Page;
use crate::support::site::{Site, whole_book};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// A name, the page, and what of it is at the top of the window; nothing where the page begins.
const KINDS: [(&str, &str, &str); 7] = [
    ("front", "index.html", ""),
    (
        "lesson",
        "lessons/03_allocator.html",
        ".listing[data-languages='zig rust python']",
    ),
    ("diagram", "lessons/03_allocator.html", "figure[data-trace]"),
    ("quiz", "lessons/03_allocator.html", ".quiz"),
    ("exercise", "exercises/03_allocator.html", ""),
    ("table", "reference/concepts.html", "main table"),
    ("drawing", "lessons/07_ml_patterns.html", "#draw-digit"),
];

const SIZES: [(&str, u32, u32); 2] = [("wide", 1280, 800), ("phone", 390, 844)];

/// The font with nothing but blocks.
const BLOCKS: &[u8] = include_bytes!("pictures/blocks.woff");

/// The most that colors may differ by on average, of 255.
const MEAN: f64 = 9.0;
/// The most parts, of a hundred, whose color may be another.
const OTHERS: f64 = 4.0;

/// Makes `small(picture)`, a data address, and `compare(one, other)`, which says how two differ.
const TOOLS: &str = "
    const draw = async (address, width) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = Math.round(image.height * width / image.width);
        const context = canvas.getContext('2d');
        context.imageSmoothingQuality = 'high';
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        return canvas;
    };
    const small = async address => (await draw(address, 256)).toDataURL('image/webp', 0.5);
    const parts = async address => {
        const canvas = await draw(address, 32);
        return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    };
    const compare = async (one, other) => {
        const [a, b] = [await parts(one), await parts(other)];
        if (a.length !== b.length) return { mean: 255, others: 100 };
        const differences = [];
        for (let at = 0; at < a.length; at += 4) {
            differences.push(Math.max(...[0, 1, 2].map(channel => Math.abs(a[at + channel] - b[at + channel]))));
        }
        return {
            mean: differences.reduce((sum, part) => sum + part, 0) / differences.length,
            others: 100 * differences.filter(part => part > 48).length / differences.length,
        };
    };
    true";

/// Whether what is loaded late is there, and drawn.
const SETTLED: &str = "
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    [...document.images].every(image => image.complete || image.loading === 'lazy')
        && [...document.scripts].every(({ src }) => !src || performance.getEntriesByName(src).length > 0)";

#[test]
fn each_kind_of_page_looks_as_it_did() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    let folder = support::repository().join("xtask/tests/suite/pictures");
    let set_in_blocks = format!(
        "const font = new FontFace('blocks', 'url(data:font/woff;base64,{})', {{ weight: '100 900', style: 'oblique 0deg 20deg' }});
         document.fonts.add(await font.load());
         const style = document.createElement('style');
         style.textContent = '*, ::before, ::after {{ font-family: blocks !important; font-synthesis: none !important; text-rendering: geometricPrecision !important }}';
         document.head.append(style);",
        STANDARD.encode(BLOCKS)
    );
    let bless = std::env::var_os("BLESS").is_some();
    let mut found = Vec::new();
    for (kind, name, top) in KINDS {
        for (size, width, height) in SIZES {
            page.size(width, height);
            for theme in ["light", "dark"] {
                page.media(&[
                    ("prefers-color-scheme", theme),
                    ("prefers-reduced-motion", "reduce"),
                ]);
                page.open(&format!("{}{name}", site.url));
                page.eval(&set_in_blocks);
                page.eval(&format!(
                    "document.querySelector('.stamp').style.visibility = 'hidden';
                     document.getElementById('mdbook-sidebar').scrollTop = 0;
                     const top_ = {top} && document.querySelector({top});
                     if (top_) {{
                        for (let tries = 0; tries < 4; tries++) {{
                            top_.scrollIntoView({{ behavior: 'instant' }});
                            await new Promise(requestAnimationFrame);
                        }}
                     }} else if ({top}) throw new Error('there is no ' + {top});",
                    top = json!(top)
                ));
                page.until(SETTLED);
                let shot = STANDARD.encode(page.screenshot());
                page.eval(TOOLS);
                let shot = page.text(&format!("await small('data:image/png;base64,{shot}')"));
                let path = folder.join(format!("{kind}-{size}-{theme}.webp"));
                let prefix = "data:image/webp;base64,";
                let picture = STANDARD
                    .decode(shot.strip_prefix(prefix).expect("a picture"))
                    .expect("a picture");
                if bless {
                    fs::create_dir_all(&folder).expect("the folder of pictures");
                    fs::write(path, picture).expect("a picture");
                    continue;
                }
                let Ok(known) = fs::read(&path) else {
                    found.push(format!("{kind}, {size}, {theme}: there is no picture"));
                    continue;
                };
                let known = STANDARD.encode(known);
                let differ = page.eval(&format!("await compare('{shot}', '{prefix}{known}')"));
                if !is_alike(&differ) {
                    let seen = support::repository().join("target/book/pictures");
                    let seen = seen.join(path.file_name().expect("a name"));
                    fs::create_dir_all(seen.parent().expect("a folder")).expect("a folder");
                    fs::write(&seen, picture).expect("a picture");
                    found.push(format!(
                        "{kind}, {size}, {theme}: {differ}, see {}",
                        seen.display()
                    ));
                }
            }
        }
    }
    assert!(
        found.is_empty(),
        "{}\nhint: if this is meant, look at the pages, and renew the pictures: BLESS=1 cargo test -p xtask pictures::",
        found.join("\n")
    );
}

/// Whether what two pictures differ by is within the limits. What cannot be computed is `null`, and within no limit.
fn is_alike(differ: &Value) -> bool {
    let is_within =
        |part: &str, most: f64| differ[part].as_f64().is_some_and(|found| found <= most);
    is_within("mean", MEAN) && is_within("others", OTHERS)
}

#[test]
fn pictures_are_alike_only_if_all_that_they_differ_by_is_known_and_small() {
    assert!(is_alike(&json!({ "mean": 0, "others": 0 })));
    assert!(is_alike(&json!({ "mean": MEAN, "others": OTHERS })));
    for differ in [
        json!({ "mean": null, "others": 0 }),
        json!({ "mean": 0, "others": null }),
        json!({ "mean": 0 }),
        json!({ "mean": "0", "others": 0 }),
        json!({ "mean": 2.0 * MEAN, "others": 0 }),
        json!({ "mean": 0, "others": 2.0 * OTHERS }),
        Value::Null,
    ] {
        assert!(!is_alike(&differ), "{differ}");
    }
}

/// The figure that the README shows, in lesson 5: an arena's block with its pieces.
const README_FIGURE: &str = "#trace-05_arena-one_free";

#[test]
fn the_readme_shows_a_memory_diagram_of_today() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let site = Site::of(whole_book());
    page.size(1280, 900);
    page.media(&[("prefers-color-scheme", "light")]);
    page.open(&format!("{}lessons/05_arena.html", site.url));
    page.eval(&format!(
        "document.querySelectorAll('.predict [type=button]').forEach(button => button.click());
         const figure = document.querySelector('{README_FIGURE}');
         figure.parentElement.querySelector('[data-view=memory]')?.click();
         figure.scrollIntoView({{ behavior: 'instant' }}); true"
    ));
    page.until(SETTLED);
    // The letters of the picture are this machine's, so what it says is compared, and not how it looks.
    let said = page
        .text("figure.innerText")
        .replace(char::is_whitespace, " ");
    let said = said.split(' ').filter(|word| !word.is_empty());
    let said = said.collect::<Vec<_>>().join(" ") + "\n";
    let folder = support::repository().join("xtask/tests/suite/pictures");
    let [picture, text] = ["readme.png", "readme.txt"].map(|name| folder.join(name));
    if std::env::var_os("BLESS").is_some() {
        fs::write(picture, page.screenshot_of(README_FIGURE)).expect("a picture");
        fs::write(text, said).expect("what it says");
        return;
    }
    assert!(picture.is_file(), "{} is not there", picture.display());
    assert_eq!(
        said,
        fs::read_to_string(text).unwrap_or_default(),
        "the diagram in the README is another today: BLESS=1 cargo test -p xtask pictures::"
    );
}
