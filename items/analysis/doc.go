// Package analysis tells how good questions are, from the answers that people
// gave: facility, discrimination, distractors, reliability, and what scores did
// between two attempts.
//
// Words. An Attempt is one graded attempt; a Mark is what one item earned in it, a
// share from 0 to 1, with the options that were chosen. A blank counts as nothing
// earned and is counted apart; an item that was not asked is not in the attempt.
// The rest of an item is the share that the attempt earned on all its other items.
//
// Everything here is pure: values in, values out. Scores are counted elsewhere and
// never with the numbers of this package, which are floats because statistics are.
//
// It imports nothing of the house; quizzes may import it.
package analysis
