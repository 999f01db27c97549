import { expect } from "chai";
import { Doubles, doublesPath } from "../../src/doubles/doubles.ts";
import { listen, type Origin } from "../../src/http/server.ts";
import { Inspector } from "../../src/inspect/views.ts";

describe("Doubles of services on the internet", () => {
    let doubles: Doubles;
    let origin: Origin;
    const at = (path: string, init?: RequestInit) => fetch(`${origin.url}${doublesPath}${path}`, init);
    const post = (path: string, body: string) => at(path, { method: "POST", body });

    beforeEach(async () => {
        const definitions = {
            mail: [
                { method: "POST", path: "/v1/letters", status: 202, headers: { "x-id": "7" }, body: { taken: true } },
                { method: "GET", path: "/v1/letters/*", status: 404, body: { error: "unknown" } },
                { method: "DELETE", path: "/v1/letters/*", status: 204 },
            ],
            maps: [{ method: "GET", path: "/", status: 200, body: [] }],
        };
        doubles = new Doubles(definitions, 3);
        const views = new Inspector({ doubles: (parameters) => doubles.received(parameters.get("name") ?? undefined) });
        origin = await listen(0, [doubles, views]);
    });
    afterEach(() => origin?.close());

    it("answer each request as configured", async () => {
        const letter = await post("/mail/v1/letters", "{}");
        expect([letter.status, letter.headers.get("x-id"), await letter.json()]).to.deep.equal([
            202,
            "7",
            { taken: true },
        ]);
        expect(await (await at("/mail/v1/letters/9")).json()).to.deep.equal({ error: "unknown" });
        const gone = await at("/mail/v1/letters/9", { method: "DELETE" });
        expect([gone.status, await gone.text()]).to.deep.equal([204, ""]);
        expect(await (await at("/maps/?zoom=3")).json()).to.deep.equal([]);
    });

    it("say that they do not know a request, and remember it all the same", async () => {
        for (const [path, method] of [
            ["/mail/v1/letters", "GET"],
            ["/mail/v1/letters/9/pages", "GET"],
            ["/mail/v2/letters", "POST"],
        ] as const) {
            const answer = await at(path, { method });
            expect(answer.status, path).to.equal(404);
            expect(await answer.json(), path)
                .to.have.property("message")
                .that.contains("mail");
        }
        expect(doubles.received()["mail"]).to.have.length(3);
    });

    for (const name of ["missing", "constructor", ""]) {
        it(`are not there under the name "${name}"`, async () => {
            const answer = await at(`/${name}/v1`);
            expect(answer.status).to.equal(404);
            expect(await answer.json()).to.deep.include({ doubles: ["mail", "maps"] });
        });
    }

    it("show what they were asked, the newest last, each with how it was answered", async () => {
        await post("/mail/v1/letters?fast=1", '{"to":"jo"}');
        await post("/mail/v1/letters", "no JSON");
        await at("/maps/");

        const shown = (await (await at("")).json()) as ReturnType<Doubles["received"]>;
        expect(shown["mail"]?.map(({ method, path, body, status }) => [method, path, body, status])).to.deep.equal([
            ["POST", "/v1/letters?fast=1", { to: "jo" }, 202],
            ["POST", "/v1/letters", "no JSON", 202],
        ]);
        expect(shown["mail"]?.[0]?.headers).to.include({ "content-type": "text/plain;charset=UTF-8" });
        expect(Date.parse(shown["mail"]?.[0]?.at ?? "")).to.be.closeTo(Date.now(), 60_000);
        expect(shown["maps"]).to.have.length(1);
    });

    it("show one of them alone", async () => {
        await at("/maps/");
        expect(Object.keys((await (await at("?name=maps")).json()) as object)).to.deep.equal(["maps"]);
    });

    it("remember the last requests only, of each its own", async () => {
        await at("/maps/");
        for (let number = 1; number <= 5; number += 1) await post("/mail/v1/letters", String(number));

        expect(doubles.received()["mail"]?.map(({ body }) => body)).to.deep.equal([3, 4, 5]);
        expect(doubles.received()["maps"]).to.have.length(1);
    });
});
