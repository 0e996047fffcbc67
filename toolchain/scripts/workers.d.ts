// What TypeScript does not know of the workers.

/** What the book consists of: the tool writes it before the service worker's text. */
declare const BOOK: { version: string; pages: string[]; files: string[] };
declare const registration: ServiceWorkerRegistration;
declare const clients: Clients;
declare function skipWaiting(): Promise<void>;

declare function addEventListener(kind: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
declare function addEventListener(kind: 'fetch', listener: (event: FetchEvent) => void): void;
declare function addEventListener(kind: 'message', listener: (event: ExtendableMessageEvent) => void): void;
