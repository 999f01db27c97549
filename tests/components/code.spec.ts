import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { BundleError, buildAll, bundle, entries } from "../../components/parts/bundle.ts";
import type { Resource } from "../../local/graph/graph.ts";
import { graphOf, type Recorded } from "../graph.ts";

const lambda = "aws:lambda/function:Function";

/** Those that answer requests. */
const awaited = [
    "orders-receive-function",
    "orders-read-function",
    "checkout-discover-function",
    "checkout-manage-function",
    "checkout-complete-function",
    "messages-publish-function",
    "webhooks-endpoints-function",
    "api-keys-authorize-function",
];

/** Variables whose empty value says: none. */
const optional = ["ALLOWED_ADDRESSES", "COMMERCETOOLS_SECRET"];

/** The files of a function's code with their hashes. */
async function filesOf({ inputs }: Resource): Promise<Record<string, string>> {
    const archive = inputs["code"];
    if (!pulumi.asset.Archive.isInstance(archive)) throw new Error("no code");
    const assets = await (archive as pulumi.asset.AssetArchive).assets;
    const files = Object.entries(assets).map(async ([name, asset]) => {
        const text = await (asset as pulumi.asset.StringAsset).text;
        expect(text.length, name).to.be.greaterThan(1000);
        return [name, createHash("sha256").update(text).digest("hex")];
    });
    return Object.fromEntries(await Promise.all(files));
}

describe("the code of the callbacks", () => {
    let dev: Recorded;

    before(async () => {
        dev = await graphOf("dev", { notificationSender: "shop@example.com" });
    });

    it("is byte for byte the same in dev and prod: what differs is in the environment", async () => {
        const prod = await graphOf("prod", { notificationSender: "shop@example.com" });
        for (const resource of dev.of(lambda)) {
            expect(await filesOf(resource)).to.deep.equal(await filesOf(prod.one(lambda, resource.name)));
        }
    });

    it("is a bundle and its source map, and the handler names the bundle", async () => {
        for (const resource of dev.of(lambda)) {
            const [file = ""] = String(resource.inputs["handler"]).split(".");
            expect(Object.keys(await filesOf(resource))).to.have.members([`${file}.mjs`, `${file}.mjs.map`]);
        }
    });

    it("is the same wherever it is built", async () => {
        const here = await buildAll();
        const folder = process.cwd();
        process.chdir("/");
        try {
            expect(await buildAll()).to.deep.equal(here);
        } finally {
            process.chdir(folder);
        }
    });

    it("gets exactly the variables that it reads, the log level, and source maps where nobody waits", () => {
        const callbacks = entries();
        for (const { inputs, name } of dev.of(lambda)) {
            const [file = ""] = String(inputs["handler"]).split(".");
            const [entry, ...doubles] = callbacks.filter((callback) => callback.endsWith(`/${file}`));
            expect(doubles).to.deep.equal([]);
            const [, list = ""] = /environment\(([\s\S]*?)\);/.exec(readFileSync(`runtime/${entry}.ts`, "utf8")) ?? [];
            const read = [...list.matchAll(/"(\w+)"/g)].map(([, variable]) => variable);
            const { variables } = inputs["environment"] as { variables: Record<string, string> };
            const { NODE_OPTIONS, ...others } = variables;
            expect(Object.keys(others), name).to.have.members([...read, "LOG_LEVEL"]);
            expect(NODE_OPTIONS, name).to.equal(awaited.includes(name) ? undefined : "--enable-source-maps");
            for (const [variable, value] of Object.entries(variables)) {
                expect(value, variable).to.be.a("string");
                if (!optional.includes(variable)) expect(value, variable).not.to.equal("");
            }
        }
    });

    it("is refused by name when there is no such callback", async () => {
        const error = await bundle("orderIntake/forget").code.catch((fault: unknown) => fault);
        expect(error).to.be.instanceOf(BundleError);
        expect(String(error)).to.include("runtime/orderIntake/forget.ts").and.to.include("orderIntake/receive");
    });
});
