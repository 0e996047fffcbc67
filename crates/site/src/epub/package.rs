//! The files of an EPUB that say what is in it and in which order. Pure.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::page::{EpubPage, renamed};
use super::{Chapter, Outline};
use crate::drawing;
use book_support::html::escape;

pub(super) const MIMETYPE: &[u8] = b"application/epub+zip";

pub(super) const CONTAINER: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// What the book offers to those who do not see it, in the words of schema.org.
const ACCESSIBILITY: [(&str, &str); 9] = [
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
    (
        "accessibilitySummary",
        "Code, output and memory diagrams are text; every diagram's step is said in a sentence.",
    ),
];

/// The package: metadata, every file with its kind, and the order of the pages.
pub(super) fn manifest(
    outline: &Outline,
    pages: &[(String, EpubPage)],
    pictures: &BTreeSet<&str>,
) -> String {
    let language = escape(&outline.language);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{language}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">{}</dc:identifier>\n\
         <dc:title>{}</dc:title>\n\
         <dc:language>{language}</dc:language>\n",
        identifier(outline),
        escape(&outline.title),
    );
    if !outline.description.is_empty() {
        let _ = writeln!(
            xml,
            "<dc:description>{}</dc:description>",
            escape(&outline.description)
        );
    }
    for author in &outline.authors {
        let _ = writeln!(xml, "<dc:creator>{}</dc:creator>", escape(author));
    }
    let _ = writeln!(
        xml,
        "<meta property=\"dcterms:modified\">{}</meta>",
        escape(&outline.modified)
    );
    for (property, value) in ACCESSIBILITY {
        let _ = writeln!(xml, "<meta property=\"schema:{property}\">{value}</meta>");
    }
    // How readers before EPUB 3 find the cover.
    xml.push_str("<meta name=\"cover\" content=\"cover-image\"/>\n");
    xml.push_str(
        "</metadata>\n<manifest>\n\
         <item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"ncx\" href=\"contents.ncx\" media-type=\"application/x-dtbncx+xml\"/>\n\
         <item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\" properties=\"svg\"/>\n\
         <item id=\"cover-image\" href=\"cover.png\" media-type=\"image/png\" properties=\"cover-image\"/>\n\
         <item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n",
    );
    for (index, (path, page)) in pages.iter().enumerate() {
        let drawings = if page.has_drawing {
            " properties=\"svg\""
        } else {
            ""
        };
        let _ = writeln!(
            xml,
            "<item id=\"page-{index}\" href=\"{}\" media-type=\"application/xhtml+xml\"{drawings}/>",
            renamed(path)
        );
    }
    for (index, path) in pictures.iter().enumerate() {
        let _ = writeln!(
            xml,
            "<item id=\"picture-{index}\" href=\"{}\" media-type=\"{}\"/>",
            renamed(path),
            picture_type(path)
        );
    }
    xml.push_str("</manifest>\n<spine toc=\"ncx\">\n<itemref idref=\"cover\"/>\n");
    for index in 0..pages.len() {
        let _ = writeln!(xml, "<itemref idref=\"page-{index}\"/>");
    }
    xml.push_str("</spine>\n</package>\n");
    xml
}

/// The same for every edition of the book, so that a reader's device replaces the old one.
fn identifier(outline: &Outline) -> String {
    let hash = blake3::hash(format!("{}\n{}", outline.title, outline.language).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    // A UUID of one's own making: version 8.
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

fn picture_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "svg" => "image/svg+xml",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        _ => "image/png",
    }
}

/// The table of contents, which is a page too.
pub(super) fn contents(outline: &Outline) -> String {
    let language = escape(&outline.language);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" xml:lang=\"{language}\">\n\
         <head><title>{}</title><link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\"/></head>\n\
         <body><nav epub:type=\"toc\"><h1>Contents</h1>\n<ol>\n",
        escape(&outline.title)
    );
    for part in &outline.parts {
        match &part.title {
            Some(title) => {
                let _ = writeln!(xml, "<li><span>{}</span>\n<ol>", escape(title));
                part.chapters
                    .iter()
                    .for_each(|chapter| entry(&mut xml, chapter));
                xml.push_str("</ol></li>\n");
            }
            None => part
                .chapters
                .iter()
                .for_each(|chapter| entry(&mut xml, chapter)),
        }
    }
    xml.push_str("</ol></nav></body>\n</html>\n");
    xml
}

fn entry(xml: &mut String, chapter: &Chapter) {
    let _ = writeln!(
        xml,
        "<li><a href=\"{}\">{}</a></li>",
        renamed(&chapter.path),
        escape(&chapter.title)
    );
}

/// The table of contents for readers before EPUB 3.
pub(super) fn old_contents(outline: &Outline) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{}\">\n\
         <head><meta name=\"dtb:uid\" content=\"{}\"/></head>\n<docTitle><text>{}</text></docTitle>\n<navMap>\n",
        escape(&outline.language),
        identifier(outline),
        escape(&outline.title)
    );
    for (index, chapter) in outline.chapters().enumerate() {
        let _ = writeln!(
            xml,
            "<navPoint id=\"point-{index}\" playOrder=\"{}\"><navLabel><text>{}</text></navLabel><content src=\"{}\"/></navPoint>",
            index + 1,
            escape(&chapter.title),
            renamed(&chapter.path)
        );
    }
    xml.push_str("</navMap>\n</ncx>\n");
    xml
}

/// The first page: the cover with its words.
pub(super) fn cover(outline: &Outline) -> String {
    let language = escape(&outline.language);
    let title = escape(&outline.title);
    let author = outline.authors.join(", ");
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{language}\" xml:lang=\"{language}\">\n\
         <head><title>{title}</title><style>body {{ margin: 0; text-align: center; }} svg {{ max-height: 100vh; }}</style></head>\n\
         <body>{}</body>\n</html>\n",
        drawing::cover(&outline.title, &author)
    )
}
