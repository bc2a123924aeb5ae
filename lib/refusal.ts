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
  too_few_points: 400,
  pickup_point_required: 400,
  empty_order: 400,
  coupon_code_wrong: 400,
  second_factor_wrong: 400,
  picture_unreadable: 400,
  attachment_unreadable: 400,
  callback_forged: 400,
  quantity_over_limit: 400,
  address_required: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  forbidden: 403,
  foreign_origin: 403,
  email_unverified: 403,
  second_factor_needed: 403,
  second_factor_required: 403,
  account_held: 403,
  account_frozen: 403,
  not_eligible: 403,
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
  not_sold_out: 409,
  watches_full: 409,
  not_on_sale: 409,
  not_started: 409,
  sale_ended: 409,
  category_in_use: 409,
  category_too_deep: 409,
  category_cycle: 409,
  not_sellable: 409,
  changed_meanwhile: 409,
  stock_of_codes: 409,
  coupon_not_usable: 409,
  coupon_not_applicable: 409,
  coupon_minimum: 409,
  coupon_limit: 409,
  coupons_gone: 409,
  coupon_in_use: 409,
  coupon_not_open: 409,
  coupon_not_for_you: 403,
  coupon_code_used: 409,
  coupon_used: 409,
  codes_taken: 409,
  coupon_to_oneself: 403,
  own_adjustment: 403,
  adjustment_to_oneself: 403,
  adjustment_of_batch: 409,
  adjustment_outdated: 409,
  batch_rows_wrong: 409,
  batch_unreadable: 400,
  prizes_need_approver: 403,
  spins_need_approver: 403,
  cart_full: 409,
  too_many_unpaid: 409,
  codes_short: 409,
  code_known: 409,
  pickup_code_wrong: 404,
  pickup_code_used: 409,
  draw_not_open: 409,
  no_spins_left: 409,
  odds_exceed_one: 400,
  flash_overlaps: 409,
  flash_has_begun: 409,
  price_changed: 409,
  purchase_limit: 409,
  daily_purchase_limit: 409,
  order_not_payable: 409,
  payment_mismatch: 409,
  order_not_cancellable: 409,
  order_not_shippable: 409,
  order_not_receivable: 409,
  order_not_refundable: 409,
  stock_too_low: 409,
  view_name_taken: 409,
  views_full: 409,
  bulk_too_many: 409,
  bulk_not_running: 409,
  last_owner: 409,
  second_factor_on: 409,
  second_factor_off: 409,
  role_in_use: 409,
  role_name_taken: 409,
  already_staff: 409,
  already_invited: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  not_frozen: 409,
  appeal_open: 409,
  request_key_reused: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
  payment_unavailable: 503,
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
