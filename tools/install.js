// Runs before `npm start` and `npm test`: a fresh clone, or one whose lock file moved on, installs itself.
// Plain JavaScript and no imports from node_modules, because at this point there may be none.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";

const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

// npm writes node_modules/.package-lock.json at the end of every install.
if (changedAt("node_modules/.package-lock.json") < changedAt("package-lock.json")) {
    console.log("installing dependencies (npm ci) ...");
    // npm tells its scripts which node and which npm run them: node_modules/.bin/node is about to be replaced.
    const { npm_node_execpath: node, npm_execpath: npm } = process.env;
    const [command, ...args] = node && npm ? [node, npm] : ["npm"];
    const { status } = spawnSync(command, [...args, "ci", "--no-audit", "--no-fund", "--loglevel=error"], {
        stdio: "inherit",
        shell: command === "npm" && process.platform === "win32",
    });
    if (status !== 0) {
        console.error("npm ci failed: see its message above. Nothing was started.");
        process.exit(1);
    }
}
