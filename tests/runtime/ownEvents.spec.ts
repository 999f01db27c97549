import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import { builtInTypes, eventTypes, typesFor } from "../../runtime/webhookFanout/endpoints/eventTypes.ts";
import { formats } from "../../tools/formats.ts";
import { Database } from "./support/database.ts";
import { busEvent, sqsRecord } from "./support/events.ts";
import { endpointItem, takeBatches } from "./support/outbound.ts";
import { type Asking, callRoute } from "./support/routes.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

const schema = {
    type: "object",
    required: ["shipment", "country"],
    properties: {
        shipment: { $ref: "#/$defs/id" },
        country: { type: "string", pattern: "^[A-Z]{2}$" },
        lines: { type: "array", items: { type: "object", properties: { quantity: { type: "integer", minimum: 1 } } } },
        due: { type: "string", format: "date-time" },
    },
    $defs: { id: { type: "string", minLength: 1 } },
};
const example = { shipment: "S-1", country: "DE" };
const definition = { description: "A shipment is late.", schema, example };
const type = "shipment.delayed";

const client = { caller: "shop", scopes: "messages webhooks" };

describe("ownEvents: events of types that clients register", () => {
    const database = started(new Database());
    const aws = startedAws(database, (own) => {
        takeBatches(own);
        own.answers("GetSecretValue", () => ({ SecretString: "{}" }));
    });
    const callback = startedCallback(aws, "webhookFanout/ownEvents");
    const dispatch = startedCallback(aws, "webhookFanout/dispatch");
    beforeEach(() => database.clear("event-types", "tenants", "requests", "endpoints", "deliveries"));

    async function call(routeKey: string, asking: Asking = {}) {
        const { statusCode: status, headers, json } = await callRoute(callback, routeKey, { ...client, ...asking });
        return { status, headers, json };
    }
    const put = (body: unknown = definition, name = type, options: Asking = {}) =>
        call("PUT /event_types/{type}", { parameters: { type: name }, body, ...options });
    const publish = (body: object, options: Asking = {}) => call("POST /events", { body, ...options });
    const pointers = (json: { errors?: { pointer: string }[] }) => json.errors?.map(({ pointer }) => pointer);
    const entries = () =>
        aws
            .inputs("PutEvents")
            .flatMap(
                ({ Entries }) => Entries as { Source: string; DetailType: string; Detail: string; Time: number }[],
            );

    describe("a type", () => {
        it("is registered, read, replaced and deleted by its client", async () => {
            const { status, json } = await put();
            expect(status).to.equal(201);
            expect(json).to.deep.include({ type, builtIn: false, owner: "shop", schema, example });
            const { description, ...rest } = definition;
            const replaced = await put({ ...rest, schema: { type: "object" } });
            expect(replaced.status).to.equal(200);
            expect(replaced.json).not.to.have.property("description");
            expect(replaced.json.createdAt).to.equal(json.createdAt);
            const one = { parameters: { type } };
            expect((await call("GET /event_types/{type}", one)).json).to.deep.equal(replaced.json);
            expect((await call("DELETE /event_types/{type}", one)).status).to.equal(204);
            expect((await call("GET /event_types/{type}", one)).status).to.equal(404);
            expect((await call("DELETE /event_types/{type}", one)).status).to.equal(404);
        });

        it("belongs to the client that registered it first", async () => {
            await put();
            expect((await put(definition, type, { caller: "another" })).status).to.equal(403);
            const deletion = { parameters: { type }, caller: "another" };
            expect((await call("DELETE /event_types/{type}", deletion)).status).to.equal(403);
        });

        const refusals: [what: string, body: unknown, expected: string[] | undefined][] = [
            ["no schema", { description: "x" }, ["/schema"]],
            ["an unknown member", { schema: {}, name: "x" }, ["/name"]],
            ["a schema that is none", { schema: { type: "txt" } }, ["/schema/type"]],
            [
                "a schema with a fault inside",
                { schema: { properties: { a: { minimum: "1" } } } },
                ["/schema/properties/a/minimum"],
            ],
            ["a reference that leads nowhere", { schema: { $ref: "#/$defs/none" } }, ["/schema/$ref"]],
            ["a reference to elsewhere", { schema: { $ref: "https://schemas.example/order" } }, ["/schema/$ref"]],
            ["an expression that is none", { schema: { pattern: "(" } }, ["/schema/pattern"]],
            ["another draft", { schema: { $schema: "http://json-schema.org/draft-07/schema#" } }, ["/schema/$schema"]],
            ["an asynchronous schema", { schema: { $async: true } }, ["/schema/$async"]],
            ["a schema that is too large", { schema: { title: "x".repeat(9000) } }, ["/schema"]],
            [
                "an example that does not match",
                { schema, example: { shipment: "", country: "DE" } },
                ["/example/shipment"],
            ],
        ];
        const places: [what: string, schema: unknown, ...places: string[]][] = [
            ["a reference to itself", { $ref: "#" }, "/$ref"],
            ["a reference to itself by a branch", { anyOf: [{ type: "null" }, { $ref: "#" }] }, "/anyOf/1/$ref"],
            ["a reference to itself by a name", { $anchor: "a", not: { $ref: "#a" } }, "/not/$ref"],
            [
                "a circle of references",
                { $ref: "#/$defs/a", $defs: { a: { allOf: [{ $ref: "#/$defs/b" }] }, b: { $ref: "#/$defs/a" } } },
                "/$defs/a/allOf/0/$ref",
                "/$defs/b/$ref",
            ],
            ["a reference that is escaped wrongly", { $ref: "#/$defs/%" }, "/$ref"],
            ["a reference to what is no schema", { $ref: "#/required", required: ["a"] }, "/$ref"],
            ["an id inside", { properties: { a: { $id: "b" } } }, "/properties/a/$id"],
            ["a keyword of another draft", { properties: { a: { nullable: true } } }, "/properties/a/nullable"],
            ["a misspelt keyword", { items: { requried: ["a"] } }, "/items/requried"],
            ["a format that is not checked", { properties: { "a/b": { format: "iban" } } }, "/properties/a~1b/format"],
            ["an expression that may not end", { properties: { a: { pattern: "^(a+)+$" } } }, "/properties/a/pattern"],
            ["an expression that refers back", { pattern: "(a)\\1" }, "/pattern"],
            ["an expression that is too long", { pattern: "a".repeat(1001) }, "/pattern"],
            ["a slow expression for names", { patternProperties: { "(a|a)*$": {} } }, "/patternProperties/(a|a)*$"],
            ...["contentEncoding", "contentMediaType", "contentSchema"].map((keyword): [string, unknown, string] => [
                `${keyword}, which is not checked`,
                { properties: { a: { [keyword]: keyword === "contentSchema" ? { type: "string" } : "base64" } } },
                `/properties/a/${keyword}`,
            ]),
            ...["properties", "patternProperties", "dependentSchemas", "dependentRequired"].map(
                (keyword): [string, unknown, string] => [
                    `the name __proto__ in ${keyword}, which is not checked`,
                    {
                        [keyword]: JSON.parse(
                            `{"__proto__":${keyword === "dependentRequired" ? '["a"]' : '{"type":"string"}'}}`,
                        ),
                    },
                    `/${keyword}/__proto__`,
                ],
            ),
            ["too many levels", Array.from({ length: 40 }).reduce((inner: object) => ({ not: inner }), {}), ""],
        ];
        for (const [what, schema, ...found] of places)
            refusals.push([what, { schema }, found.map((place) => `/schema${place}`)]);
        for (const [what, body, expected] of refusals) {
            it(`is refused with ${what}, with its place`, async () => {
                const { status, json } = await put(body);
                expect([status, pointers(json)], JSON.stringify(json)).to.deep.equal([400, expected]);
                expect(await database.all("event-types")).to.deep.equal([]);
            });
        }

        it("is refused with numbers that JSON readers change, with their places", async () => {
            const body =
                '{"schema":{"properties":{"n":{"maximum":12345678901234567890}}},"example":{"n":0.12345678901234567890}}';
            const { status, json } = await put(body);
            expect([status, pointers(json)]).to.deep.equal([400, ["/schema/properties/n/maximum", "/example/n"]]);
        });

        it("may refer to itself through the data, and have every keyword and format of the draft", async () => {
            const tree = {
                $schema: "https://json-schema.org/draft/2020-12/schema",
                $id: "https://schemas.example/tree",
                type: "object",
                properties: {
                    name: { $ref: "#name" },
                    children: { type: "array", items: { $ref: "#" }, minItems: 0 },
                    any: { $ref: "#/$defs/any" },
                    at: { format: "date-time", "x-unit": "UTC" },
                },
                patternProperties: { "^x-(?:[a-z]+\\.)*[a-z]+$": true },
                unevaluatedProperties: false,
                $defs: { any: true, name: { $anchor: "name", type: "string", pattern: "^\\p{L}[\\p{L}\\d -]*$" } },
            };
            const { status, json } = await put({ schema: tree });
            expect(status, JSON.stringify(json)).to.equal(201);
            const data = { name: "A", children: [{ name: "B", children: [{ name: "C" }] }], any: 1, "x-a.b": 2 };
            expect((await publish({ type, data })).status).to.equal(202);
            data.children[0]?.children.push({ name: "1" });
            expect(pointers((await publish({ type, data })).json)).to.deep.equal(["/data/children/0/children/1/name"]);
        });

        it("asks for the data's own members, whatever every object inherits", async () => {
            await put({ schema: { required: ["toString", "__proto__"], properties: { valueOf: { type: "string" } } } });
            const places = ["/data/toString", "/data/__proto__"];
            expect(pointers((await publish({ type, data: {} })).json)).to.deep.equal(places);
            const data = JSON.parse('{"toString":1,"__proto__":1}');
            expect((await publish({ type, data })).status).to.equal(202);
        });

        it("changes on conditions that hold only, and only as it was read", async () => {
            const { headers: { etag = "" } = {} } = await put();
            const one = { parameters: { type } };
            expect((await call("GET /event_types/{type}", one)).headers["etag"]).to.equal(etag);
            const other = { ...definition, description: "Another." };
            expect((await put(definition, type, { headers: { "if-none-match": "*" } })).status).to.equal(412);
            expect((await put(other, type, { headers: { "if-match": etag } })).status).to.equal(200);
            expect((await put(definition, type, { headers: { "if-match": etag } })).status).to.equal(412);
            expect((await put(definition, "shipment.lost", { headers: { "if-match": "*" } })).status).to.equal(412);
            expect(
                (await call("DELETE /event_types/{type}", { ...one, headers: { "if-match": etag } })).status,
            ).to.equal(412);
            const puts = await Promise.all(["a", "b", "c"].map((caller) => put(definition, "parcel.lost", { caller })));
            const [owner, ...more] = ["a", "b", "c"].filter((_, index) => puts[index]?.status === 201);
            expect(more).to.deep.equal([]);
            expect(
                (await call("GET /event_types/{type}", { parameters: { type: "parcel.lost" } })).json.owner,
            ).to.equal(owner);
        });

        it("has no name of a built-in type, nor one that a later one may have", async () => {
            expect(builtInTypes).to.include.all.keys(...eventTypes, ...typesFor("acp"), ...typesFor("ucp"));
            for (const name of builtInTypes) {
                expect((await put(definition, name)).status, name).to.equal(409);
                const one = { parameters: { type: name } };
                expect((await call("DELETE /event_types/{type}", one)).status, name).to.equal(409);
                expect((await publish({ type: name, data: {} })).status, name).to.equal(403);
            }
            for (const name of ["order.picked", "checkout_session.late", "customer.born"])
                expect((await put(definition, name)).status, name).to.equal(409);
            for (const name of ["Shipment", "a..b", "a.*", "*", "x".repeat(65), "1a", "__proto__"])
                expect((await put(definition, name)).status, name).to.equal(400);
        });

        it("needs the scope messages", async () => {
            expect((await put(definition, type, { scopes: "webhooks" })).status).to.equal(403);
        });

        it("is one of at most 200", async () => {
            const item = { catalogue: "own", owner: "shop", schema: "{}", createdAt: "x", updatedAt: "x" };
            await database.putAll(
                "event-types",
                Array.from({ length: 200 }, (_, each) => ({ ...item, type: `t${each}` })),
            );
            expect((await put()).status).to.equal(409);
            expect((await put(definition, "t7")).status).to.equal(200);
        });
    });

    describe("the catalogue", () => {
        it("has built-in and registered types, page by page in the order of their names", async () => {
            await put();
            const names: string[] = [];
            for (let after: string | undefined = ""; after !== undefined; ) {
                const { json } = await call("GET /event_types", { query: { limit: "7", ...(after && { after }) } });
                names.push(...json.eventTypes.map((each: { type: string }) => each.type));
                after = json.next;
            }
            expect(names).to.deep.equal([...eventTypes, type].sort());
            const { json } = await call("GET /event_types", { query: { limit: "100" } });
            expect(json.eventTypes.filter((each: { builtIn: boolean }) => !each.builtIn)).to.deep.equal([
                { type, builtIn: false, description: definition.description, owner: "shop" },
            ]);
            expect((await call("GET /event_types", { query: { limit: "0" } })).status).to.equal(400);
            expect((await call("GET /event_types", { query: { after: "*" } })).status).to.equal(400);
        });

        it("shows where the AsyncAPI document describes a built-in type", async () => {
            const { json: shown } = await call("GET /event_types/{type}", {
                parameters: { type: "order.received.v1" },
            });
            const { json: document } = await call("GET /asyncapi.json");
            const [, ...path] = shown.schema.$ref.split("#")[1].split("/");
            const payload = path.reduce((part: Record<string, unknown>, name: string) => part[name], document);
            expect(JSON.stringify(payload)).to.contain("order.received.v1");
        });
    });

    describe("the AsyncAPI document", () => {
        it("describes events of both kinds, and refers to nothing outside of itself", async () => {
            await put();
            const { status, json } = await call("GET /asyncapi.json");
            expect(status).to.equal(200);
            expect(json.asyncapi).to.equal("3.0.0");
            const references = [...JSON.stringify(json).matchAll(/"\$ref":"([^"]*)"/g)].map(([, each]) => each ?? "");
            expect(references.filter((each) => !each.startsWith("#/"))).to.deep.equal([]);
            for (const reference of references.filter((each) => !each.startsWith("#/$defs/"))) {
                const [, ...path] = reference.split("/");
                expect(
                    path.reduce((part, name) => part?.[name], json),
                    reference,
                ).to.be.an("object");
            }
            expect(Object.keys(json.channels.endpoint.messages)).to.include.members(["orderReceived", `own.${type}`]);
            const own = json.components.messages[`own.${type}`].payload.schema;
            const validate = new Ajv2020({ strict: false, formats }).compile(own);
            const event = {
                id: "evt_1",
                type,
                source: "tenant.shop",
                timestamp: "2026-11-20T10:11:12Z",
                data: example,
            };
            expect(validate(event), JSON.stringify(validate.errors)).to.equal(true);
            expect(validate({ ...event, data: { shipment: "" } })).to.equal(false);
        });
    });

    describe("publishing", () => {
        it("puts an event on the bus, with a source that names the client", async () => {
            await put();
            const { status, json } = await publish(
                { type, data: example, orderingKey: "S-1" },
                { headers: { "x-correlation-id": "c-1" } },
            );

            expect(status).to.equal(202);
            expect(json).to.deep.include({ type, source: "tenant.shop", correlationId: "c-1" });
            const [entry, ...more] = entries();
            expect(more).to.deep.equal([]);
            expect(entry).to.include({ Source: "tenant.shop", DetailType: type, EventBusName: "order-bus" });
            expect(JSON.parse(entry?.Detail ?? "")).to.deep.include({
                id: json.id,
                tenantId: "shop",
                orderingKey: "S-1",
                data: example,
            });
        });

        const refusals: [what: string, body: object, status: number, expected: string[] | undefined][] = [
            ["a type that is not registered", { type: "shipment.lost", data: {} }, 400, ["/type"]],
            ["a built-in type", { type: "order.received.v1", data: {} }, 403, undefined],
            ["no data", { type }, 400, ["/data"]],
            ["data without a member", { type, data: { shipment: "S-1" } }, 400, ["/data/country"]],
            [
                "data with faults at several places",
                { type, data: { ...example, country: "de", lines: [{ quantity: 1 }, { quantity: 0 }] } },
                400,
                ["/data/country", "/data/lines/1/quantity"],
            ],
            ["data with a time that is none", { type, data: { ...example, due: "soon" } }, 400, ["/data/due"]],
            ["an unknown member", { type, data: example, id: "x" }, 400, ["/id"]],
            ["a tenant that is not the client's", { type, data: example, tenant: "tn_x" }, 400, ["/tenant"]],
        ];
        for (const [what, body, status, expected] of refusals) {
            it(`refuses ${what}`, async () => {
                await put();
                const { status: answered, json } = await publish(body);
                expect([answered, pointers(json)], JSON.stringify(json)).to.deep.equal([status, expected]);
                expect(entries()).to.deep.equal([]);
            });
        }

        it("names few of thousands of faults, as registering a type does, whatever their names", async () => {
            const [name, numbers] = ["n".repeat(10_000), Array.from({ length: 7500 }, () => "1e999")];
            await put({ schema: { additionalProperties: { items: { type: "string" } } } });
            const lines = Array.from({ length: 7500 }, () => 1);
            const answers = await Promise.all([
                publish({ type, data: { lines } }),
                publish({ type, data: { [name]: lines } }),
                call("POST /events", { body: `{"type":"${type}","data":{"${name}":[${numbers}]}}` }),
                put(`{"schema":{"default":{"${name}":[${numbers}]}}}`),
                put({ schema: Object.fromEntries(Array.from({ length: 900 }, (_, each) => [`k${each}`, 1])) }),
                put({ schema: { properties: { ["n".repeat(3000)]: { type: "none" } } } }),
            ]);
            for (const { status, json } of answers) {
                expect(status).to.equal(400);
                expect(JSON.stringify(json)).to.have.length.below(10_000);
            }
            expect(answers.map(({ json }) => json.errors.at(-1)?.detail)).to.deep.equal([
                "and up to 7481 more",
                "and up to 7400 more",
                "and 7483 more",
                "and 7481 more",
                "and 881 more",
                "has inside: must be one of array, boolean, integer, null, number, object, string",
            ]);
        });

        it("refuses a number that JSON readers change, and an event that is too large", async () => {
            await put();
            const body = `{"type":"${type}","data":{"shipment":"S","country":"DE","n":12345678901234567890}}`;
            expect(pointers((await call("POST /events", { body })).json)).to.deep.equal(["/data/n"]);
            const large = { type, data: { ...example, text: "\u20ac".repeat(87_000) } };
            expect((await publish(large)).status).to.equal(413);
        });

        it("is the same event for the same Idempotency-Key, and refuses another body", async () => {
            await put();
            const headers = { "idempotency-key": "k-1" };
            const [first, again] = [
                await publish({ type, data: example }, { headers }),
                await publish({ data: example, type }, { headers }),
            ];
            expect(again.json.id).to.equal(first.json.id);
            expect((await publish({ type, data: { ...example, country: "FR" } }, { headers })).status).to.equal(422);
            expect((await publish({ type, data: example })).json.id).not.to.equal(first.json.id);
            await put({ schema: { required: ["reason"] } });
            expect((await publish({ type, data: example })).status).to.equal(400);
            expect((await publish({ type, data: example }, { headers })).json).to.deep.equal(first.json);
            await call("DELETE /event_types/{type}", { parameters: { type } });
            expect((await publish({ type, data: example }, { headers })).json).to.deep.equal(first.json);
        });

        it("is for the type's client alone", async () => {
            await put();
            expect((await publish({ type, data: example }, { caller: "other" })).status).to.equal(403);
            expect(entries()).to.deep.equal([]);
        });

        it("refuses data that are nested too deeply, or take too long to check", async () => {
            const levels = (count: number) =>
                call("POST /events", {
                    body: `{"type":"${type}","data":${'{"a":'.repeat(count)}1${"}".repeat(count)}}`,
                });
            const doubled = (count: number) => ({
                ...Object.fromEntries(
                    Array.from({ length: count }, (_, each) => {
                        const next = { $ref: `#/$defs/d${each + 1}` };
                        return [`d${each}`, { allOf: [next, next] }];
                    }),
                ),
                [`d${count}`]: { type: "string" },
            });
            await put({ schema: { properties: { slow: { $ref: "#/$defs/d0" } }, $defs: doubled(40) } });
            expect((await levels(32)).status).to.equal(202);
            for (const count of [33, 40_000])
                expect(pointers((await levels(count)).json), String(count)).to.deep.equal(["/data"]);
            const { status, json } = await publish({ type, data: { slow: "x" } });
            expect([status, pointers(json)], JSON.stringify(json)).to.deep.equal([400, ["/data"]]);
            expect(json.errors[0].detail).to.contain("takes more than 1 second");
        });

        it("answers 503 when the bus does not accept the event, in an answer that says 200", async () => {
            await put();
            aws.answers("PutEvents", () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "x", ErrorMessage: "y" }] }));
            expect((await publish({ type, data: example })).status).to.equal(503);
        });

        it("validates by the schema of now", async () => {
            await put();
            await put({ schema: { required: ["reason"] } });
            expect(pointers((await publish({ type, data: example })).json)).to.deep.equal(["/data/reason"]);
        });
    });

    describe("reaches", () => {
        const tenant = "tn_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
        const other = "tn_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c";
        const ids = async () =>
            (await database.all("deliveries"))
                .filter(({ deliveryId }) => !String(deliveryId).endsWith("#body"))
                .map(({ endpointId }) => endpointId);
        const german = { data: { country: ["DE"] } };

        beforeEach(async () => {
            aws.answers("GetSecretValue", () => ({
                SecretString: JSON.stringify({ office: { scopes: ["merchant"], keys: [] } }),
            }));
            await put();
            const item = { item: "tenant", owner: "shop", status: "active", requestFingerprint: "", createdAt: "" };
            await database.put("tenants", { ...item, tenantId: tenant });
            await database.put("tenants", { ...item, tenantId: other, owner: "another" });
            for (const [tenantId, endpointId, over] of [
                ["shop", "ep_own", {}],
                ["shop", "ep_own_german", { filter: german }],
                ["shop", "ep_orders", { eventTypes: ["order.*"] }],
                ["shop", "ep_acp", { kind: "acp" }],
                [tenant, "ep_tenant_german", { filter: german, eventTypes: ["shipment.*"] }],
                [tenant, "ep_tenant_french", { filter: { data: { country: ["FR"] } } }],
                [other, "ep_foreign", {}],
            ] as const)
                await database.put("endpoints", { ...endpointItem({ tenantId, endpointId, ...over }) });
        });

        async function happened(body: object): Promise<string> {
            const { status, json } = await publish(body);
            expect(status, JSON.stringify(json)).to.equal(202);
            const [{ DetailType = "", Source = "", Detail = "" } = {}] = entries().slice(-1);
            const event = busEvent(DetailType, JSON.parse(Detail), Source);
            const copies = [sqsRecord("m-1", event), sqsRecord("m-2", event)];
            expect(await dispatch.invoke({ Records: copies })).to.deep.equal({ batchItemFailures: [] });
            return json.id;
        }

        it("the client's endpoints, once, with its source", async () => {
            const id = await happened({ type, data: { ...example, country: "FR" } });

            expect(await ids()).to.deep.equal(["ep_own"]);
            const body = await database.get("deliveries", { endpointId: "ep_own", deliveryId: `${id}#body` });
            expect(JSON.parse(String(body?.["body"]))).to.deep.include({
                id,
                type,
                source: "tenant.shop",
                data: { ...example, country: "FR" },
            });
        });

        it("those of the tenant that it names, and exactly those whose filter it matches", async () => {
            await happened({ type, data: example, tenant });
            expect(await ids()).to.have.members(["ep_own", "ep_own_german", "ep_tenant_german"]);
        });

        it("no tenant of another client", async () => {
            expect(pointers((await publish({ type, data: example, tenant: other })).json)).to.deep.equal(["/tenant"]);
        });

        it("no endpoint, with a source of a client and another form than POST /events makes", async () => {
            const event = busEvent(type, { data: example }, "tenant.shop");
            expect(await dispatch.invoke({ Records: [sqsRecord("m-1", event)] })).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: "m-1" }],
            });
        });
    });
});
