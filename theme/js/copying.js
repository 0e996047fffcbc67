// Copying code.

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
