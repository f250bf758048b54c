package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Numbers inside words begin no question, also where the next question would have just
// that number, and letters up to J are options.
func TestNumbersAndLettersThatRunOnAreReadForWhatTheyAre(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a percentage where the next number would stand", "2.年利率为\n3.5%时，应当（A）。\nA.退\nB.换\n3.谁？（B）\nA.甲\nB.乙", []string{"1 年利率为⏎3.5%时，应当（　）。|*退|换", "5 谁？（　）|甲|*乙"}},
		{"a percentage behind the mark", "2.年利率为：\n3.5%\n的是（A）。\nA.退\nB.换\n3.谁？（B）\nA.甲\nB.乙", []string{"1 年利率为：⏎3.5%⏎的是（　）。|*退|换", "6 谁？（　）|甲|*乙"}},
		{"a time where the next number would stand", "8.应当在\n9:30前到（A）。\nA.岗\nB.家\n9.谁？（B）\nA.甲\nB.乙", []string{"1 应当在⏎9:30前到（　）。|*岗|家", "5 谁？（　）|甲|*乙"}},
		{"a time in full width", "8.应当在\n9：30前到（A）。\nA.岗\nB.家\n9：谁？（B）\nA.甲\nB.乙", []string{"1 应当在⏎9：30前到（　）。|*岗|家", "5 谁？（　）|甲|*乙"}},
		{"numbers inside an explanation", "1.谁？\nA.甲\nB.乙\n答案：B\n解析：年利率3.5%，9:30起算，见第1.5条，1.依据办法；2.依据细则。\n2.谁？（A）\nA.甲\nB.乙", []string{"1 谁？|甲|*乙 因：年利率3.5%，9:30起算，见第1.5条，1.依据办法；2.依据细则。", "6 谁？（　）|*甲|乙"}},
		{"points of an explanation that have the next numbers", "1.谁？\nA.甲\nB.乙\n答案：B\n解析：\n1.依据办法；\n2.依据细则；\n3.依据通知。\n2.谁？（A）\nA.甲\nB.乙\n3.谁？（B）\nA.甲\nB.乙", []string{"1 谁？|甲|*乙 因：1.依据办法；⏎2.依据细则；⏎3.依据通知。", "9 谁？（　）|*甲|乙", "12 谁？（　）|甲|*乙"}},
		{"an explanation that begins with a quantity", "2.多少？\nA.甲\nB.乙\n答案：B\n解析：\n3.5%是上限。\n3.谁？（A）\nA.甲\nB.乙", []string{"1 多少？|甲|*乙 因：3.5%是上限。", "7 谁？（　）|*甲|乙"}},
		{"percentages and times as options", "1.多少？\nA.3.5%\nB.4.5%\nC.9:30\nD.10:30\n答案：A\n2.多少？（B）\nA、3.5%B、4.5%C、9:30", []string{"1 多少？|*3.5%|4.5%|9:30|10:30", "7 多少？（　）|3.5%|*4.5%|9:30"}},
		{"options to J on lines", "1.哪些？（EFJ）\nA.一\nB.二\nC.三\nD.四\nE.五\nF.六\nG.七\nH.八\nI.九\nJ.十\n2.谁？（A）\nA.甲\nB.乙", []string{"1 哪些？（　）|一|二|三|四|*五|*六|七|八|九|*十 多", "12 谁？（　）|*甲|乙"}},
		{"options to J glued", "1.哪些？\nA.一B.二C.三D.四E.五F.六G.七H.八I.九J.十\n答案：EGHIJ", []string{"1 哪些？|一|二|三|四|*五|六|*七|*八|*九|*十 多"}},
		{"options to J in columns", "1.谁？（J）\nA.一    F.六\nB.二    G.七\nC.三    H.八\nD.四    I.九\nE.五    J.十", []string{"1 谁？（　）|一|二|三|四|五|六|七|八|九|*十"}},
		{"options to J without dots", "1.谁？（H）\nA 一\nB 二\nC 三\nD 四\nE 五\nF 六\nG 七\nH 八\nI 九\nJ 十", []string{"1 谁？（　）|一|二|三|四|五|六|七|*八|九|十"}},
		{"a key in the list of answers to J", "1.哪些？\nA.一 B.二 C.三 D.四 E.五 F.六 G.七\n2.谁？\nA.甲\nB.乙\n答案\n1.EFG 2.A", []string{"1 哪些？|一|二|三|四|*五|*六|*七 多", "3 谁？|*甲|乙"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, readShape(c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestManyBracketsAreReadInOneGo would take minutes if each bracket looked at all others.
func TestManyBracketsAreReadInOneGo(t *testing.T) {
	const brackets = 20_000
	read, _ := ReadPasted("", []byte("1. x"+strings.Repeat("（A）", brackets)))
	if len(read) > 1 {
		t.Errorf("%d questions were read of one line", len(read))
	}
}
