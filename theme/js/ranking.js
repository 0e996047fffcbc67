// What the search finds, and in which order; and what is shown of it. Pure.

import { meant, roots, telling, trunk, vocabulary, wordsOf } from './search-words.js';

/** How much of the text around a finding is shown, in characters. */
const AROUND = 70;
/** How much less another form of a word says, and another name of what was typed. */
const [FORM, NAME] = [0.8, 0.5];

/** Whether the character at a place of a text belongs to a word. Most are letters of English, which are quickly told. */
function isWord(text, at) {
    const code = text.charCodeAt(at);
    if (code < 128) return (code > 96 && code < 123) || (code > 47 && code < 58) || code === 95 || (code > 64 && code < 91);
    return code >= 128 && /[\p{L}\p{N}]/u.test(text[at]);
}

/** How well `text` holds `part`: 3 as a word of its own, 2 as the beginning of one, 1 inside one, 0 not at all. */
export function fit(text, part) {
    let best = 0;
    const [first, last] = [isWord(part, 0), isWord(part, part.length - 1)];
    for (let at = text.indexOf(part); at >= 0 && best < 3; at = text.indexOf(part, at + 1)) {
        if (first && isWord(text, at - 1)) best ||= 1;
        else best = last && isWord(text, at + part.length) ? 2 : 3;
    }
    return best;
}

/** How well each of the entries holds a form, by the form: looked for once, whoever asks. */
function looking(entries) {
    const looked = new Map();
    return form => {
        let fits = looked.get(form);
        if (!fits) {
            fits = {
                title: Uint8Array.from(entries, entry => fit(entry.lowTitle, form)),
                text: Uint8Array.from(entries, entry => fit(entry.lowText, form)),
            };
            looked.set(form, fits);
        }
        return fits;
    };
}

/** How often `text` holds `whole`, but no more than `most`. */
function countUpTo(most, text, whole) {
    let count = 0;
    for (let at = text.indexOf(whole); at >= 0 && count < most; at = text.indexOf(whole, at + whole.length)) count += 1;
    return count;
}

/** How much each part weighs, 1 on average: the fewer entries hold it, the more it says. */
function weights(entries, parts) {
    const rarity = parts.map(forms => {
        let count = 0;
        for (let index = 0; index < entries.length; index++) {
            if (forms.some(({ fits }) => fits.title[index] || fits.text[index])) count += 1;
        }
        return Math.log(2 * entries.length / Math.max(count, 1));
    });
    const sum = rarity.reduce((all, one) => all + one, 0);
    return rarity.map(one => one * parts.length / sum);
}

/** How well an entry fits, 0 where it has not even `needed` of the parts. */
function score(entry, place, { parts, whole, weigh }, needed) {
    let [sum, count] = [0, 0];
    for (let index = 0; index < parts.length; index++) {
        let [inTitle, inText, isTitle, weight] = [0, 0, false, 1];
        for (const { form, fits } of parts[index]) {
            inTitle = Math.max(inTitle, fits.title[place] * weight);
            inText = Math.max(inText, fits.text[place] * weight);
            isTitle ||= form === entry.lowTitle;
            weight = FORM;
        }
        if (!inTitle && !inText && !parts[index].some(({ form }) => entry.lowPage.includes(form))) continue;
        count += 1;
        sum += weigh[index] * (8 * inTitle + 3 * inText + (isTitle ? 24 : 0));
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
    sum += 3 * countUpTo(8, entry.lowText, whole);
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

/** What is worked out once for a book: its words, and the names that its glossary gives to things. That takes a while:
 *  `pause` lets the page answer in between. */
export async function prepare(entries, pause) {
    const names = entries.filter(entry => entry.names).flatMap(entry => [entry.lowTitle, ...entry.names]
        .map(name => ({ entry, trunks: trunksOf(name) })));
    return { entries, names, known: await vocabulary(entries, pause) };
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
export function find({ entries, names, known }, typed) {
    const typedWhole = typed.toLowerCase().split(/\s+/).filter(Boolean).join(' ');
    if (typedWhole.length < 2) return { found: [], instead: '', some: false };
    const looked = looking(entries);

    // As it stands, then without the little words, each as the book writes it.
    const asTyped = typedWhole.split(' ');
    const isThere = part => looked(part).title.some(Boolean) || looked(part).text.some(Boolean);
    const pieces = part => wordsOf(part).filter(word => word.length > 1 || asTyped.length === 1);
    const words = telling(asTyped.flatMap(part => (isThere(part) ? [part] : pieces(part))));
    const mended = words.map((word, index) =>
        isThere(word) || roots(word, known).length ? word : meant(word, known, index === words.length - 1) ?? word);
    const instead = mended.some((word, index) => word !== words[index]) ? mended.join(' ') : '';

    const ask = (parts, whole, weight) => ({ parts, whole, weight, weigh: weights(entries, parts) });
    const forms = list => list.map(word => [word, ...roots(word, known)].map(form => ({ form, fits: looked(form) })));
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
    const ranked = needed => entries.flatMap((entry, place) => {
        let best = { entry, sum: 0, query: queries[0] };
        for (const query of queries) {
            const sum = query.weight * score(entry, place, query, needed(query));
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
    const present = ({ form }) => entry.lowTitle.includes(form) || entry.lowText.includes(form);
    return parts.map((forms, index) => [weigh[index], forms.find(present)?.form])
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
