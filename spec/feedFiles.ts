interface Named {
    readonly name: string;
    /** Absent: it has no files. */
    readonly format?: keyof typeof endings;
    readonly gzip: boolean;
    readonly shards: number;
}

/** Names of a feed's files, always the same: `shop.jsonl.gz`, of several `shop-1.jsonl.gz` and so on. */
export function filesOf({ name, format, gzip, shards }: Named): string[] {
    if (format === undefined) return [];
    const ending = `${endings[format]}${gzip ? ".gz" : ""}`;
    if (shards === 1) return [`${name}.${ending}`];
    return Array.from({ length: shards }, (_, index) => `${name}-${index + 1}.${ending}`);
}

const endings = {
    "acp-jsonl": "jsonl",
    "openai-jsonl": "jsonl",
    "openai-csv": "csv",
    "google-tsv": "tsv",
} as const;
