import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { coursesQuery } from "../api/queries";
import { Loaded } from "../ui/Loaded";
import { ProblemNote } from "../ui/ProblemNote";
import { EarlierWords } from "./EarlierWords";
import { useOpening } from "./useOpening";

/** NotOpen is the editor of a course that nobody is writing: it begins when the author says so. */
export function NotOpen({ slug }: { slug: string }) {
  const { t } = useTranslation();
  const courses = useQuery(coursesQuery);
  const opening = useOpening();
  return (
    <div className="stack loose">
      <section className="panel stack" aria-label={t("courses.write_course", { slug })}>
        <Loaded query={courses} lines={2}>
          {({ items }) => (items.some((c) => c.slug === slug) ? (
            <>
              <p>{t("courses.not_open")}</p>
              <div><Button type="primary" disabled={opening.isPending} onClick={() => opening.mutate({ slug })}>{t("courses.write")}</Button></div>
            </>
          ) : (
            <>
              <p>{t("courses.no_such_course", { slug })}</p>
              <div><Link to="/officer/writing">{t("courses.writing")}</Link></div>
            </>
          ))}
        </Loaded>
        {opening.isError && <ProblemNote error={opening.error} />}
      </section>
      <EarlierWords slug={slug} />
    </div>
  );
}
