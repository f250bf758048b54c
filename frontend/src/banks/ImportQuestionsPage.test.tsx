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
  const question = { name: "why", kind: "essay" as const, html: "<p>Why?</p>", line: 3, dropped: [], warnings: ["No answer was found."] };
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
