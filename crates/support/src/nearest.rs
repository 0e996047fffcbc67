//! What somebody who wrote an unknown name may have meant. Pure.

/// How alike names must be, from 0 to 1, to be meant for each other.
pub const ALIKE: f32 = 0.6;

/// The known names that are most like `name`, the nearest first: those that are more alike than `alike`, for example
/// [`ALIKE`].
pub fn nearest<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    alike: f32,
) -> Vec<&'a str> {
    let mut rated: Vec<(f32, &str)> = known
        .into_iter()
        .map(|known| (similar::TextDiff::from_chars(known, name).ratio(), known))
        .filter(|(ratio, _)| *ratio > alike)
        .collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    rated.into_iter().map(|(_, known)| known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_comes_first_and_what_is_not_like_it_does_not_come() {
        let known = ["listing", "trace", "tracks", "quiz"];
        assert_eq!(nearest("trcae", known, 0.5), ["trace", "tracks"]);
        assert_eq!(nearest("trcae", known, 0.7), ["trace"]);
        assert!(nearest("zebra", known, ALIKE).is_empty());
        assert!(nearest("trace", [], ALIKE).is_empty());
    }
}
