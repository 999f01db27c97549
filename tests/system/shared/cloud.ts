import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { copyOfProject, Embedded, type EmbeddedOptions, Leftovers } from "../embedded.ts";

/** A cloud for all specs that mocha runs in one process: started for the first that asks for it, stopped after the last. */
export class SharedCloud {
    readonly #leftovers = new Leftovers();
    readonly #prepare: (leftovers: Leftovers) => EmbeddedOptions;
    #embedded: Promise<Embedded> | undefined;

    /** @param prepare once, before it is started */
    constructor(prepare: (leftovers: Leftovers) => EmbeddedOptions) {
        this.#prepare = prepare;
    }

    /** For `before`. @param context of the hook */
    open({ test }: Mocha.Context): Promise<Embedded> {
        this.#embedded ??= this.#start(test);
        return this.#embedded;
    }

    async #start(test: Mocha.Runnable | undefined): Promise<Embedded> {
        let all = test?.parent;
        while (all?.parent !== undefined) all = all.parent;
        all?.afterAll(() => this.#stop());
        const leftovers = this.#leftovers;
        return await Embedded.start({ ...this.#prepare(leftovers), leftovers });
    }

    async #stop(): Promise<void> {
        const embedded = await this.#embedded?.catch(() => undefined);
        this.#embedded = undefined;
        try {
            await embedded?.stop();
        } finally {
            await this.#leftovers.end();
        }
    }
}

/** The stack dev as it is, with short waits between the tries of what fails at first. */
export const shop = new SharedCloud(() => ({ environment: { LOCAL_WAIT_FACTOR: "0.004" } }));

/** The stack dev with all that it has not by its own settings, and a consumer of one's own. */
export const otherShop = new SharedCloud((leftovers) => {
    const directory = otherProject(leftovers);
    return { directory, environment: { LOCAL_WAIT_FACTOR: "0.02" } };
});

/** For 3-D Secure. */
const acquirer = { bin: "400000", country: "US", merchantId: "local-merchant", merchantName: "Example Shop" };

/** A copy of the project with these settings and this consumer. */
export function otherProject(leftovers?: Leftovers): string {
    const directory = copyOfProject(leftovers);
    const file = join(directory, "Pulumi.dev.yaml");
    const { config } = parse(readFileSync(file, "utf8"));
    const orders = { ...config["commerce:orders"], ingress: "direct", mail: { sender: "shop@example.com" } };
    const checkout = config["commerce:checkout"];
    const settings = {
        ...config,
        "commerce:orders": orders,
        "commerce:checkout": { ...checkout, payment: { ...checkout.payment, provider: "stripe", acquirer } },
        "commerce:deployment": { ...config["commerce:deployment"], rollout: "canary" },
        "commerce:functions": { ...config["commerce:functions"], byName: { "order-reader": { provisioned: 1 } } },
        // One machine is one region.
        "commerce:failover": { region: "eu-central-1" },
    };
    writeFileSync(file, JSON.stringify({ config: settings }));
    addConsumer(directory);
    return directory;
}

function addConsumer(directory: string): void {
    mkdirSync(join(directory, "runtime/loyalty"));
    writeFileSync(
        join(directory, "runtime/loyalty/award.ts"),
        [
            'import type { SQSEvent } from "aws-lambda";',
            'import { environment } from "../shared/environment.ts";',
            'export const env = environment("POINTS");',
            "export async function handler({ Records }: SQSEvent) {",
            "    const ids = Records.map(({ body }) => JSON.parse(body).detail.orderId);",
            '    console.log("awarded", env.POINTS, "to", ...ids);',
            "    return { batchItemFailures: [] };",
            "}",
        ].join("\n"),
    );
    const file = join(directory, "components/region.ts");
    const consumer = `orders.subscribe<typeof import("../runtime/loyalty/award.ts")>("loyalty", {
        entry: "loyalty/award", name: "loyalty", description: "Awards points.", environment: { POINTS: "7" },
    });`;
    const before = "checkSizes(context.functions, inventory);";
    const program = readFileSync(file, "utf8");
    if (!program.includes(before)) throw new Error(`${file} has no place for a consumer`);
    writeFileSync(file, program.replace(before, `${consumer}\n${before}`));
}
