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

function Acts() {
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState(false);
  const [asking, setAsking] = useState(false);
  const [kept, setKept] = useState(true);
  return (
    <main>
      <div className="page-head"><h1>Page</h1></div>
      <div>{kept ? <form aria-label="Go on"><button type="button" onClick={() => setKept(false)}>Discard</button></form> : <button type="button" onClick={() => setKept(true)}>Go on</button>}</div>
      <div>{open ? <form aria-label="Name"><input aria-label="New name" /><button type="button" onClick={() => setOpen(false)}>Cancel</button></form> : <button type="button" onClick={() => setOpen(true)}>Rename</button>}</div>
      <div>{!saved && <button type="button" onClick={() => setSaved(true)}>Save</button>} <span role="status">{saved ? "Saved" : "Not saved"}</span></div>
      <div>{asking ? <section aria-labelledby="means"><h2 id="means">What it means</h2><button type="button" onClick={() => setAsking(false)}>Not yet</button></section> : <button type="button" onClick={() => setAsking(true)}>Publish</button>}</div>
    </main>
  );
}
const acts = () => open(Acts, "/", "/");

test("what a button opened gives the keyboard back to it when it closes", async () => {
  const { user } = await acts();
  for (const [opens, closes] of [["Rename", "Cancel"], ["Publish", "Not yet"]] as const) {
    await press(user, opens);
    await press(user, closes);
    await waitFor(() => expect(screen.getByRole("button", { name: opens })).toHaveFocus());
  }
});

test("what was open from the first gives the keyboard to the button of its name", async () => {
  const { user } = await acts();
  await press(user, "Discard");
  await waitFor(() => expect(screen.getByRole("button", { name: "Go on" })).toHaveFocus());
});

test("a part that comes in the place of a button takes the keyboard at its heading", async () => {
  const { user } = await acts();
  await press(user, "Publish");
  await waitFor(() => expect(screen.getByRole("heading", { name: "What it means" })).toHaveFocus());
});

test("a button that is gone leaves the keyboard at the word beside it", async () => {
  const { user } = await acts();
  await press(user, "Save");
  await waitFor(() => expect(screen.getByText("Saved")).toHaveFocus());
});
