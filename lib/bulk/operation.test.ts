import { expect, test } from "vitest";

import { permissionsOf } from "@/lib/accounts/permission";

import { BULK_AT_ONCE, idsFrom, isOperation, isOver, operationsFor } from "./operation";
import { BulkInput } from "./schema";

const role = (builtIn: "manager" | "support" | "fulfilment" | "analyst") => permissionsOf("staff", { builtIn, permissions: [] });
const form = { requestId: "k", operation: "users.unfreeze", scope: "chosen", ids: "3,1" };
const fieldsAtFault = (input: object) => BulkInput.safeParse(input).error?.issues.map(({ path }) => path.join(".")) ?? [];

test("a role is offered what it may do, and an analyst nothing", () => {
  expect(operationsFor("orders", role("fulfilment"))).toEqual(["orders.complete"]);
  expect(operationsFor("orders", role("support"))).toEqual(["orders.cancel"]);
  expect(operationsFor("users", role("support"))).toEqual(["users.freeze", "users.unfreeze", "users.end_sessions"]);
  expect(operationsFor("reviews", role("support"))).toEqual(["reviews.approve", "reviews.reject"]);
  expect(operationsFor("rules", role("support"))).toEqual([]);
  expect((["orders", "users", "products", "reviews", "rules", "tasks", "coupons"] as const).flatMap((list) => operationsFor(list, role("analyst")))).toEqual([]);
});

test("ids are whole numbers, each once, in the order in which they are done", () => {
  expect(idsFrom("9,3,3,x,-1,0,1e3, 7,12")).toEqual([3, 9, 12]);
  expect(idsFrom("")).toEqual([]);
});

test("an operation is told what it needs, and no more rows are chosen than run at once", () => {
  expect(BulkInput.parse(form)).toMatchObject({ ids: [1, 3], query: "" });
  expect(fieldsAtFault({ ...form, operation: "users.freeze" })).toEqual(["reason"]);
  expect(fieldsAtFault({ ...form, operation: "users.freeze", reason: "ab" })).toEqual(["reason"]);
  expect(fieldsAtFault({ ...form, operation: "users.freeze", reason: " risk:velocity" })).toEqual(["reason"]);
  expect(fieldsAtFault({ ...form, operation: "users.coupon", templateId: "" })).toEqual(["templateId"]);
  expect(fieldsAtFault({ ...form, ids: "" })).toEqual(["ids"]);
  expect(fieldsAtFault({ ...form, ids: Array.from({ length: BULK_AT_ONCE + 1 }, (_, index) => index + 1).join() })).toEqual(["ids"]);
  expect(fieldsAtFault({ ...form, scope: "matching", ids: "" })).toEqual([]);
  expect(fieldsAtFault({ ...form, operation: "users.erase" })).toEqual(["operation"]);
});

test("only what is in the registry is an operation", () => {
  expect(["users.freeze", "constructor", "users"].map(isOperation)).toEqual([true, false, false]);
  expect((["queued", "running", "done", "stopped"] as const).map((status) => isOver({ status }))).toEqual([false, false, true, true]);
});
