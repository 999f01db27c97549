import { join, relative, sep } from "node:path";
import ts from "typescript";

/** A call of a library, or an object of one that is made or recognised. */
export interface LibraryCall {
    /** `runtime/orderIntake/receive.ts:12 client.send` */
    readonly what: string;
    /** Where its name is in the source: `runtime/orderIntake/receive.ts 12 8`, counted from 0. */
    readonly place: string;
    /** `GetCommand`, `send` */
    readonly name: string;
    /** Whether the library is the AWS SDK. */
    readonly isAws: boolean;
}

/** Libraries of which nothing is in a bundle: types, and what Node brings. */
const notBundled = /^(typescript|@types\/(node|aws-lambda)|undici-types)$/;

/** Every call of a library in the sources that can be reached from these files, types disregarded. */
export function libraryCalls(root: string, entries: readonly string[]): LibraryCall[] {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const program = ts.createProgram([...entries], { ...options, incremental: false });
    const checker = program.getTypeChecker();
    const ours = program.getSourceFiles().filter(({ fileName }) => !fileName.includes("/node_modules/"));
    return ours.flatMap((file) => [
        ...nodesOf(file).flatMap((node) => {
            const anchor = anchorOf(node);
            const libraries = librariesOf(node, checker);
            if (anchor === undefined || libraries.length === 0) return [];
            const { line, character } = file.getLineAndCharacterOfPosition(anchor.getStart(file));
            const isAws = libraries.some((library) => /^@(aws-sdk|smithy)\//.test(library));
            const path = relative(root, file.fileName).replaceAll(sep, "/");
            const text = node.getText(file).split("\n", 1)[0] ?? "";
            return [
                {
                    what: `${path}:${line + 1} ${text.slice(0, 80)}`,
                    place: `${path} ${line} ${character}`,
                    name: calledName(node),
                    isAws,
                },
            ];
        }),
    ]);
}

/**
 * The place by which a call, a construction or an `instanceof` is known again in a bundle, where all other names are
 * others; undefined for every other node.
 */
export function anchorOf(node: ts.Node): ts.Node | undefined {
    if (ts.isNewExpression(node)) return node;
    if (ts.isCallExpression(node)) return nameOf(node.expression);
    const isInstanceof = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
    return isInstanceof ? nameOf(node.right) : undefined;
}

/** `anchorOf` of a construction is the whole of it. */
function calledName(node: ts.Node): string {
    const named = ts.isNewExpression(node) ? nameOf(node.expression) : anchorOf(node);
    return named?.getText() ?? "";
}

const nameOf = (expression: ts.Expression) =>
    ts.isPropertyAccessExpression(expression) ? expression.name : expression;

export function nodesOf(file: ts.SourceFile): ts.Node[] {
    const nodes: ts.Node[] = [];
    const visit = (node: ts.Node) => {
        nodes.push(node);
        ts.forEachChild(node, visit);
    };
    visit(file);
    return nodes;
}

/** The packages that what is called may be of. */
function librariesOf(node: ts.Node, checker: ts.TypeChecker): string[] {
    const declared = declarationsOf(node, checker).map((declaration) => declaration.getSourceFile().fileName);
    return declared.flatMap((file) => {
        const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
        return name === undefined || notBundled.test(name) ? [] : [name];
    });
}

function declarationsOf(node: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
    if (ts.isBinaryExpression(node)) return checker.getTypeAtLocation(node.right).symbol?.declarations ?? [];
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
    const { declaration } = checker.getResolvedSignature(node) ?? {};
    if (declaration !== undefined) return [declaration];
    return checker.getTypeAtLocation(node).symbol?.declarations ?? [];
}
