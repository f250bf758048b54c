import { act, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { open } from "../../test/screen";
import { keepFocus } from "./focus";

let end: () => void;
beforeEach(() => { end = keepFocus(); });
afterEach(() => end());

function List() {
  const [items, setItems] = useState(["One", "Two"]);
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  return (
    <main>
      <div className="page-head"><h1>Page</h1></div>
      <section aria-labelledby="list">
        <h2 id="list">List</h2>
        <ul>{items.map((name) => <li key={name}>{name} <button type="button" onClick={() => setItems(items.filter((i) => i !== name))}>Remove {name}</button></li>)}</ul>
      </section>
      <div>
        {done ? <p role="status">It is done.</p> : <section aria-label="Act"><button type="button" onClick={() => setDone(true)}>Do it</button></section>}
      </div>
      <button type="button" disabled={busy} onClick={() => setBusy(true)}>Save</button>
      <button type="button" onClick={() => setBusy(false)}>Answer</button>
    </main>
  );
}
const show = () => open(List, "/", "/");
const press = async (user: { click: (e: Element) => Promise<void> }, name: string) => user.click(await screen.findByRole("button", { name }));

test("what is removed leaves the keyboard at the heading of the part in which it stood", async () => {
  const { user } = await show();
  await press(user, "Remove One");
  await waitFor(() => expect(screen.getByRole("heading", { name: "List" })).toHaveFocus());
});

test("an act that is replaced by its result leaves the keyboard at the result", async () => {
  const { user } = await show();
  await press(user, "Do it");
  await waitFor(() => expect(screen.getByText("It is done.")).toHaveFocus());
});

test("who pointed elsewhere is left alone", async () => {
  const { user } = await show();
  const button = await screen.findByRole("button", { name: "Do it" });
  button.focus();
  act(() => button.blur());
  await new Promise((done) => setTimeout(done, 10));
  await user.pointer({ target: document.body });
  act(() => screen.getByRole("heading", { name: "List" }).append("!"));
  await new Promise((done) => setTimeout(done, 10));
  expect(document.body).toHaveFocus();
});
