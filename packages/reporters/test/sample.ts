/** A report with something of everything: evidence nearby, far away and elsewhere, crowded lines, fixes, a model's words. */
import { createHash } from "node:crypto";
import type { DraftFinding, Evidence, Finding, Fix, Suggestion } from "@review/findings";
import type { Report, ReporterOptions, RuleDescriptor } from "@review/reporters";
import { at, texts } from "./sample-texts.ts";

const checkout = "src/orders/checkout.ts";
const read = "src/read.ts";
const tables = "src/tables/códigos ü.ts";
const unchecked = { types: null, rules: null, tests: null };
const passed = { types: true, rules: true, tests: null };

/** What the reporters' tests write with, unless they are about one of these. */
export const plain: ReporterOptions = { cwd: "/home/user/shop", colour: false, width: 80, hyperlinks: false };

/** The rules of the sample report. */
export const rules: readonly RuleDescriptor[] = [
  describeRule(
    "async-array-predicate",
    "An `async` callback answers an array method that needs a truth value.",
    "error",
  ),
  describeRule("default-sort", "Numbers are sorted as text.", "warning"),
  describeRule("floating-promise", "A promise is dropped, and with it its rejection.", "error"),
  describeRule("fresh-object-lookup", "A new object is looked up by identity.", "error"),
  describeRule("promise-never-settles", "A path through a promise's executor never settles it.", "error"),
];

/** The findings of the sample report in its order. */
export const findings: readonly Finding[] = [
  finding({
    ruleId: "floating-promise",
    place: at(checkout, "save(cart)"),
    message: "The promise of `save` is dropped, so nobody learns when saving the cart fails.",
    evidence: [{ message: "`save` returns `Promise<Row>`", ...at("src/db/client.ts", "function save", "save") }],
    fixes: [
      fix("Add `await`", [{ ...insertionAt(checkout, "save(cart)"), text: "await " }]),
      { ...fix("Add `void`", [{ ...insertionAt(checkout, "save(cart)"), text: "void " }]), safety: "suggested" },
    ],
    repair: "Await the promise, return it, or handle its rejection with `.catch(…)`.",
  }),
  finding({
    ruleId: "fresh-object-lookup",
    place: at(checkout, "seen.has({ ...carts[0]! })"),
    message: "`seen.has` compares by identity, and this object was created right here: the answer is always `false`.",
    evidence: [
      { message: "a set of objects", ...at(checkout, "new Set<Cart>()") },
      { message: "the spread makes a new object", ...at(checkout, "{ ...carts[0]! }") },
    ],
    repair: "Look up the object that was stored, or keep a set of keys such as `cart.id`.",
    suggestion: {
      status: "verified",
      reason: null,
      origin: "model",
      text: "Keep the carts by id, which does not change with a copy:\n\n- make `seen` a `Set<string>`\n- ask it for `carts[0]!.id`",
      model: "gpt-5-mini",
    },
    modelFix: fix("Look up the id", [
      { ...at(checkout, "Set<Cart>", "Cart"), text: "string" },
      { ...at(checkout, "{ ...carts[0]! }"), text: "carts[0]!.id" },
    ]),
  }),
  finding({
    ruleId: "async-array-predicate",
    place: at(checkout, "async cart => await isOpen(cart, wanted)"),
    message: "`filter` keeps every element, since the promise that this callback returns is truthy.",
    evidence: [
      { message: "`filter` tests what the callback returns", ...at(checkout, "carts.filter", "filter") },
      { message: "the callback returns `Promise<boolean>`", ...at(checkout, "async cart", "async") },
      { message: "`isOpen` answers later", ...at(checkout, "isOpen(cart, wanted)") },
    ],
    repair:
      "Await all answers first: `const open = await Promise.all(carts.map(isOpen))`, then filter by `open[index]`.",
    suggestion: { status: "timeout", reason: "60 s", origin: "page", model: null },
  }),
  finding({
    ruleId: "promise-never-settles",
    place: at(read, texts.get(read)!.slice(texts.get(read)!.indexOf("resolve =>"), texts.get(read)!.lastIndexOf(");"))),
    message: "A path through this executor never settles the promise, so whoever awaits it waits forever.",
    evidence: [
      { message: "this path leaves the executor", ...at(read, "if (stream === undefined) {\n\t\t\treturn;\n\t\t}") },
      { message: "without a call of `resolve`", ...at(read, "return;") },
      { message: "読み込み: `resolve` is called here only", ...at(read, "resolve(String(chunk))") },
    ],
    repair: "Call `resolve` or `reject` on every path.",
  }),
  finding({
    ruleId: "default-sort",
    place: at(tables, "sort()"),
    severity: "warning",
    message: "`sort` without a comparator orders these numbers as text: 10 comes before 9.",
    evidence: [{ message: "an array of numbers", ...at(tables, "406, 413]") }],
    fixes: [fix("Compare as numbers", [{ ...insertionAt(tables, "sort()", ")"), text: "(a, b) => a - b" }])],
    repair: "Pass a comparator.",
  }),
];

