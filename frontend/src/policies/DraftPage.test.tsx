import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { me, policyDraft } from "../../test/factories";
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
  await user.click(screen.getByRole("button", { name: "Use their text" }));
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

const leave = (user: Awaited<ReturnType<typeof open>>["user"]) => user.click(screen.getByRole("link", { name: "Go elsewhere" }));
const withdrawn = () => edition(3, "Old words.", { state: "withdrawn" });

test("words typed into a draft that is withdrawn meanwhile stay on the screen, and the page can be left", async () => {
  const server = serve(answers());
  const { user, client } = await show();
  await user.type(await text(), " Mine.");
  server.answers["GET /policy-drafts/7"] = withdrawn;
  await act(() => client.invalidateQueries());
  const mine = await screen.findByRole("textbox", { name: "Your text" });
  expect(mine).toHaveAttribute("readonly");
  expect(mine).toHaveTextContent("Old words. Mine.");
  expect(screen.getByText("This draft was withdrawn. Its editions are kept.")).toBeVisible();
  await leave(user);
  await screen.findByText("Elsewhere");
});

test("words kept for a draft that was published meanwhile are shown when it is opened again, until they are discarded", async () => {
  const server = serve(answers());
  const first = await show();
  await first.user.type(await text(), " Mine.");
  first.close();
  server.answers["GET /policy-drafts/7"] = () => edition(3, "Old words.", { state: "published", number: 2 });
  const { user } = await open(DraftPage, "/officer/policies/:id", "/officer/policies/7");
  expect(await screen.findByRole("textbox", { name: "Your text" })).toHaveTextContent("Old words. Mine.");
  await user.click(screen.getByRole("button", { name: "Discard this text" }));
  await user.click(screen.getByRole("button", { name: "Yes, discard it" }));
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "Your text" })).toBeNull());
  expect(kept()).toEqual([]);
});

const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("anwen.edited."));
const writeNew = (who = me()) => open(DraftPage, "/officer/policies/:id", "/officer/policies/new", who);
const code = () => screen.findByRole("combobox", { name: "Code" });

test("words kept on this device are those of one person: another neither sees nor deletes them", async () => {
  serve(answers());
  const first = await writeNew();
  await first.user.type(await code(), "POL-9");
  first.close();
  const other = await writeNew(me({ person_id: 2 }));
  expect(await code()).toHaveValue("");
  await other.user.type(await code(), "POL-2");
  await other.user.clear(await code());
  other.close();
  await writeNew();
  expect(await code()).toHaveValue("POL-9");
});

test("a text that is again as it was loaded is saved: leaving does not ask", async () => {
  serve(answers());
  const { user } = await writeNew();
  await user.click(await screen.findByRole("tab", { name: /English/ }));
  await user.type(await text(), "Mine.");
  expect(screen.getByText("Not saved yet")).toBeVisible();
  await user.clear(await text());
  expect(screen.getByText("New: not saved yet")).toBeVisible();
  expect(kept()).toEqual([]);
  await leave(user);
  await screen.findByText("Elsewhere");
});

