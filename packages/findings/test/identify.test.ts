import { type DraftFinding, identify, normaliseCode } from "@review/findings";
import fc from "fast-check";
import { format, type Options } from "prettier";
import { beforeAll, describe, expect, test } from "vitest";
import { draft } from "./drafts.ts";

const sameName = { canonicalPath: (file: string): string => file };
const prints = (drafts: readonly DraftFinding[]): string[] => identify(drafts, sameName).map(one => one.fingerprint);

describe("a fingerprint", () => {
  test("is 64 hex digits that no release may change, since baselines hold them", () => {
    expect(prints([draft()])).toEqual(["dd725556f7231363d3bb1d577e429ac0578df29633bf1856d387d3b0973d513a"]);
  });

  test("tells rules, files, scopes and code apart", () => {
    const drafts = [
      draft(),
      draft({ ruleId: "array-delete" }),
      draft({ file: "src/b.ts" }),
      draft({ anchor: { scope: "other", code: "save ( )" } }),
      draft({ anchor: { scope: "main", code: "load ( )" } }),
    ];
    expect(new Set(prints(drafts)).size).toBe(drafts.length);
  });

  test("is that of the former path where a file was renamed", () => {
    const renamed = { canonicalPath: (file: string): string => (file === "src/b.ts" ? "src/a.ts" : file) };
    const [after] = identify([draft({ file: "src/b.ts" })], renamed);
    expect(after?.fingerprint).toBe(prints([draft()])[0]);
    expect(after?.file).toBe("src/b.ts");
  });

  test("does not depend on severity, message or fixes", () => {
    const reworded = draft({ message: "Other words.", severity: "info", repair: "Other." });
    expect(prints([reworded])).toEqual(prints([draft()]));
  });

  test("differs between two equal findings of one function, by their order in the file", () => {
    const first = draft({ span: { start: 10, end: 16 } });
    const second = draft({ span: { start: 30, end: 36 } });
    const [a, b] = prints([first, second]);
    expect(a).not.toBe(b);
    expect(prints([second, first])).toEqual([b, a]);
  });
});

test("a freshly identified finding carries the rule's own words as advice", () => {
  const [finding] = identify([draft()], sameName);
  expect(finding).toMatchObject(draft());
  expect(finding?.suggestion).toEqual({
    status: "advice",
    reason: null,
    origin: "page",
    text: "Write `await` in front.",
    model: null,
  });
});

const expressions = [
  "items.map(item => item.id)",
  "items.map((item) => { return { 'id': item.id, name: 'it\\'s', } })",
  `log("it's", 'a "word"', \`done \${count} of ' \${total}\`)`,
  "{ a: 1, 'b': [1, 2, 3,], c() { return 0XAB + .50 + 1_000. } }",
  "(a && b) || (c && ((d)))",
  "async function () { await save(first, second, third, fourth, fifth, sixth, seventh); save('x') }",
  "<Row title='x' onClick={() => open('y')}>a {b} <i>c</i> and a long line of text that has to be wrapped</Row>",
  "condition ? 'left' : right.value as 'x' | 'y' | 'a long member of a union' | 'another long member of it'",
  "class { field = 1; static other: { a: string, b: number } = x; method<T,>(a: T) { return this.field } }",
  "/['\"]+/g.test(text)",
];
const dialects: Options[] = [
  {},
  { singleQuote: true, jsxSingleQuote: true, semi: false, trailingComma: "none", arrowParens: "avoid", tabWidth: 8 },
  { quoteProps: "consistent", printWidth: 20, trailingComma: "all", useTabs: true },
  { singleQuote: true, quoteProps: "preserve", printWidth: 300, bracketSpacing: false, arrowParens: "avoid" },
];
/** By dialect, then by expression: the code as that formatter writes it. The first dialect is none. */
let written: string[][] = [];

beforeAll(async () => {
  const formatted = dialects.map(dialect =>
    Promise.all(
      expressions.map(async code =>
        initialiser(await format(`const x = ${code}`, { ...dialect, parser: "typescript" })),
      ),
    ),
  );
  written = [expressions, ...(await Promise.all(formatted))];
});

