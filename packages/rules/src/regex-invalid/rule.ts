/** Reports patterns and flags for which `RegExp` or a method of text throws. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  isUncertain,
  onRegex,
  quoted,
  regexOf,
  type Ask,
  type Pass,
  type Regex,
  type RegexError,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isRegularExpressionLiteral,
  isTryStatement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "regex-invalid",
  summary: "A pattern, its flags, or the lack of the flag `g` makes the call throw.",
  category: "regex",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write a backslash before the character that is meant as itself, or close what is open.",
  listen: pass => {
    const patterns = onRegex(pass, regex => {
      if (regex.error && !isExpected(regex.node)) reportPattern(pass, regex, regex.error);
    });
    return {
      ...patterns,
      *[SyntaxKind.CallExpression](call: CallExpression) {
        const task = patterns[SyntaxKind.CallExpression]?.(call);
        if (task) yield* task;
        yield* checkGlobal(pass, call);
      },
    };
  },
});
export default rule;

/** The compiler tells users of a literal's errors, where it is asked; and nothing of it runs then. */
function reportPattern(pass: Pass, regex: Regex, { message, index }: RegexError): void {
  if (regex.from === "literal" && pass.file.isChecked) return;
  const isAtIndex = /^Unmatched|^Lone/.test(message);
  const start = Math.max(0, (index ?? 0) - (isAtIndex ? 0 : 1));
  const end = Math.min(start + 1, regex.pattern.length);
  const reason = message.charAt(0).toLowerCase() + message.slice(1);
  const what = index === undefined ? "These flags make" : "This pattern makes";
  pass.report(index === undefined || end === 0 ? regex.node : regex.placeOf({ start, end }), {
    message: `${what} the call throw a SyntaxError: ${reason}.`,
    evidence: [{ at: regex.node, message: `The pattern is \`${shortened(regex.pattern)}\`.` }],
  });
}

function shortened(pattern: string): string {
  const line = pattern.replace(/\s+/g, " ").replaceAll("`", "'");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Whether code tries whether a pattern is valid, or a test expects that it is not. */
function isExpected(node: Node): boolean {
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return true;
    if (isCallExpression(parent) && parent !== node && isFunctionLikeDeclaration(at) && expectsThrow(parent))
      return true;
  }
  return false;
}

function expectsThrow({ expression }: CallExpression): boolean {
  return /throws?$|^expect$|^raises$/i.test(expression.getText());
}

const ALL: ReadonlySet<string> = new Set(["replaceAll", "matchAll"]);

/** `replaceAll` and `matchAll` throw for a pattern that is not global. */
function* checkGlobal(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const [first] = call.arguments;
  if (!method || !first || !ALL.has(method.name)) return;
  const regex = yield* regexOf(pass.checker, first);
  if (!regex || regex.from === "method" || regex.flags === undefined || regex.flags.includes("g")) return;
  if (!(yield* isText(pass, method.object, regex.node)) || isExpected(call)) return;
  pass.report(first, {
    message: `\`${method.name}\` throws a TypeError for ${quoted(first, pass.file.sourceFile)}, which lacks the flag \`g\`.`,
    evidence: [{ at: regex.node, message: `Its flags are "${regex.flags}".` }],
    repair: "Add the flag `g`.",
    fixes: fixesFor(regex, first),
  });
}

function* isText({ checker }: Pass, object: Expression, regex: Node): Ask<boolean> {
  if (isRegularExpressionLiteral(regex) && isUncertain(yield* checker.typeOf(object))) return true;
  return (yield* builtinOf(checker, object)) === "String";
}

function fixesFor({ node, from }: Regex, at: Expression): readonly ReportedFix[] {
  if (from !== "literal" || node !== at) return [];
  const edits = [{ at: { start: node.end, end: node.end }, text: "g" }];
  return [{ title: "Add the flag `g`", safety: "suggested", edits }];
}
