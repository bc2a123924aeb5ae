import type { Route } from "next";
import { listAddress, type AnyShape, type AnyState } from "@/lib/list-address";

/** What a table needs to know of its list: the columns that are shown, the order, and where its headings lead. */
export type ListFace = { columns: readonly string[]; sorted: { by: string; down: boolean } | null; sortHrefs: Readonly<Record<string, Route>>; /** Rows carry a box to choose them by: what the boxes are called. */ select: { all: string; row: string } | null };

/** A heading sorts the largest or latest first, and once more the other way round. */
export function faceOf(shape: AnyShape, state: AnyState, select: ListFace["select"] = null): ListFace {
  const sortHrefs = Object.fromEntries(shape.sorts.map((by: string) => [by, listAddress(shape, state, { sort: { by, down: !(state.sort?.by === by && state.sort.down) } }) as Route]));
  return { columns: state.columns, sorted: state.sort, sortHrefs, select };
}
