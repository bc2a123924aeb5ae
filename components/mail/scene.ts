import { brandColours } from "@/lib/brand";
import { pictureHref } from "@/lib/catalog/pictures/rendition";
import type { Locale } from "@/lib/i18n";
import type { PointsName } from "@/lib/points-name";
import { translatorsOf } from "@/lib/points-words";
import en from "@/messages/en/mail.json";
import zh from "@/messages/zh-CN/mail.json";

const words = translatorsOf({ "zh-CN": zh, en });

/** What a merchant makes their own; without it, our jade and coin. */
export type MailBrand = { hue?: number | null; /** A picture by its public id. */ logo?: string | null; points?: PointsName };

/** In what a message is written: its reader's language, and the shop's name, address and looks. */
export type MailScene = {
  locale: Locale;
  shopName: string;
  say: ReturnType<typeof words>;
  /** A path of the shop as an address that works from anywhere. */
  link: (path: string) => string;
  /** The address of the shop's logo; null where it has none. */
  logo: string | null;
  /** The colours that mail has of the shop, for the light alone. */
  ink: { primary: string; onPrimary: string; hero: string; onHero: string };
};

const JADE = { primary: "#0b6b4e", onPrimary: "#ffffff", hero: "#0a4a38", onHero: "#f4fbf7" };

/** `shopUrl` comes from the settings of the process, never from a request: what a caller sends as Host must not be in a link. */
export function mailScene(locale: Locale, shopName: string, shopUrl: string, { hue = null, logo = null, points }: MailBrand = {}): MailScene {
  const link = (path: string) => linkTo(path, new URL(shopUrl));
  return { locale, shopName, say: words(locale, points), link, logo: logo && link(pictureHref(logo, 320)), ink: hue === null ? JADE : inkOf(hue) };
}

function inkOf(hue: number): MailScene["ink"] {
  const colours = brandColours(hue);
  return { primary: colours.primary.light, onPrimary: colours["on-primary"].light, hero: colours.hero.light, onHero: colours["hero-fg"].light };
}

/** A path that leads to another host is none of ours: it becomes the shop's front page. */
function linkTo(path: string, shop: URL): string {
  const target = URL.canParse(path, shop) ? new URL(path, shop) : shop;
  return (target.origin === shop.origin ? target : shop).href;
}
