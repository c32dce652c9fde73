/**
 * Publishing, on the tests' own GitHub, which is what CI runs, or on the real one:
 *
 * ```sh
 * GITHUB_TEST_REPO=owner/name GITHUB_TEST_TOKEN=… npx vitest run packages/pr-bot/test/publishing.test.ts
 * ```
 *
 * The token needs contents, pull requests and, where it is an App's, checks, all to write. Any repository will do, an empty one
 * too: the pull request stands between two branches of its own (`review-test/…`), and in the end it is closed and they are gone.
 * The real half has not been run where this was written, which cannot reach GitHub.
 */
import { expect, test } from "vitest";
import { ground, type Ground } from "./ground.ts";
import { error, sound, TSCONFIG, warning } from "./scene.ts";

const base = {
  "tsconfig.json": TSCONFIG,
  "package.json": '{ "type": "module" }',
  "src/old.ts": warning("old"),
};

test("a review, its comments, summary and check, and after a push that moves one finding and mends another nothing is said twice", async () => {
  const it = await ground(base, { "src/new.ts": warning("fresh") });
  const first = await it.push({ "src/bad.ts": error });
  expect(await it.run("checkout")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("2 new (1 error, 1 warning)"),
  });
  await stands(it, ["src/bad.ts:2 fresh-object-lookup", "src/new.ts:3 floating-promise"]);
  expect((await it.threads())[1]!.body).toContain("```suggestion\n  await save();\n```");
  expect(await it.reviews()).toEqual(["COMMENTED"]);
  await isChecked(it, first, "failure", "2 new (1 error, 1 warning) · 2/2 files");
  expect((await it.comments()).map(({ body }) => body)).toEqual([expect.stringContaining("2 new problems")]);

  // The same findings read by the API, which must give them the same fingerprints.
  const second = await it.push({ "src/new.ts": `// A line above.\n\n${warning("fresh")}`, "src/bad.ts": sound });
  expect((await it.run("empty")).status).toBe(0);
  await stands(it, ["src/bad.ts:- fresh-object-lookup resolved", "src/new.ts:5 floating-promise"]);
  expect(await it.reviews()).toEqual(["COMMENTED"]);
  await isChecked(it, second, "success", "1 new (1 warning) · 2/2 files");
  expect((await it.comments()).map(({ body }) => body)).toEqual([expect.stringContaining("1 new problem")]);

  await it.close();
  expect(await it.isOpen()).toBe(false);
});

/** GitHub's answers may be some seconds behind. */
async function stands(it: Ground, threads: readonly string[]): Promise<void> {
  const now = async (): Promise<readonly string[]> => (await it.threads()).map(({ at }) => at);
  await expect.poll(now, { timeout: 30_000, interval: 1_000 }).toEqual(threads);
}

async function isChecked(it: Ground, commit: string, conclusion: string, title: string): Promise<void> {
  if (!it.hasChecks) return;
  expect(await it.checks(commit)).toEqual([expect.objectContaining({ conclusion, title })]);
}
