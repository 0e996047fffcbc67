//! A page of the site as a page of an EPUB: XHTML without scripts, buttons and forms. Pure.
//!
//! What cannot be answered on paper is left out or said otherwise: all languages of a figure stand one after the
//! other, line numbers are text, and the answers of a quiz go to the end of the page, with links there and back.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};

use crate::preprocess::links::decode;
use book_support::html::{escape, url_path};

/// What a page has to know besides itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a> {
    /// Relative to the site's root: `lessons/03_allocator.html`.
    pub path: &'a str,
    pub title: &'a str,
    /// A tag such as `en`.
    pub language: &'a str,
    /// The pages of the EPUB by their paths on the site, each with its anchors.
    pub anchors: &'a BTreeMap<String, BTreeSet<String>>,
}

/// A page of the EPUB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EpubPage {
    pub xhtml: String,
    /// Whether there is an SVG in it, which the package has to say.
    pub has_drawing: bool,
    /// The pictures it shows, relative to the site's root.
    pub pictures: BTreeSet<String>,
    /// The ids in it.
    pub anchors: BTreeSet<String>,
}

/// Elements that have no content and no end.
const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];
/// Elements that only a browser can do something with.
const LEFT_OUT: [&str; 7] = [
    "button", "input", "link", "meta", "script", "style", "template",
];
/// The same, known by a class.
const CLASSES_LEFT_OUT: [&str; 15] = [
    "copy",
    "edit",
    "late",
    "listing-tabs",
    // The same stands in words beside it.
    "mermaid",
    "quiz-buttons",
    "quiz-typed",
    "spot",
    "spot-head",
    "spot-when",
    "trace-ask",
    "trace-bar",
    "trace-life",
    "variant-acts",
    "views",
];
/// The attributes that say something in a book.
const ATTRIBUTES: [&str; 20] = [
    "alt",
    "aria-hidden",
    "aria-label",
    "class",
    "colspan",
    "data-l",
    "data-s",
    "dir",
    "height",
    "id",
    "lang",
    "reversed",
    "rowspan",
    "scope",
    "src",
    "start",
    "style",
    "title",
    "value",
    "width",
];

/// Whether a page of the site says anything without a browser. The review does not: what a reader missed is in
/// the browser's memory.
pub(super) fn stands_alone(html: &str) -> bool {
    !html.contains("data-pool=\"review\"")
}

/// The path in the EPUB of a page of the site, or of a picture. Not every reader finds a file whose name an address writes
/// otherwise: such characters are written as their numbers.
pub(super) fn renamed(path: &str) -> String {
    let path = match path.strip_suffix(".html") {
        Some(stem) => format!("{stem}.xhtml"),
        None => path.to_string(),
    };
    url_path(&path).replace('%', "_")
}

/// The page whose HTML on the site is `html`.
pub(super) fn page(html: &str, around: &Surroundings) -> EpubPage {
    let document = Html::parse_document(html);
    let main = Selector::parse("main").expect("a selector");
    let mut writer = XhtmlWriter {
        around,
        page: EpubPage::default(),
        out: String::new(),
        answers: Vec::new(),
        questions: 0,
        line: 0,
        digits: 2,
    };
    if let Some(main) = document.select(&main).next() {
        writer.children(*main);
    }
    writer.put_answers();
    let XhtmlWriter { mut page, out, .. } = writer;
    let up = "../".repeat(around.path.matches('/').count());
    let language = escape(around.language);
    page.xhtml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{language}\" xml:lang=\"{language}\">\n\
         <head><title>{}</title><link rel=\"stylesheet\" type=\"text/css\" href=\"{up}book.css\"/></head>\n\
         <body>\n{}\n</body>\n</html>\n",
        escape(around.title),
        out.trim()
    );
    page
}

