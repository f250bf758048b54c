import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { api, ask } from "../api/client";
import { showClient } from "../api/first";
import { localeNow, switchTo } from "../i18n";
import { LanguageSwitch } from "../ui/LanguageSwitch";
import { Mark } from "../ui/Mark";
import { ProblemNote } from "../ui/ProblemNote";
import { useAbout } from "../app/about";
import { meQuery } from "../app/me";
import { SignInForm } from "./SignInForm";
import "./sign-in.css";

const samples = ["employee", "officer", "approver", "desk", "hr", "admin", "auditor"] as const;
const samplePassword = "anwen-demo"; // the server refuses it outside demo mode

/** next is where to go after signing in: a path of ours and nothing else. */
export function safePath(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in") ? next : "/";
}

/** SignInPage is the front door. In the sample institution it offers the sample people. */
export default function SignInPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const next = safePath(search.get("next"));
  const about = useAbout();
  const me = useQuery(meQuery);
  const sample = useMutation({
    mutationFn: (login: string) => ask(api.POST("/session", { body: { login, password: samplePassword } })),
    onSuccess: (found) => {
      client.setQueryData(meQuery.queryKey, found);
      void enter();
    },
  });
  useLayoutEffect(showClient, []);
  useEffect(() => {
    document.title = `${t("people.sign_in")} · ${t("app.name")}`;
  }, [t]);

  // The language chosen at the door is kept, also on the server.
  const enter = async () => {
    const chosen = localeNow();
    if (client.getQueryData(meQuery.queryKey)?.language !== chosen) {
      const changed = await ask(api.PATCH("/me", { body: { language: chosen } })).catch(() => null);
      if (changed) client.setQueryData(meQuery.queryKey, changed);
    }
    await navigate(next, { replace: true });
  };
  if (me.data && !sample.isPending && me.data.language === localeNow()) return <Navigate to={next} replace />;

  return (
    <div className="door">
      <header className="door-head">
        <span className="brand">
          <Mark />
          <span>
            <b>{t("app.name")}</b>
            <small>{about.data?.name}</small>
          </span>
        </span>
        <LanguageSwitch onChoose={(l) => void switchTo(l)} />
      </header>
      <main id="main" className="door-main">
        <div className="door-words">
          <h1>{t("people.welcome")}</h1>
          <p>{t("people.welcome_text")}</p>
        </div>
        <div className="door-card">
          <h2>{t("people.sign_in")}</h2>
          <SignInForm onDone={() => void enter()} />
          {about.data?.demo && (
            <section aria-labelledby="samples" className="door-samples">
              <h3 id="samples">{t("people.samples")}</h3>
              <p className="small soft">{t("people.samples_text")}</p>
              {sample.isError && <ProblemNote error={sample.error} />}
              <ul role="list">
                {samples.map((login) => (
                  <li key={login}>
                    <Button block disabled={sample.isPending} onClick={() => sample.mutate(login)}>
                      <span>{t(`people.sample_${login}`)}</span>
                      <span className="mono soft" lang="en">{login}</span>
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </main>
    </div>
  );
}
