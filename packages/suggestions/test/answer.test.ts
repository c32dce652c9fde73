/** What is taken as an answer and where its edits land. */
import { answerSchema, decodeAnswer, resolveEdits, type ResolvedEdits } from "@review/suggestions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("the schema", () => {
  it("keeps to what strict structured output allows", () => {
    expect(strictProblems(answerSchema)).toEqual([]);
    expect(
      strictProblems({ type: "object", properties: { a: { type: "string", default: "" } }, required: [] }),
    ).toEqual(["open object", "optional a", "keyword default"]);
  });
});

describe("decoding", () => {
  const good = {
    decision: "fix",
    title: "Add await",
    explanation: "Lost.",
    risk: "none",
    edits: [{ find: "a", replace: "b" }],
  };

  it("gives just the known parts of an answer", () => {
    const text = JSON.stringify({ ...good, confidence: 1, edits: [{ find: "a", replace: "b", line: 3 }] });
    expect(decodeAnswer(text)).toEqual({ ok: true, answer: good });
  });

  it.each([
    ["decision", { ...good, decision: "explain" }],
    ["title", { ...good, title: 1 }],
    ["explanation", { ...good, explanation: null }],
    ["explanation", { ...good, decision: "advice", explanation: " " }],
    ["edits", { ...good, edits: {} }],
    ["find", { ...good, edits: [{ find: "a" }] }],
    ["at least one edit", { ...good, edits: [] }],
    ["At most 3", { ...good, edits: Array.from({ length: 4 }, () => good.edits[0]) }],
  ])("names the problem: %s", (word, value) => {
    const decoded = decodeAnswer(JSON.stringify(value));
    expect(decoded).toMatchObject({ ok: false, json: true });
    expect(decoded.ok ? "" : decoded.problem).toContain(word);
  });

  it("takes an answer without a risk, and admits none that it does not know", () => {
    const { risk: _risk, ...rest } = good;
    for (const given of [rest, { ...rest, risk: "high" }])
      expect(decodeAnswer(JSON.stringify(given))).toEqual({ ok: true, answer: good });
    const risky = { ...good, risk: "api_change" };
    expect(decodeAnswer(JSON.stringify(risky))).toEqual({ ok: true, answer: risky });
  });

  it("finds an answer in whatever words stand around it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const prose = before.replace(/["{}\\]/g, "");
        const decoded = decodeAnswer(`${prose}${JSON.stringify(good)}${after}`);
        expect(decoded).toMatchObject({ ok: true, answer: good });
      }),
    );
  });

  it("never throws, and ends soon on text full of braces", () => {
    fc.assert(fc.property(fc.string(), text => void decodeAnswer(text)));
    expect(decodeAnswer("{".repeat(200_000))).toMatchObject({ ok: false, json: false });
  });
});

