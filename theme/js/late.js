// Scripts that wait until they are used: a button names its script.

import { address } from './dom.js';
import { showLanguage } from './languages.js';

document.addEventListener('click', async event => {
    const button = event.target.closest('[data-script]');
    if (!button || button.ariaBusy) return;
    button.parentElement.querySelector(':scope > .late-failed')?.remove();
    try {
        button.ariaBusy = 'true';
        const script = await import(address(button.dataset.script));
        button.ariaBusy = null;
        await script.start(button, { showLanguage });
    } catch (error) {
        button.ariaBusy = null;
        const note = document.createElement('span');
        note.className = 'late-failed';
        note.setAttribute('role', 'alert');
        note.textContent = location.protocol === 'file:'
            ? `A page that was opened from a file cannot ${button.dataset.does ?? 'run programs'}. Serve the book: cargo xtask serve`
            : `This cannot be loaded (${error.message}). Is there a network?`;
        button.after(note);
    }
});

// A part of a page that needs a script is whole without it, and stays as it is where the script cannot be loaded.
for (const part of document.querySelectorAll('[data-load]')) {
    import(address(part.dataset.load)).then(script => script.start(part)).catch(console.warn)
        .finally(() => part.classList.add('ready'));
}
