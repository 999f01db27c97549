import "./app.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { DataPage } from "./data.tsx";
import { type Extension, extend, extension, type Page } from "./extension.ts";
import { FailuresPage, failureCount, followFailures } from "./failures.tsx";
import { FlowPage } from "./flow.tsx";
import { isLive } from "./live.ts";
import { MailPage } from "./mail.tsx";
import { Palette } from "./palette.tsx";
import { Empty, PageHead } from "./parts.tsx";
import { RightsPage } from "./rights.tsx";
import { followLinks, href, segments } from "./router.ts";
import { TracePage } from "./trace.tsx";

const own: readonly Page[] = [
    { path: "", title: "Flow", group: "Watch", show: () => <FlowPage /> },
    { path: "trace", title: "Trace", group: "Watch", show: (parts) => <TracePage parts={parts} /> },
    { path: "failures", title: "Failures", group: "Watch", show: () => <FailuresPage /> },
    { path: "data", title: "Data", group: "Inside", show: (parts) => <DataPage parts={parts} /> },
    { path: "mail", title: "Mail", group: "Inside", show: (parts) => <MailPage parts={parts} /> },
    { path: "rights", title: "Rights", group: "Inside", show: () => <RightsPage /> },
];

/** Of the console, then of the program, by their groups. */
const pagesNow = (): readonly Page[] => [...own, ...extension().pages];

const isSearching = signal(false);

/** Ctrl-K, or ⌘K, on every page. */
function followKeys(): void {
    window.addEventListener("keydown", (event) => {
        if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        isSearching.value = true;
    });
}

function setSearching(value: boolean): void {
    isSearching.value = value;
}

function App() {
    useEffect(followFailures, []);
    const [first = "", ...parts] = segments.value;
    const page = pagesNow().find(({ path }) => path === first);
    useEffect(() => {
        document.title = `${page?.title ?? "Not found"} · Console`;
    }, [page]);
    return (
        <>
            <a class="skip" href="#main">
                Skip to the content
            </a>
            <Menu current={first} search={() => setSearching(true)} />
            <main id="main" tabIndex={-1}>
                {page === undefined ? <NoPage path={first} /> : page.show(parts)}
            </main>
            {isSearching.value && <Palette pages={pagesNow()} onClose={() => setSearching(false)} />}
        </>
    );
}

const NoPage = ({ path }: { readonly path: string }) => (
    <>
        <PageHead title="No such page" />
        <Empty title={`There is no page ${path}`}>
            Choose one of the menu, or begin at the <a href={href()}>flow</a>.
        </Empty>
    </>
);

function Menu({ current, search }: { readonly current: string; search(): void }) {
    const groups = Map.groupBy(
        pagesNow().filter(({ isHidden }) => isHidden !== true),
        ({ group }) => group,
    );
    const dead = failureCount.value;
    return (
        <nav class="menu" aria-label="Console">
            <button type="button" class="search" onClick={search}>
                Search <kbd>Ctrl K</kbd>
            </button>
            {[...groups].map(([group, pages]) => (
                <section key={group}>
                    <h2>{group}</h2>
                    <ul>
                        {pages.map(({ path, title }) => (
                            <li key={path}>
                                <a
                                    href={path === "" ? href() : href(path)}
                                    aria-current={path === current ? "page" : undefined}
                                >
                                    {title}
                                    {path === "failures" && dead > 0 && (
                                        <span class="badge bad">
                                            <span aria-hidden="true">✕</span>
                                            {dead}
                                        </span>
                                    )}
                                </a>
                            </li>
                        ))}
                    </ul>
                </section>
            ))}
            <p class="live" role="status">
                <span class={isLive.value ? "dot on" : "dot"} aria-hidden="true" />
                {isLive.value ? (extension().noteOf?.("live") ?? "live") : "not connected"}
            </p>
        </nav>
    );
}

/** @param program what the program adds */
export function start(program?: Extension): void {
    if (program !== undefined) extend(program);
    const root = document.getElementById("app");
    if (root === null) throw new Error("the page has no place for the console");
    followLinks();
    followKeys();
    render(<App />, root);
}
