/** The facts of a project that decide which repair is a good one: target, engines, frameworks. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ModuleKind, type OpenProject } from "@review/program";
import { ScriptTarget } from "@review/program/syntax";
import type { ProjectFacts } from "@review/suggestions";

/** Packages whose presence changes how a repair is written. */
const FRAMEWORKS: ReadonlySet<string> = new Set([
  "@angular/core",
  "express",
  "fastify",
  "hono",
  "jest",
  "koa",
  "mocha",
  "next",
  "preact",
  "react",
  "rxjs",
  "svelte",
  "vitest",
  "vue",
]);

interface Manifest {
  readonly name?: unknown;
  readonly optionalDependencies?: Readonly<Record<string, unknown>>;
  readonly engines?: { readonly node?: unknown };
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
  readonly peerDependencies?: Readonly<Record<string, unknown>>;
}

/** What the options of a file's project and its nearest package.json say. */
export function environmentOf(project: OpenProject, path: string): ProjectFacts {
  const { target, module, strict } = project.program.getCompilerOptions();
  const manifest = nearestManifest(dirname(path));
  const engines = manifest?.engines?.node;
  const names = [manifest?.dependencies, manifest?.devDependencies, manifest?.peerDependencies].flatMap(group =>
    Object.keys(group ?? {}),
  );
  const typescript = compilerOf(dirname(path));
  const framework = [...new Set(names)].filter(name => FRAMEWORKS.has(name)).sort();
  return {
    ...(target === undefined ? {} : { target: ScriptTarget[target] }),
    ...(module === undefined ? {} : { module: ModuleKind[module] }),
    ...(typeof engines === "string" ? { engines } : {}),
    ...(typescript === undefined ? {} : { typescript }),
    ...(framework.length > 0 ? { framework } : {}),
    ...(strict === undefined ? {} : { strict }),
  };
}

/** The range of compilers that the nearest manifest to speak of it asks for, that of a workspace's root for one. */
function compilerOf(folder: string): string | undefined {
  const manifest = manifestIn(folder);
  const range = manifest?.devDependencies?.["typescript"] ?? manifest?.dependencies?.["typescript"];
  if (typeof range === "string" && !/^(?:catalog|workspace):/.test(range)) return range;
  return folder === dirname(folder) ? undefined : compilerOf(dirname(folder));
}

/** The packages that the manifests above a file (by its absolute path) declare; undefined where there is none. */
export function dependenciesOf(path: string): ReadonlySet<string> | undefined {
  const names: string[] = [];
  let manifests = 0;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = manifestIn(folder);
    if (manifest) {
      manifests++;
      const { name, dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
      const groups = [dependencies, devDependencies, peerDependencies, optionalDependencies];
      names.push(...groups.flatMap(group => Object.keys(group ?? {})), ...(typeof name === "string" ? [name] : []));
    }
    if (folder === dirname(folder)) break;
  }
  return manifests === 0 ? undefined : new Set(names);
}

function nearestManifest(folder: string): Manifest | undefined {
  const parent = dirname(folder);
  return manifestIn(folder) ?? (parent === folder ? undefined : nearestManifest(parent));
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof manifest === "object" && manifest !== null ? manifest : undefined;
  } catch {
    return undefined;
  }
}
