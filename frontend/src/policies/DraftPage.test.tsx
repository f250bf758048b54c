import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { policyDraft } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import type { PolicyDraft } from "../api/views";
import DraftPage from "./DraftPage";

const put = "PUT /policy-drafts/7";
const edition = (n: number, words: string, over: Partial<PolicyDraft> = {}) => {
  const draft = policyDraft({ edition: n, ...over });
  return { ...draft, content: { ...draft.content, texts: { en: words } } };
};
function answers(): Record<string, (asked: { body: Record<string, unknown> }) => unknown> {
  return {
    "GET /policy-drafts/7": () => edition(3, "Old words."),
    "GET /policies": () => ({ items: [], next: null }),
    "GET /policy-drafts": () => ({ items: [] }),
  };
}
const show = async () => {
  const opened = await open(DraftPage, "/officer/policies/:id", "/officer/policies/7");
  await opened.user.click(await screen.findByRole("tab", { name: /English/ }));
  return opened;
};
const text = () => screen.findByRole("textbox", { name: "Text (Markdown)" });

test("a draft is saved on the edition that it was made from", async () => {
  const server = serve(answers());
  const saved = edition(4, "Old words. New.");
  server.answers[put] = () => {
    server.answers["GET /policy-drafts/7"] = () => saved;
    return saved;
  };
  const { user } = await show();
  await user.type(await text(), " New.");
  await user.click(screen.getByRole("button", { name: "Save edition" }));
  await screen.findByText("Saved");
  expect(server.sent(put)[0]?.body).toMatchObject({ edition: 3, code: "POL-1", content: { texts: { en: "Old words. New." } } });
});

test("a refetch does not replace words that were typed and not saved", async () => {
  const server = serve(answers());
  const { user, client } = await show();
  await user.type(await text(), " Mine.");
  server.answers["GET /policy-drafts/7"] = () => edition(5, "Theirs.");
  await act(() => client.invalidateQueries());
  await screen.findByText(/^edition 5/);
  expect(await text()).toHaveValue("Old words. Mine.");
  expect(screen.getByLabelText(/Their text/)).toHaveTextContent("Theirs.");
});

test("a draft kept on this device from edition 3 meets edition 5 with both texts", async () => {
  const server = serve(answers());
  const first = await show();
  await first.user.type(await text(), " Mine.");
  first.close();
  server.answers["GET /policy-drafts/7"] = () => edition(5, "Theirs.");
  await show();
  expect(await text()).toHaveValue("Old words. Mine.");
  expect(screen.getByLabelText(/Their text/)).toHaveTextContent("Theirs.");
  expect(screen.getByRole("button", { name: "Save edition" })).toBeDisabled();
});

test("a draft that a colleague saved first is kept beside theirs", async () => {
  const server = serve(answers());
  server.answers[put] = () => new Refusal(409, "policies.draft_changed");
  const { user } = await show();
  await user.type(await text(), " Mine.");
  server.answers["GET /policy-drafts/7"] = () => edition(5, "Theirs.");
  await user.click(screen.getByRole("button", { name: "Save edition" }));
  expect(await screen.findByLabelText(/Their text/)).toHaveTextContent("Theirs.");
  await user.click(screen.getByRole("button", { name: "Take theirs" }));
  await waitFor(async () => expect(await text()).toHaveValue("Theirs."));
});

test("a draft that cannot be loaded is an error, and opens nothing", async () => {
  serve({ ...answers(), "GET /policy-drafts/7": () => new Refusal(500, "server.failed", "The server has failed.") });
  await open(DraftPage, "/officer/policies/:id", "/officer/policies/7");
  expect(await screen.findByRole("alert")).toHaveTextContent("The server has failed.");
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("leaving a draft with words that are not saved asks", async () => {
  serve(answers());
  const { user } = await show();
  await user.type(await text(), " Mine.");
  await user.click(screen.getByRole("link", { name: "Go elsewhere" }));
  await user.click(await screen.findByRole("button", { name: "Leave" }));
  await screen.findByText("Elsewhere");
});
