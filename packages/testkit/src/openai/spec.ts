/** OpenAI's own description of its API, where `OPENAI_SPEC` says where it is: what the server says, and what it is told, can be held to it. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { unknownFields, type Schema } from "./spec-fields.ts";

/** Checks values against the schemas of a document. */
export interface ApiSpec {
  /** What is wrong with a value of the named schema, such as `Response`; nothing if it fits. A field that the schema does not have is wrong. */
  problemsOf(schema: string, value: unknown): readonly string[];
}

/** The document that `OPENAI_SPEC` names (`openapi.json` of openai/openai-openapi); undefined where it names none. */
export function openApiSpec(path: string | undefined = process.env["OPENAI_SPEC"]): ApiSpec | undefined {
  if (path === undefined || path === "") return undefined;
  const document = withoutOldWords(JSON.parse(readFileSync(path, "utf8"))) as OpenApiDocument;
  const { schemas } = document.components;
  // Formats and the words of OpenAPI are no part of what is checked.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, "openai");
  return {
    problemsOf: (name, value) => {
      const schema = schemas[name];
      if (!schema) return [`The document has no schema "${name}".`];
      const validate = ajv.compile({ $ref: `openai#/components/schemas/${name}` });
      const errors = validate(value) ? [] : (validate.errors ?? []);
      return [
        ...errors.map(({ instancePath, message }) => `${instancePath} ${String(message)}`),
        ...unknownFields(schema, value, schemas).map(field => `${field} is no field of ${name}`),
      ];
    },
  };
}

interface OpenApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
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
