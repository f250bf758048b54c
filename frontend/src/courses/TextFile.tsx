import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../api/client";
import { Loaded } from "../ui/Loaded";
import type { TextState } from "./manuscript";
import { TextEditor } from "./TextEditor";

interface Props { slug: string; name: string; keptAs: string; fresh: boolean; names: string[]; onFiles: () => void; onState: (name: string, state: TextState) => void }

/** TextFile loads one text of a manuscript for its editor; a new one begins empty. */
export function TextFile({ fresh, ...rest }: Props) {
  const { slug, name, keptAs } = rest;
  const [begins] = useState(fresh); // its first save does not make it load again
  const stored = useQuery({
    queryKey: ["manuscripts", slug, "text", keptAs], // another manuscript of the course counts its editions anew
    queryFn: () => ask(api.GET("/manuscripts/{slug}/text", { params: { path: { slug }, query: { name } } })),
    enabled: !begins,
    staleTime: Infinity,
    gcTime: 0,
    retry: 1,
  });
  if (begins) return <TextEditor {...rest} stored={empty} />;
  return <Loaded query={stored} lines={12}>{(file) => <TextEditor {...rest} stored={file} />}</Loaded>;
}

const empty = { edition: 0, editor: "", content: "" };
