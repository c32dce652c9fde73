import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { analyse } from "@review/analysis";
import type { Fix, TextEdit } from "@review/findings";
import { openSession, type Session } from "@review/program";
import { rules } from "@review/rules";
import {
  verifyFixes,
  verifyTogether,
  type Candidate,
  type Verdict,
  type VerificationRequest,
} from "@review/verification";
import { afterAll, beforeAll, expect, it } from "vitest";

const code = `export declare function save(): Promise<number>;
export async function run(): Promise<void> {
  save();
  save();
}
`;
const user = `import { save } from "./code";
export const later: Promise<number> = save();
`;
const other = `import { save } from "./code";
export async function twice(): Promise<void> {
  save();
}
export async function never(): Promise<void> {
  Promise.reject(1);
}
`;

let folder: string;
let session: Session;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "review verify "))).replaceAll("\\", "/");
  writeFileSync(join(folder, "code.ts"), code);
  writeFileSync(join(folder, "user.ts"), user);
  writeFileSync(join(folder, "other.ts"), other);
  session = openSession({ cwd: folder, files: ["code.ts", "user.ts", "other.ts"].map(name => `${folder}/${name}`) });
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

function edit(find: string, text: string, from = 0): TextEdit {
  const start = code.indexOf(find, from);
  return { file: "code.ts", span: { start, end: start + find.length }, text };
}

interface Attempt {
  readonly request: VerificationRequest;
  readonly candidates: readonly Candidate[];
}

function attempt(...edits: readonly (readonly TextEdit[])[]): Attempt {
  const nameOf = (path: string): string => basename(path);
  const { drafts } = analyse({ session, projects: session.projects, rules, nameOf });
  const candidates = edits.map((own, index) => {
    const finding = drafts[index] as (typeof drafts)[number];
    const fix: Fix = {
      title: "Try it",
      safety: "suggested",
      origin: "rule",
      edits: own,
      verified: { types: null, rules: null, tests: null },
    };
    return { finding, fix };
  });
  const request = {
    ...{ session, rules, drafts, nameOf },
    pathOf: (file: string) => `${folder}/${file}`,
    textOf: (file: string) => readFileSync(join(folder, file), "utf8"),
    deadline: Infinity,
    now: Date.now,
  };
  return { request, candidates };
}

function verify(...edits: readonly (readonly TextEdit[])[]): readonly Verdict[] {
  const { request, candidates } = attempt(...edits);
  return verifyFixes(request, candidates);
}

const first = code.indexOf("save();");
const second = code.indexOf("save();", first + 1);
const verified = { status: "verified", verified: { types: true, rules: true, tests: null } };

it("verifies fixes that repair their findings, tried together", () => {
  expect(verify([edit("save();", "await save();")], [edit("save();", "await save();", second)])).toEqual([
    verified,
    verified,
  ]);
});

it("tells a good fix from a bad one that was tried with it", () => {
  const [good, bad] = verify([edit("save();", "await save();")], [edit("save();", "await safe();", second)]);
  expect(good).toEqual(verified);
  expect(bad).toMatchObject({ status: "rejected", check: "types" });
  expect(bad).toHaveProperty("because", expect.stringContaining("TS2304: Cannot find name 'safe'"));
});

it("tells good fixes from a bad one in another file", () => {
  const start = other.indexOf("save();");
  const bad = { file: "other.ts", span: { start, end: start + "save();".length }, text: "await safe();" };
  const verdicts = verify([edit("save();", "await save();")], [edit("save();", "await save();", second)], [bad]);
  expect(verdicts.map(({ status }) => status)).toEqual(["verified", "verified", "rejected"]);
});

it("is not misled by what stood in the file before", () => {
  const start = other.indexOf("save();");
  const good = { file: "other.ts", span: { start, end: start + "save();".length }, text: "await save();" };
  const { request, candidates } = attempt([], [], [good]);
  expect(verifyFixes(request, candidates.slice(2))).toEqual([verified]);
});

it("rejects an edit that does not parse", () => {
  expect(verify([edit("save();", "await save(;")])[0]).toMatchObject({ status: "rejected", check: "parse" });
});

it("rejects an edit that leaves the finding where it was", () => {
  expect(verify([edit("save();", "save(); // done")])[0]).toEqual({
    status: "rejected",
    check: "finding",
    because: expect.stringContaining("floating-promise in code.ts") as string,
  });
});

it("rejects an edit that breaks a file which imports the edited one", () => {
  const [verdict] = verify([
    edit("save(): Promise<number>;", "save(): Promise<string>;"),
    edit("save();", "await save();", first),
  ]);
  expect(verdict).toMatchObject({ status: "rejected", check: "types" });
  expect(verdict).toHaveProperty("because", expect.stringContaining("user.ts"));
});

it("rejects an edit that brings a finding of its own", () => {
  const [verdict] = verify([edit("save();", "await save(); Promise.reject(1);", first)]);
  expect(verdict).toMatchObject({ status: "rejected", check: "rules" });
});

it("proves fixes as one change, and leaves out what is in the way of those before it", () => {
  const placesOf = ({ request, candidates }: Attempt): readonly number[] =>
    verifyTogether(request, candidates).map(candidate => candidates.indexOf(candidate));
  const named = "const done = await save(); if (done > 1) return;";
  // Each stands alone; the name is taken when both come.
  expect(verify([edit("save();", named)], [edit("save();", named, second)])).toEqual([verified, verified]);
  expect(placesOf(attempt([edit("save();", named)], [edit("save();", named, second)]))).toEqual([0]);
  expect(placesOf(attempt([edit("save();", "await save();")], [edit("save();", named, second)]))).toEqual([0, 1]);
  // The same place.
  expect(placesOf(attempt([edit("save();", "await save();")], [edit("save();", named)]))).toEqual([0]);
  const { request, candidates } = attempt([edit("save();", "await save();")]);
  expect(verifyTogether(request, [])).toEqual([]);
  expect(verifyTogether({ ...request, deadline: 0 }, candidates)).toEqual([]);
});

it("says so when there is no time left", () => {
  const nameOf = (path: string): string => basename(path);
  const { drafts } = analyse({ session, projects: session.projects, rules, nameOf });
  const finding = drafts[0] as (typeof drafts)[number];
  const request = { session, rules, drafts, nameOf, pathOf: String, textOf: () => code, deadline: 0, now: () => 1 };
  const fix = finding.fixes[0] as Fix;
  expect(verifyFixes(request, [{ finding, fix }])).toEqual([{ status: "unverified", because: "no time left" }]);
});
