import { randomUUID } from "node:crypto";
import { BenchError } from "../benchError.ts";
import type { Budget, Findings } from "../figures.ts";
import { agentHeaders, chooseShipping, complete, create } from "../purchase.ts";
import { type Answered, byClients, clients, othersThan, pace, send } from "./clients.ts";
import type { EmbeddedCloud } from "./cloud.ts";

const count = 200;
const readsOfEach = 5;
/** The key that the embedded cloud starts with (tools/embedded/secrets.json). */
const key = "local-key";

/** Checkout sessions, one step of a purchase after the other for all of them. */
export async function measureSessions(cloud: EmbeddedCloud): Promise<Findings> {
    const { url } = cloud;
    const post = (path: string, body: object) =>
        send(`${url}/checkout_sessions${path}`, {
            method: "POST",
            headers: { ...agentHeaders(key), "idempotency-key": randomUUID() },
            body: JSON.stringify(body),
        });
    const read = (id: string) => send(`${url}/checkout_sessions/${id}`, { headers: agentHeaders(key) });

    // An agent thinks between two requests; without that, the figures show the machine's limit.
    const thinkMs = 1000;
    const created = await byClients(Array.from({ length: count }), () => post("", create));
    const ids = created.map(idIn);
    const reads = Array.from({ length: readsOfEach }, () => ids).flat();
    const gotten = await byClients(reads, read);
    const before = cloud.usage().cpuSeconds;
    const updated = await byClients(ids, (id) => post(`/${id}`, chooseShipping));
    const cpuMs = ((cloud.usage().cpuSeconds - before) * 1000) / count;
    const steps = [
        { name: "create", status: 201, answered: created },
        { name: "GET", status: 200, answered: gotten },
        { name: "update", status: 200, answered: updated },
        {
            name: "GET, each client one a second",
            status: 200,
            atMost: 100,
            answered: await byClients(ids, read, thinkMs),
        },
        {
            name: "update, each client one a second",
            status: 200,
            atMost: 100,
            answered: await byClients(ids, (id) => post(`/${id}`, chooseShipping), thinkMs),
        },
        { name: "complete", status: 200, answered: await byClients(ids, (id) => post(`/${id}/complete`, complete)) },
    ];
    return {
        tables: [
            {
                title: `Checkout sessions, ${count} by ${clients} clients, each read ${readsOfEach} times; without pauses but where it says so`,
                rows: steps.map(({ name, answered }) => ({ step: name, ...pace(answered) })),
            },
            { title: "All processes of the cloud", rows: [{ step: "update", "CPU ms each": cpuMs }] },
        ],
        budgets: steps.flatMap(({ name, status, atMost, answered }): Budget[] => [
            {
                what: `checkout session, ${name}, answers other than ${status}`,
                measured: othersThan(status, answered),
                atMost: 0,
            },
            ...(atMost === undefined
                ? []
                : [{ what: `checkout session, ${name}, p95 ms`, measured: pace(answered)["p95 ms"], atMost }]),
        ]),
    };
}

function idIn({ status, body }: Answered): string {
    const { id }: { id?: string } = status === 201 ? JSON.parse(body) : {};
    if (id === undefined) throw new BenchError(`a checkout session was not created: ${status} ${body}`);
    return id;
}
