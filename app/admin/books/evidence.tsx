import { useTranslations } from "next-intl";
import type { Evidence } from "@/lib/audit/findings";

/** Rows as the check found them: names of columns and values, for whoever mends the books. */
export function EvidenceTable({ caption, evidence: { found, rows } }: { caption: string; evidence: Evidence }) {
  const t = useTranslations("adminBooks");
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort((a, b) => placeOf(a) - placeOf(b));
  if (fields.length === 0) return null;
  return (
    <>
      <div className="quiet-scroll mt-1 rounded-control border border-border" tabIndex={0} role="group" aria-label={caption}>
        <table className="w-full text-caption">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>{fields.map((field) => <th key={field} scope="col" className="px-2.5 py-1.5 text-start font-mono font-medium whitespace-nowrap text-muted">{field}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index} className="border-t border-border">
                {fields.map((field) => <td key={field} className="px-2.5 py-1.5 font-mono whitespace-nowrap tabular-nums">{row[field] === null || row[field] === undefined ? "–" : String(row[field])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found > rows.length && <p className="mt-1 text-caption text-muted">{t("moreRows", { rows: found - rows.length })}</p>}
    </>
  );
}

/** Who first, by how much last: the database keeps no order of its own. */
const placeOf = (field: string): number => (field === "user_id" ? 0 : field.endsWith("_id") ? 1 : field === "difference" ? 3 : 2);
