/** The largest event of a function: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestPayload = 6 * 1024 * 1024;

/** Divides records, in order, into batches of at most `size` records that a function's event can hold. */
export function batches<Entry>(records: readonly Entry[], size: number): Entry[][] {
    const divided: Entry[][] = [];
    let batch: Entry[] = [];
    let bytes = 0;
    for (const record of records) {
        const length = Buffer.byteLength(JSON.stringify(record)) + 1;
        if (batch.length > 0 && (batch.length >= size || bytes + length > largestPayload)) {
            divided.push(batch);
            batch = [];
            bytes = 0;
        }
        batch.push(record);
        bytes += length;
    }
    if (batch.length > 0) divided.push(batch);
    return divided;
}

/**
 * Which items of a batch a function says have failed. An empty list, `null` or no list at all means none; a response
 * that is not JSON, an identifier that is empty, missing or not of this batch means all.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 * @param payload what the function returned, JSON text.
 */
export function failedItems(payload: string, identifiers: readonly string[]): ReadonlySet<string> {
    const all = new Set(identifiers);
    let response: unknown;
    try {
        response = JSON.parse(payload);
    } catch {
        return all;
    }
    if (response === null) return new Set();
    if (typeof response !== "object") return all;
    const failures = "batchItemFailures" in response ? response.batchItemFailures : null;
    if (failures === null) return new Set();
    if (!Array.isArray(failures)) return all;
    const failed = new Set<string>();
    for (const failure of failures) {
        const known = typeof failure === "object" && failure !== null && all.has(failure.itemIdentifier);
        if (!known) return all;
        failed.add(failure.itemIdentifier);
    }
    return failed;
}
