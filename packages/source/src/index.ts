export { collectSources } from "./collect-sources.ts";
export { globMatcher } from "./globs.ts";
export { SourceError } from "./source-error.ts";
export type { Skipped, Source, SourceOptions, Sources, Target } from "./sources.ts";
