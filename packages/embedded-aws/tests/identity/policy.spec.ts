// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { expect } from "chai";
import fc from "fast-check";
import { compilePolicy, evaluate, type Verdict } from "../../src/identity/policy.ts";
import { InvalidPolicyError, parsePolicy } from "../../src/identity/policyDocument.ts";
import type { AccessRequest, PolicyDocument, Principal, Statement } from "../../src/identity/principal.ts";

const queue = "arn:aws:sqs:eu-west-1:000000000000:orders";
const roleArn = "arn:aws:iam::000000000000:role/service/store";
const role: Principal = { kind: "role", roleArn, session: "store-1" };
const rule: Principal = {
    kind: "service",
    service: "events.amazonaws.com",
    sourceArn: "arn:aws:events:eu-west-1:000000000000:rule/bus/route",
};

function document(...statements: Statement[]): PolicyDocument {
    return { Version: "2012-10-17", Statement: statements };
}

function decide(
    { identity = [], resource = [] }: { identity?: PolicyDocument[]; resource?: PolicyDocument[] },
    request: Partial<AccessRequest> = {},
    keys: Record<string, string> = {},
): Verdict["effect"] {
    const policies = {
        identity: identity.map((policy) => compilePolicy(policy)),
        resource: resource.map((policy) => compilePolicy(policy, queue)),
    };
    const complete = { principal: role, action: "sqs:SendMessage", resource: queue, ...request };
    return evaluate(policies, complete, (key) => (keys[key] === undefined ? undefined : [keys[key]])).effect;
}

const allowAll: Statement = { Effect: "Allow", Action: "*", Resource: "*" };

