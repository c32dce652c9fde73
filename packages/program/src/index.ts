export * from "./session.ts";
export { type LiveSession, openLiveSession } from "./live-session.ts";
export { openSession } from "./open-session.ts";
export { sessionOfFile } from "./session-of-file.ts";
export { isCompilerGone } from "./compiler-process.ts";
export { DEEPEST, isTooDeep } from "./nesting.ts";
export * from "./types.ts";
export { type UnresolvedImport, unresolvedImports } from "./unresolved-imports.ts";
export { namesInFolder, textOnDisk } from "./disk.ts";
