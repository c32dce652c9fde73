/** Reports calls in JavaScript of what is no function. */
import {
  builtinName,
  certainParts,
  defineRule,
  isClaimed,
  isGuess,
  isWrittenSomewhere,
  quoted,
  returnedBy,
  uncheckedDiagnostics,
  unwrapped,
  type Ask,
  type FileDiagnostic,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isCallExpression,
  isClassLikeDeclaration,
  isConstructorDeclaration,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "not-callable",
  summary: "Something is called in JavaScript that is no function, or a class without `new`.",
  category: "calls",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Leave out the call, call the member that is meant, or write `new` before a class.",
  listen: pass => ({
    *[SyntaxKind.SourceFile](_: SourceFile) {
      for (const diagnostic of yield* uncheckedDiagnostics(pass, CODES)) {
        const call = callOf(diagnostic);
        if (call) yield* check(pass, call);
      }
    },
  }),
});
export default rule;

/** TypeScript's: a class without `new`, not callable, a getter that is called. */
const CODES: ReadonlySet<number> = new Set([2348, 2349, 6234]);

/** The diagnostic spans what is called, the name of the member that is, or (of a class) the call. */
function callOf({ node, end }: FileDiagnostic): CallExpression | undefined {
  for (let at: Node = node; at.parent && at.end <= end; at = at.parent) {
    if (at.end === end && isCallExpression(at.parent) && at.parent.expression === at) return at.parent;
    if (at.end === end && isCallExpression(at)) return at;
  }
  return undefined;
}

function* check(pass: Pass, call: CallExpression): Ask<void> {
  const what = yield* kindOf(pass, call.expression);
  if (!what || call.questionDotToken) return;
  const start = call.getStart(pass.file.sourceFile);
  pass.report(call.expression, {
    message: `${quoted(call.expression, pass.file.sourceFile)} is ${what.text}: calling it throws.`,
    evidence: [{ at: call.expression, message: `This is ${what.text}.` }],
    fixes: what.isClass
      ? [{ title: "Write `new`", safety: "suggested", edits: [{ at: { start, end: start }, text: "new " }] }]
      : [],
  });
}

interface Kind {
  readonly text: string;
  readonly isClass: boolean;
}

/** What the called value is on every path; undefined where it may be a function, or anything. */
function* kindOf(pass: Pass, callee: Expression): Ask<Kind | undefined> {
  const { checker } = pass;
  // What a parameter may be is up to whoever calls.
  if (pass.scopes().variableOf(callee)?.kind === "parameter" || mayBeGivenLater(pass, callee)) return undefined;
  const parts = yield* certainParts(checker, yield* checker.typeOf(callee));
  if (!parts || parts.length === 0) return undefined;
  let kind: Kind | undefined;
  for (const part of parts) {
    const found = yield* kindOfPart(pass, part);
    if (!found) return undefined;
    kind ??= found;
  }
  return (yield* isGuess(checker, callee)) || (yield* isClaimed(checker, callee)) ? undefined : kind;
}

/** The compiler knows what a member was given first, and not what it gets later. */
function mayBeGivenLater({ file }: Pass, callee: Expression): boolean {
  if (!isPropertyAccessExpression(callee) || isOfPlatform(callee.expression)) return false;
  return isWrittenSomewhere(file.sourceFile, callee.name.text);
}

/** Nobody puts another `Math` in the place of the platform's. */
function isOfPlatform(object: Node): boolean {
  return unwrapped(object).getText() === "globalThis";
}

function* kindOfPart(pass: Pass, part: Type): Ask<Kind | undefined> {
  const text = `of type \`${yield* pass.checker.textOf(part)}\``;
  if (part.flags & (TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike)) {
    return { text, isClass: false };
  }
  const name = yield* builtinName(pass.checker, part);
  return name === undefined ? yield* kindOfClass(pass, part) : kindOfBuiltin(name, text);
}

function kindOfBuiltin(name: string, text: string): Kind | undefined {
  if (OBJECTS.has(name)) return { text, isClass: false };
  const made = name === "ArrayConstructor" ? undefined : NEEDS_NEW.exec(name)?.[1];
  return made === undefined ? undefined : { text: `the class \`${made}\`, which needs \`new\``, isClass: true };
}

function* kindOfClass({ checker, file }: Pass, part: Type): Ask<Kind | undefined> {
  const symbol = yield* checker.symbolOfType(part);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  if (declaration && isObjectLiteralExpression(declaration)) return { text: "an object", isClass: false };
  if (!declaration || !isClassLikeDeclaration(declaration) || declaration.getSourceFile() !== file.sourceFile) {
    return undefined;
  }
  // A constructor that returns something may be meant to be called, by a build that makes a function of the class.
  const own = declaration.members.find(isConstructorDeclaration);
  if (own && returnedBy(own).length > 0) return undefined;
  const isClass = (yield* checker.constructSignaturesOf(part)).length > 0;
  return isClass ? { text: `the class \`${symbol.name}\`, which needs \`new\``, isClass } : undefined;
}

const OBJECTS: ReadonlySet<string> = new Set([
  ...["Array", "Map", "Set", "Promise", "Date", "RegExp", "Error", "URL"],
  ...["Math", "JSON", "Reflect", "Atomics", "Intl"],
]);

/** What builtins are called whose call needs `new`, by the name of the type of their class. */
const NEEDS_NEW =
  /^((?:Weak)?(?:Map|Set|Ref)|Promise|Proxy|FinalizationRegistry|(?:Shared)?ArrayBuffer|DataView|\w+Array)Constructor$/;
