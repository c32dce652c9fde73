/** Reads the tests of tsgolint, which are Go: lists of cases, each a literal with its code in a string. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case, CaseProject, SuiteCases } from "./cases.ts";
import { goElements, goLists, goText, type GoFields } from "./go-literals.ts";

const RULES = "internal/rules";
const LISTS = { valid: "ValidTestCase", invalid: "InvalidTestCase" } as const;

/** The cases of some rules, named as in typescript-eslint, in a checkout of tsgolint. */
export function readGoTests(root: string, rules: readonly string[]): SuiteCases {
  const projects = new Map<string, CaseProject>();
  const cases: Case[] = [];
  let unread = 0;
  for (const rule of rules) {
    const folder = rule.replaceAll("-", "_");
    const path = `${RULES}/${folder}/${folder}_test.go`;
    if (!existsSync(join(root, path))) continue;
    const source = readFileSync(join(root, path), "utf8");
    const config = /GetRootDir\(\),\s*"([^"]+)"/.exec(source)?.[1] ?? "tsconfig.minimal.json";
    for (const kind of ["valid", "invalid"] as const) {
      for (const { fields, line } of goLists(source, LISTS[kind])) {
        const code = goText(fields.get("Code") ?? "");
        if (code === undefined || fields.has("Files") || fields.get("Skip") === "true") unread += 1;
        else cases.push(caseOf({ rule, kind, code, fields, config, origin: `${path}:${line}` }, root, projects));
      }
    }
  }
  return { cases, projects: [...projects.values()], unread };
}

interface Found extends Pick<Case, "rule" | "kind" | "code" | "origin"> {
  readonly fields: GoFields;
  readonly config: string;
}

function caseOf({ fields, config, ...found }: Found, root: string, projects: Map<string, CaseProject>): Case {
  const project = projectOf(root, goText(fields.get("TSConfig") ?? "") ?? config, projects);
  const named = goText(fields.get("FileName") ?? "")?.match(/\.[cm]?[jt]sx?$/)?.[0];
  const path = `case-${project.files.size}${named ?? (fields.get("Tsx") === "true" ? ".tsx" : ".ts")}`;
  project.files.set(path, found.code);
  const errors = goElements(fields.get("Errors") ?? "");
  return {
    ...found,
    suite: "tsgolint",
    project: project.key,
    path,
    options: fields.get("Options") ?? "",
    messages: errors.flatMap(error => goText(error.get("MessageId") ?? "") ?? []),
  };
}

function projectOf(root: string, config: string, projects: Map<string, CaseProject>): CaseProject {
  const key = `tsgolint-${config.replace(/\.json$/, "")}`;
  const known = projects.get(key);
  if (known) return known;
  const project: CaseProject = {
    key,
    support: join(root, RULES, "fixtures"),
    tsconfig: { extends: `./${config}`, compilerOptions: { moduleDetection: "force", allowJs: true } },
    files: new Map(),
  };
  projects.set(key, project);
  return project;
}
