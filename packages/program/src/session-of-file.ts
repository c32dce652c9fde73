/** One file of a live session as a session of its own, for whoever knows only those. */
import type { LiveSession } from "./live-session.ts";
import { TOO_DEEP } from "./nesting.ts";
import type { Session } from "./session.ts";
import { syntaxProblems } from "./syntax-problems.ts";

/** The session of a file with this text; it holds until the live session opens another, and its end leaves that one as it is. */
export function sessionOfFile(live: LiveSession, file: string, text: string): Session {
  const project = live.open(file, text);
  const projects = project ? [project] : [];
  return {
    api: live.api,
    pid: live.pid,
    projects,
    problems: project ? syntaxProblems(projects) : [{ file, reason: TOO_DEEP }],
    notes: [],
    aliases: new Map(),
    withTexts: texts => (texts.size === 0 ? projects : live.withTexts(texts)),
    close: () => undefined,
  };
}
