// What a reader has typed, kept in this browser until it is reset. Another tab may keep the same program: what one has
// written is never written over by the other before its reader was told.

import { root } from './dom.js';

const site = new URL(root.dataset.root || './', location.href);
const KEY = `memory-management-lab ${site.pathname} `;

/** One program's place. `name` is its listing's, or another. */
export class Kept {
    #key;
    /** What this tab last read or wrote there. */
    #known = null;

    constructor(name) {
        this.#key = KEY + name;
    }

    /** The text that is kept; nothing where there is none. */
    read() {
        try {
            this.#known = localStorage.getItem(this.#key);
        } catch {
            this.#known = null;
        }
        return this.#known;
    }

    /**
     * Keeps a text, or forgets it where that is `null`. Answers `''`, or `'other'` where another tab has kept something
     * else meanwhile, or `'none'` where the browser keeps nothing (any more).
     */
    write(text, over = false) {
        try {
            const there = localStorage.getItem(this.#key);
            if (!over && there !== this.#known && there !== text) return 'other';
            if (text === null) localStorage.removeItem(this.#key);
            else localStorage.setItem(this.#key, text);
            this.#known = text;
            return '';
        } catch {
            return 'none';
        }
    }

    /** Tells when another tab keeps something else. */
    watch(changed) {
        const hear = event => {
            if (event.key === this.#key && event.newValue !== this.#known) changed();
        };
        addEventListener('storage', hear);
        return () => removeEventListener('storage', hear);
    }
}

const OPEN = 'book-lab-open';

/** Notes that an editor of this page is open, or is not: pages load again when the book changes. */
export function noteOpen(name, isOpen) {
    try {
        const names = JSON.parse(sessionStorage.getItem(OPEN) ?? '{}');
        const here = (names[location.pathname] ?? []).filter(other => other !== name);
        names[location.pathname] = isOpen ? [...here, name] : here;
        sessionStorage.setItem(OPEN, JSON.stringify(names));
    } catch {
        // Then it is opened by hand.
    }
}