describe("placing edits", () => {
  const text = "function f() {\n  write(a);\n  read(b);\n  return `${a}`;\n}\n";

  it.each([
    ["exact text", "  write(a);", "  await write(a);"],
    ["text with line tags", "41|   write(a);\n42|   read(b);", "41|   await write(a);\n42|   read(b);"],
    ["text with other white space", "write(a);\n      read(b);", "await write(a);\n  read(b);"],
    ["text with space around it that is not there", "\twrite(a);\n\n", "\tawait write(a);\n\n"],
  ])("finds %s", (_name, find, replace) => {
    expect(textAfter(text, [{ find, replace }])).toBe(text.replace("write", "await write"));
  });

  it("keeps CRLF", () => {
    const crlf = text.replaceAll("\n", "\r\n");
    const done = textAfter(crlf, [{ find: "  write(a);\n  read(b);", replace: "  await write(a);\n  read(b);" }]);
    expect(done).toBe(crlf.replace("write", "await write"));
  });

  it("keeps tabs", () => {
    const tabbed = text.replaceAll("  ", "\t");
    const done = tabbed.replace("\twrite(a);", "\tif (a)\n\t\tawait write(a);");
    for (const blanks of ["  ", "    "]) {
      const edit = { find: `${blanks}write(a);`, replace: `${blanks}if (a)\n${blanks}${blanks}await write(a);` };
      expect(textAfter(tabbed, [edit])).toBe(done);
    }
  });

  it.each([
    ["write(a);", "if (a) {\n  write(a);\n}", "  if (a) {\n    write(a);\n  }\n  read(b);"],
    ["write(a);", "if (a) {\n    write(a);\n  }", "  if (a) {\n    write(a);\n  }\n  read(b);"],
    [
      "write(a);\nread(b);",
      "try {\n  write(a);\n\n} finally {\n  read(b);\n}",
      "  try {\n    write(a);\n\n  } finally {\n    read(b);\n  }",
    ],
    ["write(a);\n  read(b);", "write(a);\nwrite(b);\nread(b);", "  write(a);\n  write(b);\n  read(b);"],
    ["write(a);", "write(`${a}\nb`);", "  write(`${a}\nb`);\n  read(b);"],
  ])("puts %j in its place as deep as the code around it: %j", (find, replace, done) => {
    for (const eol of ["\n", "\r\n"]) {
      const code = text.replaceAll("\n", eol);
      const expected = code.replace(["  write(a);", "  read(b);"].join(eol), done.replaceAll("\n", eol));
      expect(textAfter(code, [{ find, replace }])).toBe(expected);
    }
  });

  it("takes edits in any order and gives them in the file's", () => {
    const edits = [
      { find: "read(b)", replace: "read(c)" },
      { find: "write(a)", replace: "write(c)" },
    ];
    expect(textAfter(text, edits)).toBe(text.replace("read(b)", "read(c)").replace("write(a)", "write(c)"));
  });

  it.each([
    ["does not occur", [{ find: "delete(a)", replace: "" }]],
    ["occurs 2 times", [{ find: "re", replace: "b" }]],
    [
      "overlap",
      [
        { find: "write(a);\n  read", replace: "x" },
        { find: "read(b)", replace: "y" },
      ],
    ],
    ["changes nothing", [{ find: "read(b)", replace: "read(b)" }]],
    ["change nothing", [{ find: "  read(b);\n", replace: "read(b);" }]],
    ["must quote", [{ find: " \n", replace: "x" }]],
    ["at most 40 lines", [{ find: "read(b);", replace: "x;\n".repeat(41) }]],
    ["invisible", [{ find: "read(b);", replace: "read(b\u200b);" }]],
  ])("says what is wrong: %s", (problem, edits) => {
    const placed = place(text, edits);
    expect(placed.ok ? "" : placed.problem).toContain(problem);
  });

  it("never leaves the declaration", () => {
    const code = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "\r\n", "(", "é", "😀") });
    fc.assert(
      fc.property(code, code, code, (declaration, find, replace) => {
        const placed = place(declaration, [{ find, replace }]);
        for (const { span } of placed.ok ? placed.edits : []) {
          expect(span.start).toBeGreaterThanOrEqual(1_000);
          expect(span.end).toBeLessThanOrEqual(1_000 + declaration.length);
        }
      }),
    );
  });
});

const imports = { text: 'import { write } from "./disk.ts";\nimport { other } from "./other.ts";', start: 10 };

describe("edits of imports", () => {
  const text = "function f() {\n  write(a);\n  read(b);\n  return `${a}`;\n}\n";

  it("are placed in the file, beside edits of the code", () => {
    const placed = place(text, [
      { find: "write(a)", replace: "once(a)" },
      { find: 'import { other } from "./other.ts";', replace: 'import { once, other } from "./other.ts";' },
    ]);
    expect(placed).toMatchObject({ ok: true });
    expect(placed.ok && placed.edits.map(({ span }) => span.start)).toEqual([45, 1_017]);
  });

  it("are not made where the code itself could be meant", () => {
    expect(place(text, [{ find: "write", replace: "writes" }])).toMatchObject({
      ok: true,
      edits: [{ span: { start: 1_017 } }],
    });
    expect(place(text, [{ find: "re", replace: "b" }])).toMatchObject({ ok: false });
  });
});

type Edits = Parameters<typeof resolveEdits>[0];

function place(text: string, edits: Edits): ResolvedEdits {
  return resolveEdits(edits, { file: "src/a.ts", declaration: { text, start: 1_000 }, imports });
}

function textAfter(text: string, edits: Edits): string {
  const placed = place(text, edits);
  if (!placed.ok) return placed.problem;
  return placed.edits.reduceRight(
    (done, { span, text: put }) => done.slice(0, span.start - 1_000) + put + done.slice(span.end - 1_000),
    text,
  );
}

/** What strict structured output would refuse in a schema. */
function strictProblems(schema: object): string[] {
  const {
    properties = {},
    required = [],
    items,
  } = schema as {
    readonly properties?: Readonly<Record<string, object>>;
    readonly required?: readonly string[];
    readonly items?: object;
  };
  const own = Object.keys(schema).filter(key => !allowedKeywords.includes(key));
  const isObject = "type" in schema && schema.type === "object";
  const closed = !isObject || ("additionalProperties" in schema && schema.additionalProperties === false);
  const optional = Object.keys(properties).filter(name => !required.includes(name));
  const nested = [...Object.values(properties), ...(items ? [items] : [])].flatMap(strictProblems);
  return [
    ...(closed ? [] : ["open object"]),
    ...optional.map(name => `optional ${name}`),
    ...own.map(key => `keyword ${key}`),
    ...nested,
  ];
}

const allowedKeywords = ["type", "properties", "required", "additionalProperties", "items", "enum"];
