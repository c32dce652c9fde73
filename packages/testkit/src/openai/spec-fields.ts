/** The fields of a value that its schema does not name: a validator lets them pass, as schemas are open unless they say otherwise. */

/** The words of a schema that say which fields there are. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

type Schemas = Readonly<Record<string, Schema>>;

/** Paths of the fields that no alternative of the schema has; where an object is free to have any, none is unknown. */
export function unknownFields(schema: Schema, value: unknown, all: Schemas): readonly string[] {
  return unknownIn([schema], value, all, "");
}

function unknownIn(given: readonly Schema[], value: unknown, all: Schemas, path: string): readonly string[] {
  const schemas = alternativesOf(given, all);
  if (Array.isArray(value)) {
    const items = schemas.flatMap(({ items: each }) => each ?? []);
    return value.flatMap((item, index) => unknownIn(items, item, all, `${path}/${index}`));
  }
  if (typeof value !== "object" || value === null) return [];
  const objects = schemas.filter(({ properties }) => properties !== undefined);
  const isFree = objects.length === 0 || schemas.some(({ additionalProperties: more }) => Boolean(more));
  return Object.entries(value).flatMap(([name, inner]) => {
    const of = objects.flatMap(({ properties }) =>
      properties && Object.hasOwn(properties, name) ? [properties[name] as Schema] : [],
    );
    if (of.length > 0) return unknownIn(of, inner, all, `${path}/${name}`);
    return isFree ? [] : [`${path}/${name}`];
  });
}

/** The schemas themselves and all that they are put together from. */
function alternativesOf(given: readonly Schema[], all: Schemas): readonly Schema[] {
  const found = new Set<Schema>();
  const add = (schema: Schema): void => {
    if (found.has(schema)) return;
    found.add(schema);
    const target = schema.$ref === undefined ? undefined : all[schema.$ref.split("/").at(-1) ?? ""];
    if (target) add(target);
    for (const parts of [schema.allOf, schema.anyOf, schema.oneOf]) parts?.forEach(add);
  };
  given.forEach(add);
  return [...found];
}
