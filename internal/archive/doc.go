// Package archive reads a folder or an uploaded zip file into memory without
// trusting it: names that leave the folder, links, names that stand twice, files
// beyond a limit and data that unpacks to more than it says are refused, with the
// file named. Names in the Chinese encoding of old archivers are understood.
//
// The result is all or nothing, and independent of how it was packed: a single
// folder around everything is taken off, and the litter of desktop systems is
// left out.
package archive
