import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, ask } from "../api/client";
import { FaultTable } from "../ui/FaultTable";
import { ProblemNote } from "../ui/ProblemNote";
import { manuscriptsQuery } from "./manuscript";

/** Publication checks what was written, publishes it as the next revision, or gives it up. */
export function Publication({ slug, saved }: { slug: string; saved: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const send = (dry_run: boolean) => ask(api.POST("/manuscripts/{slug}/publication", { params: { path: { slug } }, body: { dry_run } }));
  const check = useMutation({ mutationFn: () => send(true) });
  const publish = useMutation({
    mutationFn: () => send(false),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ["courses"] }), client.invalidateQueries({ queryKey: manuscriptsQuery.queryKey, exact: true })]),
  });
  const discard = useMutation({
    mutationFn: () => ask(api.DELETE("/manuscripts/{slug}", { params: { path: { slug } } })),
    onSuccess: async () => {
      await navigate("/officer/writing");
      client.removeQueries({ queryKey: ["manuscripts", slug] });
      await client.invalidateQueries({ queryKey: manuscriptsQuery.queryKey, exact: true });
    },
  });
  if (publish.isSuccess) {
    return (
      <div className="note good" role="status">
        <b>{t("courses.published", { title: publish.data.title, n: publish.data.revision })}</b>
        <Link to={`/courses/${slug}`}>{t("courses.see_course")}</Link>
      </div>
    );
  }
  return (
    <section className="panel stack" aria-labelledby="publication">
      <h2 id="publication">{t("courses.publish")}</h2>
      <div className="row">
        <Button disabled={!saved || check.isPending} onClick={() => { publish.reset(); check.mutate(); }}>{t("courses.check_all")}</Button>
        <Button type="primary" disabled={!saved || !check.isSuccess || check.data.unchanged || publish.isPending} onClick={() => publish.mutate()}>
          {check.isSuccess ? t("courses.publish_revision", { n: check.data.revision }) : t("courses.publish")}
        </Button>
        {sure ? (
          <>
            <Button danger disabled={discard.isPending} onClick={() => discard.mutate()}>{t("courses.discard_sure")}</Button>
            <Button onClick={() => setSure(false)}>{t("courses.keep_writing")}</Button>
          </>
        ) : <Button onClick={() => setSure(true)}>{t("courses.discard")}</Button>}
      </div>
      {(check.isError || publish.isError || discard.isError) && <ProblemNote error={check.error ?? publish.error ?? discard.error} />}
      {check.isSuccess && (
        <div className="stack" role="status">
          <p className={check.data.unchanged ? "note" : "note good"}><b>{check.data.unchanged ? t("courses.unchanged", { n: check.data.revision }) : t("courses.check_ok")}</b></p>
          {check.data.warnings.length > 0 && <FaultTable faults={check.data.warnings} />}
        </div>
      )}
    </section>
  );
}
