/** What Secrets Manager has as the keys that secrets of endpoints are sealed with. */
export const sealingKeys = JSON.stringify({
    current: "bench",
    keys: { bench: Buffer.alloc(32, 7).toString("base64") },
});
