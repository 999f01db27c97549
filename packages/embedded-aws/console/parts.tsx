import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useId, useState } from "preact/hooks";
import { extension } from "./extension.ts";
import { ago, clock, pretty } from "./format.ts";
import { now } from "./live.ts";
import { isOpen, query, setQuery, toggleOpen } from "./router.ts";

/** What something came to; each has a sign of its own besides its colour. */
export type Tone = "good" | "bad" | "warn" | "busy" | "plain";

const signs: Readonly<Record<Tone, string>> = { good: "✓", bad: "✕", warn: "!", busy: "◔", plain: "" };

export function Badge({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ComponentChildren }) {
    return (
        <span class={`badge ${tone}`}>
            {signs[tone] !== "" && <span aria-hidden="true">{signs[tone]}</span>}
            {children}
        </span>
    );
}

/** How long ago, with the time beside. */
export function Time({ at }: { readonly at: number | string | undefined }) {
    const time = typeof at === "string" ? Date.parse(at) : at;
    if (time === undefined || Number.isNaN(time)) return <span class="muted">–</span>;
    return (
        <time dateTime={new Date(time).toISOString()} title={new Date(time).toISOString()} class="when">
            {ago(time, now.value)} <span class="muted">{clock(time, now.value)}</span>
        </time>
    );
}

