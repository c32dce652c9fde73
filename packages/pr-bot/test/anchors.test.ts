import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createWorkingCopy,
  startGitHubServer,
  type GitHubServer,
  type Hub,
  type PullHandle,
  type WorkingCopy,
} from "@review/testkit/github";
import {
  changedFiles,
  createMarker,
  DEFAULT_SETTINGS,
  diffFiles,
  mergeBase,
  parsePatch,
  plan,
  reviewComment,
  type ChangedFile,
  type Plan,
  type ReportedFinding,
} from "@review/pr-bot";
import { runs, timeFor } from "./chance.ts";
import { finding, fixable } from "./finding.ts";
import { edited, edits, ends, lines, textOf } from "./random-changes.ts";

let github: GitHubServer;
let hub: Hub;
let copy: WorkingCopy & { remove(): void };
let branches = 0;

beforeAll(async () => {
  github = await startGitHubServer();
  hub = github.createRepository("acme/shop");
  copy = createWorkingCopy();
});

afterAll(async () => {
  copy.remove();
  await github.close();
  expect(github.wrong).toEqual([]);
});

const names = fc.constantFrom("src/a.ts", "src/ü ber.ts", 'src/quo"ted.ts', "src/tab\tbed.ts", "src/b\\c.ts");

const change = fc.record({
  path: names,
  former: fc.option(fc.constantFrom("old/a.ts", "old/größe.ts")),
  before: lines,
  edits,
  ends,
  places: fc.array(
    fc.record({
      line: fc.integer({ min: 1, max: 50 }),
      length: fc.integer({ min: 0, max: 12 }),
      fix: fc.boolean(),
      /** Lines before and after it that belong to the same declaration, or those that cause it; none where it rests on nothing. */
      around: fc.option(
        fc.record({ before: fc.integer({ min: -10, max: 49 }), after: fc.integer({ min: -10, max: 20 }) }),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

/** Many files in one pull request, since a commit takes longer than a comparison. */
test(
  "P01, P03, P08: every planned anchor is accepted by GitHub, whatever the change is and the files are called",
  timeFor(180_000),
  async () => {
    let placed = 0;
    const roles = { own: 0, cause: 0, beside: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 20, maxLength: 40 }), async changes => {
        const files = changes.map((one, index) => {
          const name = `${index}/${one.path}`;
          const text = textOf(edited(one.before, one.edits), one.ends);
          return { ...one, name, was: one.former === null ? name : `${index}/${one.former}`, text };
        });
        const pull = openPull(files);
        const findings = files.flatMap(({ name, places }) =>
          places.map(({ line, length, fix, around }, index) => {
            // Of one rule, several would be told in one comment.
            const ruleId = `rule-${index}`;
            const evidence = around ? [declarationAround(name, line, line + length, around)] : [];
            return fix
              ? fixable(name, line, "await ", { ruleId, evidence })
              : finding(name, line, { endLine: line + length, ruleId, evidence });
          }),
        );
        const from = await mergeBase(hub.gitDir, pull.base(), pull.head());
        const local = await diffFiles(hub.gitDir, from, pull.head());
        const texts = new Map(files.map(({ name, text }) => [name, text]));
        for (const some of inThirties(findings)) {
          const planned = planOf(some, local, texts, pull.head());
          const comments = planned.create.filter(({ placement }) => placement.kind === "line").map(reviewComment);
          placed += comments.length;
          for (const { placement } of planned.create) if (placement.kind === "line") roles[placement.role]++;
          const token = github.createToken("helper[bot]");
          const response = await fetch(`${github.url}/repos/acme/shop/pulls/${pull.number}/reviews`, {
            method: "POST",
            headers: { authorization: `token ${token}` },
            body: JSON.stringify({ commit_id: pull.head(), event: "COMMENT", body: "x", comments }),
          });
          expect([response.status, await response.text()]).toEqual([200, expect.anything()]);
          expect(comments.every(comment => comment.start_line === undefined || comment.start_line < comment.line)).toBe(
            true,
          );
        }
        // The API of files, for when there is no checkout, leads to the same places.
        expect(pull.diff().map(({ patch = "" }) => parsePatch(patch)[0] ?? [])).toEqual(local.map(file => file.hunks));
      }),
      runs(8),
    );
    expect(placed).toBeGreaterThan(60);
    expect(Math.min(...Object.values(roles))).toBeGreaterThan(0);
  },
);

function declarationAround(
  file: string,
  first: number,
  last: number,
  { before, after }: { readonly before: number; readonly after: number },
): ReportedFinding["evidence"][number] {
  const start = Math.max(1, first - before);
  const end = Math.max(start, last + after);
  const range = { start: { line: start, column: 1 }, end: { line: end, column: 2 } };
  return { message: "`told`, which this is a part of, is changed.", file, range };
}

interface Changed {
  readonly was: string;
  readonly name: string;
  readonly before: readonly string[];
  readonly ends: { readonly end: string; readonly last: boolean };
  readonly text: string;
}

function openPull(files: readonly Changed[]): PullHandle {
  const number = branches++;
  const [base, topic] = [`base-${number}`, `topic-${number}`];
  copy.git("checkout", "-q", "--orphan", base);
  copy.git("rm", "-rfq", "--ignore-unmatch", ".");
  copy.commit(base, Object.fromEntries(files.map(({ was, before, ends: its }) => [was, textOf(before, its)])));
  copy.commit(
    topic,
    Object.fromEntries(
      files.flatMap(({ was, name, text }) => [
        [was, null],
        [name, text],
      ]),
    ),
    base,
  );
  copy.pushTo(hub.gitDir, base, topic);
  return hub.openPull(topic, { base });
}

function inThirties<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / 30) }, (_, index) => list.slice(index * 30, index * 30 + 30));
}

