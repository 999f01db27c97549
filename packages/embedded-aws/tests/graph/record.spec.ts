import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { recordGraph } from "../../src/graph/record.ts";

class Queue extends pulumi.CustomResource {
    constructor(name: string, inputs: pulumi.Inputs) {
        super("aws:sqs/queue:Queue", name, inputs);
    }
}

const recorded = (run: () => Promise<object>) =>
    recordGraph({
        project: "shop",
        stack: "dev",
        config: {},
        place: {
            region: "eu-west-1",
            account: "000000000000",
            awsUrl: "https://aws.example.com",
            apiUrl: "https://api.example.com",
        },
        run,
    });

describe("A program that fails", () => {
    it("is told of at once, though what it made waits for what it would have made later, and holds up no other", async () => {
        const fault = new Error("no such size");
        const failed = await recorded(async () => {
            const [name] = pulumi.deferredOutput<string>();
            new Queue("waits", { name });
            throw fault;
        }).catch((error: unknown) => error);
        expect(failed).to.equal(fault);

        const { resources } = await recorded(async () => {
            new Queue("orders", { name: "orders" });
            return {};
        });
        expect(resources.map(({ name, inputs }) => [name, inputs["name"]])).to.deep.include(["orders", "orders"]);
        expect(resources.map(({ name }) => name)).not.to.include("waits");
    });
});
