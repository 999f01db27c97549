import { globSync, readFileSync } from "node:fs";

/** Every page that a reader of the project opens. */
export const pages = globSync(["*.md", "docs/**/*.md", "runtime/*/README.md", "packages/*/README.md"])
    .sort()
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));

/**
 * A block of shell commands. Its mark says why it does not run on the embedded cloud together with the others of its page:
 * `terminal` occupies a terminal of its own, `aws` needs an AWS account, `pulumi` Pulumi's command line tool and an account.
 */
export interface Block {
    readonly file: string;
    readonly mark: string;
    readonly text: string;
}

// Those of a package run in its folder, by its own tests.
const ofProduct = pages.filter(({ file }) => !file.startsWith("packages/"));

export const blocks: readonly Block[] = ofProduct.flatMap(({ file, text }) =>
    Array.from(text.matchAll(/^```sh(?: (\w+))?\n([\s\S]*?)^```/gm), ([, mark = "", block = ""]) => {
        return { file, mark, text: block };
    }),
);

/** Commands of a block; a line that ends in a backslash continues in the next. */
export const commandsOf = ({ text }: Block): string[] =>
    text
        .replaceAll(/\\\n\s*/g, "")
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
