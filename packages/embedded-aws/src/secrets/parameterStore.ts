import { AwsError } from "../aws/call.ts";
import { type Input, textOf, textsOf } from "../aws/input.ts";
import { type AwsService, account } from "../aws/service.ts";
import type { Journal } from "../journal.ts";

/** Of the standard tier: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const largestValue = 4096;

export interface ParameterDefinition {
    readonly name: string;
    readonly type: "String" | "StringList" | "SecureString";
    readonly value: string;
}

interface Parameter extends ParameterDefinition {
    readonly version: number;
    /** Seconds since the epoch. */
    readonly changed: number;
    /** The definition's value that this one took up; absent when it was only ever put. */
    readonly defined?: string;
}

/**
 * SSM Parameter Store: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 * The first value comes from the definition. What is put later survives restarts, until the definition itself changes.
 * SecureString values are always given in plain text: there is no key here that could keep them from anybody.
 */
export class Parameters implements AwsService {
    readonly #journal: Journal;
    readonly #region: string;
    readonly #parameters = new Map<string, Parameter>();

    constructor(journal: Journal, region: string, definitions: readonly ParameterDefinition[]) {
        this.#journal = journal;
        this.#region = region;
        for (const { value } of journal.recallAll("parameter ")) {
            // Written by #keep and nobody else.
            const parameter = value as Parameter;
            this.#parameters.set(parameter.name, parameter);
        }
        for (const definition of definitions) {
            const known = this.#parameters.get(definition.name);
            if (known?.defined === definition.value) continue;
            this.#keep({
                ...definition,
                version: (known?.version ?? 0) + 1,
                changed: now(),
                defined: definition.value,
            });
        }
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        switch (action) {
            case "GetParameter": {
                const parameter = this.#find(textOf(input, "Name") ?? "");
                if (parameter === undefined) throw new AwsError("ParameterNotFound", "");
                return { Parameter: this.#shown(parameter) };
            }
            case "GetParameters": {
                const names = textsOf(input, "Names");
                const found = names.flatMap((name) => this.#find(name) ?? []);
                return {
                    Parameters: found.map((parameter) => this.#shown(parameter)),
                    InvalidParameters: names.filter((name) => this.#find(name) === undefined),
                };
            }
            case "GetParametersByPath":
                return { Parameters: this.#under(input).map((parameter) => this.#shown(parameter)) };
            case "PutParameter":
                return this.#put(input);
            default:
                throw new AwsError("UnknownOperationException", `The embedded cloud has no ssm:${action}.`);
        }
    }

    /** By name, by ARN, and by `name:version` of the newest version. */
    #find(id: string): Parameter | undefined {
        const name = id.replace(/^arn:[^/]*:parameter(?=\/)/, "");
        const known = this.#parameters.get(name) ?? this.#parameters.get(name.replace(/^\//, ""));
        if (known !== undefined) return known;
        const [, plain = "", version] = /^(.*):(\d+)$/.exec(name) ?? [];
        const versioned = this.#parameters.get(plain);
        return versioned?.version === Number(version) ? versioned : undefined;
    }

    #under(input: Input): readonly Parameter[] {
        const path = `${(textOf(input, "Path") ?? "/").replace(/\/$/, "")}/`;
        const deep = input["Recursive"] === true;
        return [...this.#parameters.values()]
            .filter(({ name }) => name.startsWith(path) && (deep || !name.slice(path.length).includes("/")))
            .sort((a, b) => (a.name < b.name ? -1 : 1));
    }

    #put(input: Input): Record<string, unknown> {
        const name = textOf(input, "Name") ?? "";
        const value = textOf(input, "Value");
        const known = this.#parameters.get(name);
        const type = textOf(input, "Type") ?? known?.type;
        if (value === undefined || value === "")
            throw new AwsError("ValidationException", "A parameter needs a value.");
        if (Buffer.byteLength(value) > largestValue) {
            const message = `Standard tier parameters support a maximum parameter value of ${largestValue} characters.`;
            throw new AwsError("ValidationException", message);
        }
        if (type !== "String" && type !== "StringList" && type !== "SecureString") {
            throw new AwsError("ValidationException", "A parameter type is required when you create a parameter.");
        }
        if (known !== undefined && input["Overwrite"] !== true) {
            const message =
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
            throw new AwsError("ParameterAlreadyExists", message);
        }
        const version = (known?.version ?? 0) + 1;
        const defined = known?.defined === undefined ? {} : { defined: known.defined };
        this.#keep({ name, type, value, version, changed: now(), ...defined });
        return { Version: version, Tier: "Standard" };
    }

    #keep(parameter: Parameter): void {
        this.#journal.remember(`parameter ${parameter.name}`, parameter);
        this.#parameters.set(parameter.name, parameter);
    }

    #shown({ name, type, value, version, changed }: Parameter): Record<string, unknown> {
        const path = name.replace(/^\//, "");
        return {
            Name: name,
            Type: type,
            Value: value,
            Version: version,
            LastModifiedDate: changed,
            ARN: `arn:aws:ssm:${this.#region}:${account}:parameter/${path}`,
            DataType: "text",
        };
    }
}

function now(): number {
    return Math.floor(Date.now() / 1000);
}
