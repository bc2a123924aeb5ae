/** One line of the table. `ratioToLimit` compares with the one-row durable INSERT of the same run. */
export type Figure = { name: string; perSecond: number; p50Ms: number; p99Ms: number; ratioToLimit: number };

export type Sample = { perSecond: number; p50Ms: number; p99Ms: number };

/** Runs `count` calls from `callers` at once, each starting its next when the last has answered. */
export async function drive(count: number, callers: number, call: (index: number) => Promise<unknown>): Promise<Sample> {
  const took: number[] = new Array<number>(count);
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      const startedAt = performance.now();
      await call(index);
      took[index] = performance.now() - startedAt;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - startedAt) / 1_000;
  took.sort((a, b) => a - b);
  return { perSecond: count / seconds, p50Ms: took[Math.floor(count * 0.5)]!, p99Ms: took[Math.floor(count * 0.99)]! };
}

/** The sample of the median speed. */
export function median(samples: readonly Sample[]): Sample {
  const sorted = [...samples].sort((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)]!;
}
