package markdownx

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
)

// keepNumbers shows the numbers of a list as they are written: HTML counts on
// from the first, so that 1. 2. 4. would become 1. 2. 3. A list that repeats one
// number asks to be counted.
func keepNumbers(root ast.Node, source []byte) {
	walk(root, func(n ast.Node) {
		list, ok := n.(*ast.List)
		if !ok || !list.IsOrdered() {
			return
		}
		if list.Marker == ')' { // the page writes 1) and not 1.
			list.SetAttributeString("class", []byte("bracketed"))
		}
		var items []ast.Node
		var numbers []int
		repeated := true
		for item := list.FirstChild(); item != nil; item = item.NextSibling() {
			number, ok := writtenNumber(source, item.Pos())
			if !ok {
				return
			}
			items, numbers = append(items, item), append(numbers, number)
			repeated = repeated && number == numbers[0]
		}
		if repeated {
			return
		}
		expected := list.Start
		for i, item := range items {
			if numbers[i] != expected {
				item.SetAttributeString("value", []byte(strconv.Itoa(numbers[i])))
			}
			expected = numbers[i] + 1
		}
	})
}

// writtenNumber is the number that stands at a place of the source.
func writtenNumber(source []byte, at int) (number int, ok bool) {
	if at < 0 || at >= len(source) {
		return 0, false
	}
	digits := source[at:]
	digits = digits[:len(digits)-len(bytes.TrimLeft(digits, "0123456789"))]
	number, err := strconv.Atoi(string(digits))
	return number, err == nil
}
