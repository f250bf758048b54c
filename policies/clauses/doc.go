// Package clauses reads the clause structure of a policy text and tells how two
// versions of it differ.
//
// Words: a clause is a stretch of text under one number or heading; its address
// names it without its words (12 for 第十二条, 12-1 for 第十二条之一, ch3 for
// 第三章, 2.1 for an English section); a pair is a clause of the old text beside
// its clause of the new one.
//
// Invariants: the clauses of a text, one after the other, are the text; the runs
// of a difference give back both texts byte for byte; every clause of either
// text stands in exactly one pair.
//
// It is pure: text in, values out. policies imports it.
package clauses
