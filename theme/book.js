// What the page does besides being read: languages, copying, settings, the sidebar, search, drawn diagrams.
// Everything here adds to a page that is whole without it.
'use strict';

const root = document.documentElement;

function remember(key, value) {
    try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
    } catch {
        // A browser that keeps nothing still shows the page.
    }
}

function load(url) {
    return new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = url;
        script.onload = resolve;
        script.onerror = () => reject(new Error(`cannot load ${url}`));
        document.head.append(script);
    });
}

// --- Languages: one choice for every figure of the site -----------------------------------------------------

function showLanguage(language) {
    if (root.dataset.language !== language) root.dataset.language = language;
    const hidden = root.dataset.hidden.split(' ');
    for (const figure of document.querySelectorAll('.listing[data-languages]')) {
        const tabs = figure.querySelectorAll('[role=tab]');
        const has = figure.dataset.languages.split(' ').includes(language) && !hidden.includes(language);
        tabs.forEach((tab, index) => {
            const selected = has ? tab.dataset.language === language : index === 0;
            tab.setAttribute('aria-selected', selected);
            tab.tabIndex = selected ? 0 : -1;
        });
    }
    reachScrollers();
}

function chooseLanguage(tab) {
    // The figures above change their height: what the reader looks at stays where it is.
    const before = tab.getBoundingClientRect().top;
    showLanguage(tab.dataset.language);
    remember('book-language', tab.dataset.language);
    scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: 'instant' });
}

document.addEventListener('click', event => {
    const tab = event.target.closest('.listing [role=tab]');
    if (tab) chooseLanguage(tab);
});

document.addEventListener('keydown', event => {
    const tab = event.target.closest('.listing [role=tab]');
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -9, End: 9 }[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.parentElement.children].filter(tab => tab.checkVisibility());
    const at = tabs.indexOf(tab) + step;
    const to = Math.abs(step) > 1
        ? Math.min(Math.max(at, 0), tabs.length - 1)
        : (at + tabs.length) % tabs.length;
    chooseLanguage(tabs[to]);
    tabs[to].focus();
    event.preventDefault();
});

// Code that is wider than its place is scrolled by keys, so the keyboard has to reach it. The code of listings is laid
// out when it comes near, and to measure it would be to lay it out: there the columns of its longest line are counted.
const whenIdle = window.requestIdleCallback ?? (work => setTimeout(work, 50));
const columns = new WeakMap();
let reaching = 0;

function columnsOf(block) {
    if (!columns.has(block)) {
        const lines = block.textContent.split('\n').map(line => line.length);
        const digits = block.querySelector('[class^=digits]')?.className.at(-1);
        columns.set(block, Math.max(...lines) + (digits ? +digits + 1.75 : 0));
    }
    return columns.get(block);
}

// The width of one column of code, in pixels.
function columnWidth() {
    const rule = document.createElement('pre');
    rule.style.cssText = 'position: absolute; visibility: hidden; width: max-content; max-width: none; padding: 0';
    rule.textContent = '0'.repeat(100);
    document.querySelector('main').append(rule);
    const width = rule.getBoundingClientRect().width / 100;
    rule.remove();
    return width;
}

function reachScrollers() {
    const turn = ++reaching;
    whenIdle(() => {
        if (turn !== reaching) return;
        const column = columnWidth();
        const padding = 2 * parseFloat(getComputedStyle(root).fontSize);
        const blocks = [...document.querySelectorAll('main pre, .table-wrapper')]
            .filter(block => !block.closest('details:not([open])'));
        const isWide = blocks.map(block => {
            const place = block.closest('.listing-body');
            return place
                ? columnsOf(block) * column + padding > place.clientWidth + 0.5
                : block.scrollWidth > block.clientWidth;
        });
        blocks.forEach((block, index) => {
            if (isWide[index]) block.tabIndex = 0;
            else block.removeAttribute('tabindex');
        });
        root.dataset.reached = turn;
    });
}

showLanguage(root.dataset.language);
addEventListener('resize', reachScrollers);
// What was folded had no width. The event does not bubble.
document.addEventListener('toggle', reachScrollers, true);

// --- Copying ------------------------------------------------------------------------------------------------

