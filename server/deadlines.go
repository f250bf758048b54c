package server

import (
	"io"
	"net"
	"net/http"
	"time"
)

// Deadlines keep callers who stop sending or reading from holding what they asked for.
// They are those of sockets, so Now is the machine's clock.
type Deadlines struct{ Now func() time.Time }

const (
	nextPieceWithin  = 15 * time.Second // of a body
	smallBodyWithin  = 20 * time.Second
	slowestBody      = 8 << 10         // bytes a second of a body that takes longer
	unreadBodyWithin = 2 * time.Second // what is left of it when the answer is given
	takenWithin      = 30 * time.Second
	answerPiece      = 64 << 10 // bytes of an answer that must be taken within that time
)

// bodyDeadline is until when the next piece of a body must come.
func bodyDeadline(begun, now time.Time, read int64) time.Time {
	piece, whole := now.Add(nextPieceWithin), begun.Add(smallBodyWithin+time.Duration(read/slowestBody)*time.Second)
	if whole.Before(piece) {
		return whole
	}
	return piece
}

// Handler gives every body deadlines, whoever reads it, and if nobody does.
func (d Deadlines) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		b := &pacedBody{ReadCloser: r.Body, control: http.NewResponseController(w), now: d.Now, begun: d.Now()}
		b.until(bodyDeadline(b.begun, b.begun, 0))
		paced := *r // net/http looks at its own body to see whether it was read to its end: else the connection ends
		paced.Body = b
		next.ServeHTTP(w, &paced)
		if !b.whole {
			b.until(d.Now().Add(unreadBodyWithin))
		}
	})
}

// pacedBody is a body that must go on coming.
type pacedBody struct {
	io.ReadCloser
	control *http.ResponseController
	now     func() time.Time
	begun   time.Time
	read    int64
	whole   bool
}

// Read waits for the next piece as long as it may take.
func (b *pacedBody) Read(p []byte) (int, error) {
	if !b.whole {
		b.until(bodyDeadline(b.begun, b.now(), b.read))
	}
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	if err == io.EOF && !b.whole {
		b.whole = true
		b.until(time.Time{}) // the connection is watched while the answer is made
	}
	return n, err
}

// until sets the deadline; what is no connection, as in a test, has none.
func (b *pacedBody) until(at time.Time) { _ = b.control.SetReadDeadline(at) }

// Listener gives every piece of an answer a deadline.
func (d Deadlines) Listener(l net.Listener) net.Listener { return pacedListener{l, d.Now} }

type pacedListener struct {
	net.Listener
	now func() time.Time
}

// Accept returns the next connection.
func (l pacedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &pacedConn{c, l.now}, nil
}

// pacedConn is a connection whose other end must go on reading. It is no io.ReaderFrom,
// so that files pass through Write too.
type pacedConn struct {
	net.Conn
	now func() time.Time
}

// Write sends piece by piece.
func (c *pacedConn) Write(p []byte) (sent int, err error) {
	for {
		piece := p[sent:min(len(p), sent+answerPiece)]
		if err := c.SetWriteDeadline(c.now().Add(takenWithin)); err != nil {
			return sent, err
		}
		n, err := c.Conn.Write(piece)
		sent += n
		if err != nil || sent == len(p) {
			return sent, err
		}
	}
}

// CloseWrite says that nothing more comes; net/http asks for it.
func (c *pacedConn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
