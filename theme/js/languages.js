// Languages: one choice for every figure of the site.

import { remember, root } from './dom.js';
import { reachScrollers } from './scrollers.js';

export function showLanguage(language) {
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
    const tabs = [...tab.parentElement.children].filter(other => other.checkVisibility());
    const at = tabs.indexOf(tab) + step;
    const to = Math.abs(step) > 1
        ? Math.min(Math.max(at, 0), tabs.length - 1)
        : (at + tabs.length) % tabs.length;
    chooseLanguage(tabs[to]);
    tabs[to].focus();
    event.preventDefault();
});


showLanguage(root.dataset.language);
