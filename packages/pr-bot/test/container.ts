/** The Dockerfile and the compose file as data. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { parse } from "yaml";

/** The workspace's folder: what both are built from. */
export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url));

export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of the last stage, and of all stages. */
export const dockerfile: readonly Instruction[] = readFileSync(join(ROOT, "packages/pr-bot/Dockerfile"), "utf8")
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n\s*/g, "")
  .split("\n")
  .filter(line => line.trim() !== "")
  .map(line => ({ name: /^\S+/.exec(line.trim())?.[0] ?? "", text: line.trim().replace(/^\S+\s*/, "") }));

/** The instructions of the stage that builds. */
export function buildStage(): readonly Instruction[] {
  return dockerfile.slice(
    0,
    dockerfile.findLastIndex(({ name }) => name === "FROM"),
  );
}

/** What stands behind an instruction that there is once in the stage that becomes the image. */
export function inImage(name: string): string {
  const stage = dockerfile.slice(dockerfile.findLastIndex(instruction => instruction.name === "FROM"));
  const found = stage.filter(instruction => instruction.name === name);
  if (found.length !== 1) throw new Error(`${name} is there ${found.length} times`);
  return found[0]?.text ?? "";
}

/** The words of an instruction in its form without a shell. */
export function words(text: string): readonly string[] {
  return JSON.parse(text.slice(text.indexOf("["))) as readonly string[];
}

/** The variables that the image sets. */
export function imageVariables(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    inImage("ENV")
      .split(" ")
      .map(pair => pair.split("=") as [string, string]),
  );
}

export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly read_only?: boolean;
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const composeText = readFileSync(join(ROOT, "packages/pr-bot/compose.yaml"), "utf8");

export const services = (
  parse(composeText, { merge: true }) as { readonly services: Readonly<Record<"database" | "web" | "worker", Service>> }
).services;

/** The variables that whoever starts it has to set, as its first lines name them and as its values ask for them. */
export const required: { readonly named: readonly string[]; readonly asked: readonly string[] } = {
  named: [...(/^# Needs (.*)$/m.exec(composeText)?.[1] ?? "").matchAll(/[A-Z][A-Z_]+/g)].map(([name]) => name),
  asked: [...new Set([...composeText.matchAll(/\$\{(\w+):\?/g)].map(([, name = ""]) => name))],
};

/** A service's variables where these are set. */
export function variablesOf(
  service: Service,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(service.environment).map(([name, value]) => [
      name,
      value.replace(/\$\{(\w+):\?[^}]*\}/g, (_, wanted: string) => given[wanted] ?? ""),
    ]),
  );
}
