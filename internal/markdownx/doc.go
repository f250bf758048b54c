// Package markdownx turns the institution's Markdown into HTML that is safe to
// show and plain text that is good to search: GitHub's Markdown with footnotes
// and definition lists, Chinese emphasis, Chinese heading ids and Chinese line
// breaks.
//
// It refuses text that is not UTF-8, too large, or built to exhaust the program;
// links other than http, https, mailto and relative ones; images that the caller
// does not know. Raw HTML is dropped. What is refused is also absent from the
// HTML, and the HTML is sanitised a second time.
package markdownx
