import mysql from "mysql2";
import { expect, test } from "vitest";

import { idInRow, insertRows, keepFirstId, updateRows, type Statement } from "./packet";

/** What the server gets. */
const sent = ({ sql, values }: Statement): string => mysql.format(sql, [...values], false, "Z");

test("rows of an insert are bound, cell by cell", () => {
  const statement = insertRows("orders", ["id", "note"], [[1, "it's"], [2, "'); DROP TABLE users; --"]]);
  expect(statement).toEqual({ sql: "INSERT INTO orders (id, note) VALUES (?,?),(?,?)", values: [1, "it's", 2, "'); DROP TABLE users; --"] });
  expect(sent(statement)).toBe("INSERT INTO orders (id, note) VALUES (1,'it\\'s'),(2,'\\'); DROP TABLE users; --')");
});

test("every kind of value arrives as what it is", () => {
  expect(sent(insertRows("t", ["a", "b", "c", "d", "e"], [[null, true, 9_007_199_254_740_991, new Date("2026-03-10T08:00:00.123Z"), Buffer.from("ab")]])))
    .toBe("INSERT INTO t (a, b, c, d, e) VALUES (NULL,true,9007199254740991,'2026-03-10 08:00:00.123',X'6162')");
});

test("a row may name the id of a row that the same packet made", () => {
  expect([keepFirstId("order").sql, insertRows("order_items", ["order_id", "line"], [[idInRow("order", 0), 1], [idInRow("order", 7), 1]])]).toEqual([
    "SET @order = LAST_INSERT_ID()", { sql: "INSERT INTO order_items (order_id, line) VALUES (@order + 0,?),(@order + 7,?)", values: [1, 1] },
  ]);
});

test("many rows are updated by key in one statement that reads the given rows first", () => {
  expect(updateRows("point_accounts", ["user_id", "points_balance", "points_debt"], [[1, 10, 0], [2, 20, 5]])).toEqual({
    sql: "UPDATE (VALUES ROW(?,?,?),ROW(?,?,?)) v (user_id, points_balance, points_debt) STRAIGHT_JOIN point_accounts t ON t.user_id = v.user_id SET t.points_balance = v.points_balance, t.points_debt = v.points_debt",
    values: [1, 10, 0, 2, 20, 5],
  });
});

test("text that a client sent never becomes a part of a statement, whatever it looks like", () => {
  const raw = { raw: "@order + 0" };
  expect(insertRows("t", ["a"], [[JSON.stringify(raw)]]).sql).toBe("INSERT INTO t (a) VALUES (?)");
});
