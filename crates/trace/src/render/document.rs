//! A page of its own for one diagram, with everything in it. Pure.

use std::fmt::Write as _;

use anyhow::bail;

use super::escape;
use book_support::modules::{ScriptForm, join};

/// A page of its own, with everything in it: for a listing that no chapter shows, for a test that fails.
pub fn standalone(figure: &str, data: &str, title: &str) -> String {
    const GENERAL: &str = include_str!("../../../../theme/css/general.css");
    const STYLE: &str = include_str!("../../../../theme/trace.css");
    let data = format!("data:text/javascript;charset=utf-8,{}", percent(data));
    let figure = figure.replacen("data-src=\"\"", &format!("data-src=\"{data}\""), 1);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>\n{GENERAL}\n{STYLE}\n:root {{ --sidebar: 0rem; }}\nbody {{ padding: 1rem; }}\n</style>\n\
         <script>document.documentElement.classList.add('js');</script>\n</head>\n\
         <body>\n<main>\n{figure}\n</main>\n<script>\n{}</script>\n</body>\n</html>\n",
        escape(title),
        script()
    )
}

/// What steps through a diagram.
fn script() -> String {
    join("trace.js", ScriptForm::Script, &|name| match name {
        "trace.js" => Ok(include_str!("../../../../theme/js/trace.js").to_string()),
        "dom.js" => Ok(include_str!("../../../../theme/js/dom.js").to_string()),
        _ => bail!("trace.js imports {name}: to be named here"),
    })
    .expect("the modules can be joined")
}

/// Text in an address.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
