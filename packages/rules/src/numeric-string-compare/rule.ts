/** Reports texts that stand for numbers and are ordered as texts: "10" comes before "9". */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  functionOf,
  ORDERINGS,
  originsOf,
  provenanceOf,
  quoted,
  returnedBy,
  unwrapped,
  type Ask,
  type Pass,
  type PathStep,
  type Provenance,
  type Rule,
} from "@review/analysis";
import {
  isCallExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "numeric-string-compare",
  summary: 'Texts that stand for numbers are compared or sorted as texts, so that "10" comes before "9".',
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Compare the numbers, and turn them into text afterwards; what comes as text is converted with `Number(…)` first.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) =>
      ORDERINGS.has(node.operatorToken.kind) ? checkComparison(pass, node) : undefined,
    [SyntaxKind.CallExpression]: (node: CallExpression) => checkSort(pass, node),
  }),
});
export default rule;

function* checkComparison(pass: Pass, node: BinaryExpression): Ask<void> {
  const { checker } = pass;
  if (isNoText(node.left) || isNoText(node.right)) return;
  if ((yield* builtinOf(checker, node.left)) !== "String" || (yield* builtinOf(checker, node.right)) !== "String")
    return;
  const left = yield* sourceOf(pass, node.left);
  const right = left && (yield* sourceOf(pass, node.right));
  if (!left || !right || !isAboutNumbers(left.source, right.source)) return;
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `${quoted(node.left, sourceFile)} and ${quoted(node.right, sourceFile)} are numbers in text form: compared as text, "10" is less than "9".`,
    evidence: [...left.evidence, ...right.evidence],
  });
}

function isNoText(node: Node): boolean {
  const { kind } = unwrapped(node);
  return kind === SyntaxKind.NumericLiteral || isStringLiteralLikeNode(unwrapped(node));
}

interface Source {
  readonly source: Provenance;
  readonly evidence: readonly PathStep[];
}

/** Where a text comes from, if every origin is of the same kind. */
function* sourceOf(pass: Pass, value: Expression): Ask<Source | undefined> {
  let found: Source | undefined;
  for (const { value: origin, way } of (yield* originsOf(pass, value)) ?? []) {
    if (isStringLiteralLikeNode(origin) && /^\d*$/.test(origin.text)) continue;
    const source = yield* provenanceOf(pass.checker, origin);
    if (!source || (found && found.source.kind !== source.kind)) return undefined;
    found ??= { source, evidence: [{ at: origin, message: told(source, origin) }, ...way] };
  }
  return found;
}

function told({ kind }: Provenance, origin: Node): string {
  const code = quoted(origin, origin.getSourceFile());
  return kind === "number" ? `${code} turns a number into text.` : `${code} comes from outside as text.`;
}

/** Names of what is counted or measured. */
const QUANTITY: RegExp =
  /(?:^|_|-)(?:min|max|count|total|amount|price|cost|qty|quantity|age|size|limit|offset|page|port|width|height|length|year|month|day|hours?|minutes?|seconds?|score|rating|weight|timeout|retries|number|num|from|to)(?:$|_|-|[A-Z])|(?:Min|Max|Count|Total|Amount|Price|Size|Limit|Page|Age|Width|Height|Number)$/;

/** One that was a number suffices, since it is compared with what stands for another; else both names have to say it. */
function isAboutNumbers(left: Provenance, right: Provenance): boolean {
  if (left.kind === "number" || right.kind === "number") return true;
  return [left, right].every(({ name }) => QUANTITY.test(name) || QUANTITY.test(name.toLowerCase()));
}

/** `.map(n => n.toFixed(2)).sort()` and `.map(String).sort()` */
function* checkSort(pass: Pass, call: CallExpression): Ask<void> {
  const sort = asMethodCall(call);
  if (!sort || (sort.name !== "sort" && sort.name !== "toSorted") || call.arguments.length > 0) return;
  const maker = yield* mapperOf(pass, sort.object);
  if (!maker) return;
  const { sourceFile } = pass.file;
  pass.report(call, {
    message: `${quoted(sort.object, sourceFile)} gives numbers in text form: sorted as text, "10" comes before "9".`,
    evidence: [{ at: maker, message: `${quoted(maker, sourceFile)} turns a number into text.` }],
  });
}

/** The function that a list was mapped with, if it turns numbers into text. */
function* mapperOf(pass: Pass, list: Expression): Ask<Node | undefined> {
  const [only, ...others] = (yield* originsOf(pass, list)) ?? [];
  const made = only && unwrapped(only.value);
  if (!made || others.length > 0 || !isCallExpression(made)) return undefined;
  const method = asMethodCall(made);
  const [mapper] = made.arguments;
  if (method?.name !== "map" || !mapper) return undefined;
  const isText = unwrapped(mapper).getText() === "String";
  const turns = isText ? yield* holdsNumbers(pass, method.object) : yield* givesNumbers(pass, mapper);
  return turns ? mapper : undefined;
}

function* holdsNumbers({ checker }: Pass, list: Expression): Ask<boolean> {
  const [element] = yield* checker.typeArgumentsOf(yield* checker.typeOf(list));
  return element !== undefined && (yield* checker.textOf(element)) === "number";
}

function* givesNumbers({ checker }: Pass, mapper: Expression): Ask<boolean> {
  const fn = yield* functionOf(checker, mapper);
  const results = fn ? returnedBy(fn) : [];
  for (const result of results) if ((yield* provenanceOf(checker, result))?.kind !== "number") return false;
  return results.length > 0;
}
