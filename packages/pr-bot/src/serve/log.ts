/** Lines of JSON on standard output, without anything that could be a credential. */
import { pino, type Logger } from "pino";
import { withoutSecrets } from "../errors.ts";

export type Log = Logger;

export function createLog(level: string): Log {
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
