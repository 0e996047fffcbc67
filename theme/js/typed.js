// How a typed answer is compared. Pure; `derive::typed` of the crate `quiz` does the same, and a table of cases holds
// the two to each other.

/** The text without what does not count: quotes around it, a dot at its end, blanks, capitals. */
export const compared = text =>
    text.split(/\p{White_Space}+/u).filter(Boolean).join(' ').replace(/^[`"']+|[`"'.]+$/g, '').toLowerCase();
