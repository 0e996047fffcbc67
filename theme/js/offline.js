// The book without a network. One visit keeps every page, diagram, quiz and program in the browser; with a network
// whatever is published now is asked for first, so that nobody reads yesterday's page.
//
// This is the service worker, at the site's root as `sw.js`. The tool puts a line before it, `const BOOK = …`: the
// `version` of the content, and the addresses of its `pages` and of further `files`.
'use strict';

/** Several books may share a host, and clear only what is their own. */
const OURS = `book ${registration.scope} `;
const NAME = OURS + BOOK.version;
/** A name that tells the content: what is kept under it is never old. */
const HASHED = /-[0-9a-f]{8,}(?:\.\w+)+$/;
/** How long a slow network is waited for before the kept page is shown, in milliseconds. */
const PATIENCE = 3000;
/** How many files are asked for at once, so that what the reader asks for comes through. */
const AT_ONCE = 4;

const address = path => new URL(path, registration.scope).href;
const isHashed = url => HASHED.test(new URL(url).pathname);

// --- Keeping ----------------------------------------------------------------------------------------------------

/** What a page loads: what its own text names. */
function named(text, page) {
    return [...text.matchAll(/<(?:link|script)\b[^>]* (?:href|src)="([^"]+)"/g)]
        .map(([, name]) => new URL(name, page).href)
        .filter(url => url.startsWith(registration.scope));
}

/** A browser does not accept an answer that was redirected where it asked for a page. */
async function plain(response) {
    if (!response.redirected) return response;
    return new Response(await response.blob(), { headers: response.headers });
}

/** Keeps one file: what an earlier version kept under a name that tells the content, or else what is published. */
async function keep(cache, url) {
    let response = isHashed(url) ? await caches.match(url) : undefined;
    if (!response) {
        response = await fetch(url, { cache: isHashed(url) ? 'default' : 'no-cache' });
        if (!response.ok) throw new Error(`${url}: ${response.status}`);
        response = await plain(response);
    }
    await cache.put(url, response.clone());
    return response;
}

/** Works through a set, which may grow meanwhile. */
async function each(set, work) {
    const items = set.values();
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        for (const item of items) await work(item);
    }));
}

async function keepAll() {
    const cache = await caches.open(NAME);
    const files = new Set(BOOK.files.map(address));
    await each(new Set(BOOK.pages.map(address)), async page => {
        const text = await (await keep(cache, page)).text();
        for (const url of named(text, page)) files.add(url);
    });
    await each(files, url => keep(cache, url));
}

async function clearOld() {
    const names = await caches.keys();
    await Promise.all(names
        .filter(name => name.startsWith(OURS) && name !== NAME)
        .map(name => caches.delete(name)));
    await clients.claim();
}

// --- Answering --------------------------------------------------------------------------------------------------

/** What is kept for a request; servers show `lesson/` and `lesson` for the files that are meant. */
async function kept({ url }) {
    const cache = await caches.open(NAME);
    const bare = new URL(url);
    bare.search = bare.hash = '';
    const { href } = bare;
    for (const name of href.endsWith('/') ? [`${href}index.html`] : [href, `${href}.html`]) {
        const response = await cache.match(name, { ignoreVary: true });
        if (response) return response;
    }
}

async function keptFirst(request) {
    return await kept(request) ?? fetch(request);
}

/** The book's own word for a page that does not exist. What it loads is at the root of this book. */
async function missing() {
    const page = await kept({ url: address('404.html') });
    const text = (await page.text()).replace(/<base href="[^"]*">/, `<base href="${registration.scope}">`);
    return new Response(text, { status: 404, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

async function publishedFirst(request) {
    const copy = await kept(request);
    if (!copy) return fetch(request).catch(error => request.mode === 'navigate' ? missing() : Promise.reject(error));
    const published = fetch(request).then(response => response.status < 500 ? response : copy, () => copy);
    const patience = new Promise(resolve => setTimeout(resolve, PATIENCE, copy));
    return Promise.race([published, patience]);
}

addEventListener('install', event => event.waitUntil(keepAll()));
addEventListener('activate', event => event.waitUntil(clearOld()));
addEventListener('fetch', event => {
    const { request } = event;
    if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) return;
    event.respondWith(isHashed(request.url) ? keptFirst(request) : publishedFirst(request));
});

// A page that came by the network asks a newer worker to take over. It waits while another page is open, which may
// still want what the old one keeps.
addEventListener('message', event => {
    if (event.data !== 'take over') return;
    event.waitUntil(clients.matchAll({ type: 'window', includeUncontrolled: true })
        .then(pages => pages.length < 2 && skipWaiting()));
});
