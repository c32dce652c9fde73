/**
 * Starts the model server for trials by hand: `node packages/testkit/dist/commands/model-server.js --port 8080`, then
 * `OPENAI_BASE_URL=http://127.0.0.1:8080/v1 REVIEW_MODEL=local npm run review -- DIR --suggest`.
 * `--find TEXT --replace TEXT` answers with that edit where it fits, `--fault NAME` fails in the named way.
 */
import { parseArgs } from "node:util";
import { faults, sensible, startModelServer, type Behaviour } from "../openai/index.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8080" },
    find: { type: "string" },
    replace: { type: "string" },
    fault: { type: "string" },
  },
});

const server = await startModelServer(behaviourOf(values), Number(values.port));
process.stdout.write(`${server.url}\n`);
process.once("SIGINT", () => void server.close().then(report));

function behaviourOf({ find, replace = "", fault }: typeof values): Behaviour {
  if (fault === undefined) return sensible(find === undefined ? undefined : { find, replace });
  const reply = Object.entries(faults).find(([name]) => name === fault)?.[1];
  if (!reply) throw new Error(`No fault is called "${fault}". There are: ${Object.keys(faults).join(", ")}.`);
  return () => reply;
}

function report(): void {
  const { inputTokens, outputTokens } = server.billed();
  process.stdout.write(`${server.requests.length} requests, ${inputTokens} + ${outputTokens} tokens\n`);
}
