"use client";

import { fill } from "@/lib/i18n";
import { Sheet } from "../ui/sheet";
import { Key } from "./palette";
import type { PaletteWords } from "./palette-words";

export type JumpKey = { letter: string; href: string; page: string };

type ShortcutSheetProps = { words: PaletteWords; jumps: readonly JumpKey[]; modifier: string; singleKeys: boolean; onSingleKeys: (on: boolean) => void; onClose: () => void };

/** Which keys do what, and the switch for those that are a single letter: a voice or a shaky hand presses them by mistake. */
export default function ShortcutSheet({ words, jumps, modifier, singleKeys, onSingleKeys, onClose }: ShortcutSheetProps) {
  const { shortcuts } = words;
  const rows: { keys: string[]; means: string }[] = [
    { keys: [modifier, "K"], means: shortcuts.palette },
    { keys: [modifier, "S"], means: shortcuts.save },
    { keys: ["?"], means: shortcuts.help },
    ...jumps.map(({ letter, page }) => ({ keys: ["G", letter.toUpperCase()], means: fill(shortcuts.jump, { page }) })),
  ];
  return (
    <Sheet open onClose={onClose} title={shortcuts.title} closeLabel={words.close}>
      <dl className="grid gap-2 text-dense">
        {rows.map(({ keys, means }) => (
          <div key={means} className="flex items-center justify-between gap-4">
            <dt>{means}</dt>
            <dd className="flex shrink-0 items-center gap-1">
              {keys.map((key, index) => <span key={key} className="flex items-center gap-1">{index > 0 && keys[0] === "G" && <span className="text-meta text-muted">{shortcuts.then}</span>}<Key>{key}</Key></span>)}
            </dd>
          </div>
        ))}
      </dl>
      <label className="mt-5 flex min-h-11 items-start gap-3 border-t border-border pt-4 text-dense">
        <input type="checkbox" checked={singleKeys} onChange={(event) => onSingleKeys(event.target.checked)} className="size-6 shrink-0 accent-primary" />
        <span>
          <span className="block font-medium">{shortcuts.singleKeys}</span>
          <span className="block text-caption text-muted">{shortcuts.singleKeysMeans}</span>
        </span>
      </label>
    </Sheet>
  );
}
