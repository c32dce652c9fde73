/** A project in which ESLint and our plugin are installed, as an editor opens one. */
import { mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderOf } from "./folder.ts";

const require = createRequire(import.meta.url);

/** A workspace with these files in which our plugin is installed. */
export function workspaceOf(files: Readonly<Record<string, string>>): string {
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
