import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { me } from "../../test/factories";
import { open } from "../../test/screen";
import { serve } from "../../test/server";
import TrainingPage from "./TrainingPage";

const proposal = (over: object = {}) => ({
  id: 9, code: "POL-1", title: "Complaints", number: 2, newest: 2, effective_from: "2027-01-01", reason: "Replaced by POL-2.", proposed_at: "2026-11-02T08:00:00Z", proposed_by: "Li Yang", mine: false, draft: 0, ...over,
});
const answers = (items: object[]) => ({
  "GET /policy-drafts": () => ({ items: [] }), "GET /policy-repeals": () => ({ items }), "GET /me/assignments": () => ({ items: [] }),
  "GET /policies": () => ({ items: [], next: null }), "GET /briefings": () => ({ items: [] }),
});

test("it is on the first page of whoever decides it, and of nobody else", async () => {
  const server = serve(answers([proposal(), proposal({ id: 10, code: "POL-2", title: "Risk", mine: true })]));
  const first = await open(TrainingPage, "/", "/");
  expect(await screen.findByRole("link", { name: /Decide.*Complaints/ })).toHaveAttribute("href", "/policies/POL-1");
  expect(screen.queryByText("Risk")).toBeNull();
  first.close();
  const asked = server.sent("GET /policy-repeals").length;
  await open(TrainingPage, "/", "/", me({ institution_roles: [], roles: [] }));
  await screen.findByText(/Lin Ruoxi/);
  expect(server.sent("GET /policy-repeals")).toHaveLength(asked);
});