struct XhtmlWriter<'a> {
    around: &'a Surroundings<'a>,
    page: EpubPage,
    out: String,
    /// The answers of the page's questions, as XHTML.
    answers: Vec<String>,
    questions: usize,
    /// The number of the last line of code.
    line: usize,
    /// The columns that the numbers of this code take.
    digits: usize,
}

impl XhtmlWriter<'_> {
    fn children(&mut self, node: NodeRef<Node>) {
        for child in node.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Element(element) => self.element(child, element),
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        // Some control characters cannot be written in XML at all.
        let is_fine = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        let text: String = text.chars().filter(is_fine).collect();
        self.out.push_str(&escape(&text));
    }

    fn element(&mut self, node: NodeRef<Node>, element: &Element) {
        if is_left_out(element)
            || introduces_nothing(node, element)
            || printed_nothing(node, element)
        {
            return;
        }
        let has = |class: &str| element.classes().any(|known| known == class);
        match element.name() {
            "form" => self.question(node, element),
            "fieldset" => self.wrap("div", "", node),
            "legend" => self.wrap("div", " class=\"quiz-prompt\"", node),
            "label" => self.children(node),
            "details" if has("quiz-answer") => self.answer(node),
            "details" if has("variant") => self.variant(node, element),
            // What a prediction folds stands after the question.
            "details" if is_folded(node) => self.unfolded(node, element),
            // A summary has nothing to fold here.
            "summary" if node.parent().is_none_or(|parent| !is(parent, "details")) => {
                self.children(node);
            }
            "a" if has("header") || has("listing-number") => {
                self.wrap("span", &class(element), node)
            }
            "a" => self.link(node, element),
            "pre" if has("code") => {
                self.line = 0;
                self.usual("pre", node, element);
            }
            "code" => {
                let digits = element
                    .classes()
                    .find_map(|class| class.strip_prefix("digits-"));
                self.digits = digits.and_then(|digits| digits.parse().ok()).unwrap_or(2);
                self.usual("code", node, element);
            }
            "span" | "ins" | "del" if has("line") => self.code_line(node, element),
            name => self.usual(name, node, element),
        }
    }

    fn wrap(&mut self, name: &str, attributes: &str, node: NodeRef<Node>) {
        let _ = write!(self.out, "<{name}{attributes}>");
        self.children(node);
        let _ = write!(self.out, "</{name}>");
    }

    /// An element as it is, with the attributes that say something.
    fn usual(&mut self, name: &str, node: NodeRef<Node>, element: &Element) {
        let namespace: &str = &element.name.ns;
        let is_drawing = namespace.ends_with("/svg");
        let _ = write!(self.out, "<{name}");
        if name == "svg" {
            self.page.has_drawing = true;
            let _ = write!(self.out, " xmlns=\"{namespace}\"");
        }
        for (key, value) in element.attrs() {
            let value = match key {
                "id" => match self.anchor(value) {
                    Some(id) => id,
                    None => continue,
                },
                "src" => self.picture(value),
                _ if is_drawing && !key.starts_with("on") => value.to_string(),
                _ if ATTRIBUTES.contains(&key) => value.to_string(),
                _ => continue,
            };
            let _ = write!(self.out, " {key}=\"{}\"", escape(&value));
        }
        if VOID.contains(&name) {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        self.children(node);
        let _ = write!(self.out, "</{name}>");
    }

    /// An id as XML wants it; nothing when it was given before.
    fn anchor(&mut self, id: &str) -> Option<String> {
        let id = xml_id(id);
        self.page.anchors.insert(id.clone()).then_some(id)
    }

    fn picture(&mut self, source: &str) -> String {
        if !source.contains(':') {
            let path = resolve(self.around.path, &decode(source));
            self.page.pictures.insert(path);
            return renamed(&decode(source));
        }
        source.to_string()
    }

    /// A link; its text alone where it leads to nothing in the EPUB.
    fn link(&mut self, node: NodeRef<Node>, element: &Element) {
        match element.attr("href").and_then(|href| self.address(href)) {
            Some(address) => {
                let mut attributes = class(element);
                if let Some(id) = element.attr("id").and_then(|id| self.anchor(id)) {
                    let _ = write!(attributes, " id=\"{}\"", escape(&id));
                }
                let _ = write!(attributes, " href=\"{}\"", escape(&address));
                self.wrap("a", &attributes, node);
            }
            None => self.usual("span", node, element),
        }
    }

    fn address(&self, href: &str) -> Option<String> {
        let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
        if path.contains(':') {
            return Some(href.to_string());
        }
        let target = if path.is_empty() {
            self.around.path.to_string()
        } else {
            resolve(self.around.path, &decode(path))
        };
        let known = self.around.anchors.get(&target)?;
        let anchor = xml_id(&decode(anchor));
        // In the first reading nothing is known of any page.
        let anchor = known.contains(&anchor).then(|| format!("#{anchor}"));
        match (path.is_empty(), anchor) {
            (true, anchor) => anchor,
            (false, anchor) => Some(renamed(&decode(path)) + &anchor.unwrap_or_default()),
        }
    }

    /// A line of code with its number.
    fn code_line(&mut self, node: NodeRef<Node>, element: &Element) {
        let jump = element
            .attr("style")
            .and_then(|style| style.trim_end_matches(';').rsplit(' ').next()?.parse().ok());
        let width = self.digits;
        if element.name() == "del" {
            let _ = write!(self.out, "<span class=\"number\">{:>width$} </span>", "−");
        } else {
            self.line = jump.unwrap_or(self.line) + 1;
            let sign = if element.name() == "ins" { "+" } else { " " };
            let _ = write!(
                self.out,
                "<span class=\"number\">{:>width$}{sign}</span>",
                self.line
            );
        }
        match element.name() {
            "span" => self.children(node),
            name => self.wrap(name, "", node),
        }
    }

    /// A variant: what it asks, what is changed, what happens. There is nothing to choose.
    fn variant(&mut self, node: NodeRef<Node>, element: &Element) {
        let id = element.attr("id").and_then(|id| self.anchor(id));
        let id = id.map_or(String::new(), |id| format!(" id=\"{}\"", escape(&id)));
        let _ = write!(self.out, "<div{}{id}>", class(element));
        for child in node.children() {
            match child.value() {
                Node::Element(element) if element.name() == "summary" => {
                    self.wrap("p", " class=\"variant-question\"", child);
                }
                Node::Element(element) if element.name() != "form" => self.element(child, element),
                _ => {}
            }
        }
        self.out.push_str("</div>");
    }

    /// A question without its form, and where its answer is.
    fn question(&mut self, node: NodeRef<Node>, element: &Element) {
        let Some(id) = element.attr("data-question") else {
            return self.wrap("div", &class(element), node);
        };
        self.questions += 1;
        let number = self.questions;
        let place = xml_id(&format!("quiz-{id}"));
        self.page.anchors.insert(place.clone());
        let _ = write!(
            self.out,
            "<div class=\"quiz-question\" id=\"{place}\"><p class=\"quiz-number\">Question {number} \
             <a href=\"#{}\">answer</a></p>",
            answer_id(number)
        );
        self.children(node);
        self.out.push_str("</div>");
        if let Some(answer) = self.answers.last_mut() {
            answer.insert_str(
                0,
                &format!(
                    "<div class=\"quiz-answer\" id=\"{}\"><h3><a href=\"#{place}\">Question {number}</a></h3>",
                    answer_id(number)
                ),
            );
        }
    }

    fn answer(&mut self, node: NodeRef<Node>) {
        let page = std::mem::take(&mut self.out);
        for child in node.children().filter(|child| !is(*child, "summary")) {
            if let Node::Element(element) = child.value() {
                self.element(child, element);
            }
        }
        self.out.push_str("</div>");
        self.answers.push(std::mem::replace(&mut self.out, page));
    }

    fn unfolded(&mut self, node: NodeRef<Node>, element: &Element) {
        let _ = write!(self.out, "<div{}>", class(element));
        for child in node.children().filter(|child| !is(*child, "summary")) {
            match child.value() {
                Node::Element(element) => self.element(child, element),
                Node::Text(text) => self.text(text),
                _ => {}
            }
        }
        self.out.push_str("</div>");
    }

    fn put_answers(&mut self) {
        if !self.answers.is_empty() {
            let answers = self.answers.concat();
            let _ = write!(
                self.out,
                "\n<section class=\"answers\"><h2>Answers</h2>{answers}</section>"
            );
        }
    }
}

