import type { Route } from "next";

/** An address with those parameters that say something. */
export function hrefWith(path: string, params: Readonly<Record<string, string | number | undefined>> = {}): Route {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined && value !== "") query.set(name, String(value));
  const text = query.toString();
  return (text === "" ? path : `${path}?${text}`) as Route;
}
