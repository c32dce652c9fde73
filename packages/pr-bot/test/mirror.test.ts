import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createMirrors } from "@review/pr-bot";
import { createWorkingCopy } from "@review/testkit/github";

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
