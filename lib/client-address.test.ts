import { expect, test } from "vitest";

import { clientAddress, exactAddress } from "./client-address";

const from = (address?: string) => new Headers(address === undefined ? {} : { "x-real-ip": address });

test.each<[string | undefined, string, string | null]>([
  ["203.0.113.7", "203.0.113.7", "203.0.113.7"],
  ["2001:db8:0:7::1", "2001:db8:0:7::/64", "2001:db8:0:7::1"],
  ["::ffff:203.0.113.7", "::ffff:203.0.113.7", "::ffff:203.0.113.7"],
  [undefined, "unknown", null],
  ["no address", "no address", null],
])("a request of %j is counted as %j and handed on as %j", (address, counted, handedOn) => {
  expect([clientAddress(from(address)), exactAddress(from(address))]).toEqual([counted, handedOn]);
});
