/**
 * `node packages/testkit/dist/commands/lint-packed.js`: lints with the plugin as people get it. It is packed with the packages
 * that it stands on, installed from the tarballs beside each ESLint that it supports, in an empty project, and must find there
 * what takes types to find. Needs the registry of npm.
 */
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { writeFiles } from "../folders/write-files.ts";
import { WORKSPACE } from "../pages/rule-folders.ts";

const run = promisify(execFile);

const VERSIONS = ["9", "10"];

/** That `work` gives a promise is known from another file alone. */
const FILES = {
  "package.json": `{ "private": true, "type": "module" }`,
  "eslint.config.js": `
    import { defineConfig } from "eslint/config";
    import review from "eslint-plugin-review";
    export default defineConfig({ plugins: { review }, extends: ["review/recommended"] });
  `,
  "work.js": `export async function work() {\n  throw new Error("no");\n}\n`,
  "start.js": `import { work } from "./work.js";\nexport function start() {\n  work();\n}\n`,
};
const EXPECTED = "start.js:3:3 review/floating-promise";

const place = mkdtempSync(join(tmpdir(), "review-packed-"));
try {
  const tarballs = pack(join(place, "tarballs"));
  const said = await Promise.all(VERSIONS.map(version => lintWith(version, tarballs)));
  process.stdout.write(
    said.map((text, index) => `ESLint ${VERSIONS[index]}: ${text || "nothing was found"}\n`).join(""),
  );
  if (said.some(text => text !== EXPECTED)) process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** The tarballs of the plugin and of all packages of the workspace that it needs. */
function pack(folder: string): readonly string[] {
  const pnpm = join(WORKSPACE, "node_modules/pnpm/bin/pnpm.cjs");
  const args = ["--filter-prod", "eslint-plugin-review...", "pack", "--pack-destination", folder];
  execFileSync(process.execPath, [pnpm, ...args], { cwd: WORKSPACE, stdio: ["ignore", "ignore", "inherit"] });
  return readdirSync(folder).map(name => join(folder, name));
}

/** What ESLint says of the project: findings as `placesIn` writes them, and whatever stands on standard error. */
async function lintWith(version: string, tarballs: readonly string[]): Promise<string> {
  const cwd = join(place, `eslint-${version}`);
  writeFiles(cwd, FILES);
  const strictly = ["--engine-strict", "--strict-peer-deps", "--ignore-scripts"];
  const quietly = ["--no-audit", "--no-fund", "--loglevel", "error"];
  await run("npm", ["install", ...strictly, ...quietly, `eslint@${version}`, ...tarballs], { cwd });
  const eslint = join(cwd, "node_modules/eslint/bin/eslint.js");
  const { stdout, stderr } = await run(process.execPath, [eslint, "--format", "json", "."], { cwd });
  return placesIn(stdout, cwd) + stderr;
}

/** Findings as `file:line:column rule`, a line each. */
function placesIn(json: string, project: string): string {
  type Result = { filePath: string; messages: { line: number; column: number; ruleId: string }[] };
  return (JSON.parse(json) as Result[])
    .flatMap(({ filePath, messages }) =>
      messages.map(({ line, column, ruleId }) => `${relative(project, filePath)}:${line}:${column} ${ruleId}`),
    )
    .join("\n");
}
