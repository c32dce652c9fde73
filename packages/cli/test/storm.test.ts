/** The whole command over the sample application a thousand findings long, against a server that fails one time in twenty. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderWith } from "@review/testkit/folders";
import { answer, faults, startModelServer, type FaultName } from "@review/testkit/openai";
import { expect, it, onTestFinished } from "vitest";
import { finished, start } from "./command.ts";

const KINDS: readonly FaultName[] = [
  ...(["refusal", "truncated", "filtered", "prose", "invalid-json", "wrong-schema", "html", "empty"] as const),
  ...(["not-json", "not-the-api", "failed", "too-large", "server-error", "overloaded"] as const),
  ...(["stall-at-once", "stall-within", "drop-at-once", "drop-within"] as const),
];
const SAMPLE = fileURLToPath(new URL("../../../fixtures/projects/sample", import.meta.url));
const WANTED = 1_000;
const EACH = 50;

/** The sample application, and modules with so many lost promises that there are a thousand findings. */
function largeSample(): string {
  const cwd = folderWith();
  cpSync(SAMPLE, cwd, { recursive: true });
  const folder = join(cwd, readdirSync(cwd).includes("src") ? "src" : ".");
  for (let module = 0; module < WANTED / EACH; module++) {
    const jobs = Array.from({ length: EACH }, (_, index) => {
      const name = `job${module * EACH + index}`;
      return `export async function ${name}(): Promise<void> {\n  send("${name}");\n}\n`;
    });
    const text = `declare function send(name: string): Promise<void>;\n${jobs.join("")}`;
    writeFileSync(join(folder, `storm-${module}.ts`), text);
  }
  return cwd;
}

interface Reported {
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly file: string;
    readonly suggestion: {
      readonly status: string;
      readonly reason: string | null;
      readonly origin: string;
      readonly text: string;
    };
  }[];
  readonly usage: { readonly requests: number; readonly inputTokens: number; readonly costUsd: number };
}

/** Resident memory of a process in megabytes, where the system tells. */
function megabytesOf(pid: number | undefined): number | undefined {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

it("loses no finding, doubles none, keeps its budget and its memory", { timeout: 900_000 }, async () => {
  const cwd = largeSample();
  let bad = 0;
  const memory: number[] = [];
  const running: { pid?: number | undefined } = {};
  const server = await startModelServer(({ number, turns }) => {
    const used = number % 100 === 0 ? megabytesOf(running.pid) : undefined;
    if (used !== undefined) memory.push(Math.round(used));
    if (number % 20 === 0) return faults[KINDS[bad++ % KINDS.length]!];
    const name = /send\("(job\d+)"\)/.exec(turns[0]!.text)?.[1] ?? "the sample";
    return answer({ decision: "advice", explanation: `Answer for ${name}.` });
  });
  onTestFinished(() => server.close());
  const config = { suggest: { concurrency: 8, budget: { usd: 20, requests: 1_200 } } };
  writeFileSync(join(cwd, "review.config.json"), JSON.stringify(config));
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-test", REVIEW_MODEL: "test-model" };
  const args = ["--suggest", "-f", "json", "--fail-on", "never", "--price", "1,4", "--model-timeout", "1"];
  const child = start(cwd, args, { env });
  running.pid = child.pid;
  const { status, stdout, stderr } = await finished(child);
  expect({ status, stderr: stderr.slice(-2_000) }).toMatchObject({ status: 0 });
  const { findings, usage } = JSON.parse(stdout) as Reported;

  const storm = findings.filter(({ file }) => file.includes("storm-"));
  expect(storm).toHaveLength(WANTED);
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  const answered = storm
    .filter(({ suggestion }) => suggestion.origin === "model")
    .map(({ suggestion }) => suggestion.text);
  expect(new Set(answered).size).toBe(answered.length);
  expect(answered.length).toBeGreaterThan(0.95 * WANTED);
  expect(findings.every(({ suggestion }) => suggestion.origin === "model" || suggestion.reason !== null)).toBe(true);

  const billed = server.billed();
  const cost = (billed.inputTokens + 4 * billed.outputTokens) / 1e6;
  expect(usage.requests).toBe(server.requests.length);
  expect(server.mostAtOnce()).toBeLessThanOrEqual(8 + KINDS.length);
  expect(cost).toBeLessThanOrEqual(usage.costUsd);
  expect(usage.costUsd).toBeLessThanOrEqual(config.suggest.budget.usd);
  expect(usage.requests).toBeLessThanOrEqual(config.suggest.budget.requests);
  // What is kept of a question is its answer: some kilobytes at most.
  const growth = memory.length > 3 ? Math.max(...memory.slice(-3)) - Math.max(...memory.slice(0, 3)) : 0;
  expect(growth).toBeLessThan(120);
  console.log(
    `${findings.length} findings, ${answered.length} answered, ${usage.requests} requests, ${bad} faults of ${KINDS.length} kinds, ` +
      `$${usage.costUsd.toFixed(2)} of at most $20 (billed $${cost.toFixed(2)}), ${memory.join("/")} MB`,
  );
});
