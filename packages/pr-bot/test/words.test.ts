import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { expect, test } from "vitest";
import {
  codeBlock,
  commentBody,
  safeText,
  type CommentWords,
  type Placement,
  type ReportedFinding,
} from "@review/pr-bot";
import { excerptsOf } from "../dist/plan/excerpts.js";
import { runs, timeFor } from "./chance.ts";
import { finding, fixable } from "./finding.ts";

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly lang?: string | null | undefined;
  readonly children?: readonly Node[];
}

/** Every node of a text as GitHub's dialect of Markdown reads it. */
function nodes(markdown: string): readonly Node[] {
  const all = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(all)];
  return all(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
}

const OWN = "https://example.org/";
const words: CommentWords = {
  pageOf: ruleId => `${OWN}rules/${ruleId}`,
  idOf: fingerprint => fingerprint.slice(0, 6),
  permalink: (file, line) => `${OWN}blob/${encodeURIComponent(file)}#L${line}`,
};

/** What in a body could do something: links to elsewhere, pictures, HTML, mentions, references to issues and commits. */
function active(markdown: string): readonly string[] {
  return nodes(markdown).flatMap(node => {
    if (["link", "image", "definition"].includes(node.type))
      return node.url?.startsWith(OWN) ? [] : [`${node.type} ${node.url}`];
    if (node.type === "html" || node.type.startsWith("footnote") || node.type.endsWith("Reference"))
      return [`${node.type} ${node.value}`];
    if (node.type === "text" && /@\w|#\d|GH-\d|[0-9a-f]{7,}|www\.|:\/\//i.test(node.value ?? ""))
      return [`text ${node.value}`];
    return [];
  });
}

const HOSTILE = [
  "[click](https://evil.example)",
  "![x](https://evil.example/pixel.png)",
  "<img src=https://evil.example onerror=alert(1)>",
  "<!-- review:v1 fp=00 -->",
  "-->",
  "@everyone",
  "octo/repo#12",
  "#1",
  "GH-7",
  "https://evil.example",
  "www.evil.example",
  "mail@evil.example",
  "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
  "```suggestion",
  "```",
  "~~~",
  "`",
  "``",
  "\n\n# Heading",
  "\n- item",
  "\n> quote",
  "|a|b|\n|-|-|",
  "[^1]: note",
  "[ref]: https://evil.example",
  "[ref]",
  "\u202Eevil",
  "\u200B",
  "\\",
  "*bold*",
  "__proto__",
  "&#64;everyone",
  "&lt;script&gt;",
  "/review dismiss",
  "words of a person,",
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme", maxLength: 12 })), {
    minLength: 1,
    maxLength: 8,
  })
  .chain(parts => fc.constantFrom("", " ").map(blank => parts.join(blank)));

test("whatever text comes in, no link, mention, reference or HTML comes out", timeFor(300_000), () => {
  fc.assert(
    fc.property(hostile, text => {
      const safe = safeText(text);
      expect(active(safe)).toEqual([]);
      expect(safe).not.toMatch(/\n|[\u202A-\u202E\u2066-\u2069\u200B]/);
    }),
    runs(2_000),
  );
});

test(
  "a comment about hostile code has the bot's own links alone, and one paragraph cannot become two",
  timeFor(300_000),
  () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, fc.boolean(), (message, file, fact, committable) => {
        const name = file.replace(/[\n\0]/g, "_");
        const range = { start: { line: 3, column: 1 }, end: { line: 3, column: 2 } };
        const one = fixable(name, 3, "x", {
          message,
          evidence: [
            { message: fact, file: name, range },
            { message: `This is ${fact}`, file: name, range: { ...range, end: { line: 3, column: 9 } } },
          ],
          suggestion: { status: "verified", reason: null, origin: "model", text: fact, model: message },
        });
        const placement = { kind: "line", path: name, line: 3, role: "own" } as const;
        const block = { start: 3, end: 3, lines: fact.split("\n"), fix: one.fixes[0]! };
        const excerpts = excerptsOf(new Map([[name, `\n\n${fact}\n`]]));
        const body = commentBody([{ finding: one, placement }], committable ? block : undefined, {
          ...words,
          excerpts,
        });
        expect(active(body)).toEqual([]);
        const blocks = nodes(body).filter(node => node.type === "code");
        expect(blocks.length).toBeLessThanOrEqual(1);
        const offered = blocks.find(({ lang }) => lang === "suggestion");
        if (offered) expect([committable, offered.value]).toEqual([true, fact]);
      }),
      runs(400),
    );
  },
);

test("plain words stay as they are, code stays code, and what is long is cut", () => {
  expect(safeText("Nothing waits for the promise of `save()`, so it may fail unseen.")).toBe(
    "Nothing waits for the promise of `save()`, so it may fail unseen.",
  );
  expect(safeText("Ask @ada about #12")).toBe("Ask `@ada` about `#12`");
  expect(Array.from(safeText("word ".repeat(500), 100)).length).toBe(100);
});

test("a fence is longer than any run of backticks inside it", () => {
  expect(codeBlock(["a ```` b"], "suggestion")).toBe("`````suggestion\na ```` b\n`````");
});

