//! Draws the arrows of a laid out step in SVG. The text of a row says what it points to, so an arrow adds
//! nothing that cannot be read. Pure.

use std::fmt::Write as _;

use super::picture::{ArrowEnd, Origin, Picture, ROW, Side};
use crate::model::{Key, Target};

/// Lengths in the drawings: a unit of height, the gap between the columns, the margin right of them.
const UNIT: u32 = 10;
const GUTTER: u32 = 50;
const MARGIN: u32 = 30;

/// The drawing between the columns, and the one right of them.
pub struct Arrows {
    pub gutter: String,
    pub margin: String,
}

/// Where an arrow's end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    side: Side,
    y: u32,
}

pub fn draw(picture: &Picture) -> Arrows {
    let mut gutter = String::new();
    let mut margin = String::new();
    for origin in &picture.origins {
        let from = End {
            side: origin.side,
            y: origin.y * UNIT,
        };
        match end(picture, origin) {
            Some((to, dangling)) => {
                let inside_memory = from.side == Side::Memory && to.side == Side::Memory;
                let (into, path) = if inside_memory {
                    (&mut margin, bow(0, from.y, to.y))
                } else {
                    (&mut gutter, across(from, to))
                };
                let class = if dangling { " class=\"bad\"" } else { "" };
                let _ = write!(into, "<g{class}><path d=\"{path}\"/>");
                let (x, towards) = match (inside_memory, to.side) {
                    (true, _) | (false, Side::Stack) => (0, 1),
                    (false, Side::Memory) => (GUTTER as i32, -1),
                };
                head(into, x, to.y as i32, towards);
                if dangling {
                    let (x, y) = middle(from, to, inside_memory);
                    cross(into, x, y);
                }
                into.push_str("</g>");
            }
            None if matches!(origin.target, Target::Gone(_) | Target::Freed(..)) => {
                // Nothing is left to point to.
                let (into, x, towards) = match from.side {
                    Side::Stack => (&mut gutter, 0, 1),
                    Side::Memory => (&mut margin, 0, 1),
                };
                let y = from.y as i32;
                let _ = write!(
                    into,
                    "<g class=\"bad\"><path d=\"M{x} {y}h{}\"/>",
                    towards * 16
                );
                cross(into, x + towards * 20, y);
                into.push_str("</g>");
            }
            None => {}
        }
    }
    Arrows {
        gutter: svg(&gutter, GUTTER, picture.height),
        margin: svg(&margin, MARGIN, picture.height),
    }
}

fn svg(body: &str, width: u32, height: u32) -> String {
    if body.is_empty() {
        return String::new();
    }
    // As wide as the page makes the column, and as high as the rows are.
    format!(
        "<svg aria-hidden=\"true\" viewBox=\"0 0 {width} {}\" preserveAspectRatio=\"none\" style=\"height:calc({height}*var(--u))\">{body}</svg>",
        height * UNIT
    )
}

/// The row that an arrow ends at, and whether what it points to is gone.
fn end(picture: &Picture, origin: &Origin) -> Option<(End, bool)> {
    let (key, offset, dangling) = match &origin.target {
        Target::Object(key, offset) => (key, *offset, false),
        Target::Freed(key, offset) => (key, *offset, true),
        _ => return None,
    };
    // Without a mark the arrow leads to all that is viewed: to a block's header, not to its first field.
    let width = origin.mark.map_or(origin.width, |_| 0);
    let place = best(&picture.places, key, offset, width)?;
    // Along the mark of what is viewed, where parts stand side by side.
    let half = ROW * UNIT / 2;
    let y = match (place.has_marks, origin.mark) {
        (true, Some(1)) => place.y * UNIT + half - 2,
        (true, Some(2)) => place.y * UNIT - half + 2,
        (true, Some(_)) => place.y * UNIT + half - 5,
        _ => place.y * UNIT,
    };
    let end = End {
        side: place.side,
        y,
    };
    Some((end, dangling))
}

/// The row that shows `width` bytes from an offset, or the byte there; of several the one that shows least beside it.
fn best<'p>(places: &'p [ArrowEnd], key: &Key, offset: u32, width: u32) -> Option<&'p ArrowEnd> {
    let holding = |place: &&ArrowEnd| {
        place.key == *key && place.from <= offset && (offset < place.to || place.from == offset)
    };
    let shows_all = |place: &&ArrowEnd| place.to >= offset.saturating_add(width);
    let whole = places.iter().filter(holding).filter(shows_all);
    if width > 0
        && let Some(place) = whole.min_by_key(|place| place.to - place.from)
    {
        return Some(place);
    }
    places
        .iter()
        .filter(holding)
        .min_by_key(|place| (place.to - place.from == 0, place.to - place.from))
        .or_else(|| places.iter().find(|place| place.key == *key))
}

