/** Inverse edits make bugs that their rules report, of code in which they report nothing. */
import { review } from "@review/review";
import { mutationPairs, rulesWithInverse } from "@review/review/eval";
import { folderWith, writeFiles } from "@review/testkit/folders";
import { expect, it } from "vitest";

/** Code without a bug, by the rule whose bug is put into it. */
const clean: Readonly<Record<string, string>> = {
  "replace-first-only": `export const field = (text: string): string => \`"\${text.replaceAll('"', '""')}"\`;
`,
  "reduce-without-initial": `export const sum = (all: readonly number[]): number => all.filter(one => one > 0).reduce((a, b) => a + b, 0);
`,
  "callback-without-return": `export const twice = (all: readonly number[]): unknown[] => all.map(one => one * 2);\n`,
  "switch-fallthrough": `declare function go(to: string): void;
export function move(key: string): void {
  switch (key) {
    case "up":
      go("north");
      break;
    case "down":
      go("south");
      break;
  }
}
`,
  "switch-not-exhaustive": `type Shape = "circle" | "square" | "triangle";
export function cornersOf(shape: Shape) {
  switch (shape) {
    case "circle":
      return 0;
    case "square":
      return 4;
    case "triangle":
      return 3;
  }
}
`,
  "regex-stateful-global": `const word = /^[a-z]+$/;
export const isWord = (text: string): boolean => word.test(text);
`,
  "regex-unescaped-dot": `export const isOurs = (url: string): boolean => /^https:\\/\\/example\\.com\\//.test(url);
`,
  "regex-anchor-precedence": `export const isSide = (name: string): boolean => /^(?:left|right)$/.test(name);\n`,
  "template-in-plain-string": "export const greet = (name: string): string => `Hello ${name}!`;\n",
  "thrown-non-error": `export function must(value: string): string {
  if (value === "") throw new Error("no value");
  return value;
}
`,
  "reject-non-error": `export const never = (): Promise<void> => new Promise((_, reject) => reject(new Error("never")));\n`,
  "promise-settled-twice": `declare function read(done: (error: Error | null, text: string) => void): void;
export const load = (): Promise<string> =>
  new Promise((resolve, reject) => {
    read((error, text) => {
      if (error) {
        reject(error);
        return;
      }
      resolve(text);
    });
  });
`,
  "zero-as-missing": `export function describe(range: { readonly offset?: number }): string {
  if (range.offset !== undefined) return \`from \${range.offset}\`;
  return "without a place";
}
`,
  "unchecked-response-status": `export async function load(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(url);
  return response.json();
}
`,
  "in-on-array": `export function has(names: readonly string[], name: string): number {
  if (names.includes(name)) return 1;
  return 0;
}
`,
  "identical-branches": `export const side = (isLeft: boolean, left: string, right: string): string => (isLeft ? left : right);\n`,
  "mistyped-operator": `export function total(all: readonly number[]): number {
  let sum = 0;
  for (const one of all) sum += one;
  return sum;
}
`,
  "chained-comparison": `export const isIn = (low: number, value: number, high: number): boolean => low < value && value < high;\n`,
  "promise-in-spread-or-template": `declare function loadDefaults(): Promise<{ color: string }>;
export async function settings(own: object): Promise<object> {
  return { ...(await loadDefaults()), ...own };
}
`,
  "unbound-this": `export class Clock {
  private seconds = 0;
  tick(): void {
    this.seconds++;
  }
  start(): void {
    setInterval(() => this.tick(), 1000);
  }
}
`,
  "file-url-by-hand": `import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
export const own = (): string => readFileSync(fileURLToPath(import.meta.url), "utf8");
`,
  "suffix-check-by-index": `export const isOf = (name: string, ending: string): boolean => name.endsWith(ending);\n`,
  "impossible-range": `export const isDecember = (date: Date): boolean => date.getMonth() === 11;
`,
  "contradictory-condition": `export const isOut = (value: number): boolean => value < 0 || value > 10;
`,
  "object-in-string":
    "export const show = (value: { readonly a: number }): string => `value: ${JSON.stringify(value)}`;\n",
  "undefined-in-text": `export const path = (account: { readonly team?: { readonly id: string } }): string =>
  \`/teams/\${account.team?.id ?? "none"}/members\`;
`,
  "collection-as-object": `export const save = (scores: Map<string, number>): string => JSON.stringify([...scores]);
`,
  "shift-out-of-range": `export const bit = (value: number): number => value << 4;\n`,
  "constant-condition": `export function isWeekend(day: string): boolean {
  if (day === "Saturday" || day === "Sunday") return true;
  return false;
}
`,
  "optional-chain-asserted": `export const length = (text?: string): number | undefined => text?.length;\n`,
  "month-overflow": `export function next(date: Date): Date {
  date.setMonth(date.getMonth() + 1, 1);
  return date;
}
`,
};

it("knows an inverse edit for every one of them", () => {
  const known = new Set(rulesWithInverse());
  expect(Object.keys(clean).filter(ruleId => !known.has(ruleId))).toEqual([]);
});

it(
  "puts bugs into clean code that the rules report, and nothing was reported before",
  { timeout: 120_000 },
  async () => {
    const pairs = Object.entries(clean).flatMap(([ruleId, text]) =>
      mutationPairs(new Map([[`src/${ruleId}.ts`, text]]), new Set([ruleId])),
    );
    expect(pairs.map(({ ruleId }) => ruleId)).toEqual(Object.keys(clean));
    const found = async (side: "bug" | "clean"): Promise<readonly string[]> => {
      const cwd = folderWith();
      writeFiles(cwd, {
        "package.json": '{ "type": "module" }',
        "tsconfig.json": JSON.stringify({
          compilerOptions: { strict: true, target: "es2023", lib: ["es2023", "dom"], module: "nodenext", types: [] },
          include: ["src"],
        }),
        ...(Object.fromEntries(pairs.map(pair => [pair.file, pair[side]])) as Record<string, string>),
      });
      const request = { target: { kind: "paths" as const, paths: ["src"], cwd }, rules: { preset: "all" as const } };
      const { findings } = await review(request, { signal: new AbortController().signal });
      const own = findings.filter(({ file, ruleId }) => file === `src/${ruleId}.ts`).map(({ ruleId }) => ruleId);
      return [...new Set(own)].sort();
    };
    expect(await found("clean")).toEqual([]);
    expect(await found("bug")).toEqual(Object.keys(clean).sort());
  },
);
