/** What the counter knows after a code was looked up. Plain data: it travels to the browser. */
export type FoundPickup = {
  requestId: string;
  orderId: string;
  number: string;
  title: string;
  point: string;
  person: string;
  items: { line: number; name: string; sku: string; picture: string; pieces: string }[];
  /** Why it cannot be handed over; null when it can. */
  obstacle: string | null;
};

export type Desk = { refused: string | null; code: string; found: FoundPickup | null };

export type DeskWords = {
  code: string; find: string; pending: string; scan: string; stop: string; scanning: string; noCamera: string; camera: string; hand: string; handing: string; next: string;
};
