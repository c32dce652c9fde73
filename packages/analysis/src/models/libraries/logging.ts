/** Loggers: nothing depends on what they return, and most of them know printf's placeholders. */
import type { Facts, FormatFacts, Library } from "../facts.ts";
import { EFFECT, exportsOf, FRESH, membersOf, packageMembersOf, staticsOf } from "../rows.ts";

const FIRST: FormatFacts = { at: 0, letters: "sdifjoOc", showsRest: true };
const LOGS: Facts = { ...EFFECT, format: FIRST, takes: { "*": { uses: ["stringified"] } } };
const LEVELS = "trace debug info warn error fatal";

export const consoles: Library = {
  name: "console",
  versions: "web and Node",
  models: [
    staticsOf("console", "log info warn error debug trace group groupCollapsed", LOGS),
    ...membersOf("Console", "log info warn error debug trace group groupCollapsed", LOGS),
    staticsOf("console", "assert", { ...EFFECT, format: { ...FIRST, at: 1 } }),
    staticsOf("console", "dir table time timeEnd timeLog groupEnd count countReset clear", EFFECT),
  ],
};

/** Pino drops what has no placeholder, and takes an object before the format. */
export const pino: Library = {
  name: "pino",
  versions: ">=7 <11",
  models: [
    exportsOf("pino", "default pino", { ...EFFECT, returns: { fresh: true } }),
    ...packageMembersOf("pino", "BaseLogger", LEVELS, {
      ...EFFECT,
      format: { at: 0, letters: "sdifjoO", showsRest: false },
    }),
    ...packageMembersOf("pino", "LoggerExtras", "child", FRESH),
  ],
};

export const winston: Library = {
  name: "winston",
  versions: ">=3 <4",
  models: [
    exportsOf("winston", "createLogger", { ...EFFECT, returns: { fresh: true } }),
    ...packageMembersOf("winston", "Logger", "error warn info http verbose debug silly log", EFFECT),
    ...packageMembersOf("winston", "Logger", "close", { ...EFFECT, releases: "receiver" }),
  ],
};

/** A debugger is the function that `debug(namespace)` returns, so what it prints is told by its type alone. */
export const debug: Library = {
  name: "debug",
  versions: ">=2 <5",
  models: [
    exportsOf("debug", "default", { ...EFFECT, returns: { fresh: true } }),
    ...packageMembersOf("debug", "Debugger", "log", { ...EFFECT, format: FIRST }),
    ...packageMembersOf("debug", "Debugger", "extend", FRESH),
  ],
};
