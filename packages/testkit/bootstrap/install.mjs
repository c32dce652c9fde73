/** Installs the workspace's dependencies, unless nothing has changed since the last time. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root, run, say, Stop, toStderr } from "./run.mjs";

const stamp = path.join(root, "node_modules", ".cache", "bootstrap.stamp");
const pnpm = "pnpm@10.34.9";

/** Installs with the workspace's own pnpm, whatever else is installed. */
export async function installIfChanged() {
  const digest = manifestDigest();
  if (readText(stamp) === digest && isLinked()) return;
  fs.rmSync(stamp, { force: true });
  await install();
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, digest);
}

/** The workspace's packages, as folders relative to its root. */
export function packageFolders() {
  const folders = fs.readdirSync(path.join(root, "packages")).map(name => `packages/${name}`);
  return [...folders.sort(), "eslint-plugin"].filter(folder => fs.existsSync(path.join(root, folder, "package.json")));
}

/** The package.json of a folder of the workspace. */
export function readManifest(folder) {
  return JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8"));
}

/** What an installation depends on. */
function manifestDigest() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${pnpm}\n`);
  const manifests = [".", ...packageFolders()].map(folder => `${folder}/package.json`);
  for (const file of [".npmrc", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests]) {
    hash.update(`${file}\n${readText(path.join(root, file))}\n`);
  }
  return hash.digest("hex");
}

/** Whether every package finds its dependencies: a `node_modules` may have been deleted since. */
function isLinked() {
  return [".", ...packageFolders()].every(folder => {
    const { dependencies, devDependencies } = readManifest(folder);
    const names = Object.keys({ ...dependencies, ...devDependencies });
    return names.every(name => fs.existsSync(path.join(root, folder, "node_modules", name)));
  });
}

async function install() {
  say(`Installing the workspace with ${pnpm} (the first time takes a minute) …`);
  const { file, args, shell } = npx();
  const options = ["--frozen-lockfile", "--prod=false", "--config.confirmModulesPurge=false", "--reporter=append-only"];
  const env = Object.assign({}, process.env);
  // `npm run --silent` would silence pnpm too, its errors included, and an npx that we run in would hand on its own call.
  for (const name of ["loglevel", "call", "package"]) delete env[`npm_config_${name}`];
  const status = await run(file, [...args, "-y", pnpm, "install", ...options], { ...toStderr, cwd: root, env, shell });
  if (status > 128) throw new Stop(status, "");
  const hint = `If a package.json is newer than pnpm-lock.yaml: npx -y ${pnpm} install`;
  if (status !== 0) throw new Stop(2, `The installation failed. ${hint}`);
}

/** npx as a script for this Node where it can be found, since Windows starts `npx.cmd` only through a shell. */
function npx() {
  const bin = path.dirname(process.execPath);
  const npm = process.env.npm_execpath || "";
  const folders = [
    ...(path.basename(npm) === "npm-cli.js" ? [path.dirname(npm)] : []),
    path.join(bin, "node_modules", "npm", "bin"),
    path.join(bin, "..", "lib", "node_modules", "npm", "bin"),
  ];
  const script = folders.map(folder => path.join(folder, "npx-cli.js")).find(file => fs.existsSync(file));
  if (script) return { file: process.execPath, args: [script], shell: false };
  return { file: "npx", args: [], shell: process.platform === "win32" };
}

function readText(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}
