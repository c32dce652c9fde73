/** The plugin and the command are two faces of one analysis: of the same files they must say the same, byte for byte. */
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { foundByCommand, linesOfCommand, linesOfEslint } from "./both-faces.ts";
import { folderOf } from "./folder.ts";

const workspace = fileURLToPath(new URL("../..", import.meta.url));

function sourcesIn(cwd: string, folder: string): readonly string[] {
  return readdirSync(join(cwd, folder), { recursive: true, encoding: "utf8" })
    .map(name => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter(name => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(name) && !/\.d\.[cm]?ts$|\/node_modules\//.test(name));
}

async function expectSame(cwd: string, folder: string): Promise<void> {
  const byEslint = await linesOfEslint(cwd, sourcesIn(cwd, folder));
  const byCommand = linesOfCommand(cwd, await foundByCommand(cwd, folder));
  expect(byCommand.length).toBeGreaterThan(0);
  expect([...byEslint].sort()).toEqual([...byCommand].sort());
}

test("ESLint and the command report the same findings and repairs on the fixtures of all rules", async () => {
  await expectSame(workspace, "fixtures/rules");
}, 300_000);

// Real code that is installed anyway: what people wrote without a thought of our rules.
test("ESLint and the command report the same findings and repairs on a real package", async () => {
  const cwd = folderOf({ "package.json": `{ "type": "module" }` });
  const openai = dirname(
    createRequire(join(workspace, "packages/suggestions/package.json")).resolve("openai/package.json"),
  );
  cpSync(join(openai, "src"), join(cwd, "src"), { recursive: true });
  const compilerOptions = {
    strict: true,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    skipLibCheck: true,
  };
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  await expectSame(cwd, "src");
}, 300_000);
