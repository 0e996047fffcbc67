// Drawn diagrams: mermaid is large, so it waits until a diagram comes near. Colors are the page's own (`general.css`), so
// that they follow the theme and stand on paper; here it is said how wide text is.

import { address, loadScript, root } from './dom.js';
import { reachScrollers } from './scrollers.js';

const SMALLEST = 0.75;
let library;

const load = source => (library ??= loadScript(address(source)).then(() => {
    window.mermaid.initialize({ startOnLoad: false, theme: 'neutral', fontFamily: getComputedStyle(root).fontFamily });
}));

async function draw(drawing) {
    await load(drawing.dataset.src);
    await window.mermaid.run({ nodes: [drawing] });
    // Colors of an author's own are right in one theme alone: what they single out keeps its thicker line.
    const own = { fill: '--ground', color: '--fg', stroke: '--accent' };
    for (const part of drawing.querySelectorAll('.node [style]')) {
        for (const [name, color] of Object.entries(own)) {
            if (part.style.getPropertyValue(name)) part.style.setProperty(name, `var(${color})`, 'important');
        }
    }
    // On a small screen it shrinks as long as it can be read, and is scrolled from there on.
    const picture = drawing.querySelector('svg');
    picture.style.minWidth = `${SMALLEST * picture.viewBox.baseVal.width}px`;
    reachScrollers();
}

// One after the other: the script names a drawing by the time, and of two at once draws both into one.
let last = Promise.resolve();

const near = new IntersectionObserver(seen => {
    for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        last = last.then(() => draw(target)).catch(console.error);
    }
}, { rootMargin: '600px' });
document.querySelectorAll('pre.mermaid').forEach(drawing => near.observe(drawing));
