import type { Permission } from "@/lib/accounts/permission";
import { LISTS, type ListKey } from "@/lib/views/list";

/** Rows that are done while somebody waits for the answer; more become the job's. */
export const BULK_AT_ONCE = 100;
/** Rows of one run. */
export const BULK_MAX = 100_000;

/** The code of a row that is tried again: no failure yet. */
export const TRIED = "tried";

export type BulkParam = "reason" | "templateId" | "categoryId";
type Operation = { list: Extract<ListKey, "orders" | "users" | "products" | "reviews" | "rules" | "tasks" | "coupons">; permission: Permission; /** What it needs to be told. */ params: readonly BulkParam[]; /** Hard to take back. */ isGrave?: boolean };

/** What can be done to many rows of a list at once, and what it takes. */
export const OPERATIONS = {
  "orders.complete": { list: "orders", permission: "orders.fulfil", params: [] },
  "orders.cancel": { list: "orders", permission: "orders.refund", params: ["reason"], isGrave: true },
  "users.freeze": { list: "users", permission: "people.manage", params: ["reason"], isGrave: true },
  "users.unfreeze": { list: "users", permission: "people.manage", params: [] },
  "users.end_sessions": { list: "users", permission: "people.manage", params: [] },
  "users.coupon": { list: "users", permission: "marketing.write", params: ["templateId"] },
  "products.publish": { list: "products", permission: "products.write", params: [] },
  "products.archive": { list: "products", permission: "products.write", params: [], isGrave: true },
  "products.category": { list: "products", permission: "products.write", params: ["categoryId"] },
  "reviews.approve": { list: "reviews", permission: "reviews.moderate", params: [] },
  "reviews.reject": { list: "reviews", permission: "reviews.moderate", params: ["reason"], isGrave: true },
  "rules.switch_on": { list: "rules", permission: "programme.write", params: [] },
  "rules.archive": { list: "rules", permission: "programme.write", params: [], isGrave: true },
  "tasks.publish": { list: "tasks", permission: "programme.write", params: [] },
  "tasks.archive": { list: "tasks", permission: "programme.write", params: [], isGrave: true },
  "coupons.publish": { list: "coupons", permission: "marketing.write", params: [] },
  "coupons.archive": { list: "coupons", permission: "marketing.write", params: [], isGrave: true },
} as const satisfies Record<string, Operation>;

export type OperationKey = keyof typeof OPERATIONS;
export type BulkList = Operation["list"];

export const OPERATION_KEYS = Object.keys(OPERATIONS) as OperationKey[];
export const isOperation = (key: string): key is OperationKey => Object.hasOwn(OPERATIONS, key);

/** An operation takes its own permission and that of its list. */
export const mayRun = (permissions: ReadonlySet<Permission>, key: OperationKey): boolean => permissions.has(OPERATIONS[key].permission) && permissions.has(LISTS[OPERATIONS[key].list]);

/** What somebody may do to many rows of a list. */
export const operationsFor = (list: BulkList, permissions: ReadonlySet<Permission>): OperationKey[] => OPERATION_KEYS.filter((key) => OPERATIONS[key].list === list && mayRun(permissions, key));

/** What an operation was told. */
export type BulkParams = { reason?: string; templateId?: number; categoryId?: number; /** The newest row that was there when it was asked for: later ones are not meant. */ upTo: number };

export type Progress = { status: "queued" | "running" | "done" | "stopped"; total: number; done: number; failed: number };

export const isOver = ({ status }: Pick<Progress, "status">): boolean => status === "done" || status === "stopped";

/** Ids as a form sends them: whole numbers, each once, in the order in which a run does them. */
export function idsFrom(text: string): number[] {
  const ids = text.split(",").filter((each) => /^[1-9]\d{0,14}$/.test(each)).map(Number);
  return [...new Set(ids)].sort((a, b) => a - b);
}
