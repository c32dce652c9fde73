/** What a user gets: the packed plugin in a project of its own, with nothing of this workspace around it. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { floating, folderOf } from "./folder.ts";

const run = promisify(execFile);
const workspace = fileURLToPath(new URL("../..", import.meta.url));
/** The plugin and everything of ours that it stands on. */
const FOLDERS = [
  ...["findings", "cache", "program", "analysis", "rules", "verification"].map(name => `packages/${name}`),
  "eslint-plugin",
];

const packed = mkdtempSync(join(tmpdir(), "review-packed-"));
afterAll(() => rmSync(packed, { recursive: true, force: true }));
beforeAll(async () => {
  const pnpm = join(workspace, "node_modules/pnpm/bin/pnpm.cjs");
  for (const folder of FOLDERS)
    await run(process.execPath, [pnpm, "pack", "--pack-destination", packed], { cwd: join(workspace, folder) });
}, 600_000);

const commonJs = `const review = require("eslint-plugin-review");
module.exports = [review.configs.recommended, review.configs.dedupe];
`;
const module = `import { defineConfig } from "eslint/config";
import review from "eslint-plugin-review";
export default defineConfig({ plugins: { review }, extends: ["review/recommended"] });
`;

test.each([
  ["the oldest ESLint 9", "9.15.0", "eslint.config.cjs", commonJs],
  ["ESLint 10", "10.15.0", "eslint.config.mjs", module],
])(
  "the packed plugin lints in a fresh project with %s",
  async (_, version, name, config) => {
    const cwd = folderOf({ "package.json": `{ "private": true }`, [name]: config, "a.mjs": floating });
    const tarballs = readdirSync(packed).map(file => join(packed, file));
    const options = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel", "error"];
    await run("npm", [...options, `eslint@${version}`, ...tarballs], { cwd, shell: process.platform === "win32" });
    // Nothing but the project's own files may be needed.
    writeFileSync(join(cwd, "quiet.mjs"), "export const sound = 1;\n");
    const eslint = join(cwd, "node_modules/eslint/bin/eslint.js");
    const { stdout } = await run(process.execPath, [eslint, "--format", "json", "a.mjs", "quiet.mjs"], { cwd });
    const results = JSON.parse(stdout) as { messages: { ruleId: string; line: number }[] }[];
    expect(results.map(({ messages }) => messages.map(({ ruleId, line }) => `${line} ${ruleId}`))).toEqual([
      ["5 review/floating-promise"],
      [],
    ]);
  },
  300_000,
);
