import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import { RequestFromPage } from "./server";

vi.stubGlobal("Request", RequestFromPage); // before api/client.ts takes the browser's

configure({ asyncUtilTimeout: 5_000 }); // a busy machine draws slowly

afterEach(() => {
  cleanup();
  localStorage.clear();
});

// What antd asks the browser for and jsdom does not have.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
window.matchMedia = (query) => Object.assign(new EventTarget(), { matches: false, media: query, onchange: null, addListener() {}, removeListener() {} });
window.scrollTo = () => {};
