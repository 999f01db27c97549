import { get, useLoaded } from "./api.ts";
import { Drawer } from "./drawer.tsx";
import { bytes } from "./format.ts";
import { onPage, Pages, pageNow } from "./paging.tsx";
import { Empty, Note, Problem, Time } from "./parts.tsx";
import { href, query, setQuery } from "./router.ts";

interface StoredObject {
    readonly bucket: string;
    readonly key: string;
    readonly bytes: number;
    readonly modified: string;
}

export function Objects() {
    const { value, error } = useLoaded(() => get<readonly StoredObject[]>("objects", pageNow()), [pageNow().offset]);
    const shown = query.value.get("object");
    if (value?.length === 0) {
        return (
            <Empty title="No objects">
                What functions store in buckets shows here: press an action on the <a href={href()}>flow</a>.
            </Empty>
        );
    }
    return (
        <div class={shown === null ? "" : "beside"}>
            <div>
                <Note page="data/objects" />
                <Problem text={error} />
                <table class="list">
                    <thead>
                        <tr>
                            <th>Key</th>
                            <th class="number">Size</th>
                            <th>Changed</th>
                        </tr>
                    </thead>
                    <tbody>
                        {onPage(value).map(({ bucket, key, bytes: size, modified }) => (
                            <tr key={`${bucket} ${key}`}>
                                <td>
                                    <button type="button" class="quiet" onClick={() => setQuery({ object: key })}>
                                        {key}
                                    </button>
                                </td>
                                <td class="number">{bytes(size)}</td>
                                <td>
                                    <Time at={modified} />
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
                <Pages of={value ?? []} />
            </div>
            {shown !== null && (
                <Drawer title={shown.split("/").at(-1)} onClose={() => setQuery({ object: undefined })}>
                    <ObjectPreview objectKey={shown} />
                </Drawer>
            )}
        </div>
    );
}

/** A browser shows PDFs, texts and pictures itself. */
export function ObjectPreview({ objectKey }: { readonly objectKey: string }) {
    const url = `/_local/objects?key=${encodeURIComponent(objectKey)}`;
    return (
        <>
            <p>
                <a href={url} target="_blank" rel="noreferrer">
                    Open {objectKey}
                </a>
            </p>
            <iframe class="preview" src={url} title={objectKey} />
        </>
    );
}
