import { useEffect, useRef, useState } from "preact/hooks";
import { extension, type Page } from "./extension.ts";
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
    const found = search(text.trim(), pages).slice(0, 12);
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
                    <li key={`${one.kind} ${one.title}`}>
                        <button type="button" aria-current={index === chosen} onClick={() => open(one)}>
                            <Icon kind={one.kind} /> <span>{one.title}</span> <span class="muted">{one.note}</span>
                        </button>
                    </li>
                ))}
            </ul>
        </dialog>
    );
}

function search(text: string, pages: readonly Page[]): Found[] {
    const words = text.toLowerCase().split(/\s+/);
    const matches = (title: string) => words.every((word) => title.toLowerCase().includes(word));
    const link = extension().linkOf(text);
    const isId = /^[\w.:=-]{6,}$/.test(text);
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
            .filter(({ name, deadLetters }) => text !== "" && deadLetters !== true && matches(name))
            .map(({ name, urn, kind }) => ({
                title: shortName(name),
                note: kind,
                kind,
                open: () => go(`${href()}?node=${encodeURIComponent(urn)}`),
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
