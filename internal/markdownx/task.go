package markdownx

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// showTasks writes the box of a task as a character: an input that nobody can
// use and that has no label stops readers of the screen.
func showTasks(root ast.Node) {
	var boxes []*extast.TaskCheckBox
	walk(root, func(n ast.Node) {
		if box, ok := n.(*extast.TaskCheckBox); ok {
			boxes = append(boxes, box)
		}
	})
	for _, box := range boxes {
		mark := "☐ "
		if box.IsChecked {
			mark = "☑ "
		}
		box.Parent().ReplaceChild(box.Parent(), box, ast.NewString([]byte(mark)))
	}
}
