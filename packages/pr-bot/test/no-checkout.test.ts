/** A job without a checkout, and without git: everything comes from GitHub's API. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkOf, scene, sound, textsBelow, threadsOf, warning, type Scene } from "./scene.ts";

/** An empty job on a machine without git; `temporary` is where the bot may write. */
function bareJob(): { readonly GITHUB_WORKSPACE: string; readonly PATH: string; readonly TMPDIR: string } {
  const place = (name: string): string => {
    const folder = mkdtempSync(join(tmpdir(), `review-bare-${name}-`));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };
  return { GITHUB_WORKSPACE: place("work"), PATH: place("path"), TMPDIR: place("tmp") };
}

/** Requests that read, by the last part of their path that has a name, with how many there were. */
function readsOf({ github }: Scene): Readonly<Record<string, number>> {
  const kinds = github.seen.flatMap(({ path }) => /compare|trees|blobs|tarball|codeload/.exec(path)?.[0] ?? []);
  return Object.fromEntries(
    [...new Set(kinds)].toSorted().map(kind => [kind, kinds.filter(each => each === kind).length]),
  );
}

/** More files than are asked for one by one. */
const many = Object.fromEntries(
  Array.from({ length: 120 }, (_, index) => [`lib/${index}.ts`, `export const n = ${index};\n`]),
);

test("without a checkout and without git, base and head come from the API: the bulk in one archive, the token kept to GitHub", async () => {
  const long = `src/${"deep/".repeat(60)}größe.ts`;
  const it = await scene({
    ...many,
    "src/old.ts": warning("old"),
    "src/moved.ts": warning("moved"),
    "src/left-out.ts": "export const limit = 3;\n",
    ".gitattributes": "src/left-out.ts export-ignore\nlib/*.ts text eol=crlf\n",
    "picture.png": new Uint8Array(200_000),
    [long]: sound,
  });
  it.push({
    "src/moved.ts": null,
    "src/elsewhere.ts": warning("moved"),
    "src/new.ts": `import { limit } from "./left-out.js";\nexport const doubled = 2 * limit;\n\n${warning("fresh")}`,
    [long]: `${sound}export const more = 1;\n`,
  });
  const pull = it.open();
  const env = bareJob();
  let told = "";
  it.github.fail((method, path) => {
    if (method === "POST" && path.endsWith("/reviews")) told = textsBelow(env.TMPDIR);
    return undefined;
  });
  const result = await it.run(pull, { env, isProcess: true });
  expect([result.status, result.stderr]).toEqual([
    0,
    "review-bot: No checkout has the commits: they are read by GitHub's API.\nreview-bot: 1 new (1 warning) · 3/3 files\n",
  ]);
  expect(threadsOf(pull)).toEqual(["src/new.ts:6 floating-promise"]);
  expect(pull.pull.threads[0]!.comments[0]!.body).toContain("```suggestion\n  await save();\n```");
  // The base's package.json and the file that has changed, and of the head one archive and the file that is not in it.
  expect(readsOf(it)).toEqual({ compare: 1, trees: 3, tarball: 1, codeload: 1, blobs: 3 });
  expect(told).not.toContain(it.github.seen[0]!.authorization.split(" ")[1]);
  expect(readdirSync(env.TMPDIR)).toEqual([]);
});

test("links, unsafe and huge files of the API's lists are passed over and named; a checkout of something else is left alone", async () => {
  const it = await scene();
  it.copy.git("checkout", "-q", "-b", "topic");
  mkdirSync(join(it.copy.folder, "src"), { recursive: true });
  symlinkSync("/etc/passwd", join(it.copy.folder, "src", "link.ts"));
  it.push({
    "src/huge.ts": `export const text = "${"x".repeat(1_100_000)}";\n`,
    "src/new.ts": warning("fresh"),
    "node_modules/own.ts": sound,
  });
  const pull = it.open();
  const other = await scene({ "other.ts": sound });
  await it.run(pull, { env: { GITHUB_WORKSPACE: other.copy.folder } });
  expect(checkOf(it, pull).title).toBe("1 new (1 warning) · 1/4 files");
  expect(pull.pull.comments[0]!.body).toMatch(/Passed over: .*`src\/link\.ts` \(symbolic link\)/);
  expect(pull.pull.comments[0]!.body).toContain("`src/huge.ts` (too large)");
  expect(pull.pull.comments[0]!.body).toContain("(unsafe name)");
  expect(readsOf(it)).toEqual({ compare: 1, trees: 3, blobs: 4 });
});

test("a commit with more files than GitHub lists is cloned, and an archive that breaks off is asked for again", async () => {
  const it = await scene(many);
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  it.github.limits.entriesInTree = 20;
  const { GITHUB_WORKSPACE } = bareJob();
  const cloned = await it.run(pull, { env: { GITHUB_WORKSPACE } });
  expect(cloned.stderr).toContain("A partial clone is made instead.");
  expect(threadsOf(pull)).toEqual(["src/new.ts:3 floating-promise"]);
  it.github.limits.entriesInTree = 100_000;
  it.github.limits.brokenArchives = 1;
  expect((await it.run(pull, { env: bareJob(), isProcess: true })).stderr).toContain("1 new (1 warning)");
  expect(readsOf(it)).toMatchObject({ tarball: 2, codeload: 2 });
});

test("of two workflows neither needs a checkout", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open({ fork: "eve/shop" });
  const env = bareJob();
  const file = join(env.GITHUB_WORKSPACE, "review.json");
  const token = it.github.createToken("reader[bot]", "read");
  const analyse = { args: ["--report-to", file], env: { ...env, GITHUB_TOKEN: token }, isProcess: true };
  const first = await it.run(pull, analyse);
  expect([first.status, pull.pull.threads]).toEqual([0, []]);
  const event = { action: "completed", workflow_run: { head_sha: pull.head() } };
  const second = await it.run(pull, { args: ["--from", file], event, env, isProcess: true });
  expect([second.status, threadsOf(pull)]).toEqual([0, ["src/new.ts:3 floating-promise"]]);
});
