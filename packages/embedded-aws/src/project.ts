import {
    type Dirent,
    existsSync,
    globSync,
    mkdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "yaml";

/** A folder that is no Pulumi project, or one without a program that Node can run. */
export class ProjectError extends Error {
    override readonly name = "ProjectError";
}

const endings = ["js", "mjs", "ts", "mts"];

/**
 * Where a project's program runs, and the file that it begins with, as Pulumi finds them: `main` in Pulumi.yaml, else the
 * nearest package.json's entry, else index.
 * @throws ProjectError
 */
export function programOf(projectDirectory: string): { readonly directory: string; readonly file: string } {
    const project = join(projectDirectory, "Pulumi.yaml");
    if (!existsSync(project)) throw new ProjectError(`${projectDirectory} is no Pulumi project: it has no Pulumi.yaml`);
    const main = textOf(recordIn(parse(readFileSync(project, "utf8")))["main"]);
    const given = join(projectDirectory, main ?? "");
    if (main !== undefined && !isFolder(given)) return { directory: dirname(given), file: fileAt(given) };
    const root = nearest(given, "package.json") ?? given;
    const manifest = join(root, "package.json");
    const entry = existsSync(manifest) ? entryIn(JSON.parse(readFileSync(manifest, "utf8"))) : undefined;
    // Pulumi, too, passes over an entry that is not there: often it is what a compiler would make.
    const found = entry !== undefined && existsSync(join(root, entry)) ? join(root, entry) : given;
    return { directory: given, file: fileAt(found) };
}

function entryIn(manifest: unknown): string | undefined {
    const { exports, main } = recordIn(manifest);
    const self = recordIn(exports)["."] ?? exports;
    const { default: byDefault, require, import: imported } = recordIn(self);
    return textOf(self) ?? textOf(byDefault ?? require ?? imported) ?? textOf(main);
}

function fileAt(path: string): string {
    const candidates = isFolder(path)
        ? endings.map((ending) => join(path, `index.${ending}`))
        : [path, ...endings.map((ending) => `${path}.${ending}`)];
    const file = candidates.find((candidate) => existsSync(candidate));
    if (file === undefined) throw new ProjectError(`there is no program at ${path} (${endings.join(", ")})`);
    return file;
}

/**
 * Every file below a project's folder but what is installed, hidden, aside or `apart`.
 * @param apart a folder that is not part of it
 */
export function filesOf(projectDirectory: string, apart?: string): string[] {
    const isExcluded = ({ parentPath, name }: Dirent) => isApart(join(parentPath, name), projectDirectory, apart);
    // `exclude` is asked of folders alone when they are not at the top.
    return globSync("**/*", { cwd: projectDirectory, withFileTypes: true, exclude: isExcluded })
        .filter((entry) => entry.isFile() && !isExcluded(entry))
        .map(({ parentPath, name }) => join(parentPath, name));
}

/** Whether a path below a project's folder is no part of its program: installed, hidden, in the folder `apart`, or aside. */
export function isApart(path: string, projectDirectory: string, apart?: string): boolean {
    const inside = relative(projectDirectory, path);
    if (inside === "") return false;
    return path === apart || /(^|[/\\])(node_modules$|node_modules[/\\]|\.)/.test(inside) || isAside(inside);
}

/**
 * Whether a path within a project is by its name of tests, documents or measurements, which programs do not read. Further
 * below, folders of these names may hold sources.
 */
export const isAside = (inside: string): boolean => /^(tests?|docs|bench)([/\\]|$)|\.md$/.test(inside);

/**
 * Gives code below a folder what Lambda's runtime has: the AWS SDK that the project has, and no package.json above it that
 * would make modules of CommonJS. Of other packages, functions have what is in their code.
 */
export function provideRuntime(projectDirectory: string, codeDirectory: string): void {
    const scope = "node_modules/@aws-sdk";
    const link = join(codeDirectory, scope);
    mkdirSync(dirname(link), { recursive: true });
    writeFileSync(join(codeDirectory, "package.json"), "{}\n");
    const installed = nearest(projectDirectory, scope);
    if (installed === undefined) return;
    rmSync(link, { force: true });
    symlinkSync(join(installed, scope), link, "junction");
}

/** The folder itself, or the nearest one above it, that has an entry of this name. */
export function nearest(directory: string, name: string): string | undefined {
    return ancestorsOf(directory).find((one) => existsSync(join(one, name)));
}

/** The folder itself and all folders above it, the nearest first. */
export function ancestorsOf(directory: string): string[] {
    const absolute = resolve(directory);
    const parent = dirname(absolute);
    return parent === absolute ? [absolute] : [absolute, ...ancestorsOf(parent)];
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const recordIn = (value: unknown): Record<string, unknown> =>
    typeof value === "object" && value !== null ? { ...value } : {};
