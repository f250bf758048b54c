import { expect, test } from "vitest";
import { Problem } from "../../api/problem";
import { Backups, namesKept } from "./backups";
import { EditedText, type Stored } from "./EditedText";

const stored = (edition: number, value: string): Stored<string> => ({ edition, editor: "Li Yang", value });
const tab = (on: Stored<string> = stored(3, "Old."), person = 1) => new EditedText(new Backups(person, "draft/7", ""), on);
const home = (edition = 4) => ({ save: async (value: string) => stored(edition, value), newest: async () => stored(edition, "Theirs."), refusal: "changed" });
const away = { ...home(), save: async () => { throw new Problem({ code: "client.offline", status: 0, detail: "" }); } };

test("a save in one tab leaves the words of another kept, and they meet what was saved", async () => {
  const [first, second] = [tab(), tab()];
  second.write("Second.");
  first.write("First.");
  await first.save(home());
  expect(tab(stored(4, "First.")).snapshot()).toMatchObject({ value: "Second.", edition: 3, state: "conflict", theirs: { value: "First." } });
});

test("what one tab has saved is no longer kept for another that wrote the same", async () => {
  const [first, second] = [tab(), tab()];
  for (const one of [first, second]) one.write("Same.");
  await first.save(home());
  expect(namesKept(1, "")).toEqual([]);
});

test("what several tabs have kept is all offered: one to go on with, the others beside it", () => {
  const keep = (at: string, value: string) => new Backups(1, "draft/7", "").keep({ at, edition: 3, value });
  keep("2026-11-02T08:00:00Z", "First.");
  keep("2026-11-02T09:00:00Z", "Second.");
  const third = tab();
  expect(third.snapshot()).toMatchObject({ value: "Second.", state: "changed", foundFrom: "2026-11-02T09:00:00Z", others: [{ value: "First." }] });
  third.take(third.snapshot().others[0]!);
  expect(third.snapshot()).toMatchObject({ value: "First.", state: "changed", others: [{ value: "Second." }] });
  third.discard(third.snapshot().others[0]);
  third.discard();
  expect(third.snapshot()).toMatchObject({ value: "Old.", state: "saved", others: [] });
  expect(namesKept(1, "")).toEqual([]);
});

test("a tab keeps its words again when another took them for those of a closed one", () => {
  const first = tab();
  first.write("First.");
  const second = tab();
  expect(second.snapshot().value).toBe("First.");
  second.discard();
  first.secure();
  expect(tab().snapshot().value).toBe("First.");
});

test("the words of another person are neither found nor dropped", () => {
  tab().write("Mine.");
  const other = tab(stored(3, "Old."), 2);
  expect(other.snapshot()).toMatchObject({ value: "Old.", state: "saved", others: [] });
  other.write("Mine.");
  other.discard();
  expect(tab().snapshot().value).toBe("Mine.");
});

test("a text that is again as it was loaded is saved and not kept", () => {
  const text = tab();
  text.write("Old. More.");
  text.write("Old.");
  expect(text.snapshot().state).toBe("saved");
  expect(namesKept(1, "")).toEqual([]);
});

test("after a save that was not answered, what was loaded is not what the server has", async () => {
  const text = tab();
  text.write("Sent.");
  await text.save(away);
  text.write("Old.");
  expect(text.snapshot().state).toBe("changed");
});
