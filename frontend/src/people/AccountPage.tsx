import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Locale, Me } from "../api/views";
import { meQuery, useMe } from "../app/me";
import { locales, switchTo } from "../i18n";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { ChangePassword } from "./ChangePassword";
import { deviceOf } from "./device";
import { roleText } from "./roleText";

/** AccountPage is what one may see and change of oneself. */
export default function AccountPage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Page title={t("people.account")}>
      {me && (
        <div className="stack loose" style={{ maxWidth: 760 }}>
          <Who me={me} />
          <Language me={me} />
          <Sessions />
          <ChangePassword login={me.login} />
        </div>
      )}
    </Page>
  );
}

function Who({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="who">
      <h2 id="who">{me.name}</h2>
      <dl className="facts">
        <dt>{t("people.employee_no")}</dt><dd className="mono">{me.employee_no}</dd>
        <dt>{t("people.unit")}</dt><dd>{me.unit.name}</dd>
        <dt>{t("people.position")}</dt><dd>{me.position}</dd>
        {me.roles.length > 0 && (
          <>
            <dt>{t("people.roles")}</dt>
            <dd>{me.roles.map((r) => t("people.role_over", { role: roleText(t, r.role), unit: r.unit_name })).join(t("people.and"))}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Language({ me }: { me: Me }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: async (language: Locale) => {
      await switchTo(language);
      return ask(api.PATCH("/me", { body: { language } }));
    },
    onSuccess: async (changed) => {
      client.setQueryData(meQuery.queryKey, changed);
      await client.invalidateQueries();
    },
  });
  return (
    <section className="panel" aria-labelledby="language">
      <h2 id="language">{t("people.language")}</h2>
      <p className="soft" style={{ marginBottom: 12 }}>{t("people.language_text")}</p>
      <div role="radiogroup" aria-labelledby="language" className="row">
        {locales.map((l) => (
          <label key={l.code} className="row" style={{ gap: 8, minHeight: 32 }} lang={l.code}>
            <input type="radio" name="language" checked={me.language === l.code} onChange={() => change.mutate(l.code)} /> {l.name}
          </label>
        ))}
      </div>
      {change.isError && <ProblemNote error={change.error} />}
    </section>
  );
}

function Sessions() {
  const { t } = useTranslation();
  const time = useTime();
  const client = useQueryClient();
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: () => ask(api.GET("/me/sessions")) });
  const revoke = useMutation({
    mutationFn: (id: number) => ask(api.DELETE("/me/sessions/{id}", { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["sessions"] }),
  });
  return (
    <section className="panel" aria-labelledby="sessions">
      <h2 id="sessions">{t("people.sessions")}</h2>
      <p className="soft" style={{ marginBottom: 8 }}>{t("people.sessions_text")}</p>
      {revoke.isError && <ProblemNote error={revoke.error} />}
      <Loaded query={sessions} lines={3}>
        {({ items }) => (
          <ul role="list">
            {items.map((s) => (
              <li key={s.id} className="row apart" style={{ padding: "12px 0", borderTop: "1px solid var(--line)" }}>
                <div style={{ minWidth: 0, flex: 1 }}>
                  <div title={s.user_agent}>{deviceOf(s.user_agent) || s.user_agent || t("people.unknown_browser")}</div>
                  <div className="small soft">{s.address} · {t("people.seen", { time: time.instant(s.seen_at) })} · {t("people.since", { time: time.instant(s.created_at) })}</div>
                </div>
                {s.current ? <Tag tone="accent">{t("people.this_session")}</Tag> : (
                  <Button size="small" disabled={revoke.isPending} onClick={() => revoke.mutate(s.id)}>
                    {t("people.revoke")}<span className="hidden-text"> {time.instant(s.created_at)}</span>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}
