/** The recommended rules that a review leaves out: a model's fix may not run into them all the same. */
import { analyse, type AnalysisRequest, type Rule } from "@review/analysis";
import type { DraftFinding } from "@review/findings";
import type { Session } from "@review/program";
import { rules } from "@review/rules";
import type { OtherRules } from "@review/verification";

export interface OtherRulesRequest extends Pick<AnalysisRequest, "models" | "nameOf"> {
  readonly session: Session;
  /** The rules that were run. */
  readonly chosen: readonly Rule[];
}

/** What they find in a file is looked up when a fix of it is tried, and remembered. */
export function otherRules({ session, chosen, models, nameOf }: OtherRulesRequest): OtherRules {
  const left = rules.filter(rule => rule.preset === "recommended" && !chosen.includes(rule));
  const known = new Map<string, readonly DraftFinding[]>();
  return {
    rules: left,
    draftsIn(paths) {
      const fresh = new Set(left.length === 0 ? [] : paths.filter(path => !known.has(path)));
      if (fresh.size > 0) {
        const projects = session.projects.map(project => ({
          ...project,
          plan: { ...project.plan, files: project.plan.files.filter(path => fresh.has(path)) },
        }));
        const { drafts } = analyse({ session, projects, rules: left, models, nameOf });
        for (const path of fresh)
          known.set(
            path,
            drafts.filter(draft => draft.file === nameOf(path)),
          );
      }
      return paths.flatMap(path => known.get(path) ?? []);
    },
  };
}
