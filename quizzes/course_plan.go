package quizzes

import (
	"anwen/courses"
	"anwen/internal/errs"
	"anwen/items"
)

// planOf turns the plan of the course's folder into the stored one. Banks are
// named by their codes until they are looked up.
func planOf(p courses.QuizPlan) items.Plan {
	plan := items.Plan{WaitHours: p.WaitHours, Keep: items.Keep(p.Keep), Review: items.Review(p.Review), Feedback: items.Review(p.Feedback), ShuffleItems: p.ShuffleItems, KeepOptions: p.KeepOptions, Practice: p.Practice}
	for _, s := range p.Sections {
		section := items.PlannedSection{Titles: s.Titles}
		if s.Draw != nil {
			points, ok := items.ParsePoints(s.Draw.Points)
			if s.Draw.Points != "" && (!ok || points == 0) {
				points = -1 // refused when the pools are counted
			}
			section.Draw = &items.Draw{Category: s.Draw.Category, Tags: s.Draw.Tags, From: s.Draw.Difficulty[0], To: s.Draw.Difficulty[1], Count: s.Draw.Count, Scenarios: s.Draw.Scenarios,
				Points: points, BankCode: s.Draw.Bank}
		}
		plan.Sections = append(plan.Sections, section)
	}
	return plan
}

// placed is an item of the quiz files on the paper: its index and its section,
// counted from 1.
type placed struct{ item, section int }

// layOut lists the fixed items of the paper in their order: all of the files, or
// those that the sections name.
func layOut(p courses.QuizPlan, items []items.Item) (fixed []placed, faults []errs.Fault) {
	fault := func(line int, code string, args errs.Args) {
		faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md", Line: line}, Code: code, Args: args})
	}
	if len(p.Sections) == 0 {
		for i := range items {
			fixed = append(fixed, placed{i, 1})
		}
		return fixed, nil
	}
	byName := make(map[string]int, len(items))
	for i, it := range items {
		byName[it.Name] = i
	}
	taken := map[string]bool{}
	for n, s := range p.Sections {
		for _, name := range s.Items {
			i, ok := byName[name]
			switch {
			case !ok:
				fault(s.Line, "quizzes.section_unknown_item", errs.Args{"section": n + 1, "name": name})
			case taken[name]:
				fault(s.Line, "quizzes.item_twice", errs.Args{"name": name})
			default:
				taken[name] = true
				fixed = append(fixed, placed{i, n + 1})
			}
		}
	}
	return fixed, faults
}
