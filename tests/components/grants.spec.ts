import { expect } from "chai";
import { unscoped } from "../../components/parts/grant.ts";
import { graphOf, type Recorded, type Statement, statementsOf } from "../graph.ts";

/** Account, region and Pulumi's suffixes say nothing about a right; without them the table below is readable. */
const readable = (arn: string) =>
    arn
        .replace("arn:aws:", "")
        .replace(/:(eu-west-1)?:(000000000000)?:/, ":")
        .replace(/-[0-9a-f]{6,7}\b/, "");

const list = (value: string | string[]) => (Array.isArray(value) ? value : [value]);

/** Each statement as a line: `what on which`. */
const rights = (statements: Statement[]) =>
    statements.map(
        ({ Action, Resource }) => `${list(Action).join(", ")} on ${list(Resource).map(readable).join(", ")}`,
    );

const everyCallback = (callback: string, name: string) => [
    `sqs:SendMessage on sqs:${callback}-failures`,
    `logs:CreateLogStream, logs:PutLogEvents on logs:log-group:/aws/lambda/${name}-dev:log-stream:*`,
    "xray:PutTraceSegments, xray:PutTelemetryRecords on *",
];

const once = "dynamodb:UpdateItem on dynamodb:table/ecommerce-order-effects-dev";
const put = "events:PutEvents on events:event-bus/order-processing-bus-dev";
const consume = "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes on sqs:";
const encrypt = "kms:Decrypt, kms:GenerateDataKey on kms:key/messages-key";
const follow = (table: string) => [
    `dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator on dynamodb:table/${table}/stream/2026-01-01T00:00:00.000`,
    `dynamodb:ListStreams on dynamodb:table/${table}/stream/*`,
];
const sessions = "dynamodb:table/checkout-sessions-dev";
const idempotency = "dynamodb:table/checkout-idempotency-dev";
const readProducts = "dynamodb:BatchGetItem on dynamodb:table/catalog-products-dev";
const readKeys = "secretsmanager:GetSecretValue on secretsmanager:secret:commerce-api-keys-dev";
const audit = "dynamodb:GetItem, dynamodb:PutItem on dynamodb:table/pubsub-audit-dev";
const endpoints = "dynamodb:table/webhook-endpoints-dev";
const deliveries = "dynamodb:table/webhook-deliveries-dev";
const wake = "sqs:SendMessage on sqs:webhook-attempts-queue-dev";
const unseal = "secretsmanager:GetSecretValue on secretsmanager:secret:commerce-webhook-sealing-dev";
const charge = "dynamodb:PutItem on dynamodb:table/checkout-sandbox-payments-dev";

