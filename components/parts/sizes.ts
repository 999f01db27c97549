import type { Inventory } from "./inventory.ts";
import { type Settings, SettingsError } from "./settings.ts";

/** The settings that are tables by function. */
const tables = ["reservedConcurrency", "provisionedConcurrency"] as const;

/**
 * Refuses sizes of functions that there are none of, which would otherwise silently leave the defaults in force. Which
 * functions there are depends on the other settings: it is known once all are made, which a preview does, too.
 * @throws SettingsError
 */
export function checkSizes(settings: Settings, { callbacks }: Inventory): void {
    const functions = callbacks.map(({ functionName }) => functionName).sort();
    const faults = tables.flatMap((key) =>
        Object.keys(settings[key])
            .filter((name) => !functions.includes(name))
            .map((name) => `${key} is for ${name}, which is no function: there are ${functions.join(", ")}`),
    );
    if (faults.length > 0) throw new SettingsError(faults.join("\n"));
}
