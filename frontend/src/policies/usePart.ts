import { useTranslation } from "react-i18next";
import type { CitedBy } from "../api/views";

const sections = ["changes", "impact", "plan"] as const; // of a briefing

/** usePart tells where in a course or a briefing something is cited: a lesson by its title, a question by its name. */
export function usePart(): (c: Pick<CitedBy, "part" | "part_title">) => string {
  const { t } = useTranslation();
  return (c) => {
    const [kind, name = ""] = c.part.split("/");
    if (kind === "lesson") return t("policies.cited_lesson", { name: c.part_title || name });
    if (kind === "item") return t("policies.cited_item", { name });
    return t(`policies.part_${sections.find((s) => s === c.part) ?? "changes"}`);
  };
}
