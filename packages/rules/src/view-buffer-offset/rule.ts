/** Reports `view.buffer` that is handed on as if it were the view, which may be a part of it only. */
import {
  builtinOf,
  defineRule,
  enclosingFunction,
  mentions,
  nodesOf,
  quoted,
  TYPED_ARRAYS,
  isSameReference,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isForOfStatement,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { guardOf } from "./guards.ts";
import { isHandedOn } from "./uses.ts";

const rule: Rule = defineRule({
  id: "view-buffer-offset",
  summary:
    "The `buffer` of a typed array, `Buffer` or `DataView` is handed on whole, though the view may be a part of it.",
  category: "collections",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Pass the view itself, `view.slice().buffer`, or `byteOffset` and `byteLength` along with the buffer.",
  listen: pass => ({
    [SyntaxKind.PropertyAccessExpression]: (access: PropertyAccessExpression) =>
      access.name.text === "buffer" && !pass.file.isTest ? check(pass, access) : undefined,
  }),
});
export default rule;

function* check(pass: Pass, access: PropertyAccessExpression): Ask<void> {
  const view = unwrapped(access.expression);
  const fn = enclosingFunction(access);
  if (!isIdentifier(view) || !fn || !isHandedOn(access)) return;
  if (mentions(fn, "byteOffset") || isMeasured(fn, view) || !isFromOutside(pass, view)) return;
  const because = guardOf(view) ?? (yield* typeOf(pass, view));
  if (!because) return;
  const { sourceFile } = pass.file;
  pass.report(access, {
    message: `${quoted(access, sourceFile)} is the whole memory behind ${quoted(view, sourceFile)}, which may be only a part of it.`,
    evidence: [because],
  });
}

/** `view.byteLength === view.buffer.byteLength`: the view is all of its buffer. */
function isMeasured(fn: Node, view: Node): boolean {
  return [...nodesOf(fn)].some(node => {
    if (!isPropertyAccessExpression(node) || node.name.text !== "byteLength") return false;
    const buffer = unwrapped(node.expression);
    return (
      isPropertyAccessExpression(buffer) && buffer.name.text === "buffer" && isSameReference(buffer.expression, view)
    );
  });
}

/** A parameter, and an element of what a loop goes through: whoever made the view has decided where it lies. */
function isFromOutside(pass: Pass, view: Node): boolean {
  const variable = pass.scopes().variableOf(view);
  const [name] = variable?.declarations ?? [];
  return variable?.kind === "parameter" || (name !== undefined && isForOfStatement(name.parent.parent.parent));
}

type Step = { readonly at: Node; readonly message: string };

const VIEWS: ReadonlySet<string> = new Set([...TYPED_ARRAYS, "DataView", "Buffer"]);

function* typeOf({ checker }: Pass, view: Node): Ask<Step | undefined> {
  const name = yield* builtinOf(checker, view);
  return name !== undefined && VIEWS.has(name)
    ? { at: view, message: `This is a \`${name}\` of whoever calls.` }
    : undefined;
}
