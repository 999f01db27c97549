import type { RoleReport } from "./identity/access.ts";

/** `npm run local:permissions`: what each role of the running cloud may do and has not used, and what it was refused. */
const url = `http://127.0.0.1:${process.env["PORT"] ?? "8787"}/_local/permissions`;

const answer = await fetch(url).catch(() => undefined);
if (answer === undefined || !answer.ok) {
    console.error(
        `nothing answers at ${url}: run "npm start" first, and use the system, so that there is something to tell`,
    );
    process.exit(1);
}
// Both ends of this request are of this project.
const reports = (await answer.json()) as RoleReport[];

for (const { roleArn, used, unused, denied } of reports) {
    console.log(`${roleArn}: ${used.length} of ${used.length + unused.length} rights used`);
    for (const { action, resource } of unused) console.log(`  unused  ${action}  ${resource}`);
    for (const { action, resource, count } of denied) console.log(`  denied  ${action}  ${resource}  (${count} times)`);
}
