import type { Resource } from "embedded-aws/recorder";
import { tableOf } from "../operator/terminal.ts";
import { sampleFeeds } from "../sampleFeeds.ts";
import { type Bill, billOf, datesOf, volumes } from "./bill.ts";
import { type Traffic, traffics } from "./traffic.ts";
import type { Line } from "./usage.ts";

type Paint = Parameters<typeof tableOf>[2];

/** A bill as a person reads it: the lines that make up 80 % of it, the rest in one, and the total. */
export function billText(bill: Bill, paint: Paint): string {
    const { lines, most, total, fixed, orders, perOrder } = bill;
    const shown = lines.slice(0, most);
    const rest = lines.slice(most).reduce((sum, { usd }) => sum + usd, 0);
    const rows = [
        ...shown.map((line) => [dollars(line.usd), percent(line.usd / total), line.kind, whatOf(line), amountOf(line)]),
        [dollars(rest), percent(rest / total), "", `${lines.length - most} others`, ""],
    ];
    const heads = ["a month", "share", "for", "what", "how much"];
    const sum = `${dollars(total)} a month: ${dollars(fixed)} fixed, ${dollars(perOrder * 1000)} in total for 1,000 orders`;
    return [paint(`${counted(orders)} orders a month`, "bold"), tableOf(heads, rows, paint), sum].join("\n");
}

/** What holds for all bills. */
export function overview(bills: readonly Bill[]): string {
    const [oldest, newest] = datesOf(bills.flatMap(({ lines }) => lines));
    return [
        `List prices of ${oldest} to ${newest}, without free tiers, discounts and tax; tools/cost/prices.ts contains each with its source.`,
        "Durations of functions and sizes of logs are assumptions (tools/cost/traffic.ts; --json prints them).",
    ].join("\n");
}

/** Costs that the checkout's source system quotes, by requests a month, in US dollars. */
const quoted = [
    { requests: 1000, lambda: 0.02, dynamodb: 0.25, api: 3.5, total: 4 },
    { requests: 100_000, lambda: 2, dynamodb: 25, api: 350, total: 377 },
    { requests: 10_000_000, lambda: 200, dynamodb: 2500, api: 35_000, total: 37_700 },
];

/** Feeds that the page adds to the stack. */
export const pricedFeeds = {
    "feed.targets": sampleFeeds("public"),
};

/** Products for which the page says what feeds cost. */
const catalogues = [1000, 10_000, 100_000, 1_000_000];

/** The page docs/costs.md, of the stack prod. @param withFeeds the same with `pricedFeeds` */
export function costsPage(resources: readonly Resource[], withFeeds: readonly Resource[]): string {
    const region = "eu-west-1";
    const bills = (traffic: Traffic, months = 1) =>
        volumes.map((orders) => billOf(resources, traffic, orders, region, months));
    const { orders, checkout }: Readonly<Record<keyof typeof traffics, Traffic>> = traffics;
    const all = [...bills(orders), ...bills(checkout)];
    return `# Costs

Cost of a month of the stack prod in ${region}, computed from its recorded graph by \`npm run docs\`. \`npm run cost\` computes it for other stacks, settings, regions and numbers of orders, with every line.

${overview(all)}
"After a year" is the twelfth such month: orders, documents and audit rows accumulate, sessions and steps of orders expire by \`retention.historyDays\`, and nightly backups copy all of it.

## Orders

Here ${orders.title}.

${rowsOf(bills(orders), bills(orders, 12))}

## Checkouts

Here ${checkout.title}.

${rowsOf(bills(checkout), bills(checkout, 12))}

## Product feeds

What two feeds add to the stack in a month, one by an agent's API and one as a packed file: a pass a day each, and 2 % of the products changed a day. Sales add what their stream costs (\`npm run cost -- --set 'feed.targets=[…]'\`).

${feedRows(resources, withFeeds, orders)}

## Comparison with the source system

Monthly cost by requests, four for each checkout. The source system's figures are quoted from its documents: its API Gateway figure for a thousand requests is AWS's price of a million REST requests; this program uses an HTTP API. Lambda here includes provisioned executions. The quoted total excludes alarms, logs, queues and backups, which dominate at low traffic.

| Requests | Lambda, quoted | computed | DynamoDB, quoted | computed | API Gateway, quoted | computed | Total, quoted | computed |
|---|---|---|---|---|---|---|---|---|
${quoted.map((one) => comparison(one, billOf(resources, checkout, one.requests / 4, region))).join("\n")}
`;
}

function feedRows(resources: readonly Resource[], withFeeds: readonly Resource[], traffic: Traffic): string {
    const rows = catalogues.map((products) => {
        const [without, bill] = [resources, withFeeds].map((all) => billOf(all, traffic, 1, "eu-west-1", 1, products));
        const before = new Map(without?.lines.map((line) => [keyOf(line), line.usd]));
        const more = (bill?.lines ?? [])
            .map((line) => ({ ...line, usd: line.usd - (before.get(keyOf(line)) ?? 0) }))
            .filter(({ kind }) => kind === "fixed")
            .sort((one, other) => other.usd - one.usd);
        const dearest = more.slice(0, 4).map((line) => `${whatOf(line)} ${dollars(line.usd)}`);
        const sum = more.reduce((total, { usd }) => total + usd, 0);
        return `| ${[counted(products), dollars(sum), dearest.join("; ")].join(" | ")} |`;
    });
    return ["| Products | A month | Largest items |", "|---|---|---|", ...rows].join("\n");
}

const keyOf = ({ meter, kind }: Line): string => `${kind} ${meter}`;

function comparison({ requests, lambda, dynamodb, api, total }: (typeof quoted)[number], bill: Bill): string {
    const of = (name: string) =>
        dollars(bill.lines.filter(({ service }) => service === name).reduce((sum, { usd }) => sum + usd, 0));
    const cells = [
        [lambda, of("Lambda")],
        [dynamodb, of("DynamoDB")],
        [api, of("API Gateway")],
        [total, dollars(bill.total)],
    ] as const;
    return `| ${counted(requests)} | ${cells.map(([theirs, ours]) => `${dollars(theirs)} | ${ours}`).join(" | ")} |`;
}

/** @param later the same a year later, with what has been kept. */
function rowsOf(bills: readonly Bill[], later: readonly Bill[]): string {
    const rows = bills.map(({ orders, fixed, total, perOrder, lines, most }, index) => {
        const afterYear = dollars(later[index]?.total ?? total);
        const dearest = lines.slice(0, Math.min(most, 4)).map((line) => `${whatOf(line)} ${dollars(line.usd)}`);
        const cells = [
            counted(orders),
            dollars(total),
            afterYear,
            dollars(fixed),
            dollars(perOrder * 1000),
            dearest.join("; "),
        ];
        return `| ${cells.join(" | ")} |`;
    });
    const heads = ["Orders a month", "Total", "After a year", "Fixed", "For 1,000 orders", "Largest items"];
    return [`| ${heads.join(" | ")} |`, "|---|---|---|---|---|---|", ...rows].join("\n");
}

const whatOf = ({ service, what }: Line): string => `${service}: ${what}`;

const amountOf = ({ quantity, unit }: Line): string => `${counted(quantity)} ${unit}`;

const counted = (quantity: number): string =>
    quantity.toLocaleString("en-US", { maximumFractionDigits: quantity < 10 ? 2 : 0 });

const dollars = (usd: number): string =>
    usd.toLocaleString("en-US", { style: "currency", currency: "USD", maximumFractionDigits: usd < 0.01 ? 4 : 2 });

const percent = (share: number): string => `${Math.round(share * 100)} %`;
