// Runs a listing when the reader asks for it, and shows what it prints beside what was recorded. Loaded by the
// first click on a Run button. Zig runs here, in a Worker; Rust on the Rust Playground, another host, which hears of
// it only now.

import { compare, normalized, normalizedRust, panics } from './compare.js';

const PLAYGROUND = 'https://play.rust-lang.org';
/** How long the Playground may take, in milliseconds. */
const PATIENCE = 30_000;

// --- Zig, in a Worker -------------------------------------------------------------------------------------------

const modules = new Map();

/** The compiled module in a file beside this script, and what was recorded of its listings. Fetched once. */
export function load(file) {
    if (!modules.has(file)) {
        const loading = (async () => {
            const answer = await fetch(new URL(file, import.meta.url));
            if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
            const module = await WebAssembly.compile(await answer.arrayBuffer());
            const [section] = WebAssembly.Module.customSections(module, 'recorded');
            return { module, recorded: JSON.parse(new TextDecoder().decode(section)) };
        })();
        loading.catch(() => modules.delete(file));
        modules.set(file, loading);
    }
    return modules.get(file);
}

/** Runs one listing, and gives `print` what it prints. Ends with `{ status }`, `{ trap }` or `{ stopped }`. */
export function run(module, listing, print, signal) {
    return new Promise((resolve, reject) => {
        const worker = new Worker(new URL('wasi.js', import.meta.url));
        const end = how => {
            worker.terminate();
            resolve(how);
        };
        signal?.addEventListener('abort', () => end({ stopped: true }));
        worker.onmessage = ({ data }) => 'text' in data ? print(data.text) : end(data);
        worker.onerror = event => {
            worker.terminate();
            reject(new Error(event.message ?? 'the Worker cannot be started'));
        };
        worker.postMessage({ module, listing });
    });
}

/** Says how the run ended and whether it is what was recorded. */
export function verdict({ recorded, why, names }, printed, lesson, end) {
    if (end.stopped) return 'Stopped.';
    const likeness = compare(recorded, normalized(printed, lesson, names));
    if (likeness === 'same') return 'The same as recorded.';
    if (likeness === 'traces') return 'The same as recorded, but for the stack trace: WebAssembly has none.';
    const ended = end.trap && !panics(printed) ? ` It was stopped: ${end.trap}.` : '';
    return `Differs from what was recorded${why ? `: ${why}` : ''}.${ended}`;
}

async function runZig(button, shown, signal) {
    const { module, listing } = button.dataset;
    const [lesson, stem] = listing.split('/');
    const loaded = await load(module);
    let printed = '';
    const end = await run(loaded.module, stem, text => {
        printed += text;
        shown.print(text);
    }, signal);
    return verdict(loaded.recorded[stem], printed, lesson, end);
}

// --- Rust, on the Playground ---------------------------------------------------------------------------------------

async function runRust(button, shown, signal) {
    const { rust, listing } = button.dataset;
    const stem = listing.split('/')[1];
    const sources = await (await fetch(new URL(rust, import.meta.url), { signal })).json();
    const { code, tests, recorded } = sources[stem];
    shown.note('Waiting for play.rust-lang.org …');
    let answer;
    try {
        const response = await fetch(`${PLAYGROUND}/execute`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({
                channel: 'stable', mode: 'debug', edition: '2024', crateType: tests ? 'lib' : 'bin', tests, code,
            }),
            signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
        });
        if (!response.ok) throw new Error(`status ${response.status}`);
        answer = await response.json();
    } catch (error) {
        if (signal.aborted) return 'Stopped.';
        return `The Rust Playground cannot be reached (${error.message}). It is another host and needs the network; the recorded output is what this program prints.`;
    }
    const printed = normalizedRust(`${answer.stdout}${answer.stderr}`, `${stem}.rs`);
    shown.print(`${printed}\n`);
    return printed === normalizedRust(recorded, `${stem}.rs`)
        ? 'The same as recorded.'
        : 'Differs from what was recorded: the Playground may have another version of Rust, and keeps the two outputs apart.';
}

// --- The page ------------------------------------------------------------------------------------------------------

const running = new WeakMap();
let styled;

/** The style sheet of what is run. */
export function style() {
    styled ??= new Promise((resolve, reject) => {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.href = new URL('run.css', import.meta.url).href;
        link.onload = resolve;
        link.onerror = reject;
        document.head.append(link);
    });
    return styled;
}

/** The place for what a listing prints here: beside the recorded output, or alone where that is not shown. */
export function place(panel) {
    let pair = panel.querySelector(':scope > .run-pair');
    if (!pair) {
        pair = document.createElement('div');
        pair.className = 'run-pair';
        const recorded = panel.querySelector(':scope > .listing-output');
        (recorded ?? panel.lastElementChild)[recorded ? 'before' : 'after'](pair);
        if (recorded) pair.append(recorded);
        pair.insertAdjacentHTML('beforeend', `<section class="run-result" aria-label="In this page">
<p class="output-label"></p><pre><samp></samp></pre><p class="run-note" role="status"></p></section>`);
    }
    const [result] = pair.getElementsByClassName('run-result');
    const [label, block, note] = result.children;
    const samp = block.firstElementChild;
    samp.textContent = '';
    block.hidden = true;
    // A program may print letter by letter, and faster than a page is drawn.
    let waiting = '';
    const show = () => {
        if (!waiting) return;
        samp.append(waiting);
        waiting = '';
        block.hidden = false;
        if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    };
    return {
        label: text => { label.textContent = text; },
        note(text) {
            show();
            note.textContent = text;
        },
        print(text) {
            if (!waiting) requestAnimationFrame(show);
            waiting += text;
        },
        printed: () => samp.textContent + waiting !== '',
        /** Brings both outputs into the window, or where they have no room in it, what was printed here. */
        reveal: () => (pair.offsetHeight < innerHeight / 2 ? pair : note).scrollIntoView({ block: 'nearest' }),
    };
}

/** What a click on a Run button does: run the listing, or stop it. */
export async function start(button) {
    if (running.has(button)) return running.get(button).abort();
    await style();
    const { why, rust } = button.dataset;
    const shown = place(button.closest('.variant-answer, .listing-twin'));
    shown.label(rust ? 'On the Rust Playground' : 'In this page');
    if (why) {
        shown.note(`It cannot run in this page: ${why}.`);
        return shown.reveal();
    }
    const stop = new AbortController();
    const [name, label] = [button.textContent, button.ariaLabel];
    running.set(button, stop);
    button.textContent = 'Stop';
    button.ariaLabel = label?.replace(name, 'Stop');
    shown.note('Running …');
    shown.reveal();
    try {
        const note = await (rust ? runRust : runZig)(button, shown, stop.signal);
        shown.note(shown.printed() || stop.signal.aborted || rust ? note : `It printed nothing. ${note}`);
    } catch (error) {
        shown.note(`It cannot be run: ${error.message}. The recorded output is what it prints.`);
    } finally {
        shown.reveal();
        running.delete(button);
        button.textContent = name;
        button.ariaLabel = label;
    }
}
