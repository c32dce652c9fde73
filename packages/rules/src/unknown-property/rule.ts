/** Reports members of objects that are known in full and have no such member. */
import {
  defineRule,
  editDistance,
  EQUALITIES,
  isCondition,
  isSameReference,
  isTarget,
  isWrittenSomewhere,
  LOGICAL,
  nodesOf,
  quoted,
  uncheckedDiagnostics,
  type Ask,
  type Pass,
  type Report,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isDeleteExpression,
  isPropertyAccessExpression,
  isTypeOfExpression,
  SyntaxKind,
  type ElementAccessExpression,
  type Identifier,
  type IfStatement,
  type PropertyAccessExpression,
  type SourceFile,
} from "@review/program/syntax";
import { checkAssigned } from "./assigned.ts";
import { closedKind, type Closed } from "./closed.ts";
import { meantObject } from "./mixed-up.ts";
import { checkElement } from "./promises.ts";
import { checkShadowed } from "./shadowed.ts";
import { checkSide } from "./sides.ts";
import { checkStatic } from "./statics.ts";
import { mayHoldSlip } from "./suspects.ts";
import { isOfLostBase, slipIn, TYPED_CODES, wrongThisIn } from "./typed.ts";

const rule: Rule = defineRule({
  id: "unknown-property",
  summary: "A member of an object is read, or a key of it set, that the object, which is known in full, does not have.",
  category: "names",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the member that is meant, or set it before it is read.",
  listen: pass => ({
    *[SyntaxKind.ElementAccessExpression](access: ElementAccessExpression) {
      yield* checkElement(pass, access);
      yield* checkStatic(pass, access);
    },
    *[SyntaxKind.PropertyAccessExpression](access: PropertyAccessExpression) {
      checkShadowed(pass, access);
      yield* checkStatic(pass, access);
    },
    [SyntaxKind.IfStatement]: (branch: IfStatement) => checkAssigned(pass, branch),
    *[SyntaxKind.SourceFile](_: SourceFile) {
      if (!pass.file.isJavaScript && (yield* mayHoldSlip(pass, isSlip))) yield* checkTyped(pass);
      for (const { text, node } of yield* uncheckedDiagnostics(pass, CODES)) {
        if (!isPropertyAccessExpression(node.parent) || node.parent.name !== node) continue;
        yield* check(pass, node.parent, /Did you mean '([^']+)'/.exec(text)?.[1]);
      }
    },
  }),
});
export default rule;

function* checkTyped(pass: Pass): Ask<void> {
  const { sourceFile } = pass.file;
  for (const diagnostic of yield* pass.diagnostics()) {
    if (!TYPED_CODES.has(diagnostic.code)) continue;
    const slip = slipIn(diagnostic, isSlip);
    if (slip) {
      if (yield* isOfLostBase(pass, diagnostic)) continue;
      const { at, meant, message } = slip;
      const fixes = [{ title: `Write \`${meant}\``, safety: "suggested" as const, edits: [{ at, text: meant }] }];
      pass.report(at, { message, evidence: [{ at, message: "The compiler knows the type in full." }], fixes });
      continue;
    }
    const wrong = yield* wrongThisIn(pass, diagnostic);
    if (!wrong || (yield* isOfLostBase(pass, diagnostic))) continue;
    const { access, object } = wrong;
    const text = object.getText(sourceFile);
    pass.report(access, {
      message: `${quoted(access, sourceFile)} is always undefined: \`this\` is not ${quoted(object, sourceFile)} in an arrow function.`,
      evidence: [{ at: object, message: `This has a \`${access.name.text}\`.` }],
      fixes: [
        {
          title: `Read it off ${quoted(object, sourceFile)}`,
          safety: "suggested",
          edits: [{ at: access.expression, text }],
        },
      ],
    });
  }
}

/** TypeScript's: no such property, no such property but one like it, no static one. */
const CODES: ReadonlySet<number> = new Set([2339, 2551, 2576]);

function* check(pass: Pass, access: PropertyAccessExpression, meant: string | undefined): Ask<void> {
  if (isOthersMember(access.name.text, meant)) return;
  if (isExcused(access) || isWrittenSomewhere(pass.file.sourceFile, access.name.text)) return;
  if (isTestedSomewhere(pass.file.sourceFile, access) || (yield* checkSide(pass, access))) return;
  const closed = yield* closedKind(pass, access);
  if (closed) yield* checkClosed(pass, access, closed, meant);
  else {
    const object = yield* meantObject(pass, access);
    if (object) reportMixedUp(pass, access, object);
  }
}

