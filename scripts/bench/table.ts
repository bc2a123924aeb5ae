import type { Figure } from "./measure";

/** The figures as a table of text. */
export function printTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, perSecond, p50Ms, p99Ms, ratioToLimit }) => [
    name, Math.round(perSecond).toLocaleString("en"), p50Ms.toFixed(1), p99Ms.toFixed(1), `${ratioToLimit.toFixed(2)} ×`,
  ]);
  const table = [["workload", "per second", "p50 ms", "p99 ms", "to the limit"], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join("  ")).join("\n");
}
