import type { Answer, Question } from "../../api/views";
import { Html } from "../Html";
import { Choices } from "./Choices";
import { Essay } from "./Essay";
import { GapText } from "./GapText";
import { Matching } from "./Matching";
import { Ordering } from "./Ordering";
import { promptOf } from "./parts";
import { Typed } from "./Typed";
import "./item.css";

interface Props { item: Question; answer: Answer | undefined; onAnswer: (answer: Answer) => void; labelledBy?: string }

/** ItemForm is one question with what can be answered. */
export function ItemForm({ labelledBy = "item-title", ...props }: Props) {
  const { item } = props;
  if (item.kind === "cloze" || item.kind === "drag") return <GapText {...props} labelledBy={labelledBy} />;
  return (
    <div>
      <div id={promptOf(item)}>
        <Html html={item.html} lang={item.locale} />
      </div>
      {item.kind !== "description" && (
        <div className="answer">
          <AnswerForm {...props} labelledBy={labelledBy} />
        </div>
      )}
    </div>
  );
}

function AnswerForm(props: Required<Props>) {
  switch (props.item.kind) {
    case "short_answer":
    case "numerical":
      return <Typed {...props} />;
    case "matching":
      return <Matching {...props} />;
    case "ordering":
      return <Ordering {...props} />;
    case "essay":
      return <Essay {...props} />;
    default:
      return <Choices {...props} />;
  }
}
