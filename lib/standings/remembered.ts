/** Works something out once for each list; equal lists of a tenant are the same array. */
export function remembered<Value>(
  workOut: (list: readonly string[]) => Value,
): (list: readonly string[]) => Value {
  const known = new Map<readonly string[], Value>();
  return (list) => {
    const value = known.get(list) ?? workOut(list);
    known.set(list, value);
    return value;
  };
}
