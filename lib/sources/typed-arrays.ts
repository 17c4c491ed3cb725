type TypedArray = Int32Array | Uint8Array | Uint32Array | Float64Array;

/**
 * A longer array with the same beginning, zeros after it. The old one is empty at once: left to be collected, arrays
 * outgrown would add up to more than those in use.
 */
export function lengthened<List extends TypedArray>(list: List, length: number): List {
  const { buffer, BYTES_PER_ELEMENT: bytes, constructor } = list;
  const longer = (buffer as ArrayBuffer).transfer(length * bytes);
  return new (constructor as new (memory: ArrayBuffer) => List)(longer);
}

/** Gives up the memory of an array that nobody will read again. */
export function emptied<List extends TypedArray>(list: List): List {
  return lengthened(list, 0);
}
