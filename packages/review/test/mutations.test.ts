/** A model that proposes wrong edits of every kind: none of them is ever shown, and a right one is. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review, type Report } from "@review/review";
import { createSuggester } from "@review/suggestions";
import { writeFiles } from "@review/testkit/folders";
import { answer, startModelServer } from "@review/testkit/openai";
import { afterAll, beforeAll, expect, it } from "vitest";

interface Edit {
  readonly find: string;
  readonly replace: string;
}

interface Mutation {
  readonly kind: string;
  readonly edits: readonly Edit[];
}

/** The code that the model is asked to repair: a name, a text, its right edit and wrong ones by kind. */
interface Subject {
  readonly name: string;
  readonly text: string;
  readonly right: readonly Edit[];
  readonly wrong: readonly Mutation[];
}

const store = `import { save } from "./save.js";

export class Store {
  #count = 0;

  async put(name: string, tags: readonly string[]): Promise<number> {
    if (name === "") throw new Error("no name");
    save(name);
    return tags.length;
  }

  count(): number {
    return this.#count;
  }
}
`;
const call = "    save(name);\n";
const check = '    if (name === "") throw new Error("no name");\n';
const good = { find: call, replace: "    await save(name);\n" };

/** One edit that replaces the call. */
function instead(kind: string, replace: string): Mutation {
  return { kind, edits: [{ find: call, replace }] };
}

const wrongForStore: readonly Mutation[] = [
  instead("wrong type", "    await save(tags.length);\n"),
  instead(
    "wrong type of the result",
    "    const saved: number = await save(name);\n    if (saved === name.length) return saved;\n",
  ),
  { kind: "removed check", edits: [good, { find: check, replace: "" }] },
  { kind: "weaker check", edits: [good, { find: 'name === ""', replace: 'name === "" && tags.length > 3' }] },
  { kind: "constant check", edits: [good, { find: 'name === ""', replace: "false" }] },
  {
    kind: "check that logs",
    edits: [good, { find: check, replace: '    if (name === "") console.log("no name");\n' }],
  },
  instead("as any", "    await (save as any)(name);\n"),
  instead("any by another way", "    const all: any = save;\n    await all(name);\n"),
  instead("assertion", "    await (save(name) as unknown as Promise<void>);\n"),
  instead("non-null assertion", "    await save(name)!;\n"),
  {
    kind: "other function as well",
    edits: [good, { find: "return this.#count;", replace: "return this.#count + 1;" }],
  },
  { kind: "other function alone", edits: [{ find: "return this.#count;", replace: "return this.#count + 1;" }] },
  instead("no-op: a blank", "    save( name );\n"),
  instead("no-op: a comment", "    // Nobody has to wait.\n    save(name);\n"),
  instead("new bug", '    await save(name);\n    if (tags.indexOf(name)) console.log("again");\n'),
  instead("new bug of the same rule", "    await save(name);\n    save(name + name);\n"),
  instead("deleted code", ""),
  instead("code replaced by a comment", "    // saved elsewhere\n"),
  instead("other call instead", "    console.log(name);\n"),
  instead("phantom import", '    await (await import("async-saver")).default(save(name));\n'),
  instead("phantom require", '    await require("async-saver")(save(name));\n'),
  instead("phantom name", "    await saveAll(name);\n"),
  instead("phantom member", "    await save.later(name);\n"),
  instead("@ts-ignore", "    // @ts-ignore\n    save(name);\n"),
  instead("@ts-expect-error with a good edit", "    // @ts-expect-error -- types are wrong\n    await save(name);\n"),
  instead("review-ignore", "    // review-ignore floating-promise -- fine\n    save(name);\n"),
  instead("eslint-disable", "    // eslint-disable-next-line review/floating-promise\n    save(name);\n"),
  instead("ignore beside a good edit", "    await save(name); // review-ignore floating-promise -- fine\n"),
  {
    kind: "outside of the shown code",
    edits: [{ find: "export function save", replace: "export async function save" }],
  },
  {
    kind: "import that is not shown as code",
    edits: [good, { find: 'from "./save.js"', replace: 'from "./other.js"' }],
  },
  {
    kind: "changed signature",
    edits: [good, { find: "tags: readonly string[])", replace: "tags: readonly string[], retries = 3)" }],
  },
  { kind: "changed result type", edits: [good, { find: "Promise<number>", replace: "Promise<number | undefined>" }] },
  {
    kind: "removed method",
    edits: [good, { find: "\n  count(): number {\n    return this.#count;\n  }\n", replace: "" }],
  },
  instead("swallowed error", "    await save(name).catch(() => {});\n"),
  instead("swallowed error, in words", "    await save(name).catch(() => undefined);\n"),
  instead("empty catch", "    try {\n      await save(name);\n    } catch {}\n"),
  instead("void", "    void save(name);\n"),
  instead("unreachable", "    if (tags.length < 0) return 0;\n    return tags.length;\n    save(name);\n"),
  instead("never true", "    if (false) await save(name);\n"),
  instead("broken brackets", "    await save(name;\n"),
  instead("invisible characters", "    await save(na\u200bme);\n"),
  {
    kind: "overlapping edits",
    edits: [good, { find: "save(name);\n    return", replace: "await save(name);\n    return" }],
  },
  { kind: "four edits", edits: [good, good, good, good] },
];

