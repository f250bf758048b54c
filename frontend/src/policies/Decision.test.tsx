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
  await show({ state: "in_review", mine: false }, me({ roles: [{ id: 1, role: "author", unit_id: 1, unit_name: "Head office" }], institution_roles: ["author"] }));
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
