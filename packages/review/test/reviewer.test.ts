/** What a reviewer keeps between reviews, and what it must not keep. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openReviewer, review, type Ports, type Reviewer } from "@review/review";
import { reporters, type Report } from "@review/reporters";
import { folderWith } from "@review/testkit/folders";
import { expect, it, onTestFinished } from "vitest";

const SAVES = "declare function save(): Promise<void>;\nexport const run = (): void => {\n  save();\n};\n";
const WAITS =
  "declare function save(): Promise<void>;\nexport const run = async (): Promise<void> => {\n  await save();\n};\n";
/** With a fix that can be tried. */
const FIXABLE =
  "declare function save(): Promise<void>;\nexport const run = async (): Promise<void> => {\n  save();\n  await save();\n};\n";
const USES = 'import { load } from "./load.js";\nexport function run(): void {\n  load();\n}\n';
const ASYNC = "export async function load(): Promise<void> {\n  await fetch(`/`);\n}\n";
const PLAIN = "export function load(): number {\n  return 1;\n}\n";

/** A reviewer of one resting thread, and how many threads were started since. */
function opened(): { readonly reviewer: Reviewer; readonly started: () => number } {
  let started = 0;
  const count = (): void => {
    started++;
  };
  subscribe("worker_threads", count);
  const reviewer = openReviewer(1);
  onTestFinished(async () => {
    unsubscribe("worker_threads", count);
    await reviewer.close();
  });
  return { reviewer, started: () => started };
}

const request = (cwd: string) => ({ target: { kind: "paths", paths: ["."], cwd } as const });
const signal = new AbortController().signal;
const asked = (by: Pick<Reviewer, "review">, cwd: string, ports: Partial<Ports> = {}): Promise<Report> =>
  by.review(request(cwd), { signal, ...ports });

/** Everything that a report says, less how long it took. */
const told = (report: Report): string =>
  reporters.json(report, { cwd: "/", colour: false, width: 100, hyperlinks: false }).replace(/"durationMs": \d+/, "");
const rulesIn = ({ findings }: Report): readonly string[] => findings.map(({ ruleId }) => ruleId);

it("reviews tree after tree in one thread, each as if it were the first", async () => {
  const { reviewer, started } = opened();
  const trees = [
    folderWith({ "a.ts": SAVES, "load.ts": ASYNC, "use.ts": USES }),
    folderWith({ "a.ts": WAITS, "load.ts": PLAIN, "use.ts": USES }),
  ] as const;
  const [first, second] = [await asked({ review }, trees[0]), await asked({ review }, trees[1])];
  expect([rulesIn(first), rulesIn(second)]).toEqual([["floating-promise", "floating-promise"], []]);
  const before = started();
  for (const [tree, alone] of [
    [trees[0], first],
    [trees[1], second],
    [trees[0], first],
  ] as const) {
    expect(told(await asked(reviewer, tree))).toBe(told(alone));
  }
  expect(started() - before).toBe(1);
});

it("reads a folder anew that has changed since, also where only a file without findings has", async () => {
  const { reviewer } = opened();
  const folder = folderWith({ "load.ts": PLAIN, "use.ts": USES, "a.ts": SAVES });
  expect(rulesIn(await asked(reviewer, folder))).toEqual(["floating-promise"]);
  writeFileSync(join(folder, "load.ts"), ASYNC);
  writeFileSync(join(folder, "a.ts"), WAITS);
  const report = await asked(reviewer, folder);
  expect(report.findings.map(({ file, ruleId }) => `${file} ${ruleId}`)).toEqual(["use.ts floating-promise"]);
});

it("reviews another tree beside a review that waits, in its thread, and tries the fixes of the first afterwards", async () => {
  const { started } = opened();
  const [head, base] = [
    folderWith({ "a.ts": FIXABLE }),
    folderWith({ "a.ts": WAITS, "load.ts": ASYNC, "use.ts": USES }),
  ];
  const alone = { head: await asked({ review }, head), base: await asked({ review }, base) };
  const before = started();
  let aside: Report | undefined;
  const report = await asked({ review }, head, {
    select: async (findings, beside) => {
      aside = await beside(request(base), { signal });
      return findings;
    },
  });
  expect(started() - before).toBe(1);
  expect([told(report), aside && told(aside)]).toEqual([told(alone.head), told(alone.base)]);
  expect(report.findings.map(({ fixes }) => fixes[0]?.verified.types)).toEqual([true]);
});

