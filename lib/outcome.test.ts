import { DrizzleQueryError } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { z } from "zod";

import { DeadlineError, UnknownCommitError } from "@/db/transact";
import { expectErrors } from "@/test/errors";

import { LaneFullError } from "./lane";
import { describeError, errnoOf, log } from "./log";
import { parseInput, settle } from "./outcome";
import { allow, refuse, Refusal } from "./refusal";

const failingWith = (error: unknown) => settle(() => Promise.reject(error), "id-1");
const driverError = (facts: object) => Object.assign(new Error("SELECT * FROM users WHERE email = 'lin@example.com'"), facts);

test("a value, a refusal and a refusal that was thrown are answers", async () => {
  expect(await settle(async () => allow(5))).toEqual({ ok: true, value: 5 });
  expect(await settle(async () => refuse("sold_out", { left: 0 }))).toEqual({ ok: false, code: "sold_out", detail: { left: 0 } });
  expect(await failingWith(new Refusal("not_found"))).toEqual({ ok: false, code: "not_found", detail: {} });
});

test.each([
  ["a full lane", new LaneFullError("x")], ["a database that did not answer", new DeadlineError("x")], ["a commit that is unknown", new UnknownCommitError("x")],
  ["too many connections", driverError({ errno: 1040 })], ["a full disk", driverError({ errno: 1114 })], ["a lock", driverError({ errno: 1205 })], ["a deadlock", driverError({ errno: 1213 })], ["a statement cut off", driverError({ errno: 3024 })],
  ["no connection", driverError({ code: "ECONNREFUSED" })], ["a lost one", new Error("query failed", { cause: driverError({ code: "PROTOCOL_CONNECTION_LOST" }) })], ["a queue that is full", new Error("Queue limit reached.")],
])("after %s trying again is what helps: unavailable", async (_, error) => {
  expectErrors();
  expect(await failingWith(error)).toEqual({ ok: false, code: "unavailable", detail: { requestId: "id-1" } });
});

test.each([["a bug", new TypeError("x is not a function")], ["a duplicate", driverError({ errno: 1062 })], ["bad SQL", driverError({ errno: 1064 })], ["text", "thrown text"], ["nothing", undefined], ["a circle", circle()]])(
  "%s is the shop's fault, told by its id alone", async (_, error) => {
    expectErrors();
    expect(await failingWith(error)).toEqual({ ok: false, code: "internal", detail: { requestId: "id-1" } });
  });

function circle(): Error {
  const error = new Error("round");
  error.cause = error;
  return error;
}

test("what went wrong is logged under the id", async () => {
  expectErrors();
  const error = new TypeError("x");
  await failingWith(error);
  expect(vi.mocked(log.error)).toHaveBeenCalledWith({ err: error, requestId: "id-1" }, "request failed");
});

test("a log keeps an error's class, number and places, never the statement and its values", () => {
  const described = JSON.stringify(describeError(driverError({ errno: 1064, sql: "SELECT 'secret'" })));
  expect(described).toContain("1064");
  expect(described).not.toMatch(/lin@example|secret|SELECT/);
  expect(describeError("text")).toEqual({ type: "string" });
  const broken = new DrizzleQueryError("insert into users", ["lin@example.com"], Object.assign(new Error("read ECONNRESET"), { errno: -104, code: "ECONNRESET" }));
  expect(describeError(broken)).toMatchObject({ type: "Error", message: "read ECONNRESET" });
});

test("the driver's number is found under what wraps it, and a number that is none is not", () => {
  expect(errnoOf(new Error("outer", { cause: new Error("middle", { cause: driverError({ errno: 1213 }) }) }))).toBe(1213);
  expect([errnoOf(driverError({ errno: -111 })), errnoOf(driverError({ errno: "1213" })), errnoOf(null), errnoOf(circle())]).toEqual([undefined, undefined, undefined, undefined]);
});

const Form = z.strictObject({ quantity: z.int("field_invalid").min(1, "field_out_of_range"), inner: z.object({ name: z.string() }).optional() });

test("input that fits is parsed", () => {
  expect(parseInput(Form, { quantity: 2 })).toEqual({ ok: true, value: { quantity: 2 } });
});

test("each wrong field is named once, by its path, with a code that has a sentence", () => {
  expect(parseInput(Form, { quantity: 0.5, inner: { name: 1 } })).toEqual({ ok: false, code: "invalid_input", detail: {}, fields: { quantity: "field_invalid", "inner.name": "field_invalid" } });
  expect(parseInput(Form, { quantity: 0 })).toMatchObject({ fields: { quantity: "field_out_of_range" } });
  expect(parseInput(Form, null)).toMatchObject({ fields: { body: "field_invalid" } });
  expect(parseInput(Form, { quantity: 1, role: "owner" })).toMatchObject({ ok: false, code: "invalid_input" });
});

test("only a password that is weak and nothing else is a weak password", () => {
  const weak = z.object({ password: z.string().min(8, "password_weak"), age: z.number("field_invalid") });
  expect(parseInput(weak, { password: "1", age: 1 })).toMatchObject({ code: "weak_password" });
  expect(parseInput(weak, { password: "1", age: "x" })).toMatchObject({ code: "invalid_input" });
});
