import "server-only";

import { unstable_cache, updateTag } from "next/cache";
import { db } from "@/db/client";
import { listWindowEdges, searchProducts, type Listed, type ProductSearch } from "@/lib/catalog/listing/queries";
import { listCategories, type Category } from "@/lib/catalog/queries";
import { catalogVersion, renewCatalogVersion } from "@/lib/catalog-version";

// What is the same for everybody is read once and kept in the process's memory: names, prices, order, categories. Stock is not, and nothing of a person.

const TAGS = { catalog: "catalog", categories: "categories" } as const;

/**
 * After a change of what the shop lists: a product, its SKUs, prices, doors or pictures, a category, the name of a level. To be called by the action that
 * made it. The tags reach this process, the version all others.
 */
export async function catalogChanged(): Promise<void> {
  await renewCatalogVersion();
  updateTag(TAGS.catalog);
  updateTag(TAGS.categories);
}

/** One page of the listing as everybody sees it, or those of some segments. */
export async function keptListing(wanted: Omit<ProductSearch, "looker" | "now">, segmentIds: readonly number[], now: Date): Promise<Listed> {
  const known = await catalogAt(now);
  const looker = { shows: "all", segmentIds } as const;
  return known ? readListing(known.version, known.at, wanted, segmentIds) : searchProducts(db(), { ...wanted, looker, now });
}

export async function keptCategories(): Promise<Category[]> {
  const version = await catalogVersion();
  return version === null ? listCategories(db()) : readCategories(version);
}

/** Under whatever name something is kept, it is read anew after so long: a change that no action made, such as one by SQL, shows then. */
const KEPT_MS = 300_000;
const EDGES_KEPT_MS = 3_600_000;
const EDGES_MOST = 500;

type Known = { version: string; at: number };

/**
 * Under which name the listing of this instant is kept. Between two instants at which a window opens or closes it is the same, so it is read as of the
 * last of them. Null when nothing may be kept.
 */
async function catalogAt(now: Date): Promise<Known | null> {
  const version = await catalogVersion();
  if (version === null) return null;
  const time = now.getTime();
  const edges = await readEdges(version, beginning(time, EDGES_KEPT_MS));
  if (edges.length === EDGES_MOST && edges.at(-1)! <= time) return null;
  return { version, at: Math.max(beginning(time, KEPT_MS), edges.findLast((edge) => edge <= time) ?? 0) };
}

const beginning = (time: number, length: number): number => time - (time % length);

const readEdges = unstable_cache(
  async (_version: string, from: number): Promise<number[]> => (await listWindowEdges(new Date(from), EDGES_MOST)).map((edge) => edge.getTime()),
  ["window-edges"], { tags: [TAGS.catalog] },
);

const readListing = unstable_cache(
  async (_version: string, at: number, wanted: Omit<ProductSearch, "looker" | "now">, segmentIds: readonly number[]): Promise<Listed> =>
    searchProducts(db(), { ...wanted, looker: { shows: "all", segmentIds }, now: new Date(at) }),
  ["listing"], { tags: [TAGS.catalog] },
);

const readCategories = unstable_cache(async (_version: string): Promise<Category[]> => listCategories(db()), ["categories"], { tags: [TAGS.categories] });
