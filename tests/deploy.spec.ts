import { readFileSync } from "node:fs";
import { expect } from "chai";
import { settingsTable } from "../components/settings/settings.ts";
import { graphOf, type Recorded } from "./graph.ts";

/** A command that a page tells the reader to give. */
interface Step {
    readonly page: string;
    readonly command: string;
}

/** The commands of the blocks below a heading, in their order; a line that goes on in the next is one. */
function stepsIn(page: string, heading: string): Step[] {
    const [, section = ""] = readFileSync(page, "utf8").split(`\n${heading}\n`);
    const [own = ""] = section.split(/^## /m);
    return Array.from(own.matchAll(/^```(?:bash|sh)\n([\s\S]*?)^```/gm), ([, block = ""]) => block)
        .flatMap((block) => block.replaceAll(/\\\n\s*/g, "").split("\n"))
        .flatMap((line) => line.replace(/\s+#\s.*$/, "").split(" && "))
        .filter((command) => command.trim() !== "")
        .map((command) => ({ page, command: command.trim() }));
}

const deploying = stepsIn("README.md", "## Deploy it");
const all = [
    ...deploying,
    ...stepsIn("docs/operations.md", "## Taking a stack down"),
    ...stepsIn("docs/operations.md", "## Products"),
];

const stackOf = (command: string) =>
    /(?:-s|--stack|--env|stack init) (dev|prod)\b|-(dev|prod)\b/.exec(command)?.slice(1).find(Boolean);
/** Gives a secret its value, or reads what only a stack that is there has. */
const needsStack = /put-secret-value|npm run (?:keys|smoke)|npm run --silent release|stack output/;
const isUp = (command: string) => /^npm run up\b/.test(command);

describe("the deployment as printed", () => {
    let graphs: ReadonlyMap<string, Recorded>;

    before(async () => {
        graphs = new Map([
            ["dev", await graphOf("dev")],
            ["prod", await graphOf("prod")],
        ]);
    });

    it("makes a stack, asks the doctor, makes what is in it, and only then gives secrets their values", () => {
        for (const stack of graphs.keys()) {
            const own = deploying.map(({ command }) => command).filter((command) => stackOf(command) === stack);
            const [init, doctor, up] = [/stack init/, /npm run doctor/, /^npm run up/].map((what) =>
                own.findIndex((command) => what.test(command)),
            ) as [number, number, number];
            expect([init, doctor, up], own.join("\n")).to.deep.equal([...[init, doctor, up]].sort((a, b) => a - b));
            expect(init).to.equal(0);
            const early = own.slice(0, own.findIndex(isUp)).filter((command) => needsStack.test(command));
            expect(early, `before up of ${stack}`).to.deep.equal([]);
            expect(own.filter((command) => needsStack.test(command))).not.to.be.empty;
        }
    });

    it("names secrets that the graph has, and gives each its value that the operator owes it", () => {
        for (const [stack, graph] of graphs) {
            const secrets = graph.of("aws:secretsmanager/secret:Secret").map(({ inputs }) => String(inputs["name"]));
            const own = all.map(({ command }) => command).filter((command) => stackOf(command) === stack);
            const named = own.flatMap((command) => /--secret-id (\S+)/.exec(command)?.[1] ?? []);
            expect(secrets).to.include.members(named);
            const given = [
                ...named,
                ...(own.some((one) => one.startsWith("npm run keys -- add")) ? [`commerce-api-keys-${stack}`] : []),
            ];
            const rotated = new Set(
                graph.of("aws:secretsmanager/secretRotation:SecretRotation").map(({ inputs }) => inputs["secretId"]),
            );
            const read = graph
                .of("aws:iam/rolePolicy:RolePolicy")
                .map(({ inputs }) => String(inputs["policy"]))
                .filter((policy) => policy.includes("secretsmanager:GetSecretValue"))
                .join();
            const owed = graph
                .of("aws:secretsmanager/secret:Secret")
                .filter(({ outputs }) => !rotated.has(outputs["arn"]) && read.includes(String(outputs["arn"])))
                .map(({ inputs }) => String(inputs["name"]))
                // Whose customers are not told to Segment needs none.
                .filter((name) => !name.startsWith("commerce-segment"));
            expect(given).to.include.members(owed);
        }
    });

    it("names commands, outputs and settings that there are", () => {
        const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
        for (const { command, page } of all) {
            const names = Array.from(command.matchAll(/npm run (?:--silent )?([\w:]+)/g), ([, name = ""]) => name);
            for (const name of names) expect(scripts, `${page}: ${command}`).to.have.property(name);
            for (const [, output = ""] of command.matchAll(/stack output (\w+)/g)) {
                expect(graphs.get(stackOf(command) ?? "dev")?.outputs, `${page}: ${command}`).to.have.property(output);
            }
            for (const [, setting = ""] of command.matchAll(/config (?:set|rm) (\w+)/g)) {
                expect(settingsTable, `${page}: ${command}`).to.have.property(setting);
            }
        }
    });

    it("takes protection off by the stack's own name, before it destroys", () => {
        const commands = stepsIn("docs/operations.md", "## Taking a stack down").map(({ command }) => command);
        const at = (what: RegExp) => commands.findIndex((command) => what.test(command));
        const order = [at(/config set takeDown prod -s prod/), at(/pulumi up -s prod/), at(/pulumi destroy -s prod/)];
        expect(order).to.deep.equal([0, 1, 2]);
    });

    // What is read above and run nowhere here: it needs an account, or a tool that comes from elsewhere.
    for (const { command, page } of all.filter(({ command }) =>
        /\baws \w|pulumi \w|npm run (?:up|preview|keys|doctor)/.test(command),
    )) {
        it(`not run here, needs ${/\baws |keys|doctor/.test(command) ? "AWS" : "Pulumi's tool"}: ${command} (${page})`);
    }
});
