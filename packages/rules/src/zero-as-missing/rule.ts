/** Reports numbers that are tested for truth, or given a default with `||`, where 0 is one of their values. */
import {
  asMethodCall,
  constantValue,
  defineRule,
  isSameReference,
  literalValue,
  nodesOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { checkAsked } from "./asked.ts";
import { checkAttribute } from "./attributes.ts";
import { checkAssigned, checkParsedAgain } from "./parsed.ts";
import { evidenceFor, type Evidence } from "./evidence.ts";
import { checkRendered } from "./rendered.ts";
import { siteOf, type Site } from "./sites.ts";

const rule: Rule = defineRule({
  id: "zero-as-missing",
  summary: "A number is tested for truth, or defaulted with `||`, where 0 is a value like any other.",
  category: "nullness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Compare with `undefined` or `null`, or write `??` for `||`.",
  listen: pass => ({
    [SyntaxKind.Identifier](node: Node) {
      const site = siteOf(node);
      return site ? check(pass, site) : undefined;
    },
    [SyntaxKind.ElementAccessExpression](node: Node) {
      const site = siteOf(node);
      return site ? check(pass, site) : undefined;
    },
    [SyntaxKind.CallExpression](call: CallExpression) {
      if (pass.file.isTest) return;
      checkParsedAgain(pass, call);
      checkAttribute(pass, call);
    },
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (!pass.file.isTest) checkAssigned(pass, node);
      return checkRendered(pass, node);
    },
    [SyntaxKind.PropertyAccessExpression](node: PropertyAccessExpression) {
      const site = siteOf(node);
      return site ? check(pass, site) : undefined;
    },
  }),
});
export default rule;

function* check(pass: Pass, site: Site): Ask<void> {
  if (checkAsked(pass, site) || isOfferedOnly(site) || isCounter(pass, site) || startsAtZero(pass, site)) return;
  if (isOfClock(pass, site)) return;
  const evidence = yield* evidenceFor(pass, site);
  if (!evidence || (site.fallback && (yield* isEmpty(pass, site.fallback)))) return;
  const name = quoted(site.subject, pass.file.sourceFile);
  const how = site.fallback
    ? `0 is replaced by ${quoted(site.fallback, pass.file.sourceFile)}`
    : "0 is taken for missing";
  pass.report(site.subject, {
    message: `${name} may be 0, ${evidence.why}, but ${how} here.`,
    evidence: evidence.steps,
    fixes: fixesOf(site, evidence),
  });
}

/** `let offset = 0; if (last.offset) offset = last.offset;`: what is left alone is 0 as well. */
function startsAtZero(pass: Pass, site: Site): boolean {
  const assignment = onlyAssignmentBehind(site);
  if (!assignment || !isSameReference(unwrapped(assignment.right), site.subject)) return false;
  const [name] = pass.scopes().variableOf(unwrapped(assignment.left))?.declarations ?? [];
  const declaration = name?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return false;
  return literalValue(unwrapped(declaration.initializer)) === 0;
}

/** The assignment that is all that an `if` for a true number does. */
function onlyAssignmentBehind({ subject, isNegated }: Site): BinaryExpression | undefined {
  const { parent } = wrapped(subject);
  if (isNegated || !isIfStatement(parent) || parent.elseStatement) return undefined;
  const [only, more] = isBlock(parent.thenStatement) ? parent.thenStatement.statements : [parent.thenStatement];
  const whole = only && !more && isExpressionStatement(only) ? unwrapped(only.expression) : undefined;
  return whole && isBinaryExpression(whole) && whole.operatorToken.kind === SyntaxKind.EqualsToken ? whole : undefined;
}

/** Whether a variable only ever gets the time of day, which is never 0. */
function isOfClock(pass: Pass, { subject }: Site): boolean {
  const variable = isIdentifier(subject) ? pass.scopes().variableOf(subject) : undefined;
  const values = variable?.references.flatMap(({ node, isWritten }) => (isWritten ? [wrapped(node).parent] : [])) ?? [];
  return values.length > 0 && values.every(each => isBinaryExpression(each) && isTime(each.right));
}

function isTime(value: Node): boolean {
  return /^(?:Date\.now\(\)|null|undefined)$/.test(value.getText());
}

/** Whether a variable is counted up or down: it is a number at any time, and at 0 it has arrived. */
function isCounter(pass: Pass, { subject }: Site): boolean {
  const variable = isIdentifier(subject) ? pass.scopes().variableOf(subject) : undefined;
  return variable?.references.some(({ node }) => isStepped(node)) === true;
}

function isStepped(name: Node): boolean {
  const { parent } = wrapped(name);
  if (!isPrefixUnaryExpression(parent) && !isPostfixUnaryExpression(parent)) return false;
  return parent.operator === SyntaxKind.PlusPlusToken || parent.operator === SyntaxKind.MinusMinusToken;
}

/** `skip: offset ? offset : undefined`: what is not given is as good as 0 where places are counted from there. */
function isOfferedOnly({ subject }: Site): boolean {
  const { parent } = wrapped(subject);
  if (!isConditionalExpression(parent) || parent.condition !== wrapped(subject)) return false;
  if (isSameReference(unwrapped(parent.whenTrue), subject)) return parent.whenFalse.getText() === "undefined";
  // Repeated no times is the empty text that nothing is as well.
  return [...nodesOf(parent.whenTrue)].some(node => isCallExpression(node) && isRepeat(node, subject));
}

function isRepeat(call: CallExpression, count: Node): boolean {
  const [only] = call.arguments;
  return asMethodCall(call)?.name === "repeat" && only !== undefined && isSameReference(unwrapped(only), count);
}

/** A default that means the same as 0: nothing is lost. */
function* isEmpty({ checker }: Pass, fallback: Node): Ask<boolean> {
  if (/^(?:Number\.)?NaN$/.test(fallback.getText())) return true;
  const value = yield* constantValue(checker, fallback);
  return value === 0 || value === "" || value === false || value === 0n;
}

function fixesOf({ subject, operator, fallback, isNegated }: Site, { mayBeNull }: Evidence) {
  if (fallback && operator) {
    return [{ title: "Write `??`", safety: "suggested" as const, edits: [{ at: operator, text: "??" }] }];
  }
  const outer = isNegated ?? subject;
  const comparison = `${isNegated ? "===" : "!=="} undefined`;
  if (mayBeNull || outer.parent.kind === SyntaxKind.PrefixUnaryExpression) return [];
  const text = `${subject.getText()} ${comparison}`;
  return [{ title: "Compare with `undefined`", safety: "suggested" as const, edits: [{ at: outer, text }] }];
}
