// Whether a listing printed in the page what is recorded of it: by the same rules as `crates/site/src/wasm/compare.rs`
// and `crates/check/src/normalize.rs`, as far as they matter where there are no stack traces. A table of cases holds
// them to each other. Pure.

/** What a listing of this lesson printed, as the book records it. `names` are the namespaces of its sources. */
export function normalized(printed, lesson, names) {
    const general = printed
        .replaceAll('\r\n', '\n')
        .replace(/(\[addr: |at \*)(?:0x)?[0-9a-f]+/g, '$1…')
        .replace(/^thread \d+ panic: /gm, 'panic: ')
        .replace(/(\w\.\w+?|\bmain|[0-9a-f] in \w+?)__(?:anon|func|struct|enum|union|opaque)_\d+/g, '$1')
        .replace(/^\(additional stack frames may have been skipped\.\.\.\)(?:\n|$)/gm, '');
    const text = withoutLesson(general, lesson, names)
        .replace(/0x[0-9a-f]{9,16}\b/g, '0x…')
        .replace(/[^\S\n]+$/gm, '')
        .replace(/\n+$/, '');
    return text && `${text}\n`;
}

/**
 * Takes the lesson's folder off the paths of its sources and off the names in their namespaces. What only looks like
 * that stays.
 */
function withoutLesson(text, lesson, names) {
    let kept = '';
    let rest = text;
    for (let at = rest.indexOf(lesson); at >= 0; at = rest.indexOf(lesson)) {
        kept += rest.slice(0, at);
        const after = rest.slice(at + lesson.length);
        const begins = !/[\p{Alphabetic}\p{N}_./]$/u.test(kept.slice(-2));
        const isPath = /^\/[A-Za-z0-9_/]+\.(?:zig|rs|py)\b/.test(after);
        const isName = after.startsWith('.') && names.some(name =>
            after.startsWith(name, 1) && !/^[\p{Alphabetic}\p{N}_]/u.test(after.slice(1 + name.length)));
        if (!begins || !(isPath || isName)) kept += lesson;
        rest = begins && (isPath || isName) ? after.slice(1) : after;
    }
    return kept + rest;
}

/** Whether a program announces a panic. */
export function panics(printed) {
    return /^(?:thread \d+ )?panic: /m.test(printed);
}

/** What rustc and a program say, without what differs from machine to machine. */
export function normalizedRust(text, file) {
    return text
        .replaceAll('src/main.rs', file)
        .replace(/^ +(?:Compiling|Finished|Running) .*\n/gm, '')
        .replace(/^thread '([^']*)' \(\d+\) /gm, "thread '$1' ")
        .replace(/^(test result: .*); finished in [0-9.]+s$/gm, '$1')
        .replace(/^note: run with `RUST_BACKTRACE=1`.*\n?/gm, '')
        .trim();
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
