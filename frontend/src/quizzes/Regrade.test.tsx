import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { itemInsight, regraded } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import { keepFocus } from "../ui/focus";
import { InsightItems } from "./InsightItems";
import { Regrade } from "./Regrade";

const post = "POST /quizzes/5/regrades";
const show = () => open(() => <Regrade quiz={5} title="Handling complaints" item={itemInsight()} onDone={() => {}} />, "/", "/");
const named = (name: string) => screen.findByRole("button", { name });

test("a key is corrected only after it was seen whom that affects, and with a reason", async () => {
  const server = serve({ [post]: ({ body }: { body: Record<string, unknown> }) => regraded({ dry_run: body.dry_run === true }) });
  const { user } = await show();
  await user.type(await screen.findByLabelText("Reason (kept in the record)"), "Two answers are right.");
  expect(await named("Grade again")).toBeDisabled();
  await user.click(await named("Show who is affected"));
  await screen.findByText(/1 grade would change/);
  await user.click(screen.getByRole("radio", { name: "Do not count this question for anybody" }));
  expect(await named("Grade again")).toBeDisabled(); // another correction is looked at anew
  await user.click(await named("Show who is affected"));
  await waitFor(async () => expect(await named("Grade again")).toBeEnabled());
  await user.clear(screen.getByLabelText("Reason (kept in the record)"));
  expect(await named("Grade again")).toBeDisabled();
  await user.type(screen.getByLabelText("Reason (kept in the record)"), "Nobody was taught it.");
  await user.click(await named("Grade again"));
  await screen.findByText(/1 grade has changed/);
  expect(server.sent(post).map(({ body }) => [body.version_id, body.correction, body.dry_run])).toEqual([[31, "key", true], [31, "drop", true], [31, "drop", false]]);
  expect(server.sent(post).at(-1)?.body.note).toBe("Nobody was taught it.");
});

test("a correction that affects nobody grades nothing, and a refusal is said", async () => {
  const server = serve({ [post]: () => regraded({ dry_run: true, affected: [] }) });
  const { user } = await show();
  await user.type(await screen.findByLabelText("Reason (kept in the record)"), "Why not.");
  await user.click(await named("Show who is affected"));
  await screen.findByText(/0 grades would change/);
  expect(await named("Grade again")).toBeDisabled();
  server.answers[post] = () => new Refusal(403, "api.forbidden", "This is not your quiz.");
  await user.click(await named("Show who is affected"));
  expect(await screen.findByRole("alert")).toHaveTextContent("This is not your quiz.");
});

test("a correction that no grade waits for is made when attempts are still open", async () => {
  serve({ [post]: ({ body }: { body: Record<string, unknown> }) => regraded({ dry_run: body.dry_run === true, affected: [], open: 3 }) });
  const { user } = await show();
  await user.type(await screen.findByLabelText("Reason (kept in the record)"), "The key was wrong.");
  await user.click(await named("Show who is affected"));
  await screen.findByText("3 attempts are still open; they will be graded with this correction.");
  await user.click(await named("Grade again"));
  await screen.findByText(/0 grades have changed/);
});

test("a correction is named after its quiz, and its grey button says why", async () => {
  serve({ [post]: () => regraded({ dry_run: true }) });
  const { user } = await show();
  await screen.findByText("Correct a key: Handling complaints");
  screen.getByText("Look whom it affects first.");
  await user.click(await named("Show who is affected"));
  await screen.findByText("Say why first.");
  expect(await named("Grade again")).toBeDisabled();
});

test("a closed dialog of a correction keeps the reason, and the keyboard is at the button that opened it", async () => {
  const end = keepFocus();
  serve({ "POST /quizzes/5/regrades": () => regraded({ dry_run: true }) });
  const { user } = await open(() => <main><InsightItems quiz={5} title="Complaints" items={[itemInsight()]} mayCorrect /></main>, "/", "/");
  const opener = await screen.findByRole("button", { name: "The key was wrong …" });
  await user.click(opener);
  await user.type(await screen.findByLabelText("Reason (kept in the record)"), "Two are right.");
  await user.click(screen.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(opener).toHaveFocus());
  await user.click(opener);
  expect(await screen.findByLabelText("Reason (kept in the record)")).toHaveValue("Two are right.");
  end();
});
