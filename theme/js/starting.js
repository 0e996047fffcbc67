// What begins without a click: the lab on its own page, and the editors that were open before a page loaded again.

import { isPrint } from './dom.js';

if (!isPrint) {
    document.querySelector('[data-starts]')?.click();
    let open = [];
    try {
        open = JSON.parse(sessionStorage.getItem('book-lab-open') ?? '{}')[location.pathname] ?? [];
    } catch {
        // Then they are opened by hand.
    }
    for (const name of open) document.querySelector(`.listing-head [data-edit="${name}"]:not([data-where])`)?.click();
}
