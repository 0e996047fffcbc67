// Settings: the system's theme until the reader chooses, which languages are seen beside Zig, and whether any are printed.

import { remember, root } from './dom.js';
import { showLanguage } from './languages.js';
import { reachScrollers } from './scrollers.js';

const settings = document.getElementById('settings');

export function theme() {
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
    if (event.target === settings.paper) {
        root.dataset.paper = settings.paper.checked ? 'zig' : '';
        remember('book-paper', root.dataset.paper || null);
        return;
    }
    const hidden = [...settings.querySelectorAll('[value][type=checkbox]:not(:checked)')].map(box => box.value);
    root.dataset.hidden = hidden.join(' ');
    remember('book-hidden', hidden.join(' ') || null);
    if (hidden.includes(root.dataset.language)) {
        remember('book-language', null);
        root.dataset.language = 'zig';
    }
    showLanguage(root.dataset.language);
    offerHidden();
});
settings.paper.checked = root.dataset.paper === 'zig';
for (const box of settings.querySelectorAll('[value][type=checkbox]')) {
    box.checked = !root.dataset.hidden.split(' ').includes(box.value);
}
offerHidden();
