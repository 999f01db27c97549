import { span } from "./format.ts";
import { shortName } from "./graph.ts";
import { More, mostRows } from "./paging.tsx";
import { Icon } from "./parts.tsx";
import { isOpen, toggleOpen } from "./router.ts";
import { rangeOf, type Span, ticksOf } from "./spans.ts";

interface WaterfallProps {
    readonly spans: readonly Span[];
    readonly selected: string | undefined;
    select(span: Span): void;
    /** By components, each with a head of its own. @default in the order of time */
    readonly isGrouped?: boolean;
}

/** How many rows the document has at most; more are asked for. */
const step = 400;

/** Bars over one scale of time. Waits stand before their bars, cold starts in a pattern of their own. */
export function Waterfall({ spans, selected, select, isGrouped = false }: WaterfallProps) {
    const most = mostRows(step);
    if (spans.length === 0) return null;
    const { from, to } = rangeOf(spans);
    const scale = to - from;
    const rowsOf = (of: Span, depth: number): Row[] => [
        { span: of, depth },
        ...(isShown(of) ? of.children.flatMap((child) => rowsOf(child, depth + 1)) : []),
    ];
    const groups = isGrouped ? Map.groupBy(spans, ({ component }) => component) : new Map([["", spans]]);
    let count = 0;
    return (
        <div class="waterfall" role="region" aria-label="Timeline">
            <div class="scale" aria-hidden="true">
                <span class="label legend">
                    <span class="wait" /> waited <span class="cold" /> cold start <span class="bar" /> ran
                </span>
                <span class="bars">
                    {ticksOf(scale).map((tick) => (
                        <span key={tick} class="tick" style={{ left: `${(tick / scale) * 100}%` }}>
                            {tick === 0 ? "0" : span(tick)}
                        </span>
                    ))}
                </span>
            </div>
            {[...groups].map(([component, group]) => (
                <section key={component} aria-label={component}>
                    {isGrouped && <h2 class="minor">{component}</h2>}
                    <ol>
                        {group
                            .flatMap((of) => rowsOf(of, 0))
                            .map(({ span: of, depth }) => {
                                count += 1;
                                if (count > most) return null;
                                const row = {
                                    of,
                                    depth,
                                    from,
                                    scale,
                                    isOpened: isOpen(of.id),
                                    isSelected: of.id === selected,
                                };
                                return <Bar key={of.id} {...row} select={select} />;
                            })}
                    </ol>
                </section>
            ))}
            <More all={count} most={most} step={step} />
        </div>
    );
}

/** An id in a path is long, and what it is of stands before it. */
const nameOf = ({ kind, title }: Span): string =>
    kind === "request" ? title.replace(/\/[\w-]*\d[\w-]{15,}/g, "/…") : shortName(title);

interface Row {
    readonly span: Span;
    readonly depth: number;
}

/** Of a request its invocation is shown; of an invocation its calls, once they are asked for. */
const isShown = (of: Span): boolean => of.kind === "request" || isOpen(of.id);

interface BarProps {
    readonly of: Span;
    readonly depth: number;
    readonly from: number;
    readonly scale: number;
    readonly isOpened: boolean;
    readonly isSelected: boolean;
    select(span: Span): void;
}

const words = { good: "", bad: "failed", denied: "denied" } as const;

function Bar({ of, depth, from, scale, isOpened, isSelected, select }: BarProps) {
    const at = (time: number) => `${Math.min(100, Math.max(0, ((time - from) / scale) * 100))}%`;
    const width = (ms: number) => `max(${(ms / scale) * 100}%, 2px)`;
    const waited = of.waitMs - of.initMs;
    const calls = of.children.filter(({ kind }) => kind === "call").length;
    const took = of.end - of.start;
    return (
        <li class={`row ${of.status}${isSelected ? " selected" : ""}`}>
            <span class="label" style={{ paddingLeft: `${8 + depth * 18}px` }}>
                {calls > 0 ? (
                    <button
                        type="button"
                        class="twist"
                        aria-expanded={isOpened}
                        aria-label={`${calls} calls of ${shortName(of.title)}`}
                        onClick={() => toggleOpen(of.id)}
                    >
                        {isOpened ? "▾" : "▸"}
                    </button>
                ) : (
                    <span class="twist" />
                )}
                <button type="button" class="name" aria-pressed={isSelected} onClick={() => select(of)}>
                    <Icon kind={of.kind} />
                    <span class="text" title={of.title}>
                        {nameOf(of)}
                    </span>
                    {of.detail !== "" && (
                        <span class="muted text">{of.detail.split(", ").map(shortName).join(", ")}</span>
                    )}
                    {of.status !== "good" && <span class="badge bad">✕ {words[of.status]}</span>}
                </button>
            </span>
            <span class="bars" title={`${span(took)}${of.waitMs >= 1 ? `, waited ${span(of.waitMs)}` : ""}`}>
                {waited >= 1 && <span class="wait" style={{ left: at(of.start - of.waitMs), width: width(waited) }} />}
                {of.initMs >= 1 && (
                    <span class="cold" style={{ left: at(of.start - of.initMs), width: width(of.initMs) }} />
                )}
                {waited >= 1 && <span class="hidden">waited {span(waited)},</span>}
                <span class={`bar kind-${of.kind}`} style={{ left: at(of.start), width: width(took) }} />
                <span
                    class={`took${(of.end - from) / scale > 0.85 ? " before" : ""}`}
                    style={
                        (of.end - from) / scale > 0.85
                            ? { right: `calc(100% - ${at(of.start - of.waitMs)} + 6px)` }
                            : { left: `calc(${at(of.end)} + 6px)` }
                    }
                >
                    {took > 0 || of.kind === "function" ? span(took) : ""}
                    {of.initMs >= 1 && <span class="muted"> + {span(of.initMs)} cold start</span>}
                </span>
            </span>
        </li>
    );
}
