/** Every table that comes with the tool. */
import type { Library } from "./facts.ts";
import { collections, immutable } from "./libraries/collections.ts";
import { dateFns, dayjs, luxon, moment } from "./libraries/dates.ts";
import { ioredis, mongodb, mysql2, pg, redis } from "./libraries/databases.ts";
import { bigJs, bignumber, decimalJs } from "./libraries/decimals.ts";
import { express } from "./libraries/express.ts";
import { language } from "./libraries/language.ts";
import { consoles, debug, pino, winston } from "./libraries/logging.ts";
import { node } from "./libraries/node.ts";
import { nodeFiles } from "./libraries/node-files.ts";
import { promises } from "./libraries/promises.ts";
import { react } from "./libraries/react.ts";
import { fpTs, neverthrow } from "./libraries/results.ts";
import { fastify, hono, koa } from "./libraries/servers.ts";
import { jest, mocha, nodeTest, tap, vitest } from "./libraries/testing.ts";
import { web } from "./libraries/web.ts";

export const LIBRARIES: readonly Library[] = [
  ...[collections, immutable, language, promises, web, node, nodeFiles],
  ...[express, fastify, koa, hono, react],
  ...[pg, mysql2, mongodb, ioredis, redis],
  ...[nodeTest, vitest, mocha, jest, tap],
  ...[consoles, pino, winston, debug],
  ...[moment, dayjs, luxon, dateFns],
  ...[decimalJs, bignumber, bigJs],
  ...[fpTs, neverthrow],
];
