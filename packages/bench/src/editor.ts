/**
 * `pnpm bench:editor [--files N] [--keystrokes N]`: how long an editor waits for what the plugin finds. It drives the server of the
 * editors' ESLint extension on a project of 3 000 files, once with our recommended preset and once without any rule: what lies
 * between the two is ours.
 */
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startEditor } from "@review/testkit/editor";
import { cacheFolder } from "./cache.ts";
import { median } from "./comparison.ts";
import { moduleText, pathOf, writeEditorProject } from "./editor-project.ts";
import { ProcessTree } from "./process-tree.ts";

const { values } = parseArgs({
  options: { files: { type: "string", default: "3000" }, keystrokes: { type: "string", default: "40" } },
});
const files = Number(values.files);
const keystrokes = Number(values.keystrokes);

const plugin = fileURLToPath(new URL("../../../eslint-plugin", import.meta.url));
const require = createRequire(join(plugin, "package.json"));
const folder = join(cacheFolder(process.env), "editor");
mkdirSync(folder, { recursive: true });
writeEditorProject(folder, files, {
  eslint: dirname(require.resolve("eslint/package.json")),
  "typescript-eslint": dirname(require.resolve("typescript-eslint/package.json")),
  "eslint-plugin-review": plugin,
});

const without = await waitingTimes({ REVIEW_BENCH_WITHOUT: "1" });
const ours = await waitingTimes({});
process.stdout.write(
  [
    `A project of ${files} files, ${keystrokes} keystrokes. Milliseconds, and in brackets how many of them are ours.`,
    `first finding after the server started   ${told(ours.first, without.first)}`,
    `each later keystroke, median             ${told(ours.median, without.median)}`,
    `each later keystroke, slowest            ${told(ours.slowest, without.slowest)}`,
    `keystroke in a file that others import   ${told(ours.other, without.other)}`,
    `memory of the compiler, at most          ${megabytes(ours.peakBytes)}`,
    "",
  ].join("\n"),
);

interface Waiting {
  readonly first: number;
  readonly median: number;
  readonly slowest: number;
  readonly other: number;
  readonly peakBytes: number;
}

async function waitingTimes(env: Readonly<Record<string, string>>): Promise<Waiting> {
  const begun = performance.now();
  const editor = await startEditor(folder, env);
  const tree = new ProcessTree(editor.pid ?? 0);
  const index = Math.floor(files / 2);
  const ask = async (typed: string, module = index): Promise<number> => {
    const path = pathOf(module);
    const asked = performance.now();
    editor.write(path, moduleText(module, typed));
    const found = await editor.diagnostics(path);
    const isAsExpected = found.length === (typed.includes('("first");') && !env["REVIEW_BENCH_WITHOUT"] ? 1 : 0);
    if (!isAsExpected)
      throw new Error(`${found.length} findings in ${JSON.stringify(typed)}: ${found[0]?.message ?? ""}`);
    tree.sample();
    return performance.now() - asked;
  };
  const call = `load${index}("first");\n`;
  await ask(call);
  const first = performance.now() - begun;
  const times: number[] = [];
  for (let count = 1; count <= keystrokes; count++)
    times.push(await ask(`${call}${"// typed".padEnd(count + 8, ".")}\n`));
  const changes: number[] = [];
  for (let count = 1; count <= 10; count++) {
    await ask(`export const added${count} = ${count};\n`, index - 1);
    changes.push(await ask(`${call}// again ${count}\n`));
  }
  await editor.close();
  return {
    first,
    median: median(times),
    slowest: Math.max(...times),
    other: median(changes),
    peakBytes: tree.peakBytes,
  };
}

function told(all: number, base: number): string {
  return `${Math.round(all)} (${Math.round(all - base)})`;
}

function megabytes(bytes: number): string {
  return bytes === 0 ? "unknown here" : `${Math.round(bytes / 2 ** 20)} MB`;
}
