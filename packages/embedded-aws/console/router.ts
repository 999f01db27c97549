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

export function go(target: string, replaces = false): void {
    if (target === window.location.pathname + window.location.search) return;
    window.history[replaces ? "replaceState" : "pushState"](null, "", target);
    location.value = read();
    if (!replaces) window.scrollTo(0, 0);
}

/** Changes one parameter of the address, and keeps the others. */
export function setQuery(name: string, value: string | undefined): void {
    const parameters = new URLSearchParams(window.location.search);
    if (value === undefined || value === "") parameters.delete(name);
    else parameters.set(name, value);
    const text = parameters.toString();
    go(window.location.pathname + (text === "" ? "" : `?${text}`), true);
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
