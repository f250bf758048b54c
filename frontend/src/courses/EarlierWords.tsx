import { useTranslation } from "react-i18next";
import { KeptWords } from "../ui/edited/KeptWords";
import { useNamesKept, useWords } from "../ui/edited/useEdited";
import { nameOfText } from "./manuscript";

/** EarlierWords are unsaved words of manuscripts of a course that were published or given up meanwhile; the open one takes none of them. */
export function EarlierWords({ slug, open }: { slug: string; open?: string }) {
  const earlier = useNamesKept(nameOfText({ slug, opened_at: "" })).filter((name) => open === undefined || !name.startsWith(nameOfText({ slug, opened_at: open }, "")));
  return earlier.map((name) => <Words key={name} name={name} />);
}

function Words({ name }: { name: string }) {
  const { t } = useTranslation();
  const words = useWords(name, "");
  const file = name.slice(name.indexOf("/", name.indexOf("@")) + 1);
  return words.found.map((found) => (
    <KeptWords key={found.key} title={t("courses.earlier_words")} label={t("courses.words_of_file", { file })} text={found.value} onDiscard={() => words.discard(found)} />
  ));
}