function initialiser(statement: string): string {
  return statement
    .trim()
    .replace(/^const x =\s*/, "")
    .replace(/;$/, "");
}

/** The code's tokens joined by single blanks, near enough to the compiler's for the samples above. */
function tokens(code: string): string {
  const token = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\[.*?\+\/g|[\w$.]+|=>|&&|\|\||[^\s\w]/gs;
  return (code.match(token) ?? []).join(" ");
}

describe("what formatters change", () => {
  test.each(expressions.map((code, index) => [code, index] as const))("does not count in %s", (_, index) => {
    const [original, ...others] = written.map(codes => normaliseCode(tokens(codes[index]!)));
    for (const other of others) expect(other).toBe(original);
  });

  test("is all that does not count: other names, operators and values do", () => {
    const codes = ["a + b", "a - b", "a + c", "f ( 1 )", "f ( 2 )", 'f ( "a" )', 'f ( "b" )', "a ?. b", "a . b"];
    expect(new Set(codes.map(normaliseCode)).size).toBe(codes.length);
  });

  test("does not count wherever it stands", () => {
    const token = fc.constantFrom("a", "return", "1.50", '"x"', "'it\\'s'", ":", "{", "}", "+", "=>", "0XF");
    const added = fc.constantFrom(" ", " ; ", " , ", " ( ", " ) ", "\r\n");
    fc.assert(
      fc.property(fc.array(fc.tuple(token, added)), list => {
        const plain = list.map(([code]) => code).join(" ");
        const restyled = list.map(([code, more]) => code.replace("'it\\'s'", '"it\'s"') + more).join("");
        expect(normaliseCode(restyled)).toBe(normaliseCode(plain));
      }),
    );
  });
});

interface Layout {
  readonly dialect: number;
  readonly order: readonly number[];
  readonly above: readonly number[];
}

/** Each function of a file as the expressions that are reported in it. */
const functions = fc.array(fc.array(fc.nat(expressions.length - 1), { maxLength: 4 }), { minLength: 1, maxLength: 5 });

const layout = (count: number): fc.Arbitrary<Layout> =>
  fc.record({
    dialect: fc.nat(dialects.length),
    order: fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
    above: fc.array(fc.nat(5), { minLength: count, maxLength: count }),
  });

/** Writes the functions to a file in some layout, and answers with each reported expression's fingerprint by function and index. */
function fingerprints(bodies: readonly (readonly number[])[], { dialect, order, above }: Layout): Map<string, string> {
  let text = "";
  const drafts = new Map<string, DraftFinding>();
  for (const [place, index] of order.entries()) {
    text += `${"// A line above.\n".repeat(above[place] ?? 0)}function f${index}() {\n`;
    for (const [position, expression] of bodies[index]!.entries()) {
      const code = written[dialect]![expression]!;
      const span = { start: text.length, end: text.length + code.length };
      drafts.set(`f${index} ${position}`, draft({ span, anchor: { scope: `f${index}`, code: tokens(code) } }));
      text += `${code};\n`;
    }
    text += "}\n";
  }
  const found = prints([...drafts.values()]);
  return new Map([...drafts.keys()].map((key, index) => [key, found[index]!]));
}

describe("whatever the file", () => {
  const twoLayouts = functions.chain(bodies =>
    fc.record({ bodies: fc.constant(bodies), before: layout(bodies.length), after: layout(bodies.length) }),
  );

  test("fingerprints survive lines above, moved functions and another formatter", () => {
    fc.assert(
      fc.property(twoLayouts, ({ bodies, before, after }) => {
        const expected = fingerprints(bodies, before);
        for (const [key, fingerprint] of fingerprints(bodies, after)) expect(fingerprint).toBe(expected.get(key));
      }),
    );
  });

  test("no two findings share a fingerprint", () => {
    fc.assert(
      fc.property(twoLayouts, ({ bodies, before }) => {
        const found = [...fingerprints(bodies, before).values()];
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });
});
