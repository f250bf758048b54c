import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { ProblemNote } from "../ui/ProblemNote";
import { PasswordField } from "./PasswordField";

interface Props {
  login: string;
  /** The current password is one that an administrator gave out. */
  temporary?: boolean;
  onDone?: () => void;
}

/** ChangePassword replaces the password; the current one is asked again. */
export function ChangePassword({ login, temporary = false, onDone }: Props) {
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
      <h2 id="password">{t(temporary ? "people.set_password" : "people.change_password")}</h2>
      <form className="form" style={{ maxWidth: 380 }} onSubmit={submit}>
        <input type="text" autoComplete="username" value={login} readOnly hidden />
        <PasswordField id="current" label={t(temporary ? "people.temporary_password" : "people.current_password")} autoComplete="current-password" value={current} onChange={setCurrent} />
        <PasswordField id="fresh" label={t("people.new_password")} autoComplete="new-password" value={fresh} onChange={setFresh} note={t("people.password_rule")} />
        {change.isError && <ProblemNote error={change.error} />}
        {change.isSuccess && <p role="status" className="note good">{t("people.password_changed")}</p>}
        <div><Button type="primary" htmlType="submit" disabled={!current || !fresh || change.isPending}>{t(temporary ? "people.set_password" : "people.change_password")}</Button></div>
      </form>
    </section>
  );
}
