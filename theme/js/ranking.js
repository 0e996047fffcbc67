// What the search finds, and in which order; and what is shown of it. Pure.

import { meant, roots, telling, trunk, vocabulary, wordsOf } from './search-words.js';

/** How much of the text around a finding is shown, in characters. */
const AROUND = 70;
/** How much less another form of a word says, and another name of what was typed. */
const [FORM, NAME] = [0.8, 0.5];

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

/** The best of a part's forms in a text. */
const fitForms = (text, forms) =>
    forms.reduce((best, form, index) => Math.max(best, fit(text, form) * (index ? FORM : 1)), 0);

const has = ({ lowTitle, lowText }, forms) => forms.some(form => lowTitle.includes(form) || lowText.includes(form));

/** How much each part weighs, 1 on average: the fewer entries hold it, the more it says. */
function weights(entries, parts) {
    const rarity = parts.map(forms => {
        const count = entries.filter(entry => has(entry, forms)).length;
        return Math.log(2 * entries.length / Math.max(count, 1));
    });
    const sum = rarity.reduce((all, one) => all + one, 0);
    return rarity.map(one => one * parts.length / sum);
}

/** How well an entry fits, 0 where it has not even `needed` of the parts. */
function score(entry, { parts, whole, weigh }, needed) {
    let [sum, count] = [0, 0];
    for (const [index, forms] of parts.entries()) {
        const [inTitle, inText] = [fitForms(entry.lowTitle, forms), fitForms(entry.lowText, forms)];
        if (!inTitle && !inText && !forms.some(form => entry.lowPage.includes(form))) continue;
        count += 1;
        sum += weigh[index] * (8 * inTitle + 3 * inText + (forms.includes(entry.lowTitle) ? 24 : 0));
    }
    if (count < needed || !count) return 0;
    sum *= (count / parts.length) ** 2;
    if (entry.lowTitle === whole) sum += 100;
    else if (entry.lowTitle.includes(whole)) sum += 30;
    if (parts.length > 1 && entry.lowText.includes(whole)) sum += 40;
    // Words are explained in prose, code is seen in listings; of their languages, Zig is the book's.
    const isCode = /[._:@(]/.test(whole);
    sum += ({ '': isCode ? 4 : 16, zig: isCode ? 6 : 2 }[entry.language] ?? 0);
    // What speaks of it again and again is about it; what leads to others or asks names everything once.
    sum += 3 * Math.min(entry.lowText.split(whole).length - 1, 8);
    const leadsElsewhere = !entry.url.includes('/') || entry.url.startsWith('exercises/')
        || ['quiz', 'questions'].includes(entry.id);
    return Math.max(1, sum - (leadsElsewhere ? 30 : 0));
}

/** What is shown as one finding: all languages and parts of a listing, on whichever page. */
const figure = entry => entry.language && (/^Listing [\d.]+/.exec(entry.title)?.[0] ?? `${entry.url} ${entry.id}`);

/** Of each listing the best alone. */
function once(found) {
    const seen = new Set();
    return found.filter(({ entry }) => {
        const name = figure(entry);
        if (!name) return true;
        if (seen.has(name)) return false;
        seen.add(name);
        return true;
    });
}

/** What is compared of a name. */
const trunksOf = name => telling(wordsOf(name)).map(trunk).join(' ');

// What is worked out once for a book: its words, and the names that its glossary gives to things.
const prepared = new WeakMap();
function prepare(entries) {
    if (!prepared.has(entries)) {
        const names = entries.filter(entry => entry.names).flatMap(entry => [entry.lowTitle, ...entry.names]
            .map(name => ({ entry, trunks: trunksOf(name) })));
        prepared.set(entries, { known: vocabulary(entries), names });
    }
    return prepared.get(entries);
}

/** The terms of the glossary that the words name: all of them together, or some of them that follow each other; and which
 *  share of the words that is. */
function named(words, names) {
    const trunks = words.map(trunk).join(' ');
    return names.filter(({ trunks: name }) => name && ` ${trunks} `.includes(` ${name} `))
        .map(found => ({ ...found, share: found.trunks.split(' ').length / words.length }));
}

/** The other things that might have been typed: each of the names in its other words. */
function otherwise(words, found) {
    const trunks = words.map(trunk);
    return found.flatMap(({ entry, trunks: name }) => {
        const length = name.split(' ').length;
        const at = trunks.findIndex((_, index) => trunks.slice(index, index + length).join(' ') === name);
        return [entry.lowTitle, ...entry.names]
            .filter(other => trunksOf(other) !== name)
            .map(other => [...words.slice(0, at), ...telling(wordsOf(other)), ...words.slice(at + length)]);
    });
}

/** The best entries for what was typed, each with the parts to be marked in it; and what was looked for instead, where no
 *  page has a word as it was typed. Every word must be there, or it is said by `some` that most are. */
export function find(entries, typed) {
    const typedWhole = typed.toLowerCase().split(/\s+/).filter(Boolean).join(' ');
    if (typedWhole.length < 2) return { found: [], instead: '', some: false };
    const { known, names } = prepare(entries);

    // As it stands, then without the little words, each as the book writes it.
    const asTyped = typedWhole.split(' ');
    const isThere = part => entries.some(entry => has(entry, [part]));
    const pieces = part => wordsOf(part).filter(word => word.length > 1 || asTyped.length === 1);
    const words = telling(asTyped.flatMap(part => (isThere(part) ? [part] : pieces(part))));
    const mended = words.map((word, index) =>
        isThere(word) || roots(word, known).length ? word : meant(word, known, index === words.length - 1) ?? word);
    const instead = mended.some((word, index) => word !== words[index]) ? mended.join(' ') : '';

    const ask = (parts, whole, weight) => ({ parts, whole, weight, weigh: weights(entries, parts) });
    const forms = list => list.map(word => [word, ...roots(word, known)]);
    const found = named(mended, names);
    const queries = [
        ask(forms(mended), mended.join(' '), 1),
        ...otherwise(mended, found).map(other => ask(forms(other), other.join(' '), NAME)),
    ];
    // A phrase of little words, such as `out of memory`, stands in the text as it was typed.
    if (!instead && typedWhole !== queries[0].whole) queries.unshift(ask(forms(asTyped), typedWhole, 1));

    const bonus = new Map();
    for (const { entry, share } of found) {
        bonus.set(entry, Math.max(bonus.get(entry) ?? 0, share === 1 ? 400 : 160 * share));
    }
    const ranked = needed => entries.flatMap(entry => {
        let best = { entry, sum: 0, query: queries[0] };
        for (const query of queries) {
            const sum = query.weight * score(entry, query, needed(query));
            if (sum > best.sum) best = { entry, sum, query };
        }
        const sum = best.sum + (bonus.get(entry) ?? 0);
        return sum > 0 ? [{ ...best, sum }] : [];
    }).sort((a, b) => b.sum - a.sum);

    let all = ranked(({ parts }) => parts.length);
    const some = !all.some(({ sum, entry }) => sum > (bonus.get(entry) ?? 0)) && mended.length > 1;
    if (some) all = ranked(({ parts }) => Math.max(1, Math.ceil(parts.length / 2)));
    return {
        found: once(all).map(best => ({ entry: best.entry, parts: marks(best.entry, best.query) })),
        instead: all.length ? instead : '',
        some: some && all.length > 0,
    };
}

/** What is marked of what was looked for: the words as they stand together, or else each, the rarest first. */
function marks(entry, { parts, whole, weigh }) {
    if (entry.lowTitle.includes(whole) || entry.lowText.includes(whole)) return [whole];
    const present = form => entry.lowTitle.includes(form) || entry.lowText.includes(form);
    return parts.map((forms, index) => [weigh[index], forms.find(present)])
        .filter(([, form]) => form)
        .sort((a, b) => b[0] - a[0])
        .map(([, form]) => form);
}

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
