/** What people may tell the bot: the first line of a comment, exactly. */

export type Command =
  | { readonly name: "review" | "full" | "pause" | "resume" | "config" | "help" | "apply" | "dismiss-all" }
  | { readonly name: "suggest" | "explain" | "dismiss" | "undismiss"; readonly id: string };

/** The command of a comment; undefined for one that is none. A dismissal may go on with its reason. */
export function parseCommand(body: string): Command | undefined {
  const [line = ""] = body.trimStart().split(/\r?\n/, 1);
  const [start, name, ...rest] = line.trimEnd().split(/[ \t]+/);
  if (start !== "/review") return undefined;
  if (name === undefined) return { name: "review" };
  if (isPlain(name)) return rest.length === 0 ? { name } : undefined;
  return isAboutOne(name) ? aboutOne(name, rest) : undefined;
}

/** The commands that need no id, by which buttons are known. */
export const BUTTONS = ["apply", "dismiss-all", "review", "pause", "resume"] as const;

/** The command of a button of our own; undefined for one that we do not know. */
export function buttonCommand(identifier: string): Command | undefined {
  const name = BUTTONS.find(known => known === identifier);
  return name && { name };
}

type AboutOne = Extract<Command, { readonly id: string }>;

function aboutOne(name: AboutOne["name"], [id = "", ...reason]: readonly string[]): Command | undefined {
  if (name === "dismiss" && id === "all") return { name: "dismiss-all" };
  const isWhole = reason.length === 0 || name === "dismiss";
  return isWhole && /^[0-9a-f]{6,64}$/.test(id) ? { name, id } : undefined;
}

function isPlain(name: string): name is "full" | "pause" | "resume" | "config" | "help" | "apply" {
  return ["full", "pause", "resume", "config", "help", "apply"].includes(name);
}

function isAboutOne(name: string): name is "suggest" | "explain" | "dismiss" | "undismiss" {
  return ["suggest", "explain", "dismiss", "undismiss"].includes(name);
}

/** Commands that change nothing but may be asked by whoever wrote the pull request. */
export function isForAuthors({ name }: Command): boolean {
  return name === "review" || name === "explain" || name === "help";
}
