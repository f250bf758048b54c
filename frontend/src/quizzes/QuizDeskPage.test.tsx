import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { itemInsight, me } from "../../test/factories";
import { open } from "../../test/screen";
import { serve } from "../../test/server";
import QuizDeskPage from "./QuizDeskPage";

const line = (waiting: number) => ({ id: 5, course: { slug: "handling", title: "Handling complaints" }, items: 23, pass_mark: 80, attempts: 40, people: 40, passed: 30, waiting, last_at: null });
const items = Array.from({ length: 23 }, (_, i) => itemInsight({ version_id: i + 1, name: `q${i + 1}`, flags: i === 20 ? ["too_hard"] : [] }));
const answers = (waiting = 0) => ({
  "GET /quizzes": () => ({ items: [line(waiting)] }),
  "GET /quizzes/5/insight": () => ({ attempts: 40, reliability: { items: 23, left: 0, sittings: 40, alpha: 0.8, se: 0.1, mean: 0.7, sd: 0.1 }, items }),
  "GET /quizzes/5/essays": () => ({ items: [] }),
  "GET /quizzes/5/attempts": () => ({ items: [], next: null }),
});
const show = (who = me()) => open(QuizDeskPage, "/officer/quizzes/:id", "/officer/quizzes/5", who);

test("a quiz is one thing at a time, and its questions are turned over", async () => {
  const server = serve(answers());
  const { user } = await show();
  expect(await screen.findByRole("heading", { name: "Handling complaints" })).toBeVisible();
  const list = async () => (await screen.findAllByRole("heading", { level: 3 })).map((h) => h.textContent);
  expect(await screen.findByText("1 to 10 of 23")).toBeVisible();
  expect(await list()).toHaveLength(10);
  expect(server.sent("GET /quizzes/5/attempts")).toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "The ones after" }));
  expect((await list())[0]).toMatch(/^q11/);
  await user.click(screen.getByRole("checkbox", { name: "Only questions to look at" }));
  expect(await list()).toHaveLength(1);
  await user.click(screen.getByRole("link", { name: "Attempts" }));
  expect(await screen.findByRole("heading", { name: "Attempts" })).toBeVisible();
  expect(screen.queryByText("1 to 1 of 1")).toBeNull();
});

test("essays that wait are what is opened first", async () => {
  serve(answers(3));
  await show();
  await waitFor(() => expect(screen.getByRole("link", { name: /Marking/ })).toHaveAttribute("aria-current", "page"));
});
