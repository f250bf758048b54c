import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { Waiting } from "../ui/Waiting";

// Readers of a briefing do not load the officers' pickers.
const PersonSelect = lazy(async () => ({ default: (await import("../ui/staff/PersonSelect")).PersonSelect }));

/** AddAction puts an action with its owner and due date into the plan. */
export function AddAction({ month }: { month: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const action = useUnsent(`action/${month}`, { text: "", owner: "", due: "" });
  const { text, owner, due } = action.value;
  const change = (part: Partial<typeof action.value>) => action.write({ ...action.value, ...part });
  const add = useMutation({
    mutationFn: () => ask(api.POST("/briefings/{month}/actions", { params: { path: { month } }, body: { text, owner_no: owner, due_on: due } })),
    onSuccess: async () => {
      action.sent();
      await client.invalidateQueries({ queryKey: ["briefings"] });
    },
  });
  if (!open && !action.unsaved) return <div className="no-print"><Button onClick={() => setOpen(true)}>{t("briefings.add_action")}</Button></div>;
  return (
    <form className="panel form no-print" onSubmit={(e) => { e.preventDefault(); add.mutate(); }}>
      <div className="field">
        <label htmlFor="action-text">{t("briefings.action_text")}</label>
        <Input id="action-text" value={text} maxLength={1000} onChange={(e) => change({ text: e.target.value })} />
      </div>
      <div className="pair">
        <div className="field">
          <label htmlFor="action-owner">{t("briefings.action_owner")}</label>
          <Suspense fallback={<Waiting lines={1} />}><PersonSelect id="action-owner" value={owner || undefined} onChange={(no) => change({ owner: no ?? "" })} /></Suspense>
        </div>
        <div className="field">
          <label htmlFor="action-due">{t("briefings.action_due")}</label>
          <input id="action-due" type="date" className="native-input" value={due} onChange={(e) => change({ due: e.target.value })} />
        </div>
      </div>
      <Unsettled edited={action} show={(v) => v.text} />
      {add.isError && <ProblemNote error={add.error} />}
      <div><Button type="primary" htmlType="submit" disabled={!text.trim() || !owner || !due || add.isPending}>{t("briefings.add_action")}</Button></div>
    </form>
  );
}
