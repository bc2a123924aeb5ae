import clsx from "clsx";
import type { Slice } from "./draw-views";
import { Icon } from "@/components/ui/icon";

const FILLS = ["fill-points-soft", "fill-card", "fill-primary-soft", "fill-card"] as const;
/** Of the wheel's box, in its own units. */
const RADIUS = 100;
const SIGN_AT = 66;

const at = (angle: number, radius: number): string => `${(Math.sin(angle) * radius).toFixed(2)} ${(-Math.cos(angle) * radius).toFixed(2)}`;

/** The wheel as a picture: slices of one size, the first at the top. What they are and how likely stands in the list of odds. */
export function Wheel({ slices }: { slices: readonly Slice[] }) {
  const step = (2 * Math.PI) / slices.length;
  return (
    <svg viewBox="-104 -104 208 208" aria-hidden="true" className="block size-full">
      <circle r="103" className="fill-points-fill" />
      {slices.map(({ key }, index) => (
        <path key={key} d={slicePath(index * step - step / 2, index * step + step / 2, slices.length)} className={clsx(FILLS[fillOf(index, slices.length)], "stroke-border")} strokeWidth="1" />
      ))}
      {slices.map(({ key, kind, short }, index) => {
        const degrees = (index * 360) / slices.length;
        return (
          <g key={key} transform={`rotate(${degrees.toFixed(2)}) translate(0 ${-SIGN_AT})`} className={kind === "nothing" ? "text-muted" : "text-points"}>
            <g transform={`translate(-11 ${short ? -19 : -11}) scale(0.917)`}><Icon name={kind === "nothing" ? "minus" : kind === "coupon" ? "ticket" : kind === "make_up_card" ? "calendar-check" : "coin"} size={24} /></g>
            {short && <text y="17" textAnchor="middle" fontSize="15" className="fill-current font-semibold tabular-nums">{short}</text>}
          </g>
        );
      })}
      <circle r="22" className="fill-card stroke-points-fill" strokeWidth="4" />
    </svg>
  );
}

/** Neighbours differ, the last and the first too. */
const fillOf = (index: number, many: number): number => (index === many - 1 && many % 2 === 1 ? 2 : index % 4);

function slicePath(from: number, to: number, many: number): string {
  if (many === 1) return `M0 ${-RADIUS}A${RADIUS} ${RADIUS} 0 1 1 -0.01 ${-RADIUS}Z`;
  return `M0 0L${at(from, RADIUS)}A${RADIUS} ${RADIUS} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to, RADIUS)}Z`;
}
