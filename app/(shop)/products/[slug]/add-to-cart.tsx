"use client";

import Link from "next/link";
import { useState, useTransition, type ReactNode } from "react";
import { useErrorCopy } from "@/components/error-copy";
import { buttonClass } from "@/components/ui/button";

type AddToCartProps = { action: (skuId: number, requestId: string) => Promise<string | null>; skuId: number; label: string; added: string; toCart: string; /** Drawn by the server: the paths of all icons would weigh on the page. */ children: ReactNode };

/** One more into the cart; what is there already counts up. The button becomes the way to the cart. */
export function AddToCart({ action, skuId, label, added, toCart, children }: AddToCartProps) {
  const [said, setSaid] = useState<{ ok: boolean; text: string } | null>(null);
  const [isPending, start] = useTransition();
  const noAnswer = useErrorCopy()?.noAnswer ?? "";

  const add = () =>
    start(async () => {
      const refusal = await action(skuId, crypto.randomUUID()).catch(() => noAnswer);
      setSaid(refusal === null ? { ok: true, text: added } : { ok: false, text: refusal });
    });

  return (
    <>
      <button type="button" onClick={add} disabled={isPending} aria-label={label} title={label} className={buttonClass({ size: "cta" }, "px-4")}>
        {children}
      </button>
      <span role="status" className={said ? "absolute start-4 bottom-full mb-2 rounded-control border border-border bg-card px-3 py-2 text-dense shadow-card lg:static lg:mb-0" : "sr-only"}>
        {said && <><span className={said.ok ? "" : "text-danger"}>{said.text}</span>{said.ok && <Link href="/cart" prefetch={false} className="ms-2 font-medium text-primary underline underline-offset-3">{toCart}</Link>}</>}
      </span>
    </>
  );
}
