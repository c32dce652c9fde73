import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { analyse } from "@review/analysis";
import type { Fix, TextEdit } from "@review/findings";
import { openSession, type Session } from "@review/program";
import { rules } from "@review/rules";
import { verifyFixes, type Verdict } from "@review/verification";
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

let folder: string;
let session: Session;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "review verify "))).replaceAll("\\", "/");
  writeFileSync(join(folder, "code.ts"), code);
  writeFileSync(join(folder, "user.ts"), user);
  session = openSession({ cwd: folder, files: [`${folder}/code.ts`, `${folder}/user.ts`] });
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

function edit(find: string, text: string, from = 0): TextEdit {
  const start = code.indexOf(find, from);
  return { file: "code.ts", span: { start, end: start + find.length }, text };
}

function verify(...edits: readonly (readonly TextEdit[])[]): readonly Verdict[] {
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
  return verifyFixes(
    {
      session,
      rules,
      drafts,
      nameOf,
      pathOf: file => `${folder}/${file}`,
      textOf: file => readFileSync(join(folder, file), "utf8"),
      deadline: Infinity,
      now: Date.now,
    },
    candidates,
  );
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

it("says so when there is no time left", () => {
  const nameOf = (path: string): string => basename(path);
  const { drafts } = analyse({ session, projects: session.projects, rules, nameOf });
  const finding = drafts[0] as (typeof drafts)[number];
  const request = { session, rules, drafts, nameOf, pathOf: String, textOf: () => code, deadline: 0, now: () => 1 };
  const fix = finding.fixes[0] as Fix;
  expect(verifyFixes(request, [{ finding, fix }])).toEqual([{ status: "unverified", because: "no time left" }]);
});
