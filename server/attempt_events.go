package server

import (
	"context"
	"time"

	"anwen/quizzes"
)

type reportedEvents struct {
	Events []reportedEvent `json:"events" minItems:"1" maxItems:"100" nullable:"false"`
}

type reportedEvent struct {
	Kind      string     `json:"kind" enum:"left,returned,offline,online,opened"`
	ClaimedAt *time.Time `json:"claimed_at,omitempty" doc:"By the page's own clock"`
}

func (s *Server) recordEvents(ctx context.Context, in *struct {
	ID   int64 `path:"id"`
	Body reportedEvents
}) (*struct{}, error) {
	events := views(in.Body.Events, func(e reportedEvent) quizzes.Event {
		return quizzes.Event{Kind: quizzes.EventKind(e.Kind), ClaimedAt: e.ClaimedAt}
	})
	return nil, s.quizzes.RecordEvents(ctx, actorOf(ctx), in.ID, events)
}
