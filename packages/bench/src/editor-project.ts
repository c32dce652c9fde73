/** A project as large as an editor has to bear, whose files know each other. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How many files a folder has; the files of one import those before them. */
const FILES_A_FOLDER = 50;

/** Writes the project anew, with links to the packages that its configuration of ESLint needs. */
export function writeEditorProject(folder: string, files: number, packages: Readonly<Record<string, string>>): void {
  rmSync(folder, { recursive: true, force: true });
  for (let index = 0; index < files; index++) write(join(folder, pathOf(index)), moduleText(index));
  write(join(folder, "package.json"), `{ "private": true, "type": "module" }`);
  const compilerOptions = { strict: true, target: "es2022", module: "esnext", moduleResolution: "bundler" };
  write(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  write(join(folder, "eslint.config.js"), CONFIG);
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  for (const [name, target] of Object.entries(packages))
    symlinkSync(target, join(folder, "node_modules", name), "junction");
}

/** The text of a module; `typed` is what somebody is writing at its end. */
export function moduleText(index: number, typed = ""): string {
  const before = Array.from({ length: Math.min(4, index) }, (_, back) => index - 1 - back);
  const imports = before.map(one => `import { load${one}, type Item${one} } from "${specifier(index, one)}";`);
  const fields = before.map(one => `  readonly from${one}?: Item${one};`);
  const awaits = before.map(
    one => `  if (item.from${one}) item.total += (await load${one}(item.from${one}.id)).total;`,
  );
  return `${imports.join("\n")}

export interface Item${index} {
  readonly id: string;
  total: number;
  readonly tags: readonly string[];
${fields.join("\n")}
}

const known${index} = new Map<string, Item${index}>();

export async function load${index}(id: string): Promise<Item${index}> {
  const item = known${index}.get(id) ?? { id, total: ${index}, tags: [] };
${awaits.join("\n")}
  known${index}.set(id, item);
  return item;
}

export function labelOf${index}({ id, tags, total }: Item${index}): string {
  const shown = tags.filter(tag => tag.length > 2).map(tag => tag.trim().toLowerCase());
  if (total > 100 && shown.length > 0) return \`\${id}: \${shown.join(", ")}\`;
  return shown.at(0) ?? id;
}
${typed}`;
}

/** The path of a module, relative to the project. */
export function pathOf(index: number): string {
  return `src/part${Math.floor(index / FILES_A_FOLDER)}/module${index}.ts`;
}

function specifier(from: number, to: number): string {
  const [here, there] = [from, to].map(index => Math.floor(index / FILES_A_FOLDER));
  return here === there ? `./module${to}` : `../part${there}/module${to}`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Loads what two `import`s would, in their order; without our rules, nothing of ours. */
const CONFIG = `const review = process.env.REVIEW_BENCH_WITHOUT ? undefined : (await import("eslint-plugin-review")).default;
const { default: tseslint } = await import("typescript-eslint");

export default [
  { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } },
  ...(review ? [review.configs.recommended] : []),
];
`;
