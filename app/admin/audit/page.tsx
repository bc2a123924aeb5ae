import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { ListFrame, openList } from "../list-frame";
import { idIn, startStaffReading } from "../reading";
import { ChainCard } from "./chain-card";
import { factSentence, subjectWord } from "./fact-words";
import { filterOf, TRAIL, type TrailState } from "./list";
import { TrailTable } from "./trail-table";
import { FirstUse } from "@/components/admin/list-empty";
import type { FilterField } from "@/components/admin/list-filters";
import { Pager } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { getAuditState } from "@/lib/audit/sealing/state-queries";
import { findActorName, listTrail, type TrailPage } from "@/lib/audit/trail/queries";
import { FACT_NAMES, SUBJECT_TYPES } from "@/lib/events/fact-subjects";
import { listParams } from "@/lib/list-address";

const ROWS = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAudit"))("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("audit.read", "/admin/audit");
  const [t, list, cursor] = await Promise.all([getTranslations("adminAudit"), openList(TRAIL, searchParams, reading), readParams(searchParams, "before", "after")]);
  const state: TrailState = list.state;
  const [page, kept, actor] = await Promise.all([
    listTrail(filterOf(state), { limit: ROWS, zone: reading.policy.timeZone, before: idIn(cursor.before), after: idIn(cursor.after) }),
    getAuditState(),
    state.filters.actor === undefined ? null : findActorName(state.filters.actor),
  ]);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <ChainCard state={kept} reading={reading} />
      <ListFrame
        list={list} label={t("list")} search={t("search")}
        tabs={[{ label: t("all"), filters: {} }, { label: t("who.staff"), filters: { who: "staff" } }, { label: t("who.clock"), filters: { who: "clock" } }]}
        fields={await fieldsOf(actor)}
        columnsIn="adminAudit.columns"
        exportTo="/admin/audit/export.csv" shown={page.rows.length} total={page.rows.length}
        pager={await pagerOf(state, page)}
        first={<FirstUse title={t("first")}>{t("firstHint")}</FirstUse>}
      >
        <TrailTable rows={page.rows} state={state} face={list.face} reading={reading} />
      </ListFrame>
    </>
  );
}

async function fieldsOf(actor: string | null): Promise<FilterField[]> {
  const t = await getTranslations("adminAudit");
  return [
    { name: "name", label: t("filter.name"), options: FACT_NAMES.map((value) => ({ value, label: factSentence(t, value) })) },
    { name: "type", label: t("filter.type"), options: SUBJECT_TYPES.map((value) => ({ value, label: subjectWord(t, value) })) },
    { name: "from", label: t("filter.from"), kind: "day", group: t("filter.days") },
    { name: "to", label: t("filter.to"), kind: "day", group: t("filter.days") },
    { name: "actor", label: t("columns.who"), kind: "hidden", chip: (id) => actor ?? t("nobody", { id: Number(id) }) },
    { name: "subject", label: t("columns.subject"), kind: "hidden", chip: (id) => String(id) },
    { name: "who", label: t("columns.who"), kind: "hidden", chip: (who) => t(who === "staff" ? "who.staff" : "who.clock") },
  ];
}

/** By ids and not by numbers of pages: the newest page is the same however long the log is. */
async function pagerOf(state: TrailState, { rows, nextBefore, previousAfter, searchedTo }: TrailPage) {
  if (nextBefore === null && previousAfter === null) return null;
  const t = await getTranslations("adminAudit");
  const to = (name: "before" | "after", id: number | null): Route | null => {
    if (id === null) return null;
    const query = listParams(TRAIL, state);
    query.set(name, String(id));
    return `/admin/audit?${query.toString()}` as Route;
  };
  return <Pager summary={searchedTo !== null && rows.length === 0 ? t("searchedSoFar") : t("pageOf", { count: rows.length })} previous={to("after", previousAfter)} next={to("before", nextBefore)} />;
}
