import { expect, test } from "vitest";

import { parseInput } from "@/lib/outcome";
import { SettingsInput } from "@/lib/settings/schema";

import { settingsFrom } from "./settings-input";

function sent(fields: Record<string, string>): unknown {
  const form = new FormData();
  for (const [name, value] of Object.entries({ requestId: "r", ...fields })) form.set(name, value);
  return parseInput(SettingsInput, settingsFrom(form));
}

test("our own colour is no hue, whatever the slider says; a hue of one's own is its number", () => {
  expect(sent({ section: "brand", colour: "ours", brandHue: "250", logo: "" })).toMatchObject({ ok: true, value: { brandHue: null, logo: null } });
  expect(sent({ section: "brand", colour: "own", brandHue: "0", logo: "AAAAAAAAAAAAAAAAAAAAAA" })).toMatchObject({ ok: true, value: { brandHue: 0, logo: "AAAAAAAAAAAAAAAAAAAAAA" } });
  expect(sent({ section: "brand", colour: "own", brandHue: "400", logo: "" })).toMatchObject({ ok: false, fields: { brandHue: "field_out_of_range" } });
});

test("a way to pay whose box is not ticked is off", () => {
  expect(sent({ section: "payment", "takes.test": "on", "takes.alipay": "on" })).toMatchObject({ ok: true, value: { paymentsOff: ["stripe", "wechat"] } });
  expect(sent({ section: "payment" })).toMatchObject({ ok: true, value: { paymentsOff: ["test", "stripe", "wechat", "alipay"] } });
});

test("names of points and thresholds come as they were typed", () => {
  expect(sent({ section: "pointsName", pointsName: " 星豆 ", pointsNameEn: "star", pointsNameEnPlural: "stars" })).toMatchObject({ ok: true, value: { pointsName: "星豆" } });
  expect(sent({ section: "control", adjustmentApprovalPoints: "500", secondFactor: "optional", staffIdleMinutes: "15", staffSessionHours: "8" })).toMatchObject({ ok: true, value: { adjustmentApprovalPoints: 500, secondFactor: "optional", staffIdleMinutes: 15, staffSessionHours: 8 } });
  expect(sent({ section: "control", adjustmentApprovalPoints: "many", secondFactor: "never", staffIdleMinutes: "4", staffSessionHours: "721" })).toMatchObject({
    ok: false, fields: { adjustmentApprovalPoints: "field_invalid", staffIdleMinutes: "field_out_of_range", staffSessionHours: "field_out_of_range" },
  });
});