function* checkClosed(
  pass: Pass,
  access: PropertyAccessExpression,
  closed: Closed,
  meant: string | undefined,
): Ask<void> {
  const near = meant ?? (closed.needsName ? yield* slipAmongMembers(pass, access) : undefined);
  if (closed.needsName && !(near !== undefined && isMeant(access.name.text, near))) return;
  pass.report(access.name, reportOf(pass, access, closed.what, near));
}

function reportMixedUp(pass: Pass, { expression, name }: PropertyAccessExpression, meant: Identifier): void {
  const { sourceFile } = pass.file;
  pass.report(expression, {
    message: `${quoted(expression, sourceFile)} has no \`${name.text}\` by its comment: calling it throws. \`${meant.text}\` has one.`,
    evidence: [{ at: meant, message: `Here \`${name.text}\` of \`${meant.text}\` is called.` }],
    fixes: [
      { title: `Call it of \`${meant.text}\``, safety: "suggested", edits: [{ at: expression, text: meant.text }] },
    ],
  });
}

/** Names of members that objects have though nothing declares them. */
function isOthersMember(name: string, meant: string | undefined): boolean {
  // Underscores mark what code adds to others' objects; timers are numbers in a browser and objects in Node.
  if (/^[_$]|^(?:un)?ref$|^hasRef$/.test(name) || UNDECLARED.has(name)) return true;
  // `winston.transports.Console` is a class, and what has it no value of the language.
  return /^[A-Z]/.test(name) && meant === undefined;
}

/** To the compiler two exchanged letters are two slips, so that it names nothing for them. */
function* slipAmongMembers({ checker }: Pass, { expression, name }: PropertyAccessExpression): Ask<string | undefined> {
  const members = yield* checker.propertiesOf(yield* checker.typeOf(expression));
  return members.find(member => member.name !== name.text && isSlip(name.text, member.name))?.name;
}

/** Nobody means the methods that texts have for old markup: `links` is not a slip of `link`. */
function isMeant(name: string, meant: string): boolean {
  return !MARKUP.has(meant) && isSlip(name, meant);
}

const MARKUP: ReadonlySet<string> = new Set(
  "anchor big blink bold fixed fontcolor fontsize italics link small strike sub sup".split(" "),
);

/** What every engine has and the compiler's libraries leave out, as it is for old pages; what chai gives to every object. */
const UNDECLARED: ReadonlySet<string> = new Set(["getYear", "setYear", "toGMTString", "should"]);

function reportOf(pass: Pass, access: PropertyAccessExpression, what: string, meant: string | undefined): Report {
  const { sourceFile } = pass.file;
  const isCalled = isCallExpression(access.parent) && access.parent.expression === access;
  const effect = isCalled ? "calling it throws" : "it is always undefined";
  const evidence = [{ at: access.expression, message: `This is ${what}.` }];
  const message = `${quoted(access.expression, sourceFile)} has no member \`${access.name.text}\`: ${effect}.`;
  if (meant === undefined || !isSlip(access.name.text, meant)) return { message, evidence };
  const title = `Write \`${meant}\``;
  return { message, evidence, fixes: [{ title, safety: "suggested", edits: [{ at: access.name, text: meant }] }] };
}

/** One letter too many, too few or wrong, two swapped, or another case; more than that is another name. */
function isSlip(name: string, meant: string): boolean {
  const [one, other] = [name.toLowerCase(), meant.toLowerCase()];
  return one === other || (name.length >= 4 && editDistance(one, other, 1) <= 1);
}

/** Writing makes the member, and whoever asks whether it is there knows that it may not be. */
function isExcused(access: PropertyAccessExpression): boolean {
  const { parent } = access;
  if (access.questionDotToken || isTarget(access) || isCondition(access)) return true;
  if (isCallExpression(parent) && parent.expression === access && parent.questionDotToken) return true;
  if (isDeleteExpression(parent) || isTypeOfExpression(parent)) return true;
  return isBinaryExpression(parent) && parent.left === access && DEFAULTS.has(parent.operatorToken.kind);
}

/** `if (this.sequence.additional) use(this.sequence.additional)` */
function isTestedSomewhere(file: SourceFile, access: PropertyAccessExpression): boolean {
  for (const node of nodesOf(file)) {
    if (!isPropertyAccessExpression(node) || node.name.text !== access.name.text || node === access) continue;
    if (isCondition(node) && isSameReference(node, access)) return true;
  }
  return false;
}

const DEFAULTS: ReadonlySet<SyntaxKind> = new Set([...LOGICAL, ...EQUALITIES]);
