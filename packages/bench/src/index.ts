/** The parts of the benchmark that can be used and tested by themselves. */
export { cacheFolder } from "./cache.ts";
export { compareTools, formatComparison, median, type Comparison, type Row } from "./comparison.ts";
export { prepareProject, tsconfigOf, type Project } from "./fetch.ts";
export { diffFindings, findIn, formatDiff, formatFindings, type PackageFindings } from "./findings.ts";
export { childSeconds, measure, type Command, type Usage } from "./measure.ts";
export { PACKAGES, type BenchPackage } from "./packages.ts";
export { formatNumber, formatTable } from "./table.ts";
export { statsOf, toolsOf, TOOL_NAMES, type Stats, type Tool } from "./tools.ts";
export { isComplete, readBugs, type Bug } from "./real-bugs/bugs.ts";
export { resultsOf, type BugFinding, type BugResult } from "./real-bugs/results.ts";
export { batchesOf, runBugs, type RunOptions } from "./real-bugs/run.ts";
export { stage } from "./real-bugs/stage.ts";
