//! Draws the arrows of a laid out step in SVG. The text of a row says what it points to, so an arrow adds
//! nothing that cannot be read. Pure.

use std::fmt::Write as _;

use super::picture::{ArrowEnd, ArrowOrigin, Picture, ROW_HEIGHT, Side};
use crate::model::{ObjectKey, Target};

/// Lengths in the drawings: a unit of height, the gap between the columns, the margin right of them.
const UNIT: u32 = 10;
const GUTTER: u32 = 50;
const MARGIN: u32 = 30;
/// Between two lines that would otherwise be one.
const SHIFT: u32 = 4;

/// The drawing between the columns, and the one right of them.
pub struct Arrows {
    /// SVG, as high as the picture: arrows with an end on the stack.
    pub gutter: String,
    /// SVG, as high as the picture: arrows that stay in memory.
    pub margin: String,
}

/// Where an arrow's end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ArrowTip {
    side: Side,
    y: u32,
}

/// Draws the arrow of every origin whose target is on the picture, and a stump for each whose target is gone.
pub fn draw(picture: &Picture) -> Arrows {
    let mut gutter = Vec::new();
    let mut margin = Vec::new();
    for origin in &picture.origins {
        let from = ArrowTip {
            side: origin.side,
            y: origin.y * UNIT,
        };
        let found = end(picture, origin);
        let is_gone = matches!(origin.target, Target::Gone(_) | Target::Freed(..));
        if found.is_none() && !is_gone {
            continue;
        }
        let arrow = Arrow {
            from,
            to: found.map(|(to, _)| to),
            is_dangling: found.is_none_or(|(_, dangling)| dangling),
            lane: 0,
            shift: 0,
        };
        match arrow.is_inside_memory() {
            true => margin.push(arrow),
            false => gutter.push(arrow),
        }
    }
    Arrows {
        gutter: svg(&column(gutter, 7, 43), GUTTER, picture.height),
        margin: svg(&column(margin, 8, 28), MARGIN, picture.height),
    }
}

/// An arrow of one of the two drawings.
struct Arrow {
    from: ArrowTip,
    /// Nothing where nothing is left to point to.
    to: Option<ArrowTip>,
    is_dangling: bool,
    /// Which of the ways up and down it takes, from the left.
    lane: usize,
    /// How far below the middle of its row it ends, so that it does not run into one that begins at that height.
    shift: u32,
}

impl Arrow {
    fn is_inside_memory(&self) -> bool {
        self.from.side == Side::Memory && self.to.is_none_or(|to| to.side == Side::Memory)
    }

    /// The heights between which it goes up or down.
    fn heights(&self) -> (u32, u32) {
        let to = self.to.map_or(self.from.y, |to| to.y);
        (self.from.y.min(to), self.from.y.max(to))
    }
}

/// The arrows of one drawing, each with a way up and down of its own between two distances from the left.
fn column(mut arrows: Vec<Arrow>, left: u32, right: u32) -> String {
    // Those that lead down leave the further to the right the higher they begin, those that lead up the other way
    // round: so they cross each other least.
    arrows.sort_by_key(|arrow| {
        let (from, to) = (arrow.from.y, arrow.to.map_or(arrow.from.y, |to| to.y));
        match to > from {
            true => (1, u32::MAX - from),
            false => (0, from),
        }
    });
    let mut lanes: Vec<Vec<(u32, u32)>> = Vec::new();
    for arrow in arrows.iter_mut().filter(|arrow| arrow.to.is_some()) {
        let (top, bottom) = arrow.heights();
        let is_free = |lane: &Vec<(u32, u32)>| {
            let mut taken = lane.iter();
            taken.all(|&(from, to)| bottom + UNIT / 2 < from || to + UNIT / 2 < top)
        };
        let lane = lanes.iter().position(is_free).unwrap_or_else(|| {
            lanes.push(Vec::new());
            lanes.len() - 1
        });
        lanes[lane].push((top, bottom));
        arrow.lane = lane;
    }
    // Where one ends at the height at which another begins, and that goes further to the right, their lines would be one.
    let begins: Vec<(u32, usize)> = arrows.iter().map(|one| (one.from.y, one.lane)).collect();
    for arrow in arrows.iter_mut() {
        let Some(to) = arrow.to.filter(|to| to.y != arrow.from.y) else {
            continue;
        };
        let (lane, is_inside) = (arrow.lane, arrow.is_inside_memory());
        let meets =
            |&(y, other): &(u32, usize)| y.abs_diff(to.y) < SHIFT && (is_inside || other > lane);
        if begins.iter().any(meets) {
            arrow.shift = SHIFT;
        }
    }
    let count = lanes.len() as u32 + 1;
    let mut svg = String::new();
    for arrow in &arrows {
        let x = left + (right - left) * (arrow.lane as u32 + 1) / count;
        draw_one(&mut svg, arrow, x);
    }
    svg
}