test("a comment reads like a colleague's", () => {
  const range = { start: { line: 3, column: 1 }, end: { line: 3, column: 2 } };
  const one = fixable("src/cart.ts", 12, "await ", {
    name: "fixed",
    evidence: [{ message: "`save` gives a promise.", file: "src/save.ts", range }],
  });
  const placement = { kind: "line", path: "src/cart.ts", line: 12, role: "own" } as const;
  const block = { start: 12, end: 12, lines: ["  await save(cart);"], fix: one.fixes[0]! };
  expect(commentBody([{ finding: one, placement }], block, words)).toMatchInlineSnapshot(`
    "**warning** · [\`floating-promise\`](https://example.org/rules/floating-promise) · Nothing waits for the promise of \`save()\`.

    - \`save\` gives a promise. ([\`src/save.ts:3\`](https://example.org/blob/src%2Fsave.ts#L3))

    Await it.

    \`\`\`suggestion
      await save(cart);
    \`\`\`

    verified: types and rules · \`/review dismiss 992a93\`"
  `);
  expect(
    commentBody(
      [{ finding: finding("src/a.ts", 3, { name: "x" }), placement: { ...placement, role: "cause" } }],
      undefined,
      words,
    ),
  ).toMatchInlineSnapshot(`
    "**warning** · [\`floating-promise\`](https://example.org/rules/floating-promise) · Nothing waits for the promise of \`save()\`.

    This line causes it; it shows at [\`src/a.ts:3\`](https://example.org/blob/src%2Fa.ts#L3).

    Await it.

    \`/review dismiss 2d7116\`"
  `);
});

test("a fact names the code that it is about where that is short, and a fix that no block can hold is shown as a patch", () => {
  const text = 'import { a } from "./a.js";\n\nexport function run(): void {\n  save(a);\n  other();\n}\n';
  const place = (line: number, from: number, to: number): Pick<ReportedFinding, "file" | "range"> => ({
    file: "src/a.ts",
    range: { start: { line, column: from }, end: { line, column: to } },
  });
  const edits = [
    { ...place(1, 1, 1), text: 'import { b } from "./b.js";\n' },
    { ...place(3, 8, 8), text: "async " },
    { ...place(4, 3, 3), text: "await " },
    { ...place(4, 8, 9), text: "b" },
  ];
  const one = fixable("src/a.ts", 4, "", {
    name: "fixed",
    evidence: [
      { message: "This is a `Promise<void>`.", ...place(4, 3, 10) },
      { message: "This function has no `async`.", ...place(3, 8, 16) },
      {
        message: "This is told in many words.",
        file: "src/a.ts",
        range: { start: place(3, 1, 1).range.start, end: place(6, 1, 2).range.end },
      },
    ],
  });
  const fix = { ...one.fixes[0]!, title: "Make `run` wait", edits };
  const body = commentBody(
    [{ finding: { ...one, fixes: [fix] }, placement: { kind: "line", path: "src/a.ts", line: 4, role: "own" } }],
    undefined,
    { ...words, excerpts: excerptsOf(new Map([["src/a.ts", text]])) },
  );
  expect(body).toMatchInlineSnapshot(`
    "**warning** · [\`floating-promise\`](https://example.org/rules/floating-promise) · Nothing waits for the promise of \`save()\`.

    - \`save(a)\` is a \`Promise<void>\`.
    - This function has no \`async\`. ([\`src/a.ts:3\`](https://example.org/blob/src%2Fa.ts#L3))
    - This is told in many words. ([\`src/a.ts:3\`](https://example.org/blob/src%2Fa.ts#L3))

    Await it.

    A verified fix is ready: Make \`run\` wait. \`npx review fix 992a93\` applies it in a checkout, \`/review apply\` here.

    \`\`\`diff
    @@ src/a.ts:1 @@
    +import { b } from "./b.js";
    @@ src/a.ts:3 @@
    -export function run(): void {
    +export async function run(): void {
    @@ src/a.ts:4 @@
    -  save(a);
    +  await save(b);
    \`\`\`

    verified: types and rules · \`/review dismiss 992a93\`"
  `);
  const hidden = { ...fix, edits: [{ ...place(4, 3, 3), text: "/* \u202E */ " }] };
  const shown = commentBody(
    [{ finding: { ...one, fixes: [hidden] }, placement: { kind: "file", path: "src/a.ts" } }],
    undefined,
    { ...words, excerpts: excerptsOf(new Map([["src/a.ts", text]])) },
  );
  expect(shown).not.toContain("```");
});

test("a comment that does not stand on the finding's own line says which one that is", () => {
  const one = finding("src/a.ts", 3);
  const bodyAt = (placement: Placement): string => commentBody([{ finding: one, placement }], undefined, words);
  const link = "[`src/a.ts:3`](https://example.org/blob/src%2Fa.ts#L3)";
  const line = { kind: "line", path: "src/a.ts", line: 9 } as const;
  expect(bodyAt({ ...line, role: "own" })).not.toContain(link);
  expect(bodyAt({ ...line, role: "beside" })).toContain(
    `It is at ${link}: this is the nearest line of the change in the same declaration.`,
  );
  expect(bodyAt({ kind: "file", path: "src/a.ts" })).toContain(`It is at ${link}.`);
});
