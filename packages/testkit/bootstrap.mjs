/**
 * The door for people who have only Node and npm: installs the workspace when its manifests have changed, builds it,
 * and then reviews, tests or checks. It runs before anything is installed, so it uses Node's own modules alone, and
 * syntax that an old Node can read, so that an old Node can be told so. What it says itself goes to standard error:
 * standard output belongs to the report.
 */
import fs from "node:fs";
import path from "node:path";
import { build } from "./bootstrap/build.mjs";
import { installIfChanged, packageFolders, readManifest } from "./bootstrap/install.mjs";
import { lock } from "./bootstrap/lock.mjs";
import { node, root, run, say, Stop, toStderr } from "./bootstrap/run.mjs";

/** The checks of `npm run check`, the longest first: a title, a script relative to the root, its arguments. */
const checks = [
  ["eslint", "node_modules/eslint/bin/eslint.js", ["--max-warnings", "0", "."]],
  ["prettier", "node_modules/prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."]],
  ["cspell", "node_modules/cspell/bin.mjs", ["lint", "--no-progress", "--no-summary", "."]],
  ["markdownlint", "node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs", []],
  ["knip", "node_modules/knip/bin/knip.js", []],
  ["docs", "packages/testkit/dist/commands/docs.js", ["--check"]],
  [
    "review",
    "packages/cli/dist/main.js",
    ["packages", "eslint-plugin", "--severity", "warning", "--fail-on", "warning"],
  ],
];

/** The packages that people import; the others are built in the same way. */
const imported = ["eslint-plugin", "packages/review"];

/** Programs that a test may need beside Node: `<name>.needs-chromium.test.ts` needs Chromium. */
const programs = {
  chromium: "Chromium",
  postgresql: "PostgreSQL",
  neovim: "Neovim",
  registry: "the packages of the image",
};

const commands = { review, test, check };

main(process.argv.slice(2)).then(
  status => {
    process.exitCode = status;
  },
  error => {
    if (error.message) say(error instanceof Stop ? error.message : error.stack);
    process.exitCode = error instanceof Stop ? error.status : 2;
  },
);

async function main([name, ...args]) {
  requireNode(process.versions.node);
  const command = Object.prototype.hasOwnProperty.call(commands, name) ? commands[name] : undefined;
  if (!command) throw new Stop(2, `Usage: bootstrap.mjs ${Object.keys(commands).join("|")} [ARGS]`);
  return command(args);
}

/** Reviews what the user names from where he stands; without arguments, the sample application. */
async function review(args) {
  await prepare(["packages/cli"]);
  const target = args.length > 0 ? args : [path.join(root, "fixtures", "projects", "sample")];
  const main = path.join(root, "packages", "cli", "dist", "main.js");
  return run(process.execPath, [main, ...target], { cwd: process.env.INIT_CWD || process.cwd(), stdio: "inherit" });
}

async function test(args) {
  await prepare([]);
  const status = await node("node_modules/vitest/vitest.mjs", ["run", ...args]);
  if (!process.env.REVIEW_TEST_ALL) process.stdout.write(`${leftToCi()}\n`);
  return status;
}

/**
 * Runs every check, also after one has failed, so that one run shows all there is to mend. Two run at a time, since
 * nearly all of them use one core; what a check says is shown when it ends.
 */
async function check() {
  await prepare([]);
  const waiting = [...checks, ...packagingChecks()];
  const failed = [];
  let stopped = 0;
  const lane = async number => {
    while (waiting.length > 0 && stopped === 0) {
      const [title, script, args] = waiting.shift();
      const status = await runQuietly(title, script, args, path.join(root, ".cache", `check-${number}.log`));
      if (status > 128) stopped = status;
      if (status !== 0) failed.push(title);
    }
  };
  await Promise.all([lane(1), lane(2)]);
  if (stopped > 0) return stopped;
  process.stdout.write(failed.length > 0 ? `\nFailed: ${failed.join(", ")}\n` : "\nEvery check passed.\n");
  return failed.length > 0 ? 1 : 0;
}

/** Keeps what the script says in a file, since pipes make some tools leave before all is written. */
async function runQuietly(title, script, args, file) {
  const output = fs.openSync(file, "w");
  const start = Date.now();
  const status = await node(script, args, { stdio: ["ignore", output, output] });
  fs.closeSync(output);
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  process.stdout.write(`\n== ${title} (${seconds} s)\n${fs.readFileSync(file, "utf8")}`);
  return status;
}

function packagingChecks() {
  const folders = packageFolders().filter(folder => !readManifest(folder).private);
  return [
    ...folders.map(folder => [`publint ${folder}`, "node_modules/publint/src/cli.js", ["run", folder, "--strict"]]),
    ...imported.map(folder => [
      `attw ${folder}`,
      "node_modules/@arethetypeswrong/cli/dist/index.js",
      ["--pack", folder, "--profile", "esm-only", "--quiet"],
    ]),
  ];
}

function leftToCi() {
  const names = packageFolders().flatMap(folder => {
    const tests = path.join(root, folder, "test");
    return fs.existsSync(tests) ? fs.readdirSync(tests, { recursive: true }) : [];
  });
  const left = Object.keys(programs).flatMap(key => {
    const { length } = names.filter(name => name.endsWith(`.needs-${key}.test.ts`));
    return length > 0 ? [`${length} for ${programs[key]}`] : [];
  });
  if (left.length === 0) return "No test needs another installed program: none is left to .ci/run.";
  return `Test files left to .ci/run, which installs what they need: ${left.join(", ")}.`;
}

function requireNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19)) return;
  throw new Stop(2, `review needs Node 20.19, 22.13, 24 or newer; this is Node ${version} (${process.execPath}).`);
}

/** Installs if need be and builds the given projects (none: all); one bootstrap at a time. */
async function prepare(projects) {
  const release = await lock(path.join(root, ".cache", "bootstrap.lock"));
  try {
    await installIfChanged();
    const status = await build(projects, toStderr);
    if (status !== 0) throw new Stop(status > 128 ? status : 2, status > 128 ? "" : "The build failed.");
  } finally {
    release();
  }
}