describe("An identity policy", () => {
    it("allows nothing that it does not name", () => {
        expect(decide({})).to.equal("implicit deny");
        expect(decide({ identity: [document()] })).to.equal("implicit deny");
    });

    const actions: [string | string[], string, boolean][] = [
        ["sqs:SendMessage", "sqs:SendMessage", true],
        ["SQS:sendmessage", "sqs:SendMessage", true],
        ["sqs:Send*", "sqs:SendMessageBatch", true],
        ["sqs:*", "sns:Publish", false],
        ["iam:*AccessKey*", "iam:ListAccessKeys", true],
        ["sqs:SendMessag?", "sqs:SendMessage", true],
        ["sqs:SendMessag?", "sqs:SendMessageBatch", false],
        [["sns:Publish", "sqs:SendMessage"], "sqs:SendMessage", true],
        ["*", "dynamodb:PutItem", true],
    ];
    for (const [Action, action, expected] of actions) {
        it(`with the action ${Action} ${expected ? "allows" : "does not allow"} ${action}`, () => {
            const identity = [document({ Effect: "Allow", Action, Resource: "*" })];
            expect(decide({ identity }, { action })).to.equal(expected ? "allow" : "implicit deny");
        });
    }

    const bucket = "arn:aws:s3:::amzn-s3-demo-bucket";
    const resources: [string | string[], string, boolean][] = [
        [queue, queue, true],
        [queue, `${queue}-dlq`, false],
        [queue, queue.toUpperCase(), false],
        ["*", queue, true],
        ["*", "*", true],
        [queue, "*", false],
        [`${bucket}/*/test/*`, `${bucket}/1/test/object.jpg`, true],
        [`${bucket}/*/test/*`, `${bucket}/1/2/test/3/object.jpg`, true],
        [`${bucket}/*/test/*`, `${bucket}//test/object.jpg`, true],
        [`${bucket}/*/test/*`, `${bucket}/1-test/object.jpg`, false],
        [`${bucket}/*/test/*`, `${bucket}/test/object.jpg`, false],
        ["arn:aws:sqs:*:000000000000:order?", queue, true],
        ["arn:aws:sqs", queue, true],
        ["arn:aws:sqs", "arn:aws:sqsx:eu-west-1:000000000000:orders", false],
        [["arn:aws:sns:*:*:a", queue], queue, true],
        ["arn:aws:dynamodb:*:*:table/t.v1", "arn:aws:dynamodb:eu-west-1:000000000000:table/txv1", false],
    ];
    for (const [Resource, resource, expected] of resources) {
        it(`with the resource ${Resource} ${expected ? "allows" : "does not allow"} ${resource}`, () => {
            const identity = [document({ Effect: "Allow", Action: "sqs:SendMessage", Resource })];
            expect(decide({ identity }, { resource })).to.equal(expected ? "allow" : "implicit deny");
        });
    }

    it("with NotAction allows every other action", () => {
        const identity = [document({ Effect: "Allow", NotAction: ["sqs:Delete*", "iam:*"], Resource: "*" })];
        expect(decide({ identity })).to.equal("allow");
        expect(decide({ identity }, { action: "SQS:DeleteMessage" })).to.equal("implicit deny");
    });

    it("with NotResource is about every other resource", () => {
        const identity = [document(allowAll, { Effect: "Deny", Action: "sqs:*", NotResource: `${queue}*` })];
        expect(decide({ identity })).to.equal("allow");
        expect(decide({ identity }, { resource: "arn:aws:sqs:eu-west-1:000000000000:mail" })).to.equal("explicit deny");
    });

    it("puts policy variables into its resources, as text", () => {
        const own = document({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::home/${aws:username}/*" });
        const resource = "arn:aws:s3:::home/david/a";
        expect(decide({ identity: [own] }, { resource }, { "aws:username": "david" })).to.equal("allow");
        expect(decide({ identity: [own] }, { resource }, { "aws:username": "*" })).to.equal("implicit deny");
        expect(decide({ identity: [own] }, { resource })).to.equal("implicit deny");
        const { Version: _version, ...old } = own;
        expect(decide({ identity: [old] }, { resource }, { "aws:username": "david" })).to.equal("implicit deny");
    });

    it("allows only where its condition holds", () => {
        const Condition = { StringEquals: { "events:source": "public.api" } };
        const identity = [document({ ...allowAll, Condition })];
        expect(decide({ identity }, {}, { "events:source": "public.api" })).to.equal("allow");
        expect(decide({ identity })).to.equal("implicit deny");
    });

    it("that is incomplete allows nothing and denies everything", () => {
        expect(decide({ identity: [document({ Effect: "Allow", Action: "*" })] })).to.equal("implicit deny");
        expect(decide({ identity: [document({ Effect: "Allow", Resource: "*" })] })).to.equal("implicit deny");
        expect(decide({ identity: [document(allowAll, { Effect: "Deny", Action: "*" })] })).to.equal("explicit deny");
        expect(decide({ identity: [document(allowAll, { Effect: "Deny", Resource: "*" })] })).to.equal("explicit deny");
    });

    it("may have one statement instead of a list", () => {
        expect(decide({ identity: [{ Version: "2012-10-17", Statement: allowAll }] })).to.equal("allow");
    });
});

describe("A resource policy", () => {
    const send = { Action: "sqs:SendMessage", Resource: queue } as const;

    const principals: [string, Statement["Principal"], Principal, boolean][] = [
        ["everybody", "*", role, true],
        ["everybody, spelled out", { AWS: "*" }, role, true],
        ["the role", { AWS: roleArn }, role, true],
        ["the role's session", { AWS: "arn:aws:sts::000000000000:assumed-role/store/store-1" }, role, true],
        ["another session", { AWS: "arn:aws:sts::000000000000:assumed-role/store/store-2" }, role, false],
        ["another role", { AWS: ["arn:aws:iam::000000000000:role/other"] }, role, false],
        ["the account, which delegates to identity policies", { AWS: "000000000000" }, role, false],
        ["the account's root, which delegates too", { AWS: "arn:aws:iam::000000000000:root" }, role, false],
        ["a wildcard for roles, which AWS does not know", { AWS: "arn:aws:iam::000000000000:role/*" }, role, false],
        ["a service", { Service: "events.amazonaws.com" }, role, false],
        ["the service", { Service: ["sns.amazonaws.com", "events.amazonaws.com"] }, rule, true],
        ["another service", { Service: "sns.amazonaws.com" }, rule, false],
        ["the service among accounts", { AWS: "events.amazonaws.com" }, rule, false],
        ["everybody, services included", "*", rule, true],
        ["a federated user", { Federated: "cognito-identity.amazonaws.com" }, role, false],
        ["no principal", undefined, role, false],
    ];
    for (const [what, Principal, principal, expected] of principals) {
        it(`that names ${what} ${expected ? "allows" : "does not allow"} by itself`, () => {
            const resource = [document({ Effect: "Allow", ...send, ...(Principal !== undefined && { Principal }) })];
            expect(decide({ resource }, { principal })).to.equal(expected ? "allow" : "implicit deny");
        });
    }

    it("that names the account leaves it to the identity policy", () => {
        const resource = [document({ Effect: "Allow", ...send, Principal: { AWS: "000000000000" } })];
        expect(decide({ resource, identity: [document(allowAll)] })).to.equal("allow");
    });

    it("is not needed where the identity policy allows, except by a service", () => {
        expect(decide({ identity: [document(allowAll)] })).to.equal("allow");
        expect(decide({}, { principal: rule })).to.equal("implicit deny");
    });

    const denied: [string, Statement["Principal"], boolean][] = [
        ["everybody", "*", true],
        ["the role", { AWS: roleArn }, true],
        ["the account", { AWS: "000000000000" }, true],
        ["another account", { AWS: "111111111111" }, false],
        ["a type of principal that is unknown", { Robot: "r2" }, true],
        ["no principal", undefined, true],
    ];
    for (const [what, Principal, expected] of denied) {
        it(`that denies ${what} ${expected ? "overrules" : "does not touch"} the identity policy`, () => {
            const resource = [document({ Effect: "Deny", ...send, ...(Principal !== undefined && { Principal }) })];
            const effect = decide({ resource, identity: [document(allowAll)] });
            expect(effect).to.equal(expected ? "explicit deny" : "allow");
        });
    }

    const session = "arn:aws:sts::000000000000:assumed-role/store/store-1";
    const account = "arn:aws:iam::000000000000:root";
    const exempted: [string, string[], boolean][] = [
        ["its account, the role and the session", [account, roleArn, session], true],
        ["only the role", [roleArn], false],
        ["only the account", [account], false],
        ["another role", ["arn:aws:iam::000000000000:role/other"], false],
    ];
    for (const [what, names, expected] of exempted) {
        it(`with NotPrincipal of ${what} ${expected ? "spares" : "denies"} the role`, () => {
            const resource = [document({ Effect: "Deny", ...send, NotPrincipal: { AWS: names } })];
            const effect = decide({ resource, identity: [document(allowAll)] });
            expect(effect).to.equal(expected ? "allow" : "explicit deny");
        });
    }

    it("with NotPrincipal never allows", () => {
        const resource = [document({ Effect: "Allow", ...send, NotPrincipal: { AWS: "111111111111" } })];
        expect(decide({ resource })).to.equal("implicit deny");
    });

    it("that names no resource is about its own", () => {
        const resource = [document({ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage" })];
        expect(decide({ resource })).to.equal("allow");
        expect(decide({ resource }, { resource: `${queue}-dlq` })).to.equal("implicit deny");
    });
});

const someAction = fc.constantFrom("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:*", "s*:*Message", "sns:Publish", "*");
const someQueue = fc.constantFrom(queue, `${queue}-dlq`, "arn:aws:sqs:*:*:orders*", "arn:aws:sns:*:*:?", "*");
const conditions: Statement["Condition"][] = [
    {},
    { Bool: { "aws:securetransport": "true" } },
    { StringNotEquals: { "aws:principalaccount": "000000000000" } },
    { Unknown: { "aws:x": "y" } },
];

function statement(effect: fc.Arbitrary<Statement["Effect"]>): fc.Arbitrary<Statement> {
    const common = {
        Effect: effect,
        Condition: fc.constantFrom(...conditions).map((condition) => condition ?? {}),
        Principal: fc.constantFrom<NonNullable<Statement["Principal"]>>("*", { AWS: roleArn }, { AWS: "000000000000" }),
    };
    return fc.oneof(
        fc.record({ ...common, Action: someAction, Resource: someQueue }),
        fc.record({ ...common, NotAction: someAction, Resource: someQueue }),
        fc.record({ ...common, Action: someAction, NotResource: someQueue }),
    );
}

const anyStatement = statement(fc.constantFrom("Allow", "Deny"));
const policySet = fc.record({
    identity: fc.array(
        fc.array(anyStatement, { maxLength: 3 }).map((list) => document(...list)),
        { maxLength: 3 },
    ),
    resource: fc.array(
        fc.array(anyStatement, { maxLength: 3 }).map((list) => document(...list)),
        { maxLength: 2 },
    ),
});
const request = fc.record({
    action: fc.constantFrom("sqs:SendMessage", "sqs:DeleteMessage", "sns:Publish"),
    resource: fc.constantFrom(queue, `${queue}-dlq`, "arn:aws:sns:eu-west-1:000000000000:t"),
    principal: fc.constantFrom(role, rule),
});
const requestKeys = { "aws:securetransport": "true", "aws:principalaccount": "000000000000" };

describe("Whatever the policies are", () => {
    it("a Deny that applies wins", () => {
        const deny = document({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" });
        fc.assert(
            fc.property(policySet, request, fc.boolean(), (policies, asked, ofResource) => {
                const denied = ofResource
                    ? { ...policies, resource: [...policies.resource, deny] }
                    : { ...policies, identity: [...policies.identity, deny] };
                expect(decide(denied, asked, requestKeys)).to.equal("explicit deny");
            }),
        );
    });

    it("one more Allow never takes access away", () => {
        fc.assert(
            fc.property(policySet, request, statement(fc.constant("Allow")), (policies, asked, allow) => {
                fc.pre(decide(policies, asked, requestKeys) === "allow");
                const inIdentity = { ...policies, identity: [...policies.identity, document(allow)] };
                const inResource = { ...policies, resource: [...policies.resource, document(allow)] };
                expect(decide(inIdentity, asked, requestKeys)).to.equal("allow");
                expect(decide(inResource, asked, requestKeys)).to.equal("allow");
            }),
        );
    });

    it("one more Deny never gives access", () => {
        fc.assert(
            fc.property(policySet, request, statement(fc.constant("Deny")), (policies, asked, deny) => {
                fc.pre(decide(policies, asked, requestKeys) !== "allow");
                const more = { ...policies, identity: [...policies.identity, document(deny)] };
                expect(decide(more, asked, requestKeys)).not.to.equal("allow");
            }),
        );
    });

    it("the order of statements and policies does not matter", () => {
        fc.assert(
            fc.property(policySet, request, ({ identity, resource }, asked) => {
                const statements = (policy: PolicyDocument): Statement[] => [policy.Statement].flat();
                const turned = (list: PolicyDocument[]): PolicyDocument[] =>
                    list.map((policy) => document(...statements(policy).reverse())).reverse();
                const other = { identity: turned(identity), resource: turned(resource) };
                expect(decide(other, asked, requestKeys)).to.equal(decide({ identity, resource }, asked, requestKeys));
            }),
        );
    });

    it("a resource matches what the equivalent regular expression matches", () => {
        const piece = fc.constantFrom("a", "b", "ab", ":", "/", ".", "*", "?", "**", "*?");
        const literal = fc.constantFrom("a", "b", "ab", ":", "/", ".", "");
        const related = fc.array(fc.tuple(piece, literal), { maxLength: 8 }).map((pieces) => ({
            pattern: pieces.map(([text]) => text).join(""),
            // What the pattern could stand for, and nearly does.
            value: pieces.map(([text, other]) => (/[*?]/.test(text) ? other : text)).join(""),
        }));
        fc.assert(
            fc.property(related, ({ pattern, value }) => {
                const expression = pattern
                    .replace(/[.\\/]/g, "\\$&")
                    .replaceAll("*", "[^]*")
                    .replaceAll("?", "[^]");
                const identity = [document({ Effect: "Allow", Action: "*", Resource: pattern })];
                const allowed = decide({ identity }, { resource: value }) === "allow";
                expect(allowed).to.equal(new RegExp(`^${expression}$`).test(value));
            }),
            { numRuns: 1000 },
        );
    });
});

describe("A policy document", () => {
    it("is read from its JSON text", () => {
        const text = JSON.stringify({
            Version: "2012-10-17",
            Id: "queue",
            Statement: {
                Sid: "send",
                Effect: "Allow",
                Principal: { Service: "events.amazonaws.com" },
                Action: "sqs:SendMessage",
                Resource: queue,
                Condition: { Bool: { "aws:SecureTransport": true }, NumericLessThan: { "s3:max-keys": [10] } },
            },
        });
        expect(parsePolicy(text)).to.deep.equal({
            Version: "2012-10-17",
            Statement: {
                Sid: "send",
                Effect: "Allow",
                Principal: { Service: ["events.amazonaws.com"] },
                Action: ["sqs:SendMessage"],
                Resource: [queue],
                Condition: { Bool: { "aws:SecureTransport": ["true"] }, NumericLessThan: { "s3:max-keys": ["10"] } },
            },
        });
    });

    const valid = { Effect: "Allow", Action: "*", Resource: "*" };
    const malformed: [string, unknown, string][] = [
        ["no JSON", "{", ""],
        ["no object", "[]", ""],
        ["an unknown version", { Version: "2020-01-01", Statement: valid }, "/Version"],
        ["no statement", {}, "/Statement"],
        ["a statement that is none", { Statement: [valid, "x"] }, "/Statement/1"],
        ["an effect in another case", { Statement: [{ ...valid, Effect: "allow" }] }, "/Statement/0/Effect"],
        ["an unknown element", { Statement: [{ ...valid, Conditions: {} }] }, "/Statement/0/Conditions"],
        ["no action", { Statement: { Effect: "Allow", Resource: "*" } }, "/Statement"],
        ["Action and NotAction", { Statement: { ...valid, NotAction: "*" } }, "/Statement"],
        ["Resource and NotResource", { Statement: { ...valid, NotResource: "*" } }, "/Statement"],
        ["a resource that is no text", { Statement: { ...valid, Resource: [5] } }, "/Statement/Resource"],
        ["an empty list", { Statement: { ...valid, Action: [] } }, "/Statement/Action"],
        ["a principal that is a text", { Statement: { ...valid, Principal: "me" } }, "/Statement/Principal"],
        [
            "an operator without keys",
            { Statement: { ...valid, Condition: { Bool: "x" } } },
            "/Statement/Condition/Bool",
        ],
    ];
    for (const [what, policy, pointer] of malformed) {
        it(`is refused for ${what}, with the place`, () => {
            const text = typeof policy === "string" ? policy : JSON.stringify(policy);
            expect(() => parsePolicy(text))
                .to.throw(InvalidPolicyError)
                .with.property("pointer", pointer);
        });
    }
});
