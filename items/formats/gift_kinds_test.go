package formats_test

import (
	"testing"

	"anwen/internal/i18n"
	"anwen/items/formats"
)

// A note may stand before a question of any kind, as that of an essay does when no empty
// line parts it from the choice above: it is read, or refused at its question.
func TestEveryNoteBeforeEveryKindIsReadOrRefused(t *testing.T) {
	for _, note := range []string{"[rubric:3=what markers look for]", "[markers:2]", "[guide:x]", "[kind:short_answer]", "[kind:ordering]", "[kind:drag]",
		"[kind:cloze]", "[kind:description]", "[unit:h=1]", "[credit:all]", "[feedback:x]"} {
		for _, question := range []string{"Pick {=one ~two}", "How many {#5:1}", "Write {}", "Say {=one =two}", "True {T}", "Pair {=a -> b =c -> d =e -> f}",
			"Read this.", "A {1:SHORTANSWER:=x} b", "Both {~%50%a ~%50%b ~%-100%c}"} {
			got := formats.ReadItems("bank.gift", []byte("// "+note+"\n::a::"+question+"\n"), formats.GIFT, i18n.English)
			if len(got.Items) != 1 && len(got.Faults) == 0 {
				t.Errorf("%s before %s: neither read nor refused", note, question)
			}
		}
	}
	for _, wrong := range []string{"// [rubric:3=x]\n::a::Pick {=one ~two}\n", "// [kind:short_answer]\n::a::How many {#5:1}\n"} {
		if got := formats.ReadItems("bank.gift", []byte(wrong), formats.GIFT, i18n.English); len(got.Faults) != 1 || got.Faults[0].Code != "quizzes.bad_note" {
			t.Errorf("%q: %+v", wrong, got.Faults)
		}
	}
}
