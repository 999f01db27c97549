import { EnvironmentError } from "../../shared/environment.ts";
import type { Log } from "../../shared/log.ts";
import type { Merchant } from "../domain/merchant.ts";
import type { AskingRules, Rules, ShopRules } from "../pricing/rules.ts";

/** Modules of rules by the name that `checkout.rules` has for them, each in a file of its own beside the callbacks. */
const modules: Readonly<Record<string, () => Promise<{ readonly rules: ShopRules }>>> = {
    example: () => import("../exampleRules.lazy.ts"),
};

/** @param tables for what the module leaves out */
export type RulesMaker = (tables: Rules, log: Log) => AskingRules;

/** Loaded only where a merchant has rules. Throws EnvironmentError. */
export async function shopRulesFor({ rules: name }: Merchant): Promise<RulesMaker | undefined> {
    if (name === undefined) return undefined;
    const load = modules[name];
    if (load === undefined) throw new EnvironmentError(`checkout.rules is ${name}, which session/shopRules.ts lacks`);
    const [{ rules }, { AskedRules }] = await Promise.all([load(), import("../askedRules.lazy.ts")]);
    return (tables, log) => new AskedRules(rules, tables, log);
}
