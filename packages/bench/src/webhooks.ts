/**
 * `pnpm bench:webhooks`: 500 deliveries at once, three workers, one PostgreSQL, which has to be installed. It is the test of the
 * bot's queue with the machine for itself, so it holds the time that is promised: 95 of 100 answers within 100 ms.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const WORKSPACE = fileURLToPath(new URL("../../../", import.meta.url));
const TEST = ["packages/pr-bot/test/queue.needs-postgresql.test.ts", "-t", "500 deliveries"];

const { status } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...TEST], {
  cwd: WORKSPACE,
  env: { ...process.env, REVIEW_TEST_ALL: "1", REVIEW_BENCH: "1" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
