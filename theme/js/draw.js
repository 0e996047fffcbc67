// A digit drawn by the reader, read by the Zig code of the capstone, and what its memory does meanwhile. Loaded
// when the reader asks for it. The numbers come from the module's own exports (`capstone/web.zig`).

import { CELLS, dots, model, PEN, pixels, SIDE, softmax } from './digits.js';

/** How long the scratch memory is seen before it is reset, in milliseconds. */
const SEEN = 700;
/** How many inferences the chart goes back. */
const REMEMBERED = 24;

const count = number => number.toLocaleString('en');

/** An element from its HTML, and those inside it that have a `data-part`, by name. */
function build(html) {
    const holder = document.createElement('div');
    holder.innerHTML = html;
    const parts = {};
    for (const part of holder.querySelectorAll('[data-part]')) parts[part.dataset.part] = part;
    return [holder.firstElementChild, parts];
}

const HTML = `<div class="draw-body">
<div class="draw-left">
<div class="draw-pad" data-part="pad" tabindex="0" role="application" aria-roledescription="drawing pad"
 aria-label="Paper for one digit" aria-describedby="draw-keys"><svg viewBox="0 0 32 32" aria-hidden="true">
<path class="draw-grid" d="M4 0v32M8 0v32M12 0v32M16 0v32M20 0v32M24 0v32M28 0v32M0 4h32M0 8h32M0 12h32M0 16h32M0 20h32M0 24h32M0 28h32"/>
<path class="draw-ink" data-part="ink"/><circle class="draw-pen" data-part="pen" r="1.5"/></svg></div>
<p class="draw-buttons"><button type="button" class="go" data-part="classify">Classify</button>
<button type="button" class="go" data-part="clear">Clear</button></p>
<p id="draw-keys" class="draw-help">Draw with mouse, pen or finger. By keyboard: the arrow keys move the pen,
<kbd>Space</kbd> puts it down and lifts it, <kbd>Enter</kbd> classifies, <kbd>Delete</kbd> clears.</p>
</div>
<div class="draw-right">
<p class="draw-answer" role="status" data-part="answer">Nothing is drawn yet.</p>
<div class="draw-seen"><svg viewBox="0 0 8 8" class="draw-cells" data-part="cells" role="img"
 aria-label="What the model sees: 8 by 8 pixels"></svg>
<table class="draw-logits"><caption>The ten logits, and the probabilities that they stand for</caption>
<thead><tr><th scope="col">Digit<th scope="col">Logit<th scope="col">Probability</thead>
<tbody data-part="rows"></tbody></table></div>
</div>
<div class="draw-memory">
<h4 data-part="title">Its memory</h4>
<div class="draw-lane"><p><b>The model</b> <span data-part="model"></span></p><div class="draw-bar full"><i></i></div></div>
<div class="draw-lane"><p><b>The scratch arena</b> <span data-part="scratch"></span></p>
<div class="draw-bar"><i data-part="used"></i></div></div>
<svg class="draw-chart" viewBox="0 0 480 96" preserveAspectRatio="none" role="img" data-part="chart">
<path class="draw-capacity" data-part="capacity"/><path class="draw-use" data-part="use"/></svg>
<p class="draw-axis" data-part="axis"></p>
<p class="draw-help" data-part="asked"></p>
<p><label><input type="checkbox" data-part="forget"> Forget to reset the arena</label></p>
</div>
</div>`;

/** Puts the drawing pad in the place of the offer that holds `button`. */
export async function start(button) {
    button.disabled = true;
    try {
        await open(button);
    } finally {
        button.disabled = false;
    }
}

async function open(button) {
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = new URL('draw.css', import.meta.url).href;
    const styled = new Promise((resolve, reject) => {
        style.onload = resolve;
        style.onerror = reject;
    });
    document.head.append(style);
    const answer = await fetch(new URL('digits.wasm', import.meta.url));
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    const zig = await model(await answer.arrayBuffer());
    await styled;
    const [body, parts] = build(HTML);
    button.closest('.draw-offer').replaceWith(body);
    pad(zig, parts);
    parts.pad.focus({ preventScroll: true });
}

