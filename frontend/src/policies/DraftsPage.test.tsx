import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { open } from "../../test/screen";
import { serve } from "../../test/server";
import DraftsPage from "./DraftsPage";

const proposal = (over: object = {}) => ({
  id: 9, code: "POL-1", title: "Complaints", number: 2, newest: 2, effective_from: "2027-01-01", reason: "Replaced by POL-2.", proposed_at: "2026-11-02T08:00:00Z", proposed_by: "Li Yang", mine: false, draft: 0, ...over,
});
const answers = (items: object[]) => ({
  "GET /policy-drafts": () => ({ items: [] }), "GET /policy-repeals": () => ({ items }), "GET /me/assignments": () => ({ items: [] }),
  "GET /policies": () => ({ items: [], next: null }), "GET /briefings": () => ({ items: [] }),
});

test("a repeal that waits stands beside the drafts, and leads to where it is decided", async () => {
  serve(answers([proposal(), proposal({ id: 10, code: "POL-2", title: "Risk", mine: true })]));
  await open(DraftsPage, "/officer/policies", "/officer/policies");
  expect(await screen.findByRole("link", { name: "Complaints" })).toHaveAttribute("href", "/policies/POL-1");
  expect(screen.getByText("waits for you")).toBeVisible();
  expect(screen.getByText("waits for another officer")).toBeVisible();
});
