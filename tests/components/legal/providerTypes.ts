import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "embedded-aws/recorder";
import ts from "typescript";
import { isKnown } from "./rule.ts";

/** Raised when the provider's types hold something that this reading of them does not know. */
export class UnreadableTypes extends Error {
    override readonly name = "UnreadableTypes";
}

/** What an input must be, as far as the provider's types say. */
type Check = (value: unknown, path: string) => string[];

/**
 * Faults of a resource's inputs against the types of its provider: a key that the type does not have or has deprecated,
 * a required one that is missing, a value of another kind. What is unknown in a preview is present and of any kind.
 */
export function faultsAgainstTypes({ type, name, inputs }: Resource): string[] {
    const args = argumentsOf(type);
    return args(type.startsWith("pulumi:providers:") ? decoded(inputs) : inputs, name);
}

/** A provider's inputs travel as text; lists and objects as JSON. */
const decoded = (inputs: Resource["inputs"]) =>
    Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => {
            const isJson = typeof value === "string" && /^([[{]|true$|false$)/.test(value);
            return [key, isJson ? JSON.parse(value) : value];
        }),
    );

const byType = new Map<string, Check>();

/** `aws:sqs/queue:Queue` is `QueueArgs` in `@pulumi/aws/sqs/queue.d.ts`, `awsx:ec2:Vpc` in `@pulumi/awsx/ec2/vpc.d.ts`. */
function argumentsOf(type: string): Check {
    const known = byType.get(type);
    if (known !== undefined) return known;
    const [first = "", second = "", third = ""] = type.split(":");
    const isProvider = first === "pulumi";
    const path = isProvider ? "provider" : second.includes("/") ? second : `${second}/${lowerFirst(third)}`;
    const source = sourceOf(isProvider ? third : first, `${path}.d.ts`);
    const check = checkOfInterface(source, source, isProvider ? "ProviderArgs" : `${third}Args`);
    byType.set(type, check);
    return check;
}

/** A file of declarations; names inside are looked up in its namespaces. */
interface Source {
    readonly package: string;
    readonly file: ts.SourceFile;
}

/** Where declarations stand: a file, or a namespace in it. */
interface Scope {
    readonly package: string;
    readonly statements: ts.NodeArray<ts.Statement>;
}

const sources = new Map<string, Source & Scope>();

function sourceOf(of: string, path: string): Source & Scope {
    const name = join("node_modules/@pulumi", of, path);
    const known = sources.get(name);
    if (known !== undefined) return known;
    if (!existsSync(name)) throw new UnreadableTypes(`there is no ${name}`);
    const text = readFileSync(name, "utf8");
    const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
    const file = ts.createSourceFile(name, text, options);
    const source = { package: of, file, statements: file.statements };
    sources.set(name, source);
    return source;
}

const checks = new Map<ts.Node, Check>();

