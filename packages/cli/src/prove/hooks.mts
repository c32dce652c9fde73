/** How Node finds and reads modules within the sandbox. Everything that it needs lies beside it. */
import { readFileSync } from "node:fs";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

interface Modules {
  readonly texts: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const { texts, links } = JSON.parse(readFileSync(new URL("./modules.json", import.meta.url), "utf8")) as Modules;

export const resolve: ResolveHook = (specifier, context, next) => {
  const importer = context.parentURL?.startsWith("file:") ? fileURLToPath(context.parentURL) : "";
  const target = links[importer]?.[specifier];
  return target === undefined ? next(specifier, context) : { url: pathToFileURL(target).href, shortCircuit: true };
};

export const load: LoadHook = (url, context, next) => {
  const source = url.startsWith("file:") ? texts[fileURLToPath(url)] : undefined;
  return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
};
