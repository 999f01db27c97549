import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Cloud, programFor } from "embedded-aws";
import { freePort } from "embedded-aws/freePort";
import type { Graph } from "embedded-aws/recorder";
import { proof } from "../proof.ts";
import { ask } from "./client.ts";
import { eventually } from "./embedded.ts";

/** The action that a role is no longer allowed, by its policy. */
type Losses = Readonly<Record<string, string>>;

/** The graph in which these roles have lost these actions. */
function without(graph: Graph, losses: Losses): Graph {
    const resources = graph.resources.map((resource) => {
        const action = losses[resource.name];
        if (action === undefined) return resource;
        const policy = JSON.parse(String(resource.inputs["policy"]));
        const kept = policy.Statement.filter((statement: { Action: string[] }) => !statement.Action.includes(action));
        expect(kept.length, "the grant was there").to.be.below(policy.Statement.length);
        const inputs = { ...resource.inputs, policy: JSON.stringify({ ...policy, Statement: kept }) };
        return { ...resource, inputs, outputs: { ...resource.outputs, ...inputs } };
    });
    return { ...graph, resources };
}

describe("a callback of the embedded cloud", () => {
    for (const [test, losses] of [
        [it, { "orders-inventory-policy": "dynamodb:UpdateItem", "orders-document-policy": "s3:PutObject" }],
        [proof, { "orders-announce-policy": "events:PutEvents" }],
    ] as const) {
        const actions: readonly string[] = Object.values(losses);
        test(`is refused ${actions.join(" and ")} when its role loses the grant`, async () => {
            const stateDirectory = mkdtempSync(join(tmpdir(), "commerce-"));
            const logged: string[] = [];
            const cloud = await Cloud.start({
                projectDirectory: process.cwd(),
                fixturesDirectory: "tools/embedded",
                stack: "dev",
                port: 0,
                awsPort: await freePort(),
                stateDirectory,
                waitFactor: 0.001,
                environment: process.env,
                evaluate: async (evaluation) => {
                    const program = await programFor(evaluation);
                    return { ...program, graph: without(program.graph, losses) };
                },
                log: ({ text }) => void logged.push(text),
                onDeath: (reason) => {
                    throw reason;
                },
            });
            try {
                const answer = await ask(`${cloud.url}/orders`, {
                    method: "POST",
                    headers: { "content-type": "application/json" },
                    body: '{"productId":"12345","productName":"Cleaner","quantity":1,"customerEmail":"a@example.com"}',
                });
                expect(answer.status).to.equal(202);
                await eventually(() => {
                    for (const action of actions) {
                        const refused = logged.find((line) => line.includes(`not authorized to perform: ${action}`));
                        expect(refused, logged.join("\n")).to.match(/AccessDenied/);
                    }
                });
                const view = await ask(`${cloud.url}/_local/permissions`);
                const roles = (await view.json()) as { denied: { action: string }[] }[];
                expect(roles.flatMap(({ denied }) => denied.map((denial) => denial.action))).to.include.members(
                    actions,
                );
            } finally {
                await cloud.stop();
                rmSync(stateDirectory, { recursive: true, force: true });
            }
        });
    }
});
