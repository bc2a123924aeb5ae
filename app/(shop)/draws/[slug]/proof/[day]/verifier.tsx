"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { fill } from "@/lib/i18n";
import { verifyProof, type Hashing, type Proof, type Verdict } from "@/lib/draws/proof";

type VerifierProps = {
  /** Where the whole round is read from. */
  address: string;
  words: Record<"verify" | "verifying" | "verified" | "verifiedNone" | "wrongCommitment" | "wrongSpins" | "failed" | "unsupported" | "right" | "wrong", string>;
};

type State = { is: "idle" | "busy" | "failed" | "unsupported" } | { is: "done"; verdict: Verdict };

const NONCES_SHOWN = 10;
const PAGES_MAX = 500;

/** Reads the round anew and draws it again with the browser's own WebCrypto: nothing of the verdict comes from the shop. */
export function Verifier({ address, words }: VerifierProps) {
  const [state, setState] = useState<State>({ is: "idle" });

  async function verify() {
    // Browsers offer it on secure pages only.
    if (!globalThis.crypto?.subtle) return setState({ is: "unsupported" });
    setState({ is: "busy" });
    try {
      const verdict = await verifyProof(await readProof(address), webCrypto);
      mark(verdict, words);
      setState({ is: "done", verdict });
    } catch {
      setState({ is: "failed" });
    }
  }

  return (
    <div className="grid gap-3">
      <Button look="primary" size="cta" wide onClick={verify} aria-disabled={state.is === "busy" || undefined} aria-busy={state.is === "busy" || undefined}>{state.is === "busy" ? words.verifying : words.verify}</Button>
      <div role="status" className="empty:hidden">{state.is === "done" && <Outcome verdict={state.verdict} words={words} />}</div>
      <div role="alert" className="empty:hidden">{(state.is === "failed" || state.is === "unsupported") && <Notice tone="warning">{words[state.is]}</Notice>}</div>
    </div>
  );
}

function Outcome({ verdict: { commitment, wrong, checked }, words }: { verdict: Verdict; words: VerifierProps["words"] }) {
  const isRight = commitment && wrong.size === 0;
  if (isRight) return <Notice tone="success">{checked === 0 ? words.verifiedNone : words.verified}</Notice>;
  return (
    <Notice tone="danger">
      {!commitment && <p>{words.wrongCommitment}</p>}
      {wrong.size > 0 && <p>{fill(words.wrongSpins, { count: wrong.size, nonces: [...wrong].slice(0, NONCES_SHOWN).join(", ") })}</p>}
    </Notice>
  );
}

/** Says it at each spin that the page shows. The table is the server's; only its last cell is written here. */
function mark({ wrong }: Verdict, words: VerifierProps["words"]): void {
  for (const cell of document.querySelectorAll<HTMLElement>("[data-nonce]")) {
    const isWrong = wrong.has(Number(cell.dataset.nonce));
    cell.textContent = isWrong ? `✗ ${words.wrong}` : `✓ ${words.right}`;
    cell.classList.toggle("text-danger", isWrong);
    cell.classList.toggle("text-success", !isWrong);
  }
}

async function readProof(address: string): Promise<Proof & { seed: string }> {
  const first = await readPage(address, 0);
  for (let next = first.next, pages = 1; next !== null && pages < PAGES_MAX; pages++) {
    const page = await readPage(address, next);
    first.spins.push(...page.spins);
    next = page.next;
  }
  if (first.seed === null) throw new Error("the seed is not told yet");
  return { ...first, seed: first.seed };
}

async function readPage(address: string, from: number): Promise<Proof> {
  const reply = await fetch(`${address}?from=${from}`);
  if (!reply.ok) throw new Error(`the shop answered ${reply.status}`);
  return (await reply.json()) as Proof;
}

const bytes = (text: string) => new TextEncoder().encode(text);

const webCrypto: Hashing = {
  sha256: async (text) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(text)))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  hmacUnder: async (seed) => {
    const key = await crypto.subtle.importKey("raw", bytes(seed), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return async (message) => new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(message)));
  },
};
