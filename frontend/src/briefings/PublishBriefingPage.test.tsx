import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { briefing, units } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import PublishBriefingPage from "./PublishBriefingPage";

const post = "POST /briefings";
function answers(revision = 0) {
  const list = () => ({ items: revision > 0 ? [briefing({ revision })] : [] });
  return {
    "GET /briefings": list,
    "GET /briefings/2026-12": () => briefing({ revision }),
    "GET /briefings/board": () => ({ year: 2026, held: 0, due: 0, staff: 0, months: [], uncited: [] }),
    "GET /policies": () => ({ items: [], next: null }),
    "GET /units": units,
    [post]: ({ body }: { body: Record<string, unknown> }): unknown => ({ month: "2026-12", key: "2026-12", revision: revision + 1, unit_name: "", people: 1200, unchanged: false, dry_run: body.dry_run, warnings: [] }),
  };
}
const show = async () => {
  const opened = await open(PublishBriefingPage, "/officer/briefings", "/officer/briefings");
  const month = await screen.findByLabelText("Month");
  await opened.user.clear(month);
  await opened.user.type(month, "2026-12");
  await opened.user.click(screen.getByRole("tab", { name: /English/ }));
  return opened;
};
const title = () => screen.findByRole("textbox", { name: "Title" });

test("a briefing is checked before it is published, and then nothing is left on the device", async () => {
  const server = serve(answers());
  const { user } = await show();
  await user.type(await title(), "December");
  expect(screen.getByRole("button", { name: "Publish" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Check" }));
  await screen.findByText(/revision 1/);
  await user.click(screen.getByRole("button", { name: "Publish" }));
  await screen.findByRole("link", { name: "See the briefing" });
  const body = { month: "2026-12", base: 0, questions: {}, policies: [], texts: { en: { title: "December", changes: "", impact: "", plan: "" } } };
  expect(server.sent(post).map((a) => a.body)).toEqual([{ ...body, dry_run: true }, { ...body, dry_run: false }]);
  expect(Object.keys(localStorage).filter((k) => k.startsWith("anwen.edited."))).toEqual([]);
});

test.each(["Check", "Publish"])("a briefing that a colleague published before %s is shown beside the text, and never replaced unasked", async (button) => {
  const server = serve(answers());
  const { user } = await show();
  await user.type(await title(), "Mine");
  const meanwhile = () => Object.assign(server.answers, answers(1), {
    [post]: ({ body }: { body: Record<string, unknown> }) => (body.base === 1 ? answers(1)[post]({ body }) : new Refusal(409, "briefings.changed_meanwhile", "Wu Min was first.")),
  });
  if (button === "Check") meanwhile();
  await user.click(screen.getByRole("button", { name: "Check" }));
  if (button === "Publish") {
    await screen.findByText(/revision 1/);
    meanwhile();
    await user.click(screen.getByRole("button", { name: "Publish" }));
  }
  const theirs = await screen.findByRole("region", { name: "Their text (edition 1)" });
  expect(await within(theirs).findByText("Their change.")).toBeVisible();
  expect(screen.getByRole("alert")).toHaveTextContent("Wu Min was first.");
  expect(await title()).toHaveValue("Mine");
  expect(screen.getByRole("button", { name: "Publish" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Keep my text" }));
  expect(screen.getByRole("button", { name: "Publish" })).toBeDisabled(); // what is published is what was checked
  await user.click(screen.getByRole("button", { name: "Check" }));
  await screen.findByText(/revision 2/);
  await user.click(screen.getByRole("button", { name: "Publish" }));
  await screen.findByRole("link", { name: "See the briefing" });
  expect(server.sent(post).at(-1)?.body).toMatchObject({ base: 1, dry_run: false });
});

test("words kept on this device meet the briefing that a colleague published meanwhile", async () => {
  serve(answers());
  const first = await show();
  await first.user.type(await title(), "Mine");
  first.close();
  serve(answers(1));
  const { user } = await open(PublishBriefingPage, "/officer/briefings", "/officer/briefings");
  const theirs = await screen.findByRole("region", { name: "Their text (edition 1)" });
  expect(await within(theirs).findByText("Their change.")).toBeVisible();
  await user.click(screen.getByRole("tab", { name: /English/ }));
  expect(await title()).toHaveValue("Mine");
  expect(screen.getByRole("button", { name: "Check" })).toBeDisabled();
});

test("what is published cannot be loaded: an error, and no form", async () => {
  serve({ ...answers(), "GET /briefings": () => new Refusal(500, "server.failed", "The server has failed.") });
  await open(PublishBriefingPage, "/officer/briefings", "/officer/briefings");
  expect(await screen.findByRole("alert")).toHaveTextContent("The server has failed.");
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("what may be shown otherwise than it is meant is confirmed before a briefing is published", async () => {
  const server = serve(answers());
  server.answers[post] = ({ body }) => ({ month: "2026-12", key: "2026-12", revision: 1, unit_name: "", people: 1200, unchanged: false, dry_run: body.dry_run, warnings: [{ message: "The signs * are taken as marks.", field: "body.texts.en.changes", line: 3 }] });
  const { user } = await show();
  await user.type(await title(), "December");
  await user.click(screen.getByRole("button", { name: "Check" }));
  expect(await screen.findByText("The signs * are taken as marks.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Publish" })).toBeDisabled();
  expect(screen.getByText("Confirm the warnings first.")).toBeVisible();
  expect(screen.getByText("It reaches everybody: 1200 people.")).toBeVisible();
  expect(screen.queryByText(/No problems found/)).toBeNull();
  await user.click(screen.getByRole("button", { name: /what changed/ }));
  expect(await screen.findByRole("textbox", { name: "What changed" })).toHaveFocus();
  await user.click(screen.getByRole("checkbox", { name: "I have looked at it: it is right as it stands" }));
  await user.click(screen.getByRole("button", { name: "Publish" }));
  await screen.findByRole("link", { name: "See the briefing" });
  expect(server.sent(post).map((a) => a.body.confirmed_warnings)).toEqual([undefined, 1]);
});