/// A path between the columns, or from a row of the stack to another.
fn across(from: End, to: End) -> String {
    let width = GUTTER;
    match (from.side, to.side) {
        (Side::Stack, Side::Stack) => bow(0, from.y, to.y),
        (Side::Stack, Side::Memory) => format!(
            "M0 {}C{} {} {} {} {} {}",
            from.y,
            width / 2,
            from.y,
            width / 2,
            to.y,
            width - 6,
            to.y
        ),
        _ => format!(
            "M{width} {}C{} {} {} {} 6 {}",
            from.y,
            width / 2,
            from.y,
            width / 2,
            to.y,
            to.y
        ),
    }
}

/// How far an arrow that comes back reaches: one that leads up less far, so that two that lead to each other's
/// beginnings are told apart.
fn reach(from: u32, to: u32) -> u32 {
    let reach = 14 + from.abs_diff(to) / 12;
    if to < from {
        (reach - 4).min(22)
    } else {
        reach.min(34)
    }
}

/// The middle of an arrow's path.
fn middle(from: End, to: End, inside_memory: bool) -> (i32, i32) {
    let y = (from.y + to.y) / 2;
    let x = match inside_memory || from.side == to.side {
        // Of the curve that `bow` draws from 0 to 6.
        true => (6 + 6 * reach(from.y, to.y)) / 8,
        false => GUTTER / 2,
    };
    (x as i32, y as i32)
}

/// A path that leaves to the right and comes back.
fn bow(x: u32, from: u32, to: u32) -> String {
    let reach = x + reach(from, to);
    format!("M{x} {from}C{reach} {from} {reach} {to} {} {to}", x + 6)
}

fn head(out: &mut String, x: i32, y: i32, towards: i32) {
    let back = x + towards * 7;
    let _ = write!(
        out,
        "<path class=\"p\" d=\"M{x} {y}L{back} {}V{}z\"/>",
        y - 4,
        y + 4
    );
}

fn cross(out: &mut String, x: i32, y: i32) {
    let _ = write!(
        out,
        "<path class=\"c\" d=\"M{} {}l8 8m0-8l-8 8\"/>",
        x - 4,
        y - 4
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two blocks of two fields each, a header above them, each with a pointer to the other in its first field.
    fn two_blocks(dangling: bool) -> Picture {
        let mut picture = Picture {
            height: 12,
            ..Picture::default()
        };
        for (id, top) in [(0_u32, 1_u32), (1, 7)] {
            for (from, to, y) in [(0, 8, top), (0, 4, top + 2), (4, 8, top + 4)] {
                picture.places.push(ArrowEnd {
                    key: Key::Block(id),
                    from,
                    to,
                    side: Side::Memory,
                    y,
                    has_marks: false,
                });
            }
            let other = Key::Block(1 - id);
            picture.origins.push(Origin {
                side: Side::Memory,
                y: top + 2,
                target: match dangling {
                    true => Target::Freed(other, 0),
                    false => Target::Object(other, 0),
                },
                width: 8,
                mark: None,
            });
        }
        picture
    }

    #[test]
    fn arrows_between_two_blocks_end_at_their_headers_and_do_not_coincide() {
        let margin = draw(&two_blocks(false)).margin;
        // From the first field of A to the header of B, and back from the first field of B to the header of A.
        assert!(margin.contains("M0 30C17 30 17 70 6 70"), "{margin}");
        assert!(margin.contains("M0 90C16 90 16 10 6 10"), "{margin}");
    }

    #[test]
    fn an_arrow_to_what_is_gone_is_crossed_in_its_middle() {
        let margin = draw(&two_blocks(true)).margin;
        // The middle of the first is at a height of 50.
        assert!(
            margin.contains("class=\"c\" d=\"M9 46l8 8m0-8l-8 8\""),
            "{margin}"
        );
    }

    #[test]
    fn an_arrow_to_a_part_ends_at_its_row() {
        let mut picture = two_blocks(false);
        picture.origins[0].target = Target::Object(Key::Block(1), 4);
        picture.origins[0].width = 4;
        let margin = draw(&picture).margin;
        assert!(margin.contains("110 6 110"), "{margin}");
    }
}
