package people

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"anwen/internal/errs"
)

// waits is a queue whose only turn is taken, and what everybody who comes is told.
type waits struct {
	*hashQueue
	t    *testing.T
	took func() // ends the turn that is taken
	told chan string
}

func fullQueue(t *testing.T, most int) *waits {
	t.Helper()
	q := newHashQueue(1, most)
	leave, err := q.enter(context.Background(), hashTurn{lane: strangers, key: "first"})
	if err != nil {
		t.Fatal(err)
	}
	return &waits{q, t, leave, make(chan string, 100)}
}

// come waits until the queue knows of the newcomer, whose turn ends at once.
func (w *waits) come(ctx context.Context, name string, turn hashTurn) {
	w.t.Helper()
	before := w.length()
	go func() {
		leave, err := w.enter(ctx, turn)
		switch {
		case err == nil:
			w.told <- name + " begins"
			leave()
		case errs.KindOf(err) == errs.Unavailable:
			w.told <- name + " is sent away"
		case errors.Is(err, context.Canceled):
			w.told <- name + " gave up"
		}
	}()
	eventually(w.t, func() bool { return w.length() > before || len(w.told) > 0 })
}

func (w *waits) length() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.waiting[acquainted]) + len(w.waiting[strangers])
}

func (w *waits) expect(want ...string) {
	w.t.Helper()
	for _, each := range want {
		if got := <-w.told; got != each {
			w.t.Errorf("%s, want: %s", got, each)
		}
	}
}

func TestAFloodOfOneAddressFloodsOnlyItself(t *testing.T) {
	w, ctx := fullQueue(t, 3), context.Background()
	w.come(ctx, "elsewhere", hashTurn{lane: strangers, address: "10.0.0.2"})
	for n := range 2 {
		w.come(ctx, fmt.Sprint("flood ", n), hashTurn{lane: strangers, address: "10.0.0.1"})
	}
	for n := range 3 {
		w.come(ctx, fmt.Sprint("flood ", n+2), hashTurn{lane: strangers, address: "10.0.0.1"})
		w.expect(fmt.Sprintf("flood %d is sent away", n))
	}
	w.took()
	w.expect("elsewhere begins", "flood 3 begins", "flood 4 begins")
}

func TestWhoIsKnownGoesFirst(t *testing.T) {
	w, ctx := fullQueue(t, 5), context.Background()
	w.come(ctx, "stranger", hashTurn{lane: strangers})
	w.come(ctx, "colleague", hashTurn{lane: acquainted})
	w.took()
	w.expect("colleague begins", "stranger begins")
}

func TestASecondTryAtOnePasswordWaitsForTheFirst(t *testing.T) {
	q, ctx := newHashQueue(2, 5), context.Background()
	leave, err := q.enter(ctx, hashTurn{lane: strangers, key: "a"})
	if err != nil {
		t.Fatal(err)
	}
	w := &waits{q, t, leave, make(chan string, 10)}
	w.come(ctx, "the same", hashTurn{lane: strangers, key: "a"})
	other, err := q.enter(ctx, hashTurn{lane: strangers, key: "b"})
	if err != nil || len(w.told) > 0 {
		t.Fatalf("another one: %v; %d began", err, len(w.told))
	}
	other()
	if w.length() != 1 {
		t.Error("it began though the first goes on")
	}
	w.took()
	w.expect("the same begins")
}

func TestWhoGivesUpLeavesTheTurnToOthers(t *testing.T) {
	w := fullQueue(t, 5)
	ctx, stop := context.WithCancel(context.Background())
	w.come(ctx, "impatient", hashTurn{lane: strangers})
	w.come(context.Background(), "patient", hashTurn{lane: strangers})
	stop()
	w.expect("impatient gave up")
	w.took()
	w.expect("patient begins")
	eventually(t, func() bool { w.mu.Lock(); defer w.mu.Unlock(); return w.free == 1 && len(w.running) == 0 })
}

// The turn comes at the moment at which its request ends.
func TestATurnThatComesTooLateIsHandedOn(t *testing.T) {
	w := fullQueue(t, 5)
	late := &hashWaiter{hashTurn{lane: strangers, key: "late"}, make(chan bool, 1)}
	w.waiting[strangers] = append(w.waiting[strangers], late)
	w.come(context.Background(), "next", hashTurn{lane: strangers})
	w.took()
	w.abandon(late)
	eventually(t, func() bool { return len(w.told) == 1 })
	w.expect("next begins")
}

func TestWhoSignedInFromTheDeviceOrThePlaceBeforeGoesFirst(t *testing.T) {
	for want, list := range map[lane][]candidate{acquainted: {{DeviceKnown: true}, {PlaceKnown: true}}, strangers: {{}, {DeviceShared: true}}} {
		for _, c := range list {
			if c.lane() != want {
				t.Errorf("%+v waits in lane %d", c, c.lane())
			}
		}
	}
}