// Those of listings and exercises are in the page already.
for (const block of document.querySelectorAll('main pre:has(> code):not(.trace-file, .listing-head + pre)')) {
    const holder = document.createElement('div');
    holder.className = 'copied';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.dataset.copy = '';
    button.textContent = 'Copy';
    block.replaceWith(holder);
    holder.append(block, button);
}

document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const code = button.closest('.listing-head, .copied').parentElement.querySelector(':scope > pre > code');
    try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = 'Copied';
    } catch {
        button.textContent = 'Not copied';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});

// --- Tables of three columns or more: on a small screen a row is a card, and says the name of each column -----------

for (const table of document.querySelectorAll('main table:not(.trace-bytes table)')) {
    const names = [...table.querySelectorAll('thead th')].map(cell => cell.textContent);
    if (names.length < 3) continue;
    table.classList.add('cards');
    // Drawn as blocks, it is a table all the same to whoever hears it.
    table.setAttribute('role', 'table');
    table.querySelectorAll('tr').forEach(row => row.setAttribute('role', 'row'));
    table.querySelectorAll('th').forEach(cell => cell.setAttribute('role', 'columnheader'));
    table.querySelectorAll('tbody tr').forEach(row => [...row.cells].forEach((cell, index) => {
        if (cell.tagName !== 'TD') return;
        cell.setAttribute('role', 'cell');
        cell.dataset.label = names[index];
    }));
}

// --- Settings: the system's theme until the reader chooses, and which languages are seen beside Zig -----------

const settings = document.getElementById('settings');

function theme() {
    return ['light', 'dark'].find(name => root.classList.contains(name)) || 'system';
}

// A figure that has a hidden language alone keeps its caption, and shows its code for the asking.
function offerHidden() {
    for (const figure of document.querySelectorAll('.listing[data-languages="rust"], .listing[data-languages="python"]')) {
        const isHidden = root.dataset.hidden.split(' ').includes(figure.dataset.languages);
        const old = figure.querySelector(':scope > .go');
        if (!isHidden) {
            old?.remove();
            figure.classList.remove('shown');
        } else if (!old && !figure.classList.contains('shown')) {
            const button = document.createElement('button');
            button.type = 'button';
            button.className = 'go';
            button.textContent = `Show this ${figure.querySelector('.listing-language').textContent} program`;
            button.addEventListener('click', () => {
                figure.classList.add('shown');
                button.remove();
                reachScrollers();
            });
            figure.querySelector('figcaption').after(button);
        }
    }
}

settings.theme.value = theme();
settings.addEventListener('change', event => {
    if (event.target.name === 'theme') {
        const chosen = settings.theme.value;
        root.classList.remove('light', 'dark');
        if (chosen !== 'system') root.classList.add(chosen);
        remember('mdbook-theme', chosen === 'system' ? null : chosen);
        return;
    }
    const hidden = [...settings.querySelectorAll('[type=checkbox]:not(:checked)')].map(box => box.value);
    root.dataset.hidden = hidden.join(' ');
    remember('book-hidden', hidden.join(' ') || null);
    if (hidden.includes(root.dataset.language)) {
        remember('book-language', null);
        root.dataset.language = 'zig';
    }
    showLanguage(root.dataset.language);
    offerHidden();
});
for (const box of settings.querySelectorAll('[type=checkbox]')) {
    box.checked = !root.dataset.hidden.split(' ').includes(box.value);
}
offerHidden();

// --- Sidebar: beside the text where there is room, over it where there is none ------------------------------

const sidebarButton = document.getElementById('sidebar-toggle');
const sidebar = document.getElementById('mdbook-sidebar');
const wide = matchMedia('(min-width: 68rem)');

function sidebarIsOpen() {
    return wide.matches ? !root.classList.contains('sidebar-hidden') : root.classList.contains('sidebar-open');
}

function tellSidebar() {
    sidebarButton.setAttribute('aria-expanded', sidebarIsOpen());
}

function toggleSidebar() {
    if (wide.matches) {
        root.classList.toggle('sidebar-hidden');
        remember('book-sidebar', sidebarIsOpen() ? null : 'hidden');
    } else {
        root.classList.toggle('sidebar-open');
    }
    tellSidebar();
}

