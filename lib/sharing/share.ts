import type { UserId } from "@/lib/ctx";

/** What a link leads to: "shop", or a product by its slug. */
export type Share = { sharerId: UserId; subject: string };

export const SHOP = "shop";
const SUBJECT_MAX = 64;

/** Longer slugs are not shared: their column has no room. */
export const isSubject = (text: string): boolean => text.length <= SUBJECT_MAX && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);

/** The page behind a link. It is made here from a checked word, so a link leads nowhere else. */
export const pageOf = (subject: string): string => (subject === SHOP ? "/" : `/products/${subject}`);

/** What a request says about itself that tells whether a person opened the link. */
type Request = { method: string; headers: Pick<Headers, "get"> };

/** A person's browser that goes to the page: no preview, no prefetch, no picture that a page elsewhere loads from the link. */
export function isOpening({ method, headers }: Request): boolean {
  if (method !== "GET") return false;
  const purpose = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""} ${headers.get("x-moz") ?? ""}`;
  if (/prefetch|prerender|preview/i.test(purpose)) return false;
  const [mode, place] = [headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")];
  return (mode === null || mode === "navigate") && (place === null || place === "document");
}
