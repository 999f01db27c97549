import {
    Action,
    afterEntries,
    Badge,
    Details,
    Empty,
    Facts,
    get,
    now,
    PageHead,
    Problem,
    post,
    span,
    Time,
    type Tone,
    useLoaded,
} from "embedded-aws/console/kit";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Products, ShownFeed } from "../shown.ts";
import { isAllowed, isEmbedded } from "./source.ts";

/** Where products are told: how each feed stands, what it leaves out and why, and what its API has not. */
export function FeedsPage() {
    const { value, error, reload } = useLoaded(() => get<readonly ShownFeed[]>("program/feeds"), []);
    useEffect(() => afterEntries(({ what, where }) => what === "invocation" && where.startsWith("feed-"), reload), []);
    return (
        <>
            <PageHead title="Feeds" lead="Where agents and search engines are told of the products" />
            <Problem text={error} />
            {value?.length === 0 && (
                <Empty title="No feed">
                    The setting <code>feed.targets</code> of the stack's file adds one.
                </Empty>
            )}
            {(value ?? []).map((feed) => (
                <FeedCard key={feed.name} feed={feed} onChange={reload} />
            ))}
        </>
    );
}

function FeedCard({ feed, onChange }: { readonly feed: ShownFeed; onChange(): void }) {
    const { name, kind, sells, state, runningSince, leftOut, unsent, bound } = feed;
    const [tone, word] = standing(feed);
    const build = async () => {
        await post("program/build-feed", { feed: name });
        onChange();
    };
    return (
        <section class="card" aria-label={name}>
            <header>
                <h2>{name}</h2>
                <Badge tone={tone}>{word}</Badge>
                <span class="muted">
                    {kind}, for {sells}
                </span>
                <Action run={build} disabled={!isAllowed()}>
                    Build anew
                </Action>
            </header>
            <Problem text={state.lastError} />
            <Facts
                of={[
                    ["last run", state.lastSnapshotAt === undefined ? "never" : <Time at={state.lastSnapshotAt} />],
                    ...(runningSince === undefined
                        ? []
                        : [["runs since", <Time key="r" at={runningSince} />] as const]),
                    ...(state.rows === undefined
                        ? []
                        : [["told then", `${state.rows} products, ${state.leftOut ?? 0} left out`] as const]),
                    ...(state.lastPushAt === undefined
                        ? []
                        : [["last taken", <Time key="p" at={state.lastPushAt} />] as const]),
                    ...(feed.paths.length === 0 ? [] : [["where", <Paths key="w" paths={feed.paths} />] as const]),
                ]}
            />
            <ProductList
                name={`${name} left out`}
                title="left out"
                products={leftOut}
                why={({ lacks }) => `lacks ${lacks.join(", ")}`}
            />
            {feed.isPushed && (
                <ProductList name={`${name} unsent`} title="not sent" products={unsent} why={({ why }) => why} />
            )}
            {bound !== undefined && (
                <p class="muted">Of the first {bound.toLocaleString("en")} products; the last run counted all.</p>
            )}
        </section>
    );
}

function standing({ state, runningSince }: ShownFeed): readonly [Tone, string] {
    const { pausedUntil = 0, failures = 0, lastSnapshotAt } = state;
    if (pausedUntil > now.value) return ["bad", `paused for ${span(pausedUntil - now.value)}`];
    if (failures > 0) return ["bad", `failed ${failures} ${failures === 1 ? "time" : "times"}`];
    if (runningSince !== undefined) return ["busy", "being built"];
    return lastSnapshotAt === undefined ? ["warn", "not built yet"] : ["good", "up to date"];
}

const Paths = ({ paths }: { readonly paths: readonly string[] }) => (
    <ul class="plain">
        {paths.map((path) => (
            <li key={path}>{isEmbedded() && path.startsWith("/") ? <a href={path}>{path}</a> : <code>{path}</code>}</li>
        ))}
    </ul>
);

interface ProductListProps<Product> {
    readonly name: string;
    readonly title: string;
    readonly products: Products<Product>;
    why(product: Product): ComponentChildren;
}

function ProductList<Product extends { readonly productId: string }>({
    name,
    title,
    products: { count, first },
    why,
}: ProductListProps<Product>) {
    if (count === 0) return <p class="muted">0 {title}</p>;
    return (
        <Details
            name={name}
            head={
                <>
                    <Badge tone="warn">{count}</Badge> {title}
                </>
            }
        >
            <table class="list">
                <thead>
                    <tr>
                        <th>Product</th>
                        <th>Why</th>
                    </tr>
                </thead>
                <tbody>
                    {first.map((product) => (
                        <tr key={product.productId}>
                            <td>
                                <code>{product.productId}</code>
                            </td>
                            <td>{why(product)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
            {count > first.length && (
                <p class="muted">
                    The first {first.length} of {count}: <code>npm run feed -- validate</code> lists all.
                </p>
            )}
        </Details>
    );
}
