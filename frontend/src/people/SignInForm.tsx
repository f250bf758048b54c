import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { type FormEvent, useId, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { typedMeanwhile } from "../api/first";
import type { Me } from "../api/views";
import { ProblemNote } from "../ui/ProblemNote";
import { meQuery } from "../app/me";
import { ForgottenPassword } from "./ForgottenPassword";
import { PasswordField } from "./PasswordField";

/** SignInForm asks for login and password, on its own page and over a page whose session ran out. */
export function SignInForm({ login: known = "", onDone }: { login?: string; onDone: (me: Me) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const id = useId();
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState("");
  useLayoutEffect(() => { // in the same moment in which the page takes the place of the first answer
    // eslint-disable-next-line react-hooks/set-state-in-effect -- what was typed stands outside of React until this moment
    setLogin((now) => now || typedMeanwhile("login"));
    setPassword(typedMeanwhile("password"));
  }, []);
  const signIn = useMutation({
    mutationFn: () => ask(api.POST("/session", { body: { login: login.trim(), password } })),
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me);
      onDone(me);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      {signIn.isError && <ProblemNote error={signIn.error} />}
      <div className="field">
        <label htmlFor={`${id}login`}>{t("people.login")}</label>
        <Input id={`${id}login`} name="login" size="large" autoComplete="username" autoCapitalize="none" required value={login} onChange={(e) => setLogin(e.target.value)} />
      </div>
      <PasswordField id={`${id}password`} name="password" label={t("people.password")} size="large" autoComplete="current-password" value={password} onChange={setPassword} />
      <Button type="primary" size="large" htmlType="submit" block disabled={login.trim() === "" || password === "" || signIn.isPending}>
        {signIn.isPending ? t("people.signing_in") : t("people.sign_in")}
      </Button>
      <ForgottenPassword />
    </form>
  );
}
