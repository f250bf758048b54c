import { screen, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { meeting, people } from "../../test/factories";
import { open, pick } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import MeetingPage from "./MeetingPage";

const post = "POST /briefings/2026-11/meeting";
const answers = () => ({
  "GET /briefings/2026-11/meeting": (): unknown => meeting(),
  "GET /people": () => people("Li Yang", "Wu Min"),
  [post]: (_: { body: Record<string, unknown> }): unknown => ({ number: 1 }),
});
const show = () => open(MeetingPage, "/officer/briefings/:month/meeting", "/officer/briefings/2026-11/meeting");
async function fill(user: UserEvent) {
  await user.type(await screen.findByLabelText("Held"), "2026-11-20T09:30");
  await user.type(screen.getByLabelText("Place"), "Room 3");
  await pick(user, "Chair", /Li Yang/);
  await user.click(screen.getByRole("combobox", { name: "Recorder" }));
  await user.click((await screen.findAllByText(/Wu Min/, { selector: ".ant-select-item-option *" })).at(-1)!);
  await user.type(await notes(), "All studied.");
}
const notes = () => screen.findByLabelText("Discussion and decisions");

test("minutes are recorded with who was there, and the page is left without a question", async () => {
  const server = serve(answers());
  const { user } = await show();
  await fill(user);
  await user.type(screen.getByLabelText(/in the room/i), "E100, E101, E100");
  await user.click(screen.getByRole("button", { name: "Publish the minutes" }));
  await screen.findByText("Elsewhere");
  expect(server.sent(post)[0]?.body).toMatchObject({ place: "Room 3", chair_no: "E100", recorder_no: "E101", notes: "All studied.", room: ["E100", "E101"], remote: [], base: 0 });
});

test("minutes that a colleague published while these were written are shown beside them, and never published over unasked", async () => {
  const server = serve(answers());
  const { user } = await show();
  await fill(user);
  server.answers["GET /briefings/2026-11/meeting"] = () => meeting({ held: true, number: 1, published_by: "Wu Min", notes_html: "<p>Theirs.</p>" });
  server.answers[post] = ({ body }) => (body.base === 1 ? { number: 2 } : new Refusal(409, "briefings.changed_meanwhile"));
  await user.click(screen.getByRole("button", { name: "Publish the minutes" }));
  expect(await within(await screen.findByRole("region", { name: "Their text (edition 1)" })).findByText("Theirs.")).toBeVisible();
  expect(screen.getByRole("region", { name: /Wu Min saved this text/ })).toBeVisible();
  expect(await notes()).toHaveValue("All studied.");
  expect(screen.getByRole("button", { name: "Publish the minutes" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Keep my text" }));
  await user.click(screen.getByRole("button", { name: "Publish the minutes" }));
  await screen.findByText("Elsewhere");
  expect(server.sent(post).map((a) => a.body.base)).toEqual([0, 1]);
});

test("minutes kept on this device meet those that a colleague published meanwhile", async () => {
  const server = serve(answers());
  const first = await show();
  await first.user.type(await notes(), "Mine.");
  first.close();
  server.answers["GET /briefings/2026-11/meeting"] = () => meeting({ held: true, number: 1, published_by: "Wu Min", notes_html: "<p>Theirs.</p>" });
  const { user } = await show();
  await screen.findByText("Theirs.");
  expect(await notes()).toHaveValue("Mine.");
  await user.click(screen.getByRole("button", { name: "Use their text" }));
  expect(await notes()).toHaveValue("");
});

test("a meeting that cannot be loaded is an error, and opens no form", async () => {
  serve({ ...answers(), "GET /briefings/2026-11/meeting": () => new Refusal(500, "server.failed", "The server has failed.") });
  await show();
  expect(await screen.findByRole("alert")).toHaveTextContent("The server has failed.");
  expect(screen.queryByRole("textbox")).toBeNull();
});