function planOf(
  findings: readonly ReportedFinding[],
  files: readonly ChangedFile[],
  texts: ReadonlyMap<string, string>,
  head: string,
): Plan {
  return plan({
    head,
    fresh: findings,
    files: changedFiles(files),
    texts,
    threads: [],
    dismissed: new Set(),
    isKnown: () => true,
    settings: { ...DEFAULT_SETTINGS, maxInline: 30 },
    marker: createMarker({ repositoryId: 7, number: 1 }, "key"),
    wordsAt: () => ({ pageOf: () => undefined, idOf: fp => fp.slice(0, 6), permalink: () => "https://github.com/" }),
  });
}

test("P04, P05: files without a last line end, binary ones and changes of mode alone are no trouble", async () => {
  const folder = mkdtempSync(join(tmpdir(), "review-diff-"));
  const own = createWorkingCopy();
  try {
    const base = own.commit("main", {
      "end.ts": "a\nb",
      "pic.ts": new Uint8Array([0, 1, 2]),
      "mode.ts": "x\n",
      "gone.ts": "y\n",
    });
    own.git("update-index", "--chmod=+x", "mode.ts");
    const head = own.commit("main", { "end.ts": "a\nb\nc", "pic.ts": new Uint8Array([0, 1, 3]), "gone.ts": null });
    own.git("update-index", "--chmod=+x", "mode.ts");
    own.git("commit", "-q", "--allow-empty", "-m", "mode");
    const files = await diffFiles(own.folder, base, own.git("rev-parse", "HEAD").trim());
    expect(head).not.toBe(base);
    expect(files.map(({ path, status, hunks }) => [path, status, hunks.map(hunk => hunk.added)])).toEqual([
      ["end.ts", "modified", [[2, 3]]],
      ["gone.ts", "removed", [[]]],
      ["mode.ts", "modified", []],
      ["pic.ts", "modified", []],
    ]);
  } finally {
    own.remove();
    rmSync(folder, { recursive: true });
  }
});
