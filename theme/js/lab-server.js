// The lab's half that is the server's: it compiles what a page sends, and records it. `cargo xtask serve` has it, no
// other server does.

import { address } from './dom.js';

/** This tab, for the server: the newest request of a tab is the one that counts. */
const PAGE = Math.random().toString(36).slice(2);

/** What the server does not do, in a sentence for the reader. */
export class Refusal extends Error {
    constructor(status, sentence, answer = {}) {
        super(sentence);
        this.status = status;
        this.answer = answer;
    }
}

const GONE = 'The server does not answer. Is “cargo xtask serve” still running? Your text stays here: try again then.';

async function call(path, options) {
    let answer;
    try {
        answer = await fetch(address(path), { cache: 'no-store', ...options });
    } catch (error) {
        if (options?.signal?.aborted) throw error;
        throw new Refusal(0, GONE);
    }
    let said;
    try {
        said = await answer.json();
    } catch (error) {
        if (options?.signal?.aborted) throw error;
        if (answer.ok) throw new Refusal(0, GONE);
    }
    if (answer.ok) return said;
    const why = said?.error ?? `The server answered ${answer.status} and did not say why.`;
    throw new Refusal(answer.status, why, said);
}

let token;

/** Asks the server for something. */
export const get = path => call(path);

/** Has the server do something with a program. */
export async function post(path, body, signal) {
    token ??= call('lab.json').then(said => said.token);
    token.catch(() => { token = undefined; });
    const headers = { 'Content-Type': 'application/json', 'X-Lab-Token': await token };
    try {
        return await call(path, { method: 'POST', headers, body: JSON.stringify({ page: PAGE, ...body }), signal });
    } catch (error) {
        // Of an earlier run of the server: the next request asks for its own.
        if (error.status === 403) token = undefined;
        throw error;
    }
}

/** A compiled program that the server made. */
export async function module(path, signal) {
    const answer = await fetch(address(path.replace(/^\//, '')), { signal }).catch(error => {
        throw signal.aborted ? error : new Refusal(0, GONE);
    });
    if (!answer.ok) throw new Refusal(answer.status, 'The compiled program is not there any more: run it again.');
    return WebAssembly.compile(await answer.arrayBuffer());
}
