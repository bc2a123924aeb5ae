/** A state that our own code must have prevented. Ends the request; the transaction rolls back. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

export function invariant(condition: unknown, always: string): asserts condition {
  if (!condition) throw new InvariantError(always);
}
