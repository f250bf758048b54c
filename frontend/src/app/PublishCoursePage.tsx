import { useTranslation } from "react-i18next";
import { has, hasOverAll, useMe } from "./me";
import { Page } from "../ui/Page";
import { AssignCourse } from "../training/AssignCourse";
import { PublishCourse } from "../courses/PublishCourse";

/** PublishCoursePage is where a course folder becomes a revision, and a course is asked of people. */
export default function PublishCoursePage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Page title={t("courses.publish_title")} lead={t("courses.publish_lead")}>
      <div className="stack loose">
        {hasOverAll(me, "author", "compliance") ? <PublishCourse /> : has(me, "author", "compliance") && <p className="note">{t("app.institution_only")}</p>}
        {has(me, "compliance", "hr") && <AssignCourse />}
      </div>
    </Page>
  );
}
