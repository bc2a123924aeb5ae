"use client";

import { useEffect, useRef, useState } from "react";
import { Part, type SettingsWords } from "./fields";
import { uploadPicture } from "@/components/admin/upload-picture";
import { useErrorCopy } from "@/components/error-copy";
import { Button, buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ProgressBar } from "@/components/ui/progress-bar";
import { pictureHref } from "@/lib/catalog/pictures/rendition";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/gif";
const BYTES_MAX = 10 * 1024 * 1024;

type LogoFieldProps = { logo: string | null; words: SettingsWords["brand"]["logo"]; error?: string; /** Another picture, or none, was chosen. */ onChange: () => void };

/** The shop's picture: it is uploaded at once, and the shop's with the next save. */
export function LogoField({ logo, words, error, onChange }: LogoFieldProps) {
  const noAnswer = useErrorCopy()?.noAnswer ?? words.failed;
  const [chosen, setChosen] = useState(logo);
  const [part, setPart] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const noticed = useRef(chosen);

  useEffect(() => {
    // The hidden field does not speak for itself.
    if (noticed.current !== chosen) onChange();
    noticed.current = chosen;
  }, [chosen, onChange]);

  async function upload(file: File | undefined) {
    if (!file) return;
    setProblem(null);
    if (file.size > BYTES_MAX) return setProblem(words.tooLarge);
    setPart(0);
    const answer = await uploadPicture(file, { noAnswer, failed: words.failed }, setPart).done;
    setPart(null);
    if (chooser.current) chooser.current.value = "";
    if (answer.ok) setChosen(answer.picture.id);
    else setProblem(answer.message);
  }

  const said = problem ?? error;
  return (
    <Part id="logo" title={words.title}>
      <input type="hidden" name="logo" value={chosen ?? ""} />
      <div className="flex flex-wrap items-center gap-4">
        {chosen
          ? <img src={pictureHref(chosen, 320)} alt={words.alt} width={72} height={72} className="size-18 rounded-control border border-border bg-white object-contain" />
          : <p className="grid size-18 place-items-center rounded-control border border-dashed border-input px-1 text-center text-meta text-muted">{words.none}</p>}
        <div className="grid gap-2">
          <div className="flex flex-wrap gap-2">
            <label className={buttonClass({ size: "dense" }, "relative cursor-pointer has-disabled:cursor-not-allowed has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary")}>
              {chosen ? words.replace : words.choose}
              <input
                ref={chooser} type="file" accept={ACCEPTED} disabled={part !== null} aria-invalid={said ? true : undefined} aria-describedby="logo-hint"
                onChange={(event) => void upload(event.target.files?.[0])} className="absolute inset-0 size-full cursor-pointer opacity-0 disabled:cursor-not-allowed"
              />
            </label>
            {chosen && <Button look="quiet" size="dense" onClick={() => { setChosen(null); chooser.current?.focus(); }}>{words.remove}</Button>}
          </div>
          <p id="logo-hint" className="max-w-120 text-caption text-muted">{words.hint}</p>
        </div>
      </div>
      {part !== null && <ProgressBar value={Math.round(part * 100)} max={100} label={words.uploading} />}
      <div role="alert" className="empty:-mt-4">{said && <Notice tone="danger">{said}</Notice>}</div>
    </Part>
  );
}
