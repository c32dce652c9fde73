/** OpenAI's own description of its API, where `OPENAI_SPEC` says where it is: what the server says, and what it is told, can be held to it. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

/** Checks values against the schemas of a document. */
export interface ApiSpec {
  /** What is wrong with a value of the named schema, such as `Response`; nothing if it fits. */
  problemsOf(schema: string, value: unknown): readonly string[];
}

/** The document that `OPENAI_SPEC` names (`openapi.json` of openai/openai-openapi); undefined where it names none. */
export function openApiSpec(path: string | undefined = process.env["OPENAI_SPEC"]): ApiSpec | undefined {
  if (path === undefined || path === "") return undefined;
  const document = withoutOldWords(JSON.parse(readFileSync(path, "utf8"))) as object;
  // Formats and the words of OpenAPI are no part of what is checked.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, "openai");
  return {
    problemsOf: (schema, value) => {
      const validate = ajv.compile({ $ref: `openai#/components/schemas/${schema}` });
      return validate(value)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${String(message)}`);
    },
  };
}

/** `nullable` is of an older OpenAPI than the document says to be, and stands without a type at times; discriminators only guide readers. */
function withoutOldWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOldWords);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, inner]) => !(name === "nullable" && typeof inner === "boolean") && name !== "discriminator",
  );
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutOldWords(inner)]));
}
