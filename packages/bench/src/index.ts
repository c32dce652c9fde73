/** The parts of the benchmark that can be used and tested by themselves. */
export { cacheFolder } from "./cache.ts";
export { compareTools, formatComparison, median, type Comparison, type Row } from "./comparison.ts";
export { prepareProject, tsconfigOf, type Project } from "./fetch.ts";
export { diffFindings, findIn, formatDiff, formatFindings, type PackageFindings } from "./findings.ts";
export { childSeconds, measure, type Command, type Usage } from "./measure.ts";
export { PACKAGES, type BenchPackage } from "./packages.ts";
export { formatNumber, formatTable } from "./table.ts";
export { statsOf, toolsOf, TOOL_NAMES, type Stats, type Tool } from "./tools.ts";
