/** Reports text from outside that is used as if it were a boolean: "false" and "0" are as true as any other text. */
import {
  asEnvironmentName,
  asMethodCall,
  defineRule,
  memberName,
  memberRead,
  provenanceOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Provenance,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isStringLiteralLikeNode,
  SyntaxKind,
  type BindingElement,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { isExpectedToBeEither } from "./names.ts";
import { usesOfValue, type BooleanUse } from "./uses.ts";

const rule: Rule = defineRule({
  id: "env-as-boolean",
  summary:
    'A variable of the environment, a query parameter or a header is tested for truth, where "false" counts as true.',
  category: "conditions",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: 'Compare with the text that means yes: `process.env.ENABLED === "true"`.',
  listen: pass => ({
    [SyntaxKind.PropertyAccessExpression]: (node: Node) => (mayBeOutside(node) ? check(pass, node) : undefined),
    [SyntaxKind.ElementAccessExpression]: (node: Node) => (mayBeOutside(node) ? check(pass, node) : undefined),
    [SyntaxKind.BindingElement]: (node: BindingElement) =>
      node.name && mayBeOutside(node.name) ? check(pass, node.name) : undefined,
    [SyntaxKind.CallExpression]: (node: CallExpression) => (isGetter(node) ? check(pass, node) : undefined),
  }),
});
export default rule;

const HOLDERS: ReadonlySet<string> = new Set(["env", "query", "params", "headers", "cookies"]);

function isGetter(call: CallExpression): boolean {
  const [key, ...more] = call.arguments;
  return key !== undefined && more.length === 0 && isStringLiteralLikeNode(key) && asMethodCall(call)?.name === "get";
}

function mayBeOutside(node: Node): boolean {
  const member = memberRead(node);
  const holder = member && unwrapped(member.object);
  if (!holder) return false;
  const name = memberName(holder);
  return name === undefined ? asEnvironmentName(holder) !== undefined : HOLDERS.has(name);
}

const KINDS: Readonly<Record<Provenance["kind"], string>> = {
  number: "a number",
  environment: "a variable of the environment",
  query: "a query parameter",
  parameter: "a part of the path",
  header: "a header",
  cookie: "a cookie",
  input: "a field of a form",
};

function* check(pass: Pass, node: Node): Ask<void> {
  const uses = usesOfValue(pass.scopes(), node);
  if (uses.length === 0) return;
  const source = yield* provenanceOf(pass.checker, node);
  if (!source || source.kind === "input" || source.kind === "number") return;
  if (!(yield* isText(pass, node, source))) return;
  for (const use of uses) {
    if (use.literal === undefined && !isExpectedToBeEither(pass.file.text, source, use.node)) continue;
    report(pass, node, source, use);
  }
}

/** Types of one's own may say that the value is converted on the way; without types, only the environment is sure. */
function* isText({ checker }: Pass, node: Node, { kind }: Provenance): Ask<boolean> {
  const type = yield* checker.typeOf(node);
  if (type.flags & TypeFlags.AnyOrUnknown) return kind === "environment";
  return !(yield* checker.partsOf(type)).some(part => part.flags & (TypeFlags.BooleanLike | TypeFlags.NumberLike));
}

function report(pass: Pass, node: Node, source: Provenance, use: BooleanUse): void {
  const { sourceFile } = pass.file;
  const code = quoted(use.node, sourceFile);
  const message =
    use.literal === undefined
      ? `${code} is text from outside, so "false" and "0" count as true here.`
      : `${code} is text from outside, so it never equals ${quoted(use.literal, sourceFile)}.`;
  pass.report(use.node, {
    message,
    evidence: [
      {
        at: node,
        message: `${quoted(node, sourceFile)} is ${KINDS[source.kind]}, which is text if it is there at all.`,
      },
      {
        at: use.node,
        message: use.literal
          ? "It is compared with a value that is no text."
          : "Only an empty text counts as false here.",
      },
    ],
  });
}
