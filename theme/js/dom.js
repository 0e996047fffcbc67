// What every script of the page needs: its elements, its addresses, and what the browser keeps.

export const root = document.documentElement;

/** Whether this is the whole book on one page: on paper nothing is pressed, so nothing is made ready for it. */
export const isPrint = 'print' in root.dataset;

/** The address of a file of the site, from its path below the site's root. */
export const address = path => new URL((root.dataset.root ?? '') + path, document.baseURI).href;

/** Keeps a choice of the reader's, or forgets it where there is none. */
export function remember(key, value) {
    try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
    } catch {
        // A browser that keeps nothing still shows the page.
    }
}

/** An element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
}

/** A button that does something when it is pressed. */
export function makeButton(name, action, attributes = {}) {
    const button = make('button', { type: 'button', ...attributes }, name);
    button.addEventListener('click', action);
    return button;
}

/** Loads a classic script, which also works where the page was opened from a file. */
export function loadScript(url) {
    return new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = url;
        script.onload = resolve;
        script.onerror = () => {
            script.remove();
            reject(new Error(`cannot load ${url}`));
        };
        document.head.append(script);
    });
}

/** Does work when the browser has nothing better to do. */
export const whenIdle = window.requestIdleCallback ?? (work => setTimeout(work, 50));

/** What an address means without its percent signs; itself, where they are not what they should be. */
export function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/** Puts text on the clipboard, also where the page came without encryption and the browser offers only the old way. */
export async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
        return;
    } catch {
        // Not offered, or refused.
    }
    const before = /** @type {HTMLElement} */ (document.activeElement);
    const field = make('textarea', { readonly: '', style: 'position: fixed; top: 0; opacity: 0' });
    field.value = text;
    document.body.append(field);
    field.focus({ preventScroll: true });
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    before?.focus({ preventScroll: true });
    if (!isCopied) throw new Error('the browser copies nothing');
}
