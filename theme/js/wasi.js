// The Worker in which one listing runs: WebAssembly, and as much of WASI as the book's programs use. There is a folder
// that is empty and cannot be written, and no network; a call that is not here answers that the file is not open. It answers as
// `crates/recorder/src/wasi.rs` does, by which every program is run before the book is rendered: a table of cases holds
// the two to each other. Only time and chance are the reader's. Loaded with run.js.
//
// In: `{ module, listing }`. Out: `{ text }` as it is printed, then `{ status }`, or `{ trap }` with its message.
'use strict';

/** The most that a program may print, in bytes, before it is stopped. */
const MOST = 200_000;
const BADF = 8;
/** An address is not in the program's memory. */
const FAULT = 21;
const INVAL = 28;
/** There is no file of this name. */
const NOENT = 44;
const SPIPE = 70;
/** The folder cannot be written. */
const NOTCAPABLE = 76;
/** How many bytes of chance a browser gives at once. */
const PORTION = 65_536;

onmessage = ({ data: { module, listing } }) => {
    const variables = [new TextEncoder().encode(`LISTING=${listing}\0`)];
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let printed = 0;
    let memory;
    const view = () => new DataView(memory.buffer);
    const bytes = (at, length) => new Uint8Array(memory.buffer, at >>> 0, length >>> 0);
    const put = (...pairs) => {
        for (const [at, value] of pairs) view().setUint32(at >>> 0, value, true);
        return 0;
    };
    const show = text => {
        if (text) postMessage({ text });
    };
    const now = clock => BigInt(Math.round(1e6 * (clock ? performance.now() : Date.now())));

    const wasi = {
        args_sizes_get: (count, size) => put([count, 0], [size, 0]),
        args_get: () => 0,
        environ_sizes_get: (count, size) =>
            put([count, variables.length], [size, variables.reduce((sum, { length }) => sum + length, 0)]),
        environ_get(list, buffer) {
            let at = buffer;
            for (const [index, variable] of variables.entries()) {
                put([list + 4 * index, at]);
                bytes(at, variable.length).set(variable);
                at += variable.length;
            }
            return 0;
        },
        clock_res_get(_clock, at) {
            view().setBigUint64(at >>> 0, 1000n, true);
            return 0;
        },
        clock_time_get(clock, _precision, at) {
            view().setBigUint64(at >>> 0, now(clock), true);
            return 0;
        },
        random_get(at, length) {
            const wanted = bytes(at, length);
            for (let from = 0; from < wanted.length; from += PORTION) {
                crypto.getRandomValues(wanted.subarray(from, from + PORTION));
            }
            return 0;
        },
        // Standard output is a stream: no place in it can be written to.
        fd_pwrite: fd => fd === 1 || fd === 2 ? SPIPE : BADF,
        fd_write(fd, list, count, written) {
            if (fd !== 1 && fd !== 2) return BADF;
            let total = 0;
            for (let index = 0; index < count >>> 0; index += 1) {
                const at = (list >>> 0) + 8 * index;
                const [start, size] = [view().getUint32(at, true), view().getUint32(at + 4, true)];
                show(decoder.decode(bytes(start, size), { stream: true }));
                total += size;
                printed += size;
                if (printed > MOST) throw { trap: 'it printed too much' };
            }
            return put([written, total]);
        },
        // Whoever asks for a file is in a folder that is empty, and cannot be written.
        path_open: (_fd, _lookup, _path, _length, flags) => flags & 1 ? NOTCAPABLE : NOENT,
        ...Object.fromEntries(['filestat_get', 'filestat_set_times', 'readlink', 'rename', 'unlink_file', 'remove_directory']
            .map(name => [`path_${name}`, () => NOENT])),
        ...Object.fromEntries(['create_directory', 'link', 'symlink'].map(name => [`path_${name}`, () => NOTCAPABLE])),
        // Sleeping: until the first of the clocks has come that far. Each subscription is 48 bytes.
        poll_oneoff(subscriptions, events, count, happened) {
            let until = Infinity;
            let name;
            for (let index = 0; index < count >>> 0; index += 1) {
                const at = (subscriptions >>> 0) + 48 * index;
                bytes(at, 48);
                if (view().getUint8(at + 8)) return BADF;
                const time = Number(view().getBigUint64(at + 24, true)) / 1e6;
                const absolute = view().getUint16(at + 40, true) & 1;
                const start = view().getUint32(at + 16, true) ? performance.now() : Date.now();
                const due = performance.now() + (absolute ? time - start : time);
                if (due < until) [until, name] = [due, view().getBigUint64(at, true)];
            }
            if (name === undefined) return INVAL;
            while (performance.now() < until);
            bytes(events, 32).fill(0);
            view().setBigUint64(events >>> 0, name, true);
            return put([happened, 1]);
        },
        proc_exit(status) {
            throw { status };
        },
    };
    /** @type {WebAssembly.Imports} */
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
        const call = wasi[name] ?? (() => BADF);
        (imports[from] ??= {})[name] = (...given) => {
            try {
                return call(...given);
            } catch (error) {
                // What a view of the memory says to an address that is not in it.
                if (error instanceof RangeError) return FAULT;
                throw error;
            }
        };
    }
    let end;
    try {
        /** @type {any} */
        const exports = new WebAssembly.Instance(module, imports).exports;
        memory = exports.memory;
        exports._start();
        end = { status: 0 };
    } catch (error) {
        end = error instanceof Error ? { trap: error.message } : error;
    }
    // A letter of which the program printed the beginning alone.
    show(decoder.decode());
    postMessage(end);
};
