"use client";

import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { toast } from "@/components/ui/toast";

type ShareLinkProps = {
  link: string;
  onTaken: () => Promise<void>;
  words: { link: string; hint: string; copy: string; copied: string; failed: string; share: string; text: string };
};

const COPIED_MS = 2_000;
const never = () => () => {};

/** The link, to be copied, or handed to another app where the device can. */
export function ShareLink({ link, onTaken, words }: ShareLinkProps) {
  const [isCopied, setCopied] = useState(false);
  // The server does not know what the device can do.
  const canShare = useSyncExternalStore(never, () => typeof navigator.share === "function", () => false);

  function taken() {
    // Nothing on the page waits for it; a device that was not noted is noted at the next sign-in.
    onTaken().catch(() => {});
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      return toast(words.failed, "refused");
    }
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
    taken();
  }
  async function share() {
    taken();
    // Closing the sheet is an answer, not an error.
    await navigator.share({ text: words.text, url: link }).catch(() => {});
  }

  return (
    <div className="grid gap-3">
      <Field id="share-link" label={words.link} hint={words.hint}>
        {(wiring) => <Input {...wiring} readOnly value={link} onFocus={(event) => event.currentTarget.select()} className="font-mono text-dense!" />}
      </Field>
      <div className="flex flex-wrap gap-3">
        <Button look="primary" size="cta" onClick={copy}>
          <Icon name={isCopied ? "check" : "copy"} />
          <span aria-live="polite">{isCopied ? words.copied : words.copy}</span>
        </Button>
        {canShare && <Button size="cta" onClick={share}>{words.share}</Button>}
      </div>
    </div>
  );
}
