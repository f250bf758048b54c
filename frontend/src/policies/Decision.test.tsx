import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { me, policyDraft } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import { Decision } from "./Decision";

const approval = "POST /policy-drafts/7/approval";
const back = "POST /policy-drafts/7/return";
const show = (over: Parameters<typeof policyDraft>[0], who = me()) => open(() => <Decision draft={policyDraft(over)} />, "/", "/", who);
const named = (name: string) => screen.findByRole("button", { name });

test("a draft is approved only when somebody has said whether it is material, and for the edition on screen", async () => {
  const server = serve({ [approval]: () => policyDraft({ state: "approved", material: false }) });
  const { user } = await show({ state: "in_review", mine: false });
  expect(await named("Approve")).toBeDisabled();
  await user.click(screen.getByRole("radio", { name: /^Editorial/ }));
  await user.type(screen.getByLabelText("Note or reason"), "Only commas.");
  await user.click(await named("Approve"));
  expect(server.sent(approval).map((a) => a.body)).toEqual([{ edition: 3, material: false, note: "Only commas." }]);
});

test("a draft is sent back with a reason, and a refusal is said", async () => {
  const server = serve({ [back]: () => new Refusal(409, "policies.draft_changed", "Wu Min has saved edition 4.") });
  const { user } = await show({ state: "in_review", mine: false });
  expect(await named("Send back")).toBeDisabled();
  await user.type(screen.getByLabelText("Note or reason"), "Article 4 is missing.");
  await user.click(await named("Send back"));
  expect(await screen.findByRole("alert")).toHaveTextContent("Wu Min has saved edition 4.");
  expect(server.sent(back).map((a) => a.body)).toEqual([{ edition: 3, reason: "Article 4 is missing." }]);
});

test("who wrote a draft is offered no approval, and who is no officer waits", async () => {
  serve({});
  const own = await show({ state: "in_review", mine: true });
  await screen.findByText(/You are one of the writers of this draft \(Li Yang\)/);
  expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  own.close();
  await show({ state: "in_review", mine: false }, me({ roles: [{ role: "author", unit_id: 1, unit_name: "Head office" }], institution_roles: ["author"] }));
  await screen.findByRole("heading");
  expect(screen.queryByRole("button")).toBeNull();
});

test("a draft with warnings is submitted only when its writer has confirmed them", async () => {
  const submission = "POST /policy-drafts/7/submission";
  const server = serve({ [submission]: () => policyDraft({ state: "in_review" }) });
  const { user } = await show({ warnings: [{ message: "The signs * are taken as marks.", file: "en", line: 3 }, { message: "A tag is left out.", file: "en", line: 9 }] });
  expect(screen.getByText("The signs * are taken as marks.")).toBeVisible();
  const submit = screen.getByRole("button", { name: "Ask for review" });
  expect(submit).toBeDisabled();
  await user.click(screen.getByRole("checkbox", { name: "I have looked at all 2: they are right as they stand" }));
  await user.click(submit);
  expect(server.sent(submission).map((a) => a.body)).toEqual([{ edition: 3, confirmed_warnings: 2 }]);
});

test("a draft is published only after its weight was told: from when, in whose place, and how many people are asked", async () => {
  const publication = "POST /policy-drafts/7/publication";
  const server = serve({ "GET /policy-drafts/7/effects": () => ({ items: [], asked_again: 1200 }), [publication]: () => policyDraft({ state: "published", number: 3 }) });
  const approved = { state: "approved" as const, mine: false, approver: "Wu Min", approved_at: "2026-11-03T08:00:00Z", material: true };
  const first = await show(approved);
  await first.user.click(await named("Publish"));
  expect(await screen.findByText(/Version 3 is in force from 1 December 2026 on/)).toBeVisible();
  expect(screen.getByText("It takes the place of version 2.")).toBeVisible();
  expect(screen.getByText("1200 people, who were asked to acknowledge version 2, are asked to acknowledge this one within 14 days of its coming into force, or of its publication if that is later.")).toBeVisible();
  expect(server.sent(publication)).toHaveLength(0);
  await first.user.click(await named("Not yet"));
  await first.user.click(await named("Publish"));
  await first.user.click(await named("Yes, publish it, in force from 1 December 2026"));
  expect(server.sent(publication).map((a) => a.body)).toEqual([{ edition: 3 }]);
  first.close();
  server.answers["GET /policy-drafts/7/effects"] = () => ({ items: [], asked_again: 0 });
  const editorial = await show({ ...approved, material: false });
  await editorial.user.click(await named("Publish"));
  expect(await screen.findByText(/Nobody is asked again: the change is editorial/)).toBeVisible();
});

test("a reviewer's note is kept until it is sent", async () => {
  serve({ [back]: () => policyDraft() });
  const first = await show({ state: "in_review", mine: false });
  await first.user.type(await screen.findByLabelText("Note or reason"), "Article 4");
  first.close();
  const again = await show({ state: "in_review", mine: false });
  expect(await screen.findByLabelText("Note or reason")).toHaveValue("Article 4");
  await again.user.click(await named("Send back"));
  again.close();
  await show({ state: "in_review", mine: false });
  expect(await screen.findByLabelText("Note or reason")).toHaveValue("");
});
