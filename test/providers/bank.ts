import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Env } from "@/lib/env";

/** What a provider does with the next question: answers it; fails; cuts the line; gives money back and cuts the line before it says so; or never says a word. */
export type Manner = "answers" | "fails" | "cuts" | "takes-and-cuts" | "hangs";

export type Asked = { method: string; path: string; query: URLSearchParams; headers: IncomingMessage["headers"]; body: string };
export type Answered = { status: number; headers?: Record<string, string>; body: string };

/** How a notice differs from a plain "it was paid". */
export type NoticePlan = {
  result?: "paid" | "failed" | "refunded" | "refund_failed"; id?: string; amountCents?: number; currency?: string; reference?: string;
  /** Signed at another time, by somebody else, or for another shop. */
  at?: Date; isForged?: boolean; isForOther?: boolean; refundId?: string;
};

export type Posted = { headers: Record<string, string>; body: string };

/** One payment as the provider knows it. */
export type Trade = { reference: string; amountCents: number; currency: string; status: "open" | "paid" | "closed" };

/** A payment provider of the tests, on a port of its own: it speaks the provider's protocol, with keys of its own, and complains of what it is asked wrongly. */
export abstract class Bank {
  abstract readonly name: "stripe" | "wechat" | "alipay";
  /** The shop's side: keys and address. */
  abstract readonly settings: Partial<Env>;
  manner: Manner = "answers";
  /** What was asked, in order, in a word each. */
  readonly asked: string[] = [];
  /** What was asked in a way that the real one would not take. */
  readonly complaints: string[] = [];
  readonly trades = new Map<string, Trade>();
  readonly refunds: { refundId: string; amountCents: number }[] = [];
  url = "";
  #server: Server | undefined;

  async open(): Promise<this> {
    this.#server = createServer((request, response) => {
      void this.#handle(request).then((answer) => {
        if (answer === "cut") return request.socket.destroy();
        if (answer === "hang") return undefined;
        response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
        return response.end(answer.body);
      });
    });
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((closed) => this.#server?.close(closed));
  }

  async #handle(request: IncomingMessage): Promise<Answered | "cut" | "hang"> {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part as string;
    if (this.manner === "cuts") return "cut";
    if (this.manner === "hangs") return "hang";
    if (this.manner === "fails") return { status: 500, body: "{}" };
    const { pathname, searchParams } = new URL(request.url!, this.url);
    const answer = await this.answer({ method: request.method!, path: pathname, query: searchParams, headers: request.headers, body });
    return this.manner === "takes-and-cuts" && this.asked.at(-1) === "refund" ? "cut" : answer;
  }

  protected complain(reason: string): void {
    this.complaints.push(reason);
  }

  /** The same refund under the same key pays once. */
  protected giveBack(refundId: string, amountCents: number): void {
    if (!this.refunds.some((each) => each.refundId === refundId)) this.refunds.push({ refundId, amountCents });
  }

  protected abstract answer(asked: Asked): Promise<Answered> | Answered;

  /** The buyer follows an address to the provider. */
  abstract visit(address: string): void;

  /** The buyer pays, if the provider still lets them. */
  pay(reference: string): boolean {
    const trade = this.trades.get(reference);
    if (trade?.status !== "open") return false;
    trade.status = "paid";
    return true;
  }

  /** What the provider posts to the shop. */
  abstract notice(reference: string, plan?: NoticePlan): Posted;
}