export function Icon({ kind }: { readonly kind: string }) {
    return (
        <svg class={`icon kind-${kind}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={icons[kind] ?? icons["other"]} />
        </svg>
    );
}

const icons: Readonly<Record<string, string | undefined>> = {
    function: "M4 13 8 3h1l3 10M5.4 9.5h4.8",
    queue: "M2.5 4h3v8h-3zM6.5 4h3v8h-3zM10.5 4h3v8h-3z",
    topic: "M8 8h.01M5 5a4.2 4.2 0 0 0 0 6m6-6a4.2 4.2 0 0 1 0 6M3 3a7 7 0 0 0 0 10M13 3a7 7 0 0 1 0 10",
    table: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6.5 3v10",
    bucket: "M3 4h10l-1.3 9H4.3zM2.5 4h11",
    bus: "M2 8h12M5 8V4m3 4v4m3-4V4",
    api: "M2 8h3m6 0h3M5 5h6v6H5z",
    request: "M2 8h3m6 0h3M5 5h6v6H5z",
    schedule: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 5v3l2 1.5",
    mail: "M2.5 4h11v8h-11zM2.5 4.5 8 9l5.5-4.5",
    call: "M3 8h9M9 5l3 3-3 3",
    event: "M8 2.5 9.5 7H14l-3.7 2.6L11.8 14 8 11.2 4.2 14l1.5-4.4L2 7h4.5z",
    attempt: "M2.5 13.5 13.5 2.5M13.5 2.5H7M13.5 2.5V9",
    other: "M4 4h8v8H4z",
};

export function Json({ value, label = "JSON" }: { readonly value: unknown; readonly label?: string }) {
    const text = pretty(value);
    return (
        <pre class="json" tabIndex={0} role="region" aria-label={label}>
            {text.length > 60_000 ? `${text.slice(0, 60_000)}\n…` : coloured(text)}
        </pre>
    );
}

function coloured(text: string): ComponentChildren[] {
    const parts = text.split(
        /("(?:[^"\\]|\\.)*"(?:\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)/g,
    );
    return parts.map((part, index) => {
        if (index % 2 === 0) return part;
        const kind = part.endsWith(":") ? "name" : part.startsWith('"') ? "text" : "value";
        return (
            <span key={index} class={`json-${kind}`}>
                {part}
            </span>
        );
    });
}

export function Copy({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
    const [isDone, setDone] = useState(false);
    const copy = async () => {
        await navigator.clipboard.writeText(text);
        setDone(true);
        setTimeout(() => setDone(false), 1500);
    };
    return (
        <button type="button" class="quiet" onClick={copy}>
            {isDone ? "Copied" : label}
        </button>
    );
}

/** Where there is nothing yet: what fills it. */
export function Empty({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
    return (
        <div class="empty">
            <strong>{title}</strong>
            <div>{children}</div>
        </div>
    );
}

interface DetailsProps {
    /** Of its own among those of the view. */
    readonly name: string;
    readonly head: ComponentChildren;
    readonly class?: string;
    readonly headClass?: string;
    readonly children: ComponentChildren;
}

/** What is opened by its head, and stays open by the address; what is closed is not in the document. */
export function Details({ name, head, class: of, headClass, children }: DetailsProps) {
    const isShown = isOpen(name);
    return (
        <details
            class={of}
            open={isShown}
            onToggle={({ currentTarget: { open } }) => {
                if (open !== isOpen(name)) toggleOpen(name);
            }}
        >
            <summary class={headClass}>{head}</summary>
            {isShown && children}
        </details>
    );
}

/** Why a page shows less than it could, where the program says so. */
export function Note({ page }: { readonly page: string }) {
    const note = extension().noteOf?.(page);
    return note === undefined ? null : (
        <p class="note" role="note">
            {note}
        </p>
    );
}

export function Problem({ text }: { readonly text: string | undefined }) {
    return text === undefined ? null : (
        <p class="problem" role="alert">
            <span aria-hidden="true">✕</span> {text}
        </p>
    );
}

interface TabsProps {
    readonly label: string;
    readonly tabs: readonly { readonly id: string; readonly title: ComponentChildren }[];
    readonly current: string;
    onChange(id: string): void;
    readonly children: ComponentChildren;
}

export function Tabs({ label, tabs, current, onChange, children }: TabsProps) {
    const own = useId();
    const move = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
        const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (step === 0) return;
        const index = tabs.findIndex(({ id }) => id === current);
        const next = tabs[(index + step + tabs.length) % tabs.length];
        if (next === undefined) return;
        onChange(next.id);
        const buttons = event.currentTarget.querySelectorAll<HTMLButtonElement>("[role=tab]");
        buttons[(index + step + tabs.length) % tabs.length]?.focus();
    };
    return (
        <div class="tabs">
            <div role="tablist" aria-label={label} onKeyDown={move}>
                {tabs.map(({ id, title }) => (
                    <button
                        key={id}
                        type="button"
                        role="tab"
                        id={`${own}-${id}`}
                        aria-selected={id === current}
                        aria-controls={`${own}-panel`}
                        tabIndex={id === current ? 0 : -1}
                        onClick={() => onChange(id)}
                    >
                        {title}
                    </button>
                ))}
            </div>
            <div role="tabpanel" id={`${own}-panel`} aria-labelledby={`${own}-${current}`}>
                {children}
            </div>
        </div>
    );
}

interface ActionProps {
    readonly children: ComponentChildren;
    run(): unknown;
    readonly kind?: "primary" | "plain" | "danger";
    readonly disabled?: boolean;
}

/** A button that shows that what it started goes on, and what came of it where it failed. */
export function Action({ children, run, kind = "plain", disabled = false }: ActionProps) {
    const [isRunning, setRunning] = useState(false);
    const [error, setError] = useState<string>();
    const start = async () => {
        setRunning(true);
        setError(undefined);
        try {
            await run();
        } catch (failure) {
            setError(failure instanceof Error ? failure.message : String(failure));
        } finally {
            setRunning(false);
        }
    };
    return (
        <span class="action">
            <button type="button" class={kind} onClick={start} disabled={disabled || isRunning} aria-busy={isRunning}>
                {children}
            </button>
            {error !== undefined && (
                <span class="problem" role="alert">
                    {error}
                </span>
            )}
        </span>
    );
}

export function PageHead({
    title,
    lead,
    children,
}: {
    readonly title: ComponentChildren;
    readonly lead?: ComponentChildren;
    readonly children?: ComponentChildren;
}) {
    return (
        <header class="head">
            <div>
                <h1>{title}</h1>
                {lead !== undefined && <p class="muted">{lead}</p>}
            </div>
            <div class="actions">{children}</div>
        </header>
    );
}

/** A search whose text is a parameter of the address. */
export function SearchBox({ parameter, placeholder }: { readonly parameter: string; readonly placeholder: string }) {
    return (
        <label>
            <span class="hidden">Search</span>
            <input
                type="search"
                placeholder={placeholder}
                value={query.value.get(parameter) ?? ""}
                onInput={(event) => setQuery({ [parameter]: event.currentTarget.value, before: undefined }, true)}
            />
        </label>
    );
}

/** Facts in pairs. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: ComponentChildren])[] }) {
    return (
        <dl class="facts">
            {of.map(([name, value]) => (
                <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            ))}
        </dl>
    );
}
