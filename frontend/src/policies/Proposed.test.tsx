import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { me } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import { Proposed } from "./Proposed";

const approval = "POST /policies/POL-1/repeal/approval";
const withdrawal = "DELETE /policies/POL-1/repeal";
const branch = me({ institution_roles: [] });

const effect = "GET /policies/POL-1/repeal";
const ends = () => ({
  clauses: 12, asked: 30,
  citing: [
    { kind: "course", source: "handling", title: "Handling complaints", part: "lesson/first", part_title: "The first reply", clause_name: "Article 7 Time limits" },
    { kind: "course", source: "handling", title: "Handling complaints", part: "item/deadline", part_title: "", clause_name: "" },
  ],
});

const show = (mine: boolean, who = me(), newest = 2, draft = 0) =>
  open(() => <Proposed code="POL-1" proposal={{ id: 9, code: "POL-1", title: "Complaints", draft, number: 2, newest, effective_from: "2027-01-01", reason: "Replaced by POL-2.", proposed_at: "2026-11-02T08:00:00Z", proposed_by: "Li Yang", mine }} />, "/", "/", who);

test("a repeal is approved by another officer, as it is shown", async () => {
  const server = serve({ [effect]: ends, [approval]: () => new Refusal(404, "policies.no_repeal_proposed", "No such proposal is open.") });
  const { user } = await show(false);
  expect(screen.getByText("Replaced by POL-2.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Approve the repeal" }));
  await user.click(await screen.findByRole("button", { name: /^Yes, repeal it from/ }));
  expect(await screen.findByRole("alert")).toHaveTextContent("No such proposal is open.");
  expect(server.sent(approval).map((a) => a.body)).toEqual([{ proposal: 9 }]);
});

test("whoever proposed a repeal can take it back, and is told why not approve it", async () => {
  const server = serve({ [withdrawal]: () => new Refusal(409, "policies.repealed", "It was repealed before.") });
  const { user } = await show(true);
  expect(screen.queryByRole("button", { name: "Approve the repeal" })).toBeNull();
  expect(screen.getByText("You proposed this. Another officer must approve it.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Take the proposal back" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("It was repealed before.");
  expect(server.sent(withdrawal)).toHaveLength(1);
});

test("an officer of one branch sees the proposal and decides nothing", async () => {
  serve({});
  await show(false, branch);
  expect(screen.getByText("Replaced by POL-2.")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a repeal that a newer version overtook is not approved: it is taken back and proposed again", async () => {
  serve({});
  await show(false, me(), 3);
  expect(screen.getByText(/Version 3 has been published since/)).toBeVisible();
  expect(screen.getByRole("link", { name: "See what changed" })).toHaveAttribute("href", "/policies/POL-1/versions/3/changes");
  expect(screen.queryByRole("button", { name: "Approve the repeal" })).toBeNull();
  expect(screen.getByRole("button", { name: "Take the proposal back" })).toBeEnabled();
});

test("before a repeal is approved it is said what ends, and the second question can be answered with no", async () => {
  const server = serve({ [effect]: ends });
  const { user } = await show(false);
  await user.click(screen.getByRole("button", { name: "Approve the repeal" }));
  expect(await screen.findByText(/Version 2 with its 12 clauses/)).toBeVisible();
  expect(screen.getByText(/30 people who are asked to acknowledge it/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Handling complaints" })).toHaveAttribute("href", "/courses/handling");
  expect(screen.getByText(/The first reply.*Article 7 Time limits/)).toBeVisible();
  expect(screen.getByText(/deadline.*the whole policy/i)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Not yet" }));
  expect(screen.getByRole("button", { name: "Approve the repeal" })).toBeVisible();
  expect(server.sent(approval)).toHaveLength(0);
});

test("a repeal beside an open draft leads to it", async () => {
  serve({});
  await show(false, me(), 2, 11);
  expect(screen.getByRole("link", { name: "Open the draft of POL-1" })).toHaveAttribute("href", "/officer/policies/11");
});
