import "server-only";

import { createHmac, timingSafeEqual } from "node:crypto";

import { env } from "./env";
import { PATIENCE_MS, ProviderError } from "./payment-provider";

/** Whether the shop may ask WeChat who somebody is: then they pay inside WeChat, without a code to scan. */
export const identifiesInWechat = (): boolean => Boolean(env().WECHAT_APP_SECRET);

export const isWechatBrowser = (userAgent: string): boolean => /\bMicroMessenger\//.test(userAgent);

/** Ties an answer of WeChat to the person and the order that it was asked for: nobody is led into paying somebody else's. */
export const stateFor = (userId: number, orderId: string): string => createHmac("sha256", env().NEXTAUTH_SECRET).update(`wechat ${userId} ${orderId}`).digest("base64url");

export function isStateFor(state: string, userId: number, orderId: string): boolean {
  const [given, right] = [Buffer.from(state), Buffer.from(stateFor(userId, orderId))];
  return given.length === right.length && timingSafeEqual(given, right);
}

/** Where WeChat's browser goes to come back with a code. Nobody is asked for anything: the code stands for an id that means nothing elsewhere. */
export function identityAddress(userId: number, orderId: string): string {
  const { WECHAT_PAY_APP_ID = "", NEXTAUTH_URL } = env();
  const back = new URL("/pay/wechat", NEXTAUTH_URL);
  back.searchParams.set("order", orderId);
  const query = new URLSearchParams({ appid: WECHAT_PAY_APP_ID, redirect_uri: back.href, response_type: "code", scope: "snsapi_base", state: stateFor(userId, orderId) });
  return `https://open.weixin.qq.com/connect/oauth2/authorize?${query}#wechat_redirect`;
}

/** The id behind a code. The app's secret is in the address, so nothing of a failure is repeated but a number. */
export async function openIdFrom(code: string): Promise<string> {
  const { WECHAT_PAY_APP_ID = "", WECHAT_APP_SECRET = "", WECHAT_API_URL = "https://api.weixin.qq.com" } = env();
  const query = new URLSearchParams({ appid: WECHAT_PAY_APP_ID, secret: WECHAT_APP_SECRET, code, grant_type: "authorization_code" });
  let answer: { openid?: string; errcode?: number };
  try {
    const response = await fetch(`${WECHAT_API_URL}/sns/oauth2/access_token?${query}`, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: "error" });
    answer = (await response.json()) as typeof answer;
  } catch {
    throw new ProviderError("wechat", "identity_no_answer");
  }
  if (!answer.openid) throw new ProviderError("wechat", `identity_${answer.errcode ?? "unknown"}`);
  return answer.openid;
}
