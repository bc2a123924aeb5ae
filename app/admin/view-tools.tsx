import "server-only";

import { useTranslations } from "next-intl";
import { isAsSaved, type OpenList } from "./list-frame";
import { deleteViewForm, overwriteViewForm, renameViewForm, saveViewForm } from "./view-actions";
import { CommandForm } from "@/components/admin/command-form";
import { ListPopover } from "@/components/admin/list-popover";
import { Icon } from "@/components/ui/icon";
import { publicId } from "@/lib/id";
import { chosenColumns, storedQuery, type AnyState } from "@/lib/list-address";
import { mayChangeView, mayShareViews, VIEW_NAME_MAX } from "@/lib/views/list";
import type { SavedView } from "@/lib/views/queries";

/** Keeps the list as it is now, and changes the view that it began with. */
export function ViewTools({ list, end }: { list: OpenList; end: boolean }) {
  const t = useTranslations("admin.list");
  const { shape, saved, staff } = list;
  const state = list.state as AnyState;
  const view = saved.find(({ id }) => id === state.view);
  const query = storedQuery(shape, state);
  const kept = { query, columns: chosenColumns(shape, state)?.join(",") ?? "" };
  const look = "min-h-11 rounded-control px-2.5 text-dense font-medium text-muted hover:text-fg";
  return (
    <span className="flex shrink-0 items-center max-sm:ms-auto">
      {view && (
        <ListPopover label={<><Icon name="edit" size={16} /><span className="max-sm:sr-only">{t("viewOptions")}</span></>} look={look} end={end}>
          <ViewOptions view={view} kept={kept} isChanged={!isAsSaved(shape, query, state, view)} mayChange={mayChangeView(staff, view)} />
        </ListPopover>
      )}
      <ListPopover label={<><Icon name="plus" size={16} /><span className="max-sm:sr-only">{t("saveView")}</span></>} look={look} end={end}>
        <CommandForm
          action={saveViewForm} label={t("saveView")} submit={t("viewSave")} pending={t("viewSave")}
          hidden={{ requestId: publicId(), list: shape.key, path: shape.path, ...kept }} fields={[{ name: "name", id: "view-name", label: t("viewName"), maxLength: VIEW_NAME_MAX, autoComplete: "off" }]}
        >
          {mayShareViews(staff) && (
            <label className="flex min-h-8 cursor-pointer items-start gap-2.5 text-dense">
              <input type="checkbox" name="isShared" className="size-6 shrink-0 accent-primary" />
              <span>{t("viewShared")}<span className="block text-caption text-muted">{t("viewSharedHint")}</span></span>
            </label>
          )}
        </CommandForm>
      </ListPopover>
    </span>
  );
}

type ViewOptionsProps = { view: SavedView; kept: { query: string; columns: string }; isChanged: boolean; mayChange: boolean };

function ViewOptions({ view, kept, isChanged, mayChange }: ViewOptionsProps) {
  const t = useTranslations("admin.list");
  return (
    <div className="grid gap-4">
      {view.isShared && <p className="text-caption text-muted">{mayChange ? t("viewOf", { name: view.ownerName }) : t("viewLocked")}</p>}
      {mayChange && (
        <>
          {isChanged && <CommandForm action={overwriteViewForm} label={t("viewOverwrite")} hidden={{ requestId: publicId(), viewId: view.id, ...kept }} submit={t("viewOverwrite")} pending={t("viewOverwrite")} />}
          <CommandForm
            key={view.name} action={renameViewForm} label={t("viewRename")} look="secondary" hidden={{ requestId: publicId(), viewId: view.id }} submit={t("viewRename")} pending={t("viewRename")}
            fields={[{ name: "name", id: "view-rename", label: t("viewName"), maxLength: VIEW_NAME_MAX, autoComplete: "off", defaultValue: view.name }]}
          />
          <CommandForm action={deleteViewForm} label={t("viewDelete")} look="danger" hidden={{ requestId: publicId(), viewId: view.id }} submit={t("viewDelete")} pending={t("viewDelete")} />
        </>
      )}
    </div>
  );
}
