/**
 * Publishing, on the tests' own GitHub, which is what CI runs, or on the real one:
 *
 * ```sh
 * GITHUB_TEST_REPO=owner/name GITHUB_TEST_TOKEN=… npx vitest run packages/pr-bot/test/publishing.test.ts
 * ```
 *
 * `GITHUB_API_URL` names an Enterprise server. The token needs contents, pull requests and, where it is an App's, checks, all to write. Any repository will do, an empty one
 * too: each pull request stands between two branches of its own (`review-test/…`), and in the end it is closed and they are gone.
 * The way there is tried against the tests' own server, with all pauses; GitHub's own answers have not been seen where this was written.
 */
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  changedFiles,
  createMarker,
  DEFAULT_SETTINGS,
  diffFiles,
  parsePatch,
  plan,
  reviewComment,
} from "@review/pr-bot";
import { startGitHubServer } from "@review/testkit/github";
import { runs } from "./chance.ts";
import { finding } from "./finding.ts";
import { ground, type Ground } from "./ground.ts";
import { edited, edits, ends, lines, textOf } from "./random-changes.ts";
import { error, sound, TSCONFIG, warning } from "./scene.ts";

const base = {
  "tsconfig.json": TSCONFIG,
  "package.json": '{ "type": "module" }',
  "src/old.ts": warning("old"),
};

const WORDS =
  "a review, its comments, summary and check, and after a push that moves one finding and mends another nothing is said twice";

test(WORDS, published);

/** As it goes to the real one, with its pauses, its addresses and its token: what cannot be tried here is the answers alone. */
test.skipIf(process.env["GITHUB_TEST_REPO"])(`by the way to the real GitHub: ${WORDS}`, async () => {
  const github = await startGitHubServer();
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await github.close();
    expect(github.wrong).toEqual([]);
  });
  github.createRepository("acme/shop");
  vi.stubEnv("GITHUB_TEST_REPO", "acme/shop");
  vi.stubEnv("GITHUB_TEST_TOKEN", github.createToken("github-actions[bot]"));
  vi.stubEnv("GITHUB_API_URL", github.enterpriseUrl);
  await published();
});

async function published(): Promise<void> {
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
}

test("whatever files are called and however their lines end, findings stand on their lines; what was resolved stays so", async () => {
  const moved = `${warning("moved")}${"// A remark.\n".repeat(9)}`;
  const it = await ground({ ...base, "src/old name.ts": moved }, { "src/new.ts": sound });
  await it.push({
    "src/old name.ts": null,
    "src/größe 'neu'.ts": `${moved}\n${warning("more")}`,
    "src/crlf.ts": warning("carriage").replaceAll("\n", "\r\n"),
    "src/end.ts": error.trimEnd(),
  });
  expect((await it.run("checkout")).status).toBe(1);
  const places = [
    "src/crlf.ts:3 floating-promise",
    "src/end.ts:2 fresh-object-lookup",
    "src/größe 'neu'.ts:18 floating-promise",
  ];
  await stands(it, places);
  await it.resolve("src/crlf.ts");
  await it.push({ "src/new.ts": `${sound}${sound.replace("answer", "question")}` });
  expect((await it.run("empty")).status).toBe(1);
  await stands(it, places.with(0, `${places[0]} resolved`));
  expect((await it.comments())[0]!.body).toContain("1 dismissed");
});

test("every planned anchor is accepted, whatever the change is, and git's lines are GitHub's", async () => {
  const it = await ground({ "a.ts": sound }, { "a.ts": `${sound}${sound.replace("answer", "question")}` });
  const random = fc.record({ lines, edits, ends });
  const property = fc.asyncProperty(fc.array(random, { minLength: 6, maxLength: 12 }), async changes => {
    const texts = changes.map(one => textOf(edited(one.lines, one.edits), one.ends));
    await it.push(Object.fromEntries(texts.map((text, index) => [`random/${index}.ts`, text])));
    const { folder, base: from, head } = it.commits();
    const local = await diffFiles(folder, from, head);
    const known = new Map(texts.map((text, index) => [`random/${index}.ts`, text]));
    const findings = [...known].flatMap(([file, text]) =>
      text
        .split("\n")
        .flatMap((_, index) => (index % 5 > 0 ? [] : finding(file, index + 1, { ruleId: `rule-${index}` }))),
    );
    const planned = plan({
      head,
      fresh: findings,
      files: changedFiles(local),
      texts: known,
      threads: [],
      dismissed: new Set(),
      isKnown: () => true,
      settings: { ...DEFAULT_SETTINGS, maxInline: 30 },
      marker: createMarker({ repositoryId: 7, number: 1 }, undefined),
      wordsAt: () => ({ pageOf: () => undefined, idOf: fp => fp.slice(0, 6), permalink: () => "https://github.com/" }),
    });
    const placed = planned.create.filter(({ placement }) => placement.kind === "line");
    if (placed.length > 0) await it.comment(placed.map(reviewComment));
    const listed = new Map((await it.files()).map(({ filename, patch }) => [filename, patch ?? ""]));
    for (const { path, hunks } of local) expect(parsePatch(listed.get(path) ?? "")[0] ?? []).toEqual(hunks);
  });
  await fc.assert(property, { ...runs(3), endOnFailure: true });
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
