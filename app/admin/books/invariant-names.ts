import type { getTranslations } from "next-intl/server";

type BooksWords = Awaited<ReturnType<typeof getTranslations<"adminBooks">>>;

/** An invariant in the reader's language. One that was renamed since it was broken is told by the name it had. */
export function invariantName(name: string, t: BooksWords): string {
  const key = `invariants.${name}` as Parameters<BooksWords>[0];
  return t.has(key) ? t(key) : name;
}
