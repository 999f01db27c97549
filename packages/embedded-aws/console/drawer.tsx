import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A panel at the right that Escape closes. */
export function Drawer({
    title,
    onClose,
    children,
}: {
    readonly title: ComponentChildren;
    onClose(): void;
    readonly children: ComponentChildren;
}) {
    const panel = useRef<HTMLElement>(null);
    useEffect(() => {
        panel.current?.focus();
        const close = (event: KeyboardEvent) => event.key === "Escape" && onClose();
        window.addEventListener("keydown", close);
        return () => window.removeEventListener("keydown", close);
    }, []);
    return (
        <aside class="drawer" ref={panel} tabIndex={-1} aria-label="Details">
            <header>
                <h2>{title}</h2>
                <button type="button" class="quiet" onClick={onClose} aria-label="Close the details">
                    ✕
                </button>
            </header>
            {children}
        </aside>
    );
}
