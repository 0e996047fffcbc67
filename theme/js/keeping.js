// Without a network: the book is kept, once the page itself is there and read.

import { address, root } from './dom.js';

async function keepBook() {
    try {
        const url = address(root.dataset.worker);
        const { waiting } = await navigator.serviceWorker.register(url, { updateViaCache: 'none' });
        if (navigator.onLine) waiting?.postMessage('take over');
    } catch {
        // A browser that keeps nothing still shows the page.
    }
}

if (root.dataset.worker && navigator.serviceWorker && location.protocol !== 'file:' && !navigator.connection?.saveData) {
    addEventListener('load', () => setTimeout(keepBook, 2000));
}
