import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { linkTo } from "../api/client";
import { has, hasOverAll, useMe } from "../app/me";
import { ProblemNote } from "../ui/ProblemNote";
import { useOpening } from "./useOpening";

/** AuthorTools lead whoever writes courses from the page of one to its text, its history and its files. */
export function AuthorTools({ slug }: { slug: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const opening = useOpening();
  if (!has(me, "author", "compliance", "auditor")) return null;
  return (
    <nav className="panel stack no-print" aria-label={t("courses.author_tools")} style={{ gap: 8 }}>
      {hasOverAll(me, "author", "compliance") && <button type="button" className="link-button" disabled={opening.isPending} onClick={() => opening.mutate({ slug })}>{t("courses.write")}</button>}
      {opening.isError && <ProblemNote error={opening.error} />}
      <Link to={`/courses/${slug}/revisions`}>{t("courses.history")}</Link>
      <a href={linkTo(`/courses/${slug}/export.zip`)} download>{t("courses.export")}</a>
    </nav>
  );
}
