export * from "./session.ts";
export { openSession } from "./open-session.ts";
export { isCompilerGone } from "./compiler-process.ts";
export * from "./types.ts";
