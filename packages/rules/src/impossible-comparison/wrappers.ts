/** `new String(name) === "Ann"`: an object around a text, a number or a boolean, which equals only itself. */
import {
  definitionsReaching,
  flowRootOf,
  hasOnlyFlags,
  isGlobal,
  isGuess,
  perFile,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isIdentifier,
  isNewExpression,
  type BinaryExpression,
  type Expression,
  type NewExpression,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

/** Reports a `===` or `!==` of which one side is such an object; the compiler takes it for what it holds. */
export function* checkWrapper(pass: Pass, node: BinaryExpression, outcome: string): Ask<void> {
  if (!makesWrappers(pass.file.sourceFile)) return;
  for (const [side, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    const made = yield* wrapperOf(pass, side);
    if (!made || !(made === unwrapped(side) || (yield* isPlain(pass, other)))) continue;
    pass.report(node, {
      message: `${quoted(made, pass.file.sourceFile)} is an object around its value and equal to nothing else: this is always ${outcome}.`,
      evidence: [{ at: made, message: "The object is made here." }],
      repair: `Leave out the \`new\`: \`${made.expression.getText()}(…)\` gives the value itself.`,
    });
    return;
  }
}

const makesWrappers: (file: SourceFile) => boolean = perFile(({ text }) =>
  /\bnew (?:String|Number|Boolean)\b/.test(text),
);

/** The object that a side makes, or that is all a variable holds at this place. */
function* wrapperOf(pass: Pass, side: Expression): Ask<NewExpression | undefined> {
  const bare = unwrapped(side);
  const value = isIdentifier(bare) ? yield* onlyValueOf(pass, bare) : bare;
  if (!value || !isNewExpression(value)) return undefined;
  const { expression } = value;
  if (!isIdentifier(expression) || !WRAPPERS.has(expression.text)) return undefined;
  return (yield* isGlobal(pass.checker, expression, expression.text)) ? value : undefined;
}

const WRAPPERS: ReadonlySet<string> = new Set(["String", "Number", "Boolean"]);

function* onlyValueOf(pass: Pass, name: Node): Ask<Node | undefined> {
  const graph = yield* pass.flow(flowRootOf(name));
  const [definition, more] = (graph && definitionsReaching(graph, pass.scopes(), name)) ?? [];
  return definition?.source.kind === "expression" && !more ? unwrapped(definition.source.expression) : undefined;
}

/** Whether a value is no object for sure: one might be the very wrapper. */
function* isPlain({ checker, file }: Pass, node: Node): Ask<boolean> {
  const type = yield* checker.typeOf(node);
  if (!(yield* hasOnlyFlags(checker, type, PLAIN))) return false;
  return !file.isJavaScript || !(yield* isGuess(checker, node));
}

const PLAIN = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike;
