/** Random histories of a pull request, by git, GitHub's server and the whole bot: what people see after each push. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs, timeFor } from "./chance.ts";
import { checkOf, scene, warning, writesSince, type PullHandle, type Scene } from "./scene.ts";

const CAP = 3;

const which = fc.nat(50);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("add" as const), which, at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("mend", "alter", "drop"), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("shift", "rename"), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("resolve", "reply", "dismiss"), which }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** A function with a finding, or what became of it. */
interface Told {
  readonly name: string;
  isMended: boolean;
  isAltered: boolean;
}

interface Source {
  path: string;
  lines: number;
  readonly told: Told[];
}

function textOf({ lines, told }: Source): string {
  const parts = told.map(({ name, isMended, isAltered }) => {
    const text = isAltered ? warning(name).replaceAll("save", "store") : warning(name);
    return isMended ? text.replace(/\n {2}(save|store)\(\)/, "\n  await $1()") : text;
  });
  return `${"// A remark.\n".repeat(lines)}${parts.join("\n")}\nexport {};\n`;
}

/** Changes the sources as somebody would who works on; false for a step that leaves them alone. */
function edit(sources: readonly Source[], one: Step, number: number): boolean {
  const source = sources[one.which % sources.length]!;
  const told = source.told[one.which % Math.max(1, source.told.length)];
  switch (one.kind) {
    case "add":
      source.told.splice((one as { readonly at: number }).at, 0, {
        name: `told${number}`,
        isMended: false,
        isAltered: false,
      });
      return true;
    case "shift":
      source.lines += 1 + (one.which % 9);
      return true;
    case "rename":
      source.path = `src/renamed-${number}.ts`;
      return true;
    case "drop":
      if (told) source.told.splice(source.told.indexOf(told), 1);
      return told !== undefined;
    case "mend":
      if (told) told.isMended = !told.isMended;
      return told !== undefined;
    case "alter":
      if (told) told.isAltered = !told.isAltered;
      return told !== undefined;
    default:
      return false;
  }
}

const FINGERPRINTS = /<!-- review:v1 fp=([0-9a-f,]+) /;

function fingerprintsIn(body: string | undefined): readonly string[] {
  return FINGERPRINTS.exec(body ?? "")?.[1]?.split(",") ?? [];
}

/** Somebody says something in a thread that is open, or of it. */
async function speak(it: Scene, pull: PullHandle, { kind, which: index }: Step): Promise<void> {
  const open = pull.pull.threads.filter(({ resolvedBy }) => resolvedBy === undefined);
  const thread = open[index % Math.max(1, open.length)];
  if (!thread) return;
  if (kind === "resolve") pull.resolve(thread, "mia");
  else if (kind === "reply") pull.reply(thread, "mia", "Why is that?");
  else {
    const id = /\/review dismiss ([0-9a-f]+)/.exec(thread.comments[0]!.body)![1]!;
    await it.run(pull, { event: pull.commentEvent(pull.comment("mia", `/review dismiss ${id}`)) });
  }
}

function looksRight(it: Scene, pull: PullHandle): void {
  const open = pull.pull.threads.filter(({ resolvedBy }) => resolvedBy === undefined);
  const told = open.flatMap(({ comments }) => fingerprintsIn(comments[0]?.body));
  expect(new Set(told).size).toBe(told.length);
  expect(open.length).toBeLessThanOrEqual(CAP);
  const summaries = pull.pull.comments.filter(({ body }) => body.includes("<!-- review:sticky:v1 "));
  expect(summaries.length).toBeLessThanOrEqual(1);
  // What has no comment stands in the summary, and nothing stands in both.
  const listed =
    /listed=([0-9a-f,]*) /
      .exec(summaries[0]?.body ?? "")?.[1]
      ?.split(",")
      .filter(Boolean) ?? [];
  const said = Number(/(\d+) new/.exec(checkOf(it, pull).title ?? "")?.[1] ?? 0);
  expect([...new Set([...told, ...listed])].length).toBe(said);
}

test(
  "whatever is pushed and said: a finding has one open thread or a line in the summary, what people resolved stays so, and a second look says nothing",
  timeFor(900_000),
  async () => {
    let threads = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async steps => {
        const it = await scene({ "review.config.json": JSON.stringify({ pr: { maxInline: CAP } }) });
        const sources: Source[] = [1, 2, 3].map(number => ({
          path: `src/told-${number}.ts`,
          lines: 0,
          told: [{ name: `first${number}`, isMended: false, isAltered: false }],
        }));
        const push = (): string => it.push(Object.fromEntries(sources.map(source => [source.path, textOf(source)])));
        push();
        const pull = it.open();
        for (const [number, one] of steps.entries()) {
          const before = sources.map(({ path }) => path);
          const isPushed = edit(sources, one, number);
          const byPeople = pull.pull.threads.filter(({ resolvedBy }) => resolvedBy?.login === "mia");
          if (isPushed) {
            const gone = before.filter(path => sources.every(source => source.path !== path));
            for (const path of gone) it.copy.git("rm", "-q", path);
            push();
          } else await speak(it, pull, one);
          await it.run(pull);
          looksRight(it, pull);
          expect(byPeople.filter(({ resolvedBy }) => resolvedBy?.login !== "mia")).toEqual([]);
          const mark = it.github.seen.length;
          await it.run(pull);
          expect(writesSince(it, mark)).toEqual([]);
        }
        threads += pull.pull.threads.length;
      }),
      runs(2),
    );
    expect(threads).toBeGreaterThan(3);
  },
);
