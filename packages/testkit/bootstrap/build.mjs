/**
 * `node build.mjs [PROJECTS]`: builds the given projects (none: all). The compiler writes a module for each source; of
 * a package that exports `dist/bundle.js` they are then put together into that file, since every process loads all of
 * them, and five hundred modules take Node most of a second.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { packageFolders, readManifest } from "./install.mjs";
import { node, root } from "./run.mjs";

const BUNDLE = "dist/bundle.js";

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build(process.argv.slice(2)).then(status => {
    process.exitCode = status;
  });
}

/** Answers with the exit status of the compiler; `options` are those of its process. */
export async function build(projects, options) {
  const status = await node("node_modules/@typescript/native/bin/tsc", ["-b", ...projects], options);
  if (status !== 0) return status;
  const stale = packageFolders().filter(folder => isBundled(folder) && isStale(path.join(root, folder, "dist")));
  await Promise.all(stale.map(bundle));
  return status;
}

function isBundled(folder) {
  const { exports } = readManifest(folder);
  return exports?.["."]?.default === `./${BUNDLE}`;
}

/** The compiler touches its own record whenever it has looked at the package. */
function isStale(dist) {
  const changed = fs.statSync(path.join(dist, ".tsbuildinfo"), { throwIfNoEntry: false });
  const bundled = fs.statSync(path.join(dist, path.basename(BUNDLE)), { throwIfNoEntry: false });
  return changed !== undefined && (bundled === undefined || bundled.mtimeMs < changed.mtimeMs);
}

/** Written beside its place first: another process may be loading what stands there. */
async function bundle(folder) {
  const { rolldown } = await import("rolldown");
  const input = path.join(root, folder, "dist/index.js");
  const modules = await rolldown({
    input,
    platform: "node",
    external: id => !id.startsWith(".") && !path.isAbsolute(id),
  });
  const { output } = await modules.generate({ format: "esm", codeSplitting: false });
  const file = path.join(root, folder, BUNDLE);
  fs.writeFileSync(`${file}.${process.pid}`, output[0].code);
  fs.renameSync(`${file}.${process.pid}`, file);
}
