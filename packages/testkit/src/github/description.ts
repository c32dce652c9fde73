/** GitHub's own description of its API: what comes in and what goes out is held against it. */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
};

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly $ref?: string;
}

interface Operation {
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Schema & Content>>>>;
}

const FILE = new URL("../../description/github.json", import.meta.url);
const description = mend(JSON.parse(readFileSync(FILE, "utf8"))) as Description;
const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true });
formats.default(ajv);
ajv.addFormat("repo.nwo", /^[\w.-]+\/[\w.-]+$/);
ajv.addSchema(description, "github");
const known = new Map<string, ValidateFunction>();

/**
 * The description says less than GitHub does: an enumeration that may be null does not list null, the line of a comment
 * that is outdated is null, so are repository and owner of a head whose fork is gone, and what may be null or one of several
 * shapes is not said in a way that validators take.
 */
function mend(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mend);
  if (value === null || typeof value !== "object") return value;
  const node = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mend(inner)]));
  const { nullable, enum: values, original_line: original, line } = node;
  if (nullable === true && Array.isArray(values)) node["enum"] = [...(values as unknown[]), null];
  if (nullable === true && node["type"] === undefined) return { anyOf: [omit(node, "nullable"), { type: "null" }] };
  if (original !== undefined && line !== undefined) node["line"] = { ...(line as object), nullable: true };
  return withHead(node);
}

/** Where a pull request begins or ends. */
function withHead(node: Readonly<Record<string, unknown>>): object {
  const { label, ref, repo, user } = node;
  if (label === undefined || ref === undefined || repo === undefined) return node;
  const orNull = (schema: unknown): object => ({ anyOf: [schema, { type: "null" }] });
  return { ...node, repo: orNull(repo), user: orNull(user) };
}

function omit(node: Readonly<Record<string, unknown>>, name: string): object {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== name));
}

/** What is wrong with a request's body; undefined where nothing is. Fields that the description does not have count as wrong. */
export function wrongRequest(method: string, path: string, body: unknown): string | undefined {
  const content = description.paths[path]?.[method]?.requestBody;
  const schema = content?.content?.["application/json"]?.schema;
  if (!schema) return undefined;
  const validate = validator(`${method} ${path} request`, schema);
  if (!validate(body ?? {})) return ajv.errorsText(validate.errors);
  const names = Object.keys(resolve(schema).properties ?? {});
  const unknown = Object.keys(body ?? {}).filter(name => names.length > 0 && !names.includes(name));
  return unknown.length > 0 ? `unknown fields: ${unknown.join(", ")}` : undefined;
}

/** What is wrong with a response; a status that the description does not have is wrong, but for those that every path may give. */
export function wrongResponse(method: string, path: string, status: number, body: unknown): string | undefined {
  const responses = description.paths[path]?.[method]?.responses ?? {};
  const response = responses[String(status)];
  if (!response) return [401, 403, 404, 422, 429, 500, 502, 503].includes(status) ? undefined : `no status ${status}`;
  const schema = resolveContent(response).content?.["application/json"]?.schema;
  if (!schema) return undefined;
  const validate = validator(`${method} ${path} ${status}`, schema);
  return validate(body) ? undefined : ajv.errorsText(validate.errors);
}

/** Fills in what a body of the description's shape must have beyond what is given; missing values are null, 0, "" or false. */
export function complete(name: string, partial: object): object {
  return fill({ $ref: `#/components/schemas/${name}` }, partial, 0) as object;
}

function validator(key: string, schema: Schema): ValidateFunction {
  const validate = known.get(key) ?? ajv.compile(absolute(schema));
  known.set(key, validate);
  return validate;
}

/** References count from the description. */
function absolute(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"github#/')) as Schema;
}

function at(reference: string): Schema & Content {
  const [kind = "", name = ""] = reference.replace("#/components/", "").split("/");
  const found = description.components[kind]?.[name];
  if (!found) throw new Error(`The description lacks ${reference}`);
  return found;
}

function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : resolve(at(schema.$ref));
}

function resolveContent(content: Content): Content {
  return content.$ref === undefined ? content : resolveContent(at(content.$ref));
}

function fill(schema: Schema, given: unknown, depth: number): unknown {
  const shape = resolve(schema);
  if (given === undefined) return blank(shape, depth);
  if (Array.isArray(given) || given === null || typeof given !== "object") return given;
  const parts = [
    shape,
    ...(shape.allOf ?? []),
    ...(shape.anyOf ?? []).slice(0, 1),
    ...(shape.oneOf ?? []).slice(0, 1),
  ].map(resolve);
  const properties = Object.assign({}, ...parts.map(part => part.properties ?? {})) as Readonly<Record<string, Schema>>;
  const required = parts.flatMap(part => part.required ?? []);
  const names = new Set([...required, ...Object.keys(given)]);
  const entries = [...names].map(name => {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    const inner = properties[name];
    return [name, inner ? fill(inner, value, depth + 1) : value] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function blank(shape: Schema, depth: number): unknown {
  if (mayBeNull(shape)) return null;
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf ?? shape.oneOf) return blank(resolve((shape.anyOf ?? shape.oneOf ?? [])[0] ?? {}), depth);
  switch (shape.type) {
    case "string":
      return BLANK[shape.format ?? ""] ?? "";
    case "integer":
    case "number":
      return 0;
    case "boolean":
      return false;
    case "array":
      return [];
    default:
      return depth > 6 ? {} : fill(shape, {}, depth + 1);
  }
}

function mayBeNull({ nullable, anyOf }: Schema): boolean {
  return nullable === true || anyOf?.some(({ type }) => type === "null") === true;
}

const BLANK: Readonly<Record<string, string>> = {
  uri: "https://api.github.com/",
  "date-time": "2026-01-01T00:00:00Z",
};
