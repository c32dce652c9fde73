export { review } from "./review.ts";
export type { Ports, Progress, ReviewRequest, ReviewStats } from "./request.ts";
export { catalogue, RequestError, selectRules, type RuleSelection } from "./select-rules.ts";
export { version } from "./version.ts";
