package people

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"anwen/internal/errs"
)

// hashQueue bounds how many password hashes run at once and how many wait, so that a
// flood of sign-ins neither fills the memory nor keeps anybody waiting: who cannot be
// served soon is told at once. Of two tries at one password the second waits for the
// first, so that its throttle knows how that one ended.
type hashQueue struct {
	mu      sync.Mutex
	free    int // hashes that may begin now
	most    int // that wait in one lane
	running map[string]bool
	waiting [2][]*hashWaiter
}

// lane is who waits with whom.
type lane int

// Who signs in from where the same person has signed in before goes first.
const (
	acquainted lane = iota
	strangers
)

// hashTurn is what somebody waits for.
type hashTurn struct {
	lane    lane
	address string
	key     string // of the password that is tried; "" for a new one
}

type hashWaiter struct {
	hashTurn
	told chan bool // begin, or be sent away
}

// hashing is the queue of this process. A hash takes 20 to 40 ms of a core, so that
// whoever waits has an answer within about half a second.
var hashing = newHashQueue(runtime.NumCPU(), 16*runtime.NumCPU())

func newHashQueue(atOnce, most int) *hashQueue {
	return &hashQueue{free: atOnce, most: most, running: map[string]bool{}}
}

// enter waits for a turn, which leave ends. Unavailable when too many wait.
func (q *hashQueue) enter(ctx context.Context, t hashTurn) (leave func(), err error) {
	w := &hashWaiter{t, make(chan bool, 1)}
	q.mu.Lock()
	q.waiting[t.lane] = append(q.waiting[t.lane], w)
	q.begin()
	if len(q.waiting[t.lane]) > q.most {
		q.drop(t.lane)
	}
	q.mu.Unlock()
	select {
	case begin := <-w.told:
		if !begin {
			return nil, errs.New(errs.Unavailable, "people.too_many_sign_ins", nil)
		}
		return func() { q.end(t) }, nil
	case <-ctx.Done():
		q.abandon(w)
		return nil, ctx.Err()
	}
}

// begin tells whoever may begin now.
func (q *hashQueue) begin() {
	for l := range q.waiting {
		q.waiting[l] = slices.DeleteFunc(q.waiting[l], func(w *hashWaiter) bool {
			if q.free == 0 || w.key != "" && q.running[w.key] {
				return false
			}
			q.free--
			q.running[w.key] = true
			w.told <- true
			return true
		})
	}
}

func (q *hashQueue) end(t hashTurn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.free++
	delete(q.running, t.key)
	q.begin()
}

// drop sends away the oldest of the address that most wait from: one that floods the
// queue floods only itself, and who came last is the one that still waits for an answer.
func (q *hashQueue) drop(l lane) {
	count, most := map[string]int{}, 0
	for _, w := range q.waiting[l] {
		count[w.address]++
		most = max(most, count[w.address])
	}
	i := slices.IndexFunc(q.waiting[l], func(w *hashWaiter) bool { return count[w.address] == most })
	q.waiting[l][i].told <- false
	q.waiting[l] = slices.Delete(q.waiting[l], i, i+1)
}

// abandon takes out somebody who waits no more, and hands on a turn that came meanwhile.
func (q *hashQueue) abandon(w *hashWaiter) {
	q.mu.Lock()
	waits := slices.Contains(q.waiting[w.lane], w)
	q.waiting[w.lane] = slices.DeleteFunc(q.waiting[w.lane], func(other *hashWaiter) bool { return other == w })
	q.mu.Unlock()
	if !waits && <-w.told {
		q.end(w.hashTurn)
	}
}
