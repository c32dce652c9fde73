/** The key example of a rule: the bug and the repair that its page shows. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** An example is to show the idea; a page's longer ones take too much of a prompt. */
const LONGEST = 1_400;

const known = new Map<string, string | undefined>();

/** The first bad and the first good block of a rule's page; undefined where there are none, or they are long. */
export function exampleOf(ruleId: string): string | undefined {
  if (!known.has(ruleId)) known.set(ruleId, exampleIn(pageOf(ruleId)));
  return known.get(ruleId);
}

function pageOf(ruleId: string): string {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("@review/rules/package.json"));
    return readFileSync(join(folder, "src", ruleId, "README.md"), "utf8");
  } catch {
    // The rules about suppressions have no page of their own.
    return "";
  }
}

function exampleIn(page: string): string | undefined {
  const bad = blockIn(page, "bad");
  const good = blockIn(page, "good");
  if (bad === undefined || good === undefined || bad.length + good.length > LONGEST) return undefined;
  return `The bug:\n${bad}\nRepaired:\n${good}`;
}

function blockIn(page: string, kind: "bad" | "good"): string | undefined {
  return new RegExp(`^\`\`\`[jt]sx? ${kind}\\n([\\s\\S]*?)^\`\`\``, "m").exec(page)?.[1];
}
