import { KeptWords } from "./KeptWords";
import type { Edited } from "./useEdited";

/** Stranded are the unsaved words of a text that can no longer be changed: nothing of them goes anywhere by itself. */
export function Stranded<T>({ edited, title, show }: { edited: Edited<T>; title: string; show: (value: T) => string }) {
  return (
    <>
      {edited.unsaved && <KeptWords title={title} text={show(edited.value)} onDiscard={() => edited.discard()} />}
      {edited.others.map((other) => <KeptWords key={other.key} title={title} text={show(other.value)} onDiscard={() => edited.discard(other)} />)}
    </>
  );
}
