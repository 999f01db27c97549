// Where Pulumi starts the program. JavaScript, so that a Node that cannot read index.ts says so in one sentence: npm and npx
// bring the right one along, a `pulumi` of your own takes the one on the PATH.
import { RunError } from "@pulumi/pulumi";

// biome-ignore lint/style/noDefaultExport: only what this one returns can be asked for later than the check
export default async () => {
    if (!process.features.typescript) {
        throw new RunError(
            `Pulumi runs this program with Node ${process.versions.node}, which reads no TypeScript: put Node 22.18 or later on the PATH, or use npm run up and npx pulumi, which bring theirs along.`,
        );
    }
    // What takes longest goes on while the program is loaded. Whether it fails, the program will say.
    const { prepareAll } = await import("./parts/bundle.ts");
    prepareAll().catch(() => undefined);
    return { ...(await import("../index.ts")) };
};
