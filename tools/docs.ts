/**
 * `npm run docs`: draws the data flow of the program in docs/architecture.md from the graph that it registers, who may do
 * what into docs/permissions.md, what it costs into docs/costs.md, and the settings into the README from the table that the
 * program reads them by.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { exitCodes, runCommand } from "./operator/command.ts";

const usage = "npm run docs                               writes what the docs tell of the program anew";

const rewrite = (file: string, part: RegExp, by: string) =>
    writeFileSync(
        file,
        readFileSync(file, "utf8").replace(part, () => by),
    );

// A resource registers in the background, and so does its fault: without it the picture would lack the resource.
process.on("unhandledRejection", (error) => {
    console.error(String(error).replaceAll(/error serializing property "[^"]+": /g, ""));
    process.exit(exitCodes.unusable);
});

/** @returns the files written */
async function write(): Promise<string[]> {
    // The program is loaded only when there is something to ask of it.
    const { graphOf } = await import("../tests/graph.ts");
    const { costsPage } = await import("./cost/report.ts");
    const { Diagrams, pictured } = await import("./diagram.ts");
    const { permissionsOf, reported } = await import("./permissions.ts");
    const { settingsRows } = await import("./settingsRows.ts");
    const { resources } = await graphOf("dev", { notificationSender: "shop@example.com" });
    const { resources: reportedResources } = await graphOf(reported.stack, reported.settings);
    const { resources: produced } = await graphOf("prod");
    await setImmediate();
    const diagrams = new Diagrams(resources);
    for (const component of pictured) {
        const place = new RegExp(`(?<=<!-- ${component} -->\\n\\n)\`\`\`mermaid\\n[\\s\\S]*?\\n\`\`\``);
        rewrite("docs/architecture.md", place, `\`\`\`mermaid\n${diagrams.of(component)}\n\`\`\``);
    }
    rewrite("README.md", /\| Setting [\s\S]*?(?=\n\n)/, settingsRows());
    writeFileSync("docs/permissions.md", permissionsOf(reportedResources));
    writeFileSync("docs/costs.md", costsPage(produced));
    return ["README.md", "docs/architecture.md", "docs/costs.md", "docs/permissions.md"];
}

await runCommand({
    usage,
    options: {},
    words: 0,
    run: async ({ json }) => {
        const written = await write();
        if (json) console.log(JSON.stringify({ written }));
        return exitCodes.good;
    },
});
// Pulumi's runtime keeps the process alive.
process.exit();
