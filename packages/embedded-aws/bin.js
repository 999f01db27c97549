#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
// JavaScript, so that a Node that reads no TypeScript reports it in one sentence.
if (!process.features.typescript) {
    console.error(`embedded-aws needs Node 22.18 or later; this is ${process.versions.node}`);
    process.exit(1);
}
await import("./src/start.ts");
