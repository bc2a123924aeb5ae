/** What the shop takes; a notice in another currency pays nothing here. */
export const CURRENCY = "CNY";

/** One attempt to pay an order's cash. `reference` is ours, and the provider repeats it; `key` is what the provider called it. */
export type PaymentAttempt = { reference: string; key: string | null; amountCents: number };

export type Payer = {
  /** Who they are to WeChat's app, where that is known. */
  openId?: string;
  isPhone: boolean;
  isInWechat?: boolean;
  /** Where they ask from, for a provider that must know; null where nothing says so. It is handed on, never kept. */
  address?: string | null;
};

export type Bill = PaymentAttempt & { title: string; startedAt: Date; expiresAt: Date; returnUrl: string; cancelUrl: string; notifyUrl: string; payer: Payer };

/** What WeChat's own browser is handed to pay with. */
export type JsapiParams = { appId: string; timeStamp: string; nonceStr: string; package: string; signType: "RSA"; paySign: string };

/** How the buyer goes on: to a page of the provider, with a code to scan, or inside WeChat. */
export type WayToPay = { redirectTo: string } | { qrText: string } | { jsapi: JsapiParams };

/** What a provider says happened, once its word was found to be its own. `refunded` and `refund_failed` are about cash that goes back. */
export type Notice = {
  /** The provider's own id of the message. */
  noticeId: string;
  reference: string;
  result: "paid" | "failed" | "refunded" | "refund_failed" | "ignored";
  amountCents: number;
  currency: string;
  /** Which refund it is about, by our key. */
  refundId?: string;
};

/** Cash that goes back: `amountCents` of what was paid. */
export type CashBack = { reference: string; key: string | null; paidCents: number; refundId: string; amountCents: number };

/** How an attempt stands at the provider. `unknown`: it has never heard of it. */
export type Standing = { status: "paid" | "open" | "failed" | "unknown"; amountCents: number; currency: string };

export type Callback = { headers: Pick<Headers, "get">; body: string };

/** `taken`: do not send it again. `broken`: our fault, send it later. */
export type Verdict = "taken" | "refused" | "forged" | "broken";

/** Takes an order's cash and gives it back. Whatever waits for the network ends within ten seconds. */
export interface PaymentProvider {
  readonly name: string;
  /** How the key of an attempt begins that this buyer may take up again; null where each is begun anew. */
  keyFor(payer: Payer): string | null;
  /** Where the buyer goes to pay, and what the provider calls the attempt. Asked again for one attempt, it starts no other. */
  start(bill: Bill): Promise<{ way: WayToPay; key: string | null }>;
  /** The same for an attempt whose key is known, without asking anybody; null where the key alone leads nowhere. */
  resume(key: string): Promise<WayToPay | null>;
  /** Gives cash of a payment back. `refundId` is the key of this refund: asked again, it pays once. Throws when the provider does not take it. */
  refund(refund: CashBack): Promise<void>;
  /** Reads what somebody posted in the provider's name. Refuses `callback_forged`. */
  read(callback: Callback): Promise<Notice>;
  find(attempt: PaymentAttempt): Promise<Standing>;
  /** After this nobody pays it any more. Throws when that is not certain. */
  close(attempt: PaymentAttempt): Promise<void>;
  /** What the provider expects to hear after a callback. */
  reply(verdict: Verdict): { status: number; type: string; body: string };
}

/** The provider did not do what it was asked. Its own words may name people and keys: only a code is kept. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    readonly provider: string,
    readonly code: string,
  ) {
    super(`${provider}: ${code}`);
  }

  /** Nobody answered, or nobody who could: another question now would wait as long. */
  get isSilence(): boolean {
    return /no_answer|^E[A-Z_]+$|ERR_CANCELED|ConnectionError|\b5\d\d\b/.test(this.code);
  }
}

/** Alipay takes letters, digits and underscores for a number of ours: the same 128 bits, written in hex. */
export const hexOf = (reference: string): string => Buffer.from(reference, "base64url").toString("hex");

/** How long a provider may think. */
export const PATIENCE_MS = 10_000;

/** Where a provider sends its notices. */
export const noticeAddress = (shopUrl: string, provider: string): string => new URL(`/api/webhooks/${provider}`, shopUrl).href;
