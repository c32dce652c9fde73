export type * from "./report.ts";
export { reporters, type FormatName } from "./reporters.ts";
export { prettyChange, type Change } from "./pretty/change.ts";
