/**
 * The address a request came from. The self-hosted server writes `x-real-ip` itself, from the socket or the trusted proxy hop,
 * over whatever the client sent; a platform such as Vercel does the same.
 */
export const clientAddress = (headers: Pick<Headers, "get">): string => headers.get("x-real-ip")?.slice(0, 45) ?? "unknown";
