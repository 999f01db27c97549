// `npm run docs`: draws the data flow of the program in docs/architecture.md from the graph that it registers, and
// writes the settings into the README from the table that the program reads them by.
import { readFileSync, writeFileSync } from "node:fs";
import { graphOf } from "../tests/graph.ts";
import { diagramOf } from "./diagram.ts";
import { settingsRows } from "./settingsRows.ts";

const rewrite = (file: string, part: RegExp, by: string) =>
    writeFileSync(
        file,
        readFileSync(file, "utf8").replace(part, () => by),
    );

const { resources } = await graphOf("dev", { notificationSender: "shop@example.com" });
rewrite("docs/architecture.md", /```mermaid\n[\s\S]*?\n```/, `\`\`\`mermaid\n${diagramOf(resources)}\n\`\`\``);
rewrite("README.md", /\| Setting [\s\S]*?(?=\n\n)/, settingsRows());
process.exit(0);
