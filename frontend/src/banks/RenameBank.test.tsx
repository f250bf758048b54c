import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import type { Bank } from "../api/views";
import { RenameBank } from "./RenameBank";

const patch = "PATCH /banks/general";
const bank = (over: Partial<Bank> = {}): Bank => ({
  code: "general", name: "General", names: { en: "General", "zh-Hans": "通用" }, edition: 4, course_slug: null, items: 1, drafts: 0, retired: 0, owner: { name: "Li Yang", employee_no: "A1" }, kept: true, must_sit: false, ...over,
});
const show = () => open(() => <RenameBank bank={bank()} />, "/", "/");
const english = () => screen.findByRole("textbox", { name: /English/ });

test("a bank is renamed in each language, on the edition that was shown, and an emptied language goes", async () => {
  const server = serve({ [patch]: () => null, "GET /banks": () => ({ items: [bank({ edition: 5, names: { en: "Limits" } })] }) });
  const { user } = await show();
  await user.click(await screen.findByRole("button", { name: "Rename" }));
  await user.clear(await english());
  await user.type(await english(), "Limits");
  await user.clear(screen.getByRole("textbox", { name: /简体中文/ }));
  await user.click(screen.getByRole("button", { name: "Save the name" }));
  await screen.findByRole("button", { name: "Rename" });
  expect(server.sent(patch).map((a) => a.body)).toEqual([{ edition: 4, names: { en: "Limits", "zh-Hans": "", "zh-Hant": "" } }]);
});

test("a name that somebody else changed meanwhile is not written over, and a name is needed", async () => {
  const server = serve({ [patch]: () => new Refusal(409, "quizzes.bank_changed"), "GET /banks": () => ({ items: [bank({ edition: 5, names: { en: "Theirs" } })] }) });
  const { user } = await show();
  await user.click(await screen.findByRole("button", { name: "Rename" }));
  await user.clear(await english());
  await user.clear(screen.getByRole("textbox", { name: /简体中文/ }));
  expect(screen.getByRole("button", { name: "Save the name" })).toBeDisabled();
  await user.type(await english(), "Mine");
  await user.click(screen.getByRole("button", { name: "Save the name" }));
  expect(await screen.findByLabelText(/Their text/)).toHaveTextContent("Theirs");
  await waitFor(async () => expect(await english()).toHaveValue("Mine"));
  expect(server.sent(patch)).toHaveLength(1);
});
