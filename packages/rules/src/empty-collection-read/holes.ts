/** Arrays that have a length and nothing in them, whose elements a callback is to be called for. */
import {
  asMethodCall,
  hasOnlyFlags,
  isGlobal,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isCallExpression,
  isNewExpression,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

/** `new Array(5).map(make)` */
export function* checkHoles(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  if (!method || !SKIPPING.has(method.name) || call.arguments.length === 0) return;
  const made = unwrapped(method.object) as Expression;
  const length = (isNewExpression(made) || isCallExpression(made)) && made.arguments?.length === 1 && made.arguments[0];
  if (!length || !isMaker(made)) return;
  const { checker, file } = pass;
  if (!(yield* isGlobal(checker, made.expression, "Array"))) return;
  if (!(yield* hasOnlyFlags(checker, yield* checker.typeOf(length), TypeFlags.NumberLike))) return;
  pass.report(call, {
    message: `${quoted(made, file.sourceFile)} has a length and no elements: \`${method.name}\` never calls its callback.`,
    evidence: [{ at: made, message: "All its places are empty, and are passed over." }],
    repair: "Fill the array first, or make it with `Array.from({ length }, callback)`.",
    fixes: fixesFor(made),
  });
}

/** Where the type of its elements is written out, undefined may be none of them. */
function fixesFor({ typeArguments, end }: CallExpression | NewExpression): readonly ReportedFix[] {
  if (typeArguments) return [];
  const edits = [{ at: { start: end, end }, text: ".fill(undefined)" }];
  return [{ title: "Fill the array first", safety: "suggested", edits }];
}

function isMaker(node: Node): node is CallExpression {
  return (node as CallExpression).expression.getText() === "Array";
}

/** Methods that pass over places without an element. */
const SKIPPING: ReadonlySet<string> = new Set([
  ...["map", "forEach", "filter", "some", "every", "flatMap", "reduce", "reduceRight"],
]);
