import { Webhook } from "standardwebhooks";
import { type SigningSecret, signatureHeaders } from "../../runtime/webhookFanout/delivery/signature.ts";
import type { EndpointSecret } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { newSecret } from "../../runtime/webhookFanout/endpoints/endpointSecret.ts";
import { Sealing } from "../../runtime/webhookFanout/endpoints/sealing.ts";
import { BenchError } from "../benchError.ts";
import { type Findings, spreadOf } from "../figures.ts";
import { sealingKeys } from "../functions/sealingKeys.ts";
import { order } from "./order.ts";

const endpointId = "ep_bench";
const rounds = 15;
const calls = 2000;

/** What the signature of one delivery costs: opening the sealed secrets and writing the headers. */
export async function measureSigning(): Promise<Findings> {
    const sealing = await Sealing.from(async () => sealingKeys);
    const body = JSON.stringify({ type: "order_create", data: order });
    const signable = { id: "cs_bench:4:order_create", at: Date.now(), body };
    const v1 = newSecret("v1", endpointId, sealing);
    const v1a = newSecret("v1a", endpointId, sealing);
    const opened = (secrets: readonly EndpointSecret[]): Promise<SigningSecret[]> =>
        Promise.all(
            secrets.map(async ({ scheme, sealed }) => ({ scheme, secret: await sealing.open(sealed, endpointId) })),
        );
    const signing = (kind: "standard" | "acp", ...secrets: EndpointSecret[]) => {
        return async () => signatureHeaders(kind, signable, await opened(secrets));
    };
    if (!("secret" in v1.shown)) throw new BenchError("a v1 secret must be returned");
    const library = new Webhook(v1.shown.secret);
    const rows = [];
    for (const [signature, sign] of [
        ["v1", signing("standard", v1.kept)],
        ["v1a", signing("standard", v1a.kept)],
        ["v1 and v1a, while one replaces the other", signing("standard", v1.kept, v1a.kept)],
        ["of the Agentic Commerce Protocol", signing("acp", v1.kept)],
        ["v1 by the library standardwebhooks", async () => library.sign(signable.id, new Date(signable.at), body)],
    ] as const) {
        rows.push({ signature, "CPU µs": spreadOf(await measured(sign)) });
    }
    return {
        tables: [
            {
                title: `Signing a delivery of ${Buffer.byteLength(body)} bytes, its secrets unsealed; median [quartiles] of ${rounds} times ${calls}`,
                rows,
            },
        ],
        budgets: [],
    };
}

/** CPU microseconds of a call, round by round. */
async function measured(sign: () => Promise<unknown>): Promise<number[]> {
    const found: number[] = [];
    // The first rounds are for the compiler.
    for (let round = -3; round < rounds; round += 1) {
        const cpu = process.cpuUsage();
        for (let call = 0; call < calls; call += 1) await sign();
        const { user, system } = process.cpuUsage(cpu);
        if (round >= 0) found.push((user + system) / calls);
    }
    return found;
}
