/**
 * `npm run doctor -- -s <stack>`: before `up` what is missing for it, after `up` what is not done yet, each with the command
 * that mends it. Without credentials or Pulumi's CLI it runs the checks that need neither.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Route53Client } from "@aws-sdk/client-route-53";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { readStackConfig } from "embedded-aws/stackConfig";
import { isProduction, settingsIn } from "../components/settings/read.ts";
import {
    backend,
    confirmed,
    credentials,
    examples,
    type Finding,
    finding,
    openItems,
    passphrase,
    quota,
    type SecretOf,
    secretValue,
    sender,
    zone,
} from "./operator/checkup.ts";
import { exitCodes, runCommand } from "./operator/command.ts";
import { cliFault, cliIn } from "./operator/pulumiCli.ts";
import { Stack, type StackValues } from "./operator/stack.ts";
import { inOneLine, type Paint, paintFor } from "./operator/terminal.ts";

const root = join(import.meta.dirname, "..");

const usage = `npm run doctor -- -s <stack>                what is missing before up, and what is not done after it
  -s, --stack <stack> whose settings and account (dev)
  --endpoint <url>    another AWS endpoint (also AWS_ENDPOINT_URL)
  --region <region>   another region than the stack's`;

async function look(values: StackValues & { readonly stack: string }): Promise<Finding[]> {
    const { stack } = values;
    const { project, values: configured } = readStackConfig(root, stack);
    const { settings } = settingsIn({ project, environment: stack, values: configured });
    const deployed = new Stack({ ...values, env: stack });
    const ses = new SESv2Client(deployed.settings);
    const route53 = new Route53Client(deployed.settings);
    const up = `npm run up -- -s ${stack}`;
    try {
        const shell = [
            await finding("Pulumi", async () => {
                const fault = await cliFault(process.env);
                if (fault === undefined) return { outcome: "good", words: cliIn(process.env).path };
                return {
                    outcome: "missing",
                    words: fault,
                    command: "export PULUMI_HOME=<folder> PULUMI_VERSION=<version>",
                };
            }),
            await finding("state", () => backend({ name: stack, project }, process.env)),
            await finding("secrets provider", () =>
                passphrase(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8"), process.env),
            ),
            await finding("examples", () => examples(stack, project, settings)),
        ];
        const { resources, ...program } = await programOf(stack);
        const caller = await finding("credentials", () => credentials(deployed.sts));
        const account = await deployed.sts.send(new GetCallerIdentityCommand({})).then(
            ({ Account = "" }) => Account,
            () => undefined,
        );
        const found = [...shell, program.finding, caller];
        if (account !== undefined) {
            found.push(
                await finding("quota", () => quota(deployed.lambda, stack, settings.functions.concurrencyQuota)),
                await finding("mail", () => sender(ses, settings.orders.mail.sender)),
                await finding("name", () => zone(route53, settings.api.domain)),
            );
            for (const secret of readSecrets(resources).map(secretIn(stack, up))) {
                found.push(await finding(secret.id, () => secretValue(deployed.secrets, secret)));
            }
            for (const [name, addresses] of mailedTopics(resources)) {
                const topic = `arn:aws:sns:${deployed.region}:${account}:${name}`;
                found.push(await finding(name, () => confirmed(deployed.sns, topic, addresses, up)));
            }
        }
        const page = readFileSync(join(root, "docs/operations/first-account.md"), "utf8");
        const items = isProduction({ environment: stack }) ? openItems(page, stack) : [];
        return [
            ...found,
            ...items.map((item): Finding => {
                return {
                    name: "first account",
                    outcome: "later",
                    words: item,
                    command: "docs/operations/first-account.md",
                };
            }),
        ];
    } finally {
        deployed.close();
        ses.destroy();
        route53.destroy();
    }
}

interface Made {
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** What the program makes with the settings of the stack; nothing where they cannot be used. */
async function programOf(stack: string): Promise<{ readonly finding: Finding; readonly resources: readonly Made[] }> {
    // The program is loaded only when there is something to ask of it.
    const { graphOf } = await import("./graph.ts");
    try {
        const { resources } = await graphOf(stack);
        const words = `${resources.length} resources, by the settings of ${stack}`;
        return { finding: { name: "settings", outcome: "good", words }, resources };
    } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        const command = `npx pulumi config set --path 'commerce:<setting>' <value> -s ${stack}`;
        return { finding: { name: "settings", outcome: "missing", words, command }, resources: [] };
    }
}

/** The secrets that a function of the stack reads. */
function readSecrets(resources: readonly Made[]): readonly Made[] {
    const policies = resources
        .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
        .map(({ inputs }) => String(inputs["policy"]))
        .filter((policy) => policy.includes("secretsmanager:GetSecretValue"));
    return resources.filter(
        ({ type, outputs }) =>
            type === "aws:secretsmanager/secret:Secret" &&
            policies.some((policy) => policy.includes(String(outputs["arn"]))),
    );
}

/** A secret, and what gives it a value. */
const secretIn =
    (stack: string, up: string) =>
    ({ inputs }: Made): SecretOf => {
        const id = String(inputs["name"]);
        const put = `aws secretsmanager put-secret-value --secret-id ${id} --secret-string '<see docs/operations/secrets.md>'`;
        const command = id.includes("api-keys")
            ? `npm run keys -- add <client> --scopes <list> --env ${stack}`
            : id.includes("sealing")
              ? `aws secretsmanager rotate-secret --secret-id ${id}`
              : put;
        return { id, command, isOptional: /segment|commercetools|ucp-webhooks/.test(id), up };
    };

/** The addresses that each topic writes mail to, by its name. */
function mailedTopics(resources: readonly Made[]): ReadonlyMap<string, readonly string[]> {
    const topics = new Map<string, string[]>();
    for (const { type, inputs } of resources) {
        if (type !== "aws:sns/topicSubscription:TopicSubscription" || inputs["protocol"] !== "email") continue;
        const name = String(inputs["topic"]).split(":").at(-1) ?? "";
        topics.set(name, [...(topics.get(name) ?? []), String(inputs["endpoint"])]);
    }
    return topics;
}

function print({ name, outcome, words, command }: Finding, paint: Paint): void {
    const colour = { good: "green", missing: "red", later: "yellow", unknown: "red" } as const;
    console.log(`${paint(outcome.padEnd(7), colour[outcome])}  ${name}: ${inOneLine(words)}`);
    if (command !== undefined) console.log(`         ${paint(command, "dim")}`);
}

// A resource registers in the background, and so does its fault, which the settings' own comes before.
process.on("unhandledRejection", () => undefined);
await runCommand({
    usage,
    options: {
        stack: { type: "string", short: "s", default: "dev" },
        endpoint: { type: "string" },
        region: { type: "string" },
    },
    words: 0,
    run: async (values) => {
        const findings = await look(values);
        const paint = paintFor(process.stdout, process.env);
        if (values.json) console.log(JSON.stringify(findings));
        else for (const one of findings) print(one, paint);
        const isWell = findings.every(({ outcome }) => outcome === "good" || outcome === "later");
        return isWell ? exitCodes.good : exitCodes.found;
    },
});
// Pulumi's runtime keeps the process alive.
process.exit();
