import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { UsedKey } from "./grant.ts";
import type { Guest, Placement } from "./placement.ts";

/** What all components of a region share. */
export interface Context {
    /**
     * What the names end in that other systems know: up to 16 of a-z, 0-9 and -.
     * @default the stack's name
     * @example "dev" // order-processing-bus-dev
     */
    readonly environment: string;
    /** The AWS region that the components are created in. @default aws:region of the stack */
    readonly region: string;
    /** Both regions of a stack that has two. @default there is one */
    readonly regions: Regions | undefined;
    /** Encrypts data at rest. @default keys that AWS owns */
    readonly dataKey: UsedKey | undefined;
    /** Where in a network of the stack's own a function runs. @default in Lambda's network */
    readonly place: ((guest: Guest) => pulumi.Output<Placement>) | undefined;
    /** Whether tables, buckets, secrets, keys and backups are protected against deletion. @default true */
    readonly protect: boolean;
    readonly functions: FunctionDefaults;
}

/** Two regions, of which the second has replicas of the first one's tables and secrets, and takes over when that fails. */
interface Regions {
    readonly primary: string;
    readonly secondary: string;
    /** The one that is lost, and the time (ISO 8601) from which on the other stands in for it. @default both run */
    readonly lost?: { readonly region: string; readonly since: string } | undefined;
}

/** Why a function may have executions of its own: callers wait for its answers, or it reads a queue. */
export type Kind = "callers" | "queues";

/** The clients of AWS in a callback: `lean`, those of packages/lean-aws; `full`, the AWS SDK's. */
export type Sdk = "lean" | "full";

/** What holds for every function whose component says nothing else. */
export interface FunctionDefaults {
    /** MB. @default 512 */
    readonly memory: number;
    /** The lowest level that functions log. @default "info" */
    readonly logLevel: "debug" | "info" | "warn" | "error";
    /** Days that logs are kept. @default 30 */
    readonly logRetentionDays: number;
    /** Whether CloudWatch masks personal data in logs. @default false */
    readonly logMasking: boolean;
    /** Receives of a message before SQS moves it to the dead-letter queue. @default 3 */
    readonly maxReceives: number;
    /** Concurrent executions of Lambda that the account may have. @default 1000 */
    readonly concurrencyQuota: number;
    /** Executions reserved by kind of function. @default none */
    readonly reservedByKind: Readonly<Record<string, number>>;
    /** Sizes of single functions, named without the environment. @default none */
    readonly byName: Readonly<Record<string, Sizes>>;
    /** The clients of AWS where a caller waits for the answer, and of the deliverer; all others have the SDK's. @default "lean" */
    readonly sdk: Sdk;
    /** Whether new code first gets a tenth of the traffic (components/production/releases.ts). @default false */
    readonly canary: boolean;
}

/** What one function has instead of what its component and the defaults say. */
interface Sizes {
    /** MB. */
    readonly memory?: number;
    /** Most executions at a time, taken out of the account's quota; 0 stops the function. */
    readonly reserved?: number;
    /** Executions kept initialised. */
    readonly provisioned?: number;
}

const functionDefaults: FunctionDefaults = {
    memory: 512,
    logLevel: "info",
    logRetentionDays: 30,
    logMasking: false,
    maxReceives: 3,
    concurrencyQuota: 1000,
    reservedByKind: {},
    byName: {},
    sdk: "lean",
    canary: false,
};

type ContextArgs = Partial<Omit<Context, "functions">> & { readonly functions?: Partial<FunctionDefaults> };

/**
 * The context of a program of one's own; what is left out has its default.
 *
 * @example
 * const context = contextOf({ functions: { memory: 1024 } });
 */
export const contextOf = ({ functions, ...args }: ContextArgs = {}): Context => ({
    environment: args.environment ?? pulumi.getStack(),
    region: args.region ?? aws.config.requireRegion(),
    regions: args.regions,
    dataKey: args.dataKey,
    place: args.place,
    protect: args.protect ?? true,
    functions: { ...functionDefaults, ...functions },
});
