/**
 * Cuts GitHub's published OpenAPI description down to what the GitHub server of the tests speaks:
 * `npm pack @octokit/openapi@23.0.2`, unpack, then
 * `node packages/testkit/dist/commands/cut-github-description.js package/generated/api.github.com.json`.
 * Words and examples go, since only shapes are compared.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OPERATIONS } from "../github/operations.ts";
import { WORKSPACE } from "../pages/rule-folders.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const WORDS: ReadonlySet<string> = new Set([
  ...["description", "summary", "example", "examples", "externalDocs", "tags", "x-github", "x-webhooks", "deprecated"],
]);

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error("Name the file of the description.");
const whole = JSON.parse(readFileSync(source, "utf8")) as JsonObject & { readonly info: JsonObject };

const paths = Object.fromEntries(
  Object.entries(OPERATIONS).map(([path, methods]) => {
    const described = at(whole, ["paths", path]) as JsonObject;
    return [path, Object.fromEntries(methods.map(method => [method, slim(described[method] ?? null)]))];
  }),
);
const components = collect(paths);
const cut = {
  openapi: whole["openapi"],
  info: { title: whole.info["title"], version: whole.info["version"] },
  paths,
  components,
};
writeFileSync(join(WORKSPACE, "packages/testkit/description/github.json"), `${JSON.stringify(cut)}\n`);

/** Every component that is referred to, directly or not, under its own name. */
function collect(from: Json): JsonObject {
  const found = new Map<string, Json>();
  const visit = (value: Json): void => {
    for (const [, reference] of JSON.stringify(value).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)) {
      if (reference === undefined || found.has(reference)) continue;
      const component = slim(at(whole, ["components", ...reference.split("/")]));
      found.set(reference, component);
      visit(component);
    }
  };
  visit(from);
  const kinds: Record<string, Record<string, Json>> = {};
  for (const [reference, component] of [...found].sort()) {
    const [kind = "", name = ""] = reference.split("/");
    (kinds[kind] ??= {})[name] = component;
  }
  return kinds;
}

function at(value: Json, path: readonly string[]): Json {
  return path.reduce<Json>((inner, key) => (inner as JsonObject)[key] ?? null, value);
}

/** `properties` may well have one that is called `description`. */
function slim(value: Json, isNames = false): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(entry => slim(entry));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject)
      .filter(([key]) => isNames || !WORDS.has(key))
      .map(([key, inner]) => [key, slim(inner, !isNames && key === "properties")]),
  );
}
