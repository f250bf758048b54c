import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { PolicyDraft } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { useTime } from "../ui/time";
import { effectsQuery } from "./draft";

interface Props { draft: PolicyDraft; pending: boolean; onYes: () => void; onNo: () => void }

/** PublishDraft says what publishing a draft means for whom, and asks a second time. */
export function PublishDraft({ draft: d, pending, onYes, onNo }: Props) {
  const { t } = useTranslation();
  const time = useTime();
  const effects = useQuery({ ...effectsQuery(d), staleTime: 0 });
  const [n, date] = [d.base + 1, time.date(d.content.effective_from ?? "")];
  return (
    <section className="stack" aria-labelledby="publish-means">
      <h3 id="publish-means">{t("policies.publish_means", { n })}</h3>
      <Loaded query={effects} lines={4}>
        {({ asked_again: asked }) => (
          <>
            <ul>
              <li>{t("policies.publish_in_force", { n, date })}</li>
              <li>{d.base > 0 ? t("policies.publish_replaces", { n: d.base }) : t("policies.publish_first")}</li>
              <li>{asked > 0 ? t("policies.publish_asks", { n: d.base, count: asked }) : d.base > 0 && !d.material ? t("policies.publish_editorial", { n: d.base }) : t("policies.publish_asks_nobody")}</li>
            </ul>
            <div className="row">
              <Button type="primary" disabled={pending} onClick={onYes}>{t("policies.publish_sure", { date })}</Button>
              <Button disabled={pending} onClick={onNo}>{t("policies.publish_not_yet")}</Button>
            </div>
          </>
        )}
      </Loaded>
    </section>
  );
}
