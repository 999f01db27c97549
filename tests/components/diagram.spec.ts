import { readFileSync } from "node:fs";
import { expect } from "chai";
import { diagramOf } from "../../scripts/diagram.ts";
import { graphOf } from "../graph.ts";

describe("the diagram in docs/architecture.md", () => {
    it("is the one that npm run docs draws of the program", async () => {
        const { resources } = await graphOf("dev", { notificationSender: "shop@example.com" });
        expect(readFileSync("docs/architecture.md", "utf8")).to.include(diagramOf(resources));
    });
});
