/** What a model's fix has to stand beyond compiling and silencing its finding. */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyse } from "@review/analysis";
import type { Fix, TextEdit } from "@review/findings";
import { openSession, type Session } from "@review/program";
import { rules } from "@review/rules";
import { writeFiles } from "@review/testkit/folders";
import { verifyFixes, type Verdict, type VerificationRequest } from "@review/verification";
import { afterAll, beforeAll, expect, it } from "vitest";

const files = {
  "code.ts": `export declare function save(): Promise<number>;
export async function run() {
  save();
}
export function first(names: string[], name: string) {
  return names.filter(other => names.indexOf(other));
}
export function has(names: string[], name: string) {
  // Found or not.
  if (names.indexOf(name)) return name;
}
`,
  "user.ts": `import { first, run } from "./code.ts";
export async function all(): Promise<void> {
  await run();
}
export const none = first([], "");
`,
  "script.js": `/** @param {string} a */
export function loose(a) {
  const all = [a];
  if (all.indexOf(a)) return a.trim();
}
`,
};

let folder: string;
let session: Session;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "review strict "))).replaceAll("\\", "/");
  writeFiles(folder, {
    ...files,
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        allowJs: true,
        noEmit: true,
        module: "nodenext",
        allowImportingTsExtensions: true,
      },
    }),
  });
  session = openSession({ cwd: folder, files: Object.keys(files).map(file => `${folder}/${file}`) });
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

type FileName = keyof typeof files;

/** Tries edits of a file as a model's fix for its finding on a line (counted from 1). */
function verify(
  file: FileName,
  line: number,
  edits: readonly (readonly [find: string, text: string])[],
  { mayChangeApi = false, ...more }: Partial<VerificationRequest> & { readonly mayChangeApi?: boolean } = {},
): Verdict {
  const nameOf = (path: string): string => path.slice(folder.length + 1);
  const { drafts } = analyse({ session, projects: session.projects, rules, nameOf });
  const text = files[file];
  const finding = drafts.find(
    draft => draft.file === file && text.slice(0, draft.span.start).split("\n").length === line,
  )!;
  const placed = edits.map(([find, put]): TextEdit => {
    const start = text.indexOf(find);
    return { file, span: { start, end: start + find.length }, text: put };
  });
  const verified = { types: null, rules: null, tests: null };
  const fix: Fix = { title: "Try", safety: "suggested", origin: "model", edits: placed, verified };
  const request: VerificationRequest = {
    ...{ session, rules, drafts, nameOf, now: Date.now, deadline: Infinity },
    pathOf: name => `${folder}/${name}`,
    textOf: name => readFileSync(join(folder, name), "utf8"),
    ...more,
  };
  return verifyFixes(request, [{ finding, fix, mayChangeApi }])[0]!;
}

it("takes a repair that changes nothing else", () => {
  expect(verify("code.ts", 3, [["save();\n}", "await save();\n}"]])).toMatchObject({ status: "verified" });
  expect(verify("code.ts", 6, [["names.indexOf(other)", "names.includes(other)"]])).toMatchObject({
    status: "verified",
  });
  expect(verify("script.js", 4, [["all.indexOf(a)", "all.includes(a)"]])).toEqual({
    status: "verified",
    verified: { types: null, rules: true, tests: null },
  });
});

it.each<readonly [string, FileName, number, readonly (readonly [string, string])[], RegExp]>([
  [
    "surface",
    "code.ts",
    3,
    [["  save();\n", "  return save();\n"]],
    /exports: `.*Promise<void>;` becomes `.*Promise<number>;`/,
  ],
  [
    "reach",
    "code.ts",
    3,
    [
      ["  save();\n", "  await save();\n"],
      ["other)", "other) "],
    ],
    /line 6 of code.ts/,
  ],
  [
    "reach",
    "code.ts",
    6,
    [
      ["indexOf(other)", "includes(other)"],
      ["names.indexOf(name)", "names.includes(name)"],
    ],
    /line 10/,
  ],
  ["hatches", "code.ts", 3, [["  save();\n", "  await save(); // eslint-disable-line\n"]], /eslint-disable/],
  ["losses", "code.ts", 10, [["if (names.indexOf(name)) ", ""]], /removes the check/],
  ["names", "script.js", 4, [["all.indexOf(a)", "all.includes(b)"]], /called `b`/],
  ["names", "script.js", 4, [["all.indexOf(a)", 'all.includes(a) && import("nowhere")']], /no module "nowhere"/],
  ["finding", "script.js", 4, [["all.indexOf(a)", "all.indexOf(a) "]], /index-as-boolean/],
])("answers with the check %s: %s line %i", (check, file, line, edits, because) => {
  const verdict = verify(file, line, edits);
  expect(verdict).toMatchObject({ status: "rejected", check });
  expect(verdict).toHaveProperty("because", expect.stringMatching(because));
});

it("lets a signature change where that is allowed, as long as everybody who uses it compiles", () => {
  const head = "export function has(names: string[], name: string) {";
  const repaired = ["if (names.indexOf(name))", "if (names.includes(name))"] as const;
  const optional = [[head, head.replace("name: string)", "name: string, deep = false)")], repaired] as const;
  expect(verify("code.ts", 10, optional)).toMatchObject({ status: "rejected", check: "surface" });
  expect(verify("code.ts", 10, optional, { mayChangeApi: true })).toMatchObject({ status: "verified" });
});

it("takes no package that no manifest declares", () => {
  const edits = [["all.indexOf(a)", 'all.includes(a) && import("vitest")']] as const;
  const verdict = verify("script.js", 4, edits, { dependenciesOf: () => new Set(["vitest"]) });
  // Nothing is installed in this folder, so the module is missing whoever declares it.
  expect(verdict).toMatchObject({ status: "rejected", check: "names" });
});

it("asks rules that the review left out about a model's fix", () => {
  const only = rules.filter(rule => rule.id === "index-as-boolean");
  const others = { rules: rules.filter(rule => rule.id === "floating-promise"), draftsIn: () => [] };
  const text = [["if (names.indexOf(name))", "Promise.reject(name);\n  if (names.includes(name))"]] as const;
  expect(verify("code.ts", 10, text, { rules: only })).toMatchObject({ status: "verified" });
  expect(verify("code.ts", 10, text, { rules: only, others })).toMatchObject({ status: "rejected", check: "rules" });
});

it("says that the time is over wherever it ends", () => {
  let calls = 0;
  for (const last of [1, 2, 3, 4]) {
    calls = 0;
    const now = (): number => (++calls > last ? 2 : 0);
    const verdict = verify("code.ts", 3, [["save();\n}", "await save();\n}"]], { now, deadline: 1 });
    expect(verdict).toEqual({ status: "unverified", because: "no time left" });
  }
});
