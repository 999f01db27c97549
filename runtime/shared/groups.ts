/** Splits elements into groups of at most `most` elements and `mostBytes` bytes; a larger element is a group by itself. */
export function groupsOf<Element>(
    elements: readonly Element[],
    most: number,
    mostBytes = Number.POSITIVE_INFINITY,
    bytesOf: (element: Element) => number = () => 0,
): Element[][] {
    const groups: Element[][] = [];
    let size = 0;
    for (const element of elements) {
        const bytes = bytesOf(element);
        const group = groups.at(-1);
        if (group === undefined || group.length === most || size + bytes > mostBytes) {
            groups.push([element]);
            size = bytes;
        } else {
            group.push(element);
            size += bytes;
        }
    }
    return groups;
}
