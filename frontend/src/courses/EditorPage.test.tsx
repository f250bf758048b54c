import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { manuscript } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import EditorPage from "./EditorPage";

const stored = (edition: number, content: string) => ({ name: "course.md", edition, content, editor: "Li Yang", saved_at: "2026-11-02T08:00:00Z" });
const answers = () => ({
  "GET /manuscripts/manners": () => manuscript(),
  "GET /manuscripts/manners/text": (): unknown => stored(3, "Title."),
  "PUT /manuscripts/manners/text": (): unknown => ({ edition: 4, saved_at: "2026-11-02T08:01:00Z" }),
});
const show = () => open(EditorPage, "/officer/writing/:slug", "/officer/writing/manners");
const text = () => screen.findByLabelText("course.md", { selector: "textarea:enabled" });
const put = "PUT /manuscripts/manners/text";

test("what is written is saved on the edition that it began from", async () => {
  const server = serve(answers());
  const { user } = await show();
  await user.type(await text(), " More.");
  await waitFor(() => expect(server.sent(put).at(-1)?.body).toEqual({ edition: 3, content: "Title. More." }), { timeout: 4000 });
  await screen.findByText("Saved");
});

test("a backup of edition 3 is not saved on top of edition 5: both texts are shown", async () => {
  const server = serve(answers());
  server.answers[put] = () => new Refusal(500, "server.failed");
  const first = await show();
  await first.user.type(await text(), " Mine.");
  await waitFor(() => expect(server.sent(put).length).toBeGreaterThan(0), { timeout: 4000 });
  first.close();

  server.answers["GET /manuscripts/manners/text"] = () => stored(5, "Theirs.");
  server.answers[put] = ({ body }) => ({ edition: Number(body.edition) + 1, saved_at: "2026-11-02T08:02:00Z" });
  const before = server.sent(put).length;
  const { user } = await show();
  expect(await text()).toHaveValue("Title. Mine.");
  await new Promise((rest) => setTimeout(rest, 1500)); // longer than the pause after which texts are saved
  expect(server.sent(put).length).toBe(before);
  expect(screen.getByLabelText(/Their text/)).toHaveValue("Theirs.");
  await user.click(screen.getByRole("button", { name: "Save mine on top" }));
  await waitFor(() => expect(server.sent(put).at(-1)?.body).toEqual({ edition: 5, content: "Title. Mine." }), { timeout: 4000 });
});

test("a manuscript that cannot be loaded is an error, and opens nothing", async () => {
  const server = serve({ ...answers(), "GET /manuscripts/manners": () => new Refusal(500, "server.failed", "The server has failed."), "POST /manuscripts": () => manuscript() });
  await show();
  expect(await screen.findByRole("alert")).toHaveTextContent("The server has failed.");
  expect(server.sent("POST /manuscripts")).toEqual([]);
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("a text that cannot be loaded is an error, and nothing can be saved", async () => {
  serve({ ...answers(), "GET /manuscripts/manners/text": () => new Refusal(500, "server.failed", "The server has failed.") });
  await show();
  expect(await screen.findByText("The server has failed.", {}, { timeout: 4000 })).toBeVisible();
  expect(screen.queryByLabelText("course.md", { selector: "textarea" })).toBeNull();
});

test("leaving with words that are not saved asks", async () => {
  const server = serve(answers());
  server.answers[put] = () => new Refusal(500, "server.failed");
  const { user } = await show();
  await user.type(await text(), " Mine.");
  await user.click(screen.getByRole("link", { name: "Go elsewhere" }));
  await user.click(await screen.findByRole("button", { name: "Stay on this page" }));
  expect(screen.queryByText("Elsewhere")).toBeNull();
  await user.click(screen.getByRole("link", { name: "Go elsewhere" }));
  await user.click(await screen.findByRole("button", { name: "Leave" }));
  await screen.findByText("Elsewhere");
});
