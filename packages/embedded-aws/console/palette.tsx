import { useEffect, useRef, useState } from "preact/hooks";
import { extension, type FoundThing, type Page } from "./extension.ts";
import { graphNow, shortName } from "./graph.ts";
import { Icon } from "./parts.tsx";
import { go, href } from "./router.ts";

interface Found {
    readonly title: string;
    readonly note: string;
    readonly kind: string;
    open(): unknown;
}

/** Finds pages, resources, actions, and whatever bears an id. */
export function Palette({ pages, onClose }: { readonly pages: readonly Page[]; onClose(): void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const [text, setText] = useState("");
    const [chosen, setChosen] = useState(0);
    useEffect(() => dialog.current?.showModal(), []);
    const [known, setKnown] = useState<readonly FoundThing[]>([]);
    const asked = text.trim();
    useEffect(() => {
        setKnown([]);
        const find = extension().find;
        if (find === undefined || !/^\S{4,}$/.test(asked)) return undefined;
        let isCurrent = true;
        const timer = setTimeout(() => {
            find(asked).then(
                (things) => isCurrent && setKnown(things),
                () => undefined,
            );
        }, 200);
        return () => {
            isCurrent = false;
            clearTimeout(timer);
        };
    }, [asked]);
    const things = known.map(({ title, note, link }) => ({ title, note, kind: "event", open: () => go(link) }));
    const found = [...things, ...search(asked, pages)].sort(exactFirst(asked)).slice(0, 12);
    const open = (one: Found | undefined) => {
        if (one === undefined) return;
        onClose();
        void one.open();
    };
    const keys = (event: KeyboardEvent) => {
        if (event.key === "ArrowDown") setChosen((index) => Math.min(index + 1, found.length - 1));
        else if (event.key === "ArrowUp") setChosen((index) => Math.max(index - 1, 0));
        else if (event.key === "Enter") open(found[chosen]);
        else return;
        event.preventDefault();
    };
    return (
        <dialog class="palette" ref={dialog} onClose={onClose} aria-label="Search">
            <input
                type="search"
                aria-label="Any id, page, resource or action"
                placeholder="Any id, page, resource or action"
                value={text}
                onInput={(event) => {
                    setText(event.currentTarget.value);
                    setChosen(0);
                }}
                onKeyDown={keys}
            />
            <ul aria-label="Found">
                {found.map((one, index) => (
                    <li key={`${one.kind} ${one.note} ${one.title}`}>
                        <button type="button" aria-current={index === chosen} onClick={() => open(one)}>
                            <Icon kind={one.kind} /> <span>{one.title}</span> <span class="muted">{one.note}</span>
                        </button>
                    </li>
                ))}
            </ul>
        </dialog>
    );
}

/** What is called just so stands before what contains it. */
const exactFirst = (text: string) => {
    const isOther = ({ title }: Found) => Number(title.toLowerCase() !== text.toLowerCase());
    return (one: Found, other: Found) => isOther(one) - isOther(other);
};

function search(text: string, pages: readonly Page[]): Found[] {
    const words = text.toLowerCase().split(/\s+/);
    const matches = (title: string) => words.every((word) => title.toLowerCase().includes(word));
    const link = extension().linkOf(text);
    const isId = /^[\w.:=-]{4,}$/.test(text);
    return [
        ...(link === undefined ? [] : [{ title: text, note: "open", kind: "event", open: () => go(link) }]),
        ...extension()
            .actions.filter(({ title }) => matches(title))
            .map(({ title, run }) => ({ title, note: "action", kind: "call", open: run })),
        ...pages
            .filter(({ title, isHidden }) => isHidden !== true && matches(title))
            .map(({ title, path, group }) => ({
                title,
                note: group,
                kind: "other",
                open: () => go(path === "" ? href() : href(path)),
            })),
        ...(graphNow()?.nodes ?? [])
            .filter(({ name }) => text !== "" && matches(name))
            .map(({ name, urn, kind, deadLetters }) => ({
                title: shortName(name),
                note: deadLetters === true ? "dead letters" : kind,
                kind,
                open: () =>
                    go(
                        deadLetters === true
                            ? href("data", "queues", name)
                            : `${href()}?node=${encodeURIComponent(urn)}`,
                    ),
            })),
        ...(isId
            ? [
                  {
                      title: `Trace of ${text}`,
                      note: "everything that bears it",
                      kind: "event",
                      open: () => go(href("trace", text)),
                  },
              ]
            : []),
    ];
}