function checkOfInterface(source: Source, scope: Scope, name: string): Check {
    const declaration = scope.statements.find(
        (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === name,
    );
    if (declaration === undefined) throw new UnreadableTypes(`${source.file.fileName} has no ${name}`);
    const known = checks.get(declaration);
    if (known !== undefined) return known;
    const members = new Map<string, () => Member>();
    for (const member of declaration.members) {
        if (!ts.isPropertySignature(member) || member.type === undefined) {
            throw new UnreadableTypes(`${name} has a member that is no property`);
        }
        const { type } = member;
        const deprecated = /@deprecated/.test(source.file.text.slice(member.pos, type.pos));
        const required = member.questionToken === undefined;
        members.set(nameOf(member.name), () => ({ required, deprecated, check: checkOf(type, source) }));
    }
    const check: Check = (value, path) => {
        if (!isObject(value)) return [`${path} is ${shown(value)}: ${name} is an object`];
        const surplus = Object.keys(value).filter((key) => !members.has(key));
        return [
            ...surplus.map((key) => `${path}.${key}: ${name} has no such input`),
            ...[...members].flatMap(([key, member]) => faultsOfMember(value, key, member, path)),
        ];
    };
    checks.set(declaration, check);
    return check;
}

interface Member {
    readonly required: boolean;
    readonly deprecated: boolean;
    readonly check: Check;
}

/** A member's type is read when a value for it turns up: most never do. */
function faultsOfMember(value: object, key: string, read: () => Member, path: string): string[] {
    const { required, deprecated, check } = read();
    if (!(key in value)) return required ? [`${path}.${key} is required`] : [];
    const given = Reflect.get(value, key);
    if (!isKnown(given)) return [];
    return [...(deprecated ? [`${path}.${key} is deprecated`] : []), ...check(given, `${path}.${key}`)];
}

function checkOf(node: ts.TypeNode, source: Source): Check {
    if (ts.isUnionTypeNode(node)) return checkOfUnion(node, source);
    if (ts.isParenthesizedTypeNode(node)) return checkOf(node.type, source);
    if (ts.isArrayTypeNode(node)) return listOf(checkOf(node.elementType, source));
    if (ts.isTypeLiteralNode(node)) return checkOfMap(node, source);
    if (ts.isTypeReferenceNode(node)) return checkOfReference(node, source);
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return literal([node.literal.text]);
    switch (node.kind) {
        case ts.SyntaxKind.StringKeyword:
            return primitive("string");
        case ts.SyntaxKind.NumberKeyword:
            return primitive("number");
        case ts.SyntaxKind.BooleanKeyword:
            return primitive("boolean");
        case ts.SyntaxKind.AnyKeyword:
            return () => [];
        default:
            throw new UnreadableTypes(`${source.file.fileName}: ${node.getText(source.file)}`);
    }
}

/** `string | enums.lambda.Runtime` is read as the enumeration: the provider passes any text on, AWS refuses it. */
function checkOfUnion({ types }: ts.UnionTypeNode, source: Source): Check {
    const present = types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    const named = present.filter((node) => /^enums\./.test(node.getText(source.file)));
    const read = (named.length > 0 ? named : present).map((node) => checkOf(node, source));
    return (value, path) => {
        const faults = read.map((check) => check(value, path));
        return faults.reduce((least, one) => (one.length < least.length ? one : least));
    };
}

function checkOfReference(node: ts.TypeReferenceNode, source: Source): Check {
    const name = node.typeName.getText(source.file);
    const [argument] = node.typeArguments ?? [];
    if (name === "pulumi.Input" && argument !== undefined) return checkOf(argument, source);
    if (name === "pulumi.asset.Archive") return instance(name, pulumi.asset.Archive.isInstance);
    if (name === "pulumi.asset.Asset") return instance(name, pulumi.asset.Asset.isInstance);
    if (name === "ARN") return primitive("string");
    const [, foreign, kind, path = ""] = /^(pulumiAws\.types\.)?(inputs?|enums)\.(.+)$/.exec(name) ?? [];
    const of = foreign === undefined ? source.package : "aws";
    if (kind === "enums") return enumeration(of, path);
    if (kind !== undefined) {
        const declarations = sourceOf(of, "types/input.d.ts");
        const { scope, last } = within(declarations, path);
        return checkOfInterface(declarations, scope, last);
    }
    // A resource in place of its ARN or name; on the way to the engine it has become one.
    return (value, at) => [`${at} is ${shown(value)}: not ${name}`];
}

/** `sqs.QueueAttribute` is the interface QueueAttribute in the namespace sqs. */
function within(source: Source & Scope, path: string): { scope: Scope; last: string } {
    const parts = path.split(".");
    const last = parts.pop() ?? "";
    let scope: Scope = source;
    for (const part of parts) {
        const space = scope.statements.find(
            (node): node is ts.ModuleDeclaration => ts.isModuleDeclaration(node) && node.name.text === part,
        );
        if (space?.body === undefined || !ts.isModuleBlock(space.body)) {
            throw new UnreadableTypes(`${source.file.fileName} has no namespace ${part}`);
        }
        scope = { package: source.package, statements: space.body.statements };
    }
    return { scope, last };
}

/** Enumerations are constants: `export declare const Runtime: { readonly NodeJS24dX: "nodejs24.x"; … }`. */
function enumeration(of: string, path: string): Check {
    const [module = "", name = ""] = path.split(".");
    const { file } = sourceOf(of, `types/enums/${module}/index.d.ts`);
    const body = new RegExp(`declare const ${name}: \\{([\\s\\S]*?)\\n\\};`).exec(file.text)?.[1];
    if (body === undefined) throw new UnreadableTypes(`${file.fileName} has no ${name}`);
    return literal([...body.matchAll(/readonly \w+: "([^"]*)";/g)].map(([, value = ""]) => value));
}

function checkOfMap({ members }: ts.TypeLiteralNode, source: Source): Check {
    const [member] = members;
    if (member === undefined || !ts.isIndexSignatureDeclaration(member) || members.length > 1) {
        throw new UnreadableTypes(`${source.file.fileName} has a type that is no map`);
    }
    const check = checkOf(member.type, source);
    return (value, path) =>
        isObject(value)
            ? Object.entries(value).flatMap(([key, element]) =>
                  isKnown(element) ? check(element, `${path}.${key}`) : [],
              )
            : [`${path} is ${shown(value)}: not a map`];
}

const listOf =
    (check: Check): Check =>
    (value, path) =>
        Array.isArray(value)
            ? value.flatMap((element, index) => (isKnown(element) ? check(element, `${path}[${index}]`) : []))
            : [`${path} is ${shown(value)}: not a list`];

const primitive =
    (kind: "string" | "number" | "boolean"): Check =>
    (value, path) =>
        typeof value === kind ? [] : [`${path} is ${shown(value)}: not a ${kind}`];

const literal =
    (values: readonly string[]): Check =>
    (value, path) =>
        values.some((one) => one === value) ? [] : [`${path} is ${shown(value)}: not one of ${values.join(", ")}`];

const instance =
    (name: string, isInstance: (value: unknown) => boolean): Check =>
    (value, path) =>
        isInstance(value) ? [] : [`${path} is no ${name}`];

const isObject = (value: unknown): value is object =>
    typeof value === "object" && value !== null && !Array.isArray(value) && !pulumi.asset.Archive.isInstance(value);

const nameOf = (name: ts.PropertyName): string => (ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "");

const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 80);

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
