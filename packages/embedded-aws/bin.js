#!/usr/bin/env -S node --disable-warning=ExperimentalWarning --max-semi-space-size=8
// What the cloud keeps is small beside what passes through it: a larger young generation holds on to twice the memory, on
// a machine that the functions' processes share.
// JavaScript, so that a Node that reads no TypeScript reports it in one sentence.
import { enableCompileCache } from "node:module";

if (!process.features.typescript) {
    console.error(`embedded-aws needs Node 22.18 or later; this is ${process.versions.node}`);
    process.exit(1);
}
// Starts after the first one load modules in half the time; NODE_COMPILE_CACHE names another folder than Node's own.
enableCompileCache();
await import("./src/start.ts");
