/** Which TypeScript a project was written for: a configuration means what its own compiler makes of it. */
import { existsSync, readFileSync } from "node:fs";
import { installsOf, installedDirectoryOf, type ManifestReader } from "./manifest.ts";
import { ancestorsOf } from "./paths.ts";

/** The version that this package runs; a tag such as `latest` means it. */
const CURRENT_MAJOR = 7;

/** The major version of TypeScript that a directory installs, else declares; undefined when it does neither. */
export function typescriptMajorOf(directory: string, read: ManifestReader): number | undefined {
  const installed = installedDirectoryOf("typescript", directory);
  const version = installed === undefined ? undefined : readVersion(installed);
  if (version !== undefined) return version;
  for (const candidate of ancestorsOf(directory)) {
    const manifest = read(candidate);
    const range = manifest && installsOf(manifest).get("typescript");
    if (range !== undefined) return majorOf(range.startsWith("catalog:") ? catalogueRange(candidate) : range);
  }
  return undefined;
}

function readVersion(directory: string): number | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(`${directory}/package.json`, "utf8"));
    const { version } = manifest as { version?: unknown };
    return typeof version === "string" ? majorOf(version) : undefined;
  } catch {
    return undefined;
  }
}

/** The first number of a range: for `^5.4`, `5.x || 6.x` and `npm:typescript@5.9.3` alike the oldest that must work. */
function majorOf(range: string): number {
  const number = /\d+/.exec(range)?.[0];
  return number === undefined ? CURRENT_MAJOR : Number(number);
}

/** pnpm keeps ranges shared by a workspace in catalogues; one line is looked for, so no YAML needs to be understood. */
function catalogueRange(directory: string): string {
  const file = ancestorsOf(directory)
    .map(candidate => `${candidate}/pnpm-workspace.yaml`)
    .find(candidate => existsSync(candidate));
  const line = file === undefined ? undefined : /^\s+["']?typescript["']?:\s*(\S+)/m.exec(readFileSync(file, "utf8"));
  return line?.[1] ?? "";
}
