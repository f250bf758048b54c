import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { bankImport } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import ImportQuestionsPage from "./ImportQuestionsPage";

type Body = { body: Record<string, unknown> };
const texts = "POST /banks/general/imports";
const files = "POST /banks/general/files";
const read = ({ body }: Body): unknown => bankImport({ dry_run: body.dry_run === true, created: 1 });
const show = () => open(ImportQuestionsPage, "/officer/banks/:code/import", "/officer/banks/general/import");
const words = () => screen.findByRole("textbox", { name: "Text of the questions" });
const back = () => screen.findByText(/was kept on this device/);
const button = () => screen.getByRole("button", { name: /^Import \d+ questions?$/ });
const ready = () => waitFor(() => expect(button()).toBeEnabled());

test("a text is read while it is typed, and what was read is put in", async () => {
  const server = serve({ [texts]: read });
  const { user } = await show();
  await user.type(await words(), "Is it?");
  expect(button()).toBeDisabled();
  await ready();
  expect(screen.getByText("Is it so?")).toBeVisible();
  await user.click(button());
  await screen.findByText("1 new, 0 updated, 0 unchanged.");
  const sent = { text: "Is it?", locale: "en" };
  expect(server.sent(texts).map((a) => a.body)).toEqual([{ ...sent, dry_run: true }, { ...sent, dry_run: false }]);
});

test("a text that was changed, or in another language, is read again before it is put in", async () => {
  const server = serve({ [texts]: read });
  const { user } = await show();
  await user.type(await words(), "Is it?");
  await ready();
  await user.type(await words(), "!");
  expect(button()).toBeDisabled();
  await ready();
  await user.selectOptions(screen.getByRole("combobox"), "zh-Hans");
  expect(button()).toBeDisabled();
  await ready();
  expect(server.sent(texts).map((a) => [a.body.text, a.body.locale])).toEqual([["Is it?", "en"], ["Is it?!", "en"], ["Is it?!", "zh-Hans"]]);
});

test("a text with a fault is not put in, and what cannot be read is said", async () => {
  const server = serve({ [texts]: () => bankImport({ faults: [{ line: 2, message: "No answer is right." }] }) });
  const { user } = await show();
  await user.type(await words(), "Is it?");
  await screen.findByText(/No answer is right/);
  expect(button()).toBeDisabled();
  server.answers[texts] = () => new Refusal(413, "api.too_large", "The text is too long.");
  await user.type(await words(), "!");
  expect(await screen.findByRole("alert")).toHaveTextContent("The text is too long.");
  expect(button()).toBeDisabled();
});

test("what was settled without the author's word stands beside its question, and the number of faults is the whole one", async () => {
  const question = { name: "why", kind: "essay" as const, html: "<p>Why?</p>", line: 3, called: "", version: 0, older: 0, dropped: [], warnings: ["No answer was found."] };
  const many = Array.from({ length: 250 }, (_, i) => ({ ...question, name: `q${i}`, warnings: i === 249 ? ["The very last one."] : [] }));
  const server = serve({ [texts]: () => bankImport({ questions: [question, ...many] }) });
  const { user } = await show();
  await user.type(await words(), "Why?");
  expect(await screen.findByText("No answer was found.")).toBeVisible();
  expect(screen.getByText("The very last one.")).toBeVisible();
  expect(screen.getByText("2 questions to check")).toBeVisible();
  server.answers[texts] = () => bankImport({ faults: [{ line: 1, message: "One." }, { line: 0, message: "And 300 more." }], fault_count: 301 });
  await user.type(await words(), "!");
  expect(await screen.findByText("301 faults")).toBeVisible();
  expect(screen.getByText(/And 300 more/)).toBeVisible();
});

test("a workbook stays a file, and the language is that in which it was read", async () => {
  const server = serve({ [files]: ({ body }: Body) => bankImport({ text: null, dry_run: body.dry_run === "true", created: 1 }) });
  const { user } = await show();
  await user.upload(await screen.findByLabelText("File of questions"), new File(["x"], "questions.xlsx"));
  await ready();
  expect(screen.queryByRole("textbox", { name: "Text of the questions" })).toBeNull();
  await user.selectOptions(screen.getByRole("combobox"), "zh-Hans");
  await ready();
  await user.click(button());
  await screen.findByText("1 new, 0 updated, 0 unchanged.");
  expect(server.sent(files).map((a) => [a.query.get("locale"), a.body.dry_run])).toEqual([["en", "true"], ["zh-Hans", "true"], ["zh-Hans", "false"]]);
});

test("an uploaded text goes into the editor", async () => {
  serve({ [files]: () => bankImport({ text: "Is it so? {T}" }), [texts]: read });
  const { user } = await show();
  await user.upload(await screen.findByLabelText("File of questions"), new File(["x"], "questions.gift"));
  await waitFor(async () => expect(await words()).toHaveValue("Is it so? {T}"));
  await ready();
});

