export const RATINGS = [1, 2, 3, 4, 5] as const;
export type Rating = (typeof RATINGS)[number];

export const BODY_MIN = 5;
export const BODY_MAX = 1_000;

/** Characters as people count them, and as the column does: one emoji is not two. */
export const lengthOf = (text: string): number => [...text].length;

/**
 * What somebody wrote as plain text: lines end in one way, no more than one of them is empty in a row, and nothing is left
 * that cannot be seen but changes how the rest is read, such as a mark that turns the direction of writing.
 */
export const plainText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/g, " ")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

/** `林***`: a reader sees that somebody wrote it, and not who. */
export const maskedName = (name: string): string => `${[...name.trim()][0] ?? ""}***`;

export type RatingSummary = { count: number; /** Of all ratings, to one decimal; 0 when there is none. */ average: number; /** How many gave each number of stars. */ byRating: Record<Rating, number> };

export function summaryOf(rows: readonly { rating: number; count: number }[]): RatingSummary {
  const byRating: Record<Rating, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  for (const { rating, count } of rows) byRating[rating as Rating] += count;
  const count = RATINGS.reduce((sum, rating) => sum + byRating[rating], 0);
  const stars = RATINGS.reduce((sum, rating) => sum + rating * byRating[rating], 0);
  return { count, average: count === 0 ? 0 : Math.round((stars / count) * 10) / 10, byRating };
}
