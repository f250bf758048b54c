import { useMutation } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { ProblemNote } from "../ui/ProblemNote";

/** ChangePassword replaces the password; the current one is asked again. */
export function ChangePassword({ login, onDone }: { login: string; onDone?: () => void }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const change = useMutation({
    mutationFn: () => ask(api.POST("/me/password", { body: { current, new: fresh } })),
    onSuccess: () => {
      setCurrent("");
      setFresh("");
      onDone?.();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <section className="panel" aria-labelledby="password">
      <h2 id="password">{t("people.change_password")}</h2>
      <form className="form" style={{ maxWidth: 380 }} onSubmit={submit}>
        <input type="text" autoComplete="username" value={login} readOnly hidden />
        <div className="field">
          <label htmlFor="current">{t("people.current_password")}</label>
          <Input id="current" type="password" autoComplete="current-password" value={current} onChange={(e) => setCurrent(e.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="fresh">{t("people.new_password")}</label>
          <Input id="fresh" type="password" autoComplete="new-password" value={fresh} onChange={(e) => setFresh(e.target.value)} />
        </div>
        {change.isError && <ProblemNote error={change.error} />}
        {change.isSuccess && <p role="status" className="note good">{t("people.password_changed")}</p>}
        <div><Button type="primary" htmlType="submit" disabled={!current || !fresh || change.isPending}>{t("people.change_password")}</Button></div>
      </form>
    </section>
  );
}
