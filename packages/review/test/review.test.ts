import { spawnSync } from "node:child_process";
import { review, RequestError, type Ports, type ReviewRequest } from "@review/review";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";

function run(cwd: string, request: Partial<ReviewRequest> = {}, ports: Partial<Ports> = {}): ReturnType<typeof review> {
  return review(
    { target: { kind: "paths", paths: ["."], cwd }, ...request },
    { signal: new AbortController().signal, ...ports },
  );
}

const save = "declare function save(): Promise<void>;\n";
const floating = `${save}export async function run(): Promise<void> {\n  save();\n}\n`;

it("finds a bug, shows why, and offers a fix that it has tried", async () => {
  const cwd = folderWith({ "src/a.ts": floating, "src/b.ts": "export const b = 1;\n" });
  const report = await run(cwd);
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]).toMatchObject({
    ruleId: "floating-promise",
    file: "src/a.ts",
    severity: "warning",
    suggestion: { status: "advice", origin: "page" },
    evidence: [{ message: "This is a `Promise<void>`." }],
    fixes: [{ title: "Add `await`", verified: { types: true, rules: true, tests: null } }, {}],
  });
  expect(report.summary).toMatchObject({ files: 2, analysed: 2, skipped: [], incomplete: [] });
});

it("hides what a comment with a reason ignores, and reports an ignore that hides nothing", async () => {
  const cwd = folderWith({
    "a.ts": floating.replace("  save();", "  // review-ignore floating-promise -- nobody waits for it\n  save();"),
    "b.ts": "// review-ignore floating-promise -- nothing here\nexport const b = 1;\n",
  });
  const report = await run(cwd);
  expect(report.findings.map(finding => [finding.file, finding.ruleId])).toEqual([["b.ts", "unused-ignore"]]);
});

it("runs only the rules that were asked for, and names the nearest one for a name it does not know", async () => {
  const cwd = folderWith({ "a.ts": floating });
  expect((await run(cwd, { rules: { skip: ["floating-promise"] } })).findings).toEqual([]);
  await expect(run(cwd, { rules: { only: ["floating-promises"] } })).rejects.toThrow(
    new RequestError('There is no rule "floating-promises": did you mean "floating-promise"?'),
  );
});

it("tells what was followed, and what took longest, when it is asked", async () => {
  const cwd = folderWith({ "a.ts": floating });
  const stats: unknown[] = [];
  await run(cwd, { verify: false }, { onStats: each => stats.push(each) });
  expect(stats).toMatchObject([
    { files: 1, flowsGivenUp: 0, summariesGivenUp: 0, tasksGivenUp: 0, slowest: { file: "a.ts" } },
  ]);
});

it("reviews standard input under the name that it is given", async () => {
  const cwd = folderWith({ "src/a.ts": "export const a = 1;\n" });
  const report = await run(cwd, { target: { kind: "stdin", fileName: "src/a.ts", text: floating, cwd } });
  expect(report.findings.map(finding => finding.file)).toEqual(["src/a.ts"]);
});

it("gives the same findings with the same fingerprints, wherever it is started", async () => {
  const cwd = folderWith({ ".git/HEAD": "ref: refs/heads/main\n", "src/a.ts": floating });
  const above = await run(cwd);
  const inside = await run(`${cwd}/src`);
  expect(inside.findings[0]?.file).toBe("a.ts");
  expect(inside.findings[0]?.fingerprint).toBe(above.findings[0]?.fingerprint);
});

it("starts the compiler again when it is killed, and loses nothing", async () => {
  const cwd = folderWith({ "a.ts": floating, "b.ts": floating });
  const notes: string[] = [];
  let started = 0;
  const report = await run(
    cwd,
    {},
    {
      onNote: text => notes.push(text),
      onCompiler: pid => {
        if (started++ === 0) process.kill(pid, "SIGKILL");
      },
    },
  );
  expect(report.findings.map(finding => finding.file)).toEqual(["a.ts", "b.ts"]);
  expect(report.summary.incomplete).toEqual([]);
  expect(notes).toEqual(["The compiler ended before it was done with 2 of 2 files."]);
});

it("names every file when no compiler lives long enough", async () => {
  const cwd = folderWith({ "a.ts": floating, "b.ts": floating });
  const report = await run(cwd, {}, { onCompiler: pid => process.kill(pid, "SIGKILL") });
  expect(report.summary.incomplete).toEqual([
    { file: "a.ts", reason: "the compiler crashed" },
    { file: "b.ts", reason: "the compiler crashed" },
  ]);
});

it("ends a compiler that hangs and names what it did not get to", async () => {
  const cwd = folderWith({ "a.ts": floating });
  const pids: number[] = [];
  const report = await run(
    cwd,
    {},
    {
      stallMs: 500,
      onCompiler: pid => {
        pids.push(pid);
        process.kill(pid, "SIGSTOP");
      },
    },
  );
  expect(report.summary.incomplete).toEqual([{ file: "a.ts", reason: "the compiler stopped answering" }]);
  expect(pids.filter(isAlive)).toEqual([]);
});

it("ends its compiler when it is aborted", async () => {
  const cwd = folderWith({ "a.ts": floating });
  const controller = new AbortController();
  const pids: number[] = [];
  const running = run(
    cwd,
    {},
    {
      signal: controller.signal,
      onCompiler: pid => {
        pids.push(pid);
        controller.abort();
      },
    },
  );
  await expect(running).rejects.toThrow("abort");
  expect(pids).toHaveLength(1);
  expect(pids.filter(isAlive)).toEqual([]);
});

/** A process that was ended and whose parent has not looked yet still has an id: its state says that it is a zombie. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}
