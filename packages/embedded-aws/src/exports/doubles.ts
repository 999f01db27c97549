/** What doubles of services on the internet are made with: see `doubles.ts` among the fixtures in the README. */
export type {
    Double,
    DoubleAnswer,
    DoubleDefinitions,
    DoubleRequest,
    DoubleRoute,
    DoubleServices,
} from "../doubles/doubles.ts";
export { type Outcome, TaskQueue } from "../taskQueue.ts";
export { Waits } from "../waits.ts";
