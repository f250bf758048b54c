// Package typeset draws text that every reader can copy: it chooses a face for
// each character, breaks lines as Chinese and Latin want them, and merges the
// outlines that a document needs into one small font. Certificates, minutes and
// transcripts are drawn with it.
//
// Words. A face is one TrueType file. A Cell is one character with the face that
// draws it. A Sheet collects the cells that stand on the pages of one document,
// and Draw makes the PDF.
//
// What must stay true. Equal sheets give equal bytes. Every character of a
// document is drawn by a face that has it and is copied as itself. fpdf breaks no
// line: its own breaking loses Chinese characters.
//
// What it refuses. A character that no face has: Conflict. Anything in a program
// that was built without fonts: Unavailable. Both carry codes that begin with
// certificates, which clients know and which are older than this package.
//
// What a document looks like is the matter of the room that it belongs to.
package typeset
