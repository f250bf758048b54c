package quizzes

import (
	"fmt"
	"sync"

	"anwen/internal/i18n"
	"anwen/items"
)

// itemCache keeps decoded item versions and their HTML. Both are immutable, so they
// are dropped only to free memory.
type itemCache struct {
	mu      sync.RWMutex
	items   map[int64]*cachedItem
	courses map[int64]int64 // quiz → course
}

type cachedItem struct {
	items.Item
	mu   sync.Mutex
	html map[i18n.Locale]*items.Rendered
}

const maxCachedItems = 20_000

func newItemCache() *itemCache {
	return &itemCache{items: map[int64]*cachedItem{}, courses: map[int64]int64{}}
}

func (c *itemCache) courseOf(quiz int64) (int64, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	id, ok := c.courses[quiz]
	return id, ok
}

func (c *itemCache) keepCourse(quiz, course int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.courses[quiz] = course
}

func (c *itemCache) get(version int64) (*cachedItem, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	it, ok := c.items[version]
	return it, ok
}

// put decodes the stored bytes of an item version and keeps it.
func (c *itemCache) put(version int64, body []byte) error {
	it, err := items.Decode(body)
	if err != nil {
		return fmt.Errorf("item version %d: %w", version, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.items) >= maxCachedItems {
		clear(c.items)
	}
	if _, known := c.items[version]; !known {
		c.items[version] = &cachedItem{Item: it, html: map[i18n.Locale]*items.Rendered{}}
	}
	return nil
}

// known lists the versions that need not be read again.
func (c *itemCache) known() []int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	ids := make([]int64, 0, len(c.items))
	for id := range c.items {
		ids = append(ids, id)
	}
	return ids
}

// rendered returns the item's HTML in the wanted language, made once.
func (it *cachedItem) rendered(want i18n.Locale) *items.Rendered {
	it.mu.Lock()
	defer it.mu.Unlock()
	if h, ok := it.html[want]; ok {
		return h
	}
	h := it.Render(want)
	it.html[want] = h
	return h
}

// paperCache keeps the frozen papers of attempts under way.
type paperCache struct {
	mu     sync.RWMutex
	papers map[int64]openPaper
}

const maxCachedPapers = 20_000

func newPaperCache() *paperCache { return &paperCache{papers: map[int64]openPaper{}} }

func (c *paperCache) get(attempt int64) (openPaper, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	p, ok := c.papers[attempt]
	return p, ok
}

func (c *paperCache) put(attempt int64, p openPaper) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.papers) >= maxCachedPapers {
		clear(c.papers)
	}
	c.papers[attempt] = p
}
