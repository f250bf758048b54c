// Package formats reads question files into quizzes: GIFT, the text format of
// Moodle.
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
// It refuses files above MaxBytes, bytes that are not UTF-8, and, when a quiz is
// made, the kinds that a quiz does not use (matching, essay, description) and any
// difference between the languages.
//
// It imports quizzes, errs and i18n; whoever may import quizzes may import it.
package formats
