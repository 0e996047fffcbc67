// Drawn diagrams: mermaid is large, so it waits until a diagram comes near.

import { address, loadScript, root } from './dom.js';
import { theme } from './settings.js';

const drawings = document.querySelectorAll('pre.mermaid');
if (drawings.length) {
    const near = new IntersectionObserver(seen => {
        if (!seen.some(entry => entry.isIntersecting)) return;
        near.disconnect();
        loadScript(address(drawings[0].dataset.src)).then(() => {
            const dark = getComputedStyle(root).colorScheme === 'dark'
                || theme() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches;
            window.mermaid.initialize({ startOnLoad: false, theme: dark ? 'dark' : 'neutral' });
            return window.mermaid.run({ nodes: drawings });
        });
    }, { rootMargin: '600px' });
    drawings.forEach(drawing => near.observe(drawing));
}
