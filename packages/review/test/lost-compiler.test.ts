import { sensible, startModelServer } from "@review/testkit/openai";
import { review, type Ports } from "@review/review";
import { createSuggester } from "@review/suggestions";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";

/** Reviews a file while something ends the compiler, and gives the rules that were reported, and the notes. */
async function reviewed(
  ports: Partial<Ports>,
): Promise<{ readonly ruleIds: readonly string[]; readonly notes: string[] }> {
  const folder = folderWith({
    "a.ts": "declare function save(): Promise<void>;\nexport function run(): void {\n  save();\n}\n",
  });
  const notes: string[] = [];
  const report = await review(
    { target: { kind: "paths", paths: ["."], cwd: folder } },
    { signal: new AbortController().signal, onNote: text => notes.push(text), ...ports },
  );
  return { ruleIds: report.findings.map(finding => finding.ruleId), notes };
}

it("keeps the findings when the compiler ends before their fixes are tried, and says so", async () => {
  let compiler = 0;
  const { ruleIds, notes } = await reviewed({
    onCompiler: pid => (compiler = pid),
    onProgress: ({ done, total }) => {
      if (done === total) process.kill(compiler, "SIGKILL");
    },
  });
  expect(ruleIds).toEqual(["floating-promise"]);
  expect(notes.filter(note => !note.startsWith("The compiler ended"))).toEqual(
    notes.some(note => note.startsWith("The compiler ended")) ? [] : [expect.stringMatching(/^No fix was tried: /)],
  );
});

it("keeps the findings when the compiler ends while the model is asked", async () => {
  let compiler = 0;
  const answer = sensible({ find: "  save();", replace: "  void save();" });
  const server = await startModelServer(request => {
    if (request.number === 1) process.kill(compiler, "SIGKILL");
    return answer(request);
  });
  const suggester = createSuggester({ model: "m", baseUrl: server.url, apiKey: "k", cacheDir: null });
  try {
    const { ruleIds } = await reviewed({ suggester, onCompiler: pid => (compiler = pid) });
    expect(ruleIds).toEqual(["floating-promise"]);
  } finally {
    suggester.close();
    await server.close();
  }
});

it("leaves nothing of a compiler behind that has done its work", async () => {
  let compiler = 0;
  await reviewed({ onCompiler: pid => (compiler = pid) });
  // A process that has ended and that nobody took note of can still be sent a signal.
  expect(() => process.kill(compiler, 0)).toThrow(/ESRCH/);
});
