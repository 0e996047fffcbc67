// What a reader has done, as it is written down: in this browser, and in a file that carries it to another. Pure.

export const FORMAT = 'memory-management-progress';

export const empty = () =>
    ({ format: FORMAT, version: 1, read: [], solved: [], opened: [], quizzes: {}, questions: {}, drawn: {} });

// Believes nothing: the text may come from a file or from an older book. Throws a sentence for the reader.
export function parse(text) {
    let data;
    try {
        data = JSON.parse(text);
    } catch {
        throw new Error('The file is damaged: it is no JSON.');
    }
    if (data?.format !== FORMAT) throw new Error('This is no progress file of this book.');
    if (data.version !== 1) throw new Error('The file comes from another version of this book.');
    const fail = name => {
        throw new Error(`The file is damaged: “${name}” is not what it should be.`);
    };
    const isName = name => typeof name === 'string' && /^[a-z0-9][\w/-]{0,99}$/.test(name);
    const names = (list, name) =>
        Array.isArray(list) && list.length < 2000 && list.every(isName) ? [...new Set(list)] : fail(name);
    const table = (object, name, read) => {
        const entries = object && typeof object === 'object' && !Array.isArray(object) ? Object.entries(object) : fail(name);
        if (entries.length > 5000 || !entries.every(([key]) => isName(key))) fail(name);
        return Object.fromEntries(entries.map(([key, value]) => [key, read(value)]));
    };
    const number = (value, most, name) => (Number.isInteger(value) && value >= 0 && value <= most ? value : fail(name));
    const flag = (value, name) => (typeof value === 'boolean' ? value : fail(name));
    return {
        format: FORMAT,
        version: 1,
        read: names(data.read, 'read'),
        solved: names(data.solved, 'solved'),
        // Exercises whose solution was opened. Earlier editions did not ask.
        opened: names(data.opened ?? [], 'opened'),
        quizzes: table(data.quizzes, 'quizzes', list => names(list, 'quizzes')),
        questions: table(data.questions, 'questions', question => ({
            tries: number(question?.tries, 1e6, 'questions'),
            right: flag(question?.right, 'questions'),
            box: number(question?.box, 2, 'questions'),
            at: number(question?.at, 1000, 'questions'),
        })),
        drawn: table(data.drawn, 'drawn', first => (first === null ? null : flag(first, 'drawn'))),
    };
}

/** What was done here, with what was done there added. */
export function merge(mine, other) {
    const questions = { ...mine.questions };
    for (const [id, question] of Object.entries(other.questions)) {
        if (question.tries >= (questions[id]?.tries ?? 0)) questions[id] = question;
    }
    return {
        ...mine,
        read: [...new Set([...mine.read, ...other.read])],
        solved: [...new Set([...mine.solved, ...other.solved])],
        opened: [...new Set([...mine.opened, ...other.opened])],
        quizzes: { ...other.quizzes, ...mine.quizzes },
        questions,
        drawn: Object.keys(mine.drawn).length ? mine.drawn : other.drawn,
    };
}

/** A sentence that says why a text cannot be read. */
export function whyNot(text) {
    try {
        parse(text);
        return '';
    } catch (error) {
        return error.message.replaceAll('The file', 'It');
    }
}
