/** What is said of names that the platform, a switch, a row of constants or a list beside spells otherwise. */
import { isTarget, isUncertain, nodesOf, quoted, type Ask, type Pass } from "@review/analysis";
import {
  isIdentifier,
  isPropertyAccessExpression,
  type Identifier,
  type Node,
  type ObjectLiteralExpression,
  type PropertyAccessExpression,
  type SourceFile,
  type StringLiteral,
  type SwitchStatement,
} from "@review/program/syntax";
import { oddCasesIn } from "./cases.ts";
import { mixedIn } from "./constants.ts";
import { crossedIn } from "./crossed.ts";
import { oddEntriesIn } from "./entries.ts";
import { keySlipsIn } from "./keyed.ts";
import { slipOfMember, slipOfMethod, slipOfText, type PlatformSlip } from "./platform.ts";
import { slipOfWeb } from "./web.ts";

const MOST_SHOWN = 3;

/** `Buffer.from(text, "uft8")` */
export function checkText(pass: Pass, literal: StringLiteral): void {
  const slip = slipOfText(literal) ?? slipOfWeb(literal);
  if (!slip) return;
  const [quote = '"'] = literal.getText();
  reportSlip(pass, literal, `"${literal.text}"`, slip, `${quote}${slip.meant}${quote}`);
}

/** `event.preventDefaulted` */
export function checkMember(pass: Pass, access: PropertyAccessExpression): Ask<void> | undefined {
  const slip = slipOfMember(access, pass.scopes());
  const { name } = access;
  if (!slip || !isIdentifier(name) || isNamedElsewhere(pass.file.sourceFile, name)) return undefined;
  return checkSlip(pass, access, name, slip);
}

function* checkSlip(
  pass: Pass,
  { expression }: PropertyAccessExpression,
  name: Identifier,
  slip: PlatformSlip,
): Ask<void> {
  // Where the type is known, `unknown-property` knows more.
  if (!isUncertain(yield* pass.checker.typeOf(expression))) return;
  reportSlip(pass, name, `\`${name.text}\``, slip, slip.meant);
}

/** Whether the file sets the member, or has its name for anything but reading it. */
function isNamedElsewhere(file: SourceFile, { text }: Identifier): boolean {
  for (const node of nodesOf(file)) {
    if (!isIdentifier(node) || node.text !== text) continue;
    const { parent } = node;
    if (!isPropertyAccessExpression(parent) || parent.name !== node || isTarget(parent)) return true;
  }
  return false;
}

/** A method of a component. */
export function checkMethodName(pass: Pass, name: Node): void {
  const slip = isIdentifier(name) ? slipOfMethod(name) : undefined;
  if (slip && isIdentifier(name)) reportSlip(pass, name, `\`${name.text}\``, slip, slip.meant);
}

function reportSlip(pass: Pass, at: Node, shown: string, { meant, what }: PlatformSlip, text: string): void {
  pass.report(at, {
    message: `${shown} is one slip away from \`${meant}\`, which is ${what}.`,
    evidence: [{ at, message: "Nothing in the file has this name but the places that ask for it." }],
    fixes: [{ title: `Write \`${meant}\``, safety: "suggested", edits: [{ at, text }] }],
  });
}

/** `case Kind.bigint: … Type.number` */
export function checkCases(pass: Pass, statement: SwitchStatement): void {
  for (const { at, label, others } of oddCasesIn(statement)) {
    const { sourceFile } = pass.file;
    pass.report(at, {
      message: `${quoted(at, sourceFile)} stands in the case of \`${label}\`, where every other case names its own.`,
      evidence: others.slice(0, MOST_SHOWN).map(other => ({
        at: other,
        message: `The case of \`${other.name.text}\` has ${quoted(other, sourceFile)}.`,
      })),
      fixes: [{ title: `Write \`${label}\``, safety: "suggested", edits: [{ at: at.name, text: label }] }],
    });
  }
}

/** `show(THEN, catchView)` */
export function checkConstants(pass: Pass, statements: readonly Node[]): void {
  for (const { at, unused, beside } of mixedIn(statements, pass.scopes())) {
    pass.report(at, {
      message: `\`${at.text}\` is passed beside ${quoted(beside, pass.file.sourceFile)}, and nothing uses \`${unused.text}\`.`,
      evidence: [{ at: unused, message: `\`${unused.text}\` is declared here, and never used.` }],
      fixes: [{ title: `Pass \`${unused.text}\``, safety: "suggested", edits: [{ at, text: unused.text }] }],
    });
  }
}

/** `method = aMethod | bProperty, property = aProperty | bMethod` */
export function checkCrossed(pass: Pass, members: readonly Node[]): void {
  const { sourceFile } = pass.file;
  for (const { at, other } of crossedIn(members)) {
    pass.report(at, {
      message: `${quoted(at, sourceFile)} and ${quoted(other, sourceFile)} stand in each other's list.`,
      evidence: [{ at: other, message: "This one is named as the list before it is." }],
      fixes: [
        {
          title: "Exchange them",
          safety: "suggested",
          edits: [
            { at, text: other.getText(sourceFile) },
            { at: other, text: at.getText(sourceFile) },
          ],
        },
      ],
    });
  }
}

/** `useParser: config => config.seParser`, `sensor_lux: { type: "sensor", id: "light" }` */
export function checkKeys(pass: Pass, object: ObjectLiteralExpression): void {
  for (const { at, key } of keySlipsIn(object)) {
    if (isNamedElsewhere(pass.file.sourceFile, at)) continue;
    reportSlip(pass, at, `\`${at.text}\``, { meant: key.text, what: "the key that it is read for" }, key.text);
  }
  for (const { at, wanted, other, key } of oddEntriesIn(object)) {
    pass.report(at, {
      message: `\`${key}\` has ${quoted(at, pass.file.sourceFile)}, which is what ${quoted(other, pass.file.sourceFile)} has, where most are made of their own key.`,
      evidence: [{ at: other, message: "This entry has the same." }],
      fixes: [{ title: `Write \`${wanted}\``, safety: "suggested", edits: [{ at, text: JSON.stringify(wanted) }] }],
    });
  }
}
