import type { RoleReport } from "embedded-aws/policies";
import { exitCodes, runCommand, UnreachableError } from "./operator/command.ts";

const usage = `npm run local:permissions                  what each role of the running cloud may do and has not used, and what it was refused
PORT                  where the cloud's API is (8787)`;

await runCommand({
    usage,
    options: {},
    words: 0,
    run: async ({ json }) => {
        const url = `http://127.0.0.1:${process.env["PORT"] ?? "8787"}/_local/permissions`;
        const answer = await fetch(url).catch(() => undefined);
        if (answer === undefined || !answer.ok) {
            throw new UnreachableError(`nothing answers at ${url}: run "npm start" first, and use the system`);
        }
        // Both ends of this request are of this project.
        const reports = (await answer.json()) as RoleReport[];
        if (json) console.log(JSON.stringify(reports));
        else for (const report of reports) print(report);
        return reports.some(({ denied }) => denied.length > 0) ? exitCodes.found : exitCodes.good;
    },
});

function print({ roleArn, used, unused, denied }: RoleReport): void {
    console.log(`${roleArn}: ${used.length} of ${used.length + unused.length} rights used`);
    for (const { action, resource } of unused) console.log(`  unused  ${action}  ${resource}`);
    for (const { action, resource, count } of denied) console.log(`  denied  ${action}  ${resource}  (${count} times)`);
}
