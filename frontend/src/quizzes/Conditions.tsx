import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { QuizConditions } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { ProblemNote } from "../ui/ProblemNote";
import { Choice } from "../ui/staff/Choice";
import { useTime } from "../ui/time";
import { instantOf, localOf, networksOf } from "./conditions";

type Password = "keep" | "new" | "none";

/** Conditions say when and where the quiz may be begun. */
export function Conditions({ quiz }: { quiz: number }) {
  const { t } = useTranslation();
  const conditions = useQuery({ queryKey: ["quizzes", quiz, "conditions"], queryFn: () => ask(api.GET("/quizzes/{id}/conditions", { params: { path: { id: quiz } } })) });
  return (
    <section className="section stack" aria-labelledby="conditions">
      <h2 id="conditions">{t("quizzes.conditions")}</h2>
      <p className="small soft">{t("quizzes.conditions_lead")}</p>
      <Loaded query={conditions} lines={3}>{(now) => <Form key={now.number} quiz={quiz} now={now} />}</Loaded>
    </section>
  );
}

function Form({ quiz, now }: { quiz: number; now: QuizConditions }) {
  const { t } = useTranslation();
  const time = useTime();
  const client = useQueryClient();
  const [opens, setOpens] = useState(localOf(now.opens_at));
  const [closes, setCloses] = useState(localOf(now.closes_at));
  const [networks, setNetworks] = useState(now.networks.map((n) => `${n.unit} ${n.network}`).join("\n"));
  const [choice, setChoice] = useState<Password>("keep");
  const [password, setPassword] = useState("");
  const save = useMutation({
    mutationFn: () => ask(api.PUT("/quizzes/{id}/conditions", {
      params: { path: { id: quiz } },
      body: {
        number: now.number, opens_at: instantOf(opens), closes_at: instantOf(closes), networks: networksOf(networks),
        ...(choice === "new" && { password }), ...(choice === "none" && { password: "" }),
      },
    })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["quizzes", quiz, "conditions"] }),
  });
  return (
    <form className="stack" onSubmit={(e) => { e.preventDefault(); save.mutate(); }}>
      <div className="row" style={{ alignItems: "flex-end" }}>
        <div className="field">
          <label htmlFor="opens" className="label">{t("quizzes.opens")}</label>
          <input id="opens" type="datetime-local" className="native-input" value={opens} max={closes || undefined} onChange={(e) => setOpens(e.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="closes" className="label">{t("quizzes.closes")}</label>
          <input id="closes" type="datetime-local" className="native-input" value={closes} min={opens || undefined} onChange={(e) => setCloses(e.target.value)} />
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
        <Input.TextArea id="networks" className="mono" aria-describedby="networks-hint" autoSize={{ minRows: 2, maxRows: 12 }} placeholder="BR-012 10.12.0.0/16" value={networks} onChange={(e) => setNetworks(e.target.value)} />
        <p id="networks-hint" className="small soft">{t("quizzes.networks_hint")}</p>
      </div>
      <div className="row">
        <Button htmlType="submit" type="primary" disabled={save.isPending}>{t("quizzes.conditions_save")}</Button>
        <span className="small soft" role="status">
          {save.isSuccess ? t("quizzes.conditions_saved") : now.set_at && t("quizzes.conditions_by", { name: now.set_by || "–", time: time.instant(now.set_at) })}
        </span>
      </div>
      {save.isError && <ProblemNote error={save.error} />}
    </form>
  );
}