const pick = `export function pick(tags: readonly string[], tag: string, limit: number): string[] {
  const found: string[] = [];
  if (limit < 0) throw new RangeError("limit");
  if (tags.indexOf(tag)) found.push(tag);
  return found;
}
`;
const test = "tags.indexOf(tag)";
const includes = { find: test, replace: "tags.includes(tag)" };

function testing(kind: string, replace: string): Mutation {
  return { kind, edits: [{ find: test, replace }] };
}

const wrongForPick: readonly Mutation[] = [
  testing("wrong type", "tags.includes(limit)"),
  testing("constant", "true"),
  testing("constant by another way", "!0"),
  { kind: "removed check", edits: [{ find: `if (${test}) `, replace: "" }] },
  { kind: "removed branch", edits: [{ find: `  if (${test}) found.push(tag);\n`, replace: "" }] },
  {
    kind: "other check removed",
    edits: [includes, { find: '  if (limit < 0) throw new RangeError("limit");\n', replace: "" }],
  },
  { kind: "thrown no more", edits: [includes, { find: 'throw new RangeError("limit")', replace: "return found" }] },
  testing("as any", "(tags as any).contains(tag)"),
  testing("phantom member", "tags.contains(tag)"),
  testing("no-op", "(tags.indexOf(tag))"),
  testing("finding in other words", "!!tags.indexOf(tag)"),
  testing("new bug", "tags.includes(tag) && tags.lastIndexOf(tag)"),
  testing("other variable", "found.length >= 0"),
  { kind: "changed signature", edits: [includes, { find: "limit: number", replace: "limit?: number" }] },
  { kind: "removed parameter", edits: [includes, { find: ", limit: number", replace: "" }] },
  {
    kind: "disabled by comment",
    edits: [{ find: `  if (${test})`, replace: `  // eslint-disable-next-line\n  if (${test})` }],
  },
  {
    kind: "deleted push",
    edits: [{ find: `if (${test}) found.push(tag);`, replace: "if (tags.includes(tag)) return found;" }],
  },
];

const script = store.replaceAll(/: (?:string|readonly string\[\]|Promise<number>|number)(?=[,) ])/g, "");

const wrongForScript: readonly Mutation[] = [
  instead("phantom name", "    await saveAll(name);\n"),
  instead("phantom name beside", "    await save(label);\n"),
  instead("phantom member", "    await save(`${name}`.trimmed());\n"),
  instead("phantom import", '    await (await import("async-saver")).default(save(name));\n'),
  instead("type in a comment", "    await /** @type {any} */ (save)(name);\n"),
  instead("deleted code", ""),
  { kind: "removed check", edits: [good, { find: check, replace: "" }] },
  instead("@ts-nocheck", "    // @ts-nocheck\n    save(name);\n"),
];

const subjects: readonly Subject[] = [
  { name: "store.ts", text: store, right: [good], wrong: wrongForStore },
  { name: "pick.ts", text: pick, right: [includes], wrong: wrongForPick },
  { name: "script.js", text: script, right: [good], wrong: wrongForScript },
];

