import { beforeEach, expect, test, vi } from "vitest";

const page = (answers: unknown) => {
  document.body.innerHTML = `<div id="first">text</div><div id="root" hidden></div><script type="application/json" id="first-answers">${JSON.stringify({ locale: "en", answers })}</script>`;
};

const ask = (path: string, init: RequestInit = {}, language = "en") =>
  new Request(`http://localhost/api/v1${path}`, { ...init, headers: { "Accept-Language": language } });

beforeEach(() => { vi.resetModules(); });

test("what the page brought is answered once, and what may have been busy is asked again", async () => {
  page([{ path: "/me", status: 401, body: { code: "people.not_signed_in" } }, { path: "/policies?limit=200", status: 200, body: [1] }, { path: "/courses", status: 0 }]);
  const { broughtAnswer } = await import("./first");
  const refused = broughtAnswer(ask("/me"), "/api/v1");
  expect(refused?.status).toBe(401);
  expect(await refused?.json()).toEqual({ code: "people.not_signed_in" });
  expect(broughtAnswer(ask("/me"), "/api/v1")).toBeUndefined();
  expect(broughtAnswer(ask("/policies"), "/api/v1")).toBeUndefined();
  expect(broughtAnswer(ask("/policies?limit=200", {}, "zh-Hans"), "/api/v1")).toBeUndefined();
  expect(await broughtAnswer(ask("/policies?limit=200"), "/api/v1")?.json()).toEqual([1]);
  expect(broughtAnswer(ask("/courses"), "/api/v1")).toBeUndefined();
});

test("nothing that was brought is believed after a change", async () => {
  page([{ path: "/me", status: 200, body: {} }]);
  const { broughtAnswer } = await import("./first");
  expect(broughtAnswer(ask("/session", { method: "POST" }), "/api/v1")).toBeUndefined();
  expect(broughtAnswer(ask("/me"), "/api/v1")).toBeUndefined();
});

test("what the page brought about a person does not stay in it", async () => {
  page([{ path: "/me", status: 200, body: { name: "Li" } }]);
  const { firstLanguage } = await import("./first");
  expect(firstLanguage).toBe("en");
  expect(document.getElementById("first-answers")).toBeNull();
});

test("the client takes the place of the text", async () => {
  page([]);
  const { showClient } = await import("./first");
  showClient();
  expect(document.getElementById("first")).toBeNull();
  expect(document.getElementById("root")?.hidden).toBe(false);
});

test("what was typed meanwhile is kept, and the keyboard stays in its field", async () => {
  page([]);
  document.getElementById("first")!.innerHTML = `<input name="login" value="li"><input name="password" value="12"><input name="other">`;
  document.getElementById("root")!.innerHTML = `<input name="login"><input name="password">`;
  document.querySelector<HTMLInputElement>("#first [name=password]")!.focus();
  const { showClient, typedMeanwhile } = await import("./first");
  expect([typedMeanwhile("login"), typedMeanwhile("password"), typedMeanwhile("nothing")]).toEqual(["li", "12", ""]);
  showClient();
  expect(document.activeElement).toBe(document.querySelector("#root [name=password]"));
});
