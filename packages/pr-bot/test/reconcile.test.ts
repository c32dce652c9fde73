import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changedFiles,
  createMarker,
  DEFAULT_SETTINGS,
  plan,
  reconcile,
  type Plan,
  type ReportedFinding,
  type StandingThread,
} from "@review/pr-bot";
import { runs, timeFor } from "./chance.ts";
import { finding } from "./finding.ts";

/** A pull request as the bot and people leave it, by the bot's plans alone: what GitHub would keep, without GitHub. */
interface Desk {
  threads: StandingThread[];
  summaryDismissed: Set<string>;
  created: number;
}

const marker = createMarker({ repositoryId: 7, number: 1 }, "key");
const sha = (push: number): string => push.toString(16).padStart(40, "0");

function planned(
  desk: Desk,
  findings: readonly ReportedFinding[],
  push: number,
  maxInline: number,
  known: boolean,
): Plan {
  const file = {
    path: "a.ts",
    status: "modified" as const,
    hunks: [{ start: 1, end: 40, added: [1, 2, 3], gaps: [] }],
  };
  return plan({
    head: sha(push),
    fresh: findings,
    files: changedFiles([file]),
    texts: new Map([["a.ts", "x\n".repeat(40)]]),
    threads: desk.threads,
    dismissed: desk.summaryDismissed,
    isKnown: () => known,
    settings: { ...DEFAULT_SETTINGS, maxInline },
    marker,
    wordsAt: () => ({ pageOf: () => undefined, idOf: fp => fp.slice(0, 6), permalink: () => "https://example.org/" }),
  });
}

/** Does what a plan says, as GitHub would. */
function publish(desk: Desk, { create, keep, reopen, fixed, dismiss, surplus }: Plan): void {
  const change = (id: string, body: string | undefined, more: Partial<StandingThread>): void => {
    desk.threads = desk.threads.map(thread => {
      if (thread.id !== id) return thread;
      const now = { ...thread, ...more, body: body ?? thread.body };
      const mark = marker.readComment(now.body);
      return mark ? { ...now, fingerprints: mark.fingerprints, state: mark.state, sha: mark.sha } : now;
    });
  };
  for (const { thread, body } of keep) change(thread.id, body, {});
  for (const { thread, body } of reopen) change(thread.id, body, { isResolved: false });
  for (const { thread, body } of [...fixed, ...dismiss, ...surplus]) change(thread.id, body, { isResolved: true });
  for (const { body, placement } of create) {
    const mark = marker.readComment(body);
    if (!mark || placement.kind !== "line") throw new Error("A comment without a mark or a line");
    const id = `thread ${desk.created++}`;
    const { line, startLine = null } = placement;
    desk.threads.push({
      ...mark,
      id,
      commentId: desk.created,
      nodeId: id,
      path: "a.ts",
      line,
      startLine,
      body,
      isResolved: false,
      isOutdated: false,
      votes: { thumbsUp: 0, thumbsDown: 0 },
      hasReplies: false,
      isDeclined: false,
    });
  }
}

const open = ({ threads }: Desk): readonly StandingThread[] => threads.filter(thread => !thread.isResolved);

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("push" as const),
      present: fc.uniqueArray(fc.integer({ min: 0, max: 14 })),
      known: fc.boolean(),
      shift: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("resolve" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("outdate" as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("dismiss" as const), which: fc.integer({ min: 0, max: 14 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("decline" as const), which: fc.nat() }) },
);

const rules = ["floating-promise", "lost-error", "index-as-boolean"];
const made = (number: number, shift: number): ReportedFinding =>
  finding("a.ts", number + 1 + shift, {
    name: `f${number}`,
    ruleId: rules[number % 3] ?? "",
    severity: number % 4 === 0 ? "error" : "warning",
  });

