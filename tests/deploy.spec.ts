import { readFileSync } from "node:fs";
import { expect } from "chai";
import { leaves } from "../components/settings/schema.ts";
import { type Block, blocks, commandsOf } from "./blocks.ts";
import { graphOf, type Recorded } from "./graph.ts";

// Blocks that need an AWS account or Pulumi's command line tool do not run in tests: their commands, options, names of
// secrets, outputs and settings are held to the program.
const marked = blocks.filter(({ mark }) => mark === "aws" || mark === "pulumi");
const all = marked.flatMap((block) => commandsOf(block).map((command) => ({ page: block.file, command })));

/** The commands of the first block of a page after a heading. */
const below = (file: string, heading: string): string[] => {
    const [, section = ""] = readFileSync(file, "utf8").split(`\n${heading}\n`);
    const block = marked.find((one: Block) => one.file === file && section.includes(one.text));
    return block === undefined ? [] : commandsOf(block);
};

const deploying = [...below("README.md", "## Deploy it"), ...below("docs/operations/deploy.md", "### Production")];

const stackOf = (command: string) =>
    /(?:-s|--stack|--env|stack init) (dev|prod)\b|-(dev|prod)\b/.exec(command)?.slice(1).find(Boolean);
/** Gives a secret its value, or reads the outputs of a deployed stack. */
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

    it("creates a stack, runs the doctor, deploys, and gives secrets their values afterwards", () => {
        for (const stack of graphs.keys()) {
            const own = deploying.filter((command) => stackOf(command) === stack);
            const [init, doctor, up] = [/stack init/, /npm run doctor/, /^npm run up/].map((step) =>
                own.findIndex((command) => step.test(command)),
            ) as [number, number, number];
            expect([init, doctor, up], own.join("\n")).to.deep.equal([0, 1, 2]);
            const early = own.slice(0, own.findIndex(isUp)).filter((command) => needsStack.test(command));
            expect(early, `before up of ${stack}`).to.deep.equal([]);
        }
        expect(deploying.filter((command) => needsStack.test(command))).not.to.be.empty;
    });

    it("names secrets of the program, and gives each one its value that the operator provides", () => {
        for (const [stack, graph] of graphs) {
            const secrets = graph.of("aws:secretsmanager/secret:Secret").map(({ inputs }) => String(inputs["name"]));
            const named = all
                .flatMap(({ command }) => /--secret-id (\S+)/.exec(command)?.[1] ?? [])
                .filter((name) => name.endsWith(`-${stack}`));
            expect(secrets).to.include.members(named);
            // An open stack without payments works without values.
            if (stack === "dev") continue;
            const own = deploying.filter((command) => stackOf(command) === stack);
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
                // Optional: customers that are not sent to Segment.
                .filter((name) => !name.startsWith("commerce-segment"));
            expect(given).to.include.members(owed);
        }
    });

    it("names commands, outputs and settings of the program", () => {
        const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
        for (const { command, page } of all) {
            const names = Array.from(command.matchAll(/npm run (?:--silent )?([\w:]+)/g), ([, name = ""]) => name);
            for (const name of names) expect(scripts, `${page}: ${command}`).to.have.property(name);
            for (const [, output = ""] of command.matchAll(/stack output (\w+)/g)) {
                expect(graphs.get(stackOf(command) ?? "dev")?.outputs, `${page}: ${command}`).to.have.property(output);
            }
            for (const [, setting = ""] of command.matchAll(/config (?:set|rm|get) (?:--\w+ )*'commerce:([^'[]+)/g)) {
                const isKnown = leaves.some(({ path }) => `${path}.`.startsWith(`${setting}.`));
                const isTable = leaves.some(({ path }) => `${setting}.`.startsWith(`${path}.`));
                // A guide that adds a setting sets it, too.
                const isAdded = readFileSync(page, "utf8").includes(`"${setting.split(".").at(-1)}": {`);
                expect(isKnown || isTable || isAdded, `${page}: ${command}`).to.equal(true);
            }
        }
    });

    it("turns protection off by the stack's own name before it destroys", () => {
        const commands = below("docs/operations/deploy.md", "## Delete a stack");
        const at = (step: RegExp) => commands.findIndex((command) => step.test(command));
        const order = [
            at(/config set --path 'commerce:deployment.takeDown' prod -s prod/),
            at(/pulumi up -s prod/),
            at(/pulumi destroy -s prod/),
        ];
        expect(order).to.deep.equal([0, 1, 2]);
    });

    for (const { file, mark, text } of marked) {
        const [first = ""] = text.split("\n");
        const needs = mark === "aws" ? "an AWS account" : "Pulumi's command line tool and an AWS account";
        it(`not run here, needs ${needs}: ${first} … (${file})`);
    }
});
