// What the search finds, and in which order; and what is shown of it. Pure.

/** How much of the text around a finding is shown, in characters. */
const AROUND = 70;

const isWord = character => character !== undefined && /[\p{L}\p{N}_]/u.test(character);

/** How well `text` holds `part`: 3 as a word of its own, 2 as the beginning of one, 1 inside one, 0 not at all. */
export function fit(text, part) {
    let best = 0;
    for (let at = text.indexOf(part); at >= 0 && best < 3; at = text.indexOf(part, at + 1)) {
        const begins = !isWord(part[0]) || !isWord(text[at - 1]);
        const ends = !isWord(part.at(-1)) || !isWord(text[at + part.length]);
        best = Math.max(best, begins && ends ? 3 : begins ? 2 : 1);
    }
    return best;
}

/** How much each part weighs, 1 on average: the fewer entries hold it, the more it says. */
function weights(entries, parts) {
    const rarity = parts.map(part => {
        const count = entries.filter(({ lowTitle, lowText }) => lowTitle.includes(part) || lowText.includes(part)).length;
        return Math.log(2 * entries.length / Math.max(count, 1));
    });
    const sum = rarity.reduce((all, one) => all + one, 0);
    return rarity.map(one => one * parts.length / sum);
}

function score(entry, parts, whole, weigh) {
    let sum = 0;
    for (const [index, part] of parts.entries()) {
        const [inTitle, inText] = [fit(entry.lowTitle, part), fit(entry.lowText, part)];
        if (!inTitle && !inText && !entry.lowPage.includes(part)) return 0;
        sum += weigh[index] * (8 * inTitle + 3 * inText + (entry.lowTitle === part ? 24 : 0));
    }
    if (entry.lowTitle === whole) sum += 100;
    else if (entry.lowTitle.includes(whole)) sum += 30;
    if (parts.length > 1 && entry.lowText.includes(whole)) sum += 40;
    // Words are explained in prose, code is seen in listings; of their languages, Zig is the book's.
    const isCode = /[._:@(]/.test(whole);
    sum += ({ '': isCode ? 4 : 16, zig: isCode ? 6 : 2 }[entry.language] ?? 0);
    // What speaks of it again and again is about it; what leads to others or asks names everything once.
    sum += 3 * Math.min(entry.lowText.split(whole).length - 1, 8);
    const leadsElsewhere = !entry.url.includes('/') || entry.url.startsWith('exercises/') || entry.id === 'quiz';
    return Math.max(1, sum - (leadsElsewhere ? 30 : 0));
}

/** What is shown as one finding: all languages and parts of a listing, on whichever page. */
const figure = entry => entry.language && (/^Listing [\d.]+/.exec(entry.title)?.[0] ?? `${entry.url} ${entry.id}`);

/** Of each listing the best alone. */
function once(found) {
    const seen = new Set();
    return found.filter(entry => {
        const name = figure(entry);
        if (!name) return true;
        if (seen.has(name)) return false;
        seen.add(name);
        return true;
    });
}

/** The best entries for what was typed. Every word of it must be there; where nothing has all, its pieces may do. */
export function find(entries, typed) {
    const whole = typed.toLowerCase().split(/\s+/).filter(Boolean).join(' ');
    const ranked = parts => {
        const weigh = weights(entries, parts);
        return entries
            .map(entry => [score(entry, parts, whole, weigh), entry])
            .filter(([sum]) => sum > 0)
            .sort((a, b) => b[0] - a[0])
            .map(([, entry]) => entry);
    };
    if (whole.length < 2) return { found: [], parts: [], whole };
    let parts = whole.split(' ');
    let found = ranked(parts);
    const pieces = whole.split(/[^\p{L}\p{N}_@]+/u).filter(piece => piece.length > 1);
    if (!found.length && pieces.length) {
        parts = pieces;
        found = ranked(parts);
    }
    const weigh = weights(entries, parts);
    const rarestFirst = parts.map((part, index) => [weigh[index], part]).sort((a, b) => b[0] - a[0]).map(([, part]) => part);
    return { found: once(found), parts: rarestFirst, whole };
}

/** What is marked of what was typed: the words as they stand together, or else each. */
export const marks = ({ lowTitle, lowText }, parts, whole) =>
    (lowTitle.includes(whole) || lowText.includes(whole) ? [whole] : parts);

/** The text around the first part that is found: whole lines of code, words of prose. */
export function excerpt(entry, parts) {
    const part = parts.find(wanted => entry.lowText.includes(wanted));
    if (!part) return entry.text.slice(0, 2 * AROUND).split('\n').slice(0, 2).join('\n');
    // The first line of a listing is its file's name.
    const after = entry.language ? entry.text.indexOf('\n') : -1;
    const inside = entry.lowText.indexOf(part, after + 1);
    const at = inside < 0 ? entry.lowText.indexOf(part) : inside;
    let from = entry.text.lastIndexOf('\n', at) + 1;
    let to = entry.text.indexOf('\n', at);
    if (to < 0) to = entry.text.length;
    if (at - from > AROUND) from = entry.text.lastIndexOf(' ', at - AROUND / 2) + 1;
    if (to - at > 2 * AROUND) to = entry.text.lastIndexOf(' ', at + 2 * AROUND);
    to = Math.max(to, at + part.length);
    const isCut = end => end > 0 && end < entry.text.length && entry.text[end] !== '\n';
    return (isCut(from - 1) ? '… ' : '') + entry.text.slice(from, to).trim() + (isCut(to) ? '\u00a0…' : '');
}
