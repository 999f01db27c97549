import { settingsTable } from "../components/settings/settings.ts";

/** The page docs/settings.md. */
export function settingsPage(): string {
    const rows = Object.entries(settingsTable).map(([key, { default: byDefault, description }]) => {
        const shown = byDefault === "" ? "" : `\`${JSON.stringify(byDefault).replaceAll('"', "")}\``;
        return `| \`${key}\` | ${shown} | ${description} |`;
    });
    return [
        "# Settings",
        "",
        "`npm run docs` writes this page. `npx pulumi config set --path <setting> <value> -s <stack>` sets one in `Pulumi.<stack>.yaml`.",
        "",
        "| Setting | Default | Description |",
        "|---|---|---|",
        ...rows,
        "",
    ].join("\n");
}
