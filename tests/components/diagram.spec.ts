import { readFileSync } from "node:fs";
import { expect } from "chai";
import { Diagrams, pictured, picturedStack } from "../../tools/diagram.ts";
import { graphOf } from "../graph.ts";

describe("the diagrams in docs/diagrams", () => {
    it("are those that npm run docs draws of the program", async () => {
        const { resources } = await graphOf(picturedStack.stack, picturedStack.settings);
        const diagrams = new Diagrams(resources);
        for (const component of pictured) {
            expect(readFileSync(`docs/diagrams/${component}.mmd`, "utf8")).to.equal(diagrams.of(component));
        }
    });
});