function pad(zig, parts) {
    const strokes = [];
    const pen = { x: SIDE / 2, y: 6, down: false };
    const history = [];
    let inferences = 0;
    let timer = 0;

    const say = text => { parts.answer.textContent = text; };

    function show() {
        const ink = dots(strokes, PEN);
        let path = '';
        ink.forEach((dot, at) => { if (dot) path += `M${at % SIDE} ${Math.floor(at / SIDE)}h1v1h-1z`; });
        parts.ink.setAttribute('d', path);
        parts.pen.setAttribute('cx', pen.x);
        parts.pen.setAttribute('cy', pen.y);
        parts.pen.classList.toggle('down', pen.down);
    }

    function showCells(counts) {
        parts.cells.innerHTML = Array.from(counts, (value, at) =>
            `<rect x="${at % CELLS}" y="${Math.floor(at / CELLS)}" width="1" height="1" fill-opacity="${value / 16}"/>`).join('');
    }

    function showLogits(logits, digit) {
        const chances = softmax(logits);
        parts.rows.innerHTML = logits.map((logit, at) => {
            const percent = (100 * chances[at]).toFixed(1);
            return `<tr${at === digit ? ' class="draw-best"' : ''}><th scope="row">${at}<td>${logit.toFixed(2)}`
                + `<td style="--share:${chances[at].toFixed(3)}">${percent} %`;
        }).join('');
    }

    function showMemory() {
        const memory = zig.memory();
        const percent = memory.capacity ? 100 * memory.used / memory.capacity : 0;
        parts.model.textContent = `${count(memory.weights)} bytes of weights, loaded once into a block of ${count(memory.model)}`;
        parts.scratch.textContent = `${count(memory.used)} of ${count(memory.capacity)} bytes in use`;
        parts.used.style.setProperty('--part', `${percent}%`);
        const top = Math.max(memory.capacity, memory.planned) * 1.1;
        const step = 480 / (2 * REMEMBERED);
        const shown = history.slice(-2 * REMEMBERED);
        const y = bytes => (96 - 94 * bytes / top).toFixed(1);
        let use = 'M0 96';
        let capacity = '';
        shown.forEach((moment, at) => {
            use += `V${y(moment.used)}h${step}`;
            capacity += `${at ? 'V' : 'M0 '}${y(moment.capacity)}h${step}`;
        });
        parts.use.setAttribute('d', `${use}V96z`);
        parts.capacity.setAttribute('d', capacity);
        const times = inferences === 1 ? 'inference' : 'inferences';
        parts.chart.setAttribute('aria-label', `Scratch memory over ${inferences} ${times}: `
            + `now ${memory.used} of ${memory.capacity} bytes in use; the model stays at ${memory.weights} bytes`);
        parts.axis.textContent = inferences
            ? `Scratch memory in use (filled) and held (line), over the last ${Math.ceil(shown.length / 2)} of ${inferences} ${times}`
            : 'Scratch memory will be charted here, inference by inference';
        parts.asked.textContent = `Since the page was opened, the two arenas asked for memory ${memory.asked} times.`;
    }

    function note() {
        const { used, capacity } = zig.memory();
        history.push({ used, capacity });
        if (history.length > 4 * REMEMBERED) history.splice(0, 2 * REMEMBERED);
        showMemory();
    }

    /** Gives the scratch memory of the last inference back, unless that is to be forgotten. */
    function settle() {
        if (!timer) return;
        clearTimeout(timer);
        timer = 0;
        if (!parts.forget.checked) zig.reset();
        note();
    }

    function classify() {
        settle();
        if (!strokes.length) return say('Nothing is drawn yet.');
        const counts = pixels(strokes);
        try {
            const { digit, logits } = zig.classify(counts);
            inferences += 1;
            showCells(counts);
            showLogits(logits, digit);
            const chance = (100 * softmax(logits)[digit]).toFixed(0);
            say(`The model reads a ${digit}, with a probability of ${chance} %.`);
            note();
            timer = setTimeout(settle, SEEN);
        } catch (error) {
            say(`The model cannot answer: ${error.message}`);
        }
    }

    function clear() {
        strokes.length = 0;
        pen.down = false;
        showCells(new Uint8Array(CELLS * CELLS));
        say('The paper is empty.');
        show();
    }

    function place(event) {
        const box = parts.pad.getBoundingClientRect();
        const on = (at, size) => Math.min(SIDE, Math.max(0, SIDE * at / size));
        pen.x = on(event.clientX - box.left, box.width);
        pen.y = on(event.clientY - box.top, box.height);
        strokes.at(-1).push([pen.x, pen.y]);
        show();
    }

    parts.pad.addEventListener('pointerdown', event => {
        if (event.button) return;
        parts.pad.setPointerCapture(event.pointerId);
        pen.down = false;
        strokes.push([]);
        place(event);
    });
    parts.pad.addEventListener('pointermove', event => {
        if (parts.pad.hasPointerCapture(event.pointerId)) place(event);
    });
    parts.pad.addEventListener('pointerup', classify);

    parts.pad.addEventListener('keydown', event => {
        const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        if (move) {
            const step = event.shiftKey ? 1 : 2;
            pen.x = Math.min(SIDE, Math.max(0, pen.x + step * move[0]));
            pen.y = Math.min(SIDE, Math.max(0, pen.y + step * move[1]));
            if (pen.down) strokes.at(-1).push([pen.x, pen.y]);
            show();
        } else if (event.key === ' ') {
            pen.down = !pen.down;
            if (pen.down) strokes.push([[pen.x, pen.y]]);
            show();
        } else if (event.key === 'Enter') {
            classify();
        } else if (event.key === 'Delete' || event.key === 'Backspace') {
            clear();
        } else {
            return;
        }
        event.preventDefault();
        if (move || event.key === ' ') {
            say(`Pen ${pen.down ? 'down' : 'up'}, column ${Math.round(pen.x)}, row ${Math.round(pen.y)} of ${SIDE}.`);
        }
    });
    parts.classify.addEventListener('click', classify);
    parts.clear.addEventListener('click', clear);
    parts.forget.addEventListener('change', () => {
        // What was forgotten before is given back at once.
        if (!parts.forget.checked && !timer) {
            zig.reset();
            note();
        }
    });

    clear();
    showLogits(new Array(10).fill(0), -1);
    say('Nothing is drawn yet.');
    showMemory();
}
