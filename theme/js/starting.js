// What begins without a click, on pages whose server has a lab: the lab on its own page, the editors that were open before
// a page loaded again, and what the reader has solved at the terminal.

import { address, isPrint } from './dom.js';
import { state, update } from './progress.js';

/** Notes exercises that pass. */
function solve(names) {
    const fresh = names.map(name => `exercises/${name}`).filter(page => !state().solved.includes(page));
    if (fresh.length) update(now => { now.solved.push(...fresh); });
}

async function askTerminal(path) {
    try {
        const answer = await fetch(address(path), { cache: 'no-store' });
        if (answer.ok) solve((await answer.json()).solved);
    } catch {
        // The server has ended: what is known stays.
    }
}

const path = document.querySelector('[data-solved]')?.dataset.solved;
if (path && !isPrint) {
    document.querySelector('[data-starts]')?.click();
    let open = [];
    try {
        open = JSON.parse(sessionStorage.getItem('book-lab-open') ?? '{}')[location.pathname] ?? [];
    } catch {
        // Then they are opened by hand.
    }
    for (const name of open) {
        document.querySelector(`.listing-head [data-edit="${name}"]:not([data-where]), [data-variant][data-edit="${name}"],
            [data-exercise-here="${name}"]`)?.click();
    }
    document.addEventListener('solved', event => solve(event.detail));
    const ask = () => document.visibilityState === 'visible' && askTerminal(path);
    // A reader who comes back from a terminal may have solved something there.
    addEventListener('focus', ask);
    document.addEventListener('visibilitychange', ask);
    ask();
}
