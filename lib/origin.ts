/**
 * Whether a request that would change something came from another site's page. Browsers say so themselves; older ones, and those on plain
 * http, name the page's origin. Next compares Origin with Host only where there is an Origin: a request without one passes it, and not this.
 */
export function isForeign(sent: Pick<Headers, "get">, shopUrl: string): boolean {
  const site = sent.get("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  const origin = sent.get("origin");
  return origin === null || (origin !== new URL(shopUrl).origin && hostOf(origin) !== sent.get("host"));
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
