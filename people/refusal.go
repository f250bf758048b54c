package people

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"anwen/internal/audit"
)

// maxRecordedLogin clips what was typed as a login: who types the password there by
// mistake should not find all of it in the log.
const maxRecordedLogin = 40

// refusal is a try at a password that was refused.
type refusal struct {
	subject, login, address, reason string
}

// recordWrong audits a wrong password, and the lock that it led to. Throttles and the
// queue bound how many there are; the budget keeps a flood from many addresses out of
// the log, which then says how many are left out.
func (s *Service) recordWrong(ctx context.Context, r refusal, end outcome) error {
	told := map[string]any{"login": clip(r.login, maxRecordedLogin), "address": r.address, "reason": r.reason}
	if _, err := s.recordRefusal(ctx, audit.Event{Action: "people.sign_in_refused", Subject: r.subject}, told); err != nil || !end.locked {
		return err
	}
	told["minutes"] = int(throttleWindow.Minutes())
	_, err := s.recordRefusal(ctx, audit.Event{Action: "people.locked", Subject: r.subject}, told)
	return err
}

// recordRefusal records what was refused now while the budget lasts, with how many
// were left out before. It tells whether it did.
func (s *Service) recordRefusal(ctx context.Context, event audit.Event, told map[string]any) (recorded bool, err error) {
	event.At = s.now()
	omitted, ok := s.refusals.take(event.At)
	if !ok {
		return false, nil
	}
	data := maps.Clone(told)
	if omitted > 0 {
		data["left_out"] = omitted
	}
	event.Data = data
	err = audit.Record(ctx, s.db, event)
	return err == nil, err
}

// RefusedAct is something that a person asked for and was not let do.
type RefusedAct struct {
	Route   string // method and pattern
	Path    string // as it was asked for
	Code    string // of the refusal
	Address string
}

// refusedAgain is how long the same refusal of the same person is told only once.
const refusedAgain = 10 * time.Minute

// RecordRefusedAct audits that the actor was refused something, once in a while for the
// same act. What could not be recorded is recorded the next time.
func (s *Service) RecordRefusedAct(ctx context.Context, actor Actor, act RefusedAct) error {
	key := fmt.Sprint(actor.PersonID, " ", act.Route, " ", act.Code)
	if !s.refusals.first(key, s.now()) {
		return nil
	}
	recorded, err := s.recordAct(ctx, actor, act)
	if !recorded {
		s.refusals.forget(key)
	}
	return err
}

func (s *Service) recordAct(ctx context.Context, actor Actor, act RefusedAct) (recorded bool, err error) {
	login, err := loginOf(ctx, s.db, actor.PersonID)
	if err != nil {
		return false, fmt.Errorf("login of person %d: %w", actor.PersonID, err)
	}
	return s.recordRefusal(ctx, audit.Event{ActorID: actor.PersonID, Action: "people.act_refused", Subject: "route:" + act.Route},
		map[string]any{"login": login, "address": act.Address, "reason": act.Code, "path": clip(act.Path, 200)})
}

// refusalsAMinute is how many refusals of all kinds an instance records a minute.
const refusalsAMinute = 120

// refusalBudget bounds the refusals in the audit log.
type refusalBudget struct {
	mu      sync.Mutex
	minute  time.Time // that is being counted
	taken   int
	omitted int // since the last one that was recorded
	last    map[string]time.Time
}

// take asks for one place; omitted is how many got none since the last that did.
func (b *refusalBudget) take(now time.Time) (omitted int, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if minute := now.Truncate(time.Minute); !minute.Equal(b.minute) {
		b.minute, b.taken = minute, 0
	}
	if b.taken >= refusalsAMinute {
		b.omitted++
		return 0, false
	}
	b.taken++
	omitted, b.omitted = b.omitted, 0
	return omitted, true
}

// rememberedRefusals bounds the memory: with more the oldest are forgotten.
const rememberedRefusals = 10_000

// first tells whether the same was not recorded a while ago.
func (b *refusalBudget) first(key string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if at, ok := b.last[key]; ok && now.Sub(at) < refusedAgain {
		return false
	}
	if b.last == nil || len(b.last) >= rememberedRefusals {
		b.last = map[string]time.Time{}
	}
	b.last[key] = now
	return true
}

// forget takes back that the same was recorded.
func (b *refusalBudget) forget(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.last, key)
}
