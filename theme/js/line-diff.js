// How two texts differ, line by line: what has to go and what has to come, as little as there can be. Pure.

/** How many lines that both have are shown around a difference. */
const AROUND = 2;
/** The most pairs of lines that are compared one with the other. */
const MOST = 4_000_000;

/** The lines of both in one row: `[sign, text]`, the sign `' '`, `'-'` or `'+'`. */
export function difference(before, after) {
    const [a, b] = [before.split('\n'), after.split('\n')];
    let from = 0;
    while (from < Math.min(a.length, b.length) && a[from] === b[from]) from += 1;
    let same = 0;
    while (same < Math.min(a.length, b.length) - from && a.at(-1 - same) === b.at(-1 - same)) same += 1;
    const [gone, come] = [a.slice(from, a.length - same), b.slice(from, b.length - same)];
    return [
        ...a.slice(0, from).map(text => [' ', text]),
        ...between(gone, come),
        ...a.slice(a.length - same).map(text => [' ', text]),
    ];
}

function between(gone, come) {
    const all = [...gone.map(text => ['-', text]), ...come.map(text => ['+', text])];
    if (gone.length * come.length > MOST) return all;
    // The longest row of lines that both have, from each place on.
    const width = come.length + 1;
    const longest = new Uint32Array((gone.length + 1) * width);
    for (let row = gone.length - 1; row >= 0; row -= 1) {
        for (let column = come.length - 1; column >= 0; column -= 1) {
            longest[row * width + column] = gone[row] === come[column]
                ? longest[(row + 1) * width + column + 1] + 1
                : Math.max(longest[(row + 1) * width + column], longest[row * width + column + 1]);
        }
    }
    const rows = [];
    let [row, column] = [0, 0];
    while (row < gone.length || column < come.length) {
        if (row < gone.length && column < come.length && gone[row] === come[column]) {
            rows.push([' ', gone[row]]);
            row += 1;
            column += 1;
        } else if (column === come.length
            || (row < gone.length && longest[(row + 1) * width + column] >= longest[row * width + column + 1])) {
            rows.push(['-', gone[row]]);
            row += 1;
        } else {
            rows.push(['+', come[column]]);
            column += 1;
        }
    }
    return rows;
}

/** What is shown of such rows: what differs, and a little around it; `null` where lines are left out. */
export function excerpt(rows) {
    const near = (_, at) => rows.slice(Math.max(at - AROUND, 0), at + AROUND + 1).some(([sign]) => sign !== ' ');
    const shown = [];
    rows.forEach((row, at) => {
        if (near(row, at)) shown.push(row);
        else if (shown.at(-1) !== null) shown.push(null);
    });
    return shown;
}
