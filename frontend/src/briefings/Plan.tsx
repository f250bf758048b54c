import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { PlanAction } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { AddAction } from "./AddAction";

/** Plan is what a briefing's adjustment plan asks of whom by when, and how far it is. */
export function Plan({ month, officer }: { month: string; officer: boolean }) {
  const { t } = useTranslation();
  const actions = useQuery({ queryKey: ["briefings", month, "actions"], queryFn: () => ask(api.GET("/briefings/{month}/actions", { params: { path: { month } } })) });
  if (actions.data?.items.length === 0 && !officer) return null;
  return (
    <section className="section" aria-labelledby="plan-actions">
      <h2 id="plan-actions">{t("briefings.actions")} {actions.data && <span className="count">{t("briefings.actions_done", { done: actions.data.items.filter((a) => a.state === "done").length, total: actions.data.items.length })}</span>}</h2>
      <Loaded query={actions} lines={3}>
        {({ items }) => (
          <div className="stack">
            {items.length > 0 && <ol role="list" className="ledger">{items.map((a) => <Line key={a.number} month={month} action={a} mayMove={a.mine || officer} />)}</ol>}
            {officer && <AddAction month={month} />}
          </div>
        )}
      </Loaded>
    </section>
  );
}

function Line({ month, action: a, mayMove }: { month: string; action: PlanAction; mayMove: boolean }) {
  const { t } = useTranslation();
  const time = useTime();
  const client = useQueryClient();
  const [dropping, setDropping] = useState(false);
  const why = useUnsent(`action/${month}/${a.number}`, "");
  const note = why.value;
  const move = useMutation({
    mutationFn: (state: PlanAction["state"]) =>
      ask(api.POST("/briefings/{month}/actions/{number}/state", { params: { path: { month, number: a.number } }, body: { state, ...(note && { note }) } })),
    onSuccess: async () => { why.sent(); setDropping(false); await client.invalidateQueries({ queryKey: ["briefings"] }); },
  });
  const tone = a.overdue ? "bad" : a.state === "done" ? "good" : "plain";
  return (
    <li>
      <div>
        <p style={{ fontWeight: 500 }}>{a.number}. {a.text}</p>
        <p className="meta">
          <span>{a.owner}</span>
          <span>{t("briefings.due_by", { date: time.date(a.due_on) })}</span>
          {a.at && <span>{time.instant(a.at)}</span>}
          {a.note && <span>{a.note}</span>}
        </p>
        {(dropping || why.unsaved) && (
          <div className="row" style={{ marginTop: 8 }}>
            <label htmlFor={`why-${a.number}`} className="hidden-text">{t("briefings.why_dropped")}</label>
            <Input id={`why-${a.number}`} style={{ width: 240 }} placeholder={t("briefings.why_dropped")} value={note} onChange={(e) => why.write(e.target.value)} />
            <Button disabled={!note.trim() || move.isPending} onClick={() => move.mutate("dropped")}>{t("briefings.drop")}</Button>
          </div>
        )}
        <Unsettled edited={why} show={(words) => words} />
        {move.isError && <ProblemNote error={move.error} />}
      </div>
      <div className="act">
        <Tag tone={tone}>{a.overdue ? t("briefings.action_overdue") : t(`briefings.action_${a.state}`)}</Tag>
        {mayMove && (a.state === "open" ? (
          <>
            <Button size="small" disabled={move.isPending} onClick={() => move.mutate("done")}>{t("briefings.set_done")}<span className="hidden-text"> {a.text}</span></Button>
            <Button size="small" onClick={() => setDropping(!dropping)}>{t("briefings.drop")}<span className="hidden-text"> {a.text}</span></Button>
          </>
        ) : <Button size="small" disabled={move.isPending} onClick={() => move.mutate("open")}>{t("briefings.set_open")}<span className="hidden-text"> {a.text}</span></Button>)}
      </div>
    </li>
  );
}
