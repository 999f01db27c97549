import type { ComponentChildren } from "preact";

/** What a program adds to the console. */
export interface Extension {
    readonly pages: readonly Page[];
    readonly actions: readonly ConsoleAction[];
    /** Where an id leads; undefined for one that the program does not know. */
    linkOf(id: string): string | undefined;
    /** Of the ids that an entry of the trace names the one that it is about. */
    idOf?(ids: Readonly<Record<string, string>>): string | undefined;
    /** Of a request that is copied as curl: those that the program's APIs ask for. */
    readonly headers?: Readonly<Record<string, string>>;
    /** What the details of a node show besides. */
    nodeDetails?(urn: string, inputs: Readonly<Record<string, unknown>>): ComponentChildren;
    /** What bears an id or a part of a name, for Ctrl-K. */
    find?(text: string): Promise<readonly FoundThing[]>;
    /** Why a page shows less than it could, by the page's path: `mail`, `data/queues`. */
    noteOf?(page: string): string | undefined;
    /** Whether what the pages of the console itself change is left alone. */
    readonly isReadOnly?: boolean;
    /** Dead letters with what the program knows of them, in place of the messages alone. */
    failures?(): ComponentChildren;
}

export interface FoundThing {
    readonly title: string;
    readonly note: string;
    readonly link: string;
}

/** A page of its own. */
export interface Page {
    /** First part of its address. */
    readonly path: string;
    readonly title: string;
    readonly group: string;
    /** Not in the menu: it is about one thing. */
    readonly isHidden?: true;
    show(parts: readonly string[]): ComponentChildren;
}

/** Something that the home page and Ctrl-K offer. */
export interface ConsoleAction {
    readonly title: string;
    readonly isPrimary?: true;
    run(): Promise<void> | void;
}

let current: Extension = { pages: [], actions: [], linkOf: () => undefined };

export const extension = (): Extension => current;

export function extend(given: Extension): void {
    current = given;
}
