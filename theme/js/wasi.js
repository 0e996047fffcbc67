// The Worker in which one listing runs: WebAssembly, and as much of WASI as the book's programs use. There are no
// files and no network; a call that is not here answers that the file is not open. Loaded with run.js.
//
// In: `{ module, listing }`. Out: `{ text }` as it is printed, then `{ status }`, or `{ trap }` with its message.
'use strict';

/** The most that a program may print, in characters, before it is stopped. */
const MOST = 200_000;
const BADF = 8;
const SPIPE = 70;

onmessage = ({ data: { module, listing } }) => {
    const variables = [new TextEncoder().encode(`LISTING=${listing}\0`)];
    const decoder = new TextDecoder();
    let printed = 0;
    let memory;
    const view = () => new DataView(memory.buffer);
    const put = (...pairs) => {
        for (const [at, value] of pairs) view().setUint32(at, value, true);
        return 0;
    };
    const strings = (list, buffer, values) => values.reduce((at, value, index) => {
        put([list + 4 * index, at]);
        new Uint8Array(memory.buffer, at, value.length).set(value);
        return at + value.length;
    }, buffer);
    const now = clock => BigInt(Math.round(1e6 * (clock ? performance.now() : Date.now())));

    const wasi = {
        args_sizes_get: (count, size) => put([count, 0], [size, 0]),
        args_get: () => 0,
        environ_sizes_get: (count, size) => put([count, 1], [size, variables[0].length]),
        environ_get(list, buffer) {
            strings(list, buffer, variables);
            return 0;
        },
        clock_res_get(_clock, at) {
            view().setBigUint64(at, 1000n, true);
            return 0;
        },
        clock_time_get(clock, _precision, at) {
            view().setBigUint64(at, now(clock), true);
            return 0;
        },
        random_get(at, length) {
            crypto.getRandomValues(new Uint8Array(memory.buffer, at, length));
            return 0;
        },
        // Standard output is a stream: no place in it can be written to.
        fd_pwrite: fd => fd === 1 || fd === 2 ? SPIPE : BADF,
        fd_write(fd, list, length, written) {
            if (fd !== 1 && fd !== 2) return BADF;
            let total = 0;
            for (let at = list; at < list + 8 * length; at += 8) {
                const [start, size] = [view().getUint32(at, true), view().getUint32(at + 4, true)];
                const text = decoder.decode(new Uint8Array(memory.buffer, start, size), { stream: true });
                total += size;
                printed += text.length;
                if (text) postMessage({ text });
            }
            if (printed > MOST) throw { trap: 'it printed too much' };
            return put([written, total]);
        },
        // Sleeping: until the first of the clocks has come that far. Each subscription is 48 bytes.
        poll_oneoff(subscriptions, events, count, happened) {
            let until = Infinity;
            for (let at = subscriptions; at < subscriptions + 48 * count; at += 48) {
                if (view().getUint8(at + 8)) return BADF;
                const time = Number(view().getBigUint64(at + 24, true)) / 1e6;
                const absolute = view().getUint16(at + 40, true) & 1;
                const start = view().getUint32(at + 16, true) ? performance.now() : Date.now();
                until = Math.min(until, performance.now() + (absolute ? time - start : time));
            }
            while (performance.now() < until);
            new Uint8Array(memory.buffer, events, 32).fill(0);
            view().setBigUint64(events, view().getBigUint64(subscriptions, true), true);
            return put([happened, 1]);
        },
        proc_exit(status) {
            throw { status };
        },
    };
    /** @type {WebAssembly.Imports} */
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
        (imports[from] ??= {})[name] = wasi[name] ?? (() => BADF);
    }
    try {
        /** @type {any} */
        const exports = new WebAssembly.Instance(module, imports).exports;
        memory = exports.memory;
        exports._start();
        postMessage({ status: 0 });
    } catch (end) {
        postMessage(end instanceof Error ? { trap: end.message } : end);
    }
};
