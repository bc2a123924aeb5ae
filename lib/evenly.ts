/** Longer than what any of the ways through the work takes, so that they end on the same beat. */
const BEAT_MS = 250;

/** Does the work and answers on the next beat after the question, so that the time an answer took does not tell what was done. */
export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const askedAt = performance.now();
  try {
    return await work();
  } finally {
    const elapsed = performance.now() - askedAt;
    await new Promise((wake) => setTimeout(wake, BEAT_MS - (elapsed % BEAT_MS)));
  }
}
