/** Lines of JSON on standard output, without anything that could be a credential. */
import { levels, pino, type Logger } from "pino";
import { UsageError, withoutSecrets } from "../errors.ts";

export type Log = Logger;

/** Throws a `UsageError` for a level that there is not. */
export function createLog(level: string): Log {
  if (!(level in levels.values) && level !== "silent")
    throw new UsageError(
      `REVIEW_LOG_LEVEL is "${level}": it has to be ${Object.keys(levels.values).join(", ")} or silent.`,
    );
  return pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: label => ({ level: label }) },
    serializers: { error: errorFacts },
    hooks: {
      // Whatever was interpolated into a message goes the same way.
      logMethod(values, method) {
        const clean = values.map(value => (typeof value === "string" ? withoutSecrets(value) : value)) as typeof values;
        method.apply(this, clean);
      },
    },
  });
}

function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)) };
  return { name: error.name, message: withoutSecrets(error.message), stack: withoutSecrets(error.stack ?? "") };
}
