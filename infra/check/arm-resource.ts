/** A resource as a deployment would make it, in the form of ARM JSON. */
export interface ArmResource {
  readonly type: string;
  readonly name?: string;
  readonly id?: string;
  readonly sku?: Json;
  readonly identity?: Json;
  readonly properties?: Json;
}

export interface Json {
  readonly [key: string]: unknown;
}

/** What has to hold of the resources, as a sentence, and whether it does. */
export type Expectation = readonly [sentence: string, holds: boolean];

/** All resources of a type, whatever its case. */
export type ResourcesOf = (type: string) => readonly ArmResource[];

/** The value at a path of the properties; undefined where there is none. */
export function at(resource: ArmResource | undefined, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Json)[key] : undefined,
    resource?.properties,
  );
}

/** Whether two values are written the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