/// One arrow, by its way up and down at `x`. Its element says where it begins and ends: `s` for a row of the stack, `m`
/// for one of memory, and the height.
fn draw_one(out: &mut String, arrow: &Arrow, x: u32) {
    let Arrow {
        from,
        to,
        is_dangling,
        ..
    } = arrow;
    let class = if *is_dangling { " class=\"bad\"" } else { "" };
    let name = |end: &ArrowTip| match end.side {
        Side::Stack => format!("s{}", end.y),
        Side::Memory => format!("m{}", end.y),
    };
    let Some(to) = to else {
        let y = from.y as i32;
        let _ = write!(
            out,
            "<g{class} data-e=\"{}\"><path d=\"M0 {y}h16\"/>",
            name(from)
        );
        cross(out, 20, y);
        out.push_str("</g>");
        return;
    };
    // Where a row of memory is, in the drawing between the columns: at its right edge.
    let at_right = |end: &ArrowTip| !arrow.is_inside_memory() && end.side == Side::Memory;
    let begin = if at_right(from) { GUTTER } else { 0 };
    let (head_x, toward) = if at_right(to) { (GUTTER, -1) } else { (0, 1) };
    let stop = head_x.saturating_add_signed(toward * 6);
    let to_y = to.y + arrow.shift;
    let path = path((begin, from.y), x, (stop, to_y));
    let _ = write!(
        out,
        "<g{class} data-e=\"{} {}\"><path d=\"{path}\"/>",
        name(from),
        name(to)
    );
    head(out, head_x as i32, to_y as i32, toward);
    if *is_dangling {
        cross(out, x as i32, ((from.y + to_y) / 2) as i32);
    }
    out.push_str("</g>");
}

/// Across to `x`, up or down there, and across to the end, with round corners.
fn path(from: (u32, u32), x: u32, to: (u32, u32)) -> String {
    if from.1 == to.1 {
        return format!("M{} {}H{}", from.0, from.1, to.0);
    }
    let round = (from.1.abs_diff(to.1) / 2)
        .min(from.0.abs_diff(x))
        .min(to.0.abs_diff(x))
        .min(5);
    // Toward the end of each piece.
    let toward = |from: u32, to: u32| {
        if to > from {
            round as i32
        } else {
            -(round as i32)
        }
    };
    let (begins, goes_on) = (toward(from.0, x), toward(x, to.0));
    let down = toward(from.1, to.1);
    format!(
        "M{} {}H{}q{begins} 0 {begins} {down}V{}q0 {down} {goes_on} {down}H{}",
        from.0,
        from.1,
        x as i32 - begins,
        to.1 as i32 - down,
        to.0
    )
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
fn end(picture: &Picture, origin: &ArrowOrigin) -> Option<(ArrowTip, bool)> {
    let (key, offset, dangling) = match &origin.target {
        Target::Object(key, offset) => (key, *offset, false),
        Target::Freed(key, offset) => (key, *offset, true),
        _ => return None,
    };
    // Without a mark the arrow leads to all that is viewed: to a block's header, not to its first field.
    let width = origin.mark.map_or(origin.width, |_| 0);
    let place = best(&picture.places, key, offset, width)?;
    // Along the mark of what is viewed, where parts stand side by side.
    let half = ROW_HEIGHT * UNIT / 2;
    let y = match (place.has_marks, origin.mark) {
        (true, Some(1)) => place.y * UNIT + half - 2,
        (true, Some(2)) => place.y * UNIT - half + 2,
        (true, Some(_)) => place.y * UNIT + half - 5,
        _ => place.y * UNIT,
    };
    let end = ArrowTip {
        side: place.side,
        y,
    };
    Some((end, dangling))
}

/// The row that shows `width` bytes from an offset, or the byte there; of several the one that shows least beside it.
fn best<'p>(
    places: &'p [ArrowEnd],
    key: &ObjectKey,
    offset: u32,
    width: u32,
) -> Option<&'p ArrowEnd> {
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

