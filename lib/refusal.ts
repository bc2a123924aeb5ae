/** Every "no" the domain can say, with its HTTP status. The sentence for each is in `messages/<locale>/refusals.json`. */
export const REFUSALS = {
  invalid_input: 400,
  weak_password: 400,
  link_invalid: 400,
  rule_conflict: 400,
  unknown_action: 400,
  points_only_product: 400,
  points_not_accepted: 400,
  too_many_points: 400,
  quantity_over_limit: 400,
  address_required: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  forbidden: 403,
  foreign_origin: 403,
  email_unverified: 403,
  account_held: 403,
  account_frozen: 403,
  not_found: 404,
  method_not_allowed: 405,
  email_taken: 409,
  username_taken: 409,
  slug_taken: 409,
  already_checked_in: 409,
  already_earned: 409,
  make_up_not_possible: 409,
  make_up_limit: 409,
  time_zone_changed_lately: 409,
  task_not_open: 409,
  task_not_done: 409,
  task_already_claimed: 409,
  already_reviewed: 409,
  not_received: 409,
  already_settled: 409,
  addresses_full: 409,
  erasure_blocked: 409,
  insufficient_points: 409,
  sold_out: 409,
  not_on_sale: 409,
  price_changed: 409,
  purchase_limit: 409,
  order_not_payable: 409,
  order_not_cancellable: 409,
  order_not_shippable: 409,
  order_not_receivable: 409,
  order_not_refundable: 409,
  stock_too_low: 409,
  last_owner: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  request_key_reused: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof REFUSALS;

/** Facts for the sentence: numbers and short texts only, never another person's data. */
export type RefusalDetail = Readonly<Record<string, string | number>>;

export type Refused = { ok: false; code: RefusalCode; detail: RefusalDetail };
export type Decision<T> = { ok: true; value: T } | Refused;

export const allow = <T>(value: T): Decision<T> => ({ ok: true, value });

export const refuse = (code: RefusalCode, detail: RefusalDetail = {}): Refused => ({ ok: false, code, detail });

/** A refusal on its way out of a transaction, which it rolls back. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: RefusalCode,
    readonly detail: RefusalDetail = {},
  ) {
    super(code);
  }

  get status(): number {
    return REFUSALS[this.code];
  }
}

/** The value of a decision, or its refusal thrown. */
export function orRefuse<T>(decision: Decision<T>): T {
  if (decision.ok) return decision.value;
  throw new Refusal(decision.code, decision.detail);
}

export const isRefusal = (error: unknown): error is Refusal => error instanceof Error && error.name === "Refusal" && "code" in error;
