package people

import (
	"strconv"
	"sync"
	"time"
)

// cacheLife bounds how long an actor is answered from memory; it is below
// seenEvery, so that idle expiry keeps its meaning.
const cacheLife = time.Minute

// cacheSize bounds the memory: beyond it the cache starts anew.
const cacheSize = 50_000

// sessionCache remembers who a token belongs to. It answers only while notices
// of changes are heard (internal/notices), so a session revoked on any instance
// is gone everywhere at once.
type sessionCache struct {
	mu      sync.RWMutex
	heard   func() bool
	resets  uint64
	entries map[[32]byte]cachedActor
}

type cachedActor struct {
	actor   Actor
	expires time.Time
}

func newSessionCache() *sessionCache {
	return &sessionCache{heard: func() bool { return false }, entries: map[[32]byte]cachedActor{}}
}

// CacheWhile lets sessions be answered from memory whenever heard reports that
// notices arrive. Without it every request reads its session.
func (s *Service) CacheWhile(heard func() bool) {
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	s.cache.heard = heard
}

// Notice drops the person that changed, or everybody for "*".
func (s *Service) Notice(payload string) {
	id, err := strconv.ParseInt(payload, 10, 64)
	if err != nil {
		s.Reset()
		return
	}
	s.cache.dropPerson(id)
}

// Reset forgets every session.
func (s *Service) Reset() {
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	s.cache.resets++
	clear(s.cache.entries)
}

func (c *sessionCache) get(hash [32]byte, now time.Time) (Actor, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e, ok := c.entries[hash]
	if !ok || !c.heard() || !now.Before(e.expires) {
		return Actor{}, false
	}
	return e.actor, true
}

// generation marks the moment before a load: an entry that was loaded before a
// notice arrived must not be put after it.
func (c *sessionCache) generation() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.resets
}

func (c *sessionCache) put(hash [32]byte, a Actor, expires, now time.Time, generation uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.resets != generation || !c.heard() {
		return
	}
	if len(c.entries) >= cacheSize {
		clear(c.entries)
	}
	if end := now.Add(cacheLife); end.Before(expires) {
		expires = end
	}
	c.entries[hash] = cachedActor{actor: a, expires: expires}
}

func (c *sessionCache) dropPerson(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.resets++
	for hash, e := range c.entries {
		if e.actor.PersonID == id {
			delete(c.entries, hash)
		}
	}
}
