import { readFileSync } from "node:fs";
import { expect } from "chai";
import { Diagrams, pictured } from "../../tools/diagram.ts";
import { graphOf } from "../graph.ts";

describe("the diagrams in docs/architecture.md", () => {
    it("are those that npm run docs draws of the program", async () => {
        const { resources } = await graphOf("dev", { notificationSender: "shop@example.com" });
        const text = readFileSync("docs/architecture.md", "utf8");
        const diagrams = new Diagrams(resources);
        for (const component of pictured) {
            expect(text).to.include(`<!-- ${component} -->\n\n\`\`\`mermaid\n${diagrams.of(component)}\n\`\`\``);
        }
    });
});