/** By the callbacks' logical names: the function's name, and what it may do besides what every callback may. */
const expected: Readonly<Record<string, { readonly name: string; readonly may: readonly string[] }>> = {
    "orders-receive": {
        name: "order-receiver",
        may: [
            "sqs:SendMessage on sqs:ecommerce-orders-queue-dev",
            "sqs:GetQueueAttributes on sqs:ecommerce-orders-queue-dev",
            "dynamodb:GetItem on dynamodb:table/ecommerce-orders-dev",
        ],
    },
    "orders-read": {
        name: "order-reader",
        may: [
            "dynamodb:GetItem on dynamodb:table/ecommerce-orders-dev",
            "dynamodb:Query on dynamodb:table/ecommerce-order-effects-dev",
        ],
    },
    "orders-store": {
        name: "order-store",
        may: [
            "dynamodb:PutItem on dynamodb:table/ecommerce-orders-dev",
            put,
            "sqs:SendMessage on sqs:orders-rejected",
            `${consume}ecommerce-orders-queue-dev`,
        ],
    },
    "orders-announce": {
        name: "order-announcer",
        may: [put, "sqs:SendMessage on sqs:orders-unannounced", ...follow("ecommerce-orders-dev")],
    },
    "orders-notify": {
        name: "notifier",
        may: ["sqs:SendMessage on sqs:order-notifications-queue-dev", once],
    },
    "orders-mail": {
        name: "mailer",
        may: [
            "ses:SendEmail on ses:identity/*, ses:configuration-set/*",
            `${consume}order-notifications-queue-dev`,
            once,
        ],
    },
    "orders-inventory": {
        name: "inventory",
        may: ["dynamodb:BatchGetItem, dynamodb:UpdateItem on dynamodb:table/catalog-products-dev", once, put],
    },
    "orders-announcements": {
        name: "announcements",
        may: ["sns:Publish on sns:order-announcements-dev", encrypt, once],
    },
    "orders-document": {
        name: "document",
        may: ["s3:PutObject on s3:orders-documents-bucket/orders/*", once, put],
    },
    "checkout-discover": { name: "acp-discovery", may: [] },
    "checkout-manage": {
        name: "session-manager",
        may: [
            `dynamodb:Query, dynamodb:GetItem, dynamodb:PutItem on ${sessions}`,
            `dynamodb:GetItem, dynamodb:PutItem on ${idempotency}`,
            readProducts,
            "dynamodb:BatchGetItem on dynamodb:table/catalog-discounts-dev",
            readKeys,
        ],
    },
    "checkout-complete": {
        name: "session-completer",
        may: [
            `dynamodb:Query, dynamodb:GetItem, dynamodb:PutItem on ${sessions}`,
            `dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem on ${idempotency}`,
            readProducts,
            "dynamodb:BatchGetItem, dynamodb:UpdateItem on dynamodb:table/catalog-discounts-dev",
            readKeys,
            charge,
        ],
    },
    "checkout-publish": {
        name: "event-publisher",
        may: [
            "sns:Publish on sns:checkout-events-dev",
            encrypt,
            "sqs:SendMessage on sqs:checkout-unpublished",
            ...follow("checkout-sessions-dev"),
        ],
    },
    "checkout-route": {
        name: "order-notifications",
        may: [
            "sqs:SendMessage on sqs:ecommerce-orders-queue-dev",
            "sqs:SendMessage on sqs:webhook-deliveries-queue-dev",
            "sqs:SendMessage on sqs:checkout-settlements-queue-dev",
        ],
    },
    "checkout-settle": {
        name: "payment-settler",
        may: [
            `dynamodb:Query, dynamodb:PutItem on ${sessions}`,
            `dynamodb:UpdateItem, dynamodb:DeleteItem on ${idempotency}`,
            "dynamodb:UpdateItem on dynamodb:table/catalog-discounts-dev",
            charge,
            `${consume}checkout-settlements-queue-dev`,
        ],
    },
    "checkout-follow": {
        name: "order-follower",
        may: [`dynamodb:Query, dynamodb:PutItem on ${sessions}`],
    },
    "api-keys-authorize": { name: "api-authorizer", may: [readKeys] },
    "messages-publish": { name: "pubsub-publisher", may: ["sns:Publish on sns:pubsub-topic-dev", encrypt] },
    "messages-record": {
        name: "message-recorder",
        may: ["dynamodb:PutItem on dynamodb:table/pubsub-messages-dev", audit, `${consume}messages-record-queue`],
    },
    "messages-alert": { name: "message-alerts", may: [audit] },
    "customers-sync": {
        name: "customer-sync",
        may: [
            "secretsmanager:GetSecretValue on secretsmanager:secret:commerce-segment-dev",
            "dynamodb:UpdateItem on dynamodb:table/customer-sync-dev",
            "sqs:SendMessage on sqs:customer-sync-retries-dev",
            audit,
            `${consume}customer-sync-retries-dev`,
        ],
    },
    "webhooks-endpoints": {
        name: "webhook-endpoints",
        may: [
            `dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:Query on ${endpoints}`,
            `dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on ${deliveries}`,
            `dynamodb:Query on ${deliveries}/index/byTime`,
            "dynamodb:Query on dynamodb:table/webhook-attempts-dev",
            wake,
            unseal,
        ],
    },
    "webhooks-dispatch": {
        name: "webhook-dispatcher",
        may: [
            `dynamodb:Query on ${endpoints}`,
            `dynamodb:PutItem on ${deliveries}`,
            wake,
            readKeys,
            `${consume}webhook-deliveries-queue-dev`,
        ],
    },
    "webhooks-deliver": {
        name: "webhook-deliverer",
        may: [
            `dynamodb:GetItem, dynamodb:BatchGetItem, dynamodb:UpdateItem on ${endpoints}`,
            `dynamodb:BatchGetItem, dynamodb:UpdateItem on ${deliveries}`,
            `dynamodb:Query on ${deliveries}/index/waiting`,
            "dynamodb:PutItem, dynamodb:DeleteItem on dynamodb:table/webhook-attempts-dev",
            "dynamodb:UpdateItem on dynamodb:table/webhook-capacity-dev",
            wake,
            "sqs:SendMessage on sqs:webhook-deliveries-queue-dev",
            "sqs:SendMessage on sqs:webhooks-exhausted",
            "scheduler:CreateSchedule on scheduler:schedule/webhook-attempts-dev/*",
            "iam:PassRole on iam:role/webhooks-waking-role",
            unseal,
            `${consume}webhook-attempts-queue-dev`,
        ],
    },
    "webhooks-reconcile": {
        name: "webhook-reconciler",
        may: [`dynamodb:UpdateItem on ${deliveries}`, `dynamodb:Query on ${deliveries}/index/due`, wake],
    },
    "webhooks-rotate-sealing": {
        name: "webhook-sealing-rotator",
        may: [
            "secretsmanager:DescribeSecret, secretsmanager:GetSecretValue, secretsmanager:PutSecretValue, secretsmanager:UpdateSecretVersionStage on secretsmanager:secret:commerce-webhook-sealing-dev",
        ],
    },
    "health-check": {
        name: "region-health",
        may: ["dynamodb:GetItem on dynamodb:table/ecommerce-orders-dev", readKeys],
    },
};

