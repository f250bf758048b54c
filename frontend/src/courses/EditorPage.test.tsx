import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { courseLine, manuscript, manuscriptFile } from "../../test/factories";
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
  await user.click(screen.getByRole("button", { name: "Keep my text" }));
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

const lesson = "lessons/01-first.en.md";
const twoFiles = () => ({
  ...answers(),
  "GET /manuscripts/manners": () => manuscript({ files: [manuscriptFile("course.md"), manuscriptFile(lesson)] }),
  "POST /manuscripts/manners/preview": () => ({ title: "", html: "", faults: [] }),
  "POST /manuscripts/manners/publication": () => ({ slug: "manners", title: "Manners", revision: 2, unchanged: false, dry_run: true, warnings: [] }),
});
const cell = (name: RegExp) => screen.findByRole("button", { name });

test("a file whose words could not be saved stays marked, and nothing is checked or published without them", async () => {
  const server = serve(twoFiles());
  server.answers[put] = () => new Refusal(422, "courses.refused", "It is refused.");
  const { user } = await open(EditorPage, "/officer/writing/:slug", "/officer/writing/manners?file=course.md");
  await user.type(await text(), " Mine.");
  await screen.findByText("It is refused.");
  await user.click(await cell(/01-first\.en\.md/));
  await screen.findByRole("heading", { name: lesson });
  expect(await cell(/course\.md.*not saved/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Check everything" })).toBeDisabled();
  server.answers[put] = () => ({ edition: 4, saved_at: "2026-11-02T08:01:00Z" });
  await user.click(screen.getByRole("button", { name: "course.md" })); // named beside the check
  expect(await text()).toHaveValue("Title. Mine.");
  await waitFor(() => expect(screen.getByRole("button", { name: "Check everything" })).toBeEnabled(), { timeout: 4000 });
  expect(screen.queryByRole("button", { name: /course\.md.*not saved/ })).toBeNull();
});

test("a check that passed says nothing about words that were written since", async () => {
  const server = serve(twoFiles());
  server.answers[put] = () => new Refusal(409, "courses.file_changed");
  const { user } = await open(EditorPage, "/officer/writing/:slug", "/officer/writing/manners?file=course.md");
  await text();
  await user.click(screen.getByRole("button", { name: "Check everything" }));
  await screen.findByText("No problems found: the folder can be published.");
  server.answers["GET /manuscripts/manners/text"] = () => stored(5, "Theirs.");
  await user.type(await text(), " Mine.");
  await screen.findByLabelText(/Their text/, {}, { timeout: 4000 });
  expect(screen.queryByText("No problems found: the folder can be published.")).toBeNull();
});

test("leaving with words that are sent on the way says so", async () => {
  serve(twoFiles());
  const { user } = await open(EditorPage, "/officer/writing/:slug", "/officer/writing/manners?file=course.md");
  await user.type(await text(), "!");
  await user.click(screen.getByRole("link", { name: "Go elsewhere" }));
  expect(await screen.findByText(/saved as you leave/)).toBeInTheDocument();
});

const notOpen = (...slugs: string[]) => ({
  ...answers(),
  "GET /manuscripts/manners": (): unknown => new Refusal(404, "courses.manuscript_not_found", "Nobody is writing it."),
  "GET /courses": () => ({ items: slugs.map((slug) => courseLine({ slug })) }),
  "POST /manuscripts": (): unknown => manuscript(),
});

test("a course that nobody is writing is opened by a button, not by its address", async () => {
  const server = serve(notOpen("manners"));
  const { user } = await show();
  const begin = await screen.findByRole("button", { name: "Write the next revision" });
  expect(server.sent("POST /manuscripts")).toEqual([]);
  server.answers["GET /manuscripts/manners"] = () => manuscript();
  await user.click(begin);
  expect(await text()).toHaveValue("Title.");
  expect(server.sent("POST /manuscripts").map((a) => a.body)).toEqual([{ slug: "manners" }]);
});

test("a course that does not exist is not begun by its address", async () => {
  const server = serve(notOpen());
  await show();
  expect(await screen.findByRole("link", { name: "Write courses" })).toHaveAttribute("href", "/officer/writing");
  expect(screen.queryByRole("button", { name: "Write the next revision" })).toBeNull();
  expect(server.sent("POST /manuscripts")).toEqual([]);
});

test("words that were not saved when a colleague gave the manuscript up are shown, and not put into the next one", async () => {
  const server = serve({ ...answers(), [put]: () => new Refusal(404, "courses.manuscript_not_found", "Nobody is writing it.") });
  const first = await show();
  await first.user.type(await text(), " Mine.");
  await screen.findByText("Nobody is writing it.", {}, { timeout: 4000 });
  first.close();
  Object.assign(server.answers, notOpen("manners"));
  const second = await show();
  expect(await screen.findByRole("textbox", { name: /course\.md/ })).toHaveValue("Title. Mine.");
  second.close();
  server.answers["GET /manuscripts/manners"] = () => manuscript({ opened_at: "2026-11-05T08:00:00Z" });
  const { user } = await show();
  expect(await text()).toHaveValue("Title.");
  expect(screen.getByRole("textbox", { name: /course\.md: text/ })).toHaveValue("Title. Mine.");
  await user.click(screen.getByRole("button", { name: "Discard this text" }));
  await user.click(screen.getByRole("button", { name: "Yes, discard it" }));
  await waitFor(() => expect(screen.queryByRole("textbox", { name: /course\.md: text/ })).toBeNull());
});

test("a course with warnings is published when they are confirmed", async () => {
  const publication = "POST /manuscripts/manners/publication";
  const server = serve({ ...answers(), [publication]: ({ body }: { body: Record<string, unknown> }) => ({ slug: "manners", title: "Manners", revision: 2, unchanged: false, dry_run: body.dry_run === true,
    lessons: 1, items: 0, languages: ["en"], sha256: "", warnings: [{ message: "The signs * are taken as marks.", file: "lessons/01-one.en.md", line: 3 }] }) });
  const { user } = await show();
  await text();
  await user.click(screen.getByRole("button", { name: "Check everything" }));
  const publish = await screen.findByRole("button", { name: "Publish revision 2" });
  expect(publish).toBeDisabled();
  await user.click(screen.getByRole("checkbox", { name: "I have looked at it: it is right as it stands" }));
  await user.click(publish);
  await screen.findByRole("link", { name: "See the course" });
  expect(server.sent(publication).map((a) => a.body)).toEqual([{ dry_run: true }, { dry_run: false, confirmed_warnings: 1 }]);
});

test("a revision that came meanwhile is shown, and is taken as base while the own words stay", async () => {
  const base = "PUT /manuscripts/manners/base";
  const overtaken = manuscript({ base: 1, newest: 2, both: ["course.md"], theirs: ["lessons/02-two.en.md"], files: [manuscriptFile("course.md")] });
  const server = serve({ ...answers(), "GET /manuscripts/manners": () => overtaken, [base]: () => manuscript({ base: 2, newest: 2 }),
    "GET /courses/manners/revisions/2/difference": () => ({ slug: "manners", from: 1, to: 2, name: "course.md", files: [], summary: { changed: 1 },
      pairs: [{ change: "changed", renumbered: false, moved: false, old: [], new: [{ kind: "article", name: "Minutes", address: "1" }], runs: [{ op: "insert", text: "minutes: 30" }] }] }) });
  const { user } = await show();
  expect(await screen.findByRole("heading", { name: "Revision 2 has been published since" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "course.md", pressed: false }));
  expect(await screen.findByText("minutes: 30")).toBeVisible();
  server.answers["GET /manuscripts/manners"] = () => manuscript({ base: 2, newest: 2 });
  await user.click(screen.getByRole("button", { name: "Take revision 2 as base" }));
  await waitFor(() => expect(screen.queryByRole("heading", { name: "Revision 2 has been published since" })).toBeNull());
  expect(server.sent(base).map((a) => a.body)).toEqual([{ base: 2 }]);
});
