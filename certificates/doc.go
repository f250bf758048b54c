// Package certificates holds what a completed course earns: the certificate, its
// document and its public verification.
//
// Words. A certification is the standing promise of a course; a certificate is
// one person's fulfilment of it in one cycle. Its frozen content is what it
// said on the day it was issued. Its document is the PDF drawn from that
// content. The serial stands on the document and in the QR.
//
// What must stay true. A certificate is issued in the transaction of its
// completion, once per person, certification and cycle. Content and document
// never change: names, titles and layouts that change later do not reach them.
// The same content gives the same bytes. Every character of a document is drawn
// by a face that has it and can be copied as itself.
//
// What it refuses. A document with a character that no face has, or with a text
// that fits at no readable size: Conflict. Any document in a program that was
// built without fonts: Unavailable. A reader who is neither the holder nor in
// charge of the holder's unit: NotFound.
//
// It may import people, courses and training. records, server and cmd may import
// it. Text is set by internal/typeset; the frame and the QR are drawn here.
package certificates
