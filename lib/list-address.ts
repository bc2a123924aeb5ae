import type { Day } from "./day";

// A list as its address says it: what is searched, the filters, the order, the columns, the page and the saved view. Whatever else an address says is not heard.

/** Rows of one page. */
export const LIST_PAGE = 20;
const PAGES_MAX = 5_000;
const TEXT_MAX = 100;
const VALUE_MAX = 200;

/** Reads one value of an address; undefined for what makes no sense. */
export type Parser<T> = (text: string) => T | undefined;

/** One of the known words. */
export const oneOf = <const Word extends string>(words: readonly Word[]): Parser<Word> => (text) => words.find((word) => word === text);

/** A positive whole number. */
export const idIn: Parser<number> = (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined);

/** A day that the calendar has. */
export const dayIn: Parser<Day> = (text) => {
  if (!/^(19|20)\d{2}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? (text as Day) : undefined;
};

/** A short name such as an id of 22 letters. */
export const wordIn: Parser<string> = (text) => (/^[\w.@-]{1,64}$/.test(text) ? text : undefined);

type Filters = Readonly<Record<string, Parser<string | number>>>;

export type ListShape<F extends Filters = Filters, Sort extends string = string> = {
  /** Names the list among those that views are saved of. */
  key: string;
  path: string;
  filters: F;
  /** Columns that can be shown; the first always is. */
  columns: readonly string[];
  /** Columns that are only shown when chosen. */
  hidden?: readonly string[];
  /** Columns that the rows can be sorted by. */
  sorts: readonly Sort[];
  /** The order of a list that was asked for no other: "-" means the largest or latest first. */
  sort: [Sort] extends [never] ? "" : NoInfer<Sort> | `-${NoInfer<Sort>}`;
};

export const defineList = <F extends Filters, const Sort extends string = never>(shape: ListShape<F, Sort>): ListShape<F, Sort> => shape;

export type ListSort<Sort extends string = string> = { by: Sort; down: boolean };
export type ListFilters<F extends Filters> = { [Name in keyof F]?: F[Name] extends Parser<infer Value> ? Value : never };

export type ListState<Shape> = Shape extends ListShape<infer F, infer Sort>
  ? {
      q: string;
      filters: ListFilters<F>;
      sort: [Sort] extends [never] ? null : ListSort<Sort>;
      /** In the order of the shape. */
      columns: readonly string[];
      page: number;
      /** The saved view that it began with. */
      view: number | null;
    }
  : never;

/** Any list's state, for those who do not look inside. */
export type AnyState = { q: string; filters: Readonly<Record<string, string | number | undefined>>; sort: ListSort | null; columns: readonly string[]; page: number; view: number | null };
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyShape = ListShape<any, any>;

export type Params = URLSearchParams | Readonly<Record<string, string | string[] | undefined>>;

const allOf = (params: Params, name: string): string[] => {
  const given = params instanceof URLSearchParams ? params.getAll(name) : (Object.hasOwn(params, name) ? params[name] : undefined);
  return given === undefined ? [] : typeof given === "string" ? [given] : given;
};

const oneFrom = (params: Params, name: string): string => (allOf(params, name)[0] ?? "").trim().slice(0, VALUE_MAX);

export function readList<Shape extends AnyShape>(shape: Shape, params: Params): ListState<Shape> {
  const filters = Object.fromEntries(Object.keys(shape.filters).flatMap((name) => {
    const text = oneFrom(params, name);
    const value = text === "" ? undefined : (shape.filters[name] as Parser<string | number>)(text);
    return value === undefined ? [] : [[name, value]];
  }));
  const state: AnyState = {
    q: oneFrom(params, "q").slice(0, TEXT_MAX), filters, sort: sortFrom(shape, oneFrom(params, "sort")), columns: columnsFrom(shape, allOf(params, "cols")),
    page: Math.min(idIn(oneFrom(params, "page")) ?? 1, PAGES_MAX), view: idIn(oneFrom(params, "v")) ?? null,
  };
  return state as ListState<Shape>;
}

function sortFrom(shape: AnyShape, text: string): ListSort | null {
  const by = text.replace(/^-/, "");
  if (shape.sorts.includes(by)) return { by, down: text.startsWith("-") };
  return shape.sort === "" ? null : { by: shape.sort.replace(/^-/, ""), down: shape.sort.startsWith("-") };
}

const sortText = (sort: ListSort | null): string => (sort ? `${sort.down ? "-" : ""}${sort.by}` : "");

export const usualColumns = (shape: AnyShape): string[] => shape.columns.filter((column) => !shape.hidden?.includes(column));

function columnsFrom(shape: AnyShape, given: readonly string[]): string[] {
  const asked = given.slice(0, VALUE_MAX).flatMap((text) => text.slice(0, 1_000).split(","));
  const known = shape.columns.filter((column, index) => index === 0 || asked.includes(column));
  return known.length > 1 ? known : usualColumns(shape);
}

/** The columns as a view keeps them: null for the list's own choice. */
export const chosenColumns = (shape: AnyShape, state: Pick<AnyState, "columns">): string[] | null =>
  state.columns.join() === usualColumns(shape).join() ? null : [...state.columns];

export type ListChange = Partial<Omit<AnyState, "filters">> & { /** Undefined takes a filter off. */ filters?: Readonly<Record<string, string | number | undefined>> };

/** What the list's address says beside its page and its view, in one order whatever the order it was asked in: two that show the same are the same. */
export function storedQuery(shape: AnyShape, state: AnyState): string {
  const query = new URLSearchParams();
  if (state.q) query.set("q", state.q);
  for (const name of Object.keys(shape.filters)) if (state.filters[name] !== undefined) query.set(name, String(state.filters[name]));
  const sort = sortText(state.sort);
  if (sort !== shape.sort) query.set("sort", sort);
  return query.toString();
}

/** The parameters of a list that is changed in one thing. With another filter, order or search it starts again at its first page. */
export function listParams(shape: AnyShape, state: AnyState, { filters, ...changed }: ListChange = {}): URLSearchParams {
  const next: AnyState = { ...state, page: 1, ...changed, filters: { ...state.filters, ...filters } };
  const query = new URLSearchParams(storedQuery(shape, next));
  const columns = chosenColumns(shape, next);
  if (columns) query.set("cols", columns.join(","));
  if (next.view !== null) query.set("v", String(next.view));
  if (next.page > 1) query.set("page", String(next.page));
  return query;
}

export function listAddress(shape: AnyShape, state: AnyState, changed: ListChange = {}): string {
  const query = listParams(shape, state, changed).toString();
  return query === "" ? shape.path : `${shape.path}?${query}`;
}

/** Whether anything is asked of the list that could hide rows. */
export const isFiltered = ({ q, filters }: Pick<AnyState, "q" | "filters">): boolean => q !== "" || Object.values(filters).some((value) => value !== undefined);

/** The part of all rows that a page shows. */
export const pageWindow = ({ page }: Pick<AnyState, "page">, pageSize: number = LIST_PAGE): { limit: number; offset: number } => ({ limit: pageSize, offset: (page - 1) * pageSize });

/** An address as the audit trail keeps it: what was searched may name a person, and the trail is for ever. */
export function withoutSearch(params: URLSearchParams): string {
  const kept = new URLSearchParams([...params].filter(([name]) => name !== "q" && name !== "ids"));
  return kept.toString().slice(0, 500);
}

/** Rows of a short list that have a text in them, in capitals or not. */
export function searchRows<Row>(rows: readonly Row[], q: string, textsOf: (row: Row) => readonly string[]): Row[] {
  const wanted = q.trim().toLowerCase();
  return rows.filter((row) => wanted === "" || textsOf(row).some((text) => text.toLowerCase().includes(wanted)));
}

/** Rows of a short list in the order that was asked for; rows that are alike keep their places, and what has no value comes last. */
export function sortRows<Row, Sort extends string>(rows: readonly Row[], sort: ListSort<Sort>, keys: Readonly<Record<Sort, (row: Row) => string | number | Date | null>>): Row[] {
  const keyOf = keys[sort.by];
  const way = sort.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return way * (typeof x === "string" && typeof y === "string" ? x.localeCompare(y, "zh-Hans-CN") : Number(x) - Number(y));
  });
}
