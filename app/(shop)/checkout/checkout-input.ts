const ADDRESS = "address.";

/** What every checkout form sends: `address.phone` and its kin become one object; an empty amount of points means each price's own way. */
export function checkoutFields(fields: Record<string, string>): Record<string, unknown> {
  const address = Object.entries(fields).filter(([name]) => name.startsWith(ADDRESS)).map(([name, value]) => [name.slice(ADDRESS.length), value]);
  const given = ["pointsToUse", "couponId", "pickupPointId"].filter((name) => fields[name]).map((name) => [name, fields[name]]);
  return { ...Object.fromEntries(given), ...(address.length > 0 ? { address: Object.fromEntries(address) } : {}) };
}