it("loses nothing of a review that waits when the compiler beside it crashes", async () => {
  const { started } = opened();
  const folder = folderWith({ "a.ts": FIXABLE, "b.ts": PLAIN });
  let compilers = 0;
  let aside: Report | undefined;
  const report = await asked({ review }, folder, {
    select: async (findings, beside) => {
      const onCompiler = (pid: number): void => {
        if (compilers++ === 0) process.kill(pid, "SIGKILL");
      };
      aside = await beside(request(folder), { signal, onCompiler });
      return findings;
    },
  });
  expect(compilers).toBeGreaterThan(1);
  expect([aside && rulesIn(aside), aside?.summary.incomplete]).toEqual([["floating-promise"], []]);
  expect(report.findings.map(({ fixes }) => fixes[0]?.verified.types)).toEqual([true]);
  // One for each of the two files that it was reading.
  expect(started()).toBe(3);
});

it("ends both compilers when a review is cancelled while another one is made beside it", async () => {
  const { reviewer } = opened();
  const folder = folderWith({ "a.ts": FIXABLE });
  const controller = new AbortController();
  const compilers: number[] = [];
  const ports = { signal: controller.signal, onCompiler: (pid: number) => void compilers.push(pid) };
  const cancelled = asked(reviewer, folder, {
    ...ports,
    select: async (findings, beside) => {
      const onCompiler = (pid: number): void => {
        compilers.push(pid);
        controller.abort(new Error("a newer push"));
      };
      await beside(request(folder), { ...ports, onCompiler });
      return findings;
    },
  });
  await expect(cancelled).rejects.toThrow("a newer push");
  expect(compilers).toHaveLength(2);
  await expect.poll(() => compilers.filter(isRunning)).toEqual([]);
  expect(rulesIn(await asked(reviewer, folder))).toEqual(["floating-promise"]);
});

it("starts another thread for a second review at the same time, and keeps no more of them than it may", async () => {
  const { reviewer, started } = opened();
  const folder = folderWith({ "a.ts": SAVES });
  const reports = await Promise.all([asked(reviewer, folder), asked(reviewer, folder)]);
  expect(reports.map(rulesIn)).toEqual([["floating-promise"], ["floating-promise"]]);
  expect(started()).toBe(2);
  await Promise.all([asked(reviewer, folder), asked(reviewer, folder)]);
  expect(started()).toBe(3);
});

it("replaces a thread whose review was cancelled, and leaves no compiler of it behind", async () => {
  const { reviewer, started } = opened();
  const folder = folderWith({ "a.ts": SAVES });
  await asked(reviewer, folder);
  const controller = new AbortController();
  let compiler = 0;
  const cancelled = asked(reviewer, folder, {
    signal: controller.signal,
    onCompiler: pid => {
      compiler = pid;
      controller.abort(new Error("a newer push"));
    },
  });
  await expect(cancelled).rejects.toThrow("a newer push");
  expect(() => process.kill(compiler, 0)).toThrow(/ESRCH/);
  expect(rulesIn(await asked(reviewer, folder))).toEqual(["floating-promise"]);
  expect(started()).toBe(2);
});

it("goes on after a compiler that crashed, in threads that have lost none", async () => {
  const { reviewer, started } = opened();
  const folder = folderWith({ "a.ts": SAVES, "b.ts": PLAIN });
  await asked(reviewer, folder);
  let compilers = 0;
  const report = await asked(reviewer, folder, {
    onCompiler: pid => {
      if (compilers++ === 0) process.kill(pid, "SIGKILL");
    },
  });
  expect(compilers).toBeGreaterThan(1);
  expect([rulesIn(report), report.summary.incomplete]).toEqual([["floating-promise"], []]);
  const before = started();
  expect(rulesIn(await asked(reviewer, folder))).toEqual(["floating-promise"]);
  expect(started() - before).toBe(1);
});

it("ends the compiler of a review with the review", async () => {
  const { reviewer } = opened();
  let compiler = 0;
  await asked(reviewer, folderWith({ "a.ts": SAVES }), { onCompiler: pid => (compiler = pid) });
  await expect.poll(() => isRunning(compiler)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
