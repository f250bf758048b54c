import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { complaintImport } from "../../test/factories";
import { open } from "../../test/screen";
import { serve } from "../../test/server";
import ImportPage from "./ImportPage";

const post = "POST /complaints/imports";
const answers = () => ({
  "GET /complaint-profiles": () => ({ items: [{ code: "anwen", title: "Anwen", columns: [] }, { code: "core", title: "Core system", columns: [] }] }),
  [post]: ({ body }: { body: Record<string, unknown> }) => complaintImport({ dry_run: body.dry_run === "true", dropped_columns: [{ column: "customer_name", filled: 3 }] }),
});
const file = () => new File(["reference\nC-1\n"], "october.csv", { type: "text/csv" });

test("a file of complaints says what it would do and what it leaves out, before it is imported", async () => {
  const server = serve(answers());
  const { user } = await open(ImportPage, "/desk/import", "/desk/import");
  await user.upload(await screen.findByLabelText("File with complaint facts"), file());
  await screen.findByText(/customer_name/);
  await user.click(screen.getByRole("button", { name: "Import 3 complaints" }));
  await screen.findByRole("link", { name: "See the complaints" });
  expect(server.sent(post).map((a) => a.body)).toEqual([
    { file: "october.csv", profile: "anwen", dry_run: "true" }, { file: "october.csv", profile: "anwen", dry_run: "false" },
  ]);
});

test("another profile reads the same file again", async () => {
  const server = serve(answers());
  const { user } = await open(ImportPage, "/desk/import", "/desk/import");
  await user.upload(await screen.findByLabelText("File with complaint facts"), file());
  await screen.findByText(/customer_name/);
  await user.selectOptions(screen.getByRole("combobox"), "core");
  await waitFor(() => expect(server.sent(post).at(-1)?.body).toEqual({ file: "october.csv", profile: "core", dry_run: "true" }));
});
