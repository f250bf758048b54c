import { MenuOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigation } from "react-router";
import { api, ask } from "../api/client";
import type { Locale, Me } from "../api/views";
import { localeNow, switchTo } from "../i18n";
import { useAbout } from "./about";
import { meQuery } from "./me";
import FirstPassword from "../people/FirstPassword";
import { LanguageSwitch } from "../ui/LanguageSwitch";
import { Mark } from "../ui/Mark";
import { ProblemNote } from "../ui/ProblemNote";
import { Waiting } from "../ui/Waiting";
import { groupsFor } from "./navigation";
import { SessionLost } from "./SessionLost";

/** Shell is what surrounds every page of somebody signed in. */
export default function Shell() {
  const me = useQuery(meQuery);
  const { pathname, search } = useLocation();
  if (me.isPending) return <main className="dense"><Waiting /></main>;
  if (me.isError) return <main><ProblemNote error={me.error} retry={() => void me.refetch()} /></main>;
  if (!me.data) {
    const next = pathname + search;
    return <Navigate to={next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
  }
  return <Frame me={me.data} />;
}

/** tabs are what a phone shows at its foot. */
const tabs = ["training", "courses", "briefings", "certificates"] as const;

function Frame({ me }: { me: Me }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string>(); // the menu is open on one page and closed on the next
  const open = openAt === pathname;
  const setOpen = (wanted: boolean) => setOpenAt(wanted ? pathname : undefined);
  const navigation = useNavigation();
  const about = useAbout();

  useEffect(() => {
    if (me.language !== localeNow()) void switchTo(me.language);
  }, [me.language]);

  const choose = async (locale: Locale) => {
    await switchTo(locale);
    client.setQueryData(meQuery.queryKey, (old) => (old ? { ...old, language: locale } : old));
    await ask(api.PATCH("/me", { body: { language: locale } })).catch(() => null); // the choice also lives in this browser
    await client.invalidateQueries();
  };
  const brand = (
    <Link className="brand" to="/">
      <Mark />
      <span>
        <b>{t("app.name")}</b>
        <small>{about.data?.name}</small>
      </span>
    </Link>
  );
  const menu = (
    <>
      <Menu me={me} />
      <Foot me={me} onChoose={(l) => void choose(l)} />
    </>
  );
  if (me.must_change_password) {
    return <FirstPassword me={me} onChoose={(l) => void choose(l)} />;
  }
  const learning = groupsFor(me)[0]?.places ?? [];
  return (
    <>
      <a className="skip" href="#main">{t("app.skip")}</a>
      <div className="shell">
        <header className="side">
          {brand}
          {menu}
        </header>
        <header className="topbar">
          {brand}
          <Button type="text" icon={<MenuOutlined />} aria-label={t("app.menu")} aria-expanded={open} onClick={() => setOpen(true)} />
        </header>
        <div className="content" aria-busy={navigation.state === "loading"}>
          <Suspense fallback={<main><Waiting /></main>}>
            <Outlet />
          </Suspense>
        </div>
        <nav className="tabs" aria-label={t("app.nav_short")}>
          {tabs.map((key) => {
            const place = learning.find((p) => p.key === key);
            return place && (
              <NavLink key={key} className="tab" to={place.to} end={place.to === "/"}>
                {place.icon}
                <span>{t(`app.tab_${key}`)}</span>
              </NavLink>
            );
          })}
          <button type="button" className="tab" aria-haspopup="dialog" onClick={() => setOpen(true)}>
            <MenuOutlined />
            <span>{t("app.more")}</span>
          </button>
        </nav>
      </div>
      <Drawer open={open} onClose={() => setOpen(false)} placement="right" size={300} title={t("app.menu")} closable={{ "aria-label": t("app.close") }}>
        {menu}
      </Drawer>
      <SessionLost login={me.login} />
    </>
  );
}

function Menu({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("app.nav")}>
      {groupsFor(me).map((g) => (
        <div key={g.key} className="nav-group">
          <h2>{t(`app.group_${g.key}`)}</h2>
          <ul role="list">
            {g.places.map((p) => (
              <li key={p.key}>
                <NavLink className="nav-link" to={p.to} end={p.to === "/" || p.to === "/hr/people"}>
                  {p.icon}
                  <span>{t(`app.place_${p.key}`)}</span>
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Foot({ me, onChoose }: { me: Me; onChoose: (locale: Locale) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const out = useMutation({
    mutationFn: () => ask(api.DELETE("/session")),
    onSettled: () => {
      client.clear();
      window.location.assign("/sign-in"); // a fresh page holds nothing of the person who left
    },
  });
  return (
    <div className="side-foot">
      <Link className="who" to="/account">
        <b>{me.name}</b>
        <span className="small soft">{[me.position, me.unit.name].filter(Boolean).join(" · ")}</span>
      </Link>
      <LanguageSwitch onChoose={onChoose} />
      <div className="row">
        <Link to="/account">{t("app.account")}</Link>
        <Button type="link" size="small" style={{ paddingInline: 0, height: 24 }} disabled={out.isPending} onClick={() => out.mutate()}>
          {t("people.sign_out")}
        </Button>
      </div>
    </div>
  );
}
