import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { open } from "../../test/screen";
import { ConfirmWarnings } from "./ConfirmWarnings";

const show = (warnings: { message: string; file?: string; field?: string; line?: number }[], onGo = vi.fn()) =>
  open(() => <ConfirmWarnings fine="All is right." warnings={warnings} confirmed={false} onConfirm={() => {}} onGo={onGo} />, "/", "/");

test("a check is all right, or has warnings that are counted: never both", async () => {
  const first = await show([]);
  expect(await screen.findByText("All is right.")).toBeVisible();
  expect(screen.queryByRole("table")).toBeNull();
  first.close();
  await show([{ message: "A tag is left out.", file: "en", line: 9 }, { message: "A sign.", file: "en", line: 10 }]);
  expect(await screen.findByText("2 warnings: look at each before you go on")).toBeVisible();
  expect(screen.queryByText("All is right.")).toBeNull();
});

test("a place is told in the reader's words, and leads to the editor", async () => {
  const onGo = vi.fn();
  const at = (place: { file?: string; field?: string; line?: number }) => ({ message: "m", ...place });
  const { user } = await show([
    at({ file: "zh-Hans", line: 4 }), at({ field: "body.texts.en.changes", line: 2 }), at({ file: "lessons/02-first-reply.en.md", line: 7 }), at({ file: "quiz.zh-Hant.gift", line: 1 }),
    at({ field: "questions", file: "en", line: 3 }), at({ field: "body.policies[1]" }), at({ file: "images/a.png" }),
  ], onGo);
  const words = (await screen.findAllByRole("button")).map((b) => b.firstChild?.textContent);
  expect(words).toEqual(["简体中文", "English · what changed", "Lesson 2 (first-reply) · English", "Quiz · 繁體中文", "questions · English", "policies cited · no. 2", "images/a.png"]);
  await user.click(screen.getByRole("button", { name: /what changed/ }));
  expect(onGo).toHaveBeenCalledWith(expect.objectContaining({ field: "body.texts.en.changes", line: 2 }));
});
