import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { permissionsOf, reported } from "../../tools/permissions.ts";
import { type Changes, graphOf, type Recorded } from "../graph.ts";
import { several } from "../variants.ts";

const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";

describe("the permissions in docs/permissions.md", () => {
    let graph: Recorded;
    let page: string;

    before(async () => {
        graph = await graphOf(reported.stack, reported.settings);
        page = permissionsOf(graph.resources);
    });

    it("are those that npm run docs reads from the program", () => {
        expect(readFileSync("docs/permissions.md", "utf8")).to.equal(page);
    });

    it("name things as the program does, without account and region", () => {
        expect(page).not.to.match(/000000000000|arn:aws:(?!iam::362576667341:)|-[0-9a-f]{7}\b/);
        expect(page).to.include("| orders-store | `dynamodb:PutItem` | `orders-orders-table` |  |");
        expect(page).to.include(
            "| orders-notify-failures | `events.amazonaws.com` | `sqs:SendMessage` | `aws:SourceArn ~ route-to-notifier` |",
        );
        expect(page).to.include("| data-key | `the account` | `kms:*` |  |");
    });

    it("have a line for every role, and for every resource policy", () => {
        for (const { name } of graph.of("aws:iam/role:Role")) {
            expect(page, name).to.match(new RegExp(`^\\| ${name.replace(/-role$/, "")} \\|`, "m"));
        }
        for (const { name, outputs } of graph.of("aws:lambda/function:Function")) {
            const isAdmitted = graph
                .of("aws:lambda/permission:Permission")
                .some(({ inputs }) => inputs["function"] === outputs["name"]);
            if (isAdmitted) expect(page, name).to.match(new RegExp(`^\\| ${name} \\|.*lambda:InvokeFunction`, "m"));
        }
    });

    it("are those of a role of its own for every function, which Lambda alone takes on, and of no attached policy", () => {
        const roles = graph.of("aws:lambda/function:Function").map(({ inputs }) => inputs["role"]);
        expect(new Set(roles).size).to.equal(roles.length);
        const [, trust = ""] = page.split("Other roles are assumed by:");
        for (const { name, outputs } of graph.of("aws:iam/role:Role")) {
            const isListed = trust.includes(`| ${name.replace(/-role$/, "")} |`);
            expect(isListed, name).to.equal(!roles.includes(outputs["arn"]));
        }
        expect(graph.of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).to.deep.equal([]);
    });

    it("are to keep payments, in place of reading Stripe's secret, where the sandbox charges", async () => {
        const linesOf = async (settings: Changes) => {
            const { resources } = await graphOf("dev", settings);
            return new Set(
                permissionsOf(resources)
                    .split("\n")
                    .filter((line) => line.startsWith("| ") && !line.includes("`kms:")),
            );
        };
        const [stripe, sandbox] = await Promise.all([linesOf(several.settings), linesOf({})]);
        const callbacks = ["checkout-complete", "checkout-settle", "mcp-call"];
        const table = "checkout-sandbox-payments-table";
        expect([...sandbox.difference(stripe)]).to.have.members([
            ...callbacks.map((name) => `| ${name} | \`dynamodb:PutItem\` | \`${table}\` |  |`),
            `| payments-keep | \`dynamodb:GetItem, dynamodb:UpdateItem\` | \`${table}\` |  |`,
        ]);
        const more = [...stripe.difference(sandbox)];
        const isListeners = (line: string) => line.startsWith("| payments-hear");
        expect(more.filter((line) => !isListeners(line))).to.have.members(
            [...callbacks, "payments-keep"].map(
                (name) => `| ${name} | \`secretsmanager:GetSecretValue\` | \`checkout-payment-secret\` |  |`,
            ),
        );
        expect(more.filter((line) => isListeners(line) && /secretsmanager|sqs|apigateway/.test(line))).to.have.members([
            "| payments-hear | `secretsmanager:GetSecretValue` | `checkout-payment-secret` |  |",
            "| payments-hear | `sqs:SendMessage` | `payments-tasks-queue` |  |",
            "| payments-hear-function | `apigateway.amazonaws.com` | `lambda:InvokeFunction` | `aws:SourceArn ~ api-api/*/POST/payments/stripe` |",
        ]);
    });

    it("show each right that comes, and each that goes", () => {
        const lines = new Set(page.split("\n"));
        const withRight = permissionsOf(
            stating(rolePolicy, "orders-read-policy", (statements) => [
                ...statements,
                { Effect: "Allow", Action: "dynamodb:Scan", Resource: "*" },
            ]),
        );
        expect(withRight.split("\n").filter((line) => !lines.has(line))).to.deep.equal([
            "| orders-read | `dynamodb:Scan` | `*` |  |",
        ]);
        const withoutRight = new Set(permissionsOf(stating(rolePolicy, "orders-read-policy", () => [])).split("\n"));
        expect([...lines].filter((line) => !withoutRight.has(line) && !line.includes("every function"))).to.include(
            "| orders-read | `dynamodb:GetItem` | `orders-orders-table` |  |",
        );
    });

    it("name every queue that no longer refuses calls without TLS", () => {
        expect(page).to.include("bucket refuses calls without TLS.");
        expect(permissionsOf(stating(queuePolicy, "orders-orders-queue-policy", () => []))).to.include(
            "refuses calls without TLS but orders-orders-queue.",
        );
    });

    function stating(type: string, name: string, change: (statements: object[]) => object[]): Resource[] {
        const policy = graph.one(type, name);
        const { Version, Statement } = JSON.parse(String(policy.inputs["policy"]));
        const inputs = { ...policy.inputs, policy: JSON.stringify({ Version, Statement: change(Statement) }) };
        return graph.resources.map((one) => (one === policy ? { ...one, inputs } : one));
    }
});
