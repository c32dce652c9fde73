import { mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { folderOf } from "./folder.ts";
import { type Editor, startEditor } from "./language-server.ts";

const require = createRequire(import.meta.url);

/** A workspace with these files in which our plugin is installed. */
function workspaceOf(files: Readonly<Record<string, string>>): string {
  const folder = folderOf({
    "package.json": `{ "type": "module" }`,
    "tsconfig.json": "{}",
    "eslint.config.js": `
      import { defineConfig } from "eslint/config";
      import review from "eslint-plugin-review";
      import tseslint from "typescript-eslint";
      const languageOptions = { parser: tseslint.parser };
      export default defineConfig({ files: ["**/*.ts"], languageOptions, plugins: { review }, extends: ["review/recommended"] });
    `,
    ...files,
  });
  mkdirSync(join(folder, "node_modules"));
  const installed = {
    eslint: dirname(require.resolve("eslint/package.json")),
    "typescript-eslint": dirname(require.resolve("typescript-eslint/package.json")),
    "eslint-plugin-review": fileURLToPath(new URL("..", import.meta.url)),
  };
  for (const [name, target] of Object.entries(installed))
    symlinkSync(target, join(folder, "node_modules", name), "junction");
  return folder;
}

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

test("an editor shows, explains and repairs what is wrong in a text that was never saved", async () => {
  const folder = workspaceOf({ "work.ts": "export declare function work(): Promise<number>;\n", "a.ts": "" });
  editor = await startEditor(folder);
  const lines = [
    `import { work } from "./work";`,
    "export async function run() {",
    "  work();",
    "}",
    "// review-ignore floating-promise -- nothing here",
    "export const x = 1;",
  ];
  editor.write("a.ts", lines.join("\n"));
  const [floating, unused] = await editor.diagnostics("a.ts");
  expect([floating?.code, floating?.range.start]).toEqual(["review/floating-promise", { line: 2, character: 2 }]);
  expect(floating?.codeDescription?.href).toMatch(/\/floating-promise\/README\.md$/);
  expect(unused?.code).toBe("review/unused-ignore");

  const suggestions = await editor.actions("a.ts", floating!);
  expect(suggestions.map(action => action.title)).toEqual([
    "Add `await` (review/floating-promise)",
    "Mark with `void` (review/floating-promise)",
    "Disable review/floating-promise for this line",
    "Disable review/floating-promise for the entire file",
    "Show documentation for review/floating-promise",
  ]);
  expect(await editor.run(suggestions[0]!)).toEqual(["2:2-2:2 await "]);

  const [fix] = await editor.actions("a.ts", unused!);
  expect(fix?.title).toBe("Fix this review/unused-ignore problem");
  expect(await editor.run(fix!)).toEqual(["4:0-5:0 "]);
});

test("an editor keeps up with every keystroke, also with those in another file", async () => {
  const folder = workspaceOf({ "work.ts": "export const work = () => 1;\n", "a.ts": "" });
  editor = await startEditor(folder);
  const caller = `import { work } from "./work";\nwork();\nexport {};\n`;
  const places = async (): Promise<readonly number[]> =>
    (await editor!.diagnostics("a.ts")).map(diagnostic => diagnostic.range.start.line);
  editor.write("a.ts", caller);
  expect(await places()).toEqual([]);
  editor.write("work.ts", "export declare function work(): Promise<number>;\n");
  expect(await editor.diagnostics("work.ts")).toEqual([]);
  expect(await places()).toEqual([1]);
  editor.write("a.ts", `\n${caller}`);
  expect(await places()).toEqual([2]);
  editor.write("a.ts", caller.replace("work()", "await work()"));
  expect(await places()).toEqual([]);
});
