/** An OpenAI-compatible server for tests and trials. */
export type { BatchManners } from "./batches.ts";
export { startModelServer, type ModelServer } from "./model-server.ts";
export { chatOnly, inTurn, refusing, sensible, withoutSchema, withWindow, type Behaviour } from "./behaviours.ts";
export {
  answer,
  error,
  faults,
  rateLimited,
  refusedField,
  said,
  type ApiError,
  type FaultName,
  type Reply,
} from "./replies.ts";
export type { ModelRequest } from "./request.ts";
export type { TokenCount } from "./shapes.ts";
export { openApiSpec, type ApiSpec } from "./spec.ts";
