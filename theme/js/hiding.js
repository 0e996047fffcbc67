// What is about one language alone, and goes with it when a reader hides that language: columns of tables, and the
// section *In Rust* with its entry in the contents. Listings have their languages from the tool.

import { decoded, root } from './dom.js';

const LANGUAGES = ['rust', 'python'];

for (const table of document.querySelectorAll('main table')) {
    [...table.querySelectorAll('thead th')].forEach((head, index) => {
        const language = head.textContent.trim().toLowerCase();
        if (!LANGUAGES.includes(language)) return;
        for (const row of table.rows) {
            if (row.cells[index]) row.cells[index].dataset.language = language;
        }
    });
}

for (const heading of document.querySelectorAll('main > :is(h2, h3)')) {
    const language = /^in (\w+)$/i.exec(heading.textContent.trim())?.[1].toLowerCase();
    if (!LANGUAGES.includes(language)) continue;
    const ends = heading.tagName === 'H2' ? 'h1, h2, .stamp' : 'h1, h2, h3, .stamp';
    let part = heading;
    do {
        // A figure has languages of its own.
        if (!part.matches('.listing')) part.dataset.language = language;
        part = part.nextElementSibling;
    } while (part && !part.matches(ends));
    const entry = document.querySelector(`.on-this-page [href="#${heading.id}"]`)?.closest('li');
    if (entry) entry.dataset.language = language;
}

// A reader who is led into a hidden section sees it all the same.
function arrive() {
    const target = document.getElementById(decoded(location.hash.slice(1)));
    const part = target?.closest('main > [data-language]');
    if (!part || !root.dataset.hidden.split(' ').includes(part.dataset.language)) return;
    for (const other of document.querySelectorAll(`main > [data-language=${part.dataset.language}]`)) other.classList.add('shown');
    target.scrollIntoView();
}

addEventListener('hashchange', arrive);
arrive();
