import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "../api/client";

/** aboutQuery is what everybody may know of the institution and the program. */
export const aboutQuery = queryOptions({ queryKey: ["about"], queryFn: () => ask(api.GET("/about")), staleTime: Infinity });