describe("grants", () => {
    let graph: Recorded;

    before(async () => {
        graph = await graphOf("dev", { "orders.mail.sender": "shop@example.com" });
    });

    for (const [callback, { name, may }] of Object.entries(expected)) {
        it(`${name} may do exactly what it does`, () => {
            expect(rights(graph.statements(callback))).to.have.members([...may, ...everyCallback(callback, name)]);
        });
    }

    it("let every function log, be traced and keep what it could not process", () => {
        const functions = graph.of("aws:lambda/function:Function");
        expect(functions.map(({ name }) => name)).to.include.members(
            Object.keys(expected).map((callback) => `${callback}-function`),
        );
        for (const { name, inputs } of functions) {
            const callback = name.replace(/-function$/, "");
            const functionName = String(inputs["name"]).replace(/-dev$/, "");
            expect(rights(graph.statements(callback)), callback).to.include.members(
                everyCallback(callback, functionName),
            );
        }
    });

    it("let those who charge by Stripe read its secret in place of the sandbox's table", async () => {
        const stripe = await graphOf("dev", { "checkout.payment.provider": "stripe" });
        for (const callback of ["checkout-complete", "checkout-settle"]) {
            const { name = "", may = [] } = expected[callback] ?? {};
            const readAccount = "secretsmanager:GetSecretValue on secretsmanager:secret:commerce-payment-dev";
            expect(rights(stripe.statements(callback))).to.have.members([
                ...may.map((right) => (right === charge ? readAccount : right)),
                ...everyCallback(callback, name),
            ]);
        }
    });

    it("say * nowhere but where AWS knows nothing narrower", () => {
        const wide = [
            "aws:iam/rolePolicy:RolePolicy",
            "aws:sqs/queuePolicy:QueuePolicy",
            "aws:sns/topicPolicy:TopicPolicy",
        ]
            .flatMap((type) => graph.of(type))
            .flatMap(({ inputs }) => statementsOf(inputs["policy"]))
            .filter(
                ({ Effect, Action, Resource }) =>
                    Effect === "Allow" &&
                    (list(Resource).includes("*") || list(Action).some((action) => action.includes("*"))),
            );
        const explained = Object.values(unscoped).map(({ actions }) => actions.join());
        expect(wide.filter(({ Action }) => !explained.includes(list(Action).join()))).to.deep.equal([]);
        for (const { reason } of Object.values(unscoped)) expect(reason).to.match(/AWS|X-Ray/);
    });

    it("let the mailer send from the sender's address alone", () => {
        const [send] = graph.statements("orders-mail").filter(({ Action }) => list(Action).includes("ses:SendEmail"));
        expect(send?.Condition).to.deep.equal({ StringEquals: { "ses:FromAddress": "shop@example.com" } });
    });

    it("give each function a role of its own that only Lambda can take on, and every other role to our schedules", () => {
        const roles = graph.of("aws:lambda/function:Function").map(({ inputs }) => inputs["role"]);
        expect(new Set(roles).size).to.equal(roles.length);
        const others = graph.of("aws:iam/role:Role").filter(({ inputs, outputs, name }) => {
            if (!roles.includes(outputs["arn"])) return true;
            expect(statementsOf(inputs["assumeRolePolicy"]), name).to.deep.equal([
                { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
            ]);
            return false;
        });
        expect(others).not.to.deep.equal([]);
        const group = graph.one("aws:scheduler/scheduleGroup:ScheduleGroup", "webhooks-schedules-group");
        for (const { inputs, name } of others) {
            expect(statementsOf(inputs["assumeRolePolicy"]), name).to.deep.equal([
                {
                    Effect: "Allow",
                    Principal: { Service: "scheduler.amazonaws.com" },
                    Action: "sts:AssumeRole",
                    Condition: { StringEquals: { "aws:SourceArn": group.outputs["arn"] } },
                },
            ]);
        }
        expect(graph.of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).to.deep.equal([]);
    });

    it("admit a service to a queue, a topic or a function only for one of our own resources", () => {
        const policies = [
            ...graph.of("aws:sqs/queuePolicy:QueuePolicy"),
            ...graph.of("aws:sns/topicPolicy:TopicPolicy"),
        ].filter(({ name }) => name !== "customers-events-topic-policy");
        expect(policies).to.have.length.greaterThan(4);
        for (const { inputs, name } of policies) {
            const admissions = statementsOf(inputs["policy"]).filter(({ Effect }) => Effect === "Allow");
            for (const { Condition } of admissions) {
                expect(JSON.stringify(Condition), name).to.match(
                    /"aws:SourceArn":"arn:aws:(events|cloudwatch|sns):eu-west-1:000000000000:/,
                );
            }
        }
        // No service: one user of commercetools, and nobody without TLS.
        const { inputs } = graph.one("aws:sns/topicPolicy:TopicPolicy", "customers-events-topic-policy");
        expect(statementsOf(inputs["policy"]).map(({ Effect, Principal }) => [Effect, Principal])).to.deep.equal([
            ["Allow", { AWS: "arn:aws:iam::362576667341:user/subscriptions" }],
            ["Deny", "*"],
        ]);
        for (const { inputs, name } of graph.of("aws:lambda/permission:Permission")) {
            expect(inputs["sourceArn"], name).to.match(
                /^arn:aws:(events|execute-api|secretsmanager|sns):eu-west-1:000000000000:/,
            );
        }
    });
});
