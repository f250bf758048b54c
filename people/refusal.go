package people

import (
	"context"
	"fmt"
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
	now := s.now()
	events := []string{"people.sign_in_refused"}
	if end.locked {
		events = append(events, "people.locked")
	}
	for _, action := range events {
		omitted, ok := s.refusals.take(now)
		if !ok {
			continue
		}
		data := map[string]any{"login": clip(r.login, maxRecordedLogin), "address": r.address, "reason": r.reason}
		if action == "people.locked" {
			data["minutes"] = int(throttleWindow.Minutes())
		}
		if omitted > 0 {
			data["left_out"] = omitted
		}
		if err := audit.Record(ctx, s.db, audit.Event{At: now, Action: action, Subject: r.subject, Data: data}); err != nil {
			return err
		}
	}
	return nil
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
// same act.
func (s *Service) RecordRefusedAct(ctx context.Context, actor Actor, act RefusedAct) error {
	now := s.now()
	if !s.refusals.first(fmt.Sprint(actor.PersonID, " ", act.Route, " ", act.Code), now) {
		return nil
	}
	omitted, ok := s.refusals.take(now)
	if !ok {
		return nil
	}
	login, err := loginOf(ctx, s.db, actor.PersonID)
	if err != nil {
		return fmt.Errorf("login of person %d: %w", actor.PersonID, err)
	}
	data := map[string]any{"login": login, "address": act.Address, "reason": act.Code, "path": clip(act.Path, 200)}
	if omitted > 0 {
		data["left_out"] = omitted
	}
	return audit.Record(ctx, s.db, audit.Event{At: now, ActorID: actor.PersonID, Action: "people.act_refused", Subject: "route:" + act.Route, Data: data})
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
