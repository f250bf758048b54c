import { expect, test } from "vitest";
import { instantOf, localOf, networksOf } from "./conditions";

test("an instant goes to the input and comes back", () => {
  for (const instant of ["2026-12-01T01:00:00.000Z", "2026-06-30T16:30:00.000Z"]) {
    expect(instantOf(localOf(instant))).toBe(instant);
    expect(localOf(instant)).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d$/);
  }
  expect(localOf(null)).toBe("");
  expect(instantOf("")).toBeUndefined();
});

test("networks are read a line at a time, and what is none is kept for the server to refuse", () => {
  expect(networksOf("BR-012 10.12.0.0/16\n\n  HQ，2001:db8::/32  \nalone\n")).toEqual([
    { unit: "BR-012", network: "10.12.0.0/16" },
    { unit: "HQ", network: "2001:db8::/32" },
    { unit: "alone", network: "" },
  ]);
});
