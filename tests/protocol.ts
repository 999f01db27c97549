import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { formats } from "../tools/formats.ts";
import { schemasOf } from "../tools/generate.ts";
import type { Definitions } from "./runtime/support/schema.ts";

// The protocol's own files are not part of the project: where they lie beside it they are the measure of every answer,
// elsewhere our document is.
const folder = join(import.meta.dirname, "../../shared/acp/2026-04-17");

export const protocolPresent = existsSync(folder);
/** Why a test that needs the protocol's files is skipped. */
export const protocolMissing = "the JSON Schema of ACP 2026-04-17 is not beside the project";

/** A file of the protocol, below its folder. */
export function protocolFile(path: string): unknown {
    return JSON.parse(readFileSync(join(folder, path), "utf8"));
}

/** The schemas of `spec/<name>.openapi.yaml`. They refer to each other as `#/$defs/<name>`. */
export const documented = (name: string): Definitions =>
    JSON.parse(JSON.stringify(schemasOf(name)).replaceAll("#/components/schemas/", "#/$defs/"));

export const ours = documented("checkout");

/** The protocol's, with those of its discounts extension; none where the files are missing. */
export const theirs: Definitions = protocolPresent
    ? {
          ...definitionsIn("spec/json-schema/schema.agentic_checkout.json"),
          ...definitionsIn("spec/json-schema/schema.discount.json"),
      }
    : {};

function definitionsIn(path: string): Definitions {
    const text = readFileSync(join(folder, path), "utf8");
    // The files refer to each other under ids that do not fit together.
    return JSON.parse(text.replaceAll("schema.agentic_checkout.json#", "#")).$defs;
}

/** What is wrong with a value by one of these schemas: JSON pointer and words; empty when nothing is. */
export type Judge = (name: string, value: unknown) => string[];

export function judge(definitions: Definitions): Judge {
    const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { ...formats, ...fullFormats } });
    ajv.addSchema({ $id: "definitions", $defs: definitions });
    return (name, value) => {
        const validate = ajv.getSchema(`definitions#/$defs/${name}`);
        if (validate === undefined) throw new Error(`there is no schema ${name}`);
        if (validate(value)) return [];
        return (validate.errors ?? []).map(({ instancePath, message, params }) => {
            return `${instancePath || "the whole"} ${message} ${JSON.stringify(params)}`;
        });
    };
}

const judgeOfAnswers = judge(protocolPresent ? theirs : ours);

/** What is wrong with an answer by the protocol's JSON Schema, or by our document where that is missing. */
export function protocolFaults(
    name: "CheckoutSession" | "CheckoutSessionWithOrder" | "Order" | "Error" | "DiscoveryResponse",
    value: unknown,
): string[] {
    return judgeOfAnswers(name, value);
}
