import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { readStackConfig } from "embedded-aws/stackConfig";
import { settingsIn } from "../../components/settings/read.ts";
import { leaves } from "../../components/settings/schema.ts";
import { isJsonObject } from "../../runtime/shared/json.ts";

const root = join(import.meta.dirname, "../..");

/** Each setting with its value, where that comes from, and what production refuses of all. */
export function settingsOf(stack: string) {
    const { project, values } = readStackConfig(root, stack);
    const { settings } = settingsIn({ project, environment: stack, values });
    const rows = leaves
        .filter(({ schema }) => schema["x-internal"] !== true)
        .map(({ path, schema }) => {
            const [group = "", ...names] = path.split(".");
            const file = `${project}:${group}`;
            const isSecret = schema["x-secret"] === true;
            const own = valueAt(JSON.parse(values[file] ?? "{}"), names);
            return {
                path,
                description: schema.description ?? "",
                default: schema.default ?? null,
                value: isSecret ? "***" : (valueAt(settings, path.split(".")) ?? null),
                source: own === undefined ? "default" : `Pulumi.${stack}.yaml`,
            };
        });
    return { stack, rows, refusedInProd: settingsIn({ project, environment: "prod", values }).errors };
}

const valueAt = (value: unknown, names: readonly string[]): unknown =>
    names.reduce<unknown>((within, name) => (isJsonObject(within) ? within[name] : undefined), value);

const bills = new Map<string, Promise<unknown>>();

/** The bill of a month, as `npm run cost` calculates it, in a process of its own: it evaluates the program. */
export function costOf(stack: string, orders: string): Promise<unknown> {
    if (!/^[\w-]{1,16}$/.test(stack) || !/^\d{1,9}$/.test(orders))
        throw new Error("a stack's name and a number of orders");
    const key = `${stack} ${orders}`;
    const bill = bills.get(key) ?? calculated(stack, orders);
    bills.set(key, bill);
    bill.catch(() => bills.delete(key));
    return bill;
}

async function calculated(stack: string, orders: string): Promise<unknown> {
    const args = [
        "--disable-warning=ExperimentalWarning",
        "tools/cost.ts",
        "--json",
        "--stack",
        stack,
        "--orders",
        orders,
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 64 * 2 ** 20 });
    return JSON.parse(stdout);
}
