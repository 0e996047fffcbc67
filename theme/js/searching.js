// The way to the search: its script and its index are loaded when somebody searches.

import { address } from './dom.js';
import { showLanguage } from './languages.js';

const searchButton = document.getElementById('search-toggle');
const searchScript = document.querySelector('.stamp')?.dataset.search;

if (searchScript) {
    searchButton.dataset.script = searchScript;
    searchButton.dataset.does = 'search the book';
    // Shortcuts of a single letter surprise who speaks to the page.
    document.addEventListener('keydown', event => {
        if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            searchButton.click();
        }
    });
    // By Back from a finding, the findings are there again.
    const comeBack = () => {
        if (history.state?.search) searchButton.click();
    };
    addEventListener('popstate', comeBack);
    comeBack();
    try {
        // The reader comes from a finding on another page.
        if (sessionStorage.getItem('book-found')) {
            import(address(searchScript)).then(script => script.arrive({ showLanguage }));
        }
    } catch {
        // Without storage the page is shown as it is.
    }
} else {
    searchButton.hidden = true;
}
