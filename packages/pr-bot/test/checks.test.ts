/** The check run of a head, beside those of others and those that a killed machine has left. */
import type { ChildProcess } from "node:child_process";
import { expect, test } from "vitest";
import { error, scene, threadsOf, warning, type PullHandle, type Scene } from "./scene.ts";
import { until } from "./server.ts";

/** The bot's checks as "commit status title"; a commit by the letter that it is called here. */
function checksOf({ hub }: Scene, names: Readonly<Record<string, string>>): readonly string[] {
  return hub.repository.checkRuns
    .filter(({ isJob }) => !isJob)
    .map(
      ({ head_sha, conclusion, output }) => `${names[head_sha] ?? "?"} ${conclusion ?? "open"} ${output.title ?? "-"}`,
    );
}

/** Runs a job that the runner ends without a word as soon as the bot has begun a check, the only one that is open then. */
async function runKilled(it: Scene, pull: PullHandle): Promise<void> {
  const open = (): readonly string[] =>
    it.hub.repository.checkRuns.filter(run => !run.isJob && run.conclusion === null).map(run => run.head_sha);
  const onStart = async (child: ChildProcess): Promise<void> => {
    await until(() => open().join() === pull.head());
    child.kill("SIGKILL");
  };
  expect((await it.run(pull, { onStart })).status).toBe(null);
}

test("a workflow whose job has the check's name keeps that to itself, and hides no check of ours", async () => {
  const it = await scene();
  it.push({ "src/bad.ts": error });
  const pull = it.open();
  const job = it.hub.startJob("review", pull.head());
  expect((await it.run(pull)).status).toBe(1);
  const names = { [pull.head()]: "A" };
  expect(checksOf(it, names)).toEqual(["A failure 1 new (1 error) · 1/1 files"]);
  expect([job.status, job.output.title]).toEqual(["in_progress", null]);
  // A second job at the same head finds the check of the first one, though another run of that name came later.
  it.hub.startJob("review", pull.head());
  await it.run(pull);
  expect(checksOf(it, names)).toHaveLength(1);
});

test("a job that was killed leaves its check open; the next one for the pull request ends it, at its own head and at former ones", async () => {
  const it = await scene();
  const first = it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  const job = it.hub.startJob("review", first);
  await runKilled(it, pull);
  const second = it.push({ "src/new.ts": `// A line above.\n${warning("fresh")}` });
  await runKilled(it, pull);
  const names: Record<string, string> = { [first]: "A", [second]: "B" };
  expect(checksOf(it, names)).toEqual(["A cancelled NOT REVIEWED – superseded by a newer push", "B open -"]);
  // The head is replaced, so that no commit of the pull request leads to the former one any more.
  it.copy.git("checkout", "-q", "topic");
  it.copy.git("reset", "-q", "--hard", "main");
  const third = it.push({ "src/other.ts": warning("other") });
  await runKilled(it, pull);
  names[third] = "C";
  expect(checksOf(it, names)).toEqual([
    "A cancelled NOT REVIEWED – superseded by a newer push",
    "B cancelled NOT REVIEWED – superseded by a newer push",
    "C open -",
  ]);
  await it.run(pull);
  expect(checksOf(it, names).slice(2)).toEqual(["C success 1 new (1 warning) · 1/1 files"]);
  expect([threadsOf(pull), job.status]).toEqual([["src/other.ts:3 floating-promise"], "in_progress"]);
});
