"use client";

import { useId, useRef, useState, type DragEvent } from "react";
import { flushSync } from "react-dom";
import { useErrorCopy } from "../error-copy";
import { filesOf } from "../product-picture";
import { Button, buttonClass } from "../ui/button";
import { TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Icon } from "../ui/icon";
import { Notice } from "../ui/notice";
import { ProgressBar } from "../ui/progress-bar";
import { toast } from "../ui/toast";
import { useFormAction } from "../ui/use-form-action";
import type { PictureWords } from "./picture-words";
import { PICTURES_MAX, usePictureList, type DraftPicture, type Upload } from "./use-picture-list";
import { useLeaveGuard } from "./use-leave-guard";
import { fill } from "@/lib/i18n";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/gif";

type PictureManagerProps = { productId: number; pictures: readonly DraftPicture[]; words: PictureWords; requestId: string; action: FormAction };

/** The pictures of a product: added by button or drop, put in order by buttons or by hand, described in both languages, and saved together. */
export function PictureManager({ productId, pictures: given, words, requestId, action }: PictureManagerProps) {
  const noAnswer = useErrorCopy()?.noAnswer ?? words.failed;
  const list = usePictureList(given, { noAnswer, failed: words.failed, tooLarge: words.tooLarge, tooMany: fill(words.tooMany, { max: PICTURES_MAX }) });
  const [saved, setSaved] = useState(() => JSON.stringify(given));
  const [savedWith, setSavedWith] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<number | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const titleId = useId();
  const isDirty = JSON.stringify(list.pictures) !== saved;
  useLeaveGuard(isDirty || list.underWay > 0, words.leave);

  const { state, isPending, form } = useFormAction(async (before, data) => {
    const sent = JSON.stringify(list.pictures);
    const answer = await action(before, data);
    if (answer.status === "done") {
      setSaved(sent);
      setSavedWith(String(data.get("requestId")));
      if (answer.message) toast(answer.message);
    }
    return answer;
  });

  // The page comes back with a key for the next intention.
  const isBusy = isPending || savedWith === requestId;

  function move(from: number, to: number, button: "earlier" | "later") {
    const { id } = list.pictures[from]!;
    flushSync(() => list.move(from, to));
    setSaid(fill(words.moved, { number: to + 1, count: list.pictures.length }));
    // At an end its own button cannot be pressed any more: the other one has the focus then.
    const own = document.getElementById(`${button}-${id}`) as HTMLButtonElement | null;
    const other = document.getElementById(`${button === "earlier" ? "later" : "earlier"}-${id}`);
    (own?.disabled ? other : own)?.focus();
  }
  function remove(id: string) {
    flushSync(() => list.remove(id));
    setSaid(words.removed);
    document.getElementById(`${titleId}-choose`)?.focus();
  }
  async function add(files: FileList | null) {
    if (!files || files.length === 0) return;
    const added = await list.add([...files]);
    if (chooser.current) chooser.current.value = "";
    if (added > 0) setSaid(words.added);
  }
  function dropOn(event: DragEvent, index: number) {
    if (dragged === null) return;
    event.preventDefault();
    event.stopPropagation();
    list.move(dragged, index);
    setSaid(fill(words.moved, { number: index + 1, count: list.pictures.length }));
    setDragged(null);
  }

  return (
    <form
      {...form} aria-labelledby={titleId} onDragOver={(event) => event.preventDefault()}
      // A picture that is moved within the page looks like a file too.
      onDrop={(event) => { event.preventDefault(); if (dragged === null) void add(event.dataTransfer.files); }}
    >
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="productId" value={productId} />
      <input type="hidden" name="pictures" value={JSON.stringify(list.pictures.map(({ id, alt, altEn }) => ({ pictureId: id, alt, altEn })))} />
      <h2 id={titleId} className="text-section font-semibold">{words.title}</h2>
      <p className="mt-0.5 mb-3 text-caption text-muted">{words.hint}</p>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-dashed border-input p-4">
        <label className={buttonClass({ size: "dense" }, "relative cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary")}>
          <Icon name="plus" />{words.choose}
          <input ref={chooser} id={`${titleId}-choose`} type="file" accept={ACCEPTED} multiple onChange={(event) => void add(event.target.files)} className="absolute inset-0 size-full cursor-pointer opacity-0" />
        </label>
        <p className="text-caption text-muted">{words.drop}</p>
      </div>
      <Uploads uploads={list.uploads} words={words} onDismiss={list.dismiss} />
      {list.pictures.length === 0 && list.uploads.length === 0 && <p className="text-dense text-muted">{words.empty}</p>}
      <ol className="grid gap-3 lg:grid-cols-2">
        {list.pictures.map((picture, index) => (
          <li
            key={picture.id} onDragOver={(event) => dragged !== null && event.preventDefault()} onDrop={(event) => dropOn(event, index)}
            className="rounded-card border border-border p-3 data-[dragged=true]:opacity-50" data-dragged={dragged === index}
          >
            <Item
              picture={picture} index={index} count={list.pictures.length} words={words} errors={state.fields ?? {}}
              onMove={move} onRemove={remove} onDescribe={list.describe} onDrag={setDragged}
            />
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">{said}</p>
      <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger" className="mt-4">{state.message}</Notice>}</div>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" size="dense" disabled={isBusy || !isDirty || list.underWay > 0} aria-busy={isBusy || undefined}>{isBusy ? words.pending : words.save}</Button>
        {isDirty && !isBusy && <p className="text-caption text-muted">{words.unsaved}</p>}
      </div>
    </form>
  );
}

type ItemProps = {
  picture: DraftPicture;
  index: number;
  count: number;
  words: PictureWords;
  errors: Readonly<Record<string, string>>;
  onMove: (from: number, to: number, button: "earlier" | "later") => void;
  onRemove: (id: string) => void;
  onDescribe: (id: string, texts: { alt?: string; altEn?: string }) => void;
  onDrag: (index: number | null) => void;
};

function Item({ picture, index, count, words, errors, onMove, onRemove, onDescribe, onDrag }: ItemProps) {
  const number = { number: index + 1 };
  const name = picture.alt || fill(words.numbered, number);
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-3">
      <div>
        <img
          {...filesOf(picture, "5.5rem")} alt={name} title={words.drag} width={88} height={88} draggable
          onDragStart={(event) => { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", picture.id); onDrag(index); }} onDragEnd={() => onDrag(null)}
          className="aspect-square w-full cursor-grab rounded-control border border-border bg-card object-contain"
        />
        <p className="mt-1 text-meta font-medium text-muted">{index === 0 ? words.cover : fill(words.numbered, number)}</p>
      </div>
      <div className="grid content-start gap-2">
        <TextField
          id={`alt-${picture.id}`} label={words.alt} shape="dense" value={picture.alt} maxLength={120} hint={index === 0 ? words.altHint : undefined}
          error={errors[`pictures.${index}.alt`]} onChange={(event) => onDescribe(picture.id, { alt: event.target.value })}
        />
        <TextField id={`alt-en-${picture.id}`} label={words.altEn} shape="dense" value={picture.altEn} maxLength={120} error={errors[`pictures.${index}.altEn`]} onChange={(event) => onDescribe(picture.id, { altEn: event.target.value })} />
        <div className="flex flex-wrap gap-2">
          <Button id={`earlier-${picture.id}`} size="filter" disabled={index === 0} aria-label={fill(words.earlier, { name })} onClick={() => onMove(index, index - 1, "earlier")}><Icon name="chevron-left" size={16} /></Button>
          <Button id={`later-${picture.id}`} size="filter" disabled={index === count - 1} aria-label={fill(words.later, { name })} onClick={() => onMove(index, index + 1, "later")}><Icon name="chevron-right" size={16} /></Button>
          <Button look="quiet" size="filter" aria-label={`${words.remove}: ${name}`} onClick={() => onRemove(picture.id)}>{words.remove}</Button>
        </div>
      </div>
    </div>
  );
}

function Uploads({ uploads, words, onDismiss }: { uploads: readonly Upload[]; words: PictureWords; onDismiss: (key: number) => void }) {
  if (uploads.length === 0) return null;
  return (
    <ul className="mb-4 grid gap-2">
      {uploads.map(({ key, name, part, error }) => (
        <li key={key}>
          {error === null
            ? <><p aria-hidden="true" className="mb-1 truncate text-caption text-muted">{name}</p><ProgressBar value={Math.round(part * 100)} max={100} label={fill(words.uploading, { name })} /></>
            : (
              <Notice tone="danger" role="alert">
                <span className="break-words">{name}: {error}</span>
                <Button look="quiet" size="filter" className="ms-2" aria-label={`${words.dismiss}: ${name}`} onClick={() => onDismiss(key)}>{words.dismiss}</Button>
              </Notice>
            )}
        </li>
      ))}
    </ul>
  );
}
