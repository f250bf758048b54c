package server

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"anwen/courses"
	"anwen/internal/i18n"
)

// lesson is the same for every reader of one language, so it can be cached; what a
// person has read is on the course page.
type lesson struct {
	Slug        string     `json:"slug"`
	CourseTitle string     `json:"course_title"`
	N           int        `json:"n"`
	Total       int        `json:"total"`
	Title       string     `json:"title"`
	HTML        string     `json:"html" doc:"Sanitised"`
	Locale      string     `json:"locale" doc:"The language found"`
	Revision    int        `json:"revision"`
	Minutes     int        `json:"minutes" doc:"Of the whole course"`
	Checks      []question `json:"checks" nullable:"false" doc:"Questions inside it: the n-th belongs into the element check-n"`
}

type lessonInput struct {
	BySlug
	N           int    `path:"n" minimum:"1" maximum:"1000"`
	IfNoneMatch string `header:"If-None-Match"`
}

func (s *Server) lesson(ctx context.Context, in *lessonInput) (*huma.StreamResponse, error) {
	locale := actorOf(ctx).Locale
	key := lessonKey{slug: in.Slug, n: in.N, locale: locale}
	answer, ok := s.lessons.get(key)
	if !ok {
		generation := s.lessons.generation()
		page, err := s.courses.Lesson(ctx, in.Slug, in.N, locale)
		if err != nil {
			return nil, err
		}
		if answer, err = encodeLesson(page); err != nil {
			return nil, err
		}
		s.lessons.put(key, answer, generation)
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("ETag", answer.tag)
		out.SetHeader("Cache-Control", "private, no-cache")
		if in.IfNoneMatch == answer.tag {
			out.SetStatus(http.StatusNotModified)
			return
		}
		out.SetHeader("Content-Type", "application/json")
		out.SetStatus(http.StatusOK)
		_, _ = out.BodyWriter().Write(answer.json) // fails only when the client has disconnected
	}}, nil
}

func encodeLesson(p courses.PublishedLesson) (encodedLesson, error) {
	checks, err := askedOf(p.Checks, 0, p.Locale)
	if err != nil {
		return encodedLesson{}, fmt.Errorf("questions in lesson %d of %s: %w", p.N, p.Slug, err)
	}
	raw, err := json.Marshal(lesson{Checks: checks,
		Slug: p.Slug, CourseTitle: p.CourseTitle, N: p.N, Total: p.Total, Title: p.Title, HTML: p.HTML,
		Locale: string(p.Locale), Revision: p.Revision, Minutes: p.Minutes})
	if err != nil {
		return encodedLesson{}, fmt.Errorf("encode lesson %d of %s: %w", p.N, p.Slug, err)
	}
	sum := sha256.Sum256(raw)
	return encodedLesson{json: raw, tag: fmt.Sprintf(`"%x"`, sum[:12])}, nil
}

type lessonKey struct {
	slug   string
	n      int
	locale i18n.Locale
}

type encodedLesson struct {
	json []byte
	tag  string
}

// lessonCache keeps encoded lessons. Publishing a revision empties it on every
// instance, through database notices; while an instance does not receive notices its
// cache is not used.
type lessonCache struct {
	mu      sync.RWMutex
	heard   func() bool
	resets  uint64
	bytes   int
	lessons map[lessonKey]encodedLesson
}

// lessonCacheBytes bounds the memory: when it is reached, the cache is emptied.
const lessonCacheBytes = 64 << 20

func newLessonCache(heard func() bool) *lessonCache {
	if heard == nil {
		heard = func() bool { return false }
	}
	return &lessonCache{heard: heard, lessons: map[lessonKey]encodedLesson{}}
}

// Notice drops every lesson: publishing is rare enough.
func (c *lessonCache) Notice(string) { c.Reset() }

// Reset drops every lesson.
func (c *lessonCache) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.resets++
	c.bytes = 0
	clear(c.lessons)
}

func (c *lessonCache) generation() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.resets
}

func (c *lessonCache) get(key lessonKey) (encodedLesson, bool) {
	if !c.heard() {
		return encodedLesson{}, false
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	l, ok := c.lessons[key]
	return l, ok
}

// put stores a lesson unless the cache was emptied since the lesson was read.
func (c *lessonCache) put(key lessonKey, l encodedLesson, generation uint64) {
	if !c.heard() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.resets != generation {
		return
	}
	if c.bytes+len(l.json) > lessonCacheBytes {
		clear(c.lessons)
		c.bytes = 0
	}
	c.lessons[key] = l
	c.bytes += len(l.json)
}
