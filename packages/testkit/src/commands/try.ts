/** `pnpm try RULE PATH...`: what a rule says of files or folders, whatever its preset, as `review` would show it. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { WORKSPACE } from "../pages/rule-folders.ts";

const [rule, ...paths] = process.argv.slice(2);
if (rule === undefined || paths.length === 0) {
  process.stderr.write("try: name a rule and files or folders: pnpm try floating-promise src\n");
  process.exitCode = 2;
} else {
  const main = join(WORKSPACE, "packages/cli/dist/main.js");
  const args = [main, ...paths, "--rule", rule, "--severity", "info", "--fail-on", "never"];
  process.exitCode = spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
}
