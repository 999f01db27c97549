/**
 * `npm run console`: the pages of the console for an environment on AWS, on this machine, with the credentials of the shell.
 */

import { join } from "node:path";
import { QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { serveConsole, type Views } from "embedded-aws/console";
import { Deployed } from "./console/deployed.ts";
import { Timelines } from "./console/timelines.ts";
import { shopViews } from "./console/views.ts";
import { exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { Relations } from "./operator/queues.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";

const usage = `npm run console -- --env <stack>          shows an environment in the browser, and only reads
  --allow             redrives and discards dead letters, resends webhooks and refunds orders where asked to, each with
                      an audit row
  --port <port>       port on this machine (8788)
${stackUsage}`;

const ended = () =>
    new Promise<void>((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    });

/** Tables are read by key and page; nothing else is called for. */
const callOn =
    ({ dynamo }: Stack) =>
    async (_: unknown, service: string, action: string, input: Readonly<Record<string, unknown>>) => {
        if (service !== "dynamodb") throw new UsageError(`${service}:${action} is not done from here`);
        const TableName = String(input["TableName"]);
        const command =
            action === "Query" ? new QueryCommand({ ...input, TableName }) : new ScanCommand({ ...input, TableName });
        return { ...(await dynamo.send(command)) };
    };

function viewsOf(timelines: Timelines, deployed: Deployed): Views {
    return {
        trace: (parameters) => timelines.of(parameters.getAll("correlationId")),
        entries: (parameters) => timelines.recent(parameters.get("what") ?? "", parameters.get("where") ?? ""),
        depths: () => deployed.depths(),
        queues: () => deployed.queues(),
        objects: (parameters) => deployed.objects(parameters.get("key")),
        mail: () => [],
    };
}

await runCommand({
    usage,
    options: { ...stackOptions, allow: { type: "boolean", default: false }, port: { type: "string", default: "8788" } },
    words: 0,
    run: async ({ allow, port: given, json, ...values }) => {
        const port = Number(given);
        if (!Number.isInteger(port) || port < 0 || port > 65_535)
            throw new UsageError(`--port ${given}: set one from 0 to 65535`);
        const stack = await Stack.of(values);
        // The first call tells why the environment cannot be reached, before there is a page.
        await Relations.of(stack);
        const { graphOf } = await import("./graph.ts");
        const graph = await graphOf(stack.environment);
        const queues = graph.resources.filter(({ type }) => type === "aws:sqs/queue:Queue");
        const deployed = new Deployed(
            stack,
            queues.map(({ name, inputs, outputs }) => String(outputs["name"] ?? inputs["name"] ?? name)),
        );
        const pages = join(import.meta.dirname, "console/pages/index.tsx");
        const origin = await serveConsole(port, {
            graph,
            region: stack.region,
            call: callOn(stack),
            extension: { pages, ...shopViews({ stack, isAllowed: allow }) },
            source: (urnOf) => {
                const timelines = new Timelines(stack, urnOf);
                return { views: viewsOf(timelines, deployed), news: () => timelines.news() };
            },
        });
        const url = `${origin.url}/_local/console`;
        console.log(
            json ? JSON.stringify({ url }) : `${stack.title}, ${allow ? "changes allowed" : "read only"}\nready ${url}`,
        );
        await ended();
        await origin.close();
        deployed.close();
        stack.close();
        return exitCodes.good;
    },
});
// Pulumi's runtime keeps the process alive.
process.exit();
