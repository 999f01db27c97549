import type { ValidateFunction } from "ajv";
import { expect } from "chai";
import fc, { type Arbitrary } from "fast-check";
import { validationErrorsOf } from "../../runtime/shared/validationErrors.ts";
import { documents, schemasOf } from "../../tools/generate.ts";
import type { Schema, Schemas } from "../../tools/precise.ts";
import { plainValidators, validators } from "../../tools/validators.ts";
import { isProof } from "../proof.ts";

type Module = Readonly<Record<string, ValidateFunction>>;

/** The module with this code. */
const moduleOf = async (code: string): Promise<Module> =>
    import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);

/** Values near to what a schema allows: each of their parts may also be something else. */
function valuesNear(schema: Schema | boolean | undefined, schemas: Schemas, depth = 0): Arbitrary<unknown> {
    const junk = fc.constantFrom<unknown>(
        null,
        true,
        "",
        "x",
        "a~b/c",
        -1,
        0,
        1e-9,
        1.5,
        1e12,
        "é".repeat(300),
        [],
        {},
    );
    if (typeof schema !== "object" || depth > 7) return junk;
    return fc.oneof({ weight: 1, arbitrary: junk }, { weight: 15, arbitrary: valuesOf(schema, schemas, depth) });
}

function valuesOf(schema: Schema, schemas: Schemas, depth: number): Arbitrary<unknown> {
    const name = schema.$ref?.split("/").at(-1);
    if (name !== undefined) return valuesNear(schemas[name], schemas, depth);
    const alternatives = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((some = []) => some);
    const own = valuesOfType(schema, schemas, depth);
    if (alternatives.length === 0) return own;
    const others = fc.oneof(...alternatives.map((one) => valuesNear(one, schemas, depth + 1)));
    if (schema.properties === undefined) return others;
    return fc.tuple(own, others).map(([one, other]) => ({ ...Object(one), ...Object(other) }));
}

function valuesOfType(schema: Schema, schemas: Schemas, depth: number): Arbitrary<unknown> {
    const {
        properties,
        additionalProperties,
        items,
        examples = [],
        example,
    } = schema as Schema & {
        readonly items?: Schema;
        readonly examples?: readonly unknown[];
        readonly example?: unknown;
    };
    const samples = [schema.const, example, ...(schema.enum ?? []), ...examples].filter((one) => one !== undefined);
    if (samples.length > 0) return fc.constantFrom(...samples);
    const type = [schema.type].flat()[0] ?? (properties === undefined ? undefined : "object");
    switch (type) {
        case "object": {
            const near = (member: Schema | boolean | undefined) => valuesNear(member, schemas, depth + 1);
            const known = Object.entries(properties ?? {}).map(([member, its]) => [member, near(its)]);
            const others = fc.dictionary(
                fc.constantFrom("a~b/c", "eur", "EUR", "__proto__", "x-unknown"),
                near(additionalProperties),
                { maxKeys: 2, noNullPrototype: true },
            );
            const rare = fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: others });
            const most = fc.record(Object.fromEntries(known));
            const some = fc.record(Object.fromEntries(known), { requiredKeys: [] });
            const object = fc.oneof({ weight: 1, arbitrary: most }, { weight: 2, arbitrary: some });
            return fc
                .tuple(object, properties === undefined ? others : rare)
                .map(([one, other]) => ({ ...one, ...other }));
        }
        case "array":
            return fc.array(valuesNear(items, schemas, depth + 1), { maxLength: 3 });
        case "integer":
        case "number":
            return fc.constantFrom(0, 1, 2, 19, 100, 1e6, -1, 0.5);
        case "boolean":
            return fc.boolean();
        default:
            return fc.constantFrom(
                "eur",
                "EUR",
                "widget",
                "jo@example.com",
                "2026-04-17T10:00:00Z",
                "https://a.example/b",
            );
    }
}

describe("the validators that `npm run generate` makes shorter", () => {
    for (const { name, format, validated, ...manner } of documents) {
        it(`find the faults that ajv finds, and leave the value the same: ${name}`, async () => {
            const schemas = schemasOf(name, format);
            const short = await moduleOf(validators(schemas, validated, manner));
            const plain = await moduleOf(plainValidators(schemas, validated, manner));
            const keywords = new Set<string>();
            let accepted = 0;
            const answer = (module: Module, title: string, value: unknown) => {
                const own = structuredClone(value);
                const validate = module[`validate${title}`];
                if (validate === undefined) throw new Error(`there is no validator of ${title}`);
                const isValid = validate(own);
                const faults = (validate.errors ?? []).map(({ instancePath, keyword, propertyName, params = {} }) => {
                    const { comparison: _unread, ...read } = params;
                    return { instancePath, keyword, propertyName, read };
                });
                return { isValid, own, faults, errors: validationErrorsOf(validate.errors, {}) };
            };
            for (const title of validated) {
                fc.assert(
                    fc.property(valuesNear(schemas[title], schemas), (value) => {
                        const expected = answer(plain, title, value);
                        expect(answer(short, title, value)).to.deep.equal(expected);
                        for (const { keyword } of expected.faults) keywords.add(keyword);
                        if (expected.isValid) accepted += 1;
                    }),
                    { numRuns: isProof ? 3000 : 300 },
                );
            }
            expect(accepted, "values that are accepted").to.be.greaterThan(0);
            expect([...keywords]).to.include.members(["type"]);
        });
    }

    it("are not made when ajv writes what is not known", async () => {
        const { concise } = await import("../../tools/concise.ts");
        expect(() => concise('validate1.errors = [{instancePath,keyword:"type",reason:1}];')).to.throw("does not know");
    });
});