const asked = (over: object = {}) => ({
  name: "who", kind: "single_choice" as const, html: "<p>Who?</p>", line: 1, called: "", version: 0, older: 0, dropped: [], warnings: [],
  shown: {
    question: { position: 1, kind: "single_choice" as const, html: "<p>Who?</p>", locale: "en", points: "1", case: 0, section: "", gaps: [], units: [], unit_counts: false, criteria: [], options: [{ id: 0, html: "The desk" }, { id: 1, html: "Nobody" }] },
    key: { choice: 0 }, accepted: [], feedback_html: "<p>By the rules.</p>", guide_html: null,
  }, ...over,
});

test("each question is shown as it will be asked, with its key, its explanation and the word of its source, and a fault beside it", async () => {
  serve({ [texts]: () => bankImport({ questions: [asked(), { ...asked(), name: "why", kind: "essay", called: "简答题", line: 9, shown: undefined }], faults: [{ line: 5, message: "No answer is right." }] }) });
  const { user } = await show();
  await user.type(await words(), "Who?");
  expect(await screen.findAllByText("The desk")).toHaveLength(2); // an option, and the key
  expect(screen.getByText("Nobody")).toBeVisible();
  expect(screen.getByText("By the rules.")).toBeVisible();
  expect(screen.getByText(/简答题/)).toBeVisible();
  const entries = screen.getAllByRole("listitem").map((li) => li.textContent ?? "");
  const at = (word: string) => entries.findIndex((text) => text.includes(word));
  expect(at("No answer is right.")).toBeGreaterThan(at("By the rules."));
  expect(at("简答题")).toBeGreaterThan(at("No answer is right."));
  expect(screen.getByText("Correct the fault first.")).toBeVisible();
});

test("a grey button says why", async () => {
  serve({ [texts]: () => bankImport({ questions: [] }) });
  const { user } = await show();
  expect(await screen.findByText("Paste a text or choose a file first.")).toBeVisible();
  await user.type(await words(), "x");
  expect(await screen.findByText("No question was found in the text.")).toBeVisible();
  expect(button()).toBeDisabled();
});

test("what is put in is based on what was shown, and an older text is put over a newer version only when that is confirmed", async () => {
  const server = serve({ [texts]: () => bankImport({ standing: "abc", changed: 1, questions: [{ ...asked(), version: 3, older: 1 }] }) });
  const { user } = await show();
  await user.type(await words(), "Who?");
  expect(await screen.findByText("This is the text of version 1; the bank holds version 3.")).toBeVisible();
  expect(button()).toBeDisabled();
  await user.click(screen.getByRole("checkbox", { name: /Put the older text over/ }));
  server.answers[texts] = () => new Refusal(409, "quizzes.import_unseen", "Somebody changed the bank since.");
  await user.click(button());
  expect(await screen.findByText("Somebody changed the bank since.")).toBeVisible();
  expect(server.sent(texts).at(-1)?.body).toEqual({ text: "Who?", locale: "en", dry_run: false, standing: "abc" });
  expect(screen.getByRole("button", { name: "Look at the preview again" })).toBeVisible();
});

test("pasted questions are not lost: leaving asks, closing asks, and they are found when one comes back", async () => {
  serve({ [texts]: read });
  const first = await show();
  await first.user.type(await words(), "Is it?");
  const closing = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(closing);
  expect(closing.defaultPrevented).toBe(true);
  await first.user.click(screen.getByRole("link", { name: "Go elsewhere" }));
  await screen.findByText("Leave without saving?");
  await first.user.click(screen.getByRole("button", { name: "Leave" }));
  await screen.findByRole("heading", { name: "Elsewhere" });
  first.close();
  const again = await show();
  expect(await words()).toHaveValue("Is it?");
  await back();
  await ready();
  await again.user.click(button());
  await screen.findByText("1 new, 0 updated, 0 unchanged.");
  await again.user.click(screen.getByRole("link", { name: "Go elsewhere" }));
  await screen.findByRole("heading", { name: "Elsewhere" }); // what was put in holds nobody
  again.close();
  await show();
  expect(await words()).toHaveValue("");
});

test("a question that is edited meets the version that came meanwhile", async () => {
  const history = (number: number, source: string) => ({ name: "who", source, locale: "en", state: "draft", category: "", twins: [], versions: [{ number }] });
  const server = serve({ [texts]: read, "GET /banks/general/items/4": () => history(3, "Who?") });
  const edit = () => open(ImportQuestionsPage, "/officer/banks/:code/import", "/officer/banks/general/import?item=4");
  const first = await edit();
  await first.user.type(await words(), " And when?");
  first.close();
  server.answers["GET /banks/general/items/4"] = () => history(4, "Who else?");
  const again = await edit();
  expect(await words()).toHaveValue("Who? And when?");
  expect(screen.getByLabelText(/Their text/)).toHaveTextContent("Who else?");
  expect(button()).toBeDisabled();
  await again.user.click(screen.getByRole("button", { name: "Keep my text" }));
  await ready();
  await again.user.click(button());
  await screen.findByText("1 new, 0 updated, 0 unchanged.");
  expect(server.sent(texts).at(-1)?.body).toMatchObject({ text: "Who? And when?", item: 4, item_version: 4, dry_run: false });
});
