import { useRef, useState } from "react";
import { uploadPicture, type Uploaded } from "./upload-picture";

export type DraftPicture = Uploaded & { alt: string; altEn: string };
/** A file on its way, or one that did not get there and why. */
export type Upload = { key: number; name: string; part: number; error: string | null };

export const PICTURES_MAX = 12;
const BYTES_MAX = 10 * 1024 * 1024;

type Says = { noAnswer: string; failed: string; tooLarge: string; tooMany: string };

/** The pictures of a product while they are arranged: nothing is the product's until it is saved. */
export function usePictureList(saved: readonly DraftPicture[], says: Says) {
  const [pictures, setPictures] = useState<readonly DraftPicture[]>(saved);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const nextKey = useRef(0);
  const underWay = uploads.filter(({ error }) => error === null).length;

  const change = (key: number, to: Partial<Upload>) => setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...to } : each)));
  const dismiss = (key: number) => setUploads((all) => all.filter((each) => each.key !== key));

  /** One after the other: the server decodes no two at once either. */
  async function add(files: readonly File[]): Promise<number> {
    let added = 0;
    let room = PICTURES_MAX - pictures.length - underWay;
    const waiting = files.map((file) => {
      const error = file.size > BYTES_MAX ? says.tooLarge : room-- <= 0 ? says.tooMany : null;
      return { file, upload: { key: nextKey.current++, name: file.name, part: 0, error } satisfies Upload };
    });
    setUploads((all) => [...all, ...waiting.map(({ upload }) => upload)]);
    for (const { file, upload } of waiting) {
      if (upload.error !== null) continue;
      const answer = await uploadPicture(file, says, (part) => change(upload.key, { part })).done;
      if (!answer.ok) {
        change(upload.key, { error: answer.message });
        continue;
      }
      dismiss(upload.key);
      setPictures((all) => [...all, { ...answer.picture, alt: "", altEn: "" }]);
      added += 1;
    }
    return added;
  }

  function move(from: number, to: number) {
    if (to < 0 || to >= pictures.length || from === to) return;
    const rest = pictures.filter((_, index) => index !== from);
    setPictures([...rest.slice(0, to), pictures[from]!, ...rest.slice(to)]);
  }

  const remove = (id: string) => setPictures((all) => all.filter((each) => each.id !== id));
  const describe = (id: string, texts: Partial<Pick<DraftPicture, "alt" | "altEn">>) => setPictures((all) => all.map((each) => (each.id === id ? { ...each, ...texts } : each)));

  return { pictures, uploads, underWay, add, move, remove, describe, dismiss };
}
