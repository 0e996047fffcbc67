// The words of a line of Zig, for the colors of an editor. The listings of the book are colored by Zig's own tokenizer
// (`highlight/` of the crate `site`); here is what of it an editor needs at every key. No token of Zig goes on in the
// next line, so a line is all there is to look at. A test colors every listing of the book both ways. Pure.

const WORDS = [
    /(?<comment>\/\/.*)/,
    /(?<string>\\\\.*|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)/,
    /(?<builtin>@(?:"(?:\\.|[^"\\])*"?|\w+))/,
    /(?<number>0x(?:[pP][+-]|\w|\.(?=\w))*|\d(?:[eE][+-]|\w|\.(?=\w))*)/,
    /(?<word>[A-Za-z_]\w*)/,
];
const TOKEN = new RegExp(WORDS.map(({ source }) => source).join('|'), 'g');

const KEYWORDS = new Set(`addrspace align allowzero and anyframe anytype asm break callconv catch comptime const continue
defer else enum errdefer error export extern fn for if inline linksection noalias noinline nosuspend opaque or orelse
packed pub resume return struct suspend switch test threadlocal try union unreachable var volatile while`.split(/\s+/));
const CONSTANTS = new Set(['true', 'false', 'null', 'undefined']);
const TYPES = new Set(`bool void noreturn type anyerror anyopaque isize usize comptime_int comptime_float c_int c_uint
c_long c_char`.split(/\s+/));

/** What a word is, from itself and from what follows it; nothing where it has no color. */
function classOf(word, after) {
    if (KEYWORDS.has(word)) return 'keyword';
    if (CONSTANTS.has(word)) return 'constant';
    if (TYPES.has(word) || /^[uif]\d+$/.test(word)) return 'type';
    if (/^\s*\(/.test(after)) return 'function';
    const letters = word.replace(/[^A-Za-z]/g, '');
    if (!/^[A-Z]/.test(letters)) return '';
    return letters.length > 1 && letters === letters.toUpperCase() ? 'constant' : 'type';
}

/** The pieces of a line in their order, each with the class of its color or without. */
export function tokens(line) {
    const pieces = [];
    let at = 0;
    for (const found of line.matchAll(TOKEN)) {
        const end = found.index + found[0].length;
        const [kind] = Object.entries(found.groups).find(([, text]) => text !== undefined);
        const name = kind === 'word' ? classOf(found[0], line.slice(end)) : kind;
        if (!name) continue;
        if (found.index > at) pieces.push([line.slice(at, found.index), '']);
        pieces.push([found[0], name]);
        at = end;
    }
    if (at < line.length) pieces.push([line.slice(at), '']);
    return pieces;
}
