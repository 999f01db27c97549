import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import http from "node:http";
import { connect } from "node:net";
import { expect } from "chai";
import { elsewhere, listen, type Origin, PortUnavailableError, type Site } from "../../src/http/server.ts";

function site(prefix: string, handle: (message: IncomingMessage, response: ServerResponse) => void): Site {
    return {
        accepts: ({ url = "/" }) => url.startsWith(prefix),
        handle: async (message, response) => handle(message, response),
    };
}

describe("the origin", () => {
    let origin: Origin | undefined;
    afterEach(async () => {
        await origin?.close();
        origin = undefined;
    });

    it("gives a request to the first site that accepts it, and to the last when none does", async () => {
        const inside = site("/_local", (_, response) => void response.end("inside"));
        const shop = site("/shop", (_, response) => void response.end("shop"));
        origin = await listen(0, [inside, shop]);
        const texts: string[] = [];
        for (const path of ["/_local/queues", "/shop/pets", "/other"])
            texts.push(await (await fetch(origin.url + path)).text());
        expect(texts).to.deep.equal(["inside", "shop", "shop"]);
    });

    it("answers 500 when a site fails, and says why in the terminal", async () => {
        const fault = new Error("broken");
        const failing: Site = { accepts: () => true, handle: () => Promise.reject(fault) };
        origin = await listen(0, [failing]);
        const { error } = console;
        const said: unknown[] = [];
        console.error = (...what: unknown[]) => said.push(...what);
        try {
            expect((await fetch(origin.url)).status).to.equal(500);
        } finally {
            console.error = error;
        }
        expect(said).to.deep.equal([fault]);
    });

    it("refuses websites that call through a browser on this machine, and calls by another host name", async () => {
        origin = await listen(0, [elsewhere, site("/", (_, response) => void response.end("ok"))]);
        const { url } = origin;
        const call = async (headers: Record<string, string>) => {
            const [answer]: IncomingMessage[] = await once(http.get(`${url}/_local/trace`, { headers }), "response");
            answer?.resume();
            expect(answer?.headers).not.to.have.property("access-control-allow-origin");
            return answer?.statusCode;
        };
        for (const named of [
            "https://shop.example.com",
            "null",
            "http://localhost.example.com",
            "http://127.0.0.1.nip.io",
        ]) {
            expect(await call({ origin: named }), named).to.equal(403);
        }
        for (const host of ["rebound.example.com:8787", "127.0.0.1.nip.io", "localhost.example.com:8787"]) {
            expect(await call({ host }), host).to.equal(403);
        }
        for (const here of [
            "http://localhost:3000",
            "http://127.0.0.1:8787",
            "http://[::1]:5173",
            "http://shop.localhost",
        ]) {
            expect(await call({ origin: here, host: new URL(here).host }), here).to.equal(200);
        }
    });

    it("says which port is taken", async () => {
        origin = await listen(0, []);
        const port = Number(new URL(origin.url).port);
        const error = await listen(port, []).catch((thrown: unknown) => thrown);
        expect(error).to.be.instanceOf(PortUnavailableError);
        expect(error).to.deep.include({ port, code: "EADDRINUSE", message: `port ${port} is in use` });
    });

    it("closes at once although a client keeps its connections", async () => {
        const running = await listen(0, [site("/", (_, response) => void response.end("ok"))]);
        await (await fetch(running.url)).text();
        const fresh = connect(Number(new URL(running.url).port), "127.0.0.1");
        await once(fresh, "connect");
        const gone = once(fresh, "close");
        await running.close();
        await gone;
        expect(await fetch(running.url).catch(() => "refused")).to.equal("refused");
    });

    it("answers the running requests before it is closed", async () => {
        let finish = () => {};
        const started = Promise.withResolvers<void>();
        const slow = site("/", (_, response) => {
            finish = () => void response.end("done");
            started.resolve();
        });
        const running = await listen(0, [slow]);
        const answer = fetch(running.url).then((response) => response.text());
        await started.promise;
        let closed = false;
        const closing = running.close().then(() => {
            closed = true;
        });
        expect(closed).to.equal(false);
        finish();
        expect(await answer).to.equal("done");
        await closing;
    });
});
