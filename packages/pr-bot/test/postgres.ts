/** A PostgreSQL of the test's own, in a temporary folder. */
import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

export interface Cluster {
  readonly url: string;
  readonly stop: () => void;
}

/** Starts one on a free port; it does not run as root, so root hands it to the user that Debian made for it. */
export async function startPostgres(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "review-pg-"));
  const isRoot = userInfo().uid === 0;
  if (isRoot) {
    const { stdout } = spawnSync("id", ["-u", "postgres"], { encoding: "utf8" });
    chownSync(folder, Number(stdout), -1);
  }
  const run = (program: string, ...args: string[]): void => {
    const command = [join(binaries(), program), ...args];
    const [first = "", ...rest] = isRoot ? ["runuser", "-u", "postgres", "--", ...command] : command;
    const { status, stderr, stdout, error } = spawnSync(first, rest, { encoding: "utf8", cwd: "/" });
    if (status !== 0) throw error ?? new Error(`${program}: ${stdout}${stderr}`);
  };
  const port = await freePort();
  const data = join(folder, "data");
  run("initdb", "-D", data, "-U", "review", "--auth=trust", "-E", "UTF8");
  run(
    "pg_ctl",
    "-D",
    data,
    "-w",
    "-l",
    join(folder, "log"),
    "-o",
    `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder}`,
    "start",
  );
  return {
    url: `postgresql://review@127.0.0.1:${port}/postgres`,
    stop: () => {
      run("pg_ctl", "-D", data, "-m", "immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian keeps them by version and off the path. */
function binaries(): string {
  const place = "/usr/lib/postgresql";
  const versions = existsSync(place) ? readdirSync(place).sort((a, b) => Number(b) - Number(a)) : [];
  return versions[0] === undefined ? "/usr/bin" : join(place, versions[0], "bin");
}

function freePort(): Promise<number> {
  return new Promise(done => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