const cases = subjects.flatMap(({ name, text, right, wrong }) => [
  { file: `right-${name}`, kind: "right", text, edits: right },
  ...wrong.map(({ kind, edits }, index) => ({
    file: `wrong-${index}-${name}`,
    kind: `${kind} (${name})`,
    text,
    edits,
  })),
]);

/** Wrong at first, and right once it has been told what the compiler says. */
const MENDED = "mended-store.ts";

const folder = realpathSync.native(mkdtempSync(join(tmpdir(), "review-mutations-")));
let report: Report;
let asked: number;
let repairs: readonly string[];

beforeAll(async () => {
  const server = await startModelServer(({ turns }) => {
    const file = /^file: (\S+)/m.exec(turns[0]!.text)![1];
    const firstOrGood = turns.length === 1 ? instead("", "    await save(tags.length);\n").edits : [good];
    if (file === `src/${MENDED}`)
      return answer({ decision: "fix", title: "Repair it", explanation: "It is repaired.", edits: firstOrGood });
    const { edits } = cases.find(one => `src/${one.file}` === file)!;
    return answer({ decision: "fix", title: "Repair it", explanation: "It is repaired.", edits });
  });
  try {
    report = await reviewWith(server.url);
    const mending = server.requests.filter(({ turns }) => turns[0]!.text.includes(`file: src/${MENDED}`));
    asked = server.requests.length - mending.length;
    repairs = mending.slice(1).map(({ turns }) => turns.at(-1)!.text);
  } finally {
    await server.close();
  }
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function reviewWith(baseUrl: string): Promise<Report> {
  const suggester = createSuggester({ model: "wrong", apiKey: "sk-test", baseUrl, cacheDir: null, concurrency: 8 });
  const { signal } = new AbortController();
  writeProject();
  return review({ target: { kind: "paths", paths: ["src"], cwd: folder } }, { signal, suggester });
}

function writeProject(): void {
  const sources = cases.map(({ file, text }) => [`src/${file}`, text]);
  writeFiles(folder, {
    ...(Object.fromEntries(sources) as Record<string, string>),
    [`src/${MENDED}`]: store,
    "src/save.ts":
      "export function save(name: string): Promise<void> {\n  return Promise.reject(new Error(name));\n}\n",
    "src/other.ts": 'export { save } from "./save.js";\n',
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      compilerOptions: { strict: true, target: "es2023", module: "nodenext", allowJs: true, noEmit: true },
      include: ["src"],
    }),
  });
}

function findingIn(file: string): Report["findings"][number] {
  const found = report.findings.filter(finding => finding.file === join("src", file).replaceAll("\\", "/"));
  expect(found).toHaveLength(1);
  return found[0]!;
}

it.each(cases.filter(({ kind }) => kind === "right"))("shows the right edit of $file as verified", ({ file }) => {
  const { suggestion, fixes } = findingIn(file);
  expect(suggestion).toMatchObject({ status: "verified", reason: null });
  expect(fixes[0]).toMatchObject({
    origin: "model",
    verified: { types: file.endsWith("js") ? null : true, rules: true },
  });
});

it.each(cases.filter(({ kind }) => kind !== "right"))("never shows an edit of the kind: $kind", ({ file }) => {
  const { suggestion, fixes } = findingIn(file);
  expect(["unverified", "bad_output"]).toContain(suggestion.status);
  expect(suggestion.reason).not.toBe("");
  expect(fixes.filter(fix => fix.origin === "model")).toEqual([]);
});

it("shows an edit as verified that was mended by what the compiler says of the first one, word for word", () => {
  const { suggestion, fixes } = findingIn(MENDED);
  expect(suggestion).toMatchObject({ status: "verified", reason: null });
  expect(fixes[0]!.edits[0]!.text).toContain("await save(name);");
  expect(repairs).toHaveLength(1);
  expect(repairs[0]).toContain("TS2345: Argument of type 'number' is not assignable to parameter of type 'string'.");
});

it("asks again with what was wrong, twice at most", () => {
  expect(asked).toBeLessThanOrEqual(3 * cases.length);
  expect(asked).toBeGreaterThan(2 * cases.length);
});
