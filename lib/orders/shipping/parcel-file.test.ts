import { expect, test } from "vitest";

import { judgeParcels, orderIdsIn, parcelRows, type ParcelOrder } from "./parcel-file";

const order = (id: number, more: Partial<ParcelOrder> = {}): ParcelOrder =>
  ({ id, publicId: `order-${id}`, number: `P26112100${id}0`, status: "paid", owesParcels: true, trackingNumbers: [], ...more });

test("columns are found by their headings, in either language and any order, or by their place", () => {
  const row = { number: "P2611210010", carrier: "顺丰", trackingNumber: "SF1" };
  expect(parcelRows([["备注", "运单号", "订单号", "快递公司"], ["x", "SF1", "p2611210010", "顺丰"]])).toEqual([{ row: 2, ...row }]);
  expect(parcelRows([["Order number", "Carrier", "Tracking number"], ["P2611210010", "顺丰", "'SF1"]])).toEqual([{ row: 2, ...row }]);
  expect(parcelRows([["P2611210010", "顺丰", "SF1"]])).toEqual([{ row: 1, ...row }]);
});

test("every row has its verdict before anything is written", () => {
  const rows = parcelRows([
    ["P2611210010", "SF", "1"], ["P2611210020", "SF", "2"], ["P2611210030", "SF", "3"], ["P2611210040", "SF", "4"], ["P2611210010", "SF", "5"], ["P2611210090", "SF", "6"], ["P2611210050", "", "7"],
    ["P2611210050", "SF", "8".repeat(61)], ["nonsense", "SF", "9"],
  ]);
  const orders = [order(1), order(2, { status: "shipped", owesParcels: false, trackingNumbers: ["2"] }), order(3, { status: "pending" }), order(4, { owesParcels: false }), order(5)];
  expect(judgeParcels(rows, orders).map(({ verdict }) => verdict)).toEqual(["ready", "sent", "not_shippable", "not_shippable", "repeated", "unknown", "incomplete", "too_long", "unknown"]);
});

test("a number names the order of its day alone", () => {
  const rows = parcelRows([["P2611200010", "SF", "1"]]);
  expect(orderIdsIn(rows)).toEqual([10]);
  expect(judgeParcels(rows, [order(1)])[0]).toMatchObject({ verdict: "unknown", orderId: null });
});
