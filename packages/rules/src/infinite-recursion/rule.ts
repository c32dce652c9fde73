/** Reports functions that come back to themselves whatever happens, so that only the stack's end ends them. */
import { defineRule, isFlowRoot, quoted, type Ask, type Pass, type Rule, type Step } from "@review/analysis";
import { SyntaxKind, type FunctionLikeDeclaration, type Node } from "@review/program/syntax";
import { endlessReturn, type Return } from "./always.ts";
import { placesIn, type Place } from "./places.ts";
import { repeatedReturn } from "./repeated.ts";
import { subjectOf, type Subject } from "./subjects.ts";

type Checked = FunctionLikeDeclaration;

const rule: Rule = defineRule({
  id: "infinite-recursion",
  summary: "A function calls itself on every path, or again with the same arguments, so it never returns.",
  category: "control-flow",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Call what was meant instead of the function itself, or return before the call once there is nothing left to do.",
  listen: pass => ({
    [SyntaxKind.FunctionDeclaration]: (node: Checked) => check(pass, node),
    [SyntaxKind.FunctionExpression]: (node: Checked) => check(pass, node),
    [SyntaxKind.ArrowFunction]: (node: Checked) => check(pass, node),
    [SyntaxKind.MethodDeclaration]: (node: Checked) => check(pass, node),
    [SyntaxKind.GetAccessor]: (node: Checked) => check(pass, node),
    [SyntaxKind.SetAccessor]: (node: Checked) => check(pass, node),
    [SyntaxKind.Constructor]: (node: Checked) => check(pass, node),
    [SyntaxKind.ClassDeclaration]: (node: Node) => check(pass, node),
    [SyntaxKind.ClassExpression]: (node: Node) => check(pass, node),
  }),
});
export default rule;

function* check(pass: Pass, node: Node): Ask<void> {
  if (!isFlowRoot(node)) return;
  const subject = subjectOf(pass.scopes(), node);
  const places = subject ? placesIn(pass.scopes(), subject) : [];
  if (!subject || places.length === 0) return;
  const graph = yield* pass.flow(node);
  if (!graph) return;
  const again = yield* endlessReturn(pass, graph, subject, places);
  if (again) {
    report(pass, subject, again);
    return;
  }
  const repeated = yield* repeatedReturn(pass, graph, subject, places);
  if (!repeated) return;
  pass.report(repeated.place.node, {
    message: `${subject.label} comes back to itself with the same values, and nothing has changed, so this never ends.`,
    evidence: repeated.evidence,
  });
}

function report(pass: Pass, subject: Subject, { place, step, via }: Return): void {
  const { sourceFile } = pass.file;
  const code = quoted(place.node, sourceFile);
  const what =
    via === undefined ? `${code} ${place.does} itself` : `${code} calls ${via.subject.label}, which calls it back`;
  pass.report(place.node, {
    message: `Every path through ${subject.label} comes here, where ${what}: it never returns.`,
    evidence: [
      { at: subject.name ?? subject.root, message: `${subject.label} starts here, and no path leaves it before.` },
      {
        at: step.node,
        message: `It ${via === undefined ? "comes back to itself" : `goes on in ${via.subject.label}`} here.`,
      },
      ...(via ? evidenceOfPartner(subject, via) : []),
    ],
  });
}

function evidenceOfPartner(subject: Subject, { place }: { place: Place; step: Step }): { at: Node; message: string }[] {
  return [{ at: place.node, message: `On every path, ${subject.label} is called from there.` }];
}
