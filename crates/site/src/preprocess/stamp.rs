//! The line at the foot of every page: when and with what the book was checked, and how many listings. Pure. It also
//! tells the page's script where the search is.

use std::fmt;

use chrono::{DateTime, NaiveDate};

use book_support::html::escape;

/// What the line says.
#[derive(Clone, Debug)]
pub(crate) struct Stamp {
    pub day: Day,
    /// Versions, as `0.17.1`.
    pub zig: String,
    pub rust: String,
    pub python: String,
    /// How many listings were checked, in all languages.
    pub listings: usize,
    /// The script of the search, relative to the site's root.
    pub search: String,
    /// Where the server says what the reader has solved, if it has a lab.
    pub solved: Option<&'static str>,
}

impl Stamp {
    /// The line's HTML, ready to end a chapter.
    pub(crate) fn html(&self) -> String {
        let Stamp {
            day,
            zig,
            rust,
            python,
            listings,
            search,
            solved,
        } = self;
        let solved = solved.map_or(String::new(), |path| format!(" data-solved=\"{path}\""));
        format!(
            "\n\n<p class=\"stamp\" data-search=\"{}\"{solved}>Last checked on <time datetime=\"{day:#}\">{day}</time>: all {listings} \
             listings of this book, with Zig {}, Rust {} and Python {}.</p>\n",
            escape(search),
            escape(zig),
            escape(rust),
            escape(python),
        )
    }
}

/// A day of the calendar, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day(NaiveDate);

impl Day {
    /// The day of a moment, given in seconds since 1970 began; of one after the calendar's end, its last day.
    pub(crate) fn of(seconds: u64) -> Day {
        let moment = DateTime::from_timestamp(seconds.cast_signed(), 0);
        Day(moment.map_or(NaiveDate::MAX, |moment| moment.date_naive()))
    }
}

/// `1 March 2026`, or with `#` `2026-03-01`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = if f.alternate() { "%F" } else { "%-d %B %Y" };
        write!(f, "{}", self.0.format(form))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, long, short) in [
            (0, "1 January 1970", "1970-01-01"),
            (951_782_399, "28 February 2000", "2000-02-28"),
            (951_868_799, "29 February 2000", "2000-02-29"),
            (951_868_800, "1 March 2000", "2000-03-01"),
            (1_798_761_599, "31 December 2026", "2026-12-31"),
            (1_798_761_600, "1 January 2027", "2027-01-01"),
        ] {
            assert_eq!(Day::of(seconds).to_string(), long);
            assert_eq!(format!("{:#}", Day::of(seconds)), short);
        }
    }
}
