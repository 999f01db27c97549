/** Targets of `feed.targets` in the stacks that pages of docs/ are about: one by an API, and one as a file. */
export const sampleFeeds = (hosted: "public" | "signed") => [
    { name: "agent", kind: "acp", country: "US", feedId: "feed_1", endpoint: "https://agent.example.com" },
    { name: "shop", kind: "file", format: "openai-jsonl", country: "US", hosted },
];
