/** Reports a name that is one slip away from the one that the same object, or the same group, calls for. */
import { defineRule, isUncertain, quoted, wordsOf, wrapped, type Ask, type Pass, type Rule } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLikeNode,
  SyntaxKind,
  type Block,
  type ClassDeclaration,
  type ClassExpression,
  type EnumDeclaration,
  type Identifier,
  type JsxAttributes,
  type MethodDeclaration,
  type Node,
  type ObjectLiteralExpression,
  type PropertyAccessExpression,
  type SourceFile,
  type StringLiteral,
  type SwitchStatement,
} from "@review/program/syntax";
import {
  checkCases,
  checkConstants,
  checkCrossed,
  checkKeys,
  checkMember,
  checkMethodName,
  checkText,
} from "./neighbours.ts";
import { straysIn } from "./delegates.ts";
import { namesIn } from "./members.ts";
import { missesIn, type Miss } from "./misspelt.ts";
import { pairsIn, type Pair } from "./pairs.ts";
import { oddIn, type Odd } from "./pattern.ts";

const rule: Rule = defineRule({
  id: "near-miss-name",
  summary: "A name is one slip away from the one that the same object, its neighbours or the platform call for.",
  category: "names",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the name that the pattern or the other place has.",
  listen: pass => ({
    *[SyntaxKind.SourceFile](file: SourceFile) {
      yield* checkRow(pass, file.statements);
      checkConstants(pass, file.statements);
      yield* checkMembers(pass, file);
    },
    [SyntaxKind.Block]: (block: Block) => checkRow(pass, block.statements),
    *[SyntaxKind.ObjectLiteralExpression](object: ObjectLiteralExpression) {
      checkCrossed(pass, object.properties);
      checkKeys(pass, object);
      yield* checkRow(pass, object.properties);
      yield* checkMethods(pass, object);
    },
    [SyntaxKind.JsxAttributes]: (attributes: JsxAttributes) => checkRow(pass, attributes.properties),
    [SyntaxKind.EnumDeclaration]: (declaration: EnumDeclaration) => checkCrossed(pass, declaration.members),
    [SyntaxKind.SwitchStatement]: (statement: SwitchStatement) => checkCases(pass, statement),
    [SyntaxKind.StringLiteral]: (literal: StringLiteral) => checkText(pass, literal),
    [SyntaxKind.MethodDeclaration]: ({ name }: MethodDeclaration) => checkMethodName(pass, name),
    [SyntaxKind.PropertyAccessExpression]: (access: PropertyAccessExpression) => checkMember(pass, access),
    [SyntaxKind.ClassDeclaration]: (declaration: ClassDeclaration) => checkMethods(pass, declaration),
    [SyntaxKind.ClassExpression]: (expression: ClassExpression) => checkMethods(pass, expression),
  }),
});
export default rule;

const MOST_SHOWN = 3;

function* checkRow(pass: Pass, row: readonly Node[]): Ask<void> {
  if (row.length < 4) return;
  for (const group of pairsIn(row).values()) {
    const odd = oddIn(group);
    if (odd && (yield* hasWanted(pass, odd))) reportOdd(pass, odd);
  }
}

/** Whether the object has the name as well, of the same type; an environment has every name. */
function* hasWanted({ checker }: Pass, { pair, wanted, isTaken }: Odd): Ask<boolean> {
  const { access, receiver } = pair;
  // `siteUrl: env.PUBLIC_URL` may be what others call it; `appId: env.APP_TITLE` is the wrong thing of the same.
  if (/(?:^|\.)env$/.test(receiver)) return !isTaken && isOfSame(pair, wanted);
  const owner = yield* checker.typeOf(access.expression);
  if (isUncertain(owner)) return false;
  const other = yield* checker.typeOfProperty(owner, wanted);
  const type = yield* checker.typeOf(access);
  if (!other || isUncertain(other) || isUncertain(type)) return false;
  return (yield* checker.isAssignable(type, other)) || (yield* checker.isAssignable(other, type));
}

/** Whether the name begins as the key does, behind the words that all names of the group have. */
function isOfSame({ key, name }: Pair, wanted: string): boolean {
  const words = wordsOf(wanted);
  const start = words.length - wordsOf(key).length;
  return wordsOf(name)[start] === words[start];
}

