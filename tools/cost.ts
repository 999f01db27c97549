/**
 * `npm run cost`: what a month costs by the program's recorded graph, at list prices, for 1 k, 100 k and 10 M orders.
 */
import { billOf, datesOf, volumes } from "./cost/bill.ts";
import { type Region, regions } from "./cost/prices.ts";
import { billText, overview } from "./cost/report.ts";
import { unpriced } from "./cost/resources.ts";
import { assumptions, type Traffic, traffics } from "./cost/traffic.ts";
import { exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { paintFor } from "./operator/terminal.ts";

const usage = `npm run cost                what a month costs, and what of it
  --stack <name>            whose settings (prod)
  --set <setting>=<value>   with a setting changed (functions.memory=1024); several times
  --by <traffic>            how orders come in: ${Object.keys(traffics).join(", ")} (orders)
  --orders <number>         for so many orders a month (1000, 100000, 10000000); several times
  --products <number>       with so many products, all of which feeds read daily (${assumptions.products})
  --region <region>         whose prices: ${regions.join(", ")} (eu-west-1)`;

function oneOf<Value extends string>(option: string, value: string, values: readonly Value[]): Value {
    const found = values.find((one) => one === value);
    if (found === undefined) throw new UsageError(`--${option} ${value}: there are ${values.join(", ")}`);
    return found;
}

function countIn(option: string, text: string): number {
    const count = Number(text);
    if (!Number.isSafeInteger(count) || count < 1) throw new UsageError(`--${option} ${text}: a whole number from 1`);
    return count;
}

/** As `pulumi config set --path` reads a value; maps and lists as JSON. */
function settingIn(text: string): [string, unknown] {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined) throw new UsageError(`--set ${text}: write <setting>=<value>`);
    try {
        return [key, JSON.parse(value)];
    } catch {
        return [key, value];
    }
}

// A resource registers in the background, and so does its fault: without it the bill would lack the resource.
process.on("unhandledRejection", (error) => {
    console.error(String(error));
    process.exit(exitCodes.unusable);
});
await runCommand({
    usage,
    options: {
        stack: { type: "string", default: "prod" },
        set: { type: "string", multiple: true, default: [] },
        by: { type: "string", default: "orders" },
        orders: { type: "string", multiple: true, default: volumes.map(String) },
        products: { type: "string", default: String(assumptions.products) },
        region: { type: "string", default: "eu-west-1" },
    },
    words: 0,
    run: async (values) => {
        const traffic: Traffic = traffics[oneOf("by", values.by, Object.keys(traffics) as (keyof typeof traffics)[])];
        const region: Region = oneOf("region", values.region, regions);
        // The program is loaded only when there is something to ask of it.
        const { graphOf } = await import("./graph.ts");
        const { resources } = await graphOf(values.stack, Object.fromEntries(values.set.map(settingIn)));
        const products = countIn("products", values.products);
        const bills = values.orders.map((orders) =>
            billOf(resources, traffic, countIn("orders", orders), region, 1, products),
        );
        const missing = unpriced(resources);
        if (values.json) {
            const dated = datesOf(bills.flatMap(({ lines }) => lines));
            console.log(
                JSON.stringify({
                    stack: values.stack,
                    region,
                    traffic: traffic.title,
                    dated,
                    assumptions: { ...assumptions, products },
                    missing,
                    bills,
                }),
            );
        } else {
            const paint = paintFor(process.stdout, process.env);
            console.log(`${values.stack} in ${region}: ${traffic.title}\n`);
            console.log([...bills.map((bill) => billText(bill, paint)), overview(bills)].join("\n\n"));
            if (missing.length > 0) console.log(`\nwithout a price: ${missing.join(", ")}`);
        }
        return missing.length > 0 ? exitCodes.found : exitCodes.good;
    },
});
// Pulumi's runtime keeps the process alive.
process.exit();
