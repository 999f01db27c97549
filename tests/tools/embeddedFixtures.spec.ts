import { readFileSync } from "node:fs";
import { expect } from "chai";
import { TaskQueue, Waits } from "embedded-aws/doubles";
import { doubles } from "../../tools/embedded/doubles.ts";

const read = (file: string) => readFileSync(`tools/embedded/${file}`, "utf8");
const definitions = () => doubles({ taskQueue: new TaskQueue(":memory:"), waits: new Waits(0.02) });

describe("The fixtures of the embedded cloud", () => {
    it("define doubles whose routes can answer", () => {
        for (const [name, routes] of Object.entries(definitions())) {
            expect(name).to.match(/^[\w-]+$/);
            if ("answer" in routes) continue;
            expect(routes, name).not.to.deep.equal([]);
            for (const { method, path, status } of routes) {
                expect(method, name).to.match(/^[A-Z]+$/);
                expect(path, name).to.match(/^\//);
                expect(status, name).to.be.within(200, 599);
            }
        }
    });

    it("name in secrets only doubles that there are", () => {
        const named = [...read("secrets.json").matchAll(/\{doubles\}\/([^"/]+)/g)].map(([, name = ""]) => name);
        expect(named).not.to.deep.equal([]);
        expect(definitions()).to.include.all.keys(named);
    });

    it("set one region for every stack, and what differs else for development alone", () => {
        const { dev, ...others } = JSON.parse(read("settings.json"));
        expect(others).to.deep.equal({ "*": { failover: null } });
        const { feed, checkout, ...more } = dev;
        expect(more).to.deep.equal({ webhooks: { allowedAddresses: ["127.0.0.1"] } });
        expect(checkout).to.have.all.keys("ucp");
        // Of each kind of receiver.
        const kinds = feed.targets.map(({ kind, hosted }: Record<string, unknown>) => [kind, hosted]);
        expect(kinds).to.deep.equal([
            ["acp", undefined],
            ["file", "public"],
            ["file", "signed"],
        ]);
    });
});
