"use client";

import { useEffect, useRef, useState, type ChangeEvent, type ReactNode } from "react";
import type { AdjustWords } from "./adjust-form";
import { Field } from "@/components/ui/field";
import { fill } from "@/lib/i18n";

type Kept = { key: string; name: string };
type AttachmentFieldProps = { words: AdjustWords; error?: string; onChange: () => void; icon: ReactNode };

/** One file that shows why: sent when it is chosen, named by the form when that is sent. */
export function AttachmentField({ words, error, onChange, icon }: AttachmentFieldProps) {
  const [kept, setKept] = useState<Kept | null>(null);
  const [failed, setFailed] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // The form holds the key only after it was drawn.
  useEffect(() => onChange(), [kept]); // eslint-disable-line react-hooks/exhaustive-deps

  async function onChoose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    if (!file) return;
    setSending(true);
    setFailed(undefined);
    const answer = await send(file);
    setSending(false);
    if (answer.ok) setKept({ key: answer.key, name: file.name });
    else setFailed(answer.message ?? words.uploadFailed);
    target.value = "";
  }

  function remove() {
    setKept(null);
    requestAnimationFrame(() => input.current?.focus());
  }

  return (
    <Field id="attachment" label={words.attachment} optionalLabel={words.optional} hint={words.attachmentHint} error={failed ?? error}>
      {(wiring) => (
        <>
          {kept && <input type="hidden" name="attachmentKey" value={kept.key} />}
          {kept ? (
            <span className="flex min-h-9 items-center gap-2 text-dense">
              <span role="status" className="min-w-0 break-all">{fill(words.attached, { name: kept.name })}</span>
              <button type="button" onClick={remove} aria-label={words.remove} className="grid size-9 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-danger">{icon}</button>
            </span>
          ) : (
            <input
              {...wiring} ref={input} type="file" accept="image/jpeg,image/png,image/gif,image/webp,application/pdf" onChange={onChoose} disabled={isSending}
              className="min-h-9 w-full min-w-0 text-dense file:me-3 file:h-9 file:rounded-control file:border file:border-input file:bg-card file:px-3.5 file:text-dense file:font-medium"
            />
          )}
          <span role="status" className="text-caption text-muted empty:hidden">{isSending ? words.attaching : ""}</span>
        </>
      )}
    </Field>
  );
}

async function send(file: File): Promise<{ ok: true; key: string } | { ok: false; message?: string }> {
  try {
    const type = file.type.startsWith("image/") || file.type === "application/pdf" ? file.type : "application/octet-stream";
    const response = await fetch("/api/admin/attachments", { method: "POST", body: file, headers: { "content-type": type } });
    const body = (await response.json()) as { key?: string; error?: string };
    return response.status === 201 && body.key ? { ok: true, key: body.key } : { ok: false, message: body.error };
  } catch {
    return { ok: false };
  }
}