/// Whether an element, or one around it, waits for the answer of a prediction.
fn is_folded(node: NodeRef<Node>) -> bool {
    std::iter::once(node)
        .chain(node.ancestors())
        .filter_map(|node| node.value().as_element())
        .any(|element| element.attr("data-fold").is_some())
}

fn answer_id(number: usize) -> String {
    format!("answer-{number}")
}

/// Whether an element is the output of a diagram's step, and there is none yet.
fn printed_nothing(node: NodeRef<Node>, element: &Element) -> bool {
    let mut inside = node.descendants().filter(|inner| is(*inner, "samp"));
    element.classes().any(|class| class == "trace-out")
        && inside.all(|samp| samp.first_child().is_none())
}

/// Whether an element is for a browser alone.
fn is_left_out(element: &Element) -> bool {
    LEFT_OUT.contains(&element.name())
        || element
            .classes()
            .any(|class| CLASSES_LEFT_OUT.contains(&class))
        || element.attr("hidden").is_some()
        || is_progress(element)
}

/// What a reader did is known to the browser alone.
fn is_progress(element: &Element) -> bool {
    element.attr("data-progress").is_some() || element.attr("data-exercise").is_some()
}

/// Whether it is a heading of something that is left out.
fn introduces_nothing(node: NodeRef<Node>, element: &Element) -> bool {
    matches!(element.name(), "h1" | "h2" | "h3" | "h4")
        && node
            .next_siblings()
            .find_map(|sibling| sibling.value().as_element())
            .is_some_and(is_progress)
}

