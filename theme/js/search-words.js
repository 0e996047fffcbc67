// What is typed into the search, made into words that the book has: without the little words, with their other endings,
// and with a typing error mended. Pure.

/** Words that say nothing of what is looked for. They count where nothing else was typed. */
const LITTLE = new Set(`a about an and are at be by can could do does find for from get has have how i if in into is it its me my
    of on or should so that the there they this to was what when where which who why will with you your`.split(/\s+/));

const WORD = /[\p{L}\p{N}_@]+/gu;

/** The words of a text, in lower case. */
export const wordsOf = text => text.toLowerCase().match(WORD) ?? [];

/** How many entries are read between two pauses. */
const AT_ONCE = 100;

/** Every word of the entries, with how often it stands there. */
export async function vocabulary(entries, pause) {
    const counts = new Map();
    for (const [index, { lowTitle, lowText }] of entries.entries()) {
        for (const word of wordsOf(`${lowTitle} ${lowText}`)) counts.set(word, (counts.get(word) ?? 0) + 1);
        if (index % AT_ONCE === AT_ONCE - 1) await pause();
    }
    return counts;
}

/** Without the little words, if anything is left. */
export function telling(words) {
    const rest = words.filter(word => !LITTLE.has(word));
    return rest.length ? rest : words;
}

/** A word without its ending: the same for `free`, `frees`, `freed` and `freeing`. No word that somebody would read. */
export function trunk(word) {
    let shorter = word;
    for (let turn = 0; turn < 2; turn++) {
        shorter = shorter.length > 3 ? shorter.replace(/(?:ing|ed|es|s|e)$/, '') : shorter;
    }
    return shorter;
}

/** The words of the book that a word is another form of: `leak` for `leaks` and `leaking`, `free` for `freed`. */
export function roots(word, known) {
    if (word.length < 4 || !/^\p{L}+$/u.test(word)) return [];
    return [/s$/, /es$/, /d$/, /ed$/, /ing$/]
        .filter(ending => ending.test(word))
        .map(ending => word.replace(ending, ''))
        .concat(word.endsWith('ing') ? word.replace(/ing$/, 'e') : [])
        .filter(shorter => shorter.length > 2 && known.has(shorter));
}

/** Whether one letter that is wrong, missing, too many or in its neighbor's place makes `typed` of `word`, or, while
 *  it is still being typed, of the beginning of `word`. */
export function isNear(typed, word, isWhole) {
    const same = (a, b) => (isWhole ? a === b : b.startsWith(a));
    let at = 0;
    while (at < typed.length && typed[at] === word[at]) at += 1;
    const [rest, other] = [typed.slice(at), word.slice(at)];
    return same(rest.slice(1), other.slice(1)) || same(rest, other.slice(1)) || same(rest.slice(1), other)
        || (other.length > 1 && rest[0] === other[1] && rest[1] === other[0] && same(rest.slice(2), other.slice(2)));
}

/** The word of the book that somebody meant: the most frequent of those that one typing error leads to. */
export function meant(typed, known, isLast) {
    if (typed.length < 4 || !/\p{L}{3}/u.test(typed)) return null;
    const nearest = isWhole => [...known]
        .filter(([word]) => Math.abs(word.length - typed.length) < (isWhole ? 2 : Infinity) && word.length > 3)
        .filter(([word]) => isNear(typed, word, isWhole))
        // The first letter is seldom wrong.
        .sort(([one, a], [other, b]) => Number(other[0] === typed[0]) - Number(one[0] === typed[0]) || b - a)[0]?.[0];
    return nearest(true) ?? (isLast && typed.length > 5 ? nearest(false) : null) ?? null;
}
