// The allocator laboratory: allocators of Zig's standard library, called by the reader. Loaded when the reader asks for
// it. What is shown is what the module tells after each call (`crates/site/zig/laboratory`); here nothing is computed.

import { make, makeButton } from './dom.js';
import { state, update } from './progress.js';

/** How long all calls together may take, in milliseconds. */
const PATIENCE = 10_000;
const KINDS = ['fixed', 'arena', 'safe', 'buffer_first'];
const NAMES = ['fixed buffer', 'arena', 'safe allocator', 'buffer first'];
const RELATIONS = { '=': (a, b) => a === b, '>=': (a, b) => a >= b, '<=': (a, b) => a <= b };

/** Whether all conditions of a mission hold. `is_reached` of the tool decides by the same rule. */
export function isReached(reach, facts) {
    return reach.every(condition => {
        const [name, relation, number] = condition.split(' ');
        return RELATIONS[relation](facts[name], Number(number));
    });
}

let loading;

function load() {
    loading ??= (async () => {
        const style = make('link', { rel: 'stylesheet', href: new URL('laboratory.css', import.meta.url).href });
        const styled = new Promise((resolve, reject) => {
            style.onload = resolve;
            style.onerror = () => reject(new Error('laboratory.css'));
        });
        document.head.append(style);
        const answer = await fetch(new URL('laboratory.wasm', import.meta.url));
        if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
        const module = await WebAssembly.compile(await answer.arrayBuffer());
        const [section] = WebAssembly.Module.customSections(module, 'missions');
        await styled;
        return { module, missions: JSON.parse(new TextDecoder().decode(section)) };
    })();
    loading.catch(() => { loading = undefined; });
    return loading;
}

let worker;

/** What the module tells after each of the calls. */
export async function replay(calls) {
    const { module } = await load();
    worker ??= new Worker(new URL('laboratory-worker.js', import.meta.url));
    const end = () => {
        worker?.terminate();
        worker = undefined;
    };
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
            end();
            reject(new Error('it did not come to an end, and was stopped'));
        }, PATIENCE);
        worker.onmessage = ({ data }) => {
            clearTimeout(timer);
            resolve(data.reports);
        };
        worker.onerror = event => {
            clearTimeout(timer);
            end();
            reject(new Error(event.message ?? 'the Worker cannot be started'));
        };
        worker.postMessage({ module, calls });
    });
}

/** Puts the laboratory, or one mission of it, in the place of the offer that holds `button`. */
export async function start(button) {
    const { missions } = await load();
    const wanted = missions.find(({ id }) => id === button.dataset.mission);
    const offer = button.closest('.alloc-offer');
    const body = await bench(missions, wanted);
    offer.replaceWith(body);
    body.querySelector('select, input')?.focus({ preventScroll: true });
}

const option = (value, name) => make('option', { value }, name);
const label = (name, field) => make('label', {}, `${name} `, field);
const row = (...children) => make('p', { class: 'alloc-row' }, ...children);

