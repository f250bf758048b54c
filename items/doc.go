// Package items says what a question is and what an answer to it earns, in values
// only.
//
// Words. An Item is one question with its answer key, in one or more languages;
// a version of it is immutable and named by the SHA-256 of its canonical bytes
// (Encode, Decode). A Measure is a unit of measure that a number may carry. A Paper
// is the list of item versions that one attempt asks, frozen when the attempt
// starts; a Plan says how a paper is made and when its results are shown. A
// Response is what the learner answered at one position; a Grade is what it earned;
// a Mark is what a person gave for an essay. Asked is the learner's view of an item,
// and Question the same as HTML.
//
// Invariants. Points are whole thousandths of a point, weights whole
// hundred-thousandths of a percent and numbers exact decimals: nothing here is a
// float. Blank is not zero and not asked is not blank: each is its own status.
// The order of options follows from the paper's seed by an algorithm that never
// changes. Nothing of the answer key (weights, feedback, accepted answers) is in
// Asked.
//
// It refuses a response that names an option the item does not have, or that has
// the form of another kind of item (errs.Invalid), and an item that nobody could
// answer fully right. An answer that is merely mistaken, such as a word where a
// number is asked, is wrong and not an error.
//
// Values in, values out: no database, clock or context here, nor in items/formats,
// which reads and writes files of questions, nor in items/analysis, which judges how
// questions did; a test holds it.
//
// It imports no room; every room may import it.
package items
