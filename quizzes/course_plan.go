package quizzes

import (
	"anwen/courses"
	"anwen/items"
)

// planOf turns the plan of the course's folder into the stored one. Banks are
// named by their codes until they are looked up.
func planOf(p courses.QuizPlan) items.Plan {
	plan := items.Plan{WaitHours: p.WaitHours, Keep: items.Keep(p.Keep), Review: items.Review(p.Review), Feedback: items.Review(p.Feedback), ShuffleItems: p.ShuffleItems, KeepOptions: p.KeepOptions, Practice: p.Practice}
	for _, s := range p.Sections {
		section := items.Section{Titles: s.Titles, Items: s.Items, Line: s.Line}
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
