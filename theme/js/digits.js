// What the model of the capstone sees of a drawing, and the model itself.

/** The drawing is 32 by 32 dots; the model sees the dots of 8 by 8 blocks counted. */
export const SIDE = 32;
const BLOCK = 4;
export const CELLS = SIDE / BLOCK;
/** Half of the pen's width, in dots: on the reader's paper, and on what the model sees, where it is about as wide
 *  as in the digits that the model learned from. Those are as high as the paper and seldom wider than this. */
export const PEN = 1.5;
const RADIUS = 2.75;
const WIDEST = 25;

/** Which of the 32 by 32 dots lie under the strokes, each a list of points. */
export function dots(strokes, radius) {
    const ink = new Uint8Array(SIDE * SIDE);
    for (const stroke of strokes) {
        stroke.forEach(([x1, y1], index) => {
            const [x0, y0] = stroke[Math.max(0, index - 1)];
            const [dx, dy] = [x1 - x0, y1 - y0];
            const length = dx * dx + dy * dy;
            for (let row = 0; row < SIDE; row++) {
                for (let column = 0; column < SIDE; column++) {
                    const [x, y] = [column + 0.5 - x0, row + 0.5 - y0];
                    const along = length ? Math.min(1, Math.max(0, (x * dx + y * dy) / length)) : 0;
                    if (Math.hypot(x - along * dx, y - along * dy) <= radius) ink[row * SIDE + column] = 1;
                }
            }
        });
    }
    return ink;
}

/** The strokes moved to the middle and stretched to the height of the digits that the model knows. */
export function fit(strokes) {
    const points = strokes.flat();
    const [xs, ys] = [points.map(point => point[0]), points.map(point => point[1])];
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
    const pen = 2 * RADIUS;
    // A dot or a dash is not blown up without end.
    const tall = Math.min(4, (SIDE - pen) / height);
    const wide = Math.min(tall, (WIDEST - pen) / width);
    const middle = SIDE / 2;
    return strokes.map(stroke => stroke.map(([x, y]) => [
        middle + (x - left - width / 2) * wide,
        middle + (y - top - height / 2) * tall,
    ]));
}

/** What the model gets: how many of the 16 dots of each block are ink. */
export function pixels(strokes) {
    const ink = dots(fit(strokes), RADIUS);
    const counts = new Uint8Array(CELLS * CELLS);
    ink.forEach((dot, at) => {
        counts[Math.floor(at / SIDE / BLOCK) * CELLS + Math.floor(at % SIDE / BLOCK)] += dot;
    });
    return counts;
}

/** Logits as probabilities. */
export function softmax(logits) {
    const most = Math.max(...logits);
    const powers = Array.from(logits, logit => Math.exp(logit - most));
    const sum = powers.reduce((a, b) => a + b);
    return powers.map(power => power / sum);
}

/** The model of `capstone/web.zig`, loaded. Throws what went wrong. */
export async function model(bytes) {
    /** @type {any} Functions and the memory, by the names that `capstone/web.zig` gives them. */
    const zig = (await WebAssembly.instantiate(bytes, {})).instance.exports;
    const check = number => {
        if (number >= 0) return number;
        const name = new Uint8Array(zig.memory.buffer, zig.errorName(), zig.errorLength());
        throw new Error(`error.${new TextDecoder().decode(name)}`);
    };
    check(zig.load());
    return {
        /** Reads 64 pixels. Its scratch memory stays in use until `reset`. */
        classify(counts) {
            new Uint8Array(zig.memory.buffer, zig.inputPointer(), counts.length).set(counts);
            const digit = check(zig.classify());
            return { digit, logits: Array.from(new Float32Array(zig.memory.buffer, zig.outputPointer(), 10)) };
        },
        reset: () => zig.reset(),
        /** Bytes, and how often the page was asked for memory. */
        memory: () => ({
            weights: zig.modelBytes(),
            model: zig.modelCapacity(),
            used: zig.arenaUsed(),
            capacity: zig.arenaCapacity(),
            planned: zig.plannedBytes(),
            asked: zig.allocations(),
        }),
    };
}
