// The Worker in which the allocator laboratory runs. Each time a new instance does all calls from the first: so a call
// is taken back by leaving it out, and after a panic nothing is left over. Loaded with laboratory.js.
//
// In: `{ module, calls }`, calls such as `alloc 8 1`. Out: `{ reports }`, one for each call up to a panic.
'use strict';

class Panic extends Error {}

onmessage = ({ data: { module, calls } }) => {
    const reports = [];
    /** @type {any} */
    const zig = new WebAssembly.Instance(module, { env: { panicked() { throw new Panic(); } } }).exports;
    const tell = () => {
        const bytes = new Uint8Array(zig.memory.buffer, zig.reportPointer() >>> 0, zig.reportLength());
        reports.push(JSON.parse(new TextDecoder().decode(bytes)));
    };
    for (const call of calls) {
        const [name, ...numbers] = call.split(' ');
        try {
            zig[name](...numbers.map(Number));
        } catch (error) {
            if (!(error instanceof Panic)) throw error;
            tell();
            break;
        }
        tell();
    }
    postMessage({ reports });
};
