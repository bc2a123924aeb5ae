import type { PaletteKind } from "./palette-search";

/** What the palette and the sheet of shortcuts say, read on the server: the browser gets these sentences and no more. */
export type PaletteWords = {
  open: string;
  title: string;
  placeholder: string;
  sections: Record<PaletteKind | "recent", string>;
  searching: string;
  /** `{count}` is filled in. */
  results: string;
  none: string;
  noneHint: string;
  noAnswer: string;
  hints: { move: string; open: string; close: string; keys: string };
  close: string;
  shortcuts: {
    title: string;
    palette: string;
    help: string;
    save: string;
    /** `{page}` is filled in. */
    jump: string;
    singleKeys: string;
    singleKeysMeans: string;
    then: string;
  };
};
