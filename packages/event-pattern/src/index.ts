export { addressRange } from "./addressRange.ts";
export { InvalidPatternError } from "./operators.ts";
export {
    compileFilters,
    compilePattern,
    type FilterCriteria,
    isLeaf,
    type Leaf,
    matchesPattern,
    type Pattern,
    parsePattern,
} from "./pattern.ts";
