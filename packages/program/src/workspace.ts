/** Workspaces: which packages live side by side in one repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { entriesOf, type Manifest, type ManifestReader } from "./manifest.ts";
import { ancestorsOf } from "./paths.ts";

/** One package of a workspace. */
export interface WorkspacePackage {
  readonly name: string;
  /** Absolute path. */
  readonly directory: string;
  readonly manifest: Manifest;
}

/** Packages under one root. */
export interface Workspace {
  /** Absolute path. */
  readonly root: string;
  /** Sorted by directory. */
  readonly packages: readonly WorkspacePackage[];
}

/** Finds the workspace that a directory lies in. */
export interface Workspaces {
  of(directory: string): Workspace | undefined;
}

/** Workspaces as package.json (npm, Yarn, Bun) and pnpm-workspace.yaml declare them, each looked at once. */
export function workspacesOf(manifests: ManifestReader): Workspaces {
  const known = new Map<string, Workspace | undefined>();
  const at = (root: string): Workspace | undefined => {
    if (!known.has(root)) known.set(root, readWorkspace(root, manifests));
    return known.get(root);
  };
  return {
    of: directory =>
      ancestorsOf(directory)
        .map(at)
        .find(workspace => workspace !== undefined),
  };
}

function readWorkspace(root: string, manifests: ManifestReader): Workspace | undefined {
  const globs = declaredGlobs(root, manifests(root));
  if (globs.length === 0) return undefined;
  const unwanted = globs.filter(glob => glob.startsWith("!")).map(glob => directoryPattern(glob.slice(1)));
  const wanted = globs.filter(glob => !glob.startsWith("!"));
  const directories = new Set([root, ...wanted.flatMap(glob => directoriesOf(root, glob.split("/").filter(isNamed)))]);
  const packages = [...directories]
    .filter(directory => !unwanted.some(pattern => pattern.test(directory.slice(root.length + 1))))
    .sort()
    .flatMap(directory => packageAt(directory, manifests(directory)));
  return { root, packages };
}

function packageAt(directory: string, manifest: Manifest | undefined): readonly WorkspacePackage[] {
  const name = manifest?.name;
  return manifest && typeof name === "string" && name !== "" ? [{ name, directory, manifest }] : [];
}

function declaredGlobs(root: string, manifest: Manifest | undefined): readonly string[] {
  const declared = manifest?.workspaces;
  const listed: unknown = Array.isArray(declared)
    ? declared
    : entriesOf(declared).find(([key]) => key === "packages")?.[1];
  const globs = Array.isArray(listed) ? listed.filter(glob => typeof glob === "string") : [];
  const yaml = `${root}/pnpm-workspace.yaml`;
  return existsSync(yaml) ? [...globs, ...pnpmGlobs(readFileSync(yaml, "utf8"))] : globs;
}

/** The list under `packages:`, which pnpm's own documentation only ever writes one entry to a line. */
function pnpmGlobs(yaml: string): readonly string[] {
  const lines = yaml.split(/\r?\n/);
  const start = lines.findIndex(line => /^packages:\s*(#.*)?$/.test(line));
  if (start === -1) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(line => /^[^\s#-]/.test(line));
  return (end === -1 ? rest : rest.slice(0, end)).flatMap(line => {
    const [, quoted, bare] = /^\s*-\s+(?:["']([^"']+)["']|([^\s#]+))/.exec(line) ?? [];
    return quoted ?? bare ?? [];
  });
}

function directoriesOf(root: string, segments: readonly string[]): readonly string[] {
  const [segment, ...rest] = segments;
  if (segment === undefined) return [root];
  if (!/[*?{[]/.test(segment)) return existsSync(`${root}/${segment}`) ? directoriesOf(`${root}/${segment}`, rest) : [];
  const below = subdirectoriesOf(root);
  if (segment === "**")
    return [...directoriesOf(root, rest), ...below.flatMap(name => directoriesOf(`${root}/${name}`, segments))];
  const pattern = directoryPattern(segment);
  return below.filter(name => pattern.test(name)).flatMap(name => directoriesOf(`${root}/${name}`, rest));
}

function subdirectoriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
      .map(entry => entry.name);
  } catch {
    return [];
  }
}

function isNamed(segment: string): boolean {
  return segment !== "" && segment !== ".";
}

/** A glob of directory names as a regular expression: `*`, `?`, `**` and `{a,b}`. */
function directoryPattern(glob: string): RegExp {
  const source = glob
    .replace(/^\.\/|\/$/g, "")
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(",", "|")})`)
    .replace(
      /\*\*\/|\*\*|\*|\?/g,
      wild => ({ "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" })[wild] ?? wild,
    );
  return new RegExp(`^${source}$`);
}
