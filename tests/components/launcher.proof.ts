import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { callOf } from "embedded-aws/recorder";
import { readStackConfig } from "embedded-aws/stackConfig";
import { before, describe, it } from "mocha";
import { parse } from "yaml";
import { type Changes, place, withChanges } from "../graph.ts";

const root = join(import.meta.dirname, "../..");
const { main } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { main?: string };
/** Where the engine has the program run, and looks for packages with plugins. */
const programDirectory = join(root, main ?? ".");

/** What is registered with the engine of the fields that these tests ask for. */
interface Registration {
    readonly type: string;
    readonly version: string;
    readonly code: string | undefined;
}

describe("the program under Pulumi's own launcher", () => {
    let registered: readonly Registration[];

    before(async function () {
        this.timeout(300_000);
        registered = await launch("dev");
    });

    it("has the engine fetch no plugin before the program asks for it", () => {
        expect(pluginsBelow(programDirectory)).to.deep.equal([]);
        expect(pluginsBelow(root).map((path) => path.slice(root.length + 1))).to.include.members([
            "node_modules/@pulumi/aws",
            "node_modules/@pulumi/awsx",
        ]);
    });

    for (const [network, packages] of [
        ["public", ["aws"]],
        ["vpc", ["aws", "awsx"]],
    ] as const) {
        it(`asks for plugins by the versions of the packages that it uses, and of no others (${network})`, async function () {
            this.timeout(300_000);
            const all = network === "public" ? registered : await launch("dev", { "network.availabilityZones": 2 });
            const asked = all.filter(({ type }) => !/^(commerce|pulumi:pulumi):/.test(type));
            const packageOf = (type: string) => type.replace(/^pulumi:providers:/, "").split(":")[0] ?? "";
            expect([...new Set(asked.map(({ type }) => packageOf(type)))]).to.have.members([...packages]);
            for (const { type, version } of asked) expect(version, type).to.equal(versionOf(packageOf(type)));
        });
    }

    it("leads from where it runs to the folders of its code", () => {
        const paths = registered.flatMap(({ code }) => code ?? []);
        expect(paths).not.to.deep.equal([]);
        for (const path of paths) expect(existsSync(resolve(programDirectory, path)), path).to.equal(true);
    });
});

const versionOf = (name: string): string =>
    JSON.parse(readFileSync(join(root, "node_modules/@pulumi", name, "package.json"), "utf8")).version;

/**
 * The packages with plugins that Pulumi's language host finds: every `package.json` in a folder below a `node_modules`.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/pulumi-language-nodejs/main.go (getPackagesFromDir)
 */
function pluginsBelow(directory: string, inModules = false): string[] {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
        const path = join(directory, entry.name);
        if (entry.isDirectory()) return pluginsBelow(path, inModules || directory.endsWith("/node_modules"));
        if (!inModules || entry.name !== "package.json") return [];
        try {
            return JSON.parse(readFileSync(path, "utf8")).pulumi?.resource === true ? [directory] : [];
        } catch {
            return [];
        }
    });
}

/** The parts of gRPC and of Pulumi's protocol that an engine is made of, as Pulumi itself has them. */
const part = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
const grpc: typeof import("@grpc/grpc-js") = part("@grpc/grpc-js");
const services: typeof import("@pulumi/pulumi/proto/resource_grpc_pb.js") = part("./proto/resource_grpc_pb.js");
const resources: typeof import("@pulumi/pulumi/proto/resource_pb.js") = part("./proto/resource_pb.js");
const engines: typeof import("@pulumi/pulumi/proto/engine_grpc_pb.js") = part("./proto/engine_grpc_pb.js");
const roots: typeof import("@pulumi/pulumi/proto/engine_pb.js") = part("./proto/engine_pb.js");
const { Empty }: typeof import("google-protobuf/google/protobuf/empty_pb.js") = part(
    "google-protobuf/google/protobuf/empty_pb.js",
);
const { Struct }: typeof import("google-protobuf/google/protobuf/struct_pb.js") = part(
    "google-protobuf/google/protobuf/struct_pb.js",
);

/** Has the launcher run the program in a preview, as the engine's language host does, and lists what it registers. */
async function launch(stack: string, settings: Changes = {}): Promise<Registration[]> {
    const { project, values } = readStackConfig(root, stack);
    const registered: Registration[] = [];
    const errors: string[] = [];
    const monitor: Partial<import("@pulumi/pulumi/proto/resource_grpc_pb.js").IResourceMonitorServer> = {
        supportsFeature: (_, answer) => answer(null, new resources.SupportsFeatureResponse().setHassupport(true)),
        registerResource: ({ request }, answer) => {
            const type = request.getType();
            const object = request.getObject();
            const { code } = (object?.toJavaScript() ?? {}) as { code?: { path?: string } };
            registered.push({ type, version: request.getVersion(), code: code?.path });
            answer(
                null,
                new resources.RegisterResourceResponse()
                    .setUrn(`urn:pulumi:${stack}::${project}::${type}::${request.getName()}`)
                    .setObject(object),
            );
        },
        registerResourceOutputs: (_, answer) => answer(null, new Empty()),
        invoke: ({ request }, answer) => {
            const result = callOf(request.getTok(), request.getArgs()?.toJavaScript() ?? {}, place);
            answer(
                null,
                new resources.ResourceInvokeResponse().setReturn(
                    Struct.fromJavaScript(result as Record<string, string>),
                ),
            );
        },
        signalAndWaitForShutdown: (_, answer) => answer(null, new Empty()),
    };
    const log: Partial<import("@pulumi/pulumi/proto/engine_grpc_pb.js").IEngineServer> = {
        log: ({ request }, answer) => {
            if (request.getSeverity() === roots.LogSeverity.ERROR) errors.push(request.getMessage());
            answer(null, new Empty());
        },
        getRootResource: (_, answer) => answer(null, new roots.GetRootResourceResponse()),
        setRootResource: (_, answer) => answer(null, new roots.SetRootResourceResponse()),
    };
    const server = new grpc.Server();
    server.addService(services.ResourceMonitorService, monitor as typeof monitor & Record<string, never>);
    server.addService(engines.EngineService, log as typeof log & Record<string, never>);
    const port = await promisify<string, import("@grpc/grpc-js").ServerCredentials, number>(
        server.bindAsync.bind(server),
    )("127.0.0.1:0", grpc.ServerCredentials.createInsecure());
    const address = `127.0.0.1:${port}`;
    const child = spawn(
        process.execPath,
        [
            ...[part.resolve("./cmd/run"), "--monitor", address, "--engine", address, "--project", project],
            ...["--stack", stack, "--pwd", programDirectory, "--dry-run", "--parallel", "16", "."],
        ],
        {
            env: { ...process.env, PULUMI_CONFIG: JSON.stringify(withChanges(values, project, settings)) },
            stdio: ["ignore", "inherit", "inherit"],
        },
    );
    try {
        const [code] = await once(child, "exit");
        expect(code, errors.join("\n")).to.equal(0);
    } finally {
        server.forceShutdown();
    }
    return registered;
}
