/**
 * Preloaded into a cloud: writes to the file COUNTED what is loaded of the console and of what it is built with, and each
 * subscriber of the trace, with the id of the process.
 */
import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { TraceStore } from "../../src/trace.ts";

const { COUNTED: file } = process.env;
const note = (what: string) => file !== undefined && appendFileSync(file, `${process.pid} ${what}\n`);

registerHooks({
    resolve(specifier, context, next) {
        const found = next(specifier, context);
        const [, name] = /\/(esbuild|@dagrejs|preact|embedded-aws\/console)\//.exec(found.url) ?? [];
        if (name !== undefined) note(`loads ${name}`);
        return found;
    },
});

const { listen } = TraceStore.prototype;
TraceStore.prototype.listen = function subscribe(this: TraceStore, listener) {
    note("subscribes");
    const end = listen.call(this, listener);
    return () => {
        note("unsubscribes");
        end();
    };
};
