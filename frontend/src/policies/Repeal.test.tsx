import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { open } from "../../test/screen";
import { Refusal, serve } from "../../test/server";
import { Repeal } from "./Repeal";

const post = "POST /policies/POL-1/repeal";

test("a repeal is proposed from a date and for a reason, never without one", async () => {
  const server = serve({ [post]: () => new Refusal(409, "policies.repealed", "It was repealed before.") });
  const { user } = await open(() => <Repeal code="POL-1" newest={3} />, "/", "/");
  await user.click(await screen.findByText("Propose to repeal this policy", { selector: "summary" }));
  const button = screen.getByRole("button", { name: "Propose to repeal this policy" });
  fireEvent.change(screen.getByLabelText("Repealed from"), { target: { value: "2027-01-01" } });
  await user.type(screen.getByLabelText("Reason"), "  ");
  expect(button).toBeDisabled();
  await user.type(screen.getByLabelText("Reason"), "Replaced by POL-2.");
  await user.click(button);
  expect(await screen.findByRole("alert")).toHaveTextContent("It was repealed before.");
  expect(server.sent(post).map((a) => a.body)).toEqual([{ effective_from: "2027-01-01", reason: "  Replaced by POL-2.", newest: 3 }]);
});
