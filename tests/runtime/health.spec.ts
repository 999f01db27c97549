import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Aws, Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { httpRequest } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";

describe("health: GET /health", () => {
    let database: Database;
    let aws: Aws;
    const running: RunningFunction[] = [];

    async function start() {
        const health = await RunningFunction.start("regions/health", {
            ...aws.environment,
            ORDERS_TABLE: "orders",
            API_KEYS_SECRET: "arn:aws:secretsmanager:eu-west-1:000000000000:secret:api-keys",
        });
        running.push(health);
        return {
            health,
            ask: () =>
                health.invoke(httpRequest({ rawPath: "/health" })) as Promise<{
                    statusCode: number;
                    headers: Record<string, string>;
                    body: string;
                }>,
        };
    }

    before(async () => {
        database = await Database.start();
        aws = await Aws.start(database.url);
    });
    beforeEach(() => {
        aws.reset();
        aws.answers("GetSecretValue", () => ({ SecretString: "{}" }));
    });
    after(async () => {
        await Promise.all(running.map((health) => health.stop()));
        await aws?.stop();
        await database?.stop();
    });

    it("is 200 where a table and a secret can be read, and is kept by nobody in between", async () => {
        const { ask } = await start();
        const { statusCode, headers, body } = await ask();
        expect(statusCode).to.equal(200);
        expect(JSON.parse(body)).to.deep.equal({ status: "healthy" });
        expect(headers["cache-control"]).to.equal("no-store");
        expect(aws.inputs("GetItem")).to.have.length(1);
        expect(aws.inputs("GetSecretValue")).to.have.length(1);
    });

    it("reads nothing again for those who ask at the same moment", async () => {
        const { ask } = await start();
        await Promise.all(Array.from({ length: 20 }, ask));
        expect(aws.inputs("GetItem").length).to.be.below(20);
        expect(aws.inputs("GetSecretValue").length).to.equal(aws.inputs("GetItem").length);
    });

    for (const [what, action, code] of [
        ["its table", "GetItem", "AccessDeniedException"],
        ["its secret", "GetSecretValue", "ResourceNotFoundException"],
    ] as const) {
        it(`is 503 where ${what} cannot be read, and only the log says why`, async () => {
            aws.answers(action, () => new Refusal(code));
            const { health, ask } = await start();
            const { statusCode, body } = await ask();
            expect(statusCode).to.equal(503);
            expect(body).not.to.include(code);
            expect(health.text()).to.include(code);
        });
    }

    it("is 503 where a table does not answer, before the caller gives up", async () => {
        const never = Promise.withResolvers<object>();
        aws.answers("GetItem", () => never.promise);
        const { ask } = await start();
        expect((await ask()).statusCode).to.equal(503);
        never.resolve({});
    });
});

describe("watch: whether another region is well", () => {
    let region: Server;
    let status = 200;
    let watch: RunningFunction;

    before(async () => {
        region = createServer((_request, response) => {
            if (status === 0) response.destroy();
            else response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("{}");
        });
        region.listen(0, "127.0.0.1");
        await once(region, "listening");
        watch = await RunningFunction.start("regions/watch", {
            HEALTH_URL: `http://127.0.0.1:${(region.address() as AddressInfo).port}/health`,
            // What is not well is told at every level.
            LOG_LEVEL: "error",
        });
    });
    after(async () => {
        await watch?.stop();
        region.close();
        region.closeAllConnections();
    });

    for (const [what, answered] of [
        ["says that it is not", 503],
        ["answers with somebody else's page", 302],
        ["hangs up", 0],
    ] as const) {
        it(`counts a region that ${what}, and does not fail itself`, async () => {
            status = answered;
            watch.log.length = 0;
            await watch.invoke({});
            expect(watch.log).to.have.length(1);
            expect(watch.log[0]).to.include({ level: "error", RegionUnanswered: 1 }).and.to.have.property("_aws");
        });
    }

    it("has nothing to say of a region that is", async () => {
        status = 200;
        watch.log.length = 0;
        await watch.invoke({});
        expect(watch.text()).not.to.include('"RegionUnanswered":1');
    });
});
