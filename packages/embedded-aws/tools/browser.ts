import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/**
 * A browser that is here: the one that CHROMIUM_PATH names, an installed one, or on Linux that of a package. Undefined where
 * there is none: tests are then skipped by name.
 */
export async function startBrowser(): Promise<Browser | undefined> {
    const { CHROMIUM_PATH: given, PATH = "" } = process.env;
    const installed = PATH.split(delimiter)
        .flatMap((folder) => names.map((name) => join(folder, name)))
        .find(isExecutable);
    const here = given ?? installed;
    if (here !== undefined) return await chromium.launch({ executablePath: here, args: ["--no-sandbox"] });
    if (process.platform !== "linux" || process.arch !== "x64") return undefined;
    const { default: packed } = await import("@sparticuz/chromium");
    // Not with the package's own arguments, which switch off what protects pages from each other.
    const args = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--headless=shell"];
    return await chromium.launch({ executablePath: await packed.executablePath(), args });
}

function isExecutable(path: string): boolean {
    try {
        accessSync(path, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
