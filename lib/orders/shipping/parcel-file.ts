import type { OrderStatus } from "@/db/schema/orders";

import { idInOrderNumber } from "../status";

/** Rows of one file. */
export const PARCEL_ROWS_MAX = 2_000;
const CARRIER_MAX = 40;
const TRACKING_MAX = 60;

/** What becomes of a row: it is sent; it was sent before, and nothing changes; or why not. */
export const PARCEL_VERDICTS = ["ready", "sent", "incomplete", "too_long", "unknown", "repeated", "not_shippable"] as const;
export type ParcelVerdict = (typeof PARCEL_VERDICTS)[number];

export type ParcelRow = { /** Its line in the file, from 1. */ row: number; number: string; carrier: string; trackingNumber: string };
export type JudgedParcel = ParcelRow & { verdict: ParcelVerdict; orderId: string | null };
/** What is known of an order that a file names. */
export type ParcelOrder = { id: number; publicId: string; number: string; status: OrderStatus; owesParcels: boolean; trackingNumbers: readonly string[] };

const HEADINGS: Record<"number" | "carrier" | "trackingNumber", RegExp> = {
  number: /^(订单号|订单编号|order( ?number| ?no\.?)?|number)$/i,
  carrier: /^(承运商|快递公司|物流公司|快递|carrier|courier)$/i,
  trackingNumber: /^(运单号|快递单号|物流单号|tracking( ?number| ?no\.?)?)$/i,
};

/** The rows below the headings; without headings the first three columns are the order, the carrier and the number. */
export function parcelRows(cells: readonly (readonly string[])[]): ParcelRow[] {
  const head = cells[0] ?? [];
  const at = (name: keyof typeof HEADINGS): number => head.findIndex((cell) => HEADINGS[name].test(cell));
  const named = { number: at("number"), carrier: at("carrier"), trackingNumber: at("trackingNumber") };
  const hasHead = Object.values(named).some((index) => index >= 0);
  const columns = hasHead ? named : { number: 0, carrier: 1, trackingNumber: 2 };
  const cell = (row: readonly string[], index: number): string => plain(row[index] ?? "");
  return cells.slice(hasHead ? 1 : 0).map((row, index) => ({
    row: index + (hasHead ? 2 : 1), number: cell(row, columns.number).toUpperCase(), carrier: cell(row, columns.carrier), trackingNumber: cell(row, columns.trackingNumber),
  }));
}

/** Without the apostrophe by which a spreadsheet keeps a long number from becoming 1.2E+11. */
const plain = (text: string): string => text.replace(/^'/, "").trim();

/** The ids in these numbers, to look them up. */
export const orderIdsIn = (rows: readonly ParcelRow[]): number[] => [...new Set(rows.flatMap(({ number }) => idInOrderNumber(number) ?? []))];

/** Judges every row before anything is written. Of two rows for one order the first counts. */
export function judgeParcels(rows: readonly ParcelRow[], orders: readonly ParcelOrder[]): JudgedParcel[] {
  const known = new Map(orders.map((order) => [order.number, order]));
  const taken = new Set<string>();
  return rows.map((row) => {
    const order = known.get(row.number);
    const verdict = verdictOf(row, order, taken);
    if (order) taken.add(order.publicId);
    return { ...row, verdict, orderId: order?.publicId ?? null };
  });
}

function verdictOf({ number, carrier, trackingNumber }: ParcelRow, order: ParcelOrder | undefined, taken: ReadonlySet<string>): ParcelVerdict {
  if (number === "" || carrier === "" || trackingNumber === "") return "incomplete";
  if (carrier.length > CARRIER_MAX || trackingNumber.length > TRACKING_MAX) return "too_long";
  if (!order) return "unknown";
  if (taken.has(order.publicId)) return "repeated";
  if (order.trackingNumbers.includes(trackingNumber)) return "sent";
  return order.status === "paid" && order.owesParcels ? "ready" : "not_shippable";
}
