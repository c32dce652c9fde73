/** The registry as its ordinary client sees it. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const ON_WINDOWS = process.platform === "win32";

/** Fetches a tarball into `folder` and answers with its path; throws when it is not the one that was pinned. */
export async function packTarball(spec: string, integrity: string, folder: string): Promise<string> {
  const packed: unknown = JSON.parse(await npm(["pack", spec, "--json", "--ignore-scripts"], folder));
  const tarball = join(folder, fileNameOf(packed, spec));
  const actual = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
  if (actual !== integrity) throw new Error(`${spec}: the tarball's integrity is ${actual}, pinned is ${integrity}`);
  return tarball;
}

/** Unpacks an npm tarball, whose first folder is dropped, into `folder`. */
export async function unpack(tarball: string, folder: string): Promise<void> {
  await run("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
}

/** Installs what the package.json in `folder` names; scripts of packages do not run. */
export async function install(folder: string): Promise<void> {
  await npm(
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
    folder,
  );
}

async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run("npm", [...args], { cwd, shell: ON_WINDOWS, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** `npm pack --json` prints a list up to npm 11 and an object by name later. */
function fileNameOf(packed: unknown, spec: string): string {
  const entries: unknown[] = typeof packed === "object" && packed !== null ? Object.values(packed) : [];
  const [first] = entries;
  if (typeof first === "object" && first !== null && "filename" in first && typeof first.filename === "string") {
    return first.filename.replace("@", "").replace("/", "-");
  }
  throw new Error(`npm pack ${spec} did not say which file it wrote`);
}
