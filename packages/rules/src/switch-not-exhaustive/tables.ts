/** Tables by the members of an enum that have an entry for all of them but one. */
import { quoted, unwrapped, wrapped, type Ask, type Pass } from "@review/analysis";
import {
  isComputedPropertyName,
  isEnumDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadAssignment,
  isVariableDeclaration,
  type EnumDeclaration,
  type Identifier,
  type Node,
  type ObjectLiteralExpression,
} from "@review/program/syntax";

/** `{ [Kind.Add]: "add", [Kind.Remove]: "remove", … }` without one of the kinds. */
export function* checkTable(pass: Pass, literal: ObjectLiteralExpression): Ask<void> {
  for (const { owner, names } of entriesOf(literal)) {
    if (names.size < FEWEST_ENTRIES || mayLack(literal)) continue;
    const missing = yield* missingIn(pass, owner, names);
    if (!missing) continue;
    const name = quoted(missing.name, missing.name.getSourceFile());
    pass.report(owner, {
      message: `This table has an entry for each of the ${String(names.size + 1)} members of \`${owner.text}\` but ${name}: to look that one up gives undefined.`,
      evidence: [{ at: missing, message: "This member has none." }],
      repair: "Add the entry; type the table as a `Record` of the enum, so that the compiler asks for it.",
    });
  }
}

/** With so many entries the last one was forgotten, or came later. */
const FEWEST_ENTRIES = 6;

interface Entries {
  readonly owner: Identifier;
  readonly names: ReadonlySet<string>;
}

/** The members that have an entry, by the enum; nothing for a literal that takes entries over from elsewhere. */
function entriesOf({ properties }: ObjectLiteralExpression): readonly Entries[] {
  const found = new Map<string, { readonly owner: Identifier; readonly names: Set<string> }>();
  if (properties.length < FEWEST_ENTRIES) return [];
  for (const property of properties) {
    if (isSpreadAssignment(property)) return [];
    const key =
      property.name && isComputedPropertyName(property.name) ? unwrapped(property.name.expression) : undefined;
    if (!key || !isPropertyAccessExpression(key) || !isIdentifier(key.expression)) continue;
    const entries = found.get(key.expression.text) ?? { owner: key.expression, names: new Set() };
    entries.names.add(key.name.text);
    found.set(key.expression.text, entries);
  }
  return [...found.values()];
}

/** `Partial<Record<Kind, string>>` says that some are left out. */
function mayLack(literal: Node): boolean {
  const { parent } = wrapped(literal);
  const type = isVariableDeclaration(parent) ? parent.type : undefined;
  return type !== undefined && /Partial|\?:/.test(type.getText());
}

function* missingIn(
  { checker }: Pass,
  owner: Identifier,
  names: ReadonlySet<string>,
): Ask<EnumDeclaration["members"][number] | undefined> {
  const symbol = yield* checker.symbolOf(owner);
  const declarations = symbol ? yield* checker.declarationsOf(yield* checker.targetOf(symbol)) : [];
  if (declarations.length === 0 || !declarations.every(isEnumDeclaration)) return undefined;
  const members = declarations.flatMap(({ members }) => [...members]);
  const missing = members.filter(({ name }) => !names.has(name.getText()));
  const [only] = missing;
  return only && missing.length === 1 && !NO_KIND.test(only.name.getText()) ? only : undefined;
}

/** What stands for none of the kinds, or for their number. */
const NO_KIND = /^_|none|unknown|undefined|default|invalid|other|count|length|max|last|all/i;