function reportOdd(pass: Pass, { pair, wanted, others }: Odd): void {
  const { nameNode } = pair;
  const quote = isStringLiteralLikeNode(nameNode) ? nameNode.getText().slice(0, 1) : "";
  pass.report(nameNode, {
    message: `\`${pair.key}\` gets ${quoted(pair.access, pass.file.sourceFile)}, where its neighbours get the member of their own name: \`${wanted}\`.`,
    evidence: others.slice(0, MOST_SHOWN).map(({ access, key }) => ({
      at: access,
      message: `\`${key}\` gets ${quoted(access, pass.file.sourceFile)}.`,
    })),
    fixes: [
      { title: `Write \`${wanted}\``, safety: "suggested", edits: [{ at: nameNode, text: quote + wanted + quote }] },
    ],
  });
}

function* checkMethods(pass: Pass, owner: Node): Ask<void> {
  const { sourceFile } = pass.file;
  for (const { method, access, others } of straysIn(owner)) {
    if (!(yield* hasMember(pass, access, method))) continue;
    pass.report(access.name, {
      message: `\`${method}\` calls ${quoted(access, sourceFile)}, which a sibling is named after; its own is \`${method}\`.`,
      evidence: others.slice(0, MOST_SHOWN).map(other => ({
        at: other,
        message: `\`${other.name.text}\` calls ${quoted(other, sourceFile)}.`,
      })),
      fixes: [{ title: `Call \`${method}\``, safety: "suggested", edits: [{ at: access.name, text: method }] }],
    });
  }
}

/** In JavaScript the object's type is often unknown, and the names alone have to do. */
function* hasMember({ checker, file }: Pass, access: PropertyAccessExpression, name: string): Ask<boolean> {
  const owner = yield* checker.nonNullable(yield* checker.typeOf(access.expression));
  return isUncertain(owner) ? file.isJavaScript : (yield* checker.propertyOf(owner, name)) !== undefined;
}

function* checkMembers(pass: Pass, file: SourceFile): Ask<void> {
  for (const miss of missesIn(namesIn(file, pass.scopes()))) {
    const { at, isRead, meant } = miss;
    const access = at.parent;
    if (!isPropertyAccessExpression(access) || (isCalled(access) && !isMethod(meant))) continue;
    if (isRead && isTranslated(access, meant)) continue;
    if (isRead && (isKnownInFull(access, meant) || (yield* isDeclared(pass, access, at.text)))) continue;
    pass.report(at, {
      message: messageOf(miss),
      evidence: [{ at: meant, message: `Here \`${meant.text}\` is set.` }],
      fixes: [
        {
          title: `${isRead ? "Read" : "Set"} \`${meant.text}\``,
          safety: "suggested",
          edits: [{ at, text: meant.text }],
        },
      ],
    });
  }
}

function messageOf({ at, isRead, meant, isCommon }: Miss): string {
  if (!isRead) return `\`${at.text}\` is set here and never read; what is read is \`${meant.text}\`.`;
  const rest = isCommon
    ? `everything else uses \`${meant.text}\``
    : `what is set is \`${meant.text}\`, and nothing reads that`;
  return `\`${at.text}\` is read here and never set; ${rest}.`;
}

/** Whether a name is that of a method which nothing calls: then the call that has no method is meant for it. */
function isMethod({ parent }: Identifier): boolean {
  if (isMethodDeclaration(parent)) return true;
  const value = isPropertyAssignment(parent)
    ? parent.initializer
    : isBinaryExpression(parent.parent) && parent.parent.left === parent
      ? parent.parent.right
      : undefined;
  return value !== undefined && isFunctionLikeDeclaration(value);
}

/** `const a = { b: 1 }; a.bb`: the compiler knows all that a local is made of, and `unknown-property` says it. */
function isKnownInFull({ expression }: PropertyAccessExpression, { parent }: Identifier): boolean {
  return isIdentifier(expression) && isPropertyAssignment(parent);
}

/** `{ partyId: data.party_id }` and `this.partyId = data.party_id`: one name for each side of a border. */
function isTranslated(access: PropertyAccessExpression, { parent, text }: Identifier): boolean {
  const { parent: user } = wrapped(access);
  if (isPropertyAssignment(user)) return isIdentifier(user.name) && user.name.text === text;
  return isBinaryExpression(user) && user.left === parent;
}

/** Methods are defined in many ways, and in classes that are made of this one. */
function isCalled(access: PropertyAccessExpression): boolean {
  const { parent } = access;
  return isCallExpression(parent) && parent.expression === access;
}

/** Whether the object's type names the member: then something sets it. */
function* isDeclared({ checker }: Pass, { expression }: PropertyAccessExpression, name: string): Ask<boolean> {
  const owner = yield* checker.typeOf(expression);
  return !isUncertain(owner) && (yield* checker.propertyOf(owner, name)) !== undefined;
}
