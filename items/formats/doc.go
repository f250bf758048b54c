// Package formats reads questions and writes them: GIFT, Moodle XML, QTI 2.1, 2.2
// and 3.0, Aiken, sheets, and text pasted from documents.
//
// Words. A Question is one entry of a file, with everything the file says about
// it; JoinLanguages makes the items of a quiz from the same questions in one or
// more languages.
//
// Invariants. Nothing is lost in silence: what cannot be read is a fault at its
// line, and a comment stays with its question. A file costs time and memory in
// proportion to its length, whatever is in it. Texts are kept as their source
// with their markup; rendering and sanitising happen elsewhere.
//
// What an item says comes back from GIFT, Moodle XML and QTI as it was; Aiken and
// sheets refuse to write what they cannot hold. What a file says and no item can
// is in Question.Dropped, what was settled without its author's word in
// Question.Warnings.
//
// It refuses files above MaxBytes, XML with entities of its own, bytes that are no
// text in any encoding of the house, and any difference between the languages.
//
// It imports quizzes and internal; whoever may import quizzes may import it.
package formats
