import { computed, signal } from "@preact/signals";

/** Below it each view has an address of its own. */
const base = "/_local/console";

const location = signal(read());

function read(): { readonly path: string; readonly query: string } {
    return { path: window.location.pathname.slice(base.length) || "/", query: window.location.search };
}

/** `/trace/ord_1` → ["trace", "ord_1"] */
export const segments = computed(() =>
    location.value.path
        .split("/")
        .filter((part) => part !== "")
        .map(decodeURIComponent),
);

export const query = computed(() => new URLSearchParams(location.value.query));

export function href(...parts: readonly string[]): string {
    return `${base}/${parts.map(encodeURIComponent).join("/")}`;
}

/** Opens a view. @param replaces what Back would lead to: it does not lead there any more */
export function go(target: string, replaces = false): void {
    if (move(target, replaces) && !replaces) window.scrollTo(0, 0);
}

function move(target: string, replaces: boolean): boolean {
    if (target === window.location.pathname + window.location.search) return false;
    window.history[replaces ? "replaceState" : "pushState"](null, "", target);
    location.value = read();
    return true;
}

type Parameters = Readonly<Record<string, string | undefined>>;

/** The address of what is shown, with other values of some parameters. */
export function withQuery(changes: Parameters): string {
    const parameters = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === "") parameters.delete(name);
        else parameters.set(name, value);
    }
    return withParameters(parameters);
}

function withParameters(parameters: URLSearchParams): string {
    const text = parameters.toString();
    return window.location.pathname + (text === "" ? "" : `?${text}`);
}

/**
 * Changes parameters of the address, and keeps the others. Back leads to what was before.
 * @param isTyped changes with each letter or notch, which Back does not take back one by one
 */
export function setQuery(changes: Parameters, isTyped = false): void {
    move(withQuery(changes), isTyped);
}

/** What is opened within a view, by its names: rows with more below them. */
const opened = computed(() => new Set(query.value.getAll("open")));

export const isOpen = (name: string): boolean => opened.value.has(name);

export function toggleOpen(name: string): void {
    const parameters = new URLSearchParams(window.location.search);
    if (isOpen(name)) parameters.delete("open", name);
    else parameters.append("open", name);
    move(withParameters(parameters), false);
}

/** Links inside the console change the view without loading the page anew. */
export function followLinks(): void {
    window.addEventListener("popstate", () => {
        location.value = read();
    });
    document.addEventListener("click", (event) => {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        const isPlain =
            !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
        if (link === null || !isPlain || link.target !== "" || link.origin !== window.location.origin) return;
        if (!link.pathname.startsWith(base)) return;
        event.preventDefault();
        go(link.pathname + link.search);
    });
}
