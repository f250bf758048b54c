import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { briefingQuery } from "../api/queries";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { htmlOf, parts } from "./writing";

/** PublishedBriefing is what a colleague published while one wrote the same month's briefing. */
export function PublishedBriefing({ name }: { name: string }) {
  const { t } = useTranslation();
  const briefing = useQuery(briefingQuery(name));
  return (
    <Loaded query={briefing} lines={4}>
      {(b) => (
        <section aria-label={t("app.text_theirs", { n: b.revision })}>
          <p><b>{b.title}</b> · {t("briefings.revision", { n: b.revision })}</p>
          {parts.map((part) => <Html key={part} html={htmlOf(b)[part]} lang={b.locale} className="prose compact" />)}
        </section>
      )}
    </Loaded>
  );
}
