import type { ComponentChildren } from "preact";

/** What a program adds to the console. */
export interface Extension {
    readonly pages: readonly Page[];
    readonly actions: readonly ConsoleAction[];
    /** Where an id leads; undefined for one that the program does not know. */
    linkOf(id: string): string | undefined;
    /** What the details of a node show besides. */
    nodeDetails?(urn: string): ComponentChildren;
    /** Dead letters with what the program knows of them, in place of the messages alone. */
    failures?(): ComponentChildren;
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
