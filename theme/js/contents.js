// The contents beside every page: the book's, which `toc.js` brings, and those of the page itself. Nothing here asks for
// the place of anything before the page is drawn: a long page would be laid out twice.

import { isPrint, root } from './dom.js';

const sidebar = document.getElementById('mdbook-sidebar');
const kept = 'book-sidebar-scroll';

const plain = url => url.pathname.replace(/(index)?(\.html)?$/, '');
let active;
for (const link of sidebar.querySelectorAll('a[href]')) {
    link.setAttribute('href', root.dataset.root + link.getAttribute('href'));
    if (plain(link) !== plain(location)) continue;
    link.classList.add('active');
    active ??= link;
}

/** Lists the headings of the page under its name, and tells which of them is read. */
function follow() {
    // Headings of the page, those of a subsection in a list of their own.
    const headings = [...document.querySelectorAll('main > :is(h2, h3)[id]')].filter(heading => heading.querySelector('.header'));
    const links = headings.map(heading => {
        const link = document.createElement('a');
        link.href = `#${heading.id}`;
        link.append(...heading.querySelector('.header').cloneNode(true).childNodes);
        return link;
    });
    const list = document.createElement('ol');
    headings.forEach((heading, index) => {
        const item = document.createElement('li');
        item.append(links[index]);
        const above = list.lastElementChild;
        if (heading.tagName === 'H2' || !above) return list.append(item);
        const inner = above.querySelector('ol') ?? document.createElement('ol');
        inner.append(item);
        above.append(inner);
    });
    const box = document.createElement('div');
    box.className = 'on-this-page';
    box.append(list);
    if (headings.length) active.parentElement.after(box);

    let current, chosen = 0;
    const mark = link => {
        if (link === current) return;
        current?.classList.remove('current-header');
        current?.removeAttribute('aria-current');
        link?.classList.add('current-header');
        link?.setAttribute('aria-current', 'location');
        current = link;
    };

    // The section that is being read is the last whose heading is in the upper quarter of the window or above it.
    const tell = () => {
        if (performance.now() < chosen) return;
        let first = 0, end = headings.length;
        while (first < end) {
            const middle = (first + end) >> 1;
            if (headings[middle].getBoundingClientRect().top < innerHeight / 4) first = middle + 1;
            else end = middle;
        }
        const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2 && scrollY > 0;
        mark(links[atEnd ? links.length - 1 : Math.max(first - 1, 0)]);
    };
    let asked = false;
    const soon = () => {
        if (!asked) requestAnimationFrame(() => { asked = false; tell(); });
        asked = true;
    };
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon);
    box.addEventListener('click', event => {
        const link = event.target.closest('a');
        // Of two short sections that are both in sight, the one that was asked for.
        if (!link) return;
        mark(link);
        chosen = performance.now() + 300;
    });

    // The list stays where it was when a page is chosen in it; else the page's name is brought into sight.
    sidebar.addEventListener('click', event => {
        try {
            if (event.target.closest('a')) sessionStorage.setItem(kept, sidebar.scrollTop);
        } catch {
            // Then the page's name is brought into sight.
        }
    });
    requestAnimationFrame(() => {
        tell();
        try {
            sidebar.scrollTop = sessionStorage.getItem(kept) ?? 0;
            sessionStorage.removeItem(kept);
        } catch {
            // As above.
        }
        const [link, view] = [active.getBoundingClientRect(), sidebar.getBoundingClientRect()];
        if (link.top < view.top || link.bottom > view.bottom - 40) {
            sidebar.scrollTop += link.top - view.top - view.height / 3;
        }
    });
}

if (active && !isPrint) follow();

// Signs beside headings, boxes and figures lead to where the reader is: to be copied, and no stops of the Tab key.
for (const link of document.querySelectorAll('main :is(.header, .listing-number, .admonition-anchor-link)')) link.tabIndex = -1;
