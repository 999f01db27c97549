import { settingsTable } from "../components/settings/settings.ts";

/** The settings as the README shows them. */
export function settingsRows(): string {
    const rows = Object.entries(settingsTable).map(([key, { default: byDefault, description }]) => {
        const shown = byDefault === "" ? "" : `\`${JSON.stringify(byDefault).replaceAll('"', "")}\``;
        return `| \`${key}\` | ${shown} | ${description} |`;
    });
    return ["| Setting | Default | What for |", "|---|---|---|", ...rows].join("\n");
}
