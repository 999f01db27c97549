/** Starts the engines in the directory that the argument names, prints their addresses as a line, and stays. */
import { startStorage } from "../../src/storage/storage.ts";

const [directory = ""] = process.argv.slice(2);
const storage = await startStorage({ directory, region: "eu-west-1", environment: {}, onDeath: () => {} });
console.log(JSON.stringify([storage.tables.origin, storage.queues.origin]));
