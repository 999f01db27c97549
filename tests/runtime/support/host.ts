// Child process of `function.ts`: one Lambda environment. It loads the callback, then invokes it for each message.
export interface Invocation {
    readonly id: number;
    readonly event: unknown;
    readonly remainingMs: number;
}
export type Outcome =
    | { readonly ready: true }
    | { readonly id: number; readonly result: unknown }
    | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

const send = (outcome: Outcome) => process.send?.(outcome);
const { handler }: { handler: (event: unknown, context: unknown) => Promise<unknown> } = await import(
    process.argv[2] ?? ""
);

process.on("message", ({ id, event, remainingMs }: Invocation) => {
    const ends = Date.now() + remainingMs;
    const context = { awsRequestId: `request-${id}`, getRemainingTimeInMillis: () => ends - Date.now() };
    const ended = () => process.stdout.write(`${JSON.stringify({ ended: id })}\n`);
    handler(event, context)
        .then(
            (result) => send({ id, result: result ?? null }),
            (error: Error) => send({ id, error: { name: error.name, message: error.message } }),
        )
        .finally(ended);
});
send({ ready: true });
