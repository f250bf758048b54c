import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withStorage } from "../../test/device";
import { Problem } from "../api/problem";
import type { Answer } from "../api/views";
import { isAnswered } from "../ui/item/parts";
import { AnswerQueue, type Sent } from "./answerQueue";

const offline = () => new Problem({ code: "client.offline", status: 0, detail: "" });
const elsewhere = () => new Problem({ code: "quizzes.answered_elsewhere", status: 409, detail: "" });
const at = "2026-11-23T09:00:00Z";
const stored = (attempt: number) => Object.keys(localStorage).filter((k) => k.startsWith(`anwen.answers.${attempt}.`));

/** Fake is a server that keeps answers as the real one does. */
class Fake {
  online = true;
  lost = false; // the answer is stored, the acknowledgement is not heard
  arrived: [number, Answer][] = [];
  answers: Record<string, Answer> = {};
  revisions: Record<string, number> = {};
  save = async (position: number, sent: Sent) => {
    if (!this.online) throw offline();
    const now = this.revisions[position] ?? 0;
    if (sent.after !== now && JSON.stringify(this.answers[position]) !== JSON.stringify(sent.answer)) throw elsewhere();
    if (sent.after === now) {
      this.arrived.push([position, sent.answer]);
      this.answers[position] = sent.answer;
      this.revisions[position] = now + 1;
    }
    if (this.lost) throw offline();
    return { saved_at: at, revision: this.revisions[position] ?? 0 };
  };
  newest = async () => ({ answers: this.answers, revisions: this.revisions });
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test("an answer is saving, then saved at the server's time, and leaves nothing behind", async () => {
  const queue = new AnswerQueue(1, {}, {}, new Fake());
  queue.set(3, { choice: 1 });
  expect(queue.snapshot().states[3]).toEqual({ is: "saving" });
  expect(stored(1)).toHaveLength(1);
  await vi.runAllTimersAsync();
  expect(queue.snapshot().states[3]).toEqual({ is: "saved", at });
  expect(queue.snapshot().unsaved).toEqual([]);
  expect(stored(1)).toEqual([]);
});

test("while offline answers wait, and arrive in their order when the network is back", async () => {
  const fake = new Fake();
  fake.online = false;
  const queue = new AnswerQueue(1, {}, {}, fake);
  queue.set(2, { choice: 0 });
  queue.set(1, { choice: 0 });
  await vi.advanceTimersByTimeAsync(500);
  expect(queue.snapshot().states[2]).toEqual({ is: "retrying" });
  queue.set(2, { choice: 2 });
  await vi.advanceTimersByTimeAsync(100);
  fake.online = true;
  queue.retry();
  await vi.advanceTimersByTimeAsync(1);
  expect(fake.arrived).toEqual([[1, { choice: 0 }], [2, { choice: 2 }]]);
  expect(queue.snapshot().unsaved).toEqual([]);
});

test("the instant of the answer travels with it, however late it arrives", async () => {
  const fake = new Fake();
  fake.online = false;
  const claimed: string[] = [];
  const queue = new AnswerQueue(1, {}, {}, { ...fake, newest: fake.newest, save: (p, s) => { claimed.push(s.claimedAt); return fake.save(p, s); } });
  const answeredAt = new Date().toISOString();
  queue.set(1, { choice: 0 });
  await vi.advanceTimersByTimeAsync(90_000);
  fake.online = true;
  queue.retry();
  await vi.advanceTimersByTimeAsync(1);
  expect(claimed.at(-1)).toBe(answeredAt);
});

test("a reload while offline keeps the answer and sends it", async () => {
  const fake = new Fake();
  fake.answers = { 2: { text: "旧" } };
  fake.revisions = { 2: 1 };
  fake.online = false;
  const before = new AnswerQueue(7, { 2: { text: "旧" } }, { 2: 1 }, fake);
  before.set(2, { text: "七个工作日" });
  await vi.advanceTimersByTimeAsync(10);
  before.close();
  fake.online = true;
  const after = new AnswerQueue(7, { 2: { text: "旧" } }, { 2: 1 }, fake);
  expect(after.snapshot().answers[2]).toEqual({ text: "七个工作日" });
  after.retry();
  await vi.advanceTimersByTimeAsync(10);
  expect(fake.arrived).toEqual([[2, { text: "七个工作日" }]]);
  expect(stored(7)).toEqual([]);
});

test("one request at a time, and the newest answer wins", async () => {
  const arrived: Answer[] = [];
  const landings: (() => void)[] = [];
  const queue = new AnswerQueue(1, {}, {}, {
    newest: new Fake().newest,
    save: (_, sent) => new Promise((resolve) => {
      arrived.push(sent.answer);
      landings.push(() => resolve({ saved_at: at, revision: arrived.length }));
    }),
  });
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
  expect(queue.snapshot().states[1]).toEqual({ is: "saved", at });
});

test("two tabs: the second is told, sees both answers, and chooses", async () => {
  const fake = new Fake();
  const one = new AnswerQueue(1, {}, {}, fake);
  const two = new AnswerQueue(1, {}, {}, fake);
  one.set(1, { choice: 0 });
  await vi.advanceTimersByTimeAsync(1);
  two.set(1, { choice: 3 });
  await vi.advanceTimersByTimeAsync(1);
  expect(fake.answers[1]).toEqual({ choice: 0 });
  expect(two.snapshot().states[1]).toEqual({ is: "elsewhere", theirs: { choice: 0 }, revision: 1 });
  expect(two.snapshot().unsaved).toEqual([1]);
  await expect(two.settle()).rejects.toMatchObject({ code: "quizzes.answered_elsewhere" });
  two.keep(1, "mine");
  await vi.advanceTimersByTimeAsync(1);
  expect(fake.answers[1]).toEqual({ choice: 3 });
  one.set(1, { choice: 1 });
  await vi.advanceTimersByTimeAsync(1);
  one.keep(1, "theirs");
  expect(one.snapshot().answers[1]).toEqual({ choice: 3 });
  expect(one.snapshot().unsaved).toEqual([]);
});

test("an answer whose acknowledgement was lost is not taken for somebody else's", async () => {
  const fake = new Fake();
  const queue = new AnswerQueue(1, {}, {}, fake);
  fake.lost = true;
  queue.set(1, { text: "一" });
  await vi.advanceTimersByTimeAsync(1);
  queue.set(1, { text: "一二" });
  fake.lost = false;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(fake.answers[1]).toEqual({ text: "一二" });
  expect(queue.snapshot().states[1]).toMatchObject({ is: "saved" });
});

test("a refused answer says so and is not tried again", async () => {
  const refusal = new Problem({ code: "quizzes.deadline_over", status: 409, detail: "时间已到" });
  const save = vi.fn(async () => Promise.reject(refusal));
  const queue = new AnswerQueue(1, {}, {}, { save, newest: new Fake().newest });
  queue.set(1, { choice: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(1);
  expect(queue.snapshot().states[1]).toEqual({ is: "refused", error: refusal });
  await expect(queue.settle()).rejects.toBe(refusal);
});

test("an expired session keeps the answer until somebody signs in again", async () => {
  const fake = new Fake();
  let signedIn = false;
  const queue = new AnswerQueue(1, {}, {}, {
    newest: fake.newest,
    save: async (position, sent) => {
      if (!signedIn) throw new Problem({ code: "people.not_signed_in", status: 401, detail: "" });
      return fake.save(position, sent);
    },
  });
  queue.set(4, { choices: [0, 2] });
  await vi.advanceTimersByTimeAsync(100);
  expect(queue.snapshot().unsaved).toEqual([4]);
  signedIn = true;
  queue.retry();
  await vi.advanceTimersByTimeAsync(1);
  expect(queue.snapshot().unsaved).toEqual([]);
});

test("settling waits for what is in the air", async () => {
  const fake = new Fake();
  const queue = new AnswerQueue(1, {}, {}, fake);
  queue.set(1, { text: "一" }, 700);
  queue.set(2, { choice: 1 });
  const settled = queue.settle();
  await vi.advanceTimersByTimeAsync(1);
  await settled;
  expect(fake.arrived).toHaveLength(2);
  fake.online = false;
  queue.set(1, { text: "二" });
  const failed = expect(queue.settle()).rejects.toMatchObject({ code: "client.offline" });
  await vi.advanceTimersByTimeAsync(1);
  await failed;
});

test("what is stored may be anything and is only taken when it is an answer", () => {
  const entry = { answer: { choice: 0 }, after: 0, claimedAt: at, due: 0, out: [] };
  localStorage.setItem("anwen.answers.9.a", JSON.stringify([[1, entry], "x", [2], [3, {}], null]));
  expect(new AnswerQueue(9, {}, {}, new Fake()).snapshot().answers).toEqual({ 1: { choice: 0 } });
  localStorage.setItem("anwen.answers.10.a", "{broken");
  expect(new AnswerQueue(10, {}, {}, new Fake()).snapshot().answers).toEqual({});
});

test.each<[Answer | undefined, boolean]>([
  [undefined, false], [{}, false], [{ choice: 0 }, true], [{ choices: [] }, false], [{ choices: [1] }, true], [{ text: "  " }, false], [{ text: "0" }, true],
  [{ gaps: [{}, { text: " " }] }, false], [{ gaps: [{}, { choice: 0 }] }, true], [{ order: [1, 0] }, true],
])("%j is answered: %s", (answer, answered) => expect(isAnswered(answer)).toBe(answered));

test.each(["full", "forbidden"] as const)("answers arrive from a device whose storage is %s", (how) =>
  withStorage(how, async () => {
    const server = new Fake();
    const queue = new AnswerQueue(11, {}, {}, server);
    queue.set(1, { text: "48" });
    await vi.advanceTimersByTimeAsync(1);
    expect(server.arrived).toEqual([[1, { text: "48" }]]);
    expect(queue.snapshot().unsaved).toEqual([]);
  }));
