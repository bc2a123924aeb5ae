import type { PrizeKind } from "@/db/schema/draws";

import { ROLLS } from "./fair";

/** A prize as a round is played by it. */
export type TablePrize = {
  id: number;
  oddsPpm: number;
  kind: PrizeKind;
  /** Points of a points prize, the template of a coupon, else 0. */
  amount: number;
  /** Cards of a card prize, else 1. */
  quantity: number;
  name: string;
  nameEn: string;
};

/** The canonical text of a prize table: one prize a line, as a JSON list, in the order of the table. Its hash is part of the commitment. */
export const writeTable = (prizes: readonly TablePrize[]): string =>
  prizes.map(({ id, oddsPpm, kind, amount, quantity, name, nameEn }) => JSON.stringify([id, oddsPpm, kind, amount, quantity, name, nameEn])).join("\n");

type Line = [number, number, PrizeKind, number, number, string, string];

export function readTable(text: string): TablePrize[] {
  if (text === "") return [];
  return text.split("\n").map((line) => {
    const [id, oddsPpm, kind, amount, quantity, name, nameEn] = JSON.parse(line) as Line;
    return { id, oddsPpm, kind, amount, quantity, name, nameEn };
  });
}

/** The prize that a roll hits: the first has the lowest rolls, the next those after it. What the odds leave is nothing, and null. */
export function prizeAt<Prize extends Pick<TablePrize, "oddsPpm">>(table: readonly Prize[], roll: number): Prize | null {
  let end = 0;
  for (const prize of table) {
    end += prize.oddsPpm;
    if (roll < end) return prize;
  }
  return null;
}

export const oddsSum = (prizes: readonly Pick<TablePrize, "oddsPpm">[]): number => prizes.reduce((sum, { oddsPpm }) => sum + oddsPpm, 0);

/** Odds of winning nothing, in parts of a million. */
export const oddsOfNothing = (prizes: readonly Pick<TablePrize, "oddsPpm">[]): number => ROLLS - oddsSum(prizes);

/** Points that a spin gives on average, of prizes that are points. */
export const expectedPoints = (prizes: readonly Pick<TablePrize, "oddsPpm" | "kind" | "amount">[]): number =>
  prizes.reduce((sum, { kind, amount, oddsPpm }) => sum + (kind === "points" ? amount * oddsPpm : 0), 0) / ROLLS;

/** Whether a hit is something to be glad of. */
export const isWin = (prize: Pick<TablePrize, "kind"> | null): boolean => prize !== null && prize.kind !== "nothing";
