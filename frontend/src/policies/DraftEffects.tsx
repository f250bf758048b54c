import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PolicyDraft } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { effectsQuery } from "./draft";
import { StaleList } from "./StaleList";

/** DraftEffects shows before publishing which lessons, items and briefings cite what the draft changes. */
export function DraftEffects({ draft: d }: { draft: PolicyDraft }) {
  const { t } = useTranslation();
  const effects = useQuery(effectsQuery(d));
  if (d.state === "published" || d.state === "withdrawn") return null;
  return (
    <section className="section" aria-labelledby="effects">
      <h2 id="effects">{t("policies.effects")} {effects.data && <span className="count">{effects.data.items.length}</span>}</h2>
      <Loaded query={effects} lines={3}>
        {({ items }) => (items.length === 0 ? <p className="soft">{t("policies.no_effects")}</p> : <StaleList citations={items} />)}
      </Loaded>
    </section>
  );
}
