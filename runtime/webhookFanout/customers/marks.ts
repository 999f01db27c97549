/** What was last said about one thing of a customer. */
interface Mark {
    /** Grows with every change. */
    readonly order: number;
    /** Which change it was. */
    readonly by: string;
    /** Whether Segment has confirmed it. Until then it may have arrived or not. */
    readonly sent: boolean;
}

/** By the names of what was said; what is not in it was never heard of. */
export type Marks = Readonly<Record<string, Mark>>;

/** Something that a change says, under these names. */
export interface MarkUpdate {
    readonly order: number;
    readonly by: string;
    readonly names: readonly string[];
}

/**
 * Of what a change says that which must still be said: neither overtaken by something newer, whether or not that has
 * arrived yet, nor confirmed before.
 */
export function outstanding(marks: Marks, { order, by, names }: MarkUpdate): string[] {
    return names.filter((name) => {
        const mark = marks[name];
        if (mark === undefined || mark.order < order) return true;
        return mark.order === order && !(mark.sent && mark.by === by);
    });
}

/** The marks after this was begun to be sent, or was confirmed. */
export function marked(marks: Marks, { order, by, names }: MarkUpdate, sent: boolean): Marks {
    return { ...marks, ...Object.fromEntries(names.map((name) => [name, { order, by, sent }])) };
}
