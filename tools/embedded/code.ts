/** Has `npm start -- --watch` take up a callback's new code without an evaluation of the program. */
export { rebuild } from "../../components/parts/bundle.ts";