fn is(node: NodeRef<Node>, name: &str) -> bool {
    ElementRef::wrap(node).is_some_and(|element| element.value().name() == name)
}

fn class(element: &Element) -> String {
    match element.attr("class") {
        Some(class) => format!(" class=\"{}\"", escape(class)),
        None => String::new(),
    }
}

/// An id that XML allows: it begins with a letter.
fn xml_id(id: &str) -> String {
    if id.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        id.to_string()
    } else {
        format!("id-{id}")
    }
}

/// The path that `link` on the page `from` leads to, relative to the site's root.
fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is in the body of the page `lessons/a.html`, beside `lessons/b.html` with the anchor `there`.
    fn body(html: &str) -> String {
        let anchors = BTreeMap::from([
            (
                "lessons/a.html".to_string(),
                BTreeSet::from(["here".to_string()]),
            ),
            (
                "lessons/b.html".to_string(),
                BTreeSet::from(["there".to_string()]),
            ),
        ]);
        let around = Surroundings {
            path: "lessons/a.html",
            title: "A",
            language: "en",
            anchors: &anchors,
        };
        let page = page(&format!("<body><nav>x</nav><main>{html}</main>"), &around);
        let (_, body) = page.xhtml.split_once("<body>\n").unwrap();
        body.split_once("\n</body>").unwrap().0.to_string()
    }

    #[test]
    fn html_becomes_xml_and_what_needs_a_browser_is_gone() {
        assert_eq!(
            body(
                "<p>a<br>b &amp; c</p><button>x</button><script>1</script><p hidden>x<p tabindex=0 id=1-a>\u{1b}d</p>"
            ),
            "<p>a<br/>b &amp; c</p><p id=\"id-1-a\">d</p>"
        );
        assert_eq!(
            body("<h2 id=p>Progress</h2>\n<div data-progress>x</div><h2 id=q>Q</h2>"),
            "<h2 id=\"q\">Q</h2>"
        );
        assert_eq!(
            body("<pre class=mermaid>flowchart TD</pre><p>In words.</p>"),
            "<p>In words.</p>"
        );
        assert_eq!(
            body("<svg viewBox=\"0 0 1 1\" onload=\"x()\"><path d=\"M1\"/></svg>"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M1\"></path></svg>"
        );
    }

    #[test]
    fn links_lead_to_what_is_in_the_epub() {
        assert_eq!(
            body(
                "<a href=b.html#there>1</a><a href=../lessons/b.html#gone>2</a><a href=../review.html>3</a>"
            ),
            "<a href=\"b.xhtml#there\">1</a><a href=\"../lessons/b.xhtml\">2</a><span>3</span>"
        );
        assert_eq!(
            body("<a href=#here>1</a><a href=#gone>2</a><a href=https://ziglang.org/#x>3</a>"),
            "<a href=\"#here\">1</a><span>2</span><a href=\"https://ziglang.org/#x\">3</a>"
        );
    }

    #[test]
    fn code_has_its_numbers_as_text() {
        assert_eq!(
            body(
                "<pre class=code><code class=digits-2><span class=line>a</span>\n<span class=line style=\"counter-set:line 8\">b</span>\n<span class=line>c</span></code></pre>"
            ),
            "<pre class=\"code\"><code class=\"digits-2\">\
             <span class=\"number\"> 1 </span>a\n<span class=\"number\"> 9 </span>b\n<span class=\"number\">10 </span>c</code></pre>"
        );
    }

    #[test]
    fn a_prediction_is_followed_by_all_that_it_folds() {
        assert_eq!(
            body(
                "<form class=predict data-predict=p id=predict-p><fieldset><legend>Why?</legend><ul class=quiz-options>\
                  <li><label><input type=radio> <span>A</span></label></li></ul></fieldset></form>\
                  <figure class=listing data-fold=p><div class=views><button>Code</button></div>\
                  <details class=listing-output><summary>Show</summary><pre>3</pre></details></figure>\
                  <details class=reveal data-fold=p><summary>Show me</summary><p>So.</p></details><details><summary>s</summary>t</details>"
            ),
            "<div class=\"predict\"><div><div class=\"quiz-prompt\">Why?</div><ul class=\"quiz-options\"><li> <span>A</span></li></ul></div></div>\
             <figure class=\"listing\"><div class=\"listing-output\"><pre>3</pre></div></figure>\
             <div class=\"reveal\"><p>So.</p></div><details><summary>s</summary>t</details>"
        );
    }

    #[test]
    fn answers_stand_at_the_end_with_links_there_and_back() {
        assert_eq!(
            body(
                "<section class=quiz><form class=quiz-question data-question=q id=quiz-q><fieldset><legend>Why?</legend>\
                  <ul><li><label><input type=radio> <b>A</b></label></li></ul></fieldset>\
                  <details class=quiz-answer><summary>Answer</summary><ul><li>So.</li></ul></details></form></section><p>text</p>"
            ),
            "<section class=\"quiz\"><div class=\"quiz-question\" id=\"quiz-q\"><p class=\"quiz-number\">Question 1 \
             <a href=\"#answer-1\">answer</a></p><div><div class=\"quiz-prompt\">Why?</div><ul><li> <b>A</b></li></ul></div></div>\
             </section><p>text</p>\n<section class=\"answers\"><h2>Answers</h2><div class=\"quiz-answer\" id=\"answer-1\">\
             <h3><a href=\"#quiz-q\">Question 1</a></h3><ul><li>So.</li></ul></div></section>"
        );
    }
}