fn head(out: &mut String, x: i32, y: i32, toward: i32) {
    let back = x + toward * 7;
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
                    key: ObjectKey::Block(id),
                    from,
                    to,
                    side: Side::Memory,
                    y,
                    has_marks: false,
                });
            }
            let other = ObjectKey::Block(1 - id);
            picture.origins.push(ArrowOrigin {
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
    fn arrows_between_two_blocks_end_at_their_headers_and_each_has_its_own_way() {
        let margin = draw(&two_blocks(false)).margin;
        // From the first field of A to the header of B, and back from the first field of B to the header of A.
        assert!(
            margin.contains("data-e=\"m30 m70\"><path d=\"M0 30H16q5 0 5 5V65q0 5 -5 5H6\""),
            "{margin}"
        );
        assert!(
            margin.contains("data-e=\"m90 m10\"><path d=\"M0 90H9q5 0 5 -5V15q0 -5 -5 -5H6\""),
            "{margin}"
        );
    }

    #[test]
    fn arrows_that_pass_each_other_never_go_the_same_way() {
        let mut picture = two_blocks(false);
        // Ten variables that lead to two blocks, and to each other.
        picture.origins.clear();
        for index in 0..10 {
            picture.origins.push(ArrowOrigin {
                side: Side::Stack,
                y: 2 * index + 1,
                target: Target::Object(ObjectKey::Block(index % 2), 0),
                width: 8,
                mark: None,
            });
        }
        let gutter = draw(&picture).gutter;
        // Where each arrow goes up or down, by what its element says of its ends.
        let lanes: Vec<(u32, u32, u32)> = (gutter.split("<g data-e=\"s").skip(1))
            .filter_map(|arrow| {
                let (from, rest) = arrow.split_once(" m")?;
                let (to, rest) = rest.split_once('"')?;
                let (start, turn) = rest.split_once('H')?.1.split_once('q')?;
                let (begins, _) = turn.split_once(' ')?;
                let x = start.parse::<i32>().ok()? + begins.parse::<i32>().ok()?;
                let (from, to): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
                Some((x as u32, from.min(to), from.max(to)))
            })
            .collect();
        assert!(lanes.len() > 6, "{gutter}");
        for (index, a) in lanes.iter().enumerate() {
            for b in &lanes[index + 1..] {
                let pass = a.1 <= b.2 && b.1 <= a.2;
                assert!(!pass || a.0 != b.0, "{a:?} and {b:?}: {gutter}");
            }
        }
    }

    #[test]
    fn an_arrow_does_not_run_into_one_that_begins_at_its_end() {
        let mut picture = two_blocks(false);
        picture.origins.clear();
        // The second row of the stack is as high as the header of A, the first as that of B.
        for (y, to) in [(7, 0), (1, 1)] {
            picture.origins.push(ArrowOrigin {
                side: Side::Stack,
                y,
                target: Target::Object(ObjectKey::Block(to), 0),
                width: 8,
                mark: None,
            });
        }
        let gutter = draw(&picture).gutter;
        let up = gutter.split("data-e=\"s70 m10\"").nth(1).expect(&gutter);
        let down = gutter.split("data-e=\"s10 m70\"").nth(1).expect(&gutter);
        let shifted = [up.contains("V19q"), down.contains("V69q")];
        assert_eq!(
            shifted.iter().filter(|&&shifted| shifted).count(),
            1,
            "{gutter}"
        );
    }

    #[test]
    fn an_arrow_to_what_is_gone_is_crossed_in_its_middle() {
        let margin = draw(&two_blocks(true)).margin;
        // The middle of the way down is at a height of 50.
        assert!(
            margin.contains("class=\"c\" d=\"M17 46l8 8m0-8l-8 8\""),
            "{margin}"
        );
    }

    #[test]
    fn an_arrow_to_a_part_ends_at_its_row() {
        let mut picture = two_blocks(false);
        picture.origins[0].target = Target::Object(ObjectKey::Block(1), 4);
        picture.origins[0].width = 4;
        let margin = draw(&picture).margin;
        assert!(
            margin.contains("data-e=\"m30 m110\"") && margin.contains("H6\""),
            "{margin}"
        );
    }
}
