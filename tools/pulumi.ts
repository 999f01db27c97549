import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { recordGraph } from "embedded-aws/recorder";
import { readStackConfig } from "embedded-aws/stackConfig";
import { policies } from "../policy/policies.ts";
import { violationsOf } from "../policy/recorded.ts";
import { cliFault } from "./operator/pulumiCli.ts";

/**
 * `npm run preview` and `npm run up`: the policies of policy/ first, over what the program makes with the settings of this
 * stack, where everything is known. The engine runs them, too (`--policy-pack policy`), but knows before a first deployment
 * only what depends on nothing that is still to be made.
 */
const root = join(import.meta.dirname, "..");

/** The stack that the arguments name, else the one that is selected. */
function stackOf(args: readonly string[]): string {
    const { values } = parseArgs({
        args: [...args],
        options: { stack: { type: "string", short: "s" } },
        strict: false,
        allowPositionals: true,
    });
    if (typeof values["stack"] === "string") return nameOf(values["stack"]);
    const { status, stdout } = spawnSync("pulumi", ["stack", "--show-name"], { stdio: ["inherit", "pipe", "inherit"] });
    if (status !== 0) process.exit(status ?? 1);
    return nameOf(stdout.toString().trim());
}

/** `organisation/project/stack` → `stack` */
const nameOf = (stack: string) => stack.split("/").at(-1) ?? stack;

async function faultsOf(stack: string): Promise<string[]> {
    const { project, region, values } = readStackConfig(root, stack);
    const { resources } = await recordGraph({
        project,
        stack,
        place: {
            region,
            account: "000000000000",
            awsUrl: `https://sqs.${region}.amazonaws.com`,
            apiUrl: `https://api.execute-api.${region}.amazonaws.com`,
        },
        config: values,
        run: () => import("../index.ts"),
    });
    return policies.flatMap((policy) => violationsOf(policy, resources).map((fault) => `${policy.name}: ${fault}`));
}

/** Whether `pulumi` is the package of that name, which fetches the command line tool when it is first used. */
function isFetched(): boolean {
    const folders = (process.env["PATH"] ?? "").split(delimiter);
    const found = folders.map((folder) => join(folder, "pulumi")).find((file) => existsSync(file));
    return found === undefined || realpathSync(found).endsWith(join("node_modules", "pulumi", "run.js"));
}

const [command = "preview", ...args] = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) {
    console.log(`npm run ${command} -- -s <stack>              types and policies first, then pulumi ${command}
  …                   what pulumi ${command} takes besides (npx pulumi ${command} --help)`);
    process.exit();
}
const fault = isFetched() ? await cliFault(process.env) : undefined;
if (fault !== undefined) {
    console.error(fault);
    process.exit(2);
}
const stack = stackOf(args);
try {
    const faults = await faultsOf(stack);
    if (faults.length > 0) {
        console.error(
            `stack ${stack} breaks policies of policy/, and nothing was started:\n  - ${faults.join("\n  - ")}`,
        );
        process.exit(1);
    }
} catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
}
console.log(`stack ${stack}: the ${policies.length} policies of policy/ have nothing against what it makes`);
const { status } = spawnSync("pulumi", [command, ...args], { stdio: "inherit" });
process.exit(status ?? 1);
