import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as esbuild from "esbuild";
import { buildAll } from "../../components/parts/bundle.ts";
import { BenchError } from "../benchError.ts";
import {
    type Call,
    completeSession,
    createByPlatform,
    createByPlatformKey,
    createByPlatformTool,
    createByTool,
    createByVersion,
    createInvalid,
    createSession,
    postOrder,
} from "./calls.ts";
import { cert } from "./certificate.ts";

/** A bundle and the request it is measured with. */
export interface Candidate {
    readonly name: string;
    readonly file: string;
    readonly call: Call;
    /** The certificate's file of an AWS over TLS, which it calls then, as on Lambda. @default without TLS */
    readonly tls?: string;
    /** The same request in the source system's stack. */
    readonly incumbent?: Candidate;
}

/** The callbacks that are measured as they are deployed, each with a request. */
export const requests = {
    receive: { name: "receive", entry: "orderIntake/receive", call: postOrder },
    manage: { name: "manage", entry: "checkoutSessions/manage", call: createSession },
    ...byVersion(),
    complete: { name: "complete (sandbox)", entry: "checkoutSessions/complete", call: completeSession },
    refusing: { name: "manage, refusing", entry: "checkoutSessions/manage", call: createInvalid },
    mcp: { name: "mcp", entry: "checkoutSessions/mcp", call: createByTool },
    ucp: { name: "ucp, signed", entry: "checkoutSessions/ucp", call: createByPlatform },
    ucpKey: { name: "ucp, API key", entry: "checkoutSessions/ucp", call: createByPlatformKey },
    ucpTool: { name: "mcp, UCP", entry: "checkoutSessions/mcp", call: createByPlatformTool },
} satisfies Record<string, { name: string; entry: string; call: Call }>;

/** A request in each older version of ACP. */
function byVersion() {
    const speaking = (version: string) => {
        const call = createByVersion[version];
        if (call === undefined) throw new BenchError(`there is no request of ACP ${version}`);
        return { name: `manage, ACP ${version}`, entry: "checkoutSessions/manage", call };
    };
    return {
        manage20250929: speaking("2025-09-29"),
        manage20251212: speaking("2025-12-12"),
        manage20260116: speaking("2026-01-16"),
        manage20260130: speaking("2026-01-30"),
    };
}

/** Builds what is compared side by side, below `directory`. */
export async function buildCandidates(directory: string) {
    const entries = [...new Set(Object.values(requests).map(({ entry }) => `${entry}.lean`))];
    const file = await callbackFiles(directory, [...entries, "orderIntake/receive", "checkoutSessions/manage"]);
    const own = (name: keyof typeof requests) => {
        const { entry, ...request } = requests[name];
        return { ...request, file: file(`${entry}.lean`) };
    };
    const incumbents = await buildIncumbents(directory);
    const receive = file("orderIntake/receive.lean");
    const receiveIncumbent = { name: "receive, incumbent", file: incumbents.receive, call: postOrder };
    const manageIncumbent = { name: "manage, incumbent", file: incumbents.checkout, call: createSession };
    const tls = written(cert, join(directory, "certificate.pem"));
    const overTls = { ...receiveIncumbent, name: "receive, incumbent, TLS", tls };
    const refusingIncumbent = { ...manageIncumbent, name: "manage, incumbent, refusing", call: createInvalid };
    return {
        bare: {
            name: "bare handler",
            file: await bundled("bare.ts", join(directory, "bare.cjs")),
            call: { ...createSession, status: 200 },
        },
        receive: { ...own("receive"), incumbent: receiveIncumbent },
        receiveFull: {
            name: "receive, AWS SDK",
            file: file("orderIntake/receive"),
            call: postOrder,
            incumbent: receiveIncumbent,
        },
        receiveNoPreWarm: {
            name: "receive, no pre-warm",
            file: written(
                withoutPreWarm(readFileSync(receive, "utf8")),
                join(directory, "receive-no-pre-warm", "receive.mjs"),
            ),
            call: postOrder,
            incumbent: receiveIncumbent,
        },
        receiveIncumbent,
        receiveOverTls: { name: "receive, TLS", file: receive, call: postOrder, tls, incumbent: overTls },
        receiveIncumbentOverTls: overTls,
        manage: { ...own("manage"), incumbent: manageIncumbent },
        manageFull: {
            name: "manage, AWS SDK",
            file: file("checkoutSessions/manage"),
            call: createSession,
            incumbent: manageIncumbent,
        },
        manageIncumbent,
        complete: { ...own("complete"), incumbent: manageIncumbent },
        edge: {
            name: "manage, until it needs AWS",
            file: await bundled("edge.ts", join(directory, "edge.cjs")),
            call: createSession,
        },
        refusing: { ...own("refusing"), incumbent: refusingIncumbent },
        refusingIncumbent,
        manage20250929: own("manage20250929"),
        manage20251212: own("manage20251212"),
        manage20260116: own("manage20260116"),
        manage20260130: own("manage20260130"),
        mcp: own("mcp"),
        ucp: own("ucp"),
        ucpKey: own("ucpKey"),
        ucpTool: own("ucpTool"),
    } satisfies Record<string, Candidate>;
}

