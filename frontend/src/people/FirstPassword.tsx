import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Me } from "../api/views";
import { meQuery } from "../app/me";
import { LanguageSwitch } from "../ui/LanguageSwitch";
import { Page } from "../ui/Page";
import { ChangePassword } from "./ChangePassword";

/** FirstPassword is all that somebody with a temporary password sees, until the own one is set and the person goes on. */
export default function FirstPassword({ me, onChoose }: { me: Me; onChoose: Parameters<typeof LanguageSwitch>[0]["onChoose"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [done, setDone] = useState(false);
  const leave = useMutation({ mutationFn: () => ask(api.DELETE("/session")), onSettled: () => client.setQueryData(meQuery.queryKey, null) });
  const enter = () => void client.invalidateQueries({ queryKey: meQuery.queryKey });
  return (
    <div style={{ maxWidth: 560, margin: "0 auto" }}>
      <Page title={t("people.first_password")} lead={t("people.first_password_lead", { name: me.name, login: me.login })} actions={<LanguageSwitch onChoose={onChoose} />}>
        <div className="stack">
          {done ? (
            <>
              <p role="status" className="note good">{t("people.first_password_done")}</p>
              <div><Button type="primary" size="large" onClick={enter}>{t("people.enter")}</Button></div>
            </>
          ) : (
            <>
              <ChangePassword login={me.login} temporary onDone={() => setDone(true)} />
              <div><Button type="link" style={{ paddingInline: 0 }} onClick={() => leave.mutate()}>{t("people.sign_out")}</Button></div>
            </>
          )}
        </div>
      </Page>
    </div>
  );
}
