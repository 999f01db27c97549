/**
 * `npm run docs`: writes the pages that follow from the program: diagrams, permissions, costs and settings; and takes the
 * README's pictures of the console anew where what they show has changed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Resource } from "embedded-aws/recorder";
import { exitCodes, runCommand } from "./operator/command.ts";

const usage = "npm run docs                               writes the generated pages and pictures of docs/";

// Resources register in the background: an error there would otherwise only leave the resource out of the pages.
process.on("unhandledRejection", (error) => {
    console.error(String(error).replaceAll(/error serializing property "[^"]+": /g, ""));
    process.exit(exitCodes.unusable);
});

/** @returns the files written */
async function write(): Promise<string[]> {
    // Loading the program takes seconds, which --help need not wait for.
    const { graphOf } = await import("./graph.ts");
    const { costsPage, pricedFeeds } = await import("./cost/report.ts");
    const { Diagrams, pictured, picturedStack } = await import("./diagram.ts");
    const { permissionsOf, reported } = await import("./permissions.ts");
    const { settingsPage } = await import("./settingsPage.ts");
    const { resources } = await graphOf(picturedStack.stack, picturedStack.settings);
    const { resources: reportedResources } = await graphOf(reported.stack, reported.settings);
    const { resources: produced } = await graphOf("prod");
    const { resources: producedWithFeeds } = await graphOf("prod", pricedFeeds);
    await setImmediate();
    const diagrams = new Diagrams(resources);
    const pages = {
        ...Object.fromEntries(pictured.map((component) => [`docs/diagrams/${component}.mmd`, diagrams.of(component)])),
        "docs/permissions.md": permissionsOf(reportedResources),
        "docs/costs.md": costsPage(produced, producedWithFeeds),
        "docs/settings.md": settingsPage("commerce"),
        "docs/operations/capacity.md": withReserve(readFileSync("docs/operations/capacity.md", "utf8"), produced),
    };
    for (const [file, text] of Object.entries(pages)) writeFileSync(file, text);
    return Object.keys(pages);
}

/** States the executions that a stack reserves. */
function withReserve(page: string, resources: readonly Resource[]): string {
    const reserves = resources.map(({ inputs }) => Number(inputs["reservedConcurrentExecutions"] ?? 0));
    return page.replace(/(?<=`prod` reserves )\d+/, String(reserves.reduce((sum, one) => sum + one, 0)));
}

await runCommand({
    usage,
    options: {},
    words: 0,
    run: async ({ json }) => {
        const pages = await write();
        const { takePictures } = await import("./pictures.ts");
        const pictures = await takePictures();
        if (pictures === undefined) console.error("There is no browser: the pictures stay as they are.");
        const written = [...pages, ...(pictures ?? [])];
        if (json) console.log(JSON.stringify({ written }));
        return exitCodes.good;
    },
});
// Pulumi's runtime keeps the process alive.
process.exit();
