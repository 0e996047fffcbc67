// Steps through memory diagrams. The page holds one step of each; the others are loaded when a diagram comes
// near. Everything here adds to a figure that is whole without it.

import { address, copyText, decoded, isPrint, loadScript } from './dom.js';

const waiting = {};

// Called by the data of a trace: a table of pieces of HTML, for each step the numbers of its pieces, and the lives of its
// blocks.
window.bookTrace = (name, ...data) => waiting[name]?.(asData(...data));
const asData = (pieces, steps, life) => ({ pieces, steps, life });

const loaded = {};
const load = figure => (loaded[figure.dataset.trace] ??= new Promise((resolve, reject) => {
    waiting[figure.dataset.trace] = resolve;
    loadScript(address(figure.dataset.src)).catch(error => {
        delete loaded[figure.dataset.trace];
        reject(error);
    });
}));

/** What happens to memory at a step, by its number in the data. */
const KINDS = ['', ', asks for memory', ', gives memory back', ', gets memory', ', something is wrong'];

/** What leads each figure of the page to a step. */
const figures = new Map();

/** Goes to the step that an address names, as `#trace-03_allocator-owns=4` does. Whether it names one. */
function follow(hash) {
    const [, id, step] = /^#(.*)=(\d+)$/.exec(decoded(hash)) ?? [];
    figures.get(id)?.(+step);
    return figures.has(id);
}

/** Shows the arrows of one row, or of a whole box where the row is its header, and dims the others. */
function point(pane, row) {
    const drawing = pane.querySelector('svg');
    for (const old of pane.querySelectorAll('.lit, .end, .picked')) old.classList.remove('lit', 'end', 'picked');
    pane.classList.remove('lit');
    if (!row || !drawing) return;
    const { top, height } = drawing.getBoundingClientRect();
    const unit = drawing.viewBox.baseVal.height / height;
    const reach = element => {
        const box = element.getBoundingClientRect();
        return [(box.top - top) * unit, (box.bottom - top) * unit];
    };
    const columns = { s: pane.children[0], m: pane.children[2] };
    const rows = side => [...columns[side].querySelectorAll('.h, .r')];
    const whole = row.matches('.h') ? row.parentElement : row;
    const [from, to] = reach(whole);
    for (const arrow of pane.querySelectorAll('[data-e]')) {
        const ends = arrow.dataset.e.split(' ').map(end => [end[0], +end.slice(1)]);
        const isIn = ([side, y]) => columns[side].contains(row) && from <= y && y <= to;
        if (!ends.some(isIn)) continue;
        pane.classList.add('lit');
        arrow.classList.add('lit');
        for (const [side, y] of ends.filter(end => !isIn(end))) {
            const other = rows(side).find(element => {
                const [above, below] = reach(element);
                return above <= y && y <= below;
            });
            other?.classList.add('end');
        }
    }
}

/** Arrows of what the pointer is on, or the keyboard. */
function follows(pane) {
    const rowAt = event => event.target.closest('.h, .r');
    pane.addEventListener('pointerover', event => point(pane, rowAt(event)));
    pane.addEventListener('pointerleave', () => point(pane, null));
    pane.tabIndex = 0;
    pane.addEventListener('blur', () => point(pane, null));
    pane.addEventListener('keydown', event => {
        const rows = [...pane.querySelectorAll('.h, .r')];
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.altKey || event.ctrlKey || event.metaKey || !step || !rows.length) return;
        event.preventDefault();
        const at = rows.indexOf(pane.querySelector('.picked'));
        const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
        point(pane, next);
        next.classList.add('picked');
        next.scrollIntoView({ block: 'nearest' });
    });
}

