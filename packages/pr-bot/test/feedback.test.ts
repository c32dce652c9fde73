import { expect, test } from "vitest";
import { error, scene, sound, warning } from "./scene.ts";

test("what people made of the comments is gathered from GitHub, of the bot's own alone, without code and without words", async () => {
  const it = await scene();
  it.push({ "src/bad.ts": error, "src/new.ts": warning("fresh"), "src/more.ts": warning("more") });
  const pull = it.open();
  await it.run(pull);
  const at = (path: string) => pull.pull.threads.find(thread => thread.path === path)!;
  pull.react(at("src/bad.ts").comments[0]!, "+1");
  for (const path of ["src/new.ts", "src/more.ts"]) pull.react(at(path).comments[0]!, "-1");
  pull.reply(at("src/new.ts"), "mia", "Won't fix: the secret is 1234.");
  it.push({ "src/bad.ts": sound });
  await it.run(pull);
  // Somebody else's words are no comment of the bot, whatever mark they have.
  at("src/more.ts").comments.push({ ...at("src/bad.ts").comments[0]!, author: pull.pull.author });
  pull.pull.isOpen = false;
  const { status, stdout } = await it.command("feedback", "--since", "2025-12-31");
  expect(status).toBe(0);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map(line => JSON.parse(line) as Record<string, unknown>);
  const told = { version: 1, repository: "acme/shop", pull: pull.number, model: null };
  const some = {
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
  };
  const floating = { ...told, ...some, ruleId: "floating-promise", severity: "warning", thumbsUp: 0, thumbsDown: 1 };
  expect(lines.toSorted((one, other) => (String(one["file"]) < String(other["file"]) ? -1 : 1))).toEqual([
    {
      ...told,
      ...some,
      ruleId: "fresh-object-lookup",
      severity: "error",
      file: "src/bad.ts",
      outcome: "fixed",
      thumbsUp: 1,
      thumbsDown: 0,
    },
    { ...floating, file: "src/more.ts", outcome: "open" },
    { ...floating, file: "src/new.ts", outcome: "dismissed" },
  ]);
  expect(stdout).not.toMatch(/1234|save/);
  expect((await it.command("feedback", "--since", "2026-01-02")).stdout).toBe("");
  expect(await it.command("feedback", "--since", "lately")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("it has to be a day"),
  });
});
