import type { Route } from "next";

/** Where to go after signing in: a path of this shop, never another site. Two slashes anywhere in it can come to stand first: "/..//evil.com". */
export function nextPath(wanted: string): Route {
  const isOurs = wanted.startsWith("/") && !/^[^?#]*\/\//.test(wanted) && !/[\u0000-\u001f\\]/.test(wanted) && wanted.length <= 300;
  return (isOurs ? wanted : "/") as Route;
}
