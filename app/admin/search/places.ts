import { ADMIN_ACTIONS, allowedGroups } from "@/components/shell/admin-pages";
import type { PalettePlace } from "@/components/admin/palette-search";
import type { Permission } from "@/lib/accounts/permission";
import type { Locale } from "@/lib/i18n";
import frameEn from "@/messages/en/adminFrame.json";
import navEn from "@/messages/en/nav.json";
import frameZh from "@/messages/zh-CN/adminFrame.json";
import navZh from "@/messages/zh-CN/nav.json";

const spoken = { "zh-CN": { nav: navZh, frame: frameZh }, en: { nav: navEn, frame: frameEn } } as const;

/** Every page and action of a role, named in its language and found by its name in any. */
export function placesFor(permissions: ReadonlySet<Permission>, locale: Locale): PalettePlace[] {
  const { nav, frame } = spoken[locale];
  const pages = allowedGroups(permissions).flatMap((group) =>
    group.pages.map(({ key, href }): PalettePlace => ({
      kind: "page", id: key, label: nav.adminPages[key], hint: nav.adminGroups[group.key], href, names: `${navZh.adminPages[key]}\n${navEn.adminPages[key]}`,
    })));
  const actions = ADMIN_ACTIONS.filter(({ needs }) => permissions.has(needs)).map(({ key, href }): PalettePlace => ({
    kind: "action", id: key, label: frame.actions[key], hint: "", href, names: `${frameZh.actions[key]}\n${frameEn.actions[key]}`,
  }));
  return [...pages, ...actions];
}