test("a new draft of a policy that has an open one leads to it, and the kept words can be discarded", async () => {
  const server = serve(answers());
  server.answers["POST /policy-drafts"] = () => new Refusal(409, "policies.draft_open", "The policy POL-9 has an open draft already.");
  server.answers["GET /policy-drafts"] = () => ({ items: [policyDraft({ id: 8, code: "POL-9", state: "withdrawn" }), policyDraft({ id: 9, code: "POL-9" })] });
  const first = await writeNew();
  await first.user.type(await code(), "POL-9");
  await first.user.click(screen.getByRole("button", { name: "Save edition" }));
  expect(await screen.findByRole("link", { name: "Open the draft of POL-9" })).toHaveAttribute("href", "/officer/policies/9");
  first.close();

  const { user } = await writeNew();
  expect(await screen.findByText(/kept on this device and has not been saved/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Discard this text" }));
  expect(await code()).toHaveValue("POL-9");
  await user.click(screen.getByRole("button", { name: "Yes, discard it" }));
  await waitFor(async () => expect(await code()).toHaveValue(""));
  expect(kept()).toEqual([]);
});

test("a new draft names the version that its writer was shown as the newest", async () => {
  const server = serve({ ...answers(), "GET /policies": () => ({ items: [{ code: "POL-9", title: "Complaints", newest: 4, issuer: "", category: "", owner: "", applies_to: "" }], next: null }) });
  server.answers["POST /policy-drafts"] = () => new Refusal(500, "server.failed", "The server has failed.");
  const { user } = await writeNew();
  await user.type(await code(), "POL-9");
  await screen.findByText(/this becomes version 5/);
  await user.click(screen.getByRole("button", { name: "Save edition" }));
  await screen.findByText("The server has failed.");
  expect(server.sent("POST /policy-drafts")[0]?.body).toMatchObject({ code: "POL-9", base: 4 });
});

const policies = (...codes: string[]) => () => ({ items: codes.map((c) => ({ code: c, title: "Complaints", newest: 4, issuer: "", category: "", owner: "", applies_to: "" })), next: null });
const said = (words: string) => () => ({ content: { titles: { en: "Complaints", "zh-Hans": "投诉" }, issuer: "The bank", category: "", owner: "", applies_to: "", effective_from: "", notes: {}, texts: { en: words, "zh-Hans": "第一条" }, tier: 2, questions: {} }, withheld: 0 });
const base4 = "GET /policies/POL-9/versions/4/content";
const compared = "POST /policies/POL-9/versions/4/comparison";
const newText = async (user: Awaited<ReturnType<typeof open>>["user"]) => {
  await user.click(await screen.findByRole("tab", { name: /English/ }));
  return text();
};

test("a new draft begins with all that the newest version says, whatever the capitals of its code", async () => {
  const server = serve({ ...answers(), "GET /policies": policies("POL-9"), [base4]: said("Old words.") });
  server.answers["POST /policy-drafts"] = () => new Refusal(500, "server.failed", "The server has failed.");
  const { user } = await writeNew();
  await user.type(await code(), "pol-9");
  await waitFor(async () => expect(await newText(user)).toHaveValue("Old words."));
  expect(await code()).toHaveValue("POL-9");
  await user.click(screen.getByRole("button", { name: "Save edition" }));
  await screen.findByText("The server has failed.");
  expect(server.sent("POST /policy-drafts")[0]?.body).toMatchObject({ code: "POL-9", base: 4, content: { titles: { en: "Complaints", "zh-Hans": "投诉" }, texts: { en: "Old words.", "zh-Hans": "第一条" }, tier: 2, issuer: "The bank" } });
});

test("a code typed on is another policy: it does not begin with the words of the first", async () => {
  serve({ ...answers(), "GET /policies": policies("POL-9"), [base4]: said("Old words.") });
  const { user } = await writeNew();
  await user.type(await code(), "POL-9");
  await waitFor(async () => expect(await newText(user)).toHaveValue("Old words."));
  await user.type(await code(), "1");
  await waitFor(async () => expect(await text()).toHaveValue(""));
});

test("words that are written already stay, and the version's are taken over only when asked twice", async () => {
  serve({ ...answers(), "GET /policies": policies("POL-9"), [base4]: said("Old words.") });
  const { user } = await writeNew();
  await user.type(await newText(user), "Mine.");
  await user.type(await code(), "POL-9");
  await user.click(await screen.findByRole("button", { name: "Begin again with the text of version 4" }));
  expect(await text()).toHaveValue("Mine.");
  await user.click(screen.getByRole("button", { name: "Yes, replace it" }));
  expect(await text()).toHaveValue("Old words.");
});

test("the difference from the base is shown while the text is written", async () => {
  const server = serve({ ...answers(), "GET /policies": policies("POL-9"), [base4]: said("Old words.") });
  server.answers[compared] = ({ body }) => ({ code: "POL-9", title: "", from: 4, to: 0, locale: "en", languages: ["en"], summary: { changed: 1 },
    pairs: [{ change: "changed", renumbered: false, moved: false, old: [], new: [{ kind: "article", name: "Article 1", address: "1" }], runs: [{ op: "insert", text: String(body.text) }] }] });
  const { user } = await writeNew();
  await user.type(await code(), "POL-9");
  await waitFor(async () => expect(await newText(user)).toHaveValue("Old words."));
  await user.type(await text(), " New.");
  expect(await screen.findByRole("heading", { name: "Article 1" })).toBeVisible();
  await waitFor(() => expect(server.sent(compared).at(-1)?.body).toEqual({ locale: "en", text: "Old words. New." }));
});

test("the draft of a repealed policy says what is left to do", async () => {
  serve({ ...answers(), "GET /policy-drafts/7": () => edition(3, "Old words.", { repealed_from: "2026-12-31" }) });
  await show();
  expect(screen.getByText(/this draft cannot become a version. Withdraw it/)).toBeVisible();
});
