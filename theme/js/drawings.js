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
    // On a small screen it shrinks as long as it can be read, and is scrolled from there on.
    const picture = drawing.querySelector('svg');
    picture.style.minWidth = `${SMALLEST * picture.viewBox.baseVal.width}px`;
    reachScrollers();
}

const near = new IntersectionObserver(seen => {
    for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target);
    }
}, { rootMargin: '600px' });
document.querySelectorAll('pre.mermaid').forEach(drawing => near.observe(drawing));
