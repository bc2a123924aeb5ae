/** A category as its place in the tree. */
export type Placed = { id: number; parentId: number | null };
/** With how deep it is: 1 at the top. */
export type Leveled<Category> = Category & { depth: number };

/** Shops, shelves, boards: deeper than that nobody finds anything. */
export const DEPTH_MAX = 3;

export type TreeConflict = "parent_missing" | "category_cycle" | "category_too_deep";

/**
 * The categories as one reads the tree: each under its parent, siblings in the order in which they are given. What hangs on
 * nothing, or on itself, stands at the top: it is shown rather than lost.
 */
export function inTreeOrder<Category extends Placed>(categories: readonly Category[]): Leveled<Category>[] {
  const known = new Map(categories.map((category) => [category.id, category]));
  const isTop = (category: Category): boolean => category.parentId === null || !known.has(category.parentId) || pathOf(categories, category.id)[0]!.parentId !== null;
  const under = (parent: Category | null, depth: number): Leveled<Category>[] =>
    categories
      .filter((category) => (parent ? category.parentId === parent.id && !isTop(category) : isTop(category)))
      .flatMap((category) => [{ ...category, depth }, ...under(category, depth + 1)]);
  return under(null, 1);
}

/** The way from the top down to a category, itself the last; empty for one that is not there. */
export function pathOf<Category extends Placed>(categories: readonly Category[], id: number | null): Category[] {
  const known = new Map(categories.map((category) => [category.id, category]));
  const path: Category[] = [];
  for (let at = known.get(id ?? NaN); at && !path.includes(at); at = known.get(at.parentId ?? NaN)) path.unshift(at);
  return path;
}

/** The ids of a category and of all that are in it, however deep. */
export function withDescendants(categories: readonly Placed[], id: number): number[] {
  const found = new Set([id]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const category of categories) if (category.parentId !== null && found.has(category.parentId)) found.add(category.id);
  }
  return [...found];
}

/** Why a category cannot be put under `parentId`, with all that is in it; null when it can. A new one has no id yet. */
export function conflictOf(categories: readonly Placed[], id: number | null, parentId: number | null): TreeConflict | null {
  if (parentId === null) return id !== null && heightOf(categories, id) > DEPTH_MAX ? "category_too_deep" : null;
  if (!categories.some((category) => category.id === parentId)) return "parent_missing";
  if (id !== null && withDescendants(categories, id).includes(parentId)) return "category_cycle";
  const above = pathOf(categories, parentId).length;
  return above + (id === null ? 1 : heightOf(categories, id)) > DEPTH_MAX ? "category_too_deep" : null;
}

/** How many levels a category and what is in it take. */
function heightOf(categories: readonly Placed[], id: number): number {
  const own = withDescendants(categories, id);
  const inside = categories.filter((category) => own.includes(category.id)).map((category) => (category.id === id ? { ...category, parentId: null } : category));
  return Math.max(...own.map((each) => pathOf(inside, each).length));
}
