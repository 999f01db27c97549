/** The function was deployed without variables it needs. */
export class EnvironmentError extends Error {
    override readonly name = "EnvironmentError";
}

/**
 * The function's environment variables, read once when it starts. An empty string stands for "not set".
 * Throws EnvironmentError naming every variable that is missing.
 */
export function environment<const Name extends string>(...names: Name[]): Readonly<Record<Name, string>> {
    const missing = names.filter((name) => process.env[name] === undefined);
    if (missing.length > 0) throw new EnvironmentError(`missing environment variables: ${missing.join(", ")}`);
    // fromEntries forgets the names it was given; they are exactly these.
    return Object.freeze(Object.fromEntries(names.map((name) => [name, process.env[name]]))) as Record<Name, string>;
}
