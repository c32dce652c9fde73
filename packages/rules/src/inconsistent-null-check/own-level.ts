/** A callback that an `if` of the function itself asks for, and that another place of it calls, or has called, unasked. */
import {
  enclosingFunction,
  isInside,
  leavesFunction,
  mentions,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  type IfStatement,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

/** `if (done) stream.on("close", done); … if (!isOpen) done();` */
export function checkOwnLevel(pass: Pass, parameter: ParameterDeclaration, variable: Variable): void {
  const fn = parameter.parent;
  const own = variable.references.map(({ node }) => node).filter(node => enclosingFunction(node) === fn);
  const [check, ...more] = own.flatMap(node => plainCheckOf(node));
  if (!check || more.length > 0) return;
  const name = quoted(parameter.name, pass.file.sourceFile);
  for (const use of own) {
    if (isInside(use, check) || !isCalled(use) || isAskedFor(use, variable.name, fn)) continue;
    pass.report(use, {
      message: `${name} may be left out, as another place of this function asks for it first, but here it is called as if it were there.`,
      evidence: [
        { at: check.expression, message: `This is done only if ${name} is there.` },
        { at: use, message: "This throws where it is missing." },
      ],
    });
  }
}

/** `if (done) { … }` without an `else`, behind which the function goes on. */
function plainCheckOf(use: Node): readonly IfStatement[] {
  const { parent } = use;
  if (!isIfStatement(parent) || unwrapped(parent.expression) !== use || parent.elseStatement) return [];
  return leavesFunction(parent.thenStatement) ? [] : [parent];
}

/** `done()`, and `setImmediate(done)`, which throws at once where there is no function. */
function isCalled(use: Node): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (!isCallExpression(parent)) return false;
  if (parent.expression === outer) return !parent.questionDotToken;
  return parent.arguments[0] === outer && TIMERS.has(parent.expression.getText());
}

const TIMERS: ReadonlySet<string> = new Set(["setImmediate", "process.nextTick", "queueMicrotask", "setTimeout"]);

/** Whether any test around a use, or before it in the blocks around it, has the name in it; a plain check is none for what follows. */
function isAskedFor(use: Node, name: string, fn: Node): boolean {
  for (let at = use; at !== fn; at = at.parent) {
    const { parent } = at;
    const { expression, condition, left } = parent as Node & { expression?: Node; condition?: Node; left?: Node };
    const test = isCallExpression(parent) || isReturnStatement(parent) ? undefined : (condition ?? left ?? expression);
    if (test && test !== at && mentions(test, name)) return true;
    if (isBlock(parent) && parent.statements.some(each => each.end <= at.pos && asks(each, name))) return true;
  }
  return false;
}

function asks(statement: Node, name: string): boolean {
  if (!isIfStatement(statement) || !mentions(statement.expression, name)) return false;
  const test = unwrapped(statement.expression);
  return !isIdentifier(test) || plainCheckOf(test).length === 0;
}
