/** Which project each file belongs to. */
import type { API } from "typescript/sync";
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { ancestorsOf } from "./paths.ts";
import { looseOptions } from "./loose-files.ts";
import type { Note, Problem, ProjectPlan, SessionRequest } from "./session.ts";

export interface Plan {
  readonly plans: readonly ProjectPlan[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/** Sorts the files of a request into projects. */
export function planProjects(api: API, request: SessionRequest): Plan {
  const groups = new Map<string | undefined, string[]>();
  const parsed = new Map<string, ReturnType<API["parseConfigFile"]>>();
  for (const file of [...request.files].sort()) {
    const config = ancestorsOf(posix.dirname(file)).map(d => `${d}/tsconfig.json`).find(c => {
      if (!parsed.has(c) && existsSync(c)) parsed.set(c, api.parseConfigFile(c));
      return parsed.get(c)?.fileNames.some(f => f === file);
    });
    groups.set(config, [...(groups.get(config) ?? []), file]);
  }
  const plans = [...groups].map(([configFile, files]): ProjectPlan => {
    const config = configFile === undefined ? undefined : parsed.get(configFile);
    return {
      configFile,
      files,
      roots: config?.fileNames ?? files,
      options: config ? { ...config.options, noEmit: true, skipLibCheck: true } : looseOptions([]),
    };
  });
  return { plans, problems: [], notes: [] };
}
