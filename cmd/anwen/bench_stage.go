package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"anwen/internal/archive"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

func quietLog() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// player is one person who sits the quiz.
type player struct {
	person  int64
	token   string
	attempt int64
	acked   []ackedAnswer
	passed  bool
}

// ackedAnswer is an answer that the server said is saved.
type ackedAnswer struct {
	position, revision int
	sent               items.Response
}

// prepare puts people, course and assignments in and lets everybody read.
func (b benchQuiz) prepare(ctx context.Context, h *house) ([]*player, int64, string, error) {
	run := time.Now().UTC().Format("20060102-150405")
	unit, slug := "BENCH-"+run, "bench-quiz-"+run
	var staff bytes.Buffer
	w := csv.NewWriter(&staff)
	w.Write([]string{"employee_no", "name", "login", "unit_code", "unit_name"})
	for n := range b.People {
		id := fmt.Sprintf("%s-%05d", run, n+1)
		w.Write([]string{id, fmt.Sprintf("考生%05d", n+1), "bench-" + id, unit, "试压 " + run})
	}
	w.Flush()
	if _, err := h.people.Import(ctx, people.System(), "bench-staff.csv", staff.Bytes(), false); err != nil {
		return nil, 0, "", err
	}
	_, err := h.courses.Publish(ctx, people.System(), archive.Files{
		"course.md": []byte("---\nslug: " + slug + "\ncategory: bench\nminutes: 10\ntitles: {zh-Hans: 试压, en: Trial of load}\n" +
			"summaries: {zh-Hans: 试压, en: Trial of load}\nquiz: {pass_mark: 50, minutes: 60}\ncertificate: {valid_months: 12}\n---\n"),
		"lessons/01-one.zh-Hans.md": []byte("# 一\n\n请阅读。\n"),
		"lessons/01-one.en.md":      []byte("# One\n\nRead.\n"),
		"quiz.zh-Hans.gift":         b.paper(i18n.Hans), "quiz.en.gift": b.paper(i18n.English),
	}, false, 0)
	if err != nil {
		return nil, 0, "", err
	}
	rows, err := h.db.PGX().Query(ctx, `SELECT p.id, q.id FROM people p JOIN units u ON u.id = p.unit_id, quizzes q JOIN courses k ON k.id = q.course_id
		WHERE u.code = $1 AND k.slug = $2 ORDER BY p.id`, unit, slug)
	if err != nil {
		return nil, 0, "", err
	}
	defer rows.Close()
	var players []*player
	var quizID int64
	for rows.Next() {
		p := &player{}
		if err := rows.Scan(&p.person, &quizID); err != nil {
			return nil, 0, "", err
		}
		players = append(players, p)
	}
	if err := rows.Err(); err != nil {
		return nil, 0, "", err
	}
	for _, p := range players {
		if p.token, err = h.people.OpenSession(ctx, p.person, people.Client{Address: "127.0.0.1", UserAgent: "anwen bench"}); err != nil {
			return nil, 0, "", err
		}
		actor, err := h.people.Authenticate(ctx, p.token)
		if err != nil {
			return nil, 0, "", err
		}
		if _, err := h.training.ReadLesson(ctx, actor, slug, 1, 1); err != nil {
			return nil, 0, "", err
		}
	}
	return players, quizID, slug, nil
}

// paper writes questions of the usual kinds.
func (b benchQuiz) paper(l i18n.Locale) []byte {
	var s strings.Builder
	for n := range b.Items {
		fmt.Fprintf(&s, "::q%03d::", n+1)
		switch n % 5 {
		case 0:
			s.WriteString("一般投诉应在多久内回复？ {=48 小时 ~24 小时 ~72 小时 ~7 天}\n\n")
		case 1:
			s.WriteString("哪些属于销售人员的义务？ {~%50%揭示风险 ~%50%了解客户 ~%-100%承诺收益}\n\n")
		case 2:
			s.WriteString("投诉可以口头提出。 {T}\n\n")
		case 3:
			s.WriteString("重大投诉的处理期限是几个工作日？ {#7}\n\n")
		default:
			s.WriteString("处理投诉的是指定的 {=责任人}\n\n")
		}
	}
	return []byte(s.String())
}
