import { expect } from "chai";
import { entries } from "../components/parts/bundle.ts";
import { below, codeIn, files, type Import, imports, isTest, sources } from "./sources.ts";

const cloud = "packages/embedded-aws";

const broken = (isBroken: (edge: Import) => boolean) =>
    imports.filter(isBroken).map(({ from, of }) => `${from} imports ${of}`);

/** What is left when everything is taken away, again and again, that imports nothing of the rest or that nothing imports. */
function circlesOf(edges: readonly (readonly [from: string, of: string])[]): string[] {
    const importing = new Set(edges.map(([from]) => from));
    const imported = new Set(edges.map(([, of]) => of));
    const left = edges.filter(([from, of]) => imported.has(from) && importing.has(of));
    return left.length < edges.length ? circlesOf(left) : [...new Set(left.map((edge) => edge.join(" imports ")))];
}

/** The two folders beside each other, one of which has the file that imports, the other what it imports. */
function siblingsOf({ from, of }: Import): [string, string] | undefined {
    const [importing, imported] = [from.split("/"), of.split("/")];
    const level = importing.findIndex((part, index) => part !== imported[index]);
    if (level >= importing.length - 1 || level >= imported.length - 1) return undefined;
    return [importing.slice(0, level + 1).join("/"), imported.slice(0, level + 1).join("/")];
}

/** `runtime/checkoutSessions/payment/stripe.ts` belongs to `runtime/checkoutSessions`. */
const domainOf = (path: string) => path.split("/", 2).join("/");

describe("imports", () => {
    it("are found", () => {
        expect(imports.length).to.be.greaterThan(100);
    });

    it("make no circle of files, nor of folders beside each other", () => {
        const inside = imports.filter(({ from, of }) => from !== of && sources.includes(of));
        expect(circlesOf(inside.map(({ from, of }) => [from, of]))).to.deep.equal([]);
        const folders = inside.map(siblingsOf).filter((pair) => pair !== undefined);
        expect(circlesOf(folders)).to.deep.equal([]);
    });

    it("take only types from runtime into components", () => {
        expect(
            broken(({ from, of, onlyTypes }) => below("components")(from) && below("runtime")(of) && !onlyTypes),
        ).to.deep.equal([]);
    });

    it("keep Pulumi and components out of runtime", () => {
        expect(
            broken(
                ({ from, of }) =>
                    below("runtime")(from) &&
                    (of.startsWith("@pulumi/") || below("components")(of) || below(cloud)(of)),
            ),
        ).to.deep.equal([]);
    });

    it("keep the embedded cloud ignorant of what runs on it", () => {
        const words = /\b(orders|orderId|checkout|webhooks?)\b/i;
        const knowing = sources.filter((file) => below(cloud)(file) && !isTest(file) && words.test(codeIn(file)));
        expect(knowing).to.deep.equal([]);
    });

    it("keep each package of packages/ to itself, and to others by name", () => {
        const packageOf = (path: string) => /^packages\/[^/]+/.exec(path)?.[0];
        const leaves = ({ from, of, as }: Import) => as.startsWith(".") && packageOf(from) !== packageOf(of);
        expect(broken(leaves)).to.deep.equal([]);
        const leads = ({ from, of }: Import) => below("packages")(from) && files.includes(of) && !below("packages")(of);
        expect(broken(leads)).to.deep.equal([]);
    });

    it("keep tests out of everything that a user runs", () => {
        expect(broken(({ from, of }) => !isTest(from) && !below("bench")(from) && isTest(of))).to.deep.equal([]);
    });

    it("let a callback use its own folder and what is shared, never another callback", () => {
        const callbacks = entries().map((entry) => `runtime/${entry}.ts`);
        expect(callbacks).to.have.length.greaterThan(6);
        expect(broken(({ from, of }) => below("runtime")(from) && callbacks.includes(of))).to.deep.equal([]);
        expect(
            broken(
                ({ from, of }) =>
                    below("runtime")(from) &&
                    below("runtime")(of) &&
                    !below("runtime/shared")(of) &&
                    domainOf(from) !== domainOf(of) &&
                    // Agents find in the catalogue what they buy.
                    !(below("runtime/checkoutSessions/products")(from) && below("runtime/catalog")(of)) &&
                    // Feeds tell what is in the catalogue.
                    !(below("runtime/feed")(from) && below("runtime/catalog")(of)),
            ),
        ).to.deep.equal([]);
    });

    it("leave what fails in part, or is refused because of others, to one module each", () => {
        const delicate = [
            "TransactWriteCommand",
            "TransactionCanceledException",
            "ConditionalCheckFailedException",
            "BatchGetCommand",
            "BatchWriteCommand",
            "PutEventsCommand",
            "PublishBatchCommand",
            "SendMessageBatchCommand",
        ];
        const users = (name: string) =>
            sources.filter((file) => below("runtime")(file) && new RegExp(`\\b${name}\\b`).test(codeIn(file)));
        const copied = delicate.map((name) => ({ name, users: users(name) })).filter((each) => each.users.length > 1);
        expect(copied).to.deep.equal([]);
    });
});
