/** The files that a SARIF run speaks of, each once, under names that are URIs. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Artifact, ArtifactLocation } from "sarif";
import type { Report } from "../report.ts";

/** The name of the folder that relative URIs start from, as code scanning services know it. */
export const ROOT = "%SRCROOT%";

/** The files of a run. */
export interface Artifacts {
  readonly list: readonly Artifact[];
  /** How results refer to a file. */
  locate(file: string): ArtifactLocation;
}

/** Lists the files of findings, evidence, fixes and incomplete analyses, in that order. */
export function collectArtifacts({ findings, summary }: Report, cwd: string): Artifacts {
  const named = findings.flatMap(finding => [
    finding.file,
    ...finding.evidence.map(fact => fact.file),
    ...finding.fixes.flatMap(fix => fix.edits.map(edit => edit.file)),
  ]);
  const files = [...new Set([...named, ...summary.incomplete.map(({ file }) => file)])];
  const locations = new Map(files.map((file, index) => [file, { ...uriOf(file, cwd), index }]));
  return {
    list: files.map(file => ({
      location: uriOf(file, cwd),
      roles: ["analysisTarget"],
      sourceLanguage: /\.[cm]?jsx?$/.test(file) ? "javascript" : "typescript",
    })),
    locate: file => locations.get(file) ?? uriOf(file, cwd),
  };
}

// A path that leaves the root cannot be told relative to it.
function uriOf(file: string, cwd: string): ArtifactLocation {
  const isWithin = !/^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(file);
  if (!isWithin) return { uri: pathToFileURL(resolve(cwd, file)).href };
  return { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}
