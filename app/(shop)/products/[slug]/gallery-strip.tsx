"use client";

import { useRef, useState, type MouseEvent } from "react";
import { filesOf } from "@/components/product-picture";
import type { PictureFile } from "@/lib/catalog/pictures/rendition";

export type Shot = { file: PictureFile; alt: string; /** What its small picture does, in words. */ open: string };

/** Half of the page from 768 px on, all of it below. */
const SIZES = "(min-width: 64rem) 32rem, (min-width: 48rem) 48vw, 92vw";

/** Pictures side by side that stop at each. The small ones are links to the large, so that they lead there before scripts run. */
export function GalleryStrip({ shots, label }: { shots: readonly Shot[]; label: string }) {
  const strip = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);

  function show(event: MouseEvent, index: number) {
    event.preventDefault();
    strip.current?.scrollTo({ left: index * strip.current.clientWidth, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    setCurrent(index);
  }

  return (
    <section aria-label={label}>
      <div
        ref={strip} tabIndex={shots.length > 1 ? 0 : undefined} role="group" aria-label={label}
        onScroll={({ currentTarget: { scrollLeft, clientWidth } }) => setCurrent(Math.round(scrollLeft / clientWidth))}
        className="flex snap-x snap-mandatory overflow-x-auto rounded-hero border border-border bg-card [scrollbar-width:none]"
      >
        {shots.map(({ file, alt }, index) => (
          <img
            key={file.id} id={`picture-${index + 1}`} {...filesOf(file, SIZES)} width={file.width} height={file.height} alt={alt} decoding="async"
            loading={index === 0 ? "eager" : "lazy"} fetchPriority={index === 0 ? "high" : undefined} className="aspect-square w-full shrink-0 snap-center object-contain"
          />
        ))}
      </div>
      {shots.length > 1 && (
        <ol className="mt-2 flex flex-wrap gap-2">
          {shots.map(({ file, open }, index) => (
            <li key={file.id}>
              <a
                href={`#picture-${index + 1}`} aria-current={index === current ? "true" : undefined} onClick={(event) => show(event, index)}
                className="block size-14 overflow-hidden rounded-control border-2 border-border bg-card aria-[current=true]:border-primary"
              >
                <img src={filesOf(file, "4rem").src} alt={open} width={56} height={56} loading="lazy" decoding="async" className="size-full object-cover" />
              </a>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
