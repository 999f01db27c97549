import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { Fixtures, ViewRequestError } from "embedded-aws/console";
import { changed, readStackConfig } from "embedded-aws/stackConfig";
import { settingsIn } from "../../components/settings/read.ts";
import { leaves } from "../../components/settings/schema.ts";
import { isJsonObject } from "../../runtime/shared/json.ts";
import { exitCodes } from "../operator/command.ts";

/** Orders a month. */
const volumes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000] as const;
const root = join(import.meta.dirname, "../..");

/**
 * Each setting with its value, where that comes from, and what production refuses of all.
 * @param fixtures folder with what settings are on this machine alone @default none: it is on AWS
 */
export function settingsOf(stack: string, fixtures: string | undefined) {
    const { project, values } = readStackConfig(root, stack);
    const changes = new Fixtures(fixtures).settings(project, stack);
    const here = changed(values, changes);
    const { settings } = settingsIn({ project, environment: stack, values: here });
    const rows = leaves
        .filter(({ schema }) => schema["x-internal"] !== true)
        .map(({ path, schema }) => {
            const [group = "", ...names] = path.split(".");
            const file = `${project}:${group}`;
            const isSecret = schema["x-secret"] === true;
            const ownIn = (all: Readonly<Record<string, string>>) => valueAt(JSON.parse(all[file] ?? "{}"), names);
            const own = ownIn(values);
            const isOfFixtures = !isDeepStrictEqual(own, ownIn(here));
            return {
                path,
                description: schema.description ?? "",
                default: schema.default ?? null,
                value: isSecret ? "***" : (valueAt(settings, path.split(".")) ?? null),
                source: isOfFixtures
                    ? join(relative(root, fixtures ?? ""), "settings.json")
                    : own === undefined
                      ? "default"
                      : `Pulumi.${stack}.yaml`,
            };
        });
    return { stack, rows, refusedInProd: settingsIn({ project, environment: "prod", values }).errors };
}

const valueAt = (value: unknown, names: readonly string[]): unknown =>
    names.reduce<unknown>((within, name) => (isJsonObject(within) ? within[name] : undefined), value);

const bills = new Map<string, Promise<unknown>>();

/** The bills of a month at each volume, as `npm run cost` calculates them, in a process of its own: it evaluates the program. */
export function costOf(stack: string): Promise<unknown> {
    if (!/^[\w-]{1,16}$/.test(stack)) throw new ViewRequestError("stack is the name of a stack");
    const bill = bills.get(stack) ?? calculated(stack);
    bills.set(stack, bill);
    bill.catch(() => bills.delete(stack));
    return bill;
}

async function calculated(stack: string): Promise<unknown> {
    const counts = volumes.flatMap((orders) => ["--orders", String(orders)]);
    const args = ["--disable-warning=ExperimentalWarning", "tools/cost.ts", "--json", "--stack", stack, ...counts];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
        cwd: root,
        maxBuffer: 64 * 2 ** 20,
    }).catch((error: unknown) => {
        // It also reports resources without a price by its exit code: the bill of the others is there.
        if (error instanceof Error && "code" in error && error.code === exitCodes.found && "stdout" in error)
            return { stdout: String(error.stdout) };
        throw error;
    });
    return JSON.parse(stdout);
}
