import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { QuizConditions } from "../api/views";
import type { Stored } from "../ui/edited/EditedText";
import { Unsettled } from "../ui/edited/Unsettled";
import { useEdited } from "../ui/edited/useEdited";
import { Loaded } from "../ui/Loaded";
import { ProblemNote } from "../ui/ProblemNote";
import { Choice } from "../ui/staff/Choice";
import { useTime } from "../ui/time";
import { instantOf, localOf, networksOf } from "./conditions";

type Password = "keep" | "new" | "none";

const asStored = (c: QuizConditions): Stored<{ opens: string; closes: string; networks: string }> => ({
  edition: c.number, editor: c.set_by,
  value: { opens: localOf(c.opens_at), closes: localOf(c.closes_at), networks: c.networks.map((n) => `${n.unit} ${n.network}`).join("\n") },
});

const conditionsQuery = (quiz: number) =>
  queryOptions({ queryKey: ["quizzes", quiz, "conditions"], queryFn: () => ask(api.GET("/quizzes/{id}/conditions", { params: { path: { id: quiz } } })) });

/** Conditions say when and where the quiz may be begun. */
export function Conditions({ quiz }: { quiz: number }) {
  const { t } = useTranslation();
  const conditions = useQuery(conditionsQuery(quiz));
  return (
    <section className="section stack" aria-labelledby="conditions">
      <h2 id="conditions">{t("quizzes.conditions")}</h2>
      <p className="small soft">{t("quizzes.conditions_lead")}</p>
      <Loaded query={conditions} lines={3}>{(now) => <Form quiz={quiz} now={now} />}</Loaded>
    </section>
  );
}

function Form({ quiz, now }: { quiz: number; now: QuizConditions }) {
  const { t } = useTranslation();
  const time = useTime();
  const client = useQueryClient();
  // A password stays in this page's memory: it is nothing to keep on a device.
  const [choice, setChoice] = useState<Password>("keep");
  const [password, setPassword] = useState("");
  const [saved, setSaved] = useState(false);
  const newest = async () => asStored(await client.fetchQuery({ ...conditionsQuery(quiz), staleTime: 0 }));
  const edited = useEdited({
    name: `conditions/${quiz}`,
    stored: useMemo(() => asStored(now), [now]),
    home: {
      save: async (v, number) => {
        await ask(api.PUT("/quizzes/{id}/conditions", {
          params: { path: { id: quiz } },
          body: {
            number, opens_at: instantOf(v.opens), closes_at: instantOf(v.closes), networks: networksOf(v.networks),
            ...(choice === "new" && { password }), ...(choice === "none" && { password: "" }),
          },
        }));
        return newest();
      },
      newest,
      refusal: "quizzes.conditions_changed",
    },
  });
  const { opens, closes, networks } = edited.value;
  const change = (part: Partial<typeof edited.value>) => {
    setSaved(false);
    edited.write({ ...edited.value, ...part });
  };
  const save = async () => {
    const there = await edited.save();
    setSaved(there !== undefined);
    if (!there) return;
    setChoice("keep");
    setPassword("");
  };
  return (
    <form className="stack" onSubmit={(e) => { e.preventDefault(); void save(); }}>
      <div className="row" style={{ alignItems: "flex-end" }}>
        <div className="field">
          <label htmlFor="opens" className="label">{t("quizzes.opens")}</label>
          <input id="opens" type="datetime-local" className="native-input" value={opens} max={closes || undefined} onChange={(e) => change({ opens: e.target.value })} />
        </div>
        <div className="field">
          <label htmlFor="closes" className="label">{t("quizzes.closes")}</label>
          <input id="closes" type="datetime-local" className="native-input" value={closes} min={opens || undefined} onChange={(e) => change({ closes: e.target.value })} />
        </div>
        <Choice<Password>
          label={t("quizzes.password")}
          value={choice}
          onChoose={(v) => setChoice(v ?? "keep")}
          options={[
            { value: "keep", label: t(now.has_password ? "quizzes.password_keep" : "quizzes.password_none") },
            { value: "new", label: t("quizzes.password_new") },
            ...(now.has_password ? [{ value: "none" as const, label: t("quizzes.password_remove") }] : []),
          ]}
        />
        {choice === "new" && (
          <div className="field">
            <label htmlFor="quiz-password" className="label">{t("quizzes.password_new")}</label>
            <Input id="quiz-password" required maxLength={100} autoComplete="off" value={password} onChange={(e) => setPassword(e.target.value)} />
          </div>
        )}
      </div>
      <div className="field">
        <label htmlFor="networks">{t("quizzes.networks")}</label>
        <Input.TextArea id="networks" className="mono" aria-describedby="networks-hint" autoSize={{ minRows: 2, maxRows: 12 }} placeholder="BR-012 10.12.0.0/16" value={networks} onChange={(e) => change({ networks: e.target.value })} />
        <p id="networks-hint" className="small soft">{t("quizzes.networks_hint")}</p>
      </div>
      <Unsettled edited={edited} show={(v) => [time.wall(v.opens), time.wall(v.closes), v.networks].filter(Boolean).join("\n")} />
      <div className="row">
        <Button htmlType="submit" type="primary" disabled={edited.state === "saving" || edited.state === "conflict"}>{t("quizzes.conditions_save")}</Button>
        <span className="small soft" role="status">
          {saved ? t("quizzes.conditions_saved") : now.set_at && t("quizzes.conditions_by", { name: now.set_by || "–", time: time.instant(now.set_at) })}
        </span>
      </div>
      {edited.state === "failed" && <ProblemNote error={edited.error} />}
    </form>
  );
}
