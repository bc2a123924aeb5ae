"use client";

import { useState } from "react";
import { BrandPreview, HueStrip } from "./brand-preview";
import { Part, Ways, type FieldsProps } from "./fields";
import { LogoField } from "./logo-field";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { isLikeDanger } from "@/lib/brand";
import { fill } from "@/lib/i18n";

const COLOURS = ["ours", "own"] as const;
/** Where the slider stands before a hue was ever chosen: a blue that is far from our jade. */
const FIRST_HUE = 250;

/** The shop's colour, of which only the hue is chosen, and its picture. */
export function BrandFields({ policy, words: { brand: words }, errors, onChange }: FieldsProps) {
  const [isOwn, setOwn] = useState(policy.brandHue !== null);
  const [hue, setHue] = useState(policy.brandHue ?? FIRST_HUE);
  return (
    <>
      <Part id="colour" title={words.colour}>
        <Ways
          name="colour" legend={words.colourHint} values={COLOURS} value={policy.brandHue === null ? "ours" : "own"} titles={words.colours} means={words.colourMeans}
          onChoose={(value) => setOwn(value === "own")}
        />
        <div hidden={!isOwn}>
          <Field id="brandHue" label={words.hue} hint={words.hueHint} error={errors.brandHue}>
            {(wiring) => (
              <div className="flex max-w-140 items-center gap-3">
                <div className="grid grow gap-1.5">
                  <HueStrip />
                  <input {...wiring} type="range" name="brandHue" min={0} max={359} step={1} value={hue} onChange={(event) => setHue(Number(event.target.value))} className="h-6 w-full cursor-pointer accent-primary" />
                </div>
                <output htmlFor="brandHue" className="w-12 shrink-0 text-end text-dense font-semibold tabular-nums">{fill(words.degrees, { hue })}</output>
              </div>
            )}
          </Field>
        </div>
        <BrandPreview hue={isOwn ? hue : null} words={words.preview} />
        <div role="status" className="empty:-mt-4">{isOwn && isLikeDanger(hue) && <Notice tone="warning">{words.likeDanger}</Notice>}</div>
      </Part>
      <LogoField logo={policy.logo} words={words.logo} error={errors.logo} onChange={onChange} />
    </>
  );
}