test(
  "over any sequence of pushes: one open thread a finding, resolved ones stay resolved, at most the cap, and a second run says nothing",
  timeFor(300_000),
  () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), fc.integer({ min: 0, max: 8 }), (steps, cap) => {
        const desk: Desk = { threads: [], summaryDismissed: new Set(), created: 0 };
        const byPeople = new Set<string>();
        const rejected = new Set<string>();
        let push = 0;
        for (const one of steps) {
          const some =
            "which" in one && one.kind !== "dismiss"
              ? open(desk)[one.which % Math.max(1, open(desk).length)]
              : undefined;
          if (one.kind === "dismiss") {
            const { fingerprint } = made(one.which, 0);
            desk.summaryDismissed.add(fingerprint);
            rejected.add(fingerprint);
          } else if (one.kind === "push") {
            const findings = one.present.map(number => made(number, one.shift));
            push++;
            publish(desk, planned(desk, findings, push, cap, one.known));
            const again = planned(desk, findings, push, cap, one.known);
            expect([again.create, again.fixed, again.reopen, again.dismiss, again.surplus]).toEqual([
              [],
              [],
              [],
              [],
              [],
            ]);
            expect(again.keep.filter(({ body }) => body !== undefined)).toEqual([]);
          } else if (some) {
            if (one.kind === "outdate") Object.assign(some, { isOutdated: true, line: null });
            else {
              if (one.kind === "decline") Object.assign(some, { isDeclined: true });
              else Object.assign(some, { isResolved: true });
              byPeople.add(some.id);
              for (const fingerprint of some.fingerprints) rejected.add(fingerprint);
            }
          }
          const told = open(desk)
            .filter(thread => !thread.isDeclined)
            .flatMap(thread => thread.fingerprints);
          expect(new Set(told).size).toBe(told.length);
          expect(open(desk).length).toBeLessThanOrEqual(cap);
          if (one.kind !== "push") continue;
          expect(
            told.filter(
              fingerprint => rejected.has(fingerprint) && desk.threads.every(thread => thread.fingerprints.length < 2),
            ),
          ).toEqual([]);
          expect(
            desk.threads.filter(thread => byPeople.has(thread.id) && !thread.isResolved && !thread.isDeclined),
          ).toEqual([]);
        }
      }),
      runs(500),
    );
  },
);

test("P12: a thread follows its code: only lines have moved, so nothing is said again", () => {
  const desk: Desk = { threads: [], summaryDismissed: new Set(), created: 0 };
  publish(desk, planned(desk, [made(1, 0)], 1, 10, true));
  const next = planned(desk, [made(1, 3)], 2, 10, true);
  expect([next.create, next.fixed, next.keep.map(({ body }) => body)]).toEqual([[], [], [undefined]]);
});

test("P16: a mark counts only with the right key, for its own pull request, at the end of a comment", () => {
  const mark = { fingerprints: ["a".repeat(64)], state: "open" as const, sha: sha(1) };
  const body = `Words.\n\n${marker.comment(mark)}`;
  expect(marker.readComment(body)).toEqual(mark);
  expect(marker.readComment(`${body}\nMore words.`)).toBeUndefined();
  expect(createMarker({ repositoryId: 7, number: 2 }, "key").readComment(body)).toBeUndefined();
  expect(createMarker({ repositoryId: 7, number: 1 }, "other").readComment(body)).toBeUndefined();
  expect(marker.readComment(body.replace("state=open", "state=fixed"))).toBeUndefined();
  expect(marker.readComment(createMarker({ repositoryId: 7, number: 1 }, undefined).comment(mark))).toBeUndefined();
});

test("all findings are told in the first round, the worst with comments of their own, the rest in the summary", () => {
  const desk: Desk = { threads: [], summaryDismissed: new Set(), created: 0 };
  const findings = [0, 1, 4, 8, 10].map(number => made(number, 0));
  const result = planned(desk, findings, 1, 2, true);
  expect(result.create.map(({ group }) => group[0].finding.severity)).toEqual(["error", "error"]);
  expect(result.create.flatMap(({ group }) => group).length + result.unplaced.length).toBe(5);
});

test("of thirty findings that have no line in the change ten are told on their files, and the others in the summary", () => {
  const decided = reconcile({
    wanted: Array.from({ length: 30 }, (_, index) => ({
      finding: finding(`${index}.ts`, 90),
      placement: index % 2 === 0 ? { kind: "file", path: `${index}.ts` } : { kind: "none" },
    })),
    threads: [],
    dismissed: new Set(),
    isKnown: () => true,
    settings: { maxInline: 30 },
  });
  expect([decided.create.length, decided.unplaced.length]).toEqual([10, 20]);
});

test("three findings of one rule in one file are one comment", () => {
  const desk: Desk = { threads: [], summaryDismissed: new Set(), created: 0 };
  const [comment, ...others] = planned(
    desk,
    [0, 3, 6].map(number => made(number, 0)),
    1,
    10,
    true,
  ).create;
  expect(others).toEqual([]);
  expect(comment?.body).toContain("Also at [`a.ts:4`](https://example.org/), at [`a.ts:7`](https://example.org/).");
});

test("a thread about a file that could not be analysed stays as it is", () => {
  const desk: Desk = { threads: [], summaryDismissed: new Set(), created: 0 };
  publish(desk, planned(desk, [made(1, 0)], 1, 10, true));
  expect(planned(desk, [], 2, 10, false).fixed).toEqual([]);
  expect(planned(desk, [], 2, 10, true).fixed).toHaveLength(1);
});
