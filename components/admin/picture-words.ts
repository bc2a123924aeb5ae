/** What the picture panel says; `{…}` is filled in by the browser. */
export type PictureWords = {
  title: string; hint: string; choose: string; drop: string; empty: string; cover: string;
  alt: string; altEn: string; altHint: string; earlier: string; later: string; remove: string; drag: string;
  uploading: string; failed: string; tooLarge: string; tooMany: string; dismiss: string; moved: string; removed: string; added: string;
  unsaved: string; save: string; pending: string; leave: string; numbered: string;
};
