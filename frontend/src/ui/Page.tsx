import { LeftOutlined } from "@ant-design/icons";
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { showClient } from "../api/first";

let lastPath: string | null = null;

interface Props {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; text: string };
  /** Staff pages are dense and use the whole width. */
  dense?: boolean;
  /** False while the title is not known yet, so that it is announced once. */
  ready?: boolean;
  children: ReactNode;
}

/**
 * Page is the frame of every screen: the only h1, the document's title, and the
 * keyboard's place after the path has changed.
 */
export function Page({ title, lead, actions, back, dense, ready = true, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const { t } = useTranslation();

  useLayoutEffect(() => {
    if (ready) showClient();
  }, [ready]);

  useEffect(() => {
    if (ready) document.title = `${title} · ${t("app.name")}`;
  }, [title, ready, t]);

  useEffect(() => {
    if (!ready || lastPath === pathname) return;
    const first = lastPath === null;
    lastPath = pathname;
    if (first) return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [pathname, ready]);

  return (
    <main id="main" className={dense ? "dense" : undefined}>
      <div className="page-head">
        <div>
          {back && (
            <Link className="crumb no-print" to={back.to}>
              <LeftOutlined aria-hidden /> {back.text}
            </Link>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className="lead">{lead}</div>}
        </div>
        {actions && <div className="row no-print">{actions}</div>}
      </div>
      {children}
    </main>
  );
}
