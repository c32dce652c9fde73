/** The version of the plugin, which ESLint makes a part of its cache's keys. */
import { createRequire } from "node:module";

const manifest = createRequire(import.meta.url)("../package.json") as { readonly version: string };

export const version: string = manifest.version;
