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
  wrapped,
  type Ask,
  type Pass,
  type PathStep,
  type Provenance,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
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
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (ORDERINGS.has(node.operatorToken.kind)) yield* checkComparison(pass, node);
    },
    *[SyntaxKind.CallExpression](node: CallExpression) {
      yield* checkSort(pass, node);
      yield* checkLocaleCompare(pass, node);
    },
  }),
});
export default rule;

function* checkComparison(pass: Pass, node: BinaryExpression): Ask<void> {
  const { left, right } = node;
  const evidence = yield* evidenceOfNumbers(pass, left, right);
  if (evidence) report(pass, node, [left, right], evidence);
}

/** `a.localeCompare(b)`, unless it is told to compare numbers, or only asked whether the two are equal. */
function* checkLocaleCompare(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const [other, , options] = call.arguments;
  if (method?.name !== "localeCompare" || !other || options || isEquality(wrapped(call).parent)) return;
  const evidence = yield* evidenceOfNumbers(pass, method.object, other);
  if (evidence) report(pass, call, [method.object, other], evidence);
}

function isEquality(parent: Node): boolean {
  return isBinaryExpression(parent) && EQUALITIES.has(parent.operatorToken.kind);
}

const EQUALITIES: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
]);

/** What says that two texts stand for numbers. */
function* evidenceOfNumbers(pass: Pass, left: Expression, right: Expression): Ask<readonly PathStep[] | undefined> {
  const { checker } = pass;
  if (isNoText(left) || isNoText(right)) return undefined;
  if ((yield* builtinOf(checker, left)) !== "String" || (yield* builtinOf(checker, right)) !== "String")
    return undefined;
  const one = yield* sourceOf(pass, left);
  const other = one && (yield* sourceOf(pass, right));
  return one && other && isAboutNumbers(one, other) ? [...one.evidence, ...other.evidence] : undefined;
}

function report(pass: Pass, at: Node, [left, right]: readonly [Node, Node], evidence: readonly PathStep[]): void {
  const { sourceFile } = pass.file;
  pass.report(at, {
    message: `${quoted(left, sourceFile)} and ${quoted(right, sourceFile)} are numbers in text form: compared as text, "10" is less than "9".`,
    evidence,
  });
}

function isNoText(node: Node): boolean {
  const { kind } = unwrapped(node);
  return kind === SyntaxKind.NumericLiteral || isStringLiteralLikeNode(unwrapped(node));
}

interface Source {
  readonly source: Provenance;
  /** What the text is called where it is compared, if it has a name there. */
  readonly name: string;
  readonly evidence: readonly PathStep[];
}

/** Where a text comes from, if every origin is of the same kind. */
function* sourceOf(pass: Pass, value: Expression): Ask<Source | undefined> {
  let found: Source | undefined;
  for (const { value: origin, way } of (yield* originsOf(pass, value)) ?? []) {
    if (isStringLiteralLikeNode(origin) && /^\d*$/.test(origin.text)) continue;
    const source = (yield* provenanceOf(pass.checker, origin)) ?? (yield* writtenIn(pass, origin));
    if (!source || (found && found.source.kind !== source.kind)) return undefined;
    found ??= { source, name: nameOf(value), evidence: [{ at: origin, message: told(source, origin) }, ...way] };
  }
  return found;
}

function nameOf(value: Expression): string {
  const bare = unwrapped(value);
  return isIdentifier(bare) ? bare.text : "";
}

/** `row.total` where the one object literal that rows are made by has `total: sum.toFixed(2)`. */
function* writtenIn({ checker }: Pass, origin: Expression): Ask<Provenance | undefined> {
  const member = unwrapped(origin);
  if (!isPropertyAccessExpression(member)) return undefined;
  const symbol = yield* checker.symbolOf(member.name);
  const [written, ...others] = symbol ? yield* checker.declarationsOf(symbol) : [];
  if (!written || others.length > 0 || !isPropertyAssignment(written)) return undefined;
  const source = yield* provenanceOf(checker, written.initializer);
  return source?.kind === "number" ? source : undefined;
}

function told({ kind }: Provenance, origin: Node): string {
  const code = quoted(origin, origin.getSourceFile());
  return kind === "number" ? `${code} turns a number into text.` : `${code} comes from outside as text.`;
}

/** Names of what is counted or measured. */
const QUANTITY: RegExp =
  /(?:^|_|-)(?:min|max|count|total|amount|price|cost|qty|quantity|age|size|limit|offset|pages?|port|width|height|length|year|month|day|hours?|minutes?|seconds?|score|rating|weight|timeout|retries|number|num|from|to)(?:$|_|-|[A-Z])|(?:Min|Max|Count|Total|Amount|Price|Size|Limit|Page|Age|Width|Height|Number)$/;

/** One that was a number suffices, since it is compared with what stands for another; else both names have to say it. */
function isAboutNumbers(left: Source, right: Source): boolean {
  if (left.source.kind === "number" || right.source.kind === "number") return true;
  return [left, right].every(({ source, name }) => {
    const known = source.name === "" ? name : source.name;
    return isQuantity(known) && !(source.kind === "input" && DATES.test(known));
  });
}

/** A field for a date has it in ISO form. */
const DATES = /(?:^|_|-)(?:from|to|day|month)(?:$|_|-|[A-Z])/;

function isQuantity(name: string): boolean {
  return QUANTITY.test(name) || QUANTITY.test(name.toLowerCase());
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
