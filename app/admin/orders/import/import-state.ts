import type { ParcelVerdict } from "@/lib/orders/shipping/parcel-file";

export type CheckedRow = { row: number; number: string; carrier: string; trackingNumber: string; verdict: ParcelVerdict };

/** What a file of parcels came to. Plain data: it travels to the browser. */
export type ImportState = {
  step: "idle" | "refused" | "checked" | "done";
  message?: string;
  text: string;
  rows: CheckedRow[];
  ready: number;
  /** How many can be sent, in words, and what the button says. */
  summary: string;
  confirm: string;
};

export type ImportWords = {
  file: string; text: string; textHint: string; check: string; checking: string; result: string; caption: string; confirming: string;
  columns: Record<"row" | "number" | "carrier" | "trackingNumber" | "verdict", string>;
  verdicts: Record<ParcelVerdict, string>;
};
