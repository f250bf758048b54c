// Package sheet reads a table that people bring from Excel: CSV in whatever
// encoding and with whatever separator, or XLSX. A Table holds headings and rows
// of text, each row with the line of the file it starts on.
//
// It refuses, with the place and the remedy, what is too large, binary, torn,
// or no table; nothing of the input is dropped in silence.
package sheet
