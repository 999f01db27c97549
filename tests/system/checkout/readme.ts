import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { eventually } from "../embedded.ts";
import type { Shop } from "../shopping.ts";

/** The commands that the README prints for a purchase: those that make it, and those that show what became of it. */
function printed(url: string): readonly string[] {
    const [, section = ""] = readFileSync("README.md", "utf8").split("### An agent buys something");
    const [purchase = "", outcome = ""] = Array.from(
        section.matchAll(/```bash\n(.*?)```/gs),
        ([, block = ""]) => block,
    );
    return [purchase.replace("http://127.0.0.1:8787", url), outcome];
}

export function readme(shop: Shop): void {
    it("sells by the commands that the README prints", async function () {
        if (["bash", "curl"].some((program) => spawnSync(program, ["--version"]).error !== undefined)) {
            console.log("      skipped: bash or curl is not installed");
            this.skip();
        }
        const [purchase = "", outcome = ""] = printed(shop.embedded.url);
        const folder = mkdtempSync(join(tmpdir(), "commerce-readme-"));
        const bash = (commands: string) => promisify(execFile)("bash", ["-euc", commands], { cwd: folder });
        try {
            const { stdout } = await bash(`${purchase}\necho "session $id"`);
            expect(stdout).to.match(/"name":"acp".*"status":"ready_for_payment".*"status":"completed"/s);
            const [, id = ""] = /\nsession (cs_\S+)\n/.exec(stdout) ?? [];
            await eventually(async () => {
                const shown = await bash(`shop=${shop.embedded.url}; id=${id}\n${outcome}`);
                expect(shown.stdout).to.match(/"status":"reserved"/);
                expect(shown.stdout).to.include('"path":"/selected_fulfillment_options"');
                expect(existsSync(join(folder, "confirmation.pdf"))).to.equal(true);
                expect(readFileSync(join(folder, "confirmation.pdf")).subarray(0, 5).toString()).to.equal("%PDF-");
            });
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
}
