import { getTranslations } from "next-intl/server";
import { iconOf, type Slice } from "../draw-views";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";

/** What can be won, how likely, and how much of it is left: the round's own table. */
export async function Prizes({ slices }: { slices: readonly Slice[] }) {
  const t = await getTranslations("draws");
  return (
    <Panel aria-labelledby="prizes" padded={false}>
      <h2 id="prizes" className="px-4 pt-4 pb-2 text-body font-semibold md:px-5">{t("prizes")}</h2>
      <table className="w-full text-dense">
        <caption className="sr-only">{t("prizesCaption")}</caption>
        <thead>
          <tr className="text-caption text-muted">
            <th scope="col" className="px-4 py-1.5 text-start font-medium md:px-5">{t("columns.prize")}</th>
            <th scope="col" className="px-2 py-1.5 text-end font-medium">{t("columns.odds")}</th>
            <th scope="col" className="px-4 py-1.5 text-end font-medium md:px-5">{t("columns.left")}</th>
          </tr>
        </thead>
        <tbody>
          {slices.map((slice) => (
            <tr key={slice.key} className="border-t border-border">
              <th scope="row" className="px-4 py-2.5 text-start font-medium md:px-5">
                <span className="flex items-center gap-2.5">
                  <span className={slice.kind === "nothing" ? "text-muted" : "text-points"}><Icon name={iconOf(slice.kind)} size={20} /></span>
                  {slice.name}
                </span>
              </th>
              <td className="px-2 py-2.5 text-end tabular-nums">{slice.odds}</td>
              <td className="px-4 py-2.5 text-end whitespace-nowrap text-muted tabular-nums md:px-5">{leftOf(slice, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {slices.some(({ stock }) => stock !== null) && <p className="border-t border-border px-4 py-3 text-caption text-muted md:px-5">{t("goneNote")}</p>}
    </Panel>
  );
}

function leftOf({ kind, stock }: Slice, t: Awaited<ReturnType<typeof getTranslations<"draws">>>) {
  if (kind === "nothing") return "—";
  if (stock === null) return t("unlimited");
  return stock === 0 ? <b className="font-semibold text-danger">{t("gone")}</b> : t("pieces", { pieces: stock });
}
