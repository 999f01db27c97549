/** The members of an object that came from an engine or a function; none of anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
