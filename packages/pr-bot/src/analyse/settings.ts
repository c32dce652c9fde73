/** What the base of a pull request configures. A pull request cannot change how it is judged, and no configuration is ever run. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configuredRequest, loadConfig, RequestError, type LoadedConfig, type ReviewRequest } from "@review/review";
import { DEFAULT_SETTINGS, MOST_INLINE, type PullRequestSettings } from "../plan/settings.ts";
import type { Repository } from "../repository.ts";
import { materialise } from "./materialise.ts";

export interface BaseSettings {
  readonly settings: PullRequestSettings;
  /** For a folder that holds the tree of a commit. */
  readonly requestFor: (folder: string) => Pick<ReviewRequest, "rules" | "sources" | "models">;
  /** What whoever reads the result has to know. */
  readonly notes: readonly string[];
}

const EXECUTABLE = /^review\.config\.(?:ts|mts|js|mjs)$/;
const READ = /^(?:review\.config\.jsonc?|package\.json)$/;

/** Reads the configuration at the root of a commit. */
export async function settingsAt(repository: Repository, commit: string): Promise<BaseSettings> {
  const names = (await repository.list(commit, "root")).map(({ path }) => path);
  const folder = await mkdtemp(join(tmpdir(), "review-config-"));
  try {
    await materialise(repository, commit, folder, { depth: "root", only: path => READ.test(path) });
    const config = await loadConfig(folder, { executable: false });
    const ignored = names.filter(name => EXECUTABLE.test(name));
    return asSettings(
      config,
      ignored.map(name => `\`${name}\` is code and is not run by the bot: use \`review.config.json\`.`),
    );
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return asSettings(undefined, [`The configuration of the base is not used: ${error.message}`]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function asSettings(config: LoadedConfig | undefined, notes: readonly string[]): BaseSettings {
  const given = config?.config.pr ?? {};
  const settings = { ...DEFAULT_SETTINGS, ...defined(given) };
  return {
    settings: { ...settings, maxInline: Math.max(0, Math.min(MOST_INLINE, settings.maxInline)) },
    requestFor: folder => (config ? configuredRequest({ ...config, folder }) : {}),
    notes,
  };
}

type Defined<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>;
}
