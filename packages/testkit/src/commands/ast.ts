/** `pnpm ast FILE[:LINE[:COLUMN]]`: the nodes around a place, outermost first, with their kinds and types. */
import { resolve } from "node:path";
import { lineStarts } from "@review/findings";
import { openSession } from "@review/program";
import { formatSyntaxKind, getTokenAtPosition, type Node, type SourceFile } from "@review/program/syntax";
import { slashed } from "../slashed.ts";

const [, file, line = "1", column = "1"] = /^(.+?)(?::(\d+))?(?::(\d+))?$/.exec(process.argv[2] ?? "") ?? [];
if (file === undefined) {
  process.stderr.write("ast: name a place: pnpm ast src/name.ts:12:4\n");
  process.exitCode = 2;
} else {
  show(slashed(resolve(file)), Number(line), Number(column));
}

function show(path: string, atLine: number, atColumn: number): void {
  const session = openSession({ cwd: process.cwd(), files: [path] });
  try {
    const [project] = session.projects;
    const sourceFile = project?.program.getSourceFile(path);
    if (!project || !sourceFile) throw new Error(`${path} cannot be opened: check the path`);
    const offset = (lineStarts(sourceFile.text)[atLine - 1] ?? 0) + atColumn - 1;
    nodesAround(sourceFile, offset).forEach((node, depth) => {
      const type = project.checker.typeToString(project.checker.getTypeAtLocation(node));
      const code = node.getText(sourceFile).replace(/\s+/g, " ").slice(0, 60);
      process.stdout.write(`${"  ".repeat(depth)}${formatSyntaxKind(node.kind)}  ${code}  : ${type}\n`);
    });
  } finally {
    session.close();
  }
}

function nodesAround(sourceFile: SourceFile, offset: number): readonly Node[] {
  const nodes: Node[] = [];
  for (let at: Node = getTokenAtPosition(sourceFile, offset); at !== sourceFile; at = at.parent) nodes.unshift(at);
  return nodes;
}
