import type { IncomingMessage, ServerResponse } from "node:http";
import { expect } from "chai";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { type HttpAnswer, httpRequest } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";
import { LocalServer } from "./support/server.ts";
import { Callback, started, startedAws } from "./support/started.ts";

describe("health: GET /health", () => {
    const database = started(new Database());
    const aws = startedAws(database, (own) => own.answers("GetSecretValue", () => ({ SecretString: "{}" })));
    const running: Callback[] = [];
    after(() => Promise.all(running.map((health) => health.stop())));

    async function start() {
        const health = new Callback(aws, "regions/health");
        running.push(health);
        await health.start();
        return { health, ask: () => health.invoke(httpRequest({ rawPath: "/health" })) as Promise<HttpAnswer> };
    }

    it("is 200 where a table and a secret can be read, and is not cached", async () => {
        const { ask } = await start();
        const { statusCode, headers, body } = await ask();
        expect(statusCode).to.equal(200);
        expect(JSON.parse(body)).to.deep.equal({ status: "healthy" });
        expect(headers["cache-control"]).to.equal("no-store");
        expect(aws.inputs("GetItem")).to.have.length(1);
        expect(aws.inputs("GetSecretValue")).to.have.length(1);
    });

    it("reads once for requests at the same moment", async () => {
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

describe("watch: health of the other region", () => {
    let status = 200;
    class Region extends LocalServer {
        protected override serve(_: IncomingMessage, response: ServerResponse): void {
            if (status === 0) response.destroy();
            else response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("{}");
        }
    }
    const region = started(new Region());
    let watch: RunningFunction;
    before(async () => {
        // An unhealthy region is logged at every level.
        watch = await RunningFunction.start("regions/watch", {
            HEALTH_URL: `${region.url}/health`,
            LOG_LEVEL: "error",
        });
    });
    after(() => watch?.stop());

    for (const [what, answered] of [
        ["says that it is not", 503],
        ["answers with another server's page", 302],
        ["hangs up", 0],
    ] as const) {
        it(`counts a region that ${what} as unhealthy, and does not fail itself`, async () => {
            status = answered;
            watch.log.length = 0;
            await watch.invoke({});
            expect(watch.log).to.have.length(1);
            expect(watch.log[0]).to.include({ level: "error", RegionUnanswered: 1 }).and.to.have.property("_aws");
        });
    }

    it("counts nothing for a healthy region", async () => {
        status = 200;
        watch.log.length = 0;
        await watch.invoke({});
        expect(watch.text()).not.to.include('"RegionUnanswered":1');
    });
});