/** The bundle of one callback with the AWS SDK. */
export async function callbackFile(entry: string, directory: string): Promise<string> {
    return (await callbackFiles(directory, [entry]))(entry);
}

/** The incumbents' bundles: as the source system builds, one CommonJS file each. */
export async function buildIncumbents(directory: string) {
    installIncumbent();
    return {
        receive: await bundled("../incumbent/receive.ts", join(directory, "incumbent", "receive.cjs")),
        checkout: await bundled("../incumbent/checkout.ts", join(directory, "incumbent", "checkout.cjs")),
    };
}

/**
 * The file of each of these bundles, written below `directory` with what it loads later.
 * @param names as `buildAll` has them: with `.lean`, the lean clients are in them
 */
async function callbackFiles(directory: string, names: readonly string[]): Promise<(name: string) => string> {
    const built = await buildAll(names);
    for (const [name, { files }] of built) {
        for (const file of files) {
            if ("text" in file) written(file.text, join(directory, name, file.name));
        }
    }
    return (name) => {
        if (!built.has(name)) throw new BenchError(`there is no callback ${name}`);
        return join(directory, name, `${basename(name, ".lean")}.mjs`);
    };
}

/** The same bundle less the call that it makes while it initialises. */
function withoutPreWarm(code: string): string {
    const rest = code.replace(
        /await [\w$]+\.send\((?:(?!await).)*?AbortSignal\.timeout\([^)]*\)\}\)\.catch\([^;]*?\);/s,
        "",
    );
    if (rest === code) throw new BenchError("the pre-warm was not found in the bundle of orderIntake/receive");
    return rest;
}

function written(code: string, file: string): string {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    return file;
}

/**
 * Minified for Node.js 24 although the source system's document says otherwise (not minified, es2020): that is half
 * the bytes and starts sooner, and the comparison is to be with the incumbent at its best.
 */
async function bundled(entry: string, outfile: string): Promise<string> {
    await esbuild.build({
        entryPoints: [join(import.meta.dirname, entry)],
        outfile,
        bundle: true,
        platform: "node",
        target: "node24",
        format: "cjs",
        mainFields: ["module", "main"],
        minify: true,
        legalComments: "none",
        logLevel: "error",
    });
    return outfile;
}

/** The incumbent's packages are its own, and installed when they are missing: nothing of the project needs them. */
function installIncumbent(): void {
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, "../../tools/install.js")], {
        cwd: join(import.meta.dirname, "../incumbent"),
        // What is printed on standard output may be for a machine.
        stdio: ["ignore", 2, 2],
    });
    if (status !== 0) throw new BenchError("the incumbent's dependencies are missing: see the message above");
}
