import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { open } from "../../test/screen";
import { serve } from "../../test/server";
import CoursePage from "./CoursePage";
import LessonPage from "./LessonPage";

const read = "POST /courses/manners/lessons/1/read";
const course = (over: object = {}) => ({
  slug: "manners", title: "Manners", summary: "", category: "", minutes: 5, revision: 1, published_at: "2026-11-02T08:00:00Z", valid_months: 12, lessons: [{ n: 1, name: "one", title: "One", read: false }],
  assignment: null, quiz: null, certificate_serial: null, tags: [], requires: [], equivalents: [], stale: [], ...over,
});
const answers = () => ({
  "GET /courses/manners": () => course(),
  "GET /courses/manners/lessons/1": () => ({ slug: "manners", course_title: "Manners", n: 1, total: 1, title: "One", html: "<p>Short.</p>", locale: "en", revision: 1, minutes: 5, questions: [], checks: [] }),
  [read]: () => ({ lessons_read: 1, lessons_total: 1, quiz_passed: false, completed: true, certificate_serial: null }),
});

// The end of the text comes on screen when a test says so.
let reachEnd = () => {};
beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", class {
    constructor(seen: (entries: { isIntersecting: boolean }[]) => void) { reachEnd = () => act(() => seen([{ isIntersecting: true }])); }
    observe() {}
    disconnect() {}
  });
});
afterEach(() => vi.useRealTimers());

const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test("one look at a short lesson does not read it: its end and some seconds do", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const server = serve(answers());
  await open(LessonPage, "/courses/:slug/lessons/:n", "/courses/manners/lessons/1");
  expect(await screen.findByText(/counts as read when its end has been on screen, after 6 seconds/)).toBeVisible();
  reachEnd();
  await wait(3000);
  expect(server.sent(read)).toHaveLength(0);
  await wait(5000);
  expect(await screen.findByText(/Recorded as read/i)).toBeVisible();
  expect(server.sent(read)).toHaveLength(1);
});

test("a lesson whose end nobody saw is not read, however long it is open, nor by going on", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const server = serve(answers());
  const { user } = await open(LessonPage, "/courses/:slug/lessons/:n", "/courses/manners/lessons/1");
  await screen.findByText(/counts as read/);
  await wait(20_000);
  await user.click(screen.getByRole("button", { name: "Back to the course" }));
  await screen.findByText("Elsewhere");
  expect(server.sent(read)).toHaveLength(0);
});

test("a course says what completes it", async () => {
  const server = serve(answers());
  const first = await open(CoursePage, "/courses/:slug", "/courses/manners");
  expect(await screen.findByText("What completes this course and earns its certificate:")).toBeVisible();
  expect(screen.getByText("no quiz: reading alone completes it")).toBeVisible();
  first.close();
  server.answers["GET /courses/manners"] = () => course({ valid_months: null, quiz: { id: 5, items: 3, pass_mark: 80, attempts_limit: null, minutes: null, attempts_used: 0, open_attempt_id: null, passed: false, best_percent: null,
    opens_at: null, closes_at: null, has_password: false, fenced: false, extra_percent: 0, practice: false, open_practice_id: null } });
  await open(CoursePage, "/courses/:slug", "/courses/manners");
  expect(await screen.findByText("the quiz passed with at least 80%")).toBeVisible();
});
