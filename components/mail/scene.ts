import { createTranslator } from "use-intl/core";
import type { Locale } from "@/lib/i18n";
import en from "@/messages/en/mail.json";
import zh from "@/messages/zh-CN/mail.json";

const words = {
  "zh-CN": createTranslator({ locale: "zh-CN", messages: zh }),
  en: createTranslator({ locale: "en", messages: en }),
};

/** In what a message is written: its reader's language, and the shop's name and address. */
export type MailScene = {
  locale: Locale;
  shopName: string;
  say: (typeof words)["zh-CN"];
  /** A path of the shop as an address that works from anywhere. */
  link: (path: string) => string;
};

/** `shopUrl` comes from the settings of the process, never from a request: what a caller sends as Host must not be in a link. */
export function mailScene(locale: Locale, shopName: string, shopUrl: string): MailScene {
  return { locale, shopName, say: words[locale] as MailScene["say"], link: (path) => linkTo(path, new URL(shopUrl)) };
}

/** A path that leads to another host is none of ours: it becomes the shop's front page. */
function linkTo(path: string, shop: URL): string {
  const target = URL.canParse(path, shop) ? new URL(path, shop) : shop;
  return (target.origin === shop.origin ? target : shop).href;
}
