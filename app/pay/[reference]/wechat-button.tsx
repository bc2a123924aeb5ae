"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

type Bridge = { invoke: (name: string, params: object, answer: (result: { err_msg: string }) => void) => void };
type Words = { open: string; opening: string; cancelled: string; notOpened: string };

/** How long WeChat's browser may take to show itself. */
const BRIDGE_MS = 5_000;

/** Inside WeChat: opens its own sheet. What came of it is found out from the shop, not from here. */
export function WechatButton({ params, words }: { params: object; words: Words }) {
  const [state, setState] = useState<"idle" | "open" | "cancelled" | "notOpened">("idle");
  async function open() {
    setState("open");
    const bridge = await findBridge();
    if (!bridge) return setState("notOpened");
    bridge.invoke("getBrandWCPayRequest", params, ({ err_msg: result }) => {
      if (result.endsWith(":ok")) return;
      setState(result.endsWith(":cancel") ? "cancelled" : "notOpened");
    });
  }
  return (
    <div className="grid gap-3">
      <div role="alert">{(state === "cancelled" || state === "notOpened") && <Notice tone="warning">{words[state]}</Notice>}</div>
      <Button look="primary" size="cta" wide disabled={state === "open"} aria-busy={state === "open" || undefined} onClick={open}>{state === "open" ? words.opening : words.open}</Button>
    </div>
  );
}

function findBridge(): Promise<Bridge | null> {
  const here = window as { WeixinJSBridge?: Bridge };
  if (here.WeixinJSBridge) return Promise.resolve(here.WeixinJSBridge);
  return new Promise((found) => {
    const timer = setTimeout(() => found(null), BRIDGE_MS);
    document.addEventListener("WeixinJSBridgeReady", () => {
      clearTimeout(timer);
      found(here.WeixinJSBridge ?? null);
    }, { once: true });
  });
}