export function start(figure) {
    const part = selector => figure.querySelector(selector);
    const bar = part('.trace-bar'), slider = part('input[type=range]'), link = part('.trace-link');
    const memoryPane = part('.trace-memory'), life = part('.trace-life');
    const ask = part('.trace-ask');
    const count = +figure.dataset.steps;
    let at = +figure.dataset.step, wanted = at, asked = !ask || at >= +ask.dataset.ask;

    function controls() {
        slider.value = at;
        slider.setAttribute('aria-valuetext', `step ${at} of ${count}${kind()}`);
        life?.style.setProperty('--at', at);
        // Until the question is answered marks and lives say nothing.
        if (ask) part('.trace-slider svg')?.style.setProperty('visibility', asked ? 'visible' : 'hidden');
        if (ask && life) life.hidden = !asked;
        link.textContent = `Step ${at} of ${count}`;
        link.href = `#${figure.id}=${at}`;
        for (const act of ['first', 'back', 'forward', 'last', 'over', 'memory']) {
            const off = at === (act === 'first' || act === 'back' ? 1 : count);
            const button = part(`[data-act=${act}]`);
            if (off) button.setAttribute('aria-disabled', 'true');
            else button.removeAttribute('aria-disabled');
        }
    }

    // Known once the data is there.
    let kinds = [];
    const kind = () => KINDS[kinds[at - 1]] ?? '';

    function show({ pieces, steps }) {
        kinds = steps.map(step => step[1]);
        const [[ranFile, ran, nextFile, next], , said, , parts] = steps[at - 1];
        const html = numbers => numbers.map(number => pieces[number]).join('');
        [...memoryPane.children].forEach((box, index) => { box.innerHTML = html(parts[index]); });
        point(memoryPane, null);
        part('.trace-bytes tbody').innerHTML = html(parts[4]);
        part('.trace-said').innerHTML = `Step ${at} of ${count}. ${said}`;
        const out = part('.trace-out samp');
        if (out) out.textContent = steps.slice(0, at).map(step => step[3]).join('');
        figure.querySelectorAll('.trace-file').forEach((file, index) => {
            file.hidden = index !== (next ? nextFile : ranFile);
            for (const line of file.querySelectorAll('[class]')) {
                if (line.dataset.l) line.removeAttribute('class');
            }
            const mark = (on, number, name) => {
                if (on !== index || !number) return;
                const lines = file.querySelectorAll(`[data-l="${number}"], [data-s="${number}"]`);
                lines.forEach(line => line.classList.add(name));
            };
            mark(ranFile, ran, 'ran');
            mark(nextFile, next, 'next');
        });
        controls();
        reach();
    }

    // Code that is taller than its place is scrolled to the line that runs next.
    function reach() {
        const to = part('.trace-file:not([hidden]) .next') || part('.trace-file:not([hidden]) .ran');
        if (!to) return;
        const file = to.closest('pre');
        const above = to.getBoundingClientRect().top - file.getBoundingClientRect().top + file.scrollTop;
        if (above < file.scrollTop + 20 || above > file.scrollTop + file.clientHeight - 40) {
            file.scrollTop = above - file.clientHeight / 3;
        }
    }

    async function go(step) {
        wanted = Math.min(Math.max(step, 1), count);
        if (!asked && wanted >= +ask.dataset.ask) {
            wanted = +ask.dataset.ask - 1;
            ask.hidden = false;
            ask.querySelector('input').focus({ preventScroll: true });
        }
        const data = await steps();
        if (!data) return;
        at = wanted;
        show(data);
    }

    const steps = () => load(figure).catch(() => {
        part('.trace-said').textContent = 'The other steps could not be loaded.';
    });

    async function memory() {
        const next = (await steps())?.steps.findIndex((step, index) => index >= at && step[1]);
        if (next !== undefined) go(next < 0 ? count : next + 1);
    }

    async function over() {
        const target = (await steps())?.steps[at - 1][5];
        if (target !== undefined) go(target || at + 1);
    }

    function reveal() {
        asked = true;
        part('[data-act=forward]').focus({ preventScroll: true });
        go(+ask.dataset.ask);
    }

    const acts = {
        first: () => go(1), back: () => go(wanted - 1), forward: () => go(wanted + 1), last: () => go(count), memory, over,
        show: () => { ask.hidden = true; reveal(); },
    };
    figure.addEventListener('click', event => {
        const button = event.target.closest('[data-act]');
        if (button && !button.hasAttribute('aria-disabled')) acts[button.dataset.act]();
    });
    slider.addEventListener('input', () => go(+slider.value));
    figure.addEventListener('keydown', event => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest('input, pre, form')) return;
        const act = {
            ArrowLeft: 'back', ArrowRight: 'forward', Home: 'first', End: 'last', m: 'memory', n: 'over',
        }[event.key];
        if (!act) return;
        event.preventDefault();
        acts[act]();
    });
    follows(memoryPane);
    life?.addEventListener('toggle', async () => {
        const data = await steps();
        const box = life.querySelector('div');
        if (data && !box.firstChild) box.innerHTML = `<table><tbody>${data.life}</tbody></table>`;
    });
    life?.addEventListener('click', event => {
        const line = event.target.closest('svg');
        if (!line) return;
        const { left, width } = line.getBoundingClientRect();
        go(1 + Math.floor((event.clientX - left) / width * count));
    });
    ask?.addEventListener('submit', event => {
        event.preventDefault();
        const chosen = ask.querySelector('input:checked'), right = ask.querySelector('[data-right]');
        for (const button of ask.querySelectorAll('button')) button.hidden = true;
        for (const input of ask.querySelectorAll('input')) input.disabled = true;
        if (chosen !== right) chosen?.parentElement.classList.add('wrong');
        right.parentElement.classList.add('right');
        const verdict = document.createElement('p');
        verdict.setAttribute('role', 'status');
        verdict.textContent = chosen === right ? 'Right.' : `Not quite: ${right.parentElement.textContent.trim()}.`;
        ask.firstChild.append(verdict);
        reveal();
    });

    // The number of the step is a link to it: chosen, it is in the address bar and on the clipboard.
    link.addEventListener('click', async event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        history.replaceState(history.state, '', link.href);
        try {
            await copyText(link.href);
            link.textContent = 'Link copied';
        } catch {
            link.textContent = 'Link in the address bar';
        }
        setTimeout(controls, 1500);
    });

    figures.set(figure.id, step => {
        // What it is folded in opens first, for it is to be seen.
        figure.dispatchEvent(new CustomEvent('follow', { bubbles: true, detail: step }));
        asked = true;
        go(step);
        figure.scrollIntoView();
    });
    bar.tabIndex = -1;
    controls();
    // What is far down is neither loaded nor laid out before a reader comes near.
    new IntersectionObserver((entries, observer) => {
        if (entries.some(entry => entry.isIntersecting)) {
            observer.disconnect();
            reach();
            load(figure).catch(() => {});
        }
    }, { rootMargin: '300px' }).observe(figure);
}

if (!isPrint) document.querySelectorAll('.trace').forEach(start);
// One that comes later, of a program that the reader has changed, brings its data.
document.addEventListener('diagram', event => {
    const figure = event.target.closest('.trace');
    loaded[figure.dataset.trace] = Promise.resolve(asData(...event.detail));
    start(figure);
});
addEventListener('hashchange', () => follow(location.hash));
// Following the same link again changes no address.
document.addEventListener('click', event => {
    const link = event.target.closest('a[href*="#"]');
    if (!link || link.href !== location.href || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (follow(link.hash)) event.preventDefault();
});
follow(location.hash);
