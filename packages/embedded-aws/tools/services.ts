import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { typesWithOutputs } from "../src/graph/outputs.ts";
import { provisioned } from "../src/provision/unprovisioned.ts";

const readme = join(import.meta.dirname, "../README.md");
const [begin, end] = ["<!-- services: npm run services -->\n", "<!-- end -->"];

/** What runs, of each module of the provider: README's table. */
function table(): string {
    const types = [...new Set([...Object.keys(provisioned), ...typesWithOutputs])].sort();
    const moduleOf = (type: string) => type.split(/[:/]/)[1] ?? type;
    const nameOf = (type: string) => type.split(":").at(-1) ?? type;
    const rows = [...new Set(types.map(moduleOf))].map((module) => {
        const own = types.filter((type) => moduleOf(type) === module);
        const whole = own.filter((type) => provisioned[type] === "").map(nameOf);
        const partly = own.filter((type) => provisioned[type]).map((type) => `${nameOf(type)}: ${provisioned[type]}`);
        const not = own.filter((type) => provisioned[type] === undefined).map(nameOf);
        return [`\`aws.${module}\``, whole.join(", "), partly.join("<br>"), not.join(", ")];
    });
    const lines = [["Module", "Runs", "Runs in part", "Is recorded alone"], ["---", "---", "---", "---"], ...rows];
    return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** README's text with the table as the code has it. */
export function readmeWithTable(): string {
    const text = readFileSync(readme, "utf8");
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from === -1 || to === -1) throw new Error(`README.md has no place for the table: ${begin}${end}`);
    return text.slice(0, from + begin.length) + table() + text.slice(to);
}

if (import.meta.main) writeFileSync(readme, readmeWithTable());