async function bench(missions, only) {
    const isSolved = id => state().questions[`laboratory/${id}`]?.right === true;
    const keep = id => update(now => {
        now.questions[`laboratory/${id}`] = { tries: 1, right: true, box: 0, at: 0 };
    });
    let mission = only;
    let calls = [];
    let reports = [];
    // One call at a time: what was asked meanwhile comes after it.
    let turn = Promise.resolve();

    const choice = make('select', {});
    const kind = make('select', {}, ...NAMES.map((name, at) => option(at, name)));
    const room = make('input', { type: 'number', min: 1, max: 256, value: 32 });
    const size = make('input', { type: 'number', min: 1, max: 16384, value: 8 });
    const alignment = make('select', {}, ...[1, 2, 4, 8, 16, 32, 64].map(bytes => option(bytes, bytes)));
    const block = make('select', {});
    const mode = make('select', {}, option(0, 'keep the capacity'), option(1, 'free all'));
    const goal = make('p', { class: 'alloc-goal', role: 'status' });
    const answer = make('p', { class: 'alloc-answer', role: 'status' });
    const maps = make('div');
    const log = make('ol', { class: 'alloc-log', tabindex: 0, 'aria-label': 'The calls so far' });

    const act = call => () => { turn = turn.then(() => perform([...calls, call()])); };
    const alloc = makeButton('alloc', act(() => `alloc ${number(size)} ${alignment.value}`), { class: 'go' });
    const free = makeButton('free', act(() => `free ${block.value}`), { class: 'go' });
    const resize = makeButton('resize', act(() => `resize ${block.value} ${number(size)}`), { class: 'go' });
    const reset = makeButton('reset', act(() => `reset ${mode.value}`), { class: 'go' });
    const leaks = makeButton('deinit', act(() => 'leaks'), { class: 'go' });
    const undo = makeButton('Undo', () => { turn = turn.then(() => perform(calls.slice(0, -1))); }, { class: 'go' });
    const again = makeButton('Start again', () => beginNext(), { class: 'go' });
    const hint = makeButton('Hint', () => {
        hint.disabled = true;
        judge(reports.at(-1), false);
    }, { class: 'go' });
    const show = makeButton('Show one way', () => {
        turn = turn.then(() => perform([calls[0], ...mission.solution], true));
    }, { class: 'go' });

    const chosen = row(label('Mission', choice));
    const made = row(label('Allocator', kind), label('Bytes of the buffer', room));
    const help = row(hint, show);
    const capacity = label('and', mode);
    const body = make('div', { class: 'alloc-body' },
        make('div', { class: 'alloc-top' }, ...only ? [] : [chosen], made, goal, help),
        make('div', { class: 'alloc-do' },
            row(label('Bytes', size), label('alignment', alignment), alloc),
            row(label('Block', block), free, resize),
            row(reset, capacity, leaks),
            row(undo, again),
            answer),
        make('section', { class: 'alloc-maps', 'aria-label': 'Memory map' }, make('p', {}, make('b', {}, 'Memory map')), maps),
        make('div', { class: 'alloc-calls' }, make('p', {}, make('b', {}, 'Calls and answers')), log));

    const number = field => Math.max(1, Math.trunc(Number(field.value)) || 1);

    function list() {
        choice.replaceChildren(option('', 'none: try what you like'), ...missions.map(({ id, title }) =>
            option(id, `${isSolved(id) ? '✓ ' : ''}${title}`)));
        choice.value = mission?.id ?? '';
    }

    /** Makes the allocator, and forgets what was called before. */
    async function begin() {
        if (mission) {
            kind.value = String(KINDS.indexOf(mission.allocator));
            if (mission.size) room.value = String(mission.size);
        }
        made.hidden = Boolean(mission);
        help.hidden = !mission;
        goal.hidden = !mission;
        hint.disabled = false;
        const has = name => KINDS[Number(kind.value)] === name;
        room.parentElement.hidden = has('arena') || has('safe');
        reset.hidden = !has('fixed') && !has('arena');
        capacity.hidden = !has('arena');
        leaks.hidden = !has('safe');
        await perform([`make ${kind.value} ${Math.min(256, number(room))}`]);
    }

    async function perform(next, isShown = false) {
        try {
            const told = await replay(next);
            calls = next.slice(0, told.length);
            // What was refused by the laboratory itself was no call.
            if (told.at(-1).kind === 'refused') calls.pop();
            reports = told.slice(0, calls.length);
            draw(told.at(-1), isShown);
        } catch (error) {
            say(`That cannot be done: ${error.message}.`, true);
        }
    }

    function say(text, isBad) {
        answer.textContent = text;
        answer.classList.toggle('bad', isBad);
    }

    function draw(last, isShown) {
        const asked = last.child.length ? ` The child was asked: ${last.child.join(', ')}.` : '';
        const logged = last.log.length ? ` Logged: ${last.log.join('; ')}.` : '';
        say(`${last.call}: ${last.answer}.${asked}${logged}`, ['panic', 'out_of_memory', 'refused'].includes(last.kind));
        maps.innerHTML = last.map;
        log.replaceChildren(...reports.map(report => {
            const entry = make('li', {}, make('code', {}, report.call), ` ${report.answer}`);
            const more = [...report.child, ...report.log];
            if (more.length) entry.append(make('span', { class: 'alloc-child' }, more.join('; ')));
            return entry;
        }));
        log.scrollTop = log.scrollHeight;
        const before = block.value;
        block.replaceChildren(...last.blocks.map(({ name, size: bytes, state: is }, at) =>
            option(at, `${name}, ${bytes}${is === 'live' ? '' : `, ${is}`}`)));
        block.value = before in last.blocks ? before : String(last.blocks.length - 1);
        const isOver = ['panic', 'leaks'].includes(reports.at(-1)?.kind);
        for (const button of [alloc, reset, leaks]) button.disabled = isOver;
        for (const button of [free, resize]) button.disabled = isOver || !last.blocks.length;
        undo.disabled = calls.length < 2;
        if (mission) judge(last, isShown);
    }

    function judge(last, isShown) {
        const reached = isReached(mission.reach, last.facts);
        goal.classList.toggle('reached', reached);
        // In a lesson the goal stands above.
        const parts = only ? [] : [mission.goal];
        if (reached) parts.push(isShown ? 'This is one way. Start again, and find it yourself.' : 'Reached.');
        else if (hint.disabled) parts.push(mission.hint);
        else if (only) parts.push('Not reached yet.');
        // Said again only when it changes.
        if (goal.textContent !== parts.join(' ')) goal.textContent = parts.join(' ');
        if (!reached || isShown || isSolved(mission.id)) return;
        keep(mission.id);
        list();
    }

    const beginNext = () => { turn = turn.then(begin); };
    choice.addEventListener('change', () => {
        mission = missions.find(({ id }) => id === choice.value);
        beginNext();
    });
    for (const field of [kind, room]) field.addEventListener('change', beginNext);
    size.addEventListener('keydown', event => {
        if (event.key === 'Enter') alloc.click();
    });

    list();
    await begin();
    return body;
}
