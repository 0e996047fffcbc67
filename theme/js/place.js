// Where the reader stopped: kept in this browser, and on the front page a link that leads there.

import { isPrint, make, remember } from './dom.js';
import { here, links, site } from './progress.js';

const KEY = `memory-management-place ${site.pathname}`;

/** Notes the section that is being read. */
function note() {
    const section = document.querySelector('#mdbook-sidebar .current-header');
    // Its heading is at the top of the page until the reader has moved.
    const isBegun = section && scrollY > 0;
    remember(KEY, JSON.stringify(isBegun ? { page: here, hash: section.hash, section: section.textContent } : { page: here }));
}

function offer() {
    let place;
    try {
        place = JSON.parse(localStorage.getItem(KEY));
    } catch {
        return;
    }
    // The book may have another page there now.
    const found = links.find(({ page }) => page === place?.page);
    if (!found) return;
    const isSection = /^#[\w-]+$/.test(place.hash) && typeof place.section === 'string';
    const link = make('a', { href: found.link.href + (isSection ? place.hash : '') }, found.title);
    if (isSection) link.append(`, ${place.section.trim()}`);
    document.querySelector('main h1')?.after(make('p', { class: 'continue' }, 'Continue where you stopped: ', link));
}

if (!isPrint && here === 'index') offer();
else if (!isPrint && /^(?:lessons|deeper|exercises)\//.test(here)) {
    addEventListener('pagehide', note);
    // A telephone may never say that the page is left.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && note());
}
