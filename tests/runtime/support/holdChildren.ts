/** Starts a database and a function's bundle, says so in a line with the database's address, and stays. */
import { Database } from "./database.ts";
import { RunningFunction } from "./function.ts";

const [bundle = "", port = ""] = process.argv.slice(2);
const database = new Database();
await database.start();
await RunningFunction.start(bundle, { PORT: port });
console.log(database.url);
