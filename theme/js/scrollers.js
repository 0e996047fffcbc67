// Code that is wider than its place is scrolled by keys, so the keyboard has to reach it. The code of listings is laid
// out when it comes near, and to measure it would be to lay it out: there the columns of its longest line are counted.

import { isPrint, root, whenIdle } from './dom.js';

const columns = new WeakMap();
let reaching = 0;

function columnsOf(block) {
    if (!columns.has(block)) {
        const lines = block.textContent.split('\n').map(line => line.length);
        const digits = block.querySelector('[class^=digits]')?.className.at(-1);
        columns.set(block, Math.max(...lines) + (digits ? +digits + 1.75 : 0));
    }
    return columns.get(block);
}

// The width of one column of code, in pixels.
function columnWidth() {
    const rule = document.createElement('pre');
    rule.style.cssText = 'position: absolute; visibility: hidden; width: max-content; max-width: none; padding: 0';
    rule.textContent = '0'.repeat(100);
    document.querySelector('main').append(rule);
    const width = rule.getBoundingClientRect().width / 100;
    rule.remove();
    return width;
}

export function reachScrollers() {
    if (isPrint) return;
    const turn = ++reaching;
    delete root.dataset.reached;
    whenIdle(() => {
        if (turn !== reaching) return;
        const column = columnWidth();
        const padding = 2 * parseFloat(getComputedStyle(root).fontSize);
        const blocks = [...document.querySelectorAll('main pre:not(.trace-file), .table-wrapper')]
            .filter(block => !block.closest('details:not([open])'));
        const isWide = blocks.map(block => {
            const place = block.closest('.listing-body');
            return place
                ? columnsOf(block) * column + padding > place.clientWidth + 0.5
                : block.scrollWidth > block.clientWidth;
        });
        blocks.forEach((block, index) => {
            if (isWide[index]) block.tabIndex = 0;
            else block.removeAttribute('tabindex');
        });
        root.dataset.reached = '';
    });
}

addEventListener('resize', reachScrollers);
// What was folded had no width. The event does not bubble.
document.addEventListener('toggle', reachScrollers, true);
