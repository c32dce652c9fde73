import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createMirrors, type Mirrors } from "@review/pr-bot";
import { createWorkingCopy } from "@review/testkit/github";

test("the clones unused for longest go when all of them take more than they may, and are made anew when they are asked for", async () => {
  const copy = createWorkingCopy();
  const folder = mkdtempSync(join(tmpdir(), "review-mirror-"));
  onTestFinished(() => {
    copy.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const commit = copy.commit("main", { "a.ts": "// a\n" });
  const others = ["one", "two"].map(name => join(folder, `${name}-origin`));
  for (const other of others) copy.git("clone", "-q", "--bare", copy.folder, other);
  const open = (mirrors: Mirrors, other: string): Promise<string> =>
    mirrors.open({ url: pathToFileURL(other).href, token: undefined }, ["+refs/heads/*:refs/heads/*"], [commit]);
  const roomy = createMirrors({ folder: join(folder, "clones"), maxBytes: 1e9 });
  const [first, second] = [await open(roomy, others[0]!), await open(roomy, others[1]!)];
  utimesSync(first, 1, 1);
  await roomy.trim();
  expect([existsSync(first), existsSync(second)]).toEqual([true, true]);
  const bytes = bytesBelow(second);
  const narrow = createMirrors({ folder: join(folder, "clones"), maxBytes: 1.5 * bytes });
  await narrow.trim();
  expect([existsSync(first), existsSync(second)]).toEqual([false, true]);
  expect(await open(narrow, others[0]!)).toBe(first);
});

function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

test("a clone of the bot's own asks only for what it has not, commits and files", async () => {
  const copy = createWorkingCopy();
  const folder = mkdtempSync(join(tmpdir(), "review-mirror-"));
  onTestFinished(() => {
    copy.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const setting of ["allowFilter", "allowAnySHA1InWant"]) copy.git("config", `uploadpack.${setting}`, "true");
  const commits = ["one", "two", "three", "four"].map(name => copy.commit("main", { [`${name}.ts`]: `// ${name}\n` }));
  const [base, , head, next] = commits as [string, string, string, string];
  const mirrors = createMirrors({ folder, maxBytes: 1e9 });
  const remote = { url: pathToFileURL(copy.folder).href, token: undefined };
  const open = (...wanted: string[]): Promise<string> => mirrors.open(remote, ["+refs/heads/*:refs/heads/*"], wanted);
  const place = await open(base, head);
  const packs = (): number => readdirSync(join(place, "objects/pack")).filter(name => name.endsWith(".pack")).length;
  const objects = (): number => Number(/in-pack: (\d+)/.exec(copy.git("-C", place, "count-objects", "-v"))![1]);
  const [atFirst, few] = [packs(), objects()];
  await open(base, head);
  await open(commits[1]!);
  expect(packs()).toBe(atFirst);
  await open(base, next);
  // The new commit, its tree and its file.
  expect(objects()).toBe(few + 3);
});
