import { screen, waitFor, within } from "@testing-library/react";
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

test("what changes is shown in words: classes, units, persons, and times on the clock of the unit", async () => {
  const field = (name: string, before: string, after: string, names: [string | null, string | null] = [null, null]) => ({ field: name, before, after, before_name: names[0], after_name: names[1] });
  const changes = [{
    reference: "C-1", line: 2, fields: [
      field("class", "complex", "general"), field("unit", "BR1", "BR2", ["East branch", "West branch"]), field("received_at", "2026-10-20 09:00:00", "2026-10-20 09:30:00"),
      field("first_reply_at", "", "2026-10-21 23:59:59"), field("responsible", "E1", "E2", ["Li Min", "Sun Yi"]), field("satisfaction", "3", "5"), field("answered_on", "", "2026-10-22"),
    ],
  }];
  const preview = [{
    reference: "C-1", class: "general", unit_code: "BR2", unit_name: "West branch", received_at: "2026-10-20T09:30:00+08:00", due_on: "2026-10-22", due_at: "2026-10-23T00:00:00+08:00",
    responsible: "E2", responsible_name: "Sun Yi",
  }];
  serve({ ...answers(), [post]: ({ body }) => complaintImport({ dry_run: body.dry_run === "true", changes, preview }) });
  const { user } = await open(ImportPage, "/desk/import", "/desk/import");
  await user.upload(await screen.findByLabelText("File with complaint facts"), file());
  const changed = within(await screen.findByRole("table", { name: "What will change in complaints that are already recorded" }));
  expect(changed.getAllByRole("listitem").map((l) => l.textContent)).toEqual([
    "Class: complex → general", "Unit: BR1 East branch → BR2 West branch", "Received: 20/10/2026, 09:00 → 20/10/2026, 09:30", "First reply: 21/10/2026",
    "Responsible person: E1 Li Min → E2 Sun Yi", "Satisfaction: 3 of 5 → 5 of 5", "Answered on: 22/10/2026",
  ]);
  const rows = within(screen.getByRole("table", { name: "How the first rows were understood" })).getAllByRole("row").map((r) => [...r.children].map((c) => c.textContent));
  expect(rows[1]).toEqual(["C-1", "general", "BR2 West branch", "20/10/2026, 09:30", "22/10/2026", "E2 Sun Yi"]);
  await user.click(screen.getByRole("button", { name: "Import 3 complaints" }));
  expect(await screen.findByRole("table", { name: "What has changed in complaints that were already recorded" })).toBeVisible();
});
