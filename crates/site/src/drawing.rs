//! The book's own drawing, blocks in memory: on the browser's tab (`theme/favicon.svg`), on a reader's home screen, on the cover of
//! the EPUB. Pure.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

/// What is behind the blocks, and the blocks: red, green and blue.
const GROUND: [u8; 3] = [0x7a, 0x4a, 0x12];
const BLOCK: [u8; 3] = [0xfc, 0xfb, 0xf8];
/// The drawing's side, in units.
const SIDE: u32 = 32;
/// Left, top, width and height of each block, in units.
const BLOCKS: [[u32; 4]; 4] = [[7, 7, 8, 5], [7, 14, 8, 5], [7, 21, 8, 4], [18, 10, 7, 8]];

/// A color as CSS has it.
fn css([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The color of the ground, for whoever shows the drawing.
pub(crate) fn ground() -> String {
    css(GROUND)
}

/// The paths of the blocks in SVG.
fn blocks() -> String {
    let mut path = String::new();
    for [x, y, width, height] in BLOCKS {
        let _ = write!(path, "M{x} {y}h{width}v{height}H{x}z");
    }
    path
}

/// The cover of a book, with its title and its author: a drawing in SVG, 600 by 800.
pub(crate) fn cover(title: &str, author: &str) -> String {
    let escape = book_support::html::escape;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 800\" width=\"100%\" height=\"100%\">\
         <rect width=\"600\" height=\"800\" fill=\"{}\"/>\
         <path transform=\"translate(140 60) scale(10)\" fill=\"{block}\" d=\"{}\"/>\
         <g fill=\"{block}\" font-family=\"serif\" text-anchor=\"middle\">",
        css(GROUND),
        blocks(),
        block = css(BLOCK),
    );
    let lines = lines(title, 20);
    let mut y = 470;
    for line in &lines {
        let _ = write!(
            svg,
            "<text x=\"300\" y=\"{y}\" font-size=\"48\">{}</text>",
            escape(line)
        );
        y += 60;
    }
    let _ = write!(
        svg,
        "<text x=\"300\" y=\"760\" font-size=\"24\">{}</text></g></svg>",
        escape(author)
    );
    svg
}

/// The words in lines of about so many characters.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// The drawing as a PNG of this size, in pixels, up to its edges: whoever shows it may round them. It is as large as the smaller
/// side, and in the middle.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let side = width.min(height);
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    let at = |pixel: u32, begin: u32| Some(pixel.checked_sub(begin)? * SIDE / side);
    let is_block = |x: u32, y: u32| {
        let (Some(x), Some(y)) = (at(x, left), at(y, top)) else {
            return false;
        };
        BLOCKS.iter().any(|[from, above, wide, high]| {
            (*from..from + wide).contains(&x) && (*above..above + high).contains(&y)
        })
    };
    let mut rows = Vec::new();
    for y in 0..height {
        // No filter; then a bit for each pixel.
        rows.push(0);
        for x in (0..width).step_by(8) {
            let bits = (x..(x + 8).min(width)).filter(|x| is_block(*x, y));
            rows.push(bits.fold(0, |byte, pixel| byte | 0x80 >> (pixel - x)));
        }
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // One bit a pixel, a palette, and the only methods that there are.
    head.extend([1, 3, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &head);
    chunk(&mut png, b"PLTE", &[GROUND, BLOCK].concat());
    chunk(&mut png, b"IDAT", &deflated(&rows));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("memory takes what is written")
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    let length = u32::try_from(content.len()).expect("a small picture");
    png.extend(length.to_be_bytes());
    let mut sum = Crc::new();
    for part in [kind.as_slice(), content] {
        png.extend(part);
        sum.update(part);
    }
    png.extend(sum.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_the_browser_shows_on_its_tab() {
        let tab = include_str!("../../../theme/favicon.svg");
        assert!(tab.contains(&format!("viewBox=\"0 0 {SIDE} {SIDE}\"")));
        assert!(tab.contains(&format!("fill=\"{}\"", css(GROUND))));
        assert!(tab.contains(&format!("fill=\"{}\" d=\"{}\"", css(BLOCK), blocks())));
    }

    #[test]
    fn a_title_is_broken_into_lines_at_its_words() {
        assert_eq!(
            lines("Memory Management: from A to B", 18),
            ["Memory Management:", "from A to B"]
        );
        let svg = cover("A & B", "C");
        assert!(
            svg.contains(">A &amp; B</text>") && svg.contains(">C</text>"),
            "{svg}"
        );
    }

    #[test]
    fn a_picture_has_the_pixels_of_the_drawing() {
        let png = png(64, 80);
        assert_eq!(&png[16..24], [0, 0, 0, 64, 0, 0, 0, 80]);
        let data = png.windows(4).position(|name| name == b"IDAT").unwrap();
        let mut rows = Vec::new();
        std::io::Read::read_to_end(
            &mut flate2::read::ZlibDecoder::new(&png[data + 4..]),
            &mut rows,
        )
        .unwrap();
        assert_eq!(rows.len(), 80 * (1 + 64 / 8));
        let pixel = |x: usize, y: usize| rows[y * 9 + 1 + x / 8] >> (7 - x % 8) & 1;
        // The first block begins at 7, 7, which is twice as far here, and 8 further down.
        assert_eq!(
            [
                pixel(13, 22),
                pixel(14, 22),
                pixel(14, 21),
                pixel(29, 31),
                pixel(30, 31)
            ],
            [0, 1, 0, 1, 0]
        );
    }
}