/** The whole report. */
export const report: Report = {
  tool: { name: "review", version: "0.1.0", typescript: "7.1.0-beta", url: "https://review.example/" },
  findings,
  summary: {
    files: 120,
    analysed: 117,
    skipped: [
      { file: "dist/a.min.js", reason: "minified" },
      { file: "src/schema.generated.ts", reason: "generated" },
    ],
    incomplete: [{ file: "src/huge table.ts", reason: "the compiler did not answer within 10 s" }],
    durationMs: 812,
  },
  usage: { requests: 2, inputTokens: 5120, outputTokens: 310, costUsd: 0.0021 },
  rules,
  texts,
};

/** The same run without a finding. */
export const cleanReport: Report = {
  ...report,
  findings: [],
  summary: { files: 120, analysed: 120, skipped: [], incomplete: [], durationMs: 812 },
  usage: { requests: 0, inputTokens: 0, outputTokens: 0, costUsd: null },
};

interface Draft extends Pick<DraftFinding, "ruleId" | "message" | "repair"> {
  readonly place: ReturnType<typeof at>;
  readonly severity?: Finding["severity"];
  readonly evidence: readonly Evidence[];
  readonly fixes?: readonly Fix[];
  readonly modelFix?: Fix;
  readonly suggestion?: Partial<Suggestion>;
}

function finding({ place, severity = "error", fixes = [], modelFix, suggestion, ...draft }: Draft): Finding {
  const origin = modelFix ? [{ ...modelFix, origin: "model", safety: "suggested", verified: passed } as const] : [];
  return {
    ...draft,
    ...place,
    severity,
    category: severity === "warning" ? "collections" : "promises",
    fixes: [...fixes, ...origin],
    anchor: { scope: "", code: "" },
    fingerprint: createHash("sha256").update(draft.ruleId).digest("hex"),
    suggestion: { status: "off", reason: null, origin: "page", text: draft.repair, model: null, ...suggestion },
  };
}

function fix(title: string, edits: Fix["edits"]): Fix {
  return { title, safety: "safe", origin: "rule", edits, verified: unchecked };
}

function insertionAt(file: string, surroundings: string, code: string = surroundings): ReturnType<typeof at> {
  const { span } = at(file, surroundings, code);
  return { file, span: { start: span.start, end: span.start } };
}

function describeRule(id: string, summary: string, severity: Finding["severity"]): RuleDescriptor {
  const url = `https://review.example/rules/${id}`;
  const category = severity === "warning" ? "collections" : "promises";
  return { id, summary, category, severity, preset: "recommended", repair: "Do what the page of the rule says.", url };
}

/** The first finding of the sample with some other properties. */
export function variant(change: Partial<Finding>): Finding {
  const [finding] = findings;
  if (!finding) throw new Error("The sample has no findings");
  return { ...finding, ...change };
}
