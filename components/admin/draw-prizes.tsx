"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";
import { Notice } from "../ui/notice";
import { DrawPrizeFields, type CouponChoice, type PrizeDraft } from "./draw-prize-fields";
import type { DrawWords } from "./draw-words";

const PRIZES_MAX = 12;

type DrawPrizesProps = {
  prizes: readonly PrizeDraft[];
  coupons: readonly CouponChoice[];
  words: DrawWords;
  errors: Readonly<Record<string, string>>;
  /** While it is being saved, lines neither come nor go. */
  isFixed: boolean;
  onChange: () => void;
};

/** The prizes in the order in which their rolls follow each other. A row keeps its prize by its own key, wherever it comes to stand. */
export function DrawPrizes({ prizes, coupons, words, errors, isFixed, onChange }: DrawPrizesProps) {
  const [rows, setRows] = useState(() => Array.from({ length: Math.max(1, prizes.length) }, (_, index) => ({ key: index, prize: prizes[index] ?? null })));

  function add() {
    flushSync(() => setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, prize: null }]));
    document.getElementById(`prizes.${rows.length}.name`)?.focus();
    onChange();
  }
  function remove(key: number) {
    flushSync(() => setRows(rows.filter((row) => row.key !== key)));
    document.getElementById("add-prize")?.focus();
    onChange();
  }

  return (
    <Card as="section" aria-labelledby="prizes-title">
      <h2 id="prizes-title" className="mb-1 text-section font-semibold">{words.prizes}</h2>
      <p className="mb-3 text-caption text-muted">{words.prizesHint}</p>
      <div className="grid gap-4">
        {rows.map(({ key, prize }, index) => (
          <DrawPrizeFields key={key} prize={prize} index={index} coupons={coupons} words={words} errors={errors} onRemove={rows.length > 1 && !isFixed ? () => remove(key) : undefined} />
        ))}
      </div>
      {errors.prizes && <Notice tone="danger" className="mt-4">{errors.prizes}</Notice>}
      {rows.length < PRIZES_MAX && <Button id="add-prize" size="dense" onClick={add} disabled={isFixed} className="mt-4"><Icon name="plus" size={16} />{words.addPrize}</Button>}
    </Card>
  );
}
