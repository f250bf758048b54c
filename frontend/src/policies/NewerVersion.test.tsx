import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { policyDraft } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import type { PolicyDifference, PolicyDraft } from "../api/views";
import DraftPage from "./DraftPage";

const take = "PUT /policy-drafts/7/base";
const difference = (from: number, to: number, text: string): PolicyDifference => ({
  code: "POL-1", title: "Complaints", from, to, locale: "en", languages: ["en"], summary: { added: 1 },
  pairs: [{ change: "added", renumbered: false, moved: false, old: [], new: [{ kind: "article", name: "Article 3", address: "3" }], runs: [{ op: "insert", text }] }],
});
function answers(draft: PolicyDraft): Record<string, (asked: { body: Record<string, unknown> }) => unknown> {
  return {
    "GET /policy-drafts/7": () => draft,
    "GET /policy-drafts/7/since": () => difference(2, 3, "Complaints may be withdrawn."),
    "GET /policy-drafts/7/difference": () => difference(2, 0, "Kept for five years."),
    "GET /policy-drafts/7/effects": () => ({ items: [] }),
    "GET /policies": () => ({ items: [], next: null }),
    "GET /policy-drafts": () => ({ items: [] }),
  };
}
const show = () => open(DraftPage, "/officer/policies/:id", "/officer/policies/7");
const panel = () => screen.findByRole("region", { name: "Version 3 was published while this draft was being written" });

test("what came is shown beside the draft, and the draft goes on only when its writer has taken it as base", async () => {
  const server = serve(answers(policyDraft({ newest: 3 })));
  const { user } = await show();
  const came = within(await panel());
  expect(await came.findByText("Complaints may be withdrawn.")).toBeVisible();
  expect(came.getByRole("heading", { name: "What changed from version 2 to version 3" })).toBeVisible();
  expect(await screen.findByRole("heading", { name: "What changes against version 2" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Ask for review" })).toBeDisabled();
  const taken = policyDraft({ edition: 4, base: 3, newest: 3 });
  server.answers[take] = () => {
    server.answers["GET /policy-drafts/7"] = () => taken;
    return taken;
  };
  await user.click(came.getByRole("button", { name: "Take version 3 as base" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "Ask for review" })).toBeEnabled());
  expect(screen.queryByRole("region", { name: /came while/ })).toBeNull();
  expect(screen.getByText("written against version 3")).toBeVisible();
  expect(server.sent(take).map((a) => a.body)).toEqual([{ edition: 3, base: 3 }]);
});

test("words that are not saved are saved before the base is taken", async () => {
  serve(answers(policyDraft({ newest: 3 })));
  const { user } = await show();
  await user.click(await screen.findByRole("tab", { name: /English/ }));
  await user.type(await screen.findByRole("textbox", { name: "Text (Markdown)" }), " Mine.");
  expect(within(await panel()).getByRole("button", { name: "Take version 3 as base" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Save edition" })).toBeEnabled();
});

test("who approves is told what the draft is compared with, and approves nothing over a version that came since", async () => {
  serve(answers(policyDraft({ newest: 3, state: "in_review", mine: false, writable: true })));
  const { user } = await show();
  await panel();
  expect(screen.getByText("written against version 2")).toBeVisible();
  await user.click(await screen.findByRole("radio", { name: /^Material/ }));
  expect(screen.getByRole("button", { name: "Approve" })).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Take version 3 as base" })).toBeNull();
});

test("a version that comes while the draft is on screen is shown when it is refused", async () => {
  const server = serve(answers(policyDraft()));
  const { user } = await show();
  const submission = "POST /policy-drafts/7/submission";
  server.answers[submission] = () => {
    server.answers["GET /policy-drafts/7"] = () => policyDraft({ newest: 3 });
    return new Refusal(409, "policies.newer_version", "Version 3 was published after this draft was begun.");
  };
  await user.click(await screen.findByRole("button", { name: "Ask for review" }));
  await panel();
  expect(screen.getByText("Version 3 was published after this draft was begun.")).toBeVisible();
});
