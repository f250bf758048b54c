/** Html shows HTML that the server has sanitised, in the language it was found in. */
export function Html({ html, lang, className = "prose" }: { html: string; lang?: string; className?: string }) {
  return <div className={className} lang={lang} dangerouslySetInnerHTML={{ __html: html }} />;
}
