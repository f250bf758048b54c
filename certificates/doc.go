// Package certificates holds what a completed course earns: the certificate, its
// document and its public verification.
//
// Words. A certification is what a course certifies; a certificate is given to one
// person for one cycle of it. Its frozen content is what it says since the day it was
// issued. Its document is the PDF drawn from that content. The serial is printed on the
// document and is part of the address in its QR code.
//
// What must stay true. A certificate is issued in the transaction of its
// completion, once per person, certification and cycle. Content and document never
// change, whatever names, titles and layouts change later. Equal contents give equal
// bytes. Every character of a document is drawn by a face that has it and can be copied
// from the PDF as itself.
//
// What it refuses. A document with a character that no face has, or with a text that
// is too long for any readable size: Conflict. Any document in a program that was built
// without fonts: Unavailable. A reader who is neither the holder nor holds HR, Auditor or
// Compliance over the holder's unit: NotFound.
//
// It may import people, courses and training. records, server and cmd may import
// it. Text is set by internal/typeset; the frame and the QR are drawn here.
package certificates
