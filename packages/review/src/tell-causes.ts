/** Findings that a change causes from elsewhere are told with the declarations in it that they rest on, or else stand in. */
import { resolve } from "node:path";
import { lineStarts, positionAt, type Evidence, type Finding, type Location } from "@review/findings";
import type { Sources } from "@review/source";
import { afterAnalysis } from "./after-analysis.ts";
import { slashed } from "./paths.ts";
import type { Declarations } from "./context/declarations.ts";
import type { Ports } from "./request.ts";
import type { AnalysisSession } from "./session-thread.ts";

/** The findings; those that stand where nothing was changed have the changed declarations as their last evidence. */
export async function tellCauses(
  findings: readonly Finding[],
  thread: AnalysisSession | undefined,
  ports: Ports,
  sources: Sources,
  cwd: string,
): Promise<readonly Finding[]> {
  const { change } = ports;
  if (!thread || !change) return findings;
  const starts = new Map<string, readonly number[]>();
  const texts = new Map(sources.files.map(({ file, text }) => [file, text]));
  const isTouched = ({ file, span }: Location): boolean => {
    const lines = starts.get(file) ?? lineStarts(texts.get(file) ?? "");
    starts.set(file, lines);
    return change.touches(file, positionAt(lines, span.start).line, positionAt(lines, span.end).line);
  };
  const elsewhere = findings.filter(finding => !isTouched(finding) && !finding.evidence.some(isTouched));
  if (elsewhere.length === 0) return findings;
  const files = new Map([...change.files].map(file => [slashed(resolve(cwd, file)), file]));
  const asked = { findings: elsewhere, files };
  const found = await afterAnalysis("Causes were not looked for", ports, () => thread.ask("declarations", asked));
  const causes = new Map(elsewhere.map((finding, index) => [finding, causesIn(found?.[index], isTouched)]));
  return findings.map(finding => ({ ...finding, evidence: [...finding.evidence, ...(causes.get(finding) ?? [])] }));
}

/** What is around a finding says less than what it rests on, and the innermost that was changed says enough. */
function causesIn(
  { named, around }: Declarations = { named: [], around: [] },
  isTouched: (location: Location) => boolean,
): readonly Evidence[] {
  const causes = named
    .filter(isTouched)
    .map(({ name, file, span }) => ({ message: `\`${name}\` is changed here.`, file, span }));
  const outer = around.find(isTouched);
  if (causes.length > 0 || !outer) return causes;
  return [{ message: `\`${outer.name}\`, which this is a part of, is changed.`, file: outer.file, span: outer.span }];
}
