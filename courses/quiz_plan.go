package courses

import (
	"gopkg.in/yaml.v3"

	"anwen/internal/errs"
	"anwen/internal/frontmatter"
	"anwen/internal/i18n"
)

// QuizPlan is how a quiz is taken: what course.md says of it beside pass mark,
// attempts and minutes.
type QuizPlan struct {
	WaitHours    int    // between two attempts
	Keep         string // which attempt counts: best, last, first or average
	Review       string // when a learner sees how each question went: submitted, passed, closed or never
	Feedback     string // and what its author wrote about the answer; the same words, "" as Review
	ShuffleItems bool
	Practice     bool          // learners may try it without it counting
	KeepOptions  bool          // options keep the order in which they were written
	Sections     []QuizSection // none: every question of the files, in their order
}

// QuizSection is a part of the paper: questions by name, or a random draw.
type QuizSection struct {
	Line   int // in course.md
	Titles i18n.Texts
	Items  []string
	Draw   *QuizDraw
}

// QuizDraw takes questions at random from a bank, for each attempt anew.
type QuizDraw struct {
	Bank       string // code; "" is the course's own
	Category   string // with everything below it; "" for any
	Tags       []string
	Difficulty [2]int // from, to; 0 for any
	Count      int    // questions, or
	Scenarios  int    // whole scenarios
	Points     string // decimal for each; "" leaves the item's own
}

// The words of a plan. The first of each is the default.
var (
	keeps   = []string{"best", "last", "first", "average"}
	reviews = []string{"submitted", "passed", "closed", "never"}
)

var quizKeys = []string{"pass_mark", "attempts", "minutes", "wait_hours", "keep", "review", "feedback", "shuffle_items", "shuffle_options", "practice", "sections"}

func (h header) quizPlan(q map[string]*yaml.Node) QuizPlan {
	plan := QuizPlan{Keep: h.word(q["keep"], "quiz.keep", keeps), Review: h.word(q["review"], "quiz.review", reviews)}
	if hours := h.Optional(q["wait_hours"], "quiz.wait_hours", 0, 24*90); hours != nil {
		plan.WaitHours = *hours
	}
	if q["feedback"] != nil {
		plan.Feedback = h.word(q["feedback"], "quiz.feedback", reviews)
	}
	plan.ShuffleItems = h.word(q["shuffle_items"], "quiz.shuffle_items", []string{"false", "true"}) == "true"
	plan.KeepOptions = h.word(q["shuffle_options"], "quiz.shuffle_options", []string{"true", "false"}) == "false"
	plan.Practice = h.word(q["practice"], "quiz.practice", []string{"false", "true"}) == "true"
	if plan.Practice && (plan.Review == "never" || plan.Review == "closed") {
		h.Fault(q["practice"].Line+1, "courses.practice_reviews", nil)
	}
	n := q["sections"]
	if n == nil {
		return plan
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 || len(n.Content) > frontmatter.MaxList {
		h.Fault(n.Line+1, "frontmatter.list_expected", errs.Args{"key": "quiz.sections"})
		return plan
	}
	for _, s := range n.Content {
		plan.Sections = append(plan.Sections, h.quizSection(s))
	}
	return plan
}

func (h header) quizSection(n *yaml.Node) QuizSection {
	s := QuizSection{Line: n.Line + 1}
	values, ok := h.Mapping(n, "titles", "items", "draw")
	if !ok {
		return s
	}
	if values["titles"] != nil {
		s.Titles = h.Texts(values["titles"], "quiz.sections.titles", 100)
	}
	if list := values["items"]; list != nil {
		s.Items = h.names(list, "quiz.sections.items")
	}
	if draw := values["draw"]; draw != nil {
		s.Draw = h.quizDraw(draw)
	}
	if (len(s.Items) > 0) == (s.Draw != nil) {
		h.Fault(n.Line+1, "courses.section_items_or_draw", nil)
	}
	return s
}

// names reads a list of up to 1000 names, more than other lists: a paper may be long.
func (h header) names(n *yaml.Node, key string) []string {
	if n.Kind != yaml.SequenceNode || len(n.Content) > 1000 {
		h.Fault(n.Line+1, "frontmatter.list_expected", errs.Args{"key": key})
		return nil
	}
	var list []string
	for _, item := range n.Content {
		if text := h.Text(item, key, 200); text != "" {
			list = append(list, text)
		}
	}
	return list
}

func (h header) quizDraw(n *yaml.Node) *QuizDraw {
	d := &QuizDraw{}
	values, ok := h.Mapping(n, "bank", "category", "tags", "difficulty", "count", "scenarios", "points")
	if !ok {
		return d
	}
	if values["bank"] != nil {
		d.Bank = h.Text(values["bank"], "draw.bank", 80)
	}
	if values["category"] != nil {
		d.Category = h.Text(values["category"], "draw.category", 200)
	}
	d.Tags = h.List(values["tags"], "draw.tags", 80)
	if values["scenarios"] != nil && values["count"] == nil {
		d.Scenarios = h.Number(values["scenarios"], "draw.scenarios", 1, 100)
	} else {
		d.Count = h.Number(values["count"], "draw.count", 1, 500)
		if values["scenarios"] != nil {
			h.Fault(values["scenarios"].Line+1, "courses.count_or_scenarios", nil)
		}
	}
	if values["points"] != nil {
		d.Points = h.Text(values["points"], "draw.points", 20)
	}
	if r := values["difficulty"]; r != nil {
		if r.Kind == yaml.SequenceNode && len(r.Content) == 2 {
			d.Difficulty = [2]int{h.Number(r.Content[0], "draw.difficulty", 1, 5), h.Number(r.Content[1], "draw.difficulty", 1, 5)}
		} else {
			only := h.Number(r, "draw.difficulty", 1, 5)
			d.Difficulty = [2]int{only, only}
		}
	}
	return d
}
