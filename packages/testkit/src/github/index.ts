/** A GitHub for tests: `startGitHubServer()`, and working copies that push to it. */
export { createWorkingCopy, type WorkingCopy } from "./git.ts";
export type { Hub, PullHandle } from "./hub.ts";
export type { PullOptions } from "./routes/pulls.ts";
export { startGitHubServer, type GitHubServer, type RepositoryOptions } from "./server.ts";
export type { Fault, Seen } from "./http.ts";
export type { CheckRun, Pull, ReviewComment, Thread } from "./state.ts";
