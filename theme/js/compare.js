// Whether a listing printed in the page what is recorded of it: by the same rules as `crates/site/src/wasm/compare.rs`. Pure.

/** What a listing of this lesson printed, as the book records it. */
export function normalized(printed, lesson) {
    const text = printed
        .replace(/(\[addr: |at \*)(?:0x)?[0-9a-f]+/g, '$1…')
        .replace(/^thread \d+ panic: /gm, 'panic: ')
        .replace(/__(?:anon|func|struct|enum|union)_\d+/g, '')
        .replaceAll(`${lesson}.`, '')
        .replace(/[^\S\n]+$/gm, '')
        .replace(/\n+$/, '');
    return text && `${text}\n`;
}

function withoutTraces(text) {
    return text
        .replace(/^\S+\.zig:[\d?]+:[\d?]+: in .*\n(?:.*\n *[~^]+\n)?/gm, '')
        .replace(/^\((?:frames of the standard library|the same frame again and again|empty stack trace)\)\n/gm, '')
        .replace(/^Cannot print stack trace: .*\n/gm, '')
        .replace(/\n\n+/g, '\n')
        .trim();
}

/** Compares recorded text with normalized text: `same`, `traces` when only stack traces are missing, `different`. */
export function compare(recorded, printed) {
    if (recorded === printed) return 'same';
    return withoutTraces(recorded) === withoutTraces(printed) ? 'traces' : 'different';
}
