import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { me } from "../../test/factories";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import { meQuery } from "../app/me";
import FirstPassword from "./FirstPassword";
import { IssuePassword } from "./IssuePassword";

const post = "POST /me/password";
const page = () => <FirstPassword me={me({ must_change_password: true })} onChoose={() => undefined} />;

test("whoever has a temporary password is asked for it by that name, and told that the new one is set", async () => {
  const server = serve({ [post]: () => undefined });
  const { client, user } = await open(page, "/", "/");
  expect(screen.getByText(/Your login name is lin;/)).toBeVisible();
  expect(screen.queryByLabelText("Current password")).toBeNull();
  await user.type(screen.getByLabelText("Temporary password"), "abcd-efgh");
  await user.type(screen.getByLabelText("New password"), "a phrase of my own");
  await user.click(screen.getByRole("button", { name: "Set the new password" }));
  expect(await screen.findByText(/Your new password is set/)).toBeVisible();
  expect(server.sent(post).map((a) => a.body)).toEqual([{ current: "abcd-efgh", new: "a phrase of my own" }]);
  expect(client.getQueryState(meQuery.queryKey)?.isInvalidated).toBe(false);
  await user.click(screen.getByRole("button", { name: "Continue" }));
  expect(client.getQueryState(meQuery.queryKey)?.isInvalidated).toBe(true);
});

test("a password manager is told the login, not the employee number", async () => {
  serve({ [post]: () => new Refusal(422, "people.temporary_password_wrong", "The temporary password is wrong.") });
  await open(page, "/", "/");
  expect(document.querySelector<HTMLInputElement>("input[autocomplete=username]")?.value).toBe("lin");
});

test("a temporary password is shown with its login and can be copied", async () => {
  serve({ "POST /people/7/password": () => ({ login: "wang", password: "abcd-efgh-ijkm-npqr", valid_for: 72 }) });
  const { user } = await open(() => <IssuePassword person={7} />, "/", "/");
  await user.click(screen.getByRole("button", { name: "Give a temporary password" }));
  await user.click((await screen.findAllByRole("button", { name: "Give a temporary password" })).at(-1) ?? document.body);
  expect(await screen.findByText("abcd-efgh-ijkm-npqr")).toBeVisible();
  expect(screen.getByText("wang")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Copy the password" }));
  expect(await screen.findByText("Copied")).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe("abcd-efgh-ijkm-npqr");
});
