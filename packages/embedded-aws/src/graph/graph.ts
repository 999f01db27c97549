/** A resource as the program registered it, with the outputs that it has in this cloud. */
export interface Resource {
    readonly urn: string;
    /** `aws:sqs/queue:Queue`; a component's own token; `pulumi:providers:aws` */
    readonly type: string;
    /** The logical name. */
    readonly name: string;
    readonly parent: string | undefined;
    readonly custom: boolean;
    /** Physical id; empty in a preview. */
    readonly id: string;
    /** Resolved, secrets unwrapped. */
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Inputs and what the cloud computes: `arn`, `url`, … Empty in a preview. */
    readonly outputs: Readonly<Record<string, unknown>>;
    /** Names of the inputs that were secret. */
    readonly secretInputs: readonly string[];
    /** URNs of what must exist first. */
    readonly dependencies: readonly string[];
    /** The same by input. */
    readonly inputDependencies: Readonly<Record<string, readonly string[]>>;
    /** URNs that it had before, by which the engine knows it in the state of a stack. */
    readonly aliases: readonly string[];
    readonly protect: boolean;
    /** Inputs whose changes the engine ignores. */
    readonly ignoreChanges: readonly string[];
    /** `<urn>::<id>` of the provider that makes it. */
    readonly provider: string;
}

/** Everything that one evaluation of a program registered. */
export interface Graph {
    readonly project: string;
    readonly stack: string;
    readonly resources: readonly Resource[];
    /** What the program exports. */
    readonly outputs: Readonly<Record<string, unknown>>;
}
