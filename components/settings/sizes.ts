import type { Callback } from "../parts/callback.ts";
import { claimOf, pollers } from "../parts/concurrency.ts";
import type { FunctionDefaults } from "../parts/context.ts";
import { SettingsError } from "./settings.ts";
import { nearestOf } from "./validate.ts";

type Sized = Pick<Callback, "functionName" | "kind" | "reserve">;

/**
 * Refuses sizes of functions that there are none of, which would otherwise silently leave the defaults in force, and those
 * that AWS would refuse when half of the stack is made. Which functions there are depends on the other settings: it is
 * known once all are made, which a preview does, too.
 * @throws SettingsError
 */
export function checkSizes(functions: FunctionDefaults, { callbacks }: { readonly callbacks: readonly Sized[] }): void {
    const faults = [
        ...unknown(functions, callbacks),
        ...impossible(functions, callbacks),
        ...tooMany(functions, callbacks),
    ];
    if (faults.length > 0) throw new SettingsError(faults.join("\n"));
}

function* unknown({ byName }: FunctionDefaults, callbacks: readonly Sized[]): Generator<string> {
    const functions = callbacks.map(({ functionName }) => functionName).sort();
    for (const name of Object.keys(byName).filter((one) => !functions.includes(one))) {
        const nearest = nearestOf(name, functions);
        const meant = nearest === undefined ? ": there" : `, did you mean functions.byName.${nearest}? There`;
        yield `functions.byName.${name} is no function${meant} are ${functions.join(", ")}`;
    }
}

function* impossible({ byName }: FunctionDefaults, callbacks: readonly Sized[]): Generator<string> {
    for (const { functionName, kind, reserve } of callbacks) {
        if (reserve === undefined) continue;
        const provisioned = byName[functionName]?.provisioned ?? 0;
        if (provisioned > reserve) {
            yield `functions.byName.${functionName}.provisioned is ${provisioned}: set no more than the ${reserve} that are reserved`;
        }
        if (kind === "queues" && reserve > 0 && reserve < pollers.fewest) {
            yield `functions.byName.${functionName}.reserved is ${reserve}, and AWS reads a queue ${pollers.fewest} batches at a time at least: set ${pollers.fewest} or more, or 0 to stop it`;
        }
    }
}

/** Executions of the account's quota that AWS leaves to functions without a reserve ("Configuring reserved concurrency"). */
const unreserved = 100;

function* tooMany(functions: FunctionDefaults, callbacks: readonly Sized[]): Generator<string> {
    const quota = functions.concurrencyQuota;
    const taken = callbacks.flatMap((callback) => {
        const executions = claimOf(callback, functions);
        return executions > 0 ? [{ functionName: callback.functionName, executions }] : [];
    });
    const sum = taken.reduce((total, { executions }) => total + executions, 0);
    if (sum === 0 || sum <= quota - unreserved) return;
    const list = taken.map(({ functionName, executions }) => `${functionName} ${executions}`).join(", ");
    yield `functions.concurrencyQuota is ${quota}, of which AWS keeps ${unreserved} for functions without a reserve, and ${sum} are taken by functions.byName and functions.reserved (${list}): have the quota "Concurrent executions" of Lambda raised and set functions.concurrencyQuota, or reserve less`;
}
