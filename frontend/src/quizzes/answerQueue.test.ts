import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "../api/problem";
import type { Answer } from "../api/views";
import { AnswerQueue, isAnswered } from "./answerQueue";

const offline = () => new Problem({ code: "client.offline", status: 0, detail: "" });
const at = { saved_at: "2026-11-23T09:00:00Z" };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("an answer is saving, then saved at the server's time, and leaves nothing behind", async () => {
  const queue = new AnswerQueue(1, {}, async () => at);
  queue.set(3, { choice: 1 });
  expect(queue.snapshot().states[3]).toEqual({ is: "saving" });
  expect(localStorage.getItem("anwen.answers.1")).toContain("choice");
  await vi.runAllTimersAsync();
  expect(queue.snapshot().states[3]).toEqual({ is: "saved", at: at.saved_at });
  expect(queue.snapshot().unsaved).toEqual([]);
  expect(localStorage.getItem("anwen.answers.1")).toBeNull();
});

test("while offline answers wait, and arrive when the network is back", async () => {
  let online = false;
  const arrived: Answer[] = [];
  const queue = new AnswerQueue(1, {}, async (_, answer) => {
    if (!online) throw offline();
    arrived.push(answer);
    return at;
  });
  queue.set(1, { choice: 0 });
  await vi.advanceTimersByTimeAsync(500);
  expect(queue.snapshot().states[1]).toEqual({ is: "retrying" });
  queue.set(1, { choice: 2 });
  await vi.advanceTimersByTimeAsync(100);
  online = true;
  queue.retry();
  await vi.advanceTimersByTimeAsync(1);
  expect(arrived).toEqual([{ choice: 2 }]);
  expect(queue.snapshot().unsaved).toEqual([]);
});

test("a reload while offline keeps the answer and sends it", async () => {
  const before = new AnswerQueue(7, {}, async () => Promise.reject(offline()));
  before.set(2, { text: "七个工作日" });
  await vi.advanceTimersByTimeAsync(10);
  before.close();
  const arrived: [number, Answer][] = [];
  const after = new AnswerQueue(7, { 2: { text: "旧" } }, async (position, answer) => {
    arrived.push([position, answer]);
    return at;
  });
  expect(after.snapshot().answers[2]).toEqual({ text: "七个工作日" });
  after.retry();
  await vi.advanceTimersByTimeAsync(10);
  expect(arrived).toEqual([[2, { text: "七个工作日" }]]);
});

test("one request per item at a time, and the newest answer wins", async () => {
  const arrived: Answer[] = [];
  const landings: (() => void)[] = [];
  const queue = new AnswerQueue(1, {}, (_, answer) => new Promise((resolve) => {
    arrived.push(answer);
    landings.push(() => resolve(at));
  }));
  queue.set(1, { choice: 0 });
  await vi.advanceTimersByTimeAsync(1);
  queue.set(1, { choice: 1 });
  queue.set(1, { choice: 2 });
  await vi.advanceTimersByTimeAsync(1);
  expect(arrived).toEqual([{ choice: 0 }]);
  landings[0]?.();
  await vi.advanceTimersByTimeAsync(1);
  expect(queue.snapshot().states[1]).toEqual({ is: "saving" });
  expect(arrived).toEqual([{ choice: 0 }, { choice: 2 }]);
  landings[1]?.();
  await vi.advanceTimersByTimeAsync(1);
  expect(queue.snapshot().states[1]).toEqual({ is: "saved", at: at.saved_at });
});

test("a refused answer says so and is not tried again", async () => {
  const refusal = new Problem({ code: "quizzes.deadline_over", status: 409, detail: "时间已到" });
  const save = vi.fn(async () => Promise.reject(refusal));
  const queue = new AnswerQueue(1, {}, save);
  queue.set(1, { choice: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(1);
  expect(queue.snapshot().states[1]).toEqual({ is: "refused", error: refusal });
  await expect(queue.settle()).rejects.toBe(refusal);
});

test("an expired session keeps the answer until somebody signs in again", async () => {
  let signedIn = false;
  const queue = new AnswerQueue(1, {}, async () => {
    if (!signedIn) throw new Problem({ code: "people.not_signed_in", status: 401, detail: "" });
    return at;
  });
  queue.set(4, { choices: [0, 2] });
  await vi.advanceTimersByTimeAsync(100);
  expect(queue.snapshot().unsaved).toEqual([4]);
  signedIn = true;
  queue.retry();
  await vi.advanceTimersByTimeAsync(1);
  expect(queue.snapshot().unsaved).toEqual([]);
});

test("what is stored may be anything and is only taken when it is an answer", () => {
  localStorage.setItem("anwen.answers.9", '[[1,{"choice":0}],"x",[2],null]');
  expect(new AnswerQueue(9, {}, async () => at).snapshot().answers).toEqual({ 1: { choice: 0 } });
  localStorage.setItem("anwen.answers.9", "{broken");
  expect(new AnswerQueue(9, {}, async () => at).snapshot().answers).toEqual({});
});

test.each<[Answer | undefined, boolean]>([
  [undefined, false], [{}, false], [{ choice: 0 }, true], [{ choices: [] }, false], [{ choices: [1] }, true], [{ text: "  " }, false], [{ text: "0" }, true],
])("%j is answered: %s", (answer, answered) => expect(isAnswered(answer)).toBe(answered));
