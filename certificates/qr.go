package certificates

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// qrPath returns the drawing of a QR code as one filled path, left and top
// from the page's upper left corner, side long, on a page of a height. One path
// leaves no seams between the modules, as separate squares would.
func qrPath(text string, left, top, side, pageHeight float64) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", fmt.Errorf("QR of %q: %w", text, err)
	}
	module := side / float64(code.Size)
	var b strings.Builder
	fmt.Fprintf(&b, "q %.5f 0 0 %.5f %.3f %.3f cm\n", module, -module, left, pageHeight-top)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for x+run < code.Size && code.Black(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&b, "%d %d %d 1 re\n", x, y, run)
				x += run
			}
		}
	}
	b.WriteString("f Q")
	return b.String(), nil
}
