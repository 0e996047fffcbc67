// An address that carries a program: in its fragment, which no server gets to see, compressed.

/** The most letters of a program that an address may bring. */
const MOST = 262_144;

async function through(stream, bytes, most = Infinity) {
    const writer = stream.writable.getWriter();
    // What goes wrong is heard of where it is read.
    writer.write(bytes).catch(() => {});
    writer.close().catch(() => {});
    const parts = [];
    let size = 0;
    for await (const part of stream.readable) {
        size += part.length;
        if (size > most) throw new Error('too long');
        parts.push(part);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The fragment, without `#`, that carries a program; `from` is the listing that it was made of, or nothing. */
export async function packed(text, from) {
    const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text));
    const letters = Array.from(bytes, byte => String.fromCharCode(byte)).join('');
    const code = btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    return `${from ? `from=${from}&` : ''}zig=${code}`;
}

/** The program in a fragment: `{ text, from }`. Nothing where there is none; an error that tells what is wrong with it. */
export async function unpacked(fragment) {
    const [, from, code] = /^#?(?:from=([\w/]+)&)?zig=([\w-]*)$/.exec(fragment) ?? [];
    if (code === undefined) {
        if (/[#&]?zig=/.test(fragment)) throw new Error('The address holds no whole program: a part of it is missing.');
        return null;
    }
    try {
        const letters = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
        const bytes = await through(
            new DecompressionStream('deflate-raw'), Uint8Array.from(letters, letter => letter.charCodeAt(0)), MOST);
        return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), from: from ?? null };
    } catch {
        throw new Error('The program in the address is damaged or too long: copy the whole address again.');
    }
}
