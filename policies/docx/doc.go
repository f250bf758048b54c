// Package docx reads the text of a Word file (Office Open XML, ECMA-376) as
// Markdown: headings by their style, numbers that Word makes by itself, tables.
//
// Words: a level is one of the nine depths of a list; its label is what Word
// prints before the paragraph, such as 第三条 or 2.1.
//
// Invariants: each element that may stand in a paragraph, run or table is kept or
// named in a warning (element.go has the table); no number that a reader of the
// file would see is lost; deleted text of tracked changes is not taken over; words
// never become Markdown; a file from outside may be anything, and costs no more
// than its limits.
//
// It is pure: bytes in, text out. policies imports it.
package docx