sidebarButton.addEventListener('click', toggleSidebar);
wide.addEventListener('change', tellSidebar);
document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !wide.matches && sidebarIsOpen()) {
        toggleSidebar();
        sidebarButton.focus();
    }
});
document.addEventListener('click', event => {
    if (!wide.matches && sidebarIsOpen() && !event.target.closest('.bar')
        && (!sidebar.contains(event.target) || event.target.closest('a[href]'))) {
        toggleSidebar();
    }
});
tellSidebar();
for (const link of sidebar.querySelectorAll('a.active')) link.setAttribute('aria-current', 'page');

// --- Search: its script and its index are loaded when somebody searches ---------------------------------------

const searchButton = document.getElementById('search-toggle');
const searchScript = document.querySelector('.stamp')?.dataset.search;

if (searchScript) {
    searchButton.dataset.script = searchScript;
    // Shortcuts of a single letter surprise who speaks to the page.
    document.addEventListener('keydown', event => {
        if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            searchButton.click();
        }
    });
    try {
        // The reader comes from a finding on another page.
        if (sessionStorage.getItem('book-found')) {
            import(new URL(path_to_root + searchScript, document.baseURI)).then(script => script.arrive());
        }
    } catch {
        // Without storage the page is shown as it is.
    }
} else {
    searchButton.hidden = true;
}

// --- How far the reader is: a line under the bar, and the time that is left -----------------------------------

const times = document.querySelectorAll('.reading-time');
// In the printed book are those of all lessons.
const minutes = times.length === 1 && times[0].dataset.minutes;

if (minutes) {
    const text = document.querySelector('main');
    const note = document.getElementById('time-left');
    const bar = document.querySelector('.bar');
    let asked = false;
    const tell = () => {
        asked = false;
        const box = text.getBoundingClientRect();
        const part = Math.min(Math.max(-box.top / Math.max(box.height - innerHeight, 1), 0), 1);
        // On the root it would be inherited, and every element styled again at every scroll.
        bar.style.setProperty('--read', part);
        const left = Math.ceil(minutes * (1 - part));
        note.textContent = left ? `${left} min left` : '';
    };
    addEventListener('scroll', () => {
        if (!asked) requestAnimationFrame(tell);
        asked = true;
    }, { passive: true });
    requestAnimationFrame(tell);
}

// --- Drawn diagrams: mermaid is large, so it waits until a diagram comes near --------------------------------

const drawings = document.querySelectorAll('pre.mermaid');
if (drawings.length) {
    const near = new IntersectionObserver(seen => {
        if (!seen.some(entry => entry.isIntersecting)) return;
        near.disconnect();
        load(path_to_root + drawings[0].dataset.src).then(() => {
            const dark = getComputedStyle(root).colorScheme === 'dark'
                || theme() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches;
            window.mermaid.initialize({ startOnLoad: false, theme: dark ? 'dark' : 'neutral' });
            return window.mermaid.run({ nodes: drawings });
        });
    }, { rootMargin: '600px' });
    drawings.forEach(drawing => near.observe(drawing));
}

// --- Without a network: the book is kept, once the page itself is there and read ------------------------------

async function keepBook() {
    try {
        const url = new URL(path_to_root + root.dataset.worker, document.baseURI);
        const { waiting } = await navigator.serviceWorker.register(url, { updateViaCache: 'none' });
        if (navigator.onLine) waiting?.postMessage('take over');
    } catch {
        // A browser that keeps nothing still shows the page.
    }
}

if (root.dataset.worker && navigator.serviceWorker && location.protocol !== 'file:' && !navigator.connection?.saveData) {
    addEventListener('load', () => setTimeout(keepBook, 2000));
}

// --- Scripts that wait until they are used ------------------------------------------------------------------

document.addEventListener('click', async event => {
    const button = event.target.closest('[data-script]');
    if (!button || button.ariaBusy) return;
    button.parentElement.querySelector(':scope > .late-failed')?.remove();
    try {
        button.ariaBusy = 'true';
        const script = await import(new URL(path_to_root + button.dataset.script, document.baseURI));
        button.ariaBusy = null;
        await script.start(button);
    } catch (error) {
        button.ariaBusy = null;
        const note = document.createElement('span');
        note.className = 'late-failed';
        note.setAttribute('role', 'alert');
        note.textContent = location.protocol === 'file:'
            ? 'A page that was opened from a file cannot run programs. Serve the book: cargo xtask serve'
            : `This cannot be loaded (${error.message}). Is there a network?`;
        button.after(note);
    }
});
