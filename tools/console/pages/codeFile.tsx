import { Facts, isRecord } from "embedded-aws/console/kit";

/** The source of a function: the folder of its bundle is called like it, of a variant with that added (`components/parts/codeFolder.ts`). */
export function CodeFile({ inputs }: { readonly inputs: Readonly<Record<string, unknown>> }) {
    const folder = isRecord(inputs["code"]) ? String(inputs["code"]["folder"] ?? "") : "";
    const [, entry] = /\.bundles\/([^.]+)[.\w]*-[0-9a-f]{16}$/.exec(folder) ?? [];
    return entry === undefined ? null : <Facts of={[["source", <code key="c">runtime/{entry}.ts</code>]]} />;
}
