// Copying code.

import { copyText, isPrint, make } from './dom.js';

// Those of listings and exercises are in the page already.
const OTHERS = 'main pre:has(> code):not(.trace-file, .difference, .listing-head + pre)';
for (const block of isPrint ? [] : document.querySelectorAll(OTHERS)) {
    const holder = make('div', { class: 'copied' });
    const button = make('button', { type: 'button', class: 'copy', 'data-copy': '' }, 'Copy');
    block.replaceWith(holder);
    holder.append(block, button);
}

document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const place = button.closest('.copied') ?? button.closest('.listing-head').parentElement;
    const code = place.querySelector(':scope > pre > code').cloneNode(true);
    // Of a variant that is shown in the listing's place.
    for (const gone of code.querySelectorAll('.gone')) {
        gone.nextSibling?.remove();
        gone.remove();
    }
    try {
        await copyText(code.textContent);
        button.textContent = 'Copied';
    } catch {
        button.textContent = 'Not copied';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});
