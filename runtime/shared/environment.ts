/** Environment variables of the function are missing or invalid. */
export class EnvironmentError extends Error {
    override readonly name = "EnvironmentError";
}

/**
 * Reads environment variables once at start. An empty string means "not set". Throws EnvironmentError, which names all
 * missing variables.
 */
export function environment<const Name extends string>(...names: Name[]): Readonly<Record<Name, string>> {
    const missing = names.filter((name) => process.env[name] === undefined);
    if (missing.length > 0) throw new EnvironmentError(`missing environment variables: ${missing.join(", ")}`);
    // fromEntries loses the names' type.
    return Object.freeze(Object.fromEntries(names.map((name) => [name, process.env[name]]))) as Record<Name, string>;
}
