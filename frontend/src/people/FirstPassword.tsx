import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Me } from "../api/views";
import { meQuery } from "../app/me";
import { LanguageSwitch } from "../ui/LanguageSwitch";
import { Page } from "../ui/Page";
import { ChangePassword } from "./ChangePassword";

/** FirstPassword is all that somebody with a temporary password sees. */
export default function FirstPassword({ me, onChoose }: { me: Me; onChoose: Parameters<typeof LanguageSwitch>[0]["onChoose"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const leave = useMutation({ mutationFn: () => ask(api.DELETE("/session")), onSettled: () => client.setQueryData(meQuery.queryKey, null) });
  return (
    <div style={{ maxWidth: 560, margin: "0 auto" }}>
      <Page title={t("people.first_password")} lead={t("people.first_password_lead", { name: me.name })} actions={<LanguageSwitch onChoose={onChoose} />}>
        <div className="stack">
          <ChangePassword login={me.employee_no} onDone={() => void client.invalidateQueries({ queryKey: meQuery.queryKey })} />
          <div><Button type="link" style={{ paddingInline: 0 }} onClick={() => leave.mutate()}>{t("people.sign_out")}</Button></div>
        </div>
      </Page>
    </div>
  );
}
