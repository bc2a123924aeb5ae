import { isIP, isIPv6 } from "node:net";

/** The address that a request came from, to be handed on; null where nothing says it. */
export function exactAddress(headers: Pick<Headers, "get">): string | null {
  const address = headers.get("x-real-ip") ?? "";
  return isIP(address) === 0 ? null : address;
}

/**
 * Where a request came from, as far as requests are counted: its address, or its network where that is IPv6, since a line has all of a network's
 * addresses. The self-hosted server writes `x-real-ip` itself, from the socket or the trusted proxy hop, over whatever the client sent;
 * a platform such as Vercel does the same.
 */
export function clientAddress(headers: Pick<Headers, "get">): string {
  const address = headers.get("x-real-ip")?.slice(0, 45) ?? "unknown";
  const isNetwork = isIPv6(address) && !address.includes(".") && !address.includes("%");
  return isNetwork ? networkOf(address) : address;
}

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** `2001:db8:0:7::/64`, however the address was written. */
function networkOf(address: string): string {
  const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: GROUPS - head.length - tail.length }, () => "0");
  const groups = [...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS).map((group) => parseInt(group, 16).toString(16));
  return `${groups.join(":")}::/64`;
}
