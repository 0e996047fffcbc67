// What TypeScript does not know of the pages: their elements are HTML, and events come from elements.

interface ParentNode {
    querySelector(selectors: string): any;
    querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Document {
    getElementById(id: string): any;
}

interface Element {
    closest(selector: string): any;
}

interface EventTarget {
    closest(selector: string): any;
}

interface ImportMeta {
    url: string;
}

interface Window {
    /** Called by the data of a diagram. */
    bookTrace(name: string, pieces: string[], steps: any[]): void;
    /** Called by the file that holds the diagram of a variant. */
    bookVariant(stem: string, html: string): void;
    /** The library of drawn diagrams, once it is loaded. */
    mermaid: { initialize(options: object): void; run(options: object): Promise<void> };
}

interface Navigator {
    /** Of Chromium alone. */
    connection?: { saveData: boolean };
}

interface DocumentEventMap {
    /** A link leads to a step of a diagram: its number. */
    follow: CustomEvent<number>;
    /** Exercises pass: their names. */
    solved: CustomEvent<string[]>;
    /** A diagram has come into the page: what its data hands to `bookTrace`, without the name. */
    diagram: CustomEvent<[string[], any[]]>;
}
