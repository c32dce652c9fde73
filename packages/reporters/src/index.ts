export type * from "./report.ts";
export { reporters, type FormatName } from "./reporters.ts";
